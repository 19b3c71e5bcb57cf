// Waits for changes of bylaws in folders. It reads no file and says nothing about what changed.
import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';

/** A watch that has begun. `changed` ends a little after the first change since the beginning, or with the signal; `close` ends the watch. */
export interface FolderWatch {
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

/** Editors write a file in several steps; after this long without another one they are done. */
const quietMs = 100;

/** Watches folders, not what is below them. A folder that vanishes counts as a change, one that cannot be watched as none. */
export function watchFolders(folders: readonly string[]): FolderWatch {
  let isChanged = false;
  let timer: NodeJS.Timeout | undefined;
  let wake = (): void => {};
  const touched = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isChanged = true;
      wake();
    }, quietMs);
  };
  const watchers = folders.flatMap((folder) => watchFolder(folder, touched));
  return {
    changed: (signal) =>
      new Promise((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (isChanged || signal.aborted) resolve();
      }),
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function watchFolder(folder: string, touched: () => void): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, (_kind, name) => {
      if (name === null || isOfBylaws(name)) touched();
    });
    watcher.on('error', touched);
    return [watcher];
  } catch {
    // The folder has just vanished, or the system has no watches left: the other folders still tell.
    return [];
  }
}

/** Bylaws, and names without an ending: a folder that comes or goes may hold some. */
function isOfBylaws(name: string): boolean {
  return name.endsWith('.gdo') || name.endsWith('.gdo.md') || !name.includes('.');
}
