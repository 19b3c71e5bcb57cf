// Makes a folder with those above it. Node's own `mkdirSync` with `recursive` never returns where the system takes no folder in one that is there, as below
// /proc: it takes the answer "absent" for the folder above and begins again.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is.
 * @param mode - of each that is made, less the umask
 * @returns the topmost folder that was made, or undefined where nothing was missing
 * @throws the error of the system where one of them cannot be made, or something else lies in its place
 */
export function makeFolders(path: string, mode = 0o777): string | undefined {
  if (isFolder(path)) return undefined;
  const above = dirname(path);
  const topmost = above === path ? undefined : makeFolders(above, mode);
  try {
    mkdirSync(path, { mode });
    return topmost ?? path;
  } catch (error) {
    // Another process made it in between.
    if (isFolder(path)) return topmost;
    throw error;
  }
}

/** Whether a folder lies there. What cannot be looked at is none: making it, or reading in it, says why. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
