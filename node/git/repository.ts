// GitPort (node.md section 2) over the installed git: objects, refs and trees of one repository. Knows no events and no rules.
import { statSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve as resolvePath } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { gitOutput, runGit, type GitEnd } from './child.ts';
import { awaitLock, blockingLock } from './leftovers.ts';
import { objectId, type GitObject, type ObjectKind } from './object.ts';
import { objectReader } from './object-reader.ts';
import { buildPack } from './pack.ts';

/** More objects than this become one pack; fewer become loose objects, so that a ledger of small batches has no thousand packs. */
const looseObjectsMax = 256;

/** Others who hold the same ref are waited for so often; the compare-and-swap then says whether they were faster. */
const lockAttemptsMax = 5;

/** One ref. */
export interface RefEntry {
  readonly ref: string;
  readonly id: string;
}

/** One move of a ref in a transaction: `old` or `next` undefined mean that it must not exist before, or goes away. */
export interface RefChange {
  readonly ref: string;
  readonly old: string | undefined;
  readonly next: string | undefined;
}

/** A repository as gdo uses it. Another adapter (isomorphic-git) implements the same. */
export interface Repository {
  /** Absolute path of the git directory. */
  readonly gitDirectory: string;
  /** Absolute path of the working tree, where the repository has one. */
  readonly workTree: string | undefined;
  /** Reads one object, or undefined where it is absent. */
  readonly readObject: (id: string) => Promise<GitObject | undefined>;
  /** Reads objects in request order. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly (GitObject | undefined)[]>;
  /** Sizes in bytes in request order, without reading content; undefined where an object is absent. */
  readonly sizes: (ids: readonly string[]) => Promise<readonly (number | undefined)[]>;
  /** Stores objects; every link of an object must be stored before or with it. @returns their ids in the order given */
  readonly writeObjects: (objects: readonly GitObject[]) => Promise<readonly string[]>;
  readonly resolve: (ref: string) => Promise<string | undefined>;
  /** Refs whose name starts with `prefix` (whole path parts), ascending. */
  readonly list: (prefix: string) => Promise<readonly RefEntry[]>;
  /** Moves refs all or nothing, each only from its expected value. */
  readonly updateRefs: (changes: readonly RefChange[]) => Promise<{ readonly kind: 'ok' } | { readonly kind: 'conflict'; readonly reason: string }>;
  /** Commits reachable from `heads` and not from `not`, ancestors first. */
  readonly walk: (heads: readonly string[], not: readonly string[]) => Promise<readonly string[]>;
  readonly close: () => void;
  /** What children need to see the same objects: empty, or the quarantine of a push. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where git put the objects of a push that is being judged: from the environment of its hook. */
export interface Quarantine {
  readonly objectDirectory: string;
  readonly alternates: string;
}

/** Finds the git directory of a clone (`.git` folder or file) or of a bare repository. @returns undefined where `path` is neither */
export function findGitDirectory(path: string): { readonly gitDirectory: string; readonly workTree: string | undefined } | undefined {
  const inner = join(path, '.git');
  const stat = statSync(inner, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return { gitDirectory: inner, workTree: path };
  if (stat?.isFile() === true) {
    const target = /^gitdir: (.+)\n?$/.exec(readFileSync(inner, 'utf8'))?.[1];
    if (target !== undefined) return { gitDirectory: resolvePath(path, target), workTree: path };
  }
  const isBare = ['objects', 'refs', 'HEAD'].every((name) => statSync(join(path, name), { throwIfNoEntry: false }) !== undefined);
  if (!isBare) return undefined;
  return { gitDirectory: path, workTree: basename(path) === '.git' ? dirname(path) : undefined };
}

/** Opens the repository at `path`, which is its working tree or its git directory. @throws WorldError GDO5020 where there is none */
export function openRepository(path: string, quarantine?: Quarantine): Repository {
  const place = findGitDirectory(resolvePath(path));
  if (place === undefined) throw new WorldError('GDO5020', `There is no git repository at ${path}`, 'go to a clone of the organization, or name one with -C');
  const environment: Record<string, string> =
    quarantine === undefined
      ? {}
      : {
          GIT_OBJECT_DIRECTORY: quarantine.objectDirectory,
          GIT_ALTERNATE_OBJECT_DIRECTORIES: quarantine.alternates,
          GIT_QUARANTINE_PATH: quarantine.objectDirectory,
        };
  const { gitDirectory } = place;
  const reader = objectReader(gitDirectory, environment);
  const run = (args: readonly string[], input?: Uint8Array): Promise<Buffer> =>
    gitOutput({ gitDirectory, environment, arguments: args, ...(input === undefined ? {} : { input }) });
  return {
    ...place,
    environment,
    readObject: reader.read,
    readMany: (ids) => Promise.all(ids.map((id) => reader.read(id))),
    sizes: async (ids) => {
      if (ids.length === 0) return [];
      const output = await run(['cat-file', '--batch-check=%(objectsize)', '--buffer'], Buffer.from(`${ids.join('\n')}\n`, 'latin1'));
      const lines = output.toString('latin1').split('\n');
      return ids.map((_, index) => (/^[0-9]+$/.test(lines[index] ?? '') ? Number(lines[index]) : undefined));
    },
    writeObjects: async (objects) => {
      if (objects.length === 0) return [];
      const pack = buildPack(objects);
      await run(objects.length > looseObjectsMax ? ['index-pack', '--stdin', '--strict'] : ['unpack-objects', '-q'], pack);
      return objects.map(objectId);
    },
    resolve: async (ref) => {
      const end = await runGit({ gitDirectory, environment, arguments: ['rev-parse', '--verify', '--quiet', '--end-of-options', ref] });
      return end.code === 0 ? end.output.toString('latin1').trim() : undefined;
    },
    list: async (prefix) => parseRefs(await run(['for-each-ref', '--format=%(objectname) %(refname)', '--', prefix])),
    updateRefs: async (changes) => {
      const zeros = '0'.repeat(40);
      const lines = changes.map((change) => `update ${change.ref}\0${change.next ?? zeros}\0${change.old ?? zeros}\0`);
      const input = Buffer.from(`start\0${lines.join('')}prepare\0commit\0`, 'utf8');
      const attempt = (): Promise<GitEnd> => runGit({ gitDirectory, environment, arguments: ['update-ref', '--stdin', '-z'], input });
      let end = await attempt();
      for (let again = 0; again < lockAttemptsMax; again += 1) {
        const lock = end.code === 0 ? undefined : blockingLock(end.errors, gitDirectory);
        if (lock === undefined) break;
        await awaitLock(gitDirectory, lock);
        end = await attempt();
      }
      return end.code === 0 ? { kind: 'ok' } : { kind: 'conflict', reason: end.errors.trim() };
    },
    walk: async (heads, not) => {
      if (heads.length === 0) return [];
      const lines = [...heads, ...not.map((id) => `^${id}`)];
      const output = await run(['rev-list', '--topo-order', '--reverse', '--stdin'], Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
      return output.toString('latin1').split('\n').filter(Boolean);
    },
    close: reader.close,
  };
}

/** Creates a repository whose first branch is `main`. */
export async function initRepository(path: string, kind: 'bare' | 'clone'): Promise<Repository> {
  await gitOutput({ arguments: ['init', '-q', '--initial-branch=main', '--template=', ...(kind === 'bare' ? ['--bare'] : []), '--', path] });
  return openRepository(path);
}

/** Reads an object that must be there and of one kind. @throws WorldError GDO5024 with the object's id */
export async function mustRead(repository: Repository, id: string, kind: ObjectKind): Promise<Uint8Array> {
  const object = await repository.readObject(id);
  if (object?.kind === kind) return object.bytes;
  throw new WorldError('GDO5024', `The ${kind} ${id} is ${object === undefined ? 'missing' : `a ${object.kind}`}`, 'run `gdo audit`: it names what is broken');
}

function parseRefs(output: Buffer): readonly RefEntry[] {
  const lines = output.toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => ({ id: line.slice(0, 40), ref: line.slice(41) })).toSorted((left, right) => (left.ref < right.ref ? -1 : 1));
}
