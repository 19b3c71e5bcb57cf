// A file, a pipe or a device as a source of bytes. It reads what is asked for and no more.
import { read, readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ByteSource } from './cut-source.ts';
import type { FileStretch } from './follow-content.ts';

/** An open file to cut. `size`: undefined where it is known only at the end; `stretch`: undefined where it can be read once only. */
export interface FileSource extends ByteSource {
  readonly size: number | undefined;
  readonly stretch: FileStretch | undefined;
  readonly close: () => Promise<void>;
}

const readInput = promisify(read);

/** The standard input. */
export const standardInput: FileSource = {
  size: undefined,
  stretch: undefined,
  read: async (into) => (await readInput(0, into, 0, into.length, null)).bytesRead,
  close: async () => undefined,
};

/** Opens a file, a pipe or a disk. @returns a sentence where it cannot be read, or never ends */
export async function fileSource(path: string): Promise<FileSource | string> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) return 'is a folder';
    // Such as /dev/zero. A disk is a device of blocks, and ends.
    if (kind.isCharacterDevice()) return 'is a device that has no end';
    if (kind.isSocket()) return 'is a socket';
    const handle = await open(path, 'r');
    return {
      size: kind.isFile() ? kind.size : undefined,
      stretch: kind.isFile() ? { file: handle.fd, from: 0, size: kind.size, isWhole: true } : undefined,
      // The system reads files ahead: asking another thread costs more than the wait.
      read: kind.isFile() ? (into) => readSync(handle.fd, into) : async (into) => (await handle.read(into, 0, into.length)).bytesRead,
      close: () => handle.close(),
    };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'is not there';
    return error.code === 'EACCES' || error.code === 'EPERM' ? 'may not be read by you' : `cannot be read: ${error.message}`;
  }
}
