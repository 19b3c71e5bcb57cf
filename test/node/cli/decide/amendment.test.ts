// Bylaws that change: new cases follow the new text, open ones keep theirs, and text that does not compile is not even proposed.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let founded: House;
beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
});
afterAll(removeHouses);

const stricter = shedBylaws().replace('when 1 other member endorses go to kept', 'when 2 other members endorse go to kept');

async function bylawsOf(house: House, number: string): Promise<unknown> {
  const document: unknown = JSON.parse((await house.gdo('ana', 'ana', 'status', number, '--json')).stdout);
  return typeof document === 'object' && document !== null && 'case' in document ? document.case : undefined;
}

it('New bylaws are in force for later cases, and an open case keeps the rules it began under', async () => {
  const house = founded.copy();
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } }));
  await round(house, people);
  accept(await propose(house, 'cy', { process: 'amendment', title: 'Two endorsements', files: { 'bylaws/rules.gdo': stricter } }));
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'act', '2', 'endorse'));
  expect(await round(house, people)).not.toContain('merged');
  accept(await house.gdo('bo', 'bo', 'act', '2', 'endorse'));
  expect(await round(house, people)).toContain('#2 Two endorsements is merged into main');
  accept(await propose(house, 'bo', { process: 'note', title: 'Eggs', files: { 'notes/eggs.md': 'Eggs\n' } }));
  await round(house, people);
  const [before, after] = [await bylawsOf(house, '1'), await bylawsOf(house, '3')];
  expect(before).not.toEqual(after);
  expect((await house.gdo('bo', 'bo', 'status')).stdout).toMatch(/#1 +Bread +note \/ review +0 of 1 endorse[^]*#3 +Eggs +note \/ review +0 of 2 endorse/);
  for (const number of ['1', '3']) accept(await house.gdo('ana', 'ana', 'act', number, 'endorse'));
  const said = await round(house, people);
  expect(said).toContain('#1 Bread is merged into main');
  expect(said).not.toContain('#3');
  accept(await house.gdo('cy', 'cy', 'act', '3', 'endorse'));
  expect(await round(house, people)).toContain('#3 Eggs is merged into main');
  const old = await house.gdo('cy', 'cy', 'verify', '1');
  expect(old).toMatchObject({ exit: 0, stdout: expect.stringContaining('judged by') });
  expect(await house.gdo('cy', 'cy', 'verify', '--all')).toMatchObject({ exit: 0 });
  expect((await house.gdo('cy', 'cy', 'audit')).exit).toBe(0);
  // The text of both compiles to the rules that decided: the first of the founding, the second of the amendment's merge.
  const sources = await house.gdo('cy', 'cy', 'verify', '--all', '--source');
  expect(sources).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/✓ bylaws\/rules\.gdo of [0-9a-f]{10} compiles .*\n +✓ bylaws\/rules\.gdo of [0-9a-f]{10} compiles/),
  });
  const [first, second] = [await house.gdo('cy', 'cy', 'verify', '1', '--source', '--json'), await house.gdo('cy', 'cy', 'verify', '3', '--source', '--json')];
  const told = [first, second].map(({ stdout }) => JSON.parse(stdout));
  expect(told.map(({ sources: [one], bylaws }) => [one.kind, one.bylaws === bylaws, one.height > 0])).toEqual([
    ['same', true, false],
    ['same', true, true],
  ]);
});

it('A case that began after a rule had lapsed is judged without it, and says so', async () => {
  const sunset = 'protect change\n  changed through amendment\n  lapses on 2026-11-01\nend\n';
  const house = await foundHouse({ people, bylaws: `${shedBylaws()}${sunset}`, files: firstFiles });
  await round(house, people);
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } }));
  await round(house, people);
  const words = 'in force when it began, without `change`, which had lapsed by then';
  expect((await house.gdo('bo', 'bo', 'status', '1')).stdout).toContain(words);
  const late = await propose(house, 'cy', { process: 'change', title: 'Quiet', files: { 'rules/noise.md': 'Hush.\n' } });
  expect(late).toMatchObject({ exit: 2, stderr: expect.stringMatching(/GDO5003.*`change` has lapsed, and starts no more cases[^]*admission/) });
});

it('Bylaws with an error, or none at all, are refused where they are proposed', async () => {
  const house = founded.copy();
  const wrong = await propose(house, 'bo', {
    process: 'amendment',
    title: 'Typo',
    files: { 'bylaws/rules.gdo': stricter.replace('voters members', 'voters membrs') },
  });
  expect(wrong).toMatchObject({ exit: 1, stderr: expect.stringMatching(/GDO2013 .*have errors\n.*gdo check/) });
  house.git('bo', 'bo', 'switch', '-q', '-c', 'lawless');
  house.git('bo', 'bo', 'rm', '-q', '-r', 'bylaws');
  house.git('bo', 'bo', 'commit', '-q', '-m', 'No rules');
  expect(await house.gdo('bo', 'bo', 'start', 'amendment', '--json')).toMatchObject({ exit: 1, stdout: expect.stringContaining('"code":"GDO2013"') });
  expect(house.git('bo', 'bo', 'for-each-ref', 'refs/gdo/log')).toBe('');
});
