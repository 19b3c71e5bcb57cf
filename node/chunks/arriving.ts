// Where a content waits that comes from other copies over many turns: objects in a folder of its own inside the git directory, which no ref, no prune and no fetch sees. When
// all of it is there it moves into the repository at once. A kill leaves it as far as it was on the disk.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { moveNames } from '../git/arrival.ts';
import { commonDirectory } from '../git/git-place.ts';
import { makeFolders } from '../git/make-folders.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import type { NamedContent } from './contents.ts';
import { pieceSink, type PieceSink } from './piece-sink.ts';
import { writeText } from '../git/write-whole.ts';

/** What has come of one content. */
export interface Arriving {
  /** Sees what has come and what is in the repository. */
  readonly view: Repository;
  readonly sink: PieceSink;
  /** Parts of a large content that have come whole. */
  readonly parts: () => number;
  readonly setParts: (count: number) => void;
  /** Why it is no content, whoever gives it, or undefined. */
  readonly falsehood: () => string | undefined;
  /** Keeps the reason and nothing else, so that it is not brought again. */
  readonly setFalse: (reason: string) => void;
  /** It was not had once more. */
  readonly setFailed: () => void;
  /** Moves the objects into the repository: they are on the disk when it returns. */
  readonly moveIn: () => void;
  readonly close: () => void;
  readonly remove: () => void;
}

const folderOf = (repository: Repository): string => join(commonDirectory(repository.gitDirectory), 'gdo', 'arriving');
const nameOf = ({ sha256, commit }: Pick<NamedContent, 'sha256' | 'commit'>): string => `${sha256}-${commit}`;

/** Opens the folder of a content, or begins it. */
export function openArriving(repository: Repository, content: Pick<NamedContent, 'sha256' | 'commit'>): Arriving {
  const objects = join(commonDirectory(repository.gitDirectory), 'objects');
  const folder = join(folderOf(repository), nameOf(content));
  const packs = join(folder, 'pack');
  makeFolders(packs, 0o700);
  sweep(packs);
  const view = openRepository(repository.gitDirectory, { objectDirectory: folder, alternates: objects });
  const [partsFile, falseFile] = [join(folder, 'parts'), join(folder, 'false')];
  const note = (path: string, text: string): void => {
    writeText(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  return {
    view,
    sink: pieceSink(packs),
    parts: () => countIn(partsFile),
    setParts: (count) => note(partsFile, String(count)),
    falsehood: () => (existsSync(falseFile) ? readFileSync(falseFile, 'utf8') : undefined),
    setFalse: (reason) => {
      note(falseFile, reason);
      rmSync(packs, { recursive: true, force: true });
      mkdirSync(packs, { mode: 0o700 });
    },
    setFailed: () => note(join(folder, failedName), String(failuresOf(repository, content) + 1)),
    moveIn: () => {
      for (const changed of moveNames([{ folder }], objects)) syncFolder(changed);
    },
    close: () => view.close(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** How often it was not had. */
export function failuresOf(repository: Repository, content: Pick<NamedContent, 'sha256' | 'commit'>): number {
  return countIn(join(folderOf(repository), nameOf(content), failedName));
}

const failedName = 'failed';

/** A file that is not there, or says something else, counts nothing. */
function countIn(path: string): number {
  return existsSync(path) ? Number(readFileSync(path, 'latin1')) || 0 : 0;
}

/** Removes what has come of every content that is not among these. */
export function forgetOthers(repository: Repository, kept: readonly Pick<NamedContent, 'sha256' | 'commit'>[]): void {
  const folder = folderOf(repository);
  const names = new Set(kept.map(nameOf));
  for (const name of existsSync(folder) ? readdirSync(folder) : []) if (!names.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** The folders of some contents. */
export function arrivingOf(repository: Repository, wanted: ReadonlySet<string>): readonly string[] {
  const folder = folderOf(repository);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => wanted.has(name.slice(0, name.indexOf('-')))).map((name) => join(folder, name));
}

/** Drafts of packs that a killed turn left. Turns of one repository never run side by side. */
function sweep(packs: string): void {
  for (const name of readdirSync(packs)) if (name.startsWith('tmp_')) rmSync(join(packs, name), { force: true });
}
