// The way to have a repository in a page: in memory.
import { memoryFiles } from '../../node/git/file-store.ts';
import { memoryRepository } from '../../node/git/portable-repository.ts';
import type { Repository } from '../../node/git/repository.ts';
import type { Kind } from '../node/git/contract.ts';

const memory = new WeakMap<Repository, ReturnType<typeof memoryFiles>>();

/** What the contract of repositories runs over here. */
export const kinds: readonly Kind[] = [
  {
    name: 'no git, in a browser',
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
