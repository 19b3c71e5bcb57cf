// `gdo fmt`: files, standard input, line ends, refusal. How the canonical form looks is the language's.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeBench } from './virtual-world.ts';

const canonical = 'gdo 1\n\narea bylaws covers "bylaws/**"\n';
const loose = 'gdo 1\narea   bylaws\n  covers "bylaws/**"\n';

it('rewrites a file once and leaves no other file behind', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': loose });
  expect(await bench.run('fmt')).toMatchObject({ exit: 0, stdout: 'changed: bylaws/a.gdo\n' });
  expect(readFileSync(join(bench.directory, 'bylaws/a.gdo'), 'utf8')).toBe(canonical);
  expect(readdirSync(join(bench.directory, 'bylaws'))).toEqual(['a.gdo']);
  expect(await bench.run('fmt')).toMatchObject({ exit: 0, stdout: '' });
});

it('changes nothing with --check and exits 1', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': loose });
  expect(await bench.run('fmt', '--check')).toMatchObject({ exit: 1, stdout: 'would change: bylaws/a.gdo\n' });
  expect(readFileSync(join(bench.directory, 'bylaws/a.gdo'), 'utf8')).toBe(loose);
});

it('keeps the line ends of a file', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': loose.replaceAll('\n', '\r\n') });
  await bench.run('fmt');
  expect(readFileSync(join(bench.directory, 'bylaws/a.gdo'), 'utf8')).toBe(canonical.replaceAll('\n', '\r\n'));
  expect((await bench.run('fmt', '--check')).exit).toBe(0);
});

it('formats standard input', async () => {
  const bench = makeBench();
  expect(await bench.runWith({ stdin: async () => loose }, 'fmt', '--stdin-filepath', 'bylaws/a.gdo')).toMatchObject({ exit: 0, stdout: canonical });
  expect((await bench.run('fmt', '--stdin-filepath', 'bylaws/a.gdo')).exit).toBe(2);
});

it('shows why a text cannot be read, leaves it alone, and exits 1', async () => {
  const bench = makeBench({ 'bylaws/a.gdo': 'gdo 1\nrole\n', 'bylaws/b.gdo': loose });
  const { exit, stdout, stderr } = await bench.run('fmt');
  expect(exit).toBe(1);
  expect(stdout).toBe('changed: bylaws/b.gdo\n');
  expect(stderr).toContain('bylaws/a.gdo');
  expect(readFileSync(join(bench.directory, 'bylaws/a.gdo'), 'utf8')).toBe('gdo 1\nrole\n');
});
