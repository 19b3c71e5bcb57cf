// A file, a pipe or a device as a source of bytes. It reads what is asked for and no more.
import { read } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ByteSource } from './cut-source.ts';

/** An open file to cut. `size`: undefined where it is known only at the end. */
export interface FileSource extends ByteSource {
  readonly size: number | undefined;
  readonly close: () => Promise<void>;
}

const readInput = promisify(read);

/** The standard input. */
export const standardInput: FileSource = {
  size: undefined,
  read: async (into) => (await readInput(0, into, 0, into.length, null)).bytesRead,
  close: async () => undefined,
};

/** Opens what stands at a path. @returns undefined where that is no file, or cannot be read */
export async function fileSource(path: string): Promise<FileSource | undefined> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  const stat = await handle.stat();
  if (stat.isDirectory()) {
    await handle.close();
    return undefined;
  }
  return {
    size: stat.isFile() ? stat.size : undefined,
    read: async (into) => (await handle.read(into, 0, into.length)).bytesRead,
    close: () => handle.close(),
  };
}
