// The objects of a repository without an installed git: loose ones are read and written here, packs are read by isomorphic-git, which is loaded with the first of them.
import { deflateSync, inflateSync } from 'node:zlib';
import { WorldError } from '../cli/command.ts';
import type { FileStore } from './file-store.ts';
import { libraryFiles } from './library-files.ts';
import { objectId, type GitObject } from './object.ts';
import { objectBytesMax } from './object-reader.ts';

/** The library holds a pack in memory as a whole; node.md section 2 bounds what it is given. */
export const packBytesMax: number = 64 * 1024 * 1024;

/** Alternates may name repositories that have alternates: git follows five. */
const alternatesDepthMax = 5;

/** Longest header of a loose object: `commit 16777216` and its zero. */
const headerBytes = 32;

const emptyTreeObject: GitObject = { kind: 'tree', bytes: new Uint8Array(0) };

/** Reading and writing of objects. Links between objects are not looked at. */
export interface PortableObjects {
  /** @throws WorldError GDO4011 where the object or its pack is too large, GDO5024 where it cannot be read */
  readonly read: (id: string) => Promise<GitObject | undefined>;
  /** Stores loose objects, each whole or not at all. */
  readonly write: (objects: readonly GitObject[]) => void;
  /** The full id of the only object whose id begins with these hexadecimal digits. */
  readonly expand: (digits: string) => Promise<string | undefined>;
}

/** Opens the objects of the git directory `shared`, with those of its alternates. */
export function portableObjects(files: FileStore, shared: string): PortableObjects {
  const places = objectFolders(files, shared);
  /** The library keeps indexes and packs here, for all reads of one repository. */
  const cache = {};

  const read = async (id: string): Promise<GitObject | undefined> => {
    for (const place of places) {
      const bytes = files.read(loosePath(place, id));
      if (bytes !== undefined) return readLoose(id, bytes);
    }
    for (const place of places) {
      const found = await readPacked({ files, place, cache }, id);
      if (found !== undefined) return found;
    }
    // Git knows this one where nobody wrote it.
    return id === objectId(emptyTreeObject) ? emptyTreeObject : undefined;
  };

  const write = (objects: readonly GitObject[]): void => {
    for (const object of objects) {
      const id = objectId(object);
      const path = loosePath(`${shared}/objects`, id);
      if (files.kindOf(path) !== undefined) continue;
      const whole = Buffer.concat([Buffer.from(`${object.kind} ${object.bytes.length}\0`, 'latin1'), object.bytes]);
      const draft = path.replace(/[^/]+$/, `tmp_obj_gdo_${id}`);
      // One that was left by a killed program, or one that another program writes at this moment: the bytes are the same.
      files.remove(draft);
      if (files.create(draft, deflateSync(whole)) === 'blocked') throw unreadable(id, 'its folder cannot be made');
      files.replace(draft, path);
    }
  };

  return { read, write, expand: (digits) => expand({ files, places, cache }, digits) };
}

function loosePath(place: string, id: string): string {
  return `${place}/${id.slice(0, 2)}/${id.slice(2)}`;
}

/** The folders that hold objects: the repository's own, then those its alternates name, each once. */
function objectFolders(files: FileStore, shared: string): readonly string[] {
  const found = [`${shared}/objects`];
  let open = found;
  for (let depth = 0; depth < alternatesDepthMax; depth += 1) {
    open = open.flatMap((folder) => alternatesOf(files, folder)).filter((folder) => !found.includes(folder));
    found.push(...open);
  }
  return found;
}

function alternatesOf(files: FileStore, folder: string): readonly string[] {
  const lines = Buffer.from(files.read(`${folder}/info/alternates`) ?? new Uint8Array(0))
    .toString('utf8')
    .split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => (line.startsWith('/') ? line : normal(`${folder}/${line}`)));
}

/** A path without `.` and `..`. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function readLoose(id: string, bytes: Uint8Array): GitObject {
  const object = looseObject(id, bytes, objectBytesMax);
  if (object === undefined) throw tooLarge(id);
  return object;
}

/**
 * Reads the file of a loose object: `<kind> <size>`, zero, content, deflated.
 * @param bytesMax - no more than this is inflated; undefined where the object is larger
 * @throws WorldError GDO5024 where it is none, or another one than its id names
 */
export function looseObject(id: string, bytes: Uint8Array, bytesMax: number): GitObject | undefined {
  let whole: Buffer;
  try {
    whole = inflateSync(bytes, { maxOutputLength: bytesMax + headerBytes });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw unreadable(id, error.message, error);
  }
  const end = whole.indexOf(0);
  const [, kind, size] = /^(blob|tree|commit|tag) (0|[1-9][0-9]*)$/.exec(whole.subarray(0, Math.max(end, 0)).toString('latin1')) ?? [];
  const content = whole.subarray(end + 1);
  if (content.length > bytesMax) return undefined;
  if (kind === undefined || Number(size) !== content.length) throw unreadable(id, 'its header is none');
  return known(id, { kind: kindOf(kind), bytes: content });
}

interface PackPlace {
  readonly files: FileStore;
  readonly place: string;
  readonly cache: object;
}

/** Packs are what isomorphic-git reads: indexes, deltas, checksums. */
async function readPacked(store: PackPlace, id: string): Promise<GitObject | undefined> {
  const folder = `${store.place}/pack`;
  const packs = store.files.names(folder).filter((name) => name.endsWith('.pack'));
  if (packs.length === 0) return undefined;
  const large = packs.find((name) => store.files.sizeOf(`${folder}/${name}`) > packBytesMax);
  if (large !== undefined)
    throw new WorldError(
      'GDO4011',
      `The pack ${large} is larger than ${packBytesMax} bytes`,
      'install git 2.39 or newer: without it gdo reads small packs only',
    );
  const git = await import('isomorphic-git');
  try {
    const found = await git.readObject({ fs: libraryFiles(store.files), gitdir: gitDirectoryOf(store.place), oid: id, format: 'content', cache: store.cache });
    if (!('type' in found) || found.object === undefined || typeof found.object === 'string') throw unreadable(id, 'the library gave no bytes');
    return known(id, { kind: kindOf(found.type ?? ''), bytes: contentBytes(found.object) });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof WorldError) throw error;
    if ('code' in error && error.code === 'NotFoundError') return undefined;
    throw unreadable(id, error.message, error);
  }
}

/** The library knows a place of objects by the git directory around it. */
function gitDirectoryOf(place: string): string {
  return place.replace(/\/objects$/, '');
}

function contentBytes(content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  throw new TypeError('an object was asked for as bytes');
}

/** What every object must be that is handed on: not too large, and the one that was asked for. */
function known(id: string, object: GitObject): GitObject {
  if (object.bytes.length > objectBytesMax) throw tooLarge(id);
  if (objectId(object) !== id) throw unreadable(id, 'its bytes are not the ones that its id names');
  return object;
}

function kindOf(word: string): GitObject['kind'] {
  if (word === 'blob' || word === 'tree' || word === 'commit' || word === 'tag') return word;
  throw new TypeError(`git has no kind of object called ${word}`);
}

function tooLarge(id: string): WorldError {
  return new WorldError('GDO4011', `Git could not read object ${id}: it is larger than ${objectBytesMax} bytes`, 'run `gdo audit`: it names what is broken');
}

function unreadable(id: string, why: string, cause?: Error): WorldError {
  return new WorldError('GDO5024', `Git could not read object ${id}: ${why}`, 'run `gdo audit`: it names what is broken', cause);
}

/** The one object whose id begins so. The library counts one that lies twice in a place once. */
async function expand(store: Omit<PackPlace, 'place'> & { readonly places: readonly string[] }, digits: string): Promise<string | undefined> {
  const git = await import('isomorphic-git');
  const found = new Set<string>();
  for (const place of store.places) {
    try {
      found.add(await git.expandOid({ fs: libraryFiles(store.files), gitdir: gitDirectoryOf(place), oid: digits, cache: store.cache }));
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      if (error.code === 'AmbiguousError') return undefined;
      if (error.code !== 'NotFoundError') throw unreadable(digits, error.message, error);
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}
