// Stands for `node:fs` where gdo runs in a browser: a machine without any file, on which none can be made. Asked for a file it answers as an empty read-only disk does.

/** An error as Node's file system has it: callers look at the code. */
class NoDisk extends Error {
  readonly code: 'ENOENT' | 'EROFS';

  constructor(code: 'ENOENT' | 'EROFS', path: unknown) {
    super(`${code}: a browser has no files (${String(path)})`);
    this.code = code;
  }
}

function absent(path: unknown): never {
  throw new NoDisk('ENOENT', path);
}

function unwritable(path: unknown): never {
  throw new NoDisk('EROFS', path);
}

interface MayBeAbsent {
  readonly throwIfNoEntry?: boolean;
}

function noEntry(path: unknown, options: MayBeAbsent = {}): undefined {
  return options.throwIfNoEntry === false ? undefined : absent(path);
}

/** Says that there is nothing. */
export const existsSync = (): boolean => false;
/** Finds nothing. @throws an error with the code ENOENT, but where the caller takes undefined for an answer */
export const statSync: typeof noEntry = noEntry;
/** Finds nothing, as `statSync` does. */
export const lstatSync: typeof noEntry = noEntry;
/** Refused with ENOENT. */
export const accessSync: (path: unknown) => never = absent;
/** Refused with ENOENT. */
export const readFileSync: (path: unknown) => never = absent;
/** Refused with ENOENT. */
export const readdirSync: (path: unknown) => never = absent;
/** Refused with ENOENT. */
export const readSync: (path: unknown) => never = absent;
/** Refused with EROFS. */
export const openSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const closeSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const fsyncSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const writeSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const writeFileSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const mkdirSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const mkdtempSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const renameSync: (path: unknown) => never = unwritable;
/** Refused with EROFS. */
export const chmodSync: (path: unknown) => never = unwritable;
/** Removes nothing: nothing is there. */
export const rmSync = (): void => undefined;
/** What `accessSync` can be asked for. */
export const constants = { X_OK: 1 } as const;
