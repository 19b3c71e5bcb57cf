// Folders on a real disk, and below /proc, where the system takes none: Node's own call does not come back from there.
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemFailure } from '../../../node/cli/system-failure.ts';
import { makeFolders } from '../../../node/git/make-folders.ts';
import { makeBench } from '../cli/virtual-world.ts';
import { errorOf } from '../../error-of.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gdo-folders-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it('makes what is missing with its mode, says the topmost that it made, and leaves what is there', () => {
  expect(makeFolders(join(root, 'a/b/c'), 0o700)).toBe(join(root, 'a'));
  expect(['a', 'a/b', 'a/b/c'].map((name) => statSync(join(root, name)).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  expect(makeFolders(join(root, 'a/b/c'))).toBeUndefined();
  expect(makeFolders(join(root, 'a/b/d'))).toBe(join(root, 'a/b/d'));
  symlinkSync(join(root, 'a'), join(root, 'link'));
  expect(makeFolders(join(root, 'link/b/c'))).toBeUndefined();
});

it('refuses where a file or a link to nowhere lies in the place of a folder', () => {
  writeFileSync(join(root, 'file'), '');
  symlinkSync(join(root, 'nowhere'), join(root, 'link'));
  expect(errorOf(() => makeFolders(join(root, 'file')))).toMatchObject({ code: 'EEXIST' });
  expect(errorOf(() => makeFolders(join(root, 'file/below')))).toMatchObject({ code: 'EEXIST' });
  expect(errorOf(() => makeFolders(join(root, 'link')))).toMatchObject({ code: 'EEXIST' });
});

it.runIf(process.platform === 'linux')('Q22: where the system takes no folder it ends, as a failure of the world', () => {
  expect(systemFailure(errorOf(() => makeFolders('/proc/gdo-absent/a/b')))).toMatchObject({
    code: 'GDO5022',
    message: "The system refused: no such file or directory, mkdir '/proc/gdo-absent'",
    help: expect.stringContaining('choose another place (HOME'),
  });
});

it.runIf(process.platform === 'linux')('Q22: a home in which nothing can be made is said, and nothing hangs', async () => {
  const bench = makeBench();
  await bench.run('key', 'new', 'mine');
  const env = { PATH: process.env['PATH'], HOME: '/proc/gdo-absent' };
  expect(await bench.runWith({ env }, 'key', 'new')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4022') });
  expect(await bench.runWith({ env }, 'key', 'use', 'mine')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
});
