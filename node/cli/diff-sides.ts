// Finds the two sets of bylaws that `gdo diff` compares: files or folders, git revisions, or what a case proposes against what is in force.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Charter } from '../../engine/index.ts';
import { charterAsWritten, readCase } from '../../engine/index.ts';
import { walkTree } from '../git/content.ts';
import { findGitDirectory } from '../git/git-place.ts';
import { mustRead, openRepository } from '../git/repository.ts';
import { insidePath } from './bylaws-files.ts';
import { openCase } from './case-open.ts';
import { UsageError, WorldError } from './command.ts';
import { hasErrors, loadBylaws } from './load-bylaws.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';
import { judgeTexts } from './tree-bylaws.ts';
import type { World } from './world.ts';

/** One side: what it was called, and the bylaws that stand there. */
export interface DiffSide {
  readonly name: string;
  readonly hash: string;
  readonly charter: Charter;
}

/** The largest tree of bylaws that is read from a commit; beyond it nobody writes bylaws. */
const filesMax = 2_000;

const howTo = 'two folders, files or git revisions:  gdo diff main..my-branch   or a case:  gdo diff 42';

/**
 * The sides of `A..B`, of two words, or of one revision against the files here. An empty side is the files here.
 * @throws UsageError GDO5003 for what is neither a file nor a revision, GDO5012 where no bylaws stand; WorldError GDO2013 where they have errors
 */
export async function readSides(words: readonly string[], world: World): Promise<readonly [before: DiffSide, after: DiffSide]> {
  const [first = '', second] = words;
  if (second !== undefined) return [await sideOf(first, world), await sideOf(second, world)];
  for (const [before, after] of splits(first)) {
    if ((await isKnown(before, world)) && (await isKnown(after, world))) return [await sideOf(before, world), await sideOf(after, world)];
  }
  if (first !== '' && !first.includes('..')) return [await sideOf(first, world), await sideOf('', world)];
  throw new UsageError('GDO5003', first === '' ? 'What should be compared?' : `\`${visible(first)}\` does not name two sets of bylaws`, howTo);
}

/** Every way to read `A..B`: a path may hold two dots itself, as in `../old..new`. */
function splits(word: string): readonly (readonly [string, string])[] {
  return [...word.matchAll(/(?=\.\.)/g)].map(({ index }) => [word.slice(0, index), word.slice(index + 2)] as const);
}

async function isKnown(word: string, world: World): Promise<boolean> {
  return word === '' || isPath(word, world) || (await commitOf(word, world)) !== undefined;
}

function isPath(word: string, world: World): boolean {
  return statSync(join(world.cwd, word), { throwIfNoEntry: false }) !== undefined;
}

async function commitOf(word: string, world: World): Promise<string | undefined> {
  if (findGitDirectory(world.cwd) === undefined) return undefined;
  const repository = openRepository(world.cwd);
  try {
    return await repository.resolve(`${word}^{commit}`);
  } finally {
    repository.close();
  }
}

async function sideOf(word: string, world: World): Promise<DiffSide> {
  if (word !== '' && !isPath(word, world)) return revisionSide(word, world);
  const name = word === '' ? 'the files here' : insidePath(world.cwd, word);
  const { compiled, findings } = await loadBylaws(world.cwd, word === '' ? [] : [word]);
  if (compiled?.charter === undefined || compiled.hash === undefined || hasErrors(findings.filter((finding) => finding.code < 'GDO2'))) throw broken(name);
  return { name, hash: compiled.hash, charter: compiled.charter };
}

/** Bylaws that cannot be read mean nothing; those with faults do, and a change may be what mends them. */
function broken(name: string): WorldError {
  return new WorldError('GDO2013', `The bylaws of ${visible(name)} cannot be read`, 'see what is wrong:  gdo check');
}

async function revisionSide(word: string, world: World): Promise<DiffSide> {
  if (findGitDirectory(world.cwd) === undefined) throw new UsageError('GDO5003', `There is no file or folder \`${visible(word)}\` here`, howTo);
  const repository = openRepository(world.cwd);
  try {
    const commit = await repository.resolve(`${word}^{commit}`);
    if (commit === undefined) throw new UsageError('GDO5003', `\`${visible(word)}\` is neither a file nor a revision here`, howTo);
    const tree = await repository.resolve(`${commit}:bylaws`);
    if (tree === undefined) throw new UsageError('GDO5012', `There are no bylaws in \`${visible(word)}\``, 'they stand in the folder bylaws/');
    const found = await walkTree(repository, tree);
    if (found.kind === 'refused') throw new WorldError(found.code, found.reason, 'rename or remove the file');
    const texts = new Map<string, Uint8Array>();
    for (const file of found.files.slice(0, filesMax)) texts.set(`bylaws/${file.path}`, await mustRead(repository, file.id, 'blob'));
    const { compiled } = judgeTexts(texts);
    if (compiled?.charter === undefined || compiled.hash === undefined) throw broken(word);
    return { name: word, hash: compiled.hash, charter: compiled.charter };
  } finally {
    repository.close();
  }
}

/** What a case proposes, against the bylaws in force. @throws UsageError GDO5003 where it changes no bylaws */
export function caseSides(session: Session, word: string): readonly [before: DiffSide, after: DiffSide] {
  const { view } = session;
  const record = readCase(view.state, openCase(session, word).id);
  const adopted = [...view.batches.values()].flatMap(({ batch }) => batch.charters).find((one) => one.hash === record?.adopts);
  if (record === undefined || adopted === undefined) throw new UsageError('GDO5003', `#${word.replace('#', '')} changes no bylaws`, howTo);
  const before = { name: 'in force', hash: view.bylawsHash, charter: charterAsWritten(view.state) };
  return [before, { name: `#${record.number}`, hash: adopted.hash, charter: adopted.charter }];
}
