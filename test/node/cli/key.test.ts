// `gdo key`: makes, shows and chooses keys; never overwrites one.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeBench } from './virtual-world.ts';

it('makes a key that only its owner can read, and chooses the first one', async () => {
  const bench = makeBench();
  const { exit, stdout } = await bench.run('key', 'new');
  expect(exit).toBe(0);
  expect(stdout).toMatch(/fingerprint {2}SHA256:/);
  const path = join(bench.directory, '../home/.config/gdo/id_ed25519');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${path}.pub`, 'utf8')).toMatch(/^ssh-ed25519 /);
  expect((await bench.run('key', 'show')).stdout).toBe(stdout);
});

it('never overwrites a key', async () => {
  const bench = makeBench();
  await bench.run('key', 'new', 'mine');
  const before = readFileSync(join(bench.directory, 'mine'), 'utf8');
  expect(await bench.run('key', 'new', 'mine')).toMatchObject({ exit: 2 });
  expect(readFileSync(join(bench.directory, 'mine'), 'utf8')).toBe(before);
});

it('chooses another key, and never prints the private half', async () => {
  const bench = makeBench();
  await bench.run('key', 'new');
  const made = await bench.run('key', 'new', 'other', '--json');
  await bench.run('key', 'use', 'other');
  const shown = await bench.run('key', 'show', '--json');
  expect(JSON.parse(shown.stdout).device).toBe(JSON.parse(made.stdout).device);
  expect(shown.stdout + made.stdout + made.stderr).not.toContain('PRIVATE');
});

it('marks a practice key', async () => {
  const bench = makeBench();
  const { exit, stderr } = await bench.run('key', 'new', '--practice');
  expect(exit).toBe(0);
  expect(stderr).toContain('practice');
  expect(readFileSync(join(bench.directory, '../home/.config/gdo/practice_ed25519.pub'), 'utf8')).toContain('practice');
});

it('says how to get a key where there is none', async () => {
  expect(await makeBench().run('key', 'show')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5021') });
  expect(await makeBench().run('key', 'lose')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
});
