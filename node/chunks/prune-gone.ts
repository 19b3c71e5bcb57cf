// Chunks of contents that went leave the disk: at once what is older than an hour, the rest when it is. That there are some stands beside the ledger.
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import { clockOfDisk, leftoverAgeMs } from '../git/leftovers.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import type { Note } from './content-note.ts';
import { pruneUnnamed } from './prune-contents.ts';

const markPath = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'contents-gone');

/** Something went: the next call prunes. */
export function markGone(repository: Repository): void {
  const path = markPath(repository);
  makeFolders(join(path, '..'), 0o700);
  writeFileSync(path, '');
  utimesSync(path, 0, 0);
}

/** Prunes where something went, once an hour until nothing of it is left. @throws WorldError GDO5024 as pruning does */
export async function pruneGone(repository: Repository, note: Note): Promise<void> {
  const path = markPath(repository);
  const triedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const nowMs = clockOfDisk(repository.gitDirectory);
  if (triedMs === undefined || nowMs - triedMs <= leftoverAgeMs) return;
  const { objects, bytes, youngObjects } = await pruneUnnamed(repository);
  if (youngObjects === 0) rmSync(path, { force: true });
  else utimesSync(path, nowMs / 1_000, nowMs / 1_000);
  if (objects > 0) note({ level: 'info', what: 'pruned contents', bytes });
}
