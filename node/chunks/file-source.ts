// A file, a pipe or a device as a source of bytes. It reads what is asked for and no more.
import { closeSync, open, openSync, read, readSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteSource } from './cut-source.ts';
import type { FileStretch } from './follow-content.ts';

/** An open file to cut. `size`: undefined where it is known only at the end; `stretch`: undefined where it can be read once only. */
export interface FileSource extends ByteSource {
  readonly size: number | undefined;
  readonly stretch: FileStretch | undefined;
  readonly close: () => Promise<void>;
}

const [openLater, readLater] = [promisify(open), promisify(read)];

/** The standard input. */
export const standardInput: FileSource = {
  size: undefined,
  stretch: undefined,
  read: async (into) => (await readLater(0, into, 0, into.length, null)).bytesRead,
  close: async () => undefined,
};

/** Opens a file, a pipe or a disk. @returns a sentence where it cannot be read, or never ends */
export async function fileSource(path: string): Promise<FileSource | string> {
  try {
    const kind = statSync(path);
    if (kind.isDirectory()) return 'is a folder';
    // Such as /dev/zero. A disk is a device of blocks, and ends.
    if (kind.isCharacterDevice()) return 'is a device that has no end';
    if (kind.isSocket()) return 'is a socket';
    // A pipe is opened when somebody writes into it.
    const file = kind.isFile() ? openSync(path, 'r') : await openLater(path, 'r');
    return {
      size: kind.isFile() ? kind.size : undefined,
      stretch: kind.isFile() ? { file, from: 0, size: kind.size, isWhole: true } : undefined,
      // The system reads files ahead: asking another thread costs more than the wait.
      read: kind.isFile() ? (into) => readSync(file, into) : async (into) => (await readLater(file, into, 0, into.length, null)).bytesRead,
      close: async () => closeSync(file),
    };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'is not there';
    return error.code === 'EACCES' || error.code === 'EPERM' ? 'may not be read by you' : `cannot be read: ${error.message}`;
  }
}
