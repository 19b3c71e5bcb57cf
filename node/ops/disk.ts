// The disk that data lies on: how much of it is free, and whether what is written there lasts.
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../git/sync-folder.ts';

/** The free part of the disk that a path lies on, 0 to 1: of its blocks or of its files, whichever is scarcer. */
export function freePart(path: string): number {
  const { bavail, blocks, ffree, files } = statfsSync(path);
  // Some file systems count neither.
  return Math.min(blocks === 0 ? 1 : bavail / blocks, files === 0 ? 1 : ffree / files);
}

/** What writing to a folder showed. */
export interface WriteTrial {
  /** The system's words where it failed. */
  readonly fault: string | undefined;
  /** How long a file took to be on the disk, milliseconds. */
  readonly ms: number;
  /** The time that the disk gave the file, milliseconds since 1970. */
  readonly fileMs: number;
}

const trialBytes = Buffer.alloc(4096, 0x67);

/** Writes a file as the ledger does - bytes, fsync, rename, fsync of the folder - reads it again and removes it. */
export function tryWriting(folder: string): WriteTrial {
  const startMs = performance.now();
  let place: string | undefined;
  try {
    place = mkdtempSync(join(folder, 'gdo-doctor-'));
    const draft = join(place, 'draft');
    const file = openSync(draft, 'wx');
    try {
      writeSync(file, trialBytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, join(place, 'kept'));
    syncFolder(place);
    const fault = readFileSync(join(place, 'kept')).equals(trialBytes) ? undefined : 'what was read is not what was written';
    return { fault, ms: performance.now() - startMs, fileMs: statSync(join(place, 'kept')).mtimeMs };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { fault: error.message, ms: 0, fileMs: 0 };
  } finally {
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  }
}
