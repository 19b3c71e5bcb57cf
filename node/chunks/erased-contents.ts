// What was erased in this copy, so that it does not come back by itself from another one that has not heard of it yet. Beside the ledger, and this copy's own affair.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { writeWhole } from '../git/write-whole.ts';

const pathOf = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'erased-contents');

/** The SHA-256 of each content that was erased here. */
export function erasedHere(repository: Repository): ReadonlySet<string> {
  const path = pathOf(repository);
  return new Set(existsSync(path) ? readFileSync(path, 'latin1').split('\n').filter(Boolean) : []);
}

/** Notes contents as erased; it is on the disk when this returns. */
export function noteErased(repository: Repository, names: readonly string[]): void {
  const path = pathOf(repository);
  makeFolders(dirname(path), 0o700);
  const all = [...new Set([...erasedHere(repository), ...names])];
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeWhole(file, Buffer.from(all.map((name) => `${name}\n`).join(''), 'latin1'));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}
