// `gdo vote` where ballots are sealed, and where somebody else votes for one: what is sent, what is kept, when it opens (S41, S129).
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

const rules = `
delegation proxy by members
  for choosing
  depth 1
  override by voting
end

process choosing "Choosing in silence"
  started by any member
  vote ballot
    voters members
    ballots sealed until the close revealed within 1 day
    open for 2 days
    quorum at least 2 members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to chosen
    otherwise go to dropped
  end
  outcome chosen accepts
  outcome dropped refuses
end
`;

let atBallot: House;

beforeAll(async () => {
  atBallot = await foundHouse({ people, bylaws: shedBylaws(rules) });
  accept(await atBallot.gdo('ana', 'ana', 'start', 'choosing', '--title', 'A new saw'));
  await round(atBallot, people);
});
afterAll(removeHouses);

const sealedIn = (house: House, who: string): readonly string[] => readdirSync(house.place(who, '.git', 'gdo', 'sealed'));

it('A sealed ballot shows nothing until it is opened after the close, and then it counts', async () => {
  const house = atBallot.copy();
  for (const [who, choice] of [
    ['ana', 'yes'],
    ['bo', 'no'],
    ['cy', 'yes'],
  ] as const)
    expect(await house.gdo(who, who, 'vote', '1', choice)).toMatchObject({ exit: 0, stdout: expect.stringContaining('gdo vote 1 --open') });
  const [file = ''] = sealedIn(house, 'ana');
  expect(statSync(house.place('ana', '.git', 'gdo', 'sealed', file)).mode & 0o077).toBe(0);
  await round(house, people);
  expect((await house.gdo('cy', 'cy', 'log', '1')).stdout).toMatch(/ana +SHA256:\S+ +seals a ballot in #1 +ok/);
  expect(await house.gdo('ana', 'ana', 'vote', '1', '--open')).toMatchObject({ exit: 1, stderr: expect.stringContaining('GDO1050') });
  house.wait(49);
  await round(house, people);
  const elsewhere = house.place('bo', '.git', 'gdo', 'sealed', sealedIn(house, 'bo')[0] ?? '');
  rmSync(elsewhere);
  expect(await house.gdo('bo', 'bo', 'vote', '1', '--open')).toMatchObject({ exit: 3, stderr: expect.stringContaining('keeps no sealed ballot of bo in #1') });
  for (const who of ['ana', 'cy']) accept(await house.gdo(who, who, 'vote', '1', '--open'));
  await round(house, people);
  house.wait(25);
  await round(house, people);
  // Bo lost what opens theirs, so it was never cast; a quorum of two has voted.
  expect((await house.gdo('cy', 'cy', 'status', '1')).stdout).toMatch(/chosen/);
  expect((await house.gdo('cy', 'cy', 'log', '1')).stdout).toMatch(/ana +SHA256:\S+ +votes yes/);
});

it('A sealed ballot that the node refused takes nothing from the one before it: that one can still be opened, and counts', async () => {
  const house = atBallot.copy();
  for (const who of ['ana', 'bo']) accept(await house.gdo(who, who, 'vote', '1', 'yes'));
  const hook = house.place('hub.git', 'hooks', 'pre-receive');
  const kept = readFileSync(hook);
  writeFileSync(hook, '#!/bin/sh\necho no\nexit 1\n');
  expect(await house.gdo('bo', 'bo', 'vote', '1', 'no')).toMatchObject({ exit: 1, stderr: expect.stringContaining('taken back') });
  writeFileSync(hook, kept);
  await round(house, people);
  house.wait(49);
  await round(house, people);
  for (const who of ['ana', 'bo']) accept(await house.gdo(who, who, 'vote', '1', '--open'));
  await round(house, people);
  house.wait(25);
  await round(house, people);
  expect((await house.gdo('cy', 'cy', 'log', '1')).stdout).toMatch(/bo +SHA256:\S+ +votes yes in #1 +ok/);
  expect((await house.gdo('cy', 'cy', 'status', '1')).stdout).toMatch(/chosen/);
});

it('What would be if people voted is played with their ballots sealed and opened, and whose stay closed is said', async () => {
  const house = atBallot.copy();
  accept(await house.gdo('cy', 'cy', 'vote', '1', 'no'));
  await round(house, people);
  const { exit, stdout } = await house.gdo('ana', 'ana', 'status', '1', '--what-if', 'ana votes yes, bo votes yes');
  expect(stdout).toMatch(
    new RegExp(
      [
        ' {2}✓ ana: vote yes\\n {2}✓ bo: vote yes\\n',
        ' {4}Ballots are sealed here: it is supposed that ana, bo open theirs after the close\\.\\n',
        ' {4}Sealed ballots that nobody opens do not count: cy has one, and nobody else knows what it says\\.\\n',
        '[^]*#1 would be accepted as chosen on ',
      ].join(''),
    ),
  );
  expect(exit).toBe(0);
  expect(await house.gdo('ana', 'ana', 'status', '1', '--what-if', 'bo votes maybe')).toMatchObject({
    exit: 1,
    stdout: expect.stringContaining('not a choice here'),
  });
});

it('Of several sealed ballots the last one is opened', async () => {
  const house = atBallot.copy();
  for (const choice of ['no', 'yes']) accept(await house.gdo('ana', 'ana', 'vote', '1', choice));
  await round(house, people);
  house.wait(49);
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'vote', '1', '--open'));
  await round(house, people);
  expect((await house.gdo('cy', 'cy', 'log', '1')).stdout).toMatch(/ana +SHA256:\S+ +votes yes in #1 +ok/);
});

it('Whoever delegates has their ballot cast by the other, until they take it back', async () => {
  const house = atBallot.copy();
  expect(await house.gdo('cy', 'cy', 'vote', '--delegate', 'bo')).toMatchObject({ exit: 0, stdout: expect.stringContaining('bo votes for you (proxy)') });
  await round(house, people);
  expect((await house.gdo('ana', 'ana', 'log')).stdout).toMatch(/cy +SHA256:\S+ +lets bo vote \(proxy\) +ok/);
  expect(await house.gdo('cy', 'cy', 'vote', '--take-back')).toMatchObject({ exit: 0, stdout: expect.stringContaining('You vote yourself (proxy)') });
  expect(await house.gdo('cy', 'cy', 'vote', '1', '--delegate', 'bo')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  expect(await house.gdo('cy', 'cy', 'vote', '--delegate', 'bo', '--delegation', 'other')).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('--delegation proxy'),
  });
});
