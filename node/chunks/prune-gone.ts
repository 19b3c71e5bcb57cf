// Chunks of contents that went leave the disk: at once what is older than an hour, the rest when it is. That there are some stands beside the ledger.
import { rmSync, statSync, utimesSync } from 'node:fs';
import { clockOfDisk, leftoverAgeMs } from '../git/leftovers.ts';
import type { Repository } from '../git/repository.ts';
import type { Note } from './content-note.ts';
import { goneMark } from './gone-mark.ts';
import { pruneUnnamed } from './prune-contents.ts';

/** Prunes where something went, once an hour until nothing of it is left. @throws WorldError GDO5024 as pruning does */
export async function pruneGone(repository: Repository, note: Note): Promise<void> {
  const path = goneMark(repository);
  const triedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const nowMs = clockOfDisk(repository.gitDirectory);
  if (triedMs === undefined || nowMs - triedMs <= leftoverAgeMs) return;
  const { objects, bytes, youngObjects } = await pruneUnnamed(repository);
  if (youngObjects === 0) rmSync(path, { force: true });
  else utimesSync(path, nowMs / 1_000, nowMs / 1_000);
  if (objects > 0) note({ level: 'info', what: 'pruned contents', bytes });
}
