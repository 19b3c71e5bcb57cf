// Puts refs that are files of their own into the one file of packed refs: listing a town of ten thousand reads as many files otherwise. No ref moves.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runGit } from './child.ts';
import { awaitLock, blockingLock } from './leftovers.ts';

/** How many files of refs stand in one folder of a git directory, such as `refs/gdo/log`. */
export function looseRefsCount(gitDirectory: string, folder: string): number {
  try {
    return readdirSync(join(gitDirectory, folder)).length;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** Packs all refs of a bare repository. Where another one holds the lock nothing is done; a lock that a killed one left is removed. */
export async function packRefs(gitDirectory: string): Promise<void> {
  const end = await runGit({ gitDirectory, arguments: ['pack-refs', '--all', '--prune'] });
  const lock = blockingLock(end.errors, gitDirectory);
  if (end.code !== 0 && lock !== undefined) await awaitLock(gitDirectory, lock);
}
