// Reads the objects of many batches before they are checked, a few at a time and the next ones meanwhile: asked for one by one, each would wait for git.
import { readCommitLinks, readTree, type GitObject } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';

/** Batches read at once: with the largest there are, 4 MiB each, twice so many stay below half of the memory of a small node. */
const chunkSize = 32;

/** Commits in the order given, each with a repository that answers for its commit, tree and events from memory. Anything else it asks of git. */
export async function* readAhead(repository: Repository, commits: readonly string[]): AsyncGenerator<readonly [commit: string, ready: Repository]> {
  let next = loadObjects(repository, commits.slice(0, chunkSize));
  for (let from = 0; from < commits.length; from += chunkSize) {
    const loaded = await next;
    next = loadObjects(repository, commits.slice(from + chunkSize, from + 2 * chunkSize));
    const ready: Repository = {
      ...repository,
      readObject: (id) => {
        const object = loaded.get(id);
        return object === undefined ? repository.readObject(id) : Promise.resolve(object);
      },
    };
    for (const commit of commits.slice(from, from + chunkSize)) yield [commit, ready];
  }
  await next;
}

async function loadObjects(repository: Repository, commits: readonly string[]): Promise<ReadonlyMap<string, GitObject>> {
  const found = new Map<string, GitObject>();
  const read = async (ids: readonly string[]): Promise<readonly GitObject[]> => {
    const objects = await readWhatIsThere(repository, ids);
    for (const [index, object] of objects.entries()) if (object !== undefined) found.set(ids[index] ?? '', object);
    return objects.filter((object) => object !== undefined);
  };
  const trees = (await read(commits)).flatMap((object) => (object.kind === 'commit' ? (readCommitLinks(object.bytes)?.tree ?? []) : []));
  const entries = (await read(trees)).flatMap((object) => (object.kind === 'tree' ? (readTree(object.bytes) ?? []) : []));
  await read(entries.flatMap((entry) => (entry.mode === '100644' ? [entry.id] : [])));
  return found;
}

/** A broken object ends git's reader for its neighbours too; whoever asks for it later hears why, and they are asked for again. */
async function readWhatIsThere(repository: Repository, ids: readonly string[]): Promise<readonly (GitObject | undefined)[]> {
  const settled = await Promise.allSettled(ids.map((id) => repository.readObject(id)));
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
}
