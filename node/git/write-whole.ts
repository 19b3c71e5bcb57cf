// Writes all bytes or fails: a disk or a quota that fills up takes a part of them first, and says nothing but how many.
import { writeSync } from 'node:fs';

/** Writes bytes where an open file stands. @throws the error of the system where not all of them could be written; a part may then be there */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
