// Finds and reads bylaws below the folder a command works in, and replaces them in one step. It follows no link out of that folder.
// Files are read at once, not by promises: bylaws are few and small, and the runtime's promises of files cost a short command a tenth of its start.
import type { Dirent } from 'node:fs';
import { closeSync, lstatSync, openSync, readdirSync, readSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { makeFolders } from '../git/make-folders.ts';
import { UsageError, WorldError } from './command.ts';
import { crypto } from './crypto.ts';
import { mustBeFile } from './out-file.ts';
import { visible } from './terminal.ts';
import { naming } from '../git/write-whole.ts';
import { systemFailure } from './system-failure.ts';

/** One file of bylaws: its path below the folder, with `/`, and its text. */
export interface BylawsText {
  readonly path: string;
  readonly text: string;
}

/** Language limit S76 on a file; one byte more is read, so that the language says GDO004 and a huge file costs nothing. */
const fileBytesMax = 256 * 1024;

/** Entries of folders looked at: a tree larger than this is not a folder of bylaws. */
const entriesMax = 100_000;

/** Files of bylaws read: ten times what the largest sensible charter has. */
const filesMax = 2_000;

/**
 * Reads the bylaws a command is about, ordered by path. Without names: `bylaws/` below the folder, or the folder itself.
 * @param names - files or folders as typed, relative to `directory`
 * @throws UsageError GDO5012 where there are none, GDO5014 for a path outside the folder; WorldError GDO5022 for an unreadable file
 */
export async function readBylaws(directory: string, names: readonly string[]): Promise<readonly BylawsText[]> {
  const root = realRoot(directory);
  const found = names.length === 0 ? defaultFiles(root) : names.flatMap((name) => namedFiles(root, name));
  const paths = [...new Set(found)].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (paths.length === 0) throw new UsageError('GDO5012', 'There are no bylaws here', 'bylaws end in .gdo or .gdo.md and stand in bylaws/; to begin: gdo init');
  if (paths.length > filesMax) throw new UsageError('GDO5003', `There are more than ${filesMax} files of bylaws here`, 'name the files or the folder you mean');
  return paths.map((path) => ({ path, text: readText(root, path) }));
}

/** Replaces a file in one step: whoever reads sees the old text or the new one, never half of it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  makeFolders(dirname(path));
  mustBeFile(path);
  const draft = join(dirname(path), `.${basename(path)}.${crypto().randomBytes(4).toString('hex')}.tmp`);
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    const failure = systemFailure(naming(error, path));
    if (failure?.code === 'GDO4021') throw failure;
    throw new WorldError('GDO5022', `\`${visible(basename(path))}\` cannot be written`, 'look at the rights of its folder and the space on the disk', error);
  }
}

/** Resolves a path as typed. @throws UsageError GDO5014 where it leads outside the folder */
export function insidePath(root: string, name: string): string {
  const path = relative(root, resolve(root, name));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    throw new UsageError('GDO5014', `\`${visible(name)}\` leads outside the folder gdo works in`, 'work in another folder with -C DIR');
  }
  return path.split(sep).join('/');
}

function realRoot(directory: string): string {
  try {
    return realpathSync.native(directory);
  } catch (error) {
    throw new WorldError('GDO5022', `There is no folder \`${visible(directory)}\``, 'look at the value of -C', error);
  }
}

function defaultFiles(root: string): readonly string[] {
  const linked = realOrMissing(join(root, 'bylaws'));
  if (linked !== undefined) insidePath(root, linked);
  const below = walk(root, 'bylaws');
  if (below.length > 0) return below;
  const entries = listFolder(root, '');
  return entries.filter((entry) => entry.isFile() && isBylaws(entry.name)).map((entry) => entry.name);
}

function namedFiles(root: string, name: string): readonly string[] {
  const path = insidePath(root, name);
  let real: string;
  try {
    real = realpathSync.native(join(root, path));
  } catch (error) {
    throw new WorldError('GDO5022', `There is no file \`${visible(name)}\``, 'look at its spelling; without a name gdo reads bylaws/', error);
  }
  insidePath(root, real);
  return lstatSync(real).isDirectory() ? walk(root, path) : [path];
}

function walk(root: string, start: string): readonly string[] {
  const files: string[] = [];
  const folders = [start];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of listFolder(root, folder)) {
      seen += 1;
      if (seen > entriesMax) throw new UsageError('GDO5003', `\`${visible(start)}\` holds more than ${entriesMax} entries`, 'name the files you mean');
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules') folders.push(path);
      else if (entry.isFile() && isBylaws(entry.name)) files.push(path);
    }
  }
  return files;
}

function listFolder(root: string, folder: string): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw new WorldError('GDO5022', `The folder \`${visible(folder)}\` cannot be read`, 'look at its rights', error);
  }
}

function isBylaws(name: string): boolean {
  return name.endsWith('.gdo') || name.endsWith('.gdo.md');
}

function readText(root: string, path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readStart(join(root, path), fileBytesMax + 1);
  } catch (error) {
    throw new WorldError('GDO5022', `\`${visible(path)}\` cannot be read`, 'look at its rights', error);
  }
  if (bytes.length > fileBytesMax) return ' '.repeat(bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new WorldError('GDO5022', `\`${visible(path)}\` is not UTF-8 text`, 'save it as UTF-8', error);
  }
}

function readStart(path: string, bytesMax: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(bytesMax);
    let filled = 0;
    while (filled < bytesMax) {
      const bytesRead = readSync(file, buffer, filled, bytesMax - filled, null);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function realOrMissing(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
