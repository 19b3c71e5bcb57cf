// What was erased in this copy, so that it does not come back by itself from another one that has not heard of it yet. Beside the ledger, and this copy's own affair.
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import type { Repository } from '../git/repository.ts';
import { addLines, readLines } from './lines-file.ts';

const pathOf = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'erased-contents');

/** The SHA-256 of each content that was erased here. */
export function erasedHere(repository: Repository): ReadonlySet<string> {
  return readLines(pathOf(repository));
}

/** Notes contents as erased; it is on the disk when this returns. */
export function noteErased(repository: Repository, names: readonly string[]): void {
  addLines(pathOf(repository), names);
}
