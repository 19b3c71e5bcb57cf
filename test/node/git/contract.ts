// The two adapters of node.md section 2 and where the portable one keeps its files: what one suite runs over. It tests nothing itself.
import { join } from 'node:path';
import { diskFiles, memoryFiles } from '../../../node/git/file-store.ts';
import { findGitDirectory } from '../../../node/git/git-place.ts';
import { memoryRepository, portableRepository } from '../../../node/git/portable-repository.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';

/** One way to have a repository. `reopen` opens the same one again, as another program would. */
export interface Kind {
  readonly name: string;
  readonly make: (folder: string) => Promise<Repository>;
  readonly reopen: (repository: Repository) => Repository;
  /** Whether it lies on the disk, where git itself can look at it. */
  readonly isOnDisk: boolean;
}

/** Opens what lies at a path without the installed git. */
export function openPortably(path: string): Repository {
  const place = findGitDirectory(path);
  if (place === undefined) throw new Error(`there is no repository at ${path}`);
  return portableRepository(place, diskFiles);
}

const memory = new WeakMap<Repository, ReturnType<typeof memoryFiles>>();

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
  {
    name: 'no git, in memory',
    make: () => {
      const files = memoryFiles();
      const repository = memoryRepository(files);
      memory.set(repository, files);
      return Promise.resolve(repository);
    },
    reopen: (repository) => memoryRepository(memory.get(repository) ?? memoryFiles()),
    isOnDisk: false,
  },
];
