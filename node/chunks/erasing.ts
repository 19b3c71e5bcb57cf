// What an erasing is taking away, written down before its names go: objects have no name afterwards, and a kill in between must not leave them until somebody prunes. Beside the
// ledger; it is gone when they are.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import type { Repository } from '../git/repository.ts';
import { addLines, readLines } from './lines-file.ts';

const pathOf = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'erasing');

/** Git's ids of what an erasing that was stopped has not taken away yet, and names of packs that it was taking away. */
export function erasingHere(repository: Repository): ReadonlySet<string> {
  return readLines(pathOf(repository));
}

/** Notes what goes now; it is on the disk when this returns. */
export function beginErasing(repository: Repository, names: Iterable<string>): void {
  addLines(pathOf(repository), names);
}

/** All of it has gone. */
export function endErasing(repository: Repository): void {
  rmSync(pathOf(repository), { force: true });
}
