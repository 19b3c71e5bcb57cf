// A mark beside the ledger that something went whose chunks are to leave the disk. It is as old as the last attempt to prune; a new one is older than any.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import { writeText } from '../git/write-whole.ts';

/** Where the mark is. */
export const goneMark = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'contents-gone');

/** Something went: the next turn prunes. */
export function markGone(repository: Repository): void {
  const path = goneMark(repository);
  makeFolders(join(path, '..'), 0o700);
  writeText(path, '');
  utimesSync(path, 0, 0);
}
