// The files of batches as their trees name them, without reading what is in them: on a pruned copy some are not here (SPEC.md section 18).
import { readCommitLinks, readTree, type TreeEntry } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';

/** Commits looked at in one go. */
const chunkSize = 512;

/** The git ids of one batch's trees and files. */
export interface BatchFiles {
  readonly commit: string;
  /** Its own tree and that of `att`. */
  readonly trees: readonly string[];
  /** `batch.ndjson`; undefined where the tree is missing or holds none. */
  readonly events: string | undefined;
  readonly attachments: readonly string[];
}

/** The files of batches, in the order given. */
export async function batchFiles(repository: Repository, commits: readonly string[]): Promise<readonly BatchFiles[]> {
  const found: BatchFiles[] = [];
  for (let from = 0; from < commits.length; from += chunkSize) {
    const chunk = commits.slice(from, from + chunkSize);
    const trees = await treesOf(repository, chunk);
    const folders = await repository.readMany(trees.flatMap(({ entries }) => folderOf(entries) ?? []));
    let next = 0;
    for (const [index, { tree, entries }] of trees.entries()) {
      const att = folderOf(entries);
      const folder = att === undefined ? undefined : folders[next++];
      const attachments = folder?.kind === 'tree' ? (readTree(folder.bytes) ?? []).map((entry) => entry.id) : [];
      const events = entries.find((entry) => nameOf(entry) === 'batch.ndjson')?.id;
      found.push({ commit: chunk[index] ?? '', trees: [...(tree === undefined ? [] : [tree]), ...(att === undefined ? [] : [att])], events, attachments });
    }
  }
  return found;
}

function folderOf(entries: readonly TreeEntry[]): string | undefined {
  return entries.find((entry) => nameOf(entry) === 'att')?.id;
}

/** The trees of commits with their entries; none where a commit or its tree is missing. */
export async function treesOf(
  repository: Repository,
  commits: readonly string[],
): Promise<readonly { readonly tree: string | undefined; readonly entries: readonly TreeEntry[] }[]> {
  const trees = (await repository.readMany(commits)).map((object) => (object?.kind === 'commit' ? readCommitLinks(object.bytes)?.tree : undefined));
  const wanted = [...new Set(trees.filter((tree) => tree !== undefined))];
  const objects = await repository.readMany(wanted);
  const byId = new Map(wanted.map((tree, index) => [tree, objects[index]]));
  return trees.map((tree) => {
    const object = tree === undefined ? undefined : byId.get(tree);
    return { tree, entries: object?.kind === 'tree' ? (readTree(object.bytes) ?? []) : [] };
  });
}

/** The files in each commit's tree, as far as they are here; folders are left out. */
export async function filesOfEach(repository: Repository, commits: readonly string[]): Promise<readonly ReadonlyMap<string, Uint8Array>[]> {
  const trees = (await treesOf(repository, commits)).map(({ entries }) => entries.filter((entry) => entry.mode !== '40000'));
  const objects = await repository.readMany(trees.flatMap((entries) => entries.map((entry) => entry.id)));
  let next = 0;
  return trees.map((entries) => {
    const files = new Map<string, Uint8Array>();
    for (const entry of entries) {
      const object = objects[next++];
      if (object?.kind === 'blob') files.set(nameOf(entry), object.bytes);
    }
    return files;
  });
}

/** The name of a tree entry as text. */
export function nameOf(entry: TreeEntry): string {
  return Buffer.from(entry.name).toString('latin1');
}
