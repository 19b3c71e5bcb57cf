// From two commits to what an approval binds: paths with old and new content (ledger.md section 6). Which area governs them is the engine's.
import { changeId, encodeChangeSet, invariant, type ChangeEntry, type ChangeSet } from '../../engine/index.ts';
import { comparePaths, contentPairs, contentTree, type ContentTree } from '../git/content.ts';
import type { Repository } from '../git/repository.ts';

/** A change set with the canonical bytes that travel as an attachment. */
export interface NewChange {
  readonly kind: 'ok';
  readonly change: ChangeSet;
  readonly bytes: Uint8Array;
}

/**
 * Compares two commits.
 * @returns the change set (`same` where they hold the same files), or the fault of the tree policy with its path (GDO2014)
 */
export async function changeSetBetween(
  repository: Repository,
  mainCommit: string,
  headCommit: string,
): Promise<NewChange | { readonly kind: 'same' } | Extract<ContentTree, { kind: 'refused' }>> {
  const [main, head] = await Promise.all([contentTree(repository, mainCommit), contentTree(repository, headCommit)]);
  if (main.kind === 'refused') return main;
  if (head.kind === 'refused') return head;
  const before = new Map(await contentPairs(repository, main.files));
  const after = new Map(await contentPairs(repository, head.files));
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted(comparePaths);
  const entries = paths.flatMap((path): readonly ChangeEntry[] => {
    const entry = { path, old: before.get(path) ?? 'absent', new: after.get(path) ?? 'absent' };
    return entry.old === entry.new ? [] : [entry];
  });
  if (entries.length === 0) return { kind: 'same' };
  const bytes = encodeChangeSet(entries);
  const id = changeId(bytes);
  invariant(id.length === 64, 'a change id has 64 digits');
  return { kind: 'ok', change: { id, entries }, bytes };
}
