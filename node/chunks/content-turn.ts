// Who may work on the contents of a repository at one time: any number who put and bring, or one who prunes; and one turn of a node. A put names chunks that it finds here, and
// nothing else does yet.
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import { placeOf } from '../git/child.ts';
import type { Repository } from '../git/repository.ts';
import { holdLock, type LockTerms } from '../ops/lock.ts';

const contentsLock = 'contents.lock';
const sharing: LockTerms = { mode: 'shared', busy: 'Contents are pruned here now', help: 'run the same command again when that has ended' };
const alone: LockTerms = { mode: 'alone', busy: 'Contents are put here now', help: 'prune when that has ended' };

const oneTurn: LockTerms = {
  mode: 'alone',
  busy: 'Another turn of contents runs here',
  help: 'nothing where a node runs, since the next turn goes on; else run the same command again when that has ended',
};

/** Does something in place of a turn of a node. @throws WorldError GDO5024 where one runs */
export function turnAlone<Value>({ gitDirectory }: Pick<Repository, 'gitDirectory'>, act: () => Promise<Value>): Promise<Value> {
  return whileHeld(gitDirectory, 'contents-turn.lock', oneTurn, act);
}

/** Does something that names chunks which lie here. @throws WorldError GDO5024 where somebody prunes */
export async function besidePruning<Value>(repository: Repository, act: () => Promise<Value>): Promise<Value> {
  // Where there is no such lock nobody can prune either.
  return placeOf('flock') === undefined ? act() : whileHeld(repository.gitDirectory, contentsLock, sharing, act);
}

/** Prunes while nobody puts. @throws WorldError GDO5024 where somebody does */
export function pruningAlone<Value>(repository: Repository, act: () => Promise<Value>): Promise<Value> {
  return whileHeld(repository.gitDirectory, contentsLock, alone, act);
}

async function whileHeld<Value>(gitDirectory: string, name: string, terms: LockTerms, act: () => Promise<Value>): Promise<Value> {
  const lock = await holdLock(join(commonDirectory(gitDirectory), 'gdo', name), terms);
  try {
    return await act();
  } finally {
    await lock.release();
  }
}
