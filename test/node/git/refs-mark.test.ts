// What a node looks at before it starts git: the mark changes with every ref that moves, however it moves, and with nothing else.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { packRefs } from '../../../node/git/pack-refs.ts';
import { refsMark } from '../../../node/git/refs-mark.ts';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import { commitFiles, git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
let count = 0;
let path = '';
let repository: Repository;
let commits: readonly string[] = [];

beforeEach(async () => {
  path = join(folder, `${(count += 1)}.git`);
  repository = await initRepository(path, 'bare');
  commits = await Promise.all(['one', 'two', 'three'].map((text) => commitFiles(repository, [['README.md', text]])));
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: commits[0] }]);
});
afterAll(() => removeFolder(folder));

it('R52: a mark is another one after every move of a ref, by gdo and by git, loose and packed', async () => {
  const marks = [refsMark(path)];
  const moved = async (move: () => Promise<unknown>): Promise<void> => {
    await move();
    marks.push(refsMark(path));
  };
  await moved(() => repository.updateRefs([{ ref: 'refs/gdo/log/a', old: undefined, next: commits[0] }]));
  await moved(() => repository.updateRefs([{ ref: 'refs/gdo/log/a', old: commits[0], next: commits[1] }]));
  await moved(async () => git(path, 'update-ref', 'refs/gdo/log/a', commits[2] ?? ''));
  await moved(() => packRefs(path));
  await moved(() => repository.updateRefs([{ ref: 'refs/gdo/log/a', old: commits[2], next: commits[0] }]));
  await moved(async () => git(path, 'update-ref', '-d', 'refs/gdo/log/a'));
  await moved(async () => git(path, 'symbolic-ref', 'HEAD', 'refs/heads/other'));
  await moved(async () => git(path, 'config', 'transfer.hideRefs', 'refs/gdo/log'));
  expect(marks).not.toContain(undefined);
  expect(new Set(marks).size).toBe(marks.length);
});

it('R52: a mark stays the same where objects come, files are packed and refs are read', async () => {
  const before = refsMark(path);
  await commitFiles(repository, [['README.md', 'four']]);
  git(path, 'repack', '-q', '-a');
  git(path, 'for-each-ref');
  writeFileSync(join(path, 'gdo-note'), 'x');
  expect(before).toBeDefined();
  expect(refsMark(path)).toBe(before);
});

it('R52: there is no mark where refs are kept in another format, are too many to be read one by one, or are gone', () => {
  mkdirSync(join(path, 'reftable'));
  expect(refsMark(path)).toBeUndefined();
  rmSync(join(path, 'reftable'), { recursive: true });
  expect(refsMark(path)).toBeDefined();
  mkdirSync(join(path, 'refs', 'many'));
  for (let number = 0; number < 1_030; number += 1) writeFileSync(join(path, 'refs', 'many', String(number)), `${commits[0]}\n`);
  expect(refsMark(path)).toBeUndefined();
  rmSync(join(path, 'refs'), { recursive: true });
  expect(refsMark(path)).toBeUndefined();
});
