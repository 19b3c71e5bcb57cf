// Change sets in batches that were judged before a view begins. Most are never asked for again, so they are looked for when somebody does.
import { decodeChangeSet, type ChangeSet } from '../../engine/index.ts';
import { readCommitLinks, readTree, type TreeEntry } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import type { LedgerView } from './view.ts';

/** Batches looked at in one go. */
const chunkSize = 128;

/** Finds a change set by its id, newest batch first; undefined where no batch that is here carries it. */
export async function earlierChange(view: Pick<LedgerView, 'repository' | 'settled'>, id: string): Promise<ChangeSet | undefined> {
  const commits = [...view.settled.values()].map(({ commit }) => commit).toReversed();
  for (let from = 0; from < commits.length; from += chunkSize) {
    const found = (await attachedFiles(view.repository, commits.slice(from, from + chunkSize))).flatMap(({ bytes }) => decodeChangeSet(bytes) ?? []);
    const wanted = found.find((one) => one.id === id);
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}

/** The files in `att/` of batches, as far as they are here. */
export async function attachedFiles(
  repository: Repository,
  commits: readonly string[],
): Promise<readonly { readonly id: string; readonly bytes: Uint8Array }[]> {
  const folders = (await treesOf(repository, commits)).flatMap((entries) => entries.filter((entry) => nameOf(entry) === 'att').map((entry) => entry.id));
  const files = (await repository.readMany(folders)).flatMap((object) => (object?.kind === 'tree' ? (readTree(object.bytes) ?? []) : []));
  const ids = [...new Set(files.map((entry) => entry.id))];
  const objects = await repository.readMany(ids);
  return objects.flatMap((object, index) => (object?.kind === 'blob' ? [{ id: ids[index] ?? '', bytes: object.bytes }] : []));
}

/** The entries of the trees of commits; none where a commit or its tree is missing. */
export async function treesOf(repository: Repository, commits: readonly string[]): Promise<readonly (readonly TreeEntry[])[]> {
  const trees = (await repository.readMany(commits)).map((object) => (object?.kind === 'commit' ? (readCommitLinks(object.bytes)?.tree ?? '') : ''));
  const objects = await repository.readMany(trees.filter((tree) => tree !== ''));
  const byId = new Map(trees.filter((tree) => tree !== '').map((tree, index) => [tree, objects[index]]));
  return trees.map((tree) => {
    const object = byId.get(tree);
    return object?.kind === 'tree' ? (readTree(object.bytes) ?? []) : [];
  });
}

/** The name of a tree entry as text. */
export function nameOf(entry: TreeEntry): string {
  return Buffer.from(entry.name).toString('latin1');
}
