// The few file operations that the portable adapter needs, on a disk and in memory. It knows nothing of git. Everything is synchronous: what is written lasts when
// the call returns, which is what the order of writes relies on.
import { closeSync, fsyncSync, lstatSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { makeFolders } from './make-folders.ts';
import { syncFolder } from './sync-folder.ts';
import { writeWhole } from './write-whole.ts';

/** What stands at a path. */
export type FileKind = 'file' | 'folder';

/** A place for files. Paths are absolute. Everything that changes it has reached the disk when it returns. */
export interface FileStore {
  readonly kindOf: (path: string) => FileKind | undefined;
  readonly sizeOf: (path: string) => number;
  /** The bytes of a file, or undefined where there is none. */
  readonly read: (path: string) => Uint8Array | undefined;
  /** Names in a folder, ascending; none where there is no such folder. */
  readonly names: (path: string) => readonly string[];
  /** Creates a file that did not exist, and the folders above it. @returns `taken` where something stands there, `blocked` where a file stands above it */
  readonly create: (path: string, bytes: Uint8Array) => 'ok' | 'taken' | 'blocked';
  /** Puts a file in the place of another one, or of nothing. @returns `blocked` where a folder stands there */
  readonly replace: (from: string, to: string) => 'ok' | 'blocked';
  readonly remove: (path: string) => void;
}

/** The code of a failed call of the system, or undefined for any other error. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Calls the system. @returns what it answered, or the code of its failure where that is one of those expected
 * @throws WorldError GDO5024 for any other, such as a full disk
 */
export function expecting<const Code extends string, Result>(codes: readonly Code[], act: () => Result): { readonly value: Result } | Code {
  try {
    return { value: act() };
  } catch (error) {
    const code = codeOf(error);
    const known = codes.find((one) => one === code);
    if (known !== undefined) return known;
    if (code === undefined || !(error instanceof Error)) throw error;
    throw new WorldError(
      'GDO5024',
      `The repository could not be read or written: ${error.message}`,
      'look after the disk and the rights of its files, then try again',
      error,
    );
  }
}

/** Writes a file that must not exist yet, to the disk. A file that could not be written whole is taken away again. */
function writeNew(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  let isWhole = false;
  try {
    writeWhole(file, bytes, path);
    fsyncSync(file);
    isWhole = true;
  } finally {
    closeSync(file);
    if (!isWhole) rmSync(path, { force: true });
  }
  syncFolder(dirname(path));
}

/** The files of this machine. */
export const diskFiles: FileStore = {
  kindOf: (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? undefined : stat.isDirectory() ? 'folder' : 'file';
  },
  sizeOf: (path) => statSync(path).size,
  read: (path) => {
    const read = expecting(['ENOENT', 'ENOTDIR', 'EISDIR'], () => readFileSync(path));
    return typeof read === 'string' ? undefined : read.value;
  },
  names: (path) => {
    const read = expecting(['ENOENT', 'ENOTDIR'], () => readdirSync(path));
    return typeof read === 'string' ? [] : read.value.toSorted();
  },
  create: (path, bytes) => {
    const above = expecting(['EEXIST', 'ENOTDIR'], () => makeFolders(dirname(path)));
    if (typeof above === 'string') return 'blocked';
    const written = expecting(['EEXIST'], () => writeNew(path, bytes));
    return typeof written === 'string' ? 'taken' : 'ok';
  },
  replace: (from, to) => {
    if (lstatSync(to, { throwIfNoEntry: false })?.isDirectory() === true) return 'blocked';
    expecting([], () => renameSync(from, to));
    syncFolder(dirname(to));
    return 'ok';
  },
  remove: (path) => {
    expecting([], () => rmSync(path, { force: true }));
    // Without the folder there is nothing to make last.
    expecting(['ENOENT'], () => syncFolder(dirname(path)));
  },
};

/** Files that exist as long as the program. */
export function memoryFiles(): FileStore {
  const files = new Map<string, Uint8Array>();
  const folders = new Map<string, Set<string>>();
  const enter = (path: string): void => {
    for (let at = path; at !== posix.dirname(at); at = posix.dirname(at)) {
      const above = posix.dirname(at);
      folders.set(above, (folders.get(above) ?? new Set()).add(posix.basename(at)));
    }
  };
  const leave = (path: string): void => {
    files.delete(path);
    // A folder with nothing in it is none.
    for (let at = path; at !== posix.dirname(at) && !files.has(at) && !folders.has(at); at = posix.dirname(at)) {
      const inside = folders.get(posix.dirname(at));
      inside?.delete(posix.basename(at));
      if (inside?.size === 0) folders.delete(posix.dirname(at));
    }
  };
  const isBelowFile = (path: string): boolean => {
    for (let above = posix.dirname(path); above !== posix.dirname(above); above = posix.dirname(above)) if (files.has(above)) return true;
    return false;
  };
  return {
    kindOf: (path) => (files.has(path) ? 'file' : folders.has(path) ? 'folder' : undefined),
    sizeOf: (path) => files.get(path)?.length ?? 0,
    read: (path) => files.get(path),
    names: (path) => [...(folders.get(path) ?? [])].toSorted(),
    create: (path, bytes) => {
      if (isBelowFile(path)) return 'blocked';
      if (files.has(path) || folders.has(path)) return 'taken';
      files.set(path, Uint8Array.from(bytes));
      enter(path);
      return 'ok';
    },
    replace: (from, to) => {
      if (folders.has(to)) return 'blocked';
      const bytes = files.get(from);
      if (bytes === undefined) throw new Error(`there is no ${from}`);
      leave(from);
      files.set(to, bytes);
      enter(to);
      return 'ok';
    },
    remove: leave,
  };
}
