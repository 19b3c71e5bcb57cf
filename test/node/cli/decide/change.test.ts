// A change of files on its way: start, endorse, vote, merge by the node; and every way in which it must not get into main.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, commitOf, days, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let founded: House;
beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
});
afterAll(removeHouses);

const quieter = { process: 'change', title: 'Quieter nights', files: { 'rules/noise.md': 'The saw rests from 21:00 to 09:00.\n' } };

it('A change that is started, endorsed and voted is merged by the node', async () => {
  const house = founded.copy();
  const before = commitOf(house, 'hub.git', 'main');
  expect(await propose(house, 'bo', quieter)).toMatchObject({ exit: 0, stdout: expect.stringContaining('Received by the node') });
  expect(await round(house, people)).toContain('#1 Quieter nights is now at change / review');
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  expect(await round(house, people)).toContain('change / ballot');
  expect(await house.gdo('bo', 'bo', 'status', '1')).toMatchObject({ exit: 4, stdout: expect.stringContaining('ballot') });
  for (const person of people) accept(await house.gdo(person, person, 'vote', '1', person === 'cy' ? 'no' : 'yes', '--because', 'as discussed'));
  expect(await round(house, people)).not.toContain('merged');
  expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 4, stdout: expect.stringContaining('still open') });
  expect(commitOf(house, 'hub.git', 'main')).toBe(before);
  expect(await days(house, people, 2)).toContain('#1 Quieter nights is merged into main');

  const merged = commitOf(house, 'hub.git', 'main');
  expect(readFileSync(house.place('cy', 'rules', 'noise.md'), 'utf8')).toBe(quieter.files['rules/noise.md']);
  expect(commitOf(house, 'cy', 'main')).toBe(merged);
  expect(house.git('ana', 'hub.git', 'log', '-1', '--format=%an %s%n%b', 'main')).toMatch(
    /^gdo gdo merge [0-9a-f]{16}: Quieter nights\n[^]*Gdo-Case: [0-9a-f]{64}\n/,
  );
  expect(await house.gdo('bo', 'bo', 'status', '1')).toMatchObject({ exit: 0 });
  expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 0, stdout: expect.stringContaining('is merged into main') });
  expect(await house.gdo('bo', 'bo', 'verify', 'main')).toMatchObject({ exit: 0, stdout: expect.stringContaining('ACCEPTED') });
  expect(await house.gdo('bo', 'bo', 'verify', '--all')).toMatchObject({ exit: 0 });
  expectGoodSignatures(house);
  expect(house.git('ana', 'hub.git', 'fsck', '--strict', '--full')).toBe('');
});

/** Plain git, without gdo, says Good for every batch on every log. */
function expectGoodSignatures(house: House): void {
  const signers = house.place('allowed-signers');
  writeFileSync(signers, people.map((person) => `* ${readFileSync(house.place('people', person, 'id_ed25519.pub'), 'utf8').trim()}\n`).join(''));
  const logs = house.git('ana', 'hub.git', 'for-each-ref', '--format=%(refname)', 'refs/gdo/log').trim().split('\n');
  expect(logs).toHaveLength(people.length);
  const commits = house
    .git('ana', 'hub.git', 'rev-list', ...logs)
    .trim()
    .split('\n');
  const signed = commits.filter((commit) => house.git('ana', 'hub.git', 'cat-file', 'commit', commit).includes('-----BEGIN SSH SIGNATURE-----'));
  expect(signed.length).toBeGreaterThanOrEqual(5);
  const words = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`, 'verify-commit', ...signed];
  const checked = spawnSync('git', words, { cwd: house.place('hub.git'), encoding: 'utf8' });
  expect(checked.stderr.match(/Good "git" signature/g)).toHaveLength(signed.length);
  expect(checked.status).toBe(0);
}

it('The same approval is stale once the file has changed underneath', async () => {
  const house = founded.copy();
  const bread = { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Milk\nBread\n' } };
  accept(await propose(house, 'bo', { ...bread, title: 'Eggs', files: { 'notes/list.md': 'Milk\nEggs\n' } }));
  await round(house, people);
  accept(await propose(house, 'cy', bread));
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'act', '2', 'endorse'));
  expect(await round(house, people)).toContain('#2 Bread is merged into main');
  const main = commitOf(house, 'hub.git', 'main');
  const endorsed = accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  expect(endorsed.stdout).toContain('You endorse in #1');
  const said = await round(house, people);
  expect(said).toMatch(/✗ GDO2010 #1 Eggs is stale/);
  const stale = await house.gdo('ana', 'hub.git', 'merge', '1');
  expect(stale).toMatchObject({ exit: 1, stdout: expect.stringMatching(/#1 Eggs is stale: GDO2010 .*Nothing was merged/) });
  expect(commitOf(house, 'hub.git', 'main')).toBe(main);
  expect(house.git('ana', 'hub.git', 'show', 'main:notes/list.md')).toBe('Milk\nBread\n');
  expect((await house.gdo('bo', 'bo', 'status', '1')).exit).toBe(1);
  expect(JSON.parse((await house.gdo('ana', 'hub.git', 'merge', '1', '--json')).stdout)).toMatchObject({ exit: 1, code: 'GDO2010', merge: 'stale' });
});

it('A path in no area and an area of another process are refused where the change is proposed, and nothing is recorded', async () => {
  const house = founded.copy();
  const outside = await propose(house, 'bo', { process: 'change', title: 'Elsewhere', files: { 'elsewhere.md': 'x\n' } });
  expect(outside).toMatchObject({ exit: 1, stderr: expect.stringMatching(/GDO2001 .*`elsewhere\.md` lies in no area/) });
  const other = await propose(house, 'bo', { process: 'change', title: 'Notes', files: { 'notes/list.md': 'Tea\n' } });
  expect(other).toMatchObject({ exit: 1, stderr: expect.stringMatching(/GDO2002 .*area notes.*\n.*gdo start note/) });
  const nobody = await propose(house, 'bo', { process: 'change', title: 'Attic', files: { 'attic/box.md': 'x\n' } });
  expect(nobody).toMatchObject({ exit: 1, stderr: expect.stringMatching(/GDO2002 .*\n.*no process governs it yet/) });
  const same = await house.gdo('bo', 'bo', 'start', 'change', '--title', 'Nothing');
  expect(same).toMatchObject({ exit: 2, stderr: expect.stringContaining('nothing here differs from main') });
  expect(existsSync(house.place('bo', '.git', 'refs', 'gdo', 'log'))).toBe(false);
});

it('A case that is refused by its vote is merged by nobody', async () => {
  const house = founded.copy();
  accept(await propose(house, 'bo', quieter));
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  await round(house, people);
  for (const person of people) accept(await house.gdo(person, person, 'vote', '1', 'no'));
  await round(house, people);
  expect(await days(house, people, 2)).toContain('#1 Quieter nights is decided: lapsed');
  expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 1, stdout: expect.stringContaining('Nothing was merged') });
  expect(await house.gdo('bo', 'bo', 'verify', '1')).toMatchObject({ exit: 1, stdout: expect.stringContaining('REFUSED') });
  expect(house.git('ana', 'hub.git', 'show', 'main:rules/noise.md')).toBe(firstFiles['rules/noise.md']);
});

it('A process, a person, a case or an act that these bylaws do not know is a usage error with a suggestion', async () => {
  const house = founded.copy();
  const rows: readonly (readonly [words: readonly string[], says: RegExp])[] = [
    [['start', 'chnage'], /GDO5003.*\n.*did you mean `change`/],
    [['start'], /GDO5002/],
    [['start', 'admission', '--candidate', 'Dora!'], /GDO5003/],
    [['start', 'admission', '--candidate', 'anna'], /GDO5003.*not known in Shed\n.*did you mean `ana`/],
    [['start', 'admission', '--candidate', 'cy', '--role', 'membr'], /GDO5003.*\n.*did you mean `member`/],
    [['status', '7'], /GDO5003.*#7/],
    [['status', 'x'], /GDO5003/],
    [['vote', '7', 'yes'], /GDO5003/],
    [['act', '0', 'endorse'], /GDO5003/],
    [['merge', '7'], /GDO5003/],
    [['verify', 'no-such-branch'], /GDO5003/],
  ];
  for (const [words, says] of rows) {
    const refused = await house.gdo('bo', 'bo', ...words);
    expect([words, refused.exit]).toEqual([words, 2]);
    expect(refused.stderr).toMatch(says);
  }
  accept(await house.gdo('bo', 'bo', 'start', 'admission', '--candidate', 'cy', '--title', 'Cy'));
  await round(house, people);
  expect(await house.gdo('bo', 'bo', 'act', '1', 'endrose')).toMatchObject({ exit: 2, stderr: expect.stringContaining('did you mean `endorse`') });
  expect(await house.gdo('bo', 'bo', 'act', '1')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  const notYet = await house.gdo('bo', 'bo', 'vote', '1', 'yes');
  expect(notYet).toMatchObject({ stderr: expect.stringMatching(/GDO1052.*not at a vote/) });
});
