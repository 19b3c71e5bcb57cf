// Puts the names in several folders on disk, beside other work: the disk writes what waits for it in one go.
import { open } from 'node:fs/promises';

/** Waits until the names in folders are on disk, as `syncFolder` of node/git does for one. */
export async function syncFolders(paths: Iterable<string>): Promise<void> {
  await Promise.all(
    [...paths].map(async (path) => {
      const folder = await open(path, 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    }),
  );
}
