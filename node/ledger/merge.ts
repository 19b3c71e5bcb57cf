// Merge commits (node.md section 4): main's tree with the change's entries replaced, as bytes that are equal on every node. Decides nothing.
import type { ChangeEntry, Merge } from '../../engine/index.ts';
import { buildTrees, comparePaths, contentHashes, contentIdentity, contentTree, type ContentFile } from '../git/content.ts';
import { objectId, plainCommit, type GitObject } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';

/** A merge commit with the files it leaves on main. */
export interface BuiltMerge {
  readonly commit: string;
  readonly objects: readonly GitObject[];
  readonly files: readonly ContentFile[];
}

/** Why a candidate cannot be built. */
export interface CandidateRefusal {
  readonly kind: 'refused';
  readonly code: 'GDO2010' | 'GDO2011' | 'GDO2014';
  readonly reason: string;
}

/**
 * Replaces the entries of a change on main.
 * @param input.main - the files of main
 * @param input.head - the commit whose tree holds the new content
 * @returns the candidate's files, or GDO2010 (an `old` differs), GDO2011 (the head lacks a `new`), GDO2014 (the head breaks the tree policy)
 */
export async function candidateFiles(
  repository: Repository,
  input: { readonly main: readonly ContentFile[]; readonly entries: readonly ChangeEntry[]; readonly head: string },
): Promise<{ readonly kind: 'ok'; readonly files: readonly ContentFile[] } | CandidateRefusal> {
  const head = await contentTree(repository, input.head);
  if (head.kind === 'refused') return { kind: 'refused', code: head.code, reason: `${head.path} ${head.reason}` };
  const known = await contentHashes(
    repository,
    [...input.main, ...head.files].map((file) => file.id),
  );
  const files = new Map(input.main.map((file) => [file.path, file]));
  const offered = new Map(head.files.map((file) => [file.path, file]));
  for (const entry of input.entries) {
    const before = files.get(entry.path);
    if ((before === undefined ? 'absent' : contentIdentity(before, known)) !== entry.old) {
      return { kind: 'refused', code: 'GDO2010', reason: `${entry.path} on main is no longer what the change replaces` };
    }
    const after = offered.get(entry.path);
    if ((after === undefined ? 'absent' : contentIdentity(after, known)) !== entry.new) {
      return { kind: 'refused', code: 'GDO2011', reason: `${entry.path} in the proposal is not what the change set names` };
    }
    if (after === undefined) files.delete(entry.path);
    else files.set(entry.path, after);
  }
  return { kind: 'ok', files: [...files.values()].toSorted((left, right) => comparePaths(left.path, right.path)) };
}

/** Builds the commit of one accepted case. @param input.contentRoot - after it, as the fold gave it */
export function mergeCommit(input: {
  readonly main: string;
  readonly files: readonly ContentFile[];
  readonly merge: Merge;
  readonly timeMs: number;
}): BuiltMerge {
  const { merge } = input;
  const trees = buildTrees(input.files);
  const title = merge.title.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const commit = plainCommit({
    tree: trees.root,
    parents: merge.undo === undefined ? [input.main, merge.head] : [input.main],
    person: 'gdo <gdo@invalid>',
    seconds: Math.floor(input.timeMs / 1000),
    message: [
      `gdo ${merge.undo === undefined ? 'merge' : 'take back'} ${merge.case.slice(0, 16)}: ${title}`,
      '',
      `Gdo-Case: ${merge.case}`,
      `Gdo-Change: ${merge.change}`,
      `Gdo-Bylaws: ${merge.bylaws}`,
      `Gdo-Content: ${merge.contentRoot}`,
      '',
    ].join('\n'),
  });
  return { commit: objectId(commit), objects: [...trees.objects, commit], files: input.files };
}
