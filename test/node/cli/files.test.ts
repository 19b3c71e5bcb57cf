// Which files a command reads, and what it does with unreadable, huge, foreign or linked ones.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readBylaws } from '../../../node/cli/bylaws-files.ts';
import { makeBench } from './virtual-world.ts';

const text = 'gdo 1\n';

async function paths(directory: string, ...names: readonly string[]): Promise<readonly string[]> {
  return (await readBylaws(directory, names)).map((file) => file.path);
}

it('reads bylaws/ and its folders in order of path, else the folder itself', async () => {
  const bench = makeBench({ 'bylaws/z.gdo': text, 'bylaws/a/b.gdo.md': text, 'bylaws/notes.md': text, 'other.gdo': text });
  expect(await paths(bench.directory)).toEqual(['bylaws/a/b.gdo.md', 'bylaws/z.gdo']);
  expect(await paths(makeBench({ 'x.gdo': text, 'y.md': text }).directory)).toEqual(['x.gdo']);
});

it('reads the files and folders that are named, each once', async () => {
  const bench = makeBench({ 'a.gdo': text, 'more/b.gdo': text });
  expect(await paths(bench.directory, 'more', 'a.gdo', './a.gdo')).toEqual(['a.gdo', 'more/b.gdo']);
});

it('refuses a folder without bylaws with GDO5012 and exit 2', async () => {
  expect(await makeBench().run('check')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5012') });
});

it('reads the bylaws of the folder above from a subfolder of a repository, and says where', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': 'gdo 1\nrole\n', 'bylaws/more/note.md': '', 'doors/front/plan.md': '', '.git/HEAD': '' });
  for (const folder of ['doors/front', 'bylaws/more']) {
    const found = await bench.runWith({ cwd: join(bench.directory, folder) }, 'check', '--format', 'concise');
    expect(found).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('bylaws/a.gdo'),
      stderr: 'The bylaws are in the folder ../.., and gdo works there.\n',
    });
  }
  const front = { cwd: join(bench.directory, 'doors/front') };
  expect(await bench.runWith(front, 'check', 'a.gdo')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
  expect(await bench.runWith({ cwd: bench.directory }, 'check', '-C', 'doors/front')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5012') });
});

it('looks at no folder above where there is no repository', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': text, 'doors/plan.md': '' });
  expect(await bench.runWith({ cwd: join(bench.directory, 'doors') }, 'check')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5012') });
});

it('refuses a missing file with exit 3 and a path outside with GDO5014', async () => {
  const bench = makeBench({ 'a.gdo': text });
  expect(await bench.run('check', 'b.gdo')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
  expect(await bench.run('check', '../b.gdo')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5014') });
});

it('follows no link out of the folder', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': text });
  const outside = join(bench.directory, '..', 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.gdo'), 'organization "Secret"\n');
  symlinkSync(outside, join(bench.directory, 'bylaws', 'folder'));
  symlinkSync(join(outside, 'secret.gdo'), join(bench.directory, 'bylaws', 'b.gdo'));
  expect(await paths(bench.directory)).toEqual(['bylaws/a.gdo']);
  await expect(readBylaws(bench.directory, ['bylaws/b.gdo'])).rejects.toMatchObject({ code: 'GDO5014' });
  const other = makeBench();
  symlinkSync(outside, join(other.directory, 'bylaws'));
  await expect(readBylaws(other.directory, [])).rejects.toMatchObject({ code: 'GDO5014' });
});

it('says so in a machine format when a file is no UTF-8', async () => {
  const bench = makeBench();
  bench.write('bylaws/a.gdo', Uint8Array.from([0x67, 0xff, 0xfe]));
  expect(await bench.run('check')).toMatchObject({ exit: 3, stderr: expect.stringContaining('is not UTF-8') });
  const { exit, stdout } = await bench.run('check', '--format', 'json');
  expect(exit).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'gdo-check/1', failure: { code: 'GDO5022' } });
});

it('calls a file that is too large a finding', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': `gdo 1\n${'-- x\n'.repeat(60_000)}` });
  expect(await bench.run('check', '--format', 'concise')).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO004') });
});

it.each([
  ['docs', 1],
  ['compile', 1],
  ['graph', 3],
] as const)('gdo %s --json says in JSON which errors stand in its way', async (command, exit) => {
  const run = await makeBench({ 'bylaws/a.gdo': 'gdo 1\nrole x\n' }).run(command, '--json');
  expect([run.exit, run.stderr]).toEqual([exit, '']);
  expect(JSON.parse(run.stdout)).toMatchObject({
    schema: 'gdo-failure/1',
    code: 'GDO002',
    exit,
    findings: [{ code: 'GDO002', file: 'bylaws/a.gdo', line: 2 }],
  });
});

it('points into the first file where something is missing altogether', async () => {
  const { stdout } = await makeBench({ 'bylaws/a.gdo': text }).run('check', '--format', 'concise');
  expect(stdout).toMatch(/^bylaws\/a\.gdo:1:1: error\[GDO218\]/);
});
