// GitPort (node.md section 2): objects, refs and trees of one repository, as gdo uses them. Two adapters answer alike: the installed git, and a portable one for where there
// is none. Knows no events and no rules.
import { resolve as resolvePath } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { gitOutput, hasGit } from './child.ts';
import { diskFiles } from './file-store.ts';
import { findGitDirectory, mustBeReadable, mustHaveRefFiles } from './git-place.ts';
import type { GitObject, ObjectKind } from './object.ts';
import { portableRepository } from './portable-repository.ts';
import type { Quarantine } from './quarantine.ts';
import { systemRepository } from './system-repository.ts';

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

/** How a transaction of refs ended. */
export type RefsMoved = { readonly kind: 'ok' } | { readonly kind: 'conflict'; readonly reason: string };

/** How the files of a working tree were brought to another commit. `blocked`: nothing was touched. */
export type FilesShown = { readonly kind: 'ok' } | { readonly kind: 'blocked'; readonly reason: string };

/** Who answers: the installed git, or the portable adapter, which receives nothing from strangers and touches no working tree. */
export type Adapter = 'system' | 'portable';

/** What was fetched and waits for a judgement. */
export interface FetchedPack {
  /** Sees what arrived and what was here before. */
  readonly repository: Repository;
  readonly objectsCount: number;
  /** Stores it; it is on the disk when it returns. */
  readonly promote: () => void;
}

/** A repository as gdo uses it. What both adapters answer alike is held by one suite of tests; where they differ stands in docs/git.md. */
export interface Repository {
  readonly adapter: Adapter;
  /** Absolute path of the git directory. */
  readonly gitDirectory: string;
  /** Absolute path of the working tree, where the repository has one. */
  readonly workTree: string | undefined;
  /** Reads one object, or undefined where it is absent. */
  readonly readObject: (id: string) => Promise<GitObject | undefined>;
  /** Reads objects in request order. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly (GitObject | undefined)[]>;
  /** Reads one object of a large content, as `readObject` does, with little memory however large the content is. */
  readonly readChunk: (id: string) => Promise<GitObject | undefined>;
  /** Sizes in bytes in request order, without reading content; undefined where an object is absent. */
  readonly sizes: (ids: readonly string[]) => Promise<readonly (number | undefined)[]>;
  /** Stores objects; every link of an object must be stored before or with it. @returns their ids in the order given */
  readonly writeObjects: (objects: readonly GitObject[]) => Promise<readonly string[]>;
  /** The id that a ref, a short name, an id or its beginning means, with `^{commit}`, `~2`, `^1` or `:path` behind it. */
  readonly resolve: (name: string) => Promise<string | undefined>;
  /** Refs whose name starts with `prefix` (whole path parts), ascending. */
  readonly list: (prefix: string) => Promise<readonly RefEntry[]>;
  /** Moves refs all or nothing, each only from its expected value. */
  readonly updateRefs: (changes: readonly RefChange[]) => Promise<RefsMoved>;
  /** Commits reachable from `heads` and not from `not`, ancestors first. */
  readonly walk: (heads: readonly string[], not: readonly string[]) => Promise<readonly string[]>;
  /** Whether the commit `old` is `next` or among its ancestors. */
  readonly isAncestor: (old: string, next: string) => Promise<boolean>;
  /** The full name of the branch that HEAD is on, born or not. */
  readonly currentBranch: () => Promise<string | undefined>;
  /** A value of the repository's own configuration, the last one where there are several. */
  readonly setting: (name: string) => Promise<string | undefined>;
  /** Brings the files of the working tree from one commit to another, as a pull does. What was changed there is never lost. */
  readonly showFiles: (old: string | undefined, next: string) => Promise<FilesShown>;
  /** Opens a pack that was fetched, without storing it; undefined where the installed git fetches by itself. @param heads - what it must hold with all they reach */
  readonly openPack: ((pack: Uint8Array, heads: readonly string[]) => Promise<FetchedPack>) | undefined;
  readonly close: () => void;
  /** What children need to see the same objects: empty, or the quarantine of a push. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Opens the repository at `path`, which is its working tree or its git directory. @throws WorldError GDO5020 where there is none that gdo reads */
export function openRepository(path: string, quarantine?: Quarantine): Repository {
  const place = findGitDirectory(resolvePath(path));
  if (place === undefined) throw new WorldError('GDO5020', `There is no git repository at ${path}`, 'go to a clone of the organization, or name one with -C');
  mustBeReadable(place.gitDirectory);
  // A push waits in a quarantine that only git knows how to make: without git it is refused by the first call.
  if (quarantine !== undefined || hasGit()) return systemRepository(place, quarantine);
  mustHaveRefFiles(place.gitDirectory);
  return portableRepository(place, diskFiles);
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
