// A short list beside the ledger, this copy's own affair, that is there whole or as it was before.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolders } from '../git/make-folders.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { writeWhole } from '../git/write-whole.ts';

/** The lines of a list; none where there is no such file. */
export function readLines(path: string): ReadonlySet<string> {
  return new Set(existsSync(path) ? readFileSync(path, 'latin1').split('\n').filter(Boolean) : []);
}

/** Adds lines to a list; they are on the disk when this returns. */
export function addLines(path: string, lines: Iterable<string>): void {
  const all = [...new Set([...readLines(path), ...lines])];
  makeFolders(dirname(path), 0o700);
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeWhole(file, Buffer.from(all.map((line) => `${line}\n`).join(''), 'latin1'), path);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}
