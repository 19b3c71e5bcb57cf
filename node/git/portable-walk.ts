// Walks the commits of a repository without an installed git. It reads links only; what a commit says is node/ledger's.
import { WorldError } from '../cli/command.ts';
import { readCommitLinks } from './object.ts';
import type { GitObject } from './object.ts';

/** Answers questions about ancestry. Links that were read once are kept: a commit never changes. */
export interface CommitWalk {
  /** Commits reachable from `heads` and not from `not`, ancestors first. @throws WorldError GDO5024 where one is missing */
  readonly walk: (heads: readonly string[], not: readonly string[]) => Promise<readonly string[]>;
  readonly isAncestor: (old: string, next: string) => Promise<boolean>;
}

/** How many commits are asked for at once. */
const breadth = 64;

/** @param ends - commits whose parents are not looked for: those where a shallow clone ends */
export function commitWalk(read: (id: string) => Promise<GitObject | undefined>, ends: () => ReadonlySet<string>): CommitWalk {
  const known = new Map<string, readonly string[]>();
  const parentsOf = async (id: string): Promise<readonly string[]> => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const object = await read(id);
    const links = object?.kind === 'commit' ? readCommitLinks(object.bytes) : undefined;
    if (links === undefined)
      throw new WorldError('GDO5024', `The commit ${id} is ${object === undefined ? 'missing' : 'unreadable'}`, 'run `gdo audit`: it names what is broken');
    const parents = ends().has(id) ? [] : links.parents;
    known.set(id, parents);
    return parents;
  };

  /** The commit that a tag is on; anything else as it is. */
  const commitOf = async (id: string): Promise<string> => {
    let at = id;
    for (let object = known.has(id) ? undefined : await read(id); object?.kind === 'tag'; object = await read(at)) {
      const target = /^object ([0-9a-f]{40})\n/.exec(Buffer.from(object.bytes).toString('latin1'))?.[1];
      if (target === undefined) return at;
      at = target;
    }
    return at;
  };

  /** Everything reachable from `starts` that is not in `beyond`, with its parents. */
  const reach = async (starts: readonly string[], beyond: ReadonlyMap<string, unknown>): Promise<ReadonlyMap<string, readonly string[]>> => {
    const reached = new Map<string, readonly string[]>();
    const asked = new Set<string>();
    let open: string[] = [];
    const add = (id: string): void => {
      if (beyond.has(id) || asked.has(id)) return;
      asked.add(id);
      open.push(id);
    };
    for (const id of starts) add(id);
    while (open.length > 0) {
      const ids = open.slice(0, breadth);
      open = open.slice(breadth);
      const found = await Promise.all(ids.map(parentsOf));
      for (const [index, id] of ids.entries()) {
        reached.set(id, found[index] ?? []);
        for (const parent of found[index] ?? []) add(parent);
      }
    }
    return reached;
  };

  const walk: CommitWalk['walk'] = async (heads, not) => {
    const isKnown = new Set(not);
    // Nothing to exclude is read where everything asked for is excluded by name.
    const wanted = await Promise.all(heads.filter((id) => !isKnown.has(id)).map(commitOf));
    if (wanted.length === 0) return [];
    return ancestorsFirst(await reach(wanted, await reach(await Promise.all(not.map(commitOf)), new Map())));
  };
  return { walk, isAncestor: async (old, next) => (await reach([next], new Map())).has(old) };
}

/** Sorts commits so that each comes after those of its parents that are among them. The stack is our own: histories are longer than a call stack. */
function ancestorsFirst(links: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const sorted: string[] = [];
  const done = new Set<string>();
  const entered = new Set<string>();
  for (const start of links.keys()) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const open = entered.has(id) ? [] : (links.get(id) ?? []).filter((parent) => links.has(parent) && !done.has(parent));
      entered.add(id);
      if (open.length > 0) {
        stack.push(...open);
        continue;
      }
      stack.pop();
      if (done.has(id)) continue;
      done.add(id);
      sorted.push(id);
    }
  }
  return sorted;
}
