// What refs reach, object by object: which objects another repository lacks, and which a fetched pack must hold. Commits are walked by the adapter.
import { linksOf } from './object.ts';
import type { GitObject } from './object.ts';
import type { Repository } from './repository.ts';

/** Objects asked for at once. */
const breadth = 256;

/** Everything that `heads` reach, without what commits of `known` hold: what a push sends. Commits of `known` that are not here say nothing. */
export async function objectsBeyond(repository: Repository, heads: readonly string[], known: readonly string[]): Promise<readonly GitObject[]> {
  const sizes = await repository.sizes(known);
  const here = known.filter((_, index) => sizes[index] !== undefined);
  const commits = await repository.walk(heads, here);
  const own = new Set(commits);
  const read = await repository.readMany(commits);
  // What the parents hold, the other side has too.
  const edge = [...new Set(read.flatMap((commit) => (commit === undefined ? [] : linksOf(commit).slice(1))))].filter((parent) => !own.has(parent));
  const there = new Set<string>();
  for await (const [id] of reach(repository.readMany, edge.length === 0 ? [] : await treesOf(repository, edge), there)) there.add(id);
  const found: GitObject[] = [];
  for await (const [, object] of reach(repository.readMany, heads, new Set([...there, ...here, ...edge]))) found.push(object);
  return found;
}

async function treesOf(repository: Repository, commits: readonly string[]): Promise<readonly string[]> {
  return (await repository.readMany(commits)).flatMap((commit) => (commit === undefined ? [] : linksOf(commit).slice(0, 1)));
}

/** The first id that `heads` reach and that `read` does not find, or undefined. What `isKnown` says yes to is not looked into. */
export async function missingObject(
  read: (id: string) => Promise<GitObject | undefined>,
  heads: readonly string[],
  isKnown: (id: string) => Promise<boolean>,
): Promise<string | undefined> {
  const seen = new Set(heads);
  const open = [...heads];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const object = await read(id);
    if (object === undefined) {
      if (await isKnown(id)) continue;
      return id;
    }
    for (const link of linksOf(object)) if (seen.size < seen.add(link).size) open.push(link);
  }
  return undefined;
}

type ReadMany = Repository['readMany'];

/** Every object that `starts` reach, in some order, without those of `beyond`. */
async function* reach(readMany: ReadMany, starts: readonly string[], beyond: ReadonlySet<string>): AsyncGenerator<readonly [id: string, object: GitObject]> {
  const asked = new Set<string>();
  let open: string[] = [];
  const add = (id: string): void => {
    if (asked.has(id) || beyond.has(id)) return;
    asked.add(id);
    open.push(id);
  };
  for (const id of starts) add(id);
  while (open.length > 0) {
    const ids = open.slice(0, breadth);
    open = open.slice(breadth);
    for (const [index, object] of (await readMany(ids)).entries()) {
      const id = ids[index];
      if (object === undefined || id === undefined) continue;
      yield [id, object];
      for (const link of linksOf(object)) add(link);
    }
  }
}
