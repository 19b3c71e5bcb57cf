// Which commits of logs a view has not checked yet. Asked of git each time, it would look at every head that is known: one push would cost as much as there are members.
import { readCommitLinks } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import type { LedgerView } from './view.ts';

/** What is new is mostly a step or two away from what is known. Of longer ways each step would wait for an answer, and git walks them in one go. */
const stepsMax = 64;

/** Commits that lead to `heads` and that the view does not hold as valid batches, ancestors first. A commit before them that is absent may not be named. */
export async function freshCommits(repository: Repository, view: Pick<LedgerView, 'seen' | 'heads'>, heads: readonly string[]): Promise<readonly string[]> {
  const isFresh = (commit: string): boolean => view.seen.get(commit) === undefined;
  const parents = new Map<string, readonly string[]>();
  const wanted = new Set(heads.filter(isFresh));
  let open = [...wanted];
  for (let step = 0; open.length > 0; step += 1) {
    if (step === stepsMax || view.heads.size === 0)
      return repository.walk(
        heads,
        [...view.heads.values()].map((placed) => placed.commit),
      );
    const objects = await repository.readMany(open);
    const next = new Set<string>();
    for (const [index, commit] of open.entries()) {
      const object = objects[index];
      if (object === undefined && !wanted.has(commit)) continue;
      const links = object?.kind === 'commit' ? (readCommitLinks(object.bytes)?.parents ?? []) : [];
      parents.set(commit, links.filter(isFresh));
      for (const parent of links) if (isFresh(parent)) next.add(parent);
    }
    open = [...next].filter((commit) => !parents.has(commit));
  }
  return ancestorsFirst(parents);
}

/** Orders commits so that each comes after its parents. No commit is its own ancestor: its id is the hash of what names them. */
function ancestorsFirst(parents: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const ordered = new Set<string>();
  for (const start of parents.keys()) {
    const open = [start];
    for (let commit = open.at(-1); commit !== undefined; commit = open.at(-1)) {
      const before = ordered.has(commit) ? [] : (parents.get(commit) ?? []).filter((parent) => parents.has(parent) && !ordered.has(parent));
      if (before.length > 0) open.push(...before);
      else {
        ordered.add(commit);
        open.pop();
      }
    }
  }
  return [...ordered];
}
