// Clones that a command makes, killed at each program that it starts: the same command makes them whole, and takes nothing away that a person keeps.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownMark } from '../../../../node/git/owner-mark.ts';
import { killer } from '../../chunks/killer.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, removeHouses } from './house.ts';
import type { House } from './house.ts';

const program = fileURLToPath(new URL('../../../../bin/gdo.cjs', import.meta.url));
/** More programs than a command starts. */
const programsMax = 60;
let founded: House;

beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await founded.gdo('ana', 'ana', 'bundle', '--out', founded.place('shed.bundle')));
});
afterAll(removeHouses);

/** Runs a command that is killed where it starts the program after so many others. @returns whether it was */
function isKilled(house: House, where: string, words: readonly string[], spared: number): boolean {
  const preload = house.place('kill.cjs');
  writeFileSync(preload, killer('child_process', 'spawn', '', spared));
  const { signal, status, stderr } = spawnSync(process.execPath, ['--require', preload, program, ...words], { cwd: house.place(where), encoding: 'utf8' });
  if (signal === null) expect([status, stderr]).toEqual([0, '']);
  return signal !== null;
}

it.each(['new', 'empty'] as const)('A bundle is taken in into a folder that is %s, wherever the try before it was killed', async (kind) => {
  const house = founded.copy();
  let spared = 0;
  for (; spared < programsMax; spared += 1) {
    const folder = house.place(`taken-${spared}`);
    if (kind === 'empty') mkdirSync(folder);
    const words = ['bundle', house.place('shed.bundle'), '--into', folder];
    if (!isKilled(house, '.', words, spared)) break;
    accept(await house.gdo('bo', '.', ...words));
    expect(house.git('bo', `taken-${spared}`, 'status', '--porcelain')).toBe('');
    expect(readdirSync(join(folder, '.git')).filter((name) => name.startsWith('gdo-'))).toEqual([]);
    rmSync(folder, { recursive: true });
  }
  expect(spared).toBeGreaterThan(3);
  expect(spared).toBeLessThan(programsMax);
});

it('What a kill in the middle of the files left goes, and what a person keeps beside them stays', async () => {
  const house = founded.copy();
  const folder = house.place('taken');
  const words = ['bundle', house.place('shed.bundle'), '--into', folder];
  accept(await house.gdo('bo', '.', ...words));
  const [commit, [kept = '']] = [house.git('bo', 'taken', 'rev-parse', 'main').trim(), Object.keys(firstFiles)];
  const { pid } = spawnSync('true');
  const half = (): void => {
    writeFileSync(join(folder, '.git', 'gdo-half'), `${ownMark().split('-')[0]}-${pid} ${commit}`);
    writeFileSync(join(folder, '.git', 'index.lock'), '');
    writeFileSync(join(folder, kept), 'a part');
  };
  half();
  accept(await house.gdo('bo', '.', ...words));
  expect(house.git('bo', 'taken', 'status', '--porcelain')).toBe('');
  half();
  writeFileSync(join(folder, 'mine.md'), 'Mine.\n');
  expect(await house.gdo('bo', '.', ...words)).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5013') });
  expect(readdirSync(folder)).toEqual(['mine.md']);
});

it('A clone that another process makes, a whole one, and a folder of anything else are left alone (GDO5013)', async () => {
  const house = founded.copy();
  const folder = house.place('taken');
  const words = ['bundle', house.place('shed.bundle'), '--into', folder];
  mkdirSync(join(folder, '.git'), { recursive: true });
  writeFileSync(join(folder, '.git', 'gdo-half'), ownMark());
  const refused = { exit: 2, stderr: expect.stringContaining('GDO5013') };
  expect(await house.gdo('bo', '.', ...words)).toMatchObject(refused);
  rmSync(join(folder, '.git', 'gdo-half'));
  accept(await house.gdo('bo', '.', ...words));
  expect(await house.gdo('bo', '.', ...words)).toMatchObject(refused);
  expect(existsSync(join(folder, 'bylaws'))).toBe(true);
});

it('A fork is made in its folder, also where the try before it was killed', async () => {
  const house = founded.copy();
  const folder = house.place('apart');
  const words = ['fork', 'ana', '--into', folder];
  const { pid } = spawnSync('true');
  mkdirSync(join(folder, '.git'), { recursive: true });
  writeFileSync(join(folder, '.git', 'gdo-half'), `${ownMark().split('-')[0]}-${pid}`);
  accept(await house.gdo('ana', 'ana', ...words));
  expect(house.git('ana', 'apart', 'status', '--porcelain')).toBe('');
});
