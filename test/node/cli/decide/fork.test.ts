// T18: leaving without permission (`gdo fork`) and coming back (`gdo rejoin`), with real keys, real git and the commands that people use.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

/** bo and cy have left ana, the steward, at checkpoint 2; their fork lives in `too`, with bo as steward. */
let parted: House;

async function noteChanged(
  house: House,
  who: string,
  other: string,
  title: string,
  files: Readonly<Record<string, string>>,
  steward: () => Promise<unknown>,
): Promise<void> {
  accept(await propose(house, who, { process: 'note', title, files }));
  await steward();
  const number = /#(\d+)/.exec((await house.gdo(other, other, 'status', '--all')).stdout)?.[1] ?? '';
  accept(await house.gdo(other, other, 'act', number, 'endorse'));
  await steward();
}

beforeAll(async () => {
  const house = await foundHouse({ people, bylaws: shedBylaws(), files: { ...firstFiles, 'notes/tools.md': 'Saw\n' } });
  await noteChanged(house, 'bo', 'ana', 'Bread', { 'notes/list.md': 'Bread\n' }, () => round(house, people));
  house.wait(1);
  const begun = await house.gdo('bo', 'bo', 'fork', 'bo', 'cy=../people/cy/id_ed25519.pub', '--into', '../too', '--out', '../fork.json');
  expect(begun.stdout).toContain('Still to sign: cy.');
  accept(await house.gdo('cy', 'cy', 'fork', '--join', '../fork.json', '--into', '../too'));
  parted = house;
}, 600_000);
afterAll(removeHouses);

/** A change in the fork: bo proposes in a folder of his own, cy endorses, bo closes. */
async function changeInFork(house: House, title: string, files: Readonly<Record<string, string>>, number = '1'): Promise<void> {
  house.git('bo', 'too', 'switch', '-q', '-C', 'work', 'main');
  for (const [path, text] of Object.entries(files)) house.write('too', path, text);
  house.git('bo', 'too', 'add', '.');
  house.git('bo', 'too', 'commit', '-q', '-m', title);
  accept(await house.gdo('bo', 'too', 'start', 'note', '--title', title));
  house.git('bo', 'too', 'switch', '-q', 'main');
  for (const act of [undefined, 'endorse']) {
    if (act !== undefined) accept(await house.gdo('cy', 'too', 'act', number, act));
    house.wait(1);
    accept(await house.gdo('bo', 'too', 'sync'));
  }
}

it('T18: two of three go on without the steward: bylaws, files and their roles, under another id', async () => {
  const house = parted.copy();
  expect(readFileSync(house.place('too', 'notes/list.md'), 'utf8')).toBe('Bread\n');
  expect((await house.gdo('bo', 'too', 'audit')).exit).toBe(0);
  const keys = JSON.parse((await house.gdo('bo', 'too', 'key', 'list', '--json')).stdout);
  const parent = JSON.parse((await house.gdo('bo', 'bo', 'key', 'list', '--json')).stdout);
  expect(keys.keys.map(({ member }: { readonly member: string }) => member)).toEqual(['bo', 'cy']);
  expect(keys.org).not.toBe(parent.org);
  expect(house.git('bo', 'too', 'show', 'refs/gdo/genesis:genesis.json')).toContain(`"parent":{"checkpoint":"`);
  await changeInFork(house, 'Glue', { 'notes/tools.md': 'Saw, glue\n' });
  expect(readFileSync(house.place('too', 'notes/tools.md'), 'utf8')).toBe('Saw, glue\n');
  expect(await house.gdo('ana', 'too', 'act', '1', 'endorse')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5021') });
  // What one says is nothing to the other: neither takes the other's ledger for its own.
  expect(await house.gdo('bo', 'bo', 'sync', '--peer', house.place('too'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
}, 600_000);

it('a fork that takes more than its checkpoint gives is none, and nobody signs it', async () => {
  const house = parted.copy();
  const sound = JSON.parse(readFileSync(house.place('fork.json'), 'utf8'));
  const forgeries: readonly (readonly [from: RegExp, to: string])[] = [
    [/"roles":\[\["member",\["bo","cy"\]\]\]/, '"roles":[["member",["bo","cy"]],["steward",["bo"]]]'],
    [/"commit":"[0-9a-f]{8}/, '"commit":"00000000'],
    [/"bylaws":"[0-9a-f]{8}/, '"bylaws":"00000000'],
    [/"checkpoint":"[0-9a-f]{8}/, '"checkpoint":"00000000'],
    [/"time":\d+/, '"time":1'],
    [/\["cy",\[/, '["dan",['],
  ];
  for (const [from, to] of forgeries) {
    expect(sound.genesis).toMatch(from);
    writeFileSync(house.place('forged.json'), JSON.stringify({ ...sound, genesis: sound.genesis.replace(from, to) }));
    const refused = await house.gdo('cy', 'cy', 'fork', '--join', '../forged.json', '--into', '../forged');
    expect({ to, exit: refused.exit, code: /GDO\d+/.exec(refused.stderr)?.[0] }).toEqual({ to, exit: 1, code: 'GDO1070' });
  }
  expect(await house.gdo('bo', 'bo', 'fork', 'ana', '--into', '../x')).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(/GDO5003[^]*chosen key is no key of `ana`[^]*ana=KEY\.pub/),
  });
  expect(await house.gdo('bo', 'bo', 'fork', 'bo', '--into', '../too')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5013') });
  expect(await house.gdo('bo', 'bo', 'fork', 'bo')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
}, 600_000);

it('what a fork changed comes back as a proposal that the bylaws decide about; what both sides changed is named and nothing is done (GDO2012)', async () => {
  const house = parted.copy();
  expect((await house.gdo('ana', 'ana', 'rejoin', '../too')).stdout).toContain('nothing to bring');
  await changeInFork(house, 'Glue', { 'notes/tools.md': 'Saw, glue\n', 'notes/new.md': 'New\n' });
  await noteChanged(house, 'ana', 'cy', 'Milk', { 'notes/list.md': 'Bread, milk\n' }, () => round(house, people));
  const back = await house.gdo('ana', 'ana', 'rejoin', '../too');
  expect(back).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/The branch rejoin holds .* checkpoint 2:\n {2}notes\/new\.md\n {2}notes\/tools\.md\n/),
  });
  expect(house.git('ana', 'ana', 'log', '-1', '--format=%B', 'rejoin')).toMatch(
    /^Rejoin [0-9a-f]{16} at checkpoint 2\n\nGdo-Org: [0-9a-f]{64}\nGdo-Checkpoint: [0-9a-f]{64}\n/,
  );
  expect(await house.gdo('ana', 'ana', 'rejoin', '../too')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
  house.git('ana', 'ana', 'switch', '-q', 'rejoin');
  accept(await house.gdo('ana', 'ana', 'start', 'note', '--title', 'Together again'));
  house.git('ana', 'ana', 'switch', '-q', 'main');
  await round(house, people);
  accept(await house.gdo('bo', 'bo', 'act', '3', 'endorse'));
  await round(house, people);
  expect(house.git('ana', 'hub.git', 'show', 'main:notes/tools.md')).toBe('Saw, glue\n');
  expect(house.git('ana', 'hub.git', 'show', 'main:notes/list.md')).toBe('Bread, milk\n');

  // From here on the fork and ana change the same list, each otherwise; what came back already is the same on both sides.
  await changeInFork(house, 'Jam', { 'notes/list.md': 'Bread, jam\n' }, '2');
  for (const [who, where, other] of [
    ['ana', 'ana', '../too'],
    ['bo', 'too', '../ana'],
  ] as const) {
    const refused = await house.gdo(who, where, 'rejoin', other, '--branch', 'again');
    expect(refused).toMatchObject({ exit: 1, stdout: '', stderr: expect.stringMatching(/^✗ GDO2012 .*:\n {2}notes\/list\.md\n$/) });
    const asJson = await house.gdo(who, where, 'rejoin', other, '--json', '--branch', 'again');
    expect(JSON.parse(asJson.stdout)).toMatchObject({ code: 'GDO2012', paths: ['notes/list.md'], bylaws: false });
    expect(house.gitRefused(who, where, 'rev-parse', '--verify', 'refs/heads/again')).toContain('fatal');
  }
  expect(await house.gdo('ana', 'ana', 'rejoin', '../nowhere')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
}, 600_000);
