// A machine on which no git is installed: reading, signing and delivering work on a clone over HTTP; what needs git says so with a code. The built program is run with
// an empty PATH.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHttpDoor, type HttpDoor } from '../../git/http-door.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, commitOf, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House, Outcome } from './house.ts';

let atBallot: House;
let house: House;
let door: HttpDoor;

beforeAll(async () => {
  atBallot = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await propose(atBallot, 'bo', { process: 'change', title: 'Quieter nights', files: { 'rules/noise.md': 'Hush.\n' } }));
  await round(atBallot, people);
  accept(await atBallot.gdo('ana', 'ana', 'act', '1', 'endorse'));
  await round(atBallot, people);
  house = atBallot.copy();
  house.git('ana', 'hub.git', 'config', 'http.receivepack', 'true');
  door = await openHttpDoor(house.folder);
  house.git('cy', 'cy', 'remote', 'set-url', 'origin', `${door.address}/hub.git`);
  // As a fresh clone has it: one pack, and the refs in one file.
  house.git('cy', 'cy', 'gc', '-q');
});
afterAll(async () => {
  await door.close();
  removeHouses();
});

const program = fileURLToPath(new URL('../../../../bin/gdo.cjs', import.meta.url));

/** The built program where PATH leads nowhere. It runs beside this one, which serves it. */
async function without(who: string, where: string, ...words: readonly string[]): Promise<Outcome> {
  const home = house.place('people', who);
  const env = { PATH: '', HOME: home, XDG_CONFIG_HOME: home, GDO_KEY: house.place('people', who, 'id_ed25519') };
  const child = spawn(process.execPath, [program, ...words], { cwd: resolve(house.folder, where), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString('utf8')));
  const exit = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  return { exit, stdout, stderr };
}

it('A clone made by git is brought up to date, looked at, voted in and delivered without git, and the node takes the ballot', async () => {
  expect(await without('cy', 'cy', 'sync')).toMatchObject({ exit: 0, stdout: expect.stringContaining('Checkpoint') });
  const status = await without('cy', 'cy', 'status');
  expect(status).toMatchObject({ exit: 0, stderr: '' });
  expect(status.stdout).toContain('Quieter nights');
  expect((await without('cy', 'cy', 'log', '1')).stdout).toMatch(/ana +SHA256:\S+ +endorse in #1/);
  expect(await without('cy', 'cy', 'vote', '1', 'yes', '--anyway')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('Received by the node at origin'),
  });
  accept(await house.gdo('bo', 'bo', 'vote', '1', 'yes'));
  await round(house, ['ana', 'bo']);
  expect((await house.gdo('bo', 'bo', 'log', '1')).stdout).toMatch(/cy +SHA256:\S+ +votes yes in #1/);
  expect((await without('cy', 'cy', 'sync')).exit).toBe(0);
  expect(await without('cy', 'cy', 'verify', '--all')).toMatchObject({ exit: 0 });
  expect(commitOf(house, 'cy', 'refs/gdo/checkpoint')).toBe(commitOf(house, 'hub.git', 'refs/gdo/checkpoint'));
});

it('An address without a repository is GDO4002, and the files of the clone stay as they are', async () => {
  const before = commitOf(house, 'cy', 'HEAD');
  const refused = await without('cy', 'cy', 'sync', '--peer', `${door.address}/none.git`);
  expect(refused).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4002') });
  expect(commitOf(house, 'cy', 'HEAD')).toBe(before);
  expect(readFileSync(house.place('cy', 'rules', 'noise.md'), 'utf8')).toBe(firstFiles['rules/noise.md']);
});

it('What needs git says so with GDO5024 and what to do: receiving, closing epochs, places that only git reaches', async () => {
  for (const [who, where, ...words] of [
    ['ana', 'hub.git', 'node', 'receive', '.'],
    ['ana', 'hub.git', 'hook', 'install', '--server'],
    ['ana', 'hub.git', 'sync', '--offline'],
    ['bo', 'bo', 'sync'],
    ['bo', 'bo', 'audit'],
  ] as const) {
    const outcome = await without(who, where, ...words);
    expect(outcome, words.join(' ')).toMatchObject({ exit: 3, stdout: '' });
    expect(outcome.stderr, words.join(' ')).toMatch(/^error\[GDO5024\]: Git is not installed/);
    expect(outcome.stderr).toContain('install git 2.39 or newer');
  }
});

it('Refs in a reftable are GDO5024 and not an empty ledger', async () => {
  const other = house.copy();
  other.git('bo', 'bo', 'config', 'extensions.refstorage', 'reftable');
  const run = await without('bo', other.place('bo'), 'status');
  expect(run).toMatchObject({ exit: 3, stderr: expect.stringContaining('reftable') });
});
