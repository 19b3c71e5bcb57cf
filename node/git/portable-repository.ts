// The adapter for where no git is installed: reads a repository and writes its author's own log. It receives nothing from strangers, touches no working tree, and starts
// no program. Knows no events and no rules.
import { readSettings } from './config-text.ts';
import { diskFiles, type FileStore } from './file-store.ts';
import { commonDirectory, type GitPlace } from './git-place.ts';
import { awaitLock } from './leftovers.ts';
import { objectId, type GitObject } from './object.ts';
import { portableObjects } from './portable-objects.ts';
import { refReader } from './portable-refs.ts';
import { commitWalk } from './portable-walk.ts';
import { openWaitingPack } from './received-pack.ts';
import { moveRefFiles, recoverRefFiles, type RefStore } from './ref-transaction.ts';
import type { RefChange, Repository } from './repository.ts';
import { findRevision } from './revision.ts';

/** Turns of the event loop after which a lock in memory is nobody's. */
const memoryTurnsMax = 1000;

/** Opens a repository whose git directory was found, in `files`. Objects are read when they are asked for; the library is loaded with the first pack. */
export function portableRepository(place: GitPlace, files: FileStore): Repository {
  const shared = files === diskFiles ? commonDirectory(place.gitDirectory) : place.gitDirectory;
  const objects = portableObjects(files, shared);
  const store = refsOf(place, files);
  const { refs } = store;
  // Whoever opens a repository first finishes what a stopped machine left decided.
  let whole: Promise<void> | undefined;
  const recovered = (): Promise<void> => (whole ??= recoverRefFiles(store));
  const ends = (): ReadonlySet<string> => new Set(lines(files.read(`${shared}/shallow`)));
  const check = async ({ ref, next }: RefChange): Promise<string | undefined> => {
    const object = next === undefined ? undefined : await objects.read(next);
    if (object === undefined) return `${ref} cannot point at ${next ?? 'nothing'}: there is no such object`;
    return ref.startsWith('refs/heads/') && object.kind !== 'commit' ? `${ref} cannot point at a ${object.kind}` : undefined;
  };
  const repository: Repository = {
    ...place,
    ...readingOf(objects.read, ends),
    adapter: 'portable',
    environment: {},
    writeObjects: (written) => {
      objects.write(written);
      return Promise.resolve(written.map(objectId));
    },
    resolve: async (name) => {
      await recovered();
      return findRevision({ ref: refs.read, expand: objects.expand, read: objects.read }, name);
    },
    list: async (prefix) => {
      await recovered();
      return refs.list(prefix);
    },
    updateRefs: async (changes) => {
      await recovered();
      return moveRefFiles(store, changes, check);
    },
    currentBranch: () => Promise.resolve(refs.target('HEAD')),
    setting: (name) => {
      const text = Buffer.from(files.read(`${shared}/config`) ?? new Uint8Array(0)).toString('utf8');
      const value = readSettings(text).findLast((setting) => setting.name === name)?.value;
      return Promise.resolve(value === '' ? undefined : value);
    },
    showFiles: () => Promise.resolve({ kind: 'blocked', reason: 'git is not installed, and without it gdo changes no files of a clone' }),
    openPack: async (pack, heads) => {
      const { objects: arrived, objectsCount, promote } = await openWaitingPack({ files, shared, objects }, pack, heads);
      const read = async (id: string): Promise<GitObject | undefined> => (await arrived.read(id)) ?? (await objects.read(id));
      return { repository: { ...repository, ...readingOf(read, ends) }, objectsCount, promote };
    },
    close: () => undefined,
  };
  return repository;
}

type Reading = Pick<Repository, 'readObject' | 'readMany' | 'readChunk' | 'sizes' | 'walk' | 'isAncestor'>;

/** Everything that needs objects and nothing else. */
function readingOf(read: Repository['readObject'], ends: () => ReadonlySet<string>): Reading {
  return {
    readObject: read,
    readChunk: read,
    readMany: (ids) => Promise.all(ids.map(read)),
    sizes: (ids) => Promise.all(ids.map(async (id) => (await read(id))?.bytes.length)),
    ...commitWalk(read, ends),
  };
}

/** An empty repository in memory, whose first branch is `main`. */
export function memoryRepository(files: FileStore): Repository {
  const gitDirectory = '/memory.git';
  for (const [name, text] of [
    ['HEAD', 'ref: refs/heads/main\n'],
    ['config', '[core]\n\trepositoryformatversion = 0\n\tbare = true\n'],
  ] as const)
    if (files.kindOf(`${gitDirectory}/${name}`) === undefined) files.create(`${gitDirectory}/${name}`, Buffer.from(text, 'latin1'));
  return portableRepository({ gitDirectory, workTree: undefined }, files);
}

/** Finishes a transaction of refs that was decided before the machine stopped. */
export function recoverRefs(place: GitPlace, files: FileStore): Promise<void> {
  return recoverRefFiles(refsOf(place, files));
}

function refsOf(place: GitPlace, files: FileStore): RefStore {
  const shared = files === diskFiles ? commonDirectory(place.gitDirectory) : place.gitDirectory;
  const wait = async (lock: string): Promise<void> => {
    if (files === diskFiles) return awaitLock(shared, lock);
    // In memory only this program can hold it, and a transaction ends after a few turns.
    for (let turn = 0; turn < memoryTurnsMax && files.kindOf(lock) !== undefined; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    files.remove(lock);
  };
  const where = { own: place.gitDirectory, shared };
  return { files, place: where, refs: refReader(files, where), wait };
}

function lines(bytes: Uint8Array | undefined): readonly string[] {
  return Buffer.from(bytes ?? new Uint8Array(0))
    .toString('latin1')
    .split('\n')
    .filter(Boolean);
}
