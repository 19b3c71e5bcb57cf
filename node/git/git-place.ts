// Where a repository lies on the disk: its git directory, its working tree, and what it shares with a linked one. No object is read here.
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve as resolvePath } from 'node:path';
import { WorldError } from '../cli/command.ts';

/** The absolute path of a git directory, and of the working tree where there is one. */
export interface GitPlace {
  readonly gitDirectory: string;
  readonly workTree: string | undefined;
}

/** Finds the git directory of a clone (`.git` folder or file) or of a bare repository. @returns undefined where `path` is neither */
export function findGitDirectory(path: string): GitPlace | undefined {
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

/** SHA-1 ids are what the ledger writes down: any other form of a repository is refused by both adapters. @throws WorldError GDO5020 */
export function mustBeReadable(gitDirectory: string): void {
  if (/^\s*objectformat\s*=\s*"?sha256/im.test(configText(gitDirectory)))
    throw new WorldError(
      'GDO5020',
      'This repository has SHA-256 ids, and a ledger has SHA-1 ids',
      'clone the organization into a new folder:  git clone ADDRESS',
    );
}

/** Refs in one binary table are read by git only. @throws WorldError GDO5024 */
export function mustHaveRefFiles(gitDirectory: string): void {
  if (/^\s*refstorage\s*=\s*"?reftable/im.test(configText(gitDirectory)))
    throw new WorldError(
      'GDO5024',
      'Git is not installed, and without it refs in a reftable are not read',
      'install git 2.45 or newer, or clone with refs in files',
    );
}

function configText(gitDirectory: string): string {
  const file = join(commonDirectory(gitDirectory), 'config');
  return statSync(file, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(file, 'utf8');
}

/** Where a linked working tree has its objects and refs: in the git directory of the first one. */
export function commonDirectory(gitDirectory: string): string {
  const file = join(gitDirectory, 'commondir');
  return statSync(file, { throwIfNoEntry: false }) === undefined ? gitDirectory : resolvePath(gitDirectory, readFileSync(file, 'utf8').trim());
}
