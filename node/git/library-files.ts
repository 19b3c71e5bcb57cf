// Shows a place for files to isomorphic-git as the file system that it expects. Links and rights do not exist here.
import type { PromiseFsClient } from 'isomorphic-git';
import type { FileStore } from './file-store.ts';

/** An error as Node's file system has it: the library looks at the code. */
class NoFile extends Error {
  readonly code = 'ENOENT';
}

/** The file system of the library. Writing puts a whole file in the place of what was there. It finds out by a call without a path whether promises come back. */
export function libraryFiles(files: FileStore): PromiseFsClient {
  const stat = async (path: string): Promise<object> => {
    const kind = files.kindOf(path);
    if (kind === undefined) throw new NoFile(path);
    return { isFile: () => kind === 'file', isDirectory: () => kind === 'folder', isSymbolicLink: () => false, size: files.sizeOf(path) };
  };
  const absent = async (path: string): Promise<never> => {
    throw new NoFile(path);
  };
  return {
    promises: {
      readFile: async (path: string | undefined, options?: string | { readonly encoding?: string }) => {
        const bytes = path === undefined ? undefined : files.read(path);
        if (bytes === undefined) throw new NoFile(path);
        const encoding = typeof options === 'string' ? options : options?.encoding;
        return encoding === 'utf8' ? Buffer.from(bytes).toString('utf8') : bytes;
      },
      writeFile: async (path: string, bytes: Uint8Array | string) => {
        files.remove(path);
        files.create(path, typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes);
      },
      unlink: async (path: string) => files.remove(path),
      readdir: async (path: string) => files.names(path),
      mkdir: async () => undefined,
      rmdir: async () => undefined,
      stat,
      lstat: stat,
      readlink: absent,
      symlink: absent,
    },
  };
}
