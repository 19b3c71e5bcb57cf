// `gdo sync` that a person stops, or somebody kills, while the other side sends: nothing of it stays among the objects.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownMark } from '../../../../node/git/owner-mark.ts';
import { people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses } from './house.ts';
import type { House } from './house.ts';

const program = fileURLToPath(new URL('../../../../bin/gdo.cjs', import.meta.url));
let founded: House;

beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws() });
  accept(await propose(founded, 'ana', { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } }));
});
afterAll(removeHouses);

const arrivals = (house: House): readonly string[] => readdirSync(house.place('bo', '.git', 'objects')).filter((name) => name.startsWith('tmp_'));

/** Syncs Bo's clone, and sends itself a signal when the folder stands into which git is about to write. @returns the signal that ended it */
function stopped(house: House, signal: NodeJS.Signals): NodeJS.Signals | null {
  const preload = house.place('stop.cjs');
  const call = `const fs = require('node:fs'); const make = fs.mkdtempSync;
    fs.mkdtempSync = (...given) => { const made = make(...given); if (/tmp_objdir-fetch/.test(given[0])) setImmediate(() => process.kill(process.pid, '${signal}')); return made; };`;
  writeFileSync(preload, call);
  // Bo's own settings, and none of whoever runs the tests.
  const home = house.place('people', 'bo');
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home };
  return spawnSync(process.execPath, ['--require', preload, program, 'sync'], { cwd: house.place('bo'), env }).signal;
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s while it fetches leaves nothing', async (signal) => {
  const house = founded.copy();
  expect(stopped(house, signal)).toBe(signal);
  expect(arrivals(house)).toEqual([]);
  accept(await house.gdo('bo', 'bo', 'sync'));
});

it('What kill -9 left goes with the next one, and nothing that another process writes', async () => {
  const house = founded.copy();
  expect(stopped(house, 'SIGKILL')).toBe('SIGKILL');
  expect(arrivals(house)).toHaveLength(1);
  const living = [`tmp_objdir-fetch-${ownMark()}-abc123`, 'tmp_objdir-fetch-00000000-1-abc123', 'tmp_objdir-fetch-abc123'];
  for (const name of living) mkdirSync(join(house.place('bo', '.git', 'objects'), name));
  const old = join(house.place('bo', '.git', 'objects'), 'tmp_objdir-fetch-def456');
  mkdirSync(old);
  utimesSync(old, new Date(Date.now() - 3_700_000), new Date(Date.now() - 3_700_000));
  accept(await house.gdo('bo', 'bo', 'sync'));
  expect(arrivals(house).toSorted()).toEqual(living.toSorted());
});
