// Several copies of one ledger: no network, a host that was bypassed, one key in two clones, local commits on main, and a peer on a stick.
import { chmodSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, commitOf, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let founded: House;
beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
});
afterAll(removeHouses);

const bread = { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } };

it('Without the network a record is kept with GDO4003 and exit 0, and the next sync delivers it', async () => {
  const house = founded.copy();
  renameSync(house.place('hub.git'), house.place('away.git'));
  const offline = await propose(house, 'bo', bread);
  expect(offline).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('Signed and recorded on this machine'),
    stderr: expect.stringContaining('GDO4003 No node has it yet'),
  });
  expect((await house.gdo('bo', 'bo', 'status')).stdout).toContain('Sync   1 record here is in no checkpoint yet.');
  expect(await house.gdo('bo', 'bo', 'sync')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4002') });
  expect(await house.gdo('bo', 'bo', 'sync', '--offline')).toMatchObject({ exit: 0 });
  renameSync(house.place('away.git'), house.place('hub.git'));
  accept(await house.gdo('bo', 'bo', 'sync'));
  expect(await round(house, people)).toContain('#1 Bread is now at note / review');
});

it('Main that was moved past the gate is GDO2003 for everybody, and no copy follows it', async () => {
  const house = founded.copy();
  const accepted = commitOf(house, 'hub.git', 'main');
  house.git('bo', 'bo', 'switch', '-q', '-c', 'past-the-gate');
  house.write('bo', 'rules/noise.md', 'No rest.\n');
  house.git('bo', 'bo', 'commit', '-q', '-a', '-m', 'No rest');
  house.git('bo', 'bo', 'switch', '-q', 'main');
  // A host without the gate: the hook is not run.
  chmodSync(house.place('hub.git', 'hooks', 'pre-receive'), 0o644);
  house.git('bo', 'bo', 'push', '-q', 'origin', 'past-the-gate:main');
  chmodSync(house.place('hub.git', 'hooks', 'pre-receive'), 0o755);
  const synced = await house.gdo('cy', 'cy', 'sync');
  expect(synced).toMatchObject({ exit: 1, stdout: expect.stringMatching(/GDO2003 main on the other side is not the accepted line/) });
  expect(commitOf(house, 'cy', 'main')).toBe(accepted);
  const [atNode, verified] = [await house.gdo('ana', 'hub.git', 'sync'), await house.gdo('ana', 'hub.git', 'verify', '--all')];
  expect(verified).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO2003') });
  expect(atNode.exit === 0 ? atNode.stdout : 'not 0').not.toContain('merged');
  expect(await house.gdo('ana', 'hub.git', 'verify', 'main')).toMatchObject({ exit: 1, stdout: expect.stringContaining('REFUSED') });
});

it('Commits on main of a clone that nobody accepted are left alone and named', async () => {
  const house = founded.copy();
  house.write('bo', 'rules/noise.md', 'Mine.\n');
  house.git('bo', 'bo', 'commit', '-q', '-a', '-m', 'Mine');
  const mine = commitOf(house, 'bo', 'main');
  const accepted = commitOf(house, 'hub.git', 'main');
  const synced = await house.gdo('bo', 'bo', 'sync');
  expect(synced).toMatchObject({ exit: 1, stdout: expect.stringMatching(/GDO2003 .*left alone: move your commits to a branch/) });
  expect(synced.stdout).toContain(`git branch -f main ${accepted.slice(0, 12)})`);
  const audited = await house.gdo('bo', 'bo', 'audit');
  expect(audited.exit).toBe(1);
  expect(audited.stdout).toContain(`GDO2003 The ledger is not sound: main is not ${accepted}, the commit`);
  expect(audited.stdout).toContain('git switch -c mine; git branch -f main COMMIT');
  expect(commitOf(house, 'bo', 'main')).toBe(mine);
  expect(readFileSync(house.place('bo', 'rules', 'noise.md'), 'utf8')).toBe('Mine.\n');
  house.git('bo', 'bo', 'switch', '-q', '-c', 'mine');
  house.git('bo', 'bo', 'branch', '-f', 'main', accepted.slice(0, 12));
  expect(await house.gdo('bo', 'bo', 'sync')).toMatchObject({ exit: 0 });
});

it('Two clones that sign with one key at the same time: the second is told with GDO1043 what to sign again, and can', async () => {
  const house = founded.copy();
  accept(await propose(house, 'bo', bread));
  accept(await propose(house, 'bo', { ...bread, title: 'Eggs', files: { 'notes/eggs.md': 'Eggs\n' } }));
  await round(house, people);
  house.git('ana', '.', 'clone', '-q', 'hub.git', 'phone');
  house.git('ana', 'phone', 'remote', 'set-url', 'origin', '../hub.git');
  accept(await house.gdo('ana', 'phone', 'sync'));
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  const second = await house.gdo('ana', 'phone', 'act', '2', 'endorse');
  expect(second.exit).toBe(1);
  expect(second.stderr).toMatch(/The node did not take it, and it was taken back here/);
  expect(second.stderr).toMatch(/gdo sync/);
  accept(await house.gdo('ana', 'phone', 'sync'));
  accept(await house.gdo('ana', 'phone', 'act', '2', 'endorse'));
  expect(await round(house, people)).toMatch(/Bread is merged[^]*Eggs is merged|Eggs is merged[^]*Bread is merged/);

  renameSync(house.place('hub.git'), house.place('away.git'));
  accept(await house.gdo('ana', 'phone', 'start', 'admission', '--candidate', 'cy', '--title', 'From the phone'));
  // Bo hears of it from the phone itself, before it is known that it does not count.
  accept(await house.gdo('bo', 'bo', 'sync', '--peer', house.place('phone')));
  renameSync(house.place('away.git'), house.place('hub.git'));
  accept(await house.gdo('ana', 'ana', 'sync'));
  accept(await house.gdo('ana', 'ana', 'start', 'admission', '--candidate', 'bo', '--title', 'From the desk'));
  const told = await house.gdo('ana', 'phone', 'sync');
  const phoned = String.raw`\n {4}starts admission: From the phone \([0-9a-f]{7}\)\n`;
  expect(told.stdout).toMatch(new RegExp(`GDO1043 Another clone signed with your key .*Sign again what this one signed:${phoned}`));
  expect(told.stdout).not.toContain('From the desk');
  const others = await house.gdo('bo', 'bo', 'sync');
  expect(others.stdout).toMatch(new RegExp(`GDO1043 Another clone signed with a key of ana .*Until ana signs it again, this does not:${phoned}`));
  accept(await house.gdo('ana', 'phone', 'start', 'admission', '--candidate', 'cy', '--title', 'From the phone'));
  const said = await round(house, people);
  expect(said).toContain('From the desk');
  expect(said).toContain('From the phone');
  expect((await house.gdo('ana', 'hub.git', 'audit')).exit).toBe(0);
});

it('A ledger travels on a stick: a peer by its path, another organization is refused, and so is a folder without a ledger', async () => {
  const house = founded.copy();
  house.git('bo', '.', 'clone', '-q', '--mirror', 'bo', 'stick.git');
  accept(await propose(house, 'bo', bread));
  await round(house, people);
  expect(await house.gdo('bo', 'bo', 'sync', '--peer', house.place('stick.git'))).toMatchObject({ exit: 0 });
  house.git('bo', '.', 'init', '-q', '--bare', 'nothing.git');
  expect(await house.gdo('bo', 'bo', 'sync', '--peer', house.place('nothing.git'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
  expect(await house.gdo('bo', 'bo', 'sync', '--peer', house.place('no-such-folder'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4002') });
  const other = await foundHouse({ people: ['ana'], bylaws: shedBylaws().replace('"ana", "bo", "cy"', '"ana"') });
  const strangers = await house.gdo('bo', 'bo', 'sync', '--peer', other.place('hub.git'));
  expect(strangers).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
  expect(existsSync(house.place('bo', 'rules', 'noise.md'))).toBe(true);
  expect(await house.gdo('bo', 'bo', 'sync')).toMatchObject({ exit: 0 });
});

it('A key that nobody enrolled decides nothing, and says which key it is', async () => {
  const house = founded.copy();
  accept(await house.gdo('bo', '.', 'key', 'new', house.place('people', 'stranger')));
  const stranger = ['--key', house.place('people', 'stranger')];
  for (const words of [
    ['start', 'note', ...stranger],
    ['merge', '1', ...stranger],
  ]) {
    const refused = await house.gdo('bo', 'bo', ...words);
    expect([words, refused.exit, refused.stderr]).toEqual([words, expect.any(Number), expect.stringMatching(/GDO5021|GDO5003/)]);
  }
  expect(await house.gdo('bo', 'bo', 'start', 'note', '--key', house.place('no-key'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5021') });
  accept(await propose(house, 'bo', bread));
  await round(house, people);
  expect(await house.gdo('bo', 'bo', 'merge', '1')).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5021.*no witness/) });
});
