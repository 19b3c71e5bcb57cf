// The refs of a repository without an installed git, as git keeps them: loose ones in files, packed ones in one file, some of which point at others. Reading only.
import type { FileStore } from './file-store.ts';
import type { RefEntry } from './repository.ts';
import { refNameFault } from './ref-name.ts';

/** Longest chain of refs that point at refs: git's own bound. */
const symbolicDepthMax = 5;

/** The refs of one repository. Everything is read anew at each call: other programs move refs too. */
export interface RefReader {
  /** What a full name such as `HEAD` or `refs/heads/main` points at, through refs that point at refs. */
  readonly read: (ref: string) => string | undefined;
  /** The ref that a ref names, whether that exists or not; undefined where it is a commit. */
  readonly target: (ref: string) => string | undefined;
  readonly list: (prefix: string) => readonly RefEntry[];
  /** The file of a ref. */
  readonly pathOf: (ref: string) => string;
}

/** Where the refs are: `own` holds HEAD, `shared` everything else (they differ in a linked working tree). */
export interface RefPlace {
  readonly own: string;
  readonly shared: string;
}

/** Opens the refs of a repository for reading. */
export function refReader(files: FileStore, place: RefPlace): RefReader {
  const pathOf = (ref: string): string => `${ref.startsWith('refs/') ? place.shared : place.own}/${ref}`;
  const packed = (): ReadonlyMap<string, string> => readPacked(files.read(`${place.shared}/packed-refs`));
  const loose = (ref: string): string | undefined => {
    const bytes = files.read(pathOf(ref));
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8').trim();
  };
  const follow = (ref: string, among: ReadonlyMap<string, string>): string | undefined => {
    let at = ref;
    for (let depth = 0; depth <= symbolicDepthMax; depth += 1) {
      const found = loose(at) ?? among.get(at);
      if (found === undefined || /^[0-9a-f]{40}$/.test(found)) return found;
      const target = /^ref: (\S+)$/.exec(found)?.[1];
      if (target === undefined || refNameFault(target) !== undefined) return undefined;
      at = target;
    }
    return undefined;
  };
  return {
    pathOf,
    read: (ref) => follow(ref, packed()),
    target: (ref) => /^ref: (\S+)$/.exec(loose(ref) ?? '')?.[1],
    list: (prefix) => {
      const among = packed();
      const isWanted = (ref: string): boolean => ref === prefix || ref.startsWith(prefix.replace(/\/?$/, '/'));
      const names = new Set([...among.keys(), ...looseNames(files, place.shared)].filter(isWanted));
      return [...names].toSorted().flatMap((ref) => {
        const id = follow(ref, among);
        return id === undefined ? [] : [{ ref, id }];
      });
    },
  };
}

function looseNames(files: FileStore, shared: string): readonly string[] {
  const found: string[] = [];
  const open = ['refs'];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of files.names(`${shared}/${at}`)) {
      const path = `${at}/${name}`;
      if (files.kindOf(`${shared}/${path}`) === 'folder') open.push(path);
      else if (refNameFault(path) === undefined) found.push(path);
    }
  }
  return found;
}

/** Reads packed refs: lines `<id> <ref>`; those that begin with `#` or `^` say something else. */
export function readPacked(bytes: Uint8Array | undefined): ReadonlyMap<string, string> {
  const lines = bytes === undefined ? [] : Buffer.from(bytes).toString('utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const match = /^([0-9a-f]{40}) (refs\/\S+)$/.exec(line);
      return match === null || refNameFault(match[2] ?? '') !== undefined ? [] : [[match[2] ?? '', match[1] ?? ''] as const];
    }),
  );
}
