// The note in a repository that says which node serves it, so that a push over ssh finds that node. A note of a node that has ended leads to a socket on which
// nobody answers; it need not be removed.
import { connect } from 'node:net';
import { readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from '../git/make-folders.ts';
import { writeText } from '../git/write-whole.ts';

const notePath = (gitDirectory: string): string => join(gitDirectory, 'gdo', 'served-by');
/** A name, a space and a path of a socket are shorter than this on every system. */
const noteBytesMax = 4_096;

/** Which node serves a repository: its local socket, and how it calls the organization. */
export interface ServedBy {
  readonly name: string;
  readonly socket: string;
}

/** Writes the note. */
export function sayWhereServed(gitDirectory: string, by: ServedBy): void {
  const path = notePath(gitDirectory);
  makeFolders(dirname(path), 0o700);
  writeText(`${path}.new`, `${by.name} ${by.socket}\n`);
  renameSync(`${path}.new`, path);
}

/** The node that serves a repository, or served it last; undefined where none ever did. */
export function whereServed(gitDirectory: string): ServedBy | undefined {
  try {
    const [, name, socket] = /^([a-z0-9-]+) (\/.+)\n$/.exec(readFileSync(notePath(gitDirectory), 'utf8').slice(0, noteBytesMax)) ?? [];
    return name === undefined || socket === undefined ? undefined : { name, socket };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return undefined;
    throw error;
  }
}

/** Whether a node serves a repository now: then it closes epochs by itself, and nobody else does. */
export function isServed(gitDirectory: string): Promise<boolean> {
  const served = whereServed(gitDirectory);
  if (served === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const probe = connect(served.socket);
    probe.on('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
}
