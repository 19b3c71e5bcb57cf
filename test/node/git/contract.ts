// The two adapters of node.md section 2 and where the portable one keeps its files: what one suite runs over. It tests nothing itself.
import { join } from 'node:path';
import { diskFiles } from '../../../node/git/file-store.ts';
import { findGitDirectory } from '../../../node/git/git-place.ts';
import { portableRepository } from '../../../node/git/portable-repository.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { memoryKind, type Kind } from './kind.ts';

/** Opens what lies at a path without the installed git. */
export function openPortably(path: string): Repository {
  const place = findGitDirectory(path);
  if (place === undefined) throw new Error(`there is no repository at ${path}`);
  return portableRepository(place, diskFiles);
}

/** The installed git; the portable adapter on the same kind of folder; the portable adapter in memory. */
export const kinds: readonly Kind[] = [
  {
    name: 'installed git',
    make: (folder) => initRepository(join(folder, 'system.git'), 'bare'),
    reopen: (repository) => openRepository(repository.gitDirectory),
    isOnDisk: true,
  },
  {
    name: 'no git, on the disk',
    make: async (folder) => {
      const path = join(folder, 'portable.git');
      (await initRepository(path, 'bare')).close();
      return openPortably(path);
    },
    reopen: (repository) => openPortably(repository.gitDirectory),
    isOnDisk: true,
  },
  memoryKind('no git, in memory'),
];
