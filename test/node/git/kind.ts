// One way to have a repository, for suites that run over several; and the way that needs no disk, which is the only one in a page.
import { memoryFiles } from '../../../node/git/file-store.ts';
import { memoryRepository } from '../../../node/git/portable-repository.ts';
import type { Repository } from '../../../node/git/repository.ts';

/** One way to have a repository. `reopen` opens the same one again, as another program would. */
export interface Kind {
  readonly name: string;
  readonly make: (folder: string) => Promise<Repository>;
  readonly reopen: (repository: Repository) => Repository;
  /** Whether it lies on the disk, where git itself can look at it. */
  readonly isOnDisk: boolean;
}

/** The portable adapter over files in memory. */
export function memoryKind(name: string): Kind {
  const memory = new WeakMap<Repository, ReturnType<typeof memoryFiles>>();
  return {
    name,
    make: () => {
      const files = memoryFiles();
      const repository = memoryRepository(files);
      memory.set(repository, files);
      return Promise.resolve(repository);
    },
    reopen: (repository) => memoryRepository(memory.get(repository) ?? memoryFiles()),
    isOnDisk: false,
  };
}
