// Puts the names in a folder on disk: a file that was made or moved is there for good only when its folder is.
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Waits until the names in a folder are on disk. Windows has no such call and does it by itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
