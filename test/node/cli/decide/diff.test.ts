// What an amendment would mean, asked before it is decided: the case's own difference, the open cases that keep their rules, and past decisions by new rules.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, days, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

const stricter = shedBylaws()
  .replace('when 1 other member endorses go to kept', 'when 2 other members endorse go to kept')
  .replace('quorum at least 2 members voting', 'quorum at least 3 members voting');

let house: House;
/** Numbers of cases by title: cases that are received together are numbered by their ids. */
const numbers = new Map<string, string>();

function numberOf(title: string): string {
  return numbers.get(title) ?? 'none';
}

async function readNumbers(): Promise<void> {
  const status = JSON.parse((await house.gdo('ana', 'ana', 'status', '--all', '--json')).stdout);
  for (const { number, title } of [...status.open, ...status.decided]) numbers.set(String(title), String(number));
}

beforeAll(async () => {
  house = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } }));
  accept(await propose(house, 'cy', { process: 'note', title: 'Eggs', files: { 'notes/eggs.md': 'Eggs\n' } }));
  accept(await propose(house, 'cy', { process: 'change', title: 'Hush', files: { 'rules/noise.md': 'Hush.\n' } }));
  await round(house, people);
  await readNumbers();
  for (const [who, title] of [
    ['ana', 'Bread'],
    ['ana', 'Eggs'],
    ['bo', 'Eggs'],
    ['ana', 'Hush'],
  ] as const)
    accept(await house.gdo(who, who, 'act', numberOf(title), 'endorse'));
  await round(house, people);
  for (const who of ['ana', 'cy']) accept(await house.gdo(who, who, 'vote', numberOf('Hush'), 'yes', '--yes'));
  await round(house, people);
  await days(house, people, 3);
  accept(await propose(house, 'bo', { process: 'note', title: 'Salt', files: { 'notes/salt.md': 'Salt\n' } }));
  accept(await propose(house, 'cy', { process: 'amendment', title: 'Two endorsements', files: { 'bylaws/rules.gdo': stricter } }));
  await round(house, people);
  await readNumbers();
});
afterAll(removeHouses);

it('says what a case would change, and which open cases keep the old rules', async () => {
  const { exit, stdout } = await house.gdo('ana', 'ana', 'diff', numberOf('Two endorsements'));
  expect(exit).toBe(0);
  expect(stdout).toContain('Harder  note: review, transitions');
  expect(stdout).toContain('Harder  change: ballot, quorum');
  expect(stdout).toContain(`1 open case keeps the old rules: #${numberOf('Salt')}`);
  expect(await house.gdo('ana', 'ana', 'diff', numberOf('Bread'))).toMatchObject({ exit: 2, stderr: expect.stringContaining('changes no bylaws') });
});

it('prints the comment of a case: what is needed, who is waited for, what it does to the rules, and under which bylaws', async () => {
  const number = numberOf('Two endorsements');
  const { exit, stdout } = await house.gdo('ana', 'ana', 'comment', number);
  expect(exit).toBe(0);
  expect(stdout).toMatch(
    new RegExp(`^<!-- gdo:comment v1 case=${number} bylaws=sha256:[0-9a-f]{16} stage=review -->\n### ⏳ Open: review: 1 thing missing\\. Due .* UTC\\.\n`),
  );
  expect(stdout).toMatch(/\| when at least 2 other members endorse: to `adopted` \(needed: 2\) \| 0 .*\| ⏳ \|/);
  expect(stdout).toContain('**Did endorse:** nobody **Waiting for:** ana, bo');
  expect(stdout).toMatch(/- \*\*Harder:\*\* note: review, transitions: “When 1 other member endorses/);
  expect(stdout).toContain('- 1 open case keeps the old rules');
  expect(stdout).toContain(`    gdo act ${number} endorse`);
});

it('prints the comment of a decided case in its heading', async () => {
  expect((await house.gdo('ana', 'ana', 'comment', numberOf('Hush'))).stdout).toMatch(/^<!-- .* stage=adopted -->\n### ✅ Adopted: .*\n/);
  const json = JSON.parse((await house.gdo('ana', 'ana', 'comment', numberOf('Hush'), '--json')).stdout);
  expect(json).toMatchObject({ schema: 'gdo-comment/1', text: expect.stringContaining('| quorum at least 2 members voting (needed: at least 2 members) | 2') });
});

it('names the decisions that would have ended otherwise by the new rules', async () => {
  const { stdout } = await house.gdo('ana', 'ana', 'diff', numberOf('Two endorsements'), '--retally');
  // Whoever endorses after one was enough is late, so nothing says that two would have endorsed.
  expect(stdout).toContain('3 of 3 decided cases would have ended otherwise.');
  expect(stdout).toMatch(/#\d Bread: review led to kept; by the new rules it would not have gone on/);
  expect(stdout).toMatch(/#\d Hush: ballot led to adopted; by the new rules it is inquorate and leads to lapsed/);
});

it('finds nothing otherwise by the rules in force, and asks nobody what is unknown', async () => {
  const same = JSON.parse((await house.gdo('ana', 'ana', 'diff', 'main..main', '--retally', '--json')).stdout);
  expect(same.retally).toEqual({ judged: 3, otherwise: [], undecided: [] });
  const other = house.copy();
  other.write('ana', 'bylaws/rules.gdo', shedBylaws().replace('vote ballot', 'vote poll').replace('go to ballot', 'go to poll'));
  const { retally } = JSON.parse((await other.gdo('ana', 'ana', 'diff', 'main', '--retally', '--json')).stdout);
  expect(retally).toMatchObject({ otherwise: [], undecided: [{ title: 'Hush', reason: 'there is no stage `ballot` any more' }] });
});
