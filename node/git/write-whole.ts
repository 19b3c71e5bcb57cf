// Writes all bytes or fails: a disk or a quota that fills up takes a part of them first, and says nothing but how many. Of a file that is open the system does not say
// which one it is either: what fails here names it, so that somebody knows where to make room.
import { writeFileSync, writeSync, type WriteFileOptions } from 'node:fs';

/** Writes bytes where an open file stands. @throws the error of the system where not all of them could be written; a part may then be there */
export function writeWhole(file: number, bytes: Uint8Array, path: string): void {
  atPath(path, () => {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  });
}

/** Writes bytes from a place of an open file on. @throws the error of the system, as `writeWhole` does */
export function writeWholeAt(file: number, bytes: Uint8Array, { path, position }: { readonly path: string; readonly position: number }): void {
  atPath(path, () => {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, position + at);
  });
}

/** Writes a file. @throws the error of the system; a part may then be there */
export function writeText(path: string, text: string, options: WriteFileOptions = {}): void {
  atPath(path, () => writeFileSync(path, text, options));
}

/** Does something to a file. @throws its error; one of the system names the file */
export function atPath<Value>(path: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    throw naming(error, path);
  }
}

/** The same error; one of the system that names no file names this one. */
export function naming(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || 'path' in error) return error;
  error.message += ` '${path}'`;
  return Object.assign(error, { path });
}
