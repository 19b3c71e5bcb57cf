// `gdo node doctor` and `gdo node check-config`: what is there, what is wrong with it, and what to do about it. A real node's repository, broken on purpose.
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryWriting } from '../../../../node/ops/disk.ts';
import { isAtLeast } from '../../../../node/ops/doctor-tools.ts';
import { sayWhereServed } from '../../../../node/ops/served-by.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, commitOf, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House, Outcome } from './house.ts';

let founded: House;
let genesis: string;

beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await propose(founded, 'bo', { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } }));
  await round(founded, people);
  genesis = String(Object(JSON.parse(accept(await founded.gdo('ana', 'ana', 'status', '--json')).stdout)).org);
});
afterAll(removeHouses);

/** A house with a configuration of its node. */
function nodeHouse(change: Readonly<Record<string, unknown>> = {}, organization: Readonly<Record<string, unknown>> = {}): House {
  const house = founded.copy();
  mkdirSync(house.place('data'));
  const shed = { name: 'shed', genesis, repository: 'hub.git', role: 'witness', key: 'people/ana/id_ed25519', ...organization };
  house.write('.', 'gdo-node.json', JSON.stringify({ v: 1, data: 'data', organizations: [shed], ...change }));
  return house;
}

interface Shown {
  readonly level: string;
  readonly subject: string;
  readonly found: string;
  readonly code: string | null;
  readonly help: string | null;
}

async function examined(house: House): Promise<{ readonly exit: number; readonly of: (subject: string) => Shown | undefined }> {
  const outcome = await house.gdo('ana', '.', 'node', 'doctor', '--config', 'gdo-node.json', '--json');
  const findings: readonly Shown[] = Object(JSON.parse(outcome.stdout)).findings;
  return { exit: outcome.exit, of: (subject) => findings.find((one) => one.subject === subject) };
}

describe('The doctor', () => {
  it('finds a sound node good: programs, disk, objects, gate, rights, key, ledger, main, clock, witness', async () => {
    const { exit, of } = await examined(nodeHouse());
    for (const subject of [
      'Node',
      'git',
      'data: writing',
      'shed: objects',
      'shed: gate',
      'shed: rights',
      'shed: key',
      'shed: ledger',
      'shed: main',
      'shed: clock',
      'shed: witness',
    ])
      expect(of(subject), subject).toMatchObject({ level: 'good', code: null, help: null });
    expect(of('git')?.found).toContain('used for everything');
    expect(of('containers')).toMatchObject({ level: 'attention' });
    expect(of('listener')?.found).toContain('local socket');
    expect(of('shed: trust')).toMatchObject({ level: 'good', found: expect.stringMatching(/^ana alone says when things happened/) });
    expect(exit).toBe(0);
  });

  it('takes a gate that is missing before the first start for nothing wrong, and after it for a fault', async () => {
    const house = nodeHouse();
    rmSync(house.place('hub.git', 'hooks', 'pre-receive'));
    const before = await examined(house);
    expect(before.of('shed: gate')).toMatchObject({ level: 'attention', code: null, help: expect.stringContaining('when it first starts') });
    expect(before.exit).toBe(0);
    sayWhereServed(house.place('hub.git'), { name: 'shed', socket: house.place('node.sock') });
    const after = await examined(house);
    expect(after.of('shed: gate')).toMatchObject({ level: 'fault', code: 'GDO5020', help: expect.stringContaining('gdo hook install') });
    expect(after.exit).toBe(1);
  });

  it('names rights that are too wide, a gate that is not run, votes of an older copy and a moved main, each with its code and what to do', async () => {
    const house = nodeHouse();
    chmodSync(house.place('people', 'ana', 'id_ed25519'), 0o644);
    chmodSync(house.place('hub.git', 'hooks', 'pre-receive'), 0o644);
    chmodSync(house.place('hub.git'), 0o777);
    house.git('ana', 'ana', 'commit', '-q', '--allow-empty', '-m', 'Past the gate');
    house.git('ana', 'hub.git', 'fetch', '-q', '../ana', '+main:main');
    const { exit, of } = await examined(house);
    for (const [subject, code] of [
      ['shed: key', 'GDO4022'],
      ['shed: gate', 'GDO5020'],
      ['shed: rights', 'GDO4022'],
      ['shed: main', 'GDO2003'],
    ] as const)
      expect(of(subject), subject).toMatchObject({ level: 'fault', code, help: expect.stringMatching(/\S/) });
    expect(exit).toBe(1);
    chmodSync(house.place('people', 'ana', 'id_ed25519'), 0o600);
    writeFileSync(house.place('hub.git', 'gdo', 'votes.log'), '');
    expect((await examined(house)).of('shed: witness')).toMatchObject({ level: 'fault', code: 'GDO4013', help: expect.stringContaining('resume-witness') });
    rmSync(house.place('hub.git', 'gdo', 'votes.log'));
    expect((await examined(house)).of('shed: witness')).toMatchObject({ level: 'fault', code: 'GDO4013' });
  });

  it('names a broken object, a key that is not there, votes that others may read, and a repository that is away', async () => {
    const house = nodeHouse();
    unpackAll(house);
    const id = house.git('ana', 'hub.git', 'rev-parse', 'main:notes/list.md').trim();
    rmSync(house.place('hub.git', 'objects', id.slice(0, 2), id.slice(2)));
    writeFileSync(house.place('hub.git', 'objects', id.slice(0, 2), id.slice(2)), 'nothing');
    rmSync(house.place('people', 'ana', 'id_ed25519'));
    chmodSync(house.place('hub.git', 'gdo', 'votes.log'), 0o644);
    const { exit, of } = await examined(house);
    for (const [subject, code] of [
      ['shed: objects', 'GDO1010'],
      ['shed: key', 'GDO5021'],
      ['shed: rights', 'GDO4022'],
    ] as const)
      expect(of(subject), subject).toMatchObject({ level: 'fault', code, help: expect.stringMatching(/\S/) });
    expect(exit).toBe(1);
    renameSync(house.place('hub.git'), house.place('away.git'));
    expect((await examined(house)).of('shed')).toMatchObject({ level: 'fault', code: 'GDO5020' });
  });

  it('names a clock that is behind the ledger', async () => {
    const house = nodeHouse();
    const early = await house.gdoWith({ clockMs: () => 0 }, 'ana', '.', 'node', 'doctor', '--config', 'gdo-node.json');
    expect(early).toMatchObject({ exit: 1, stdout: expect.stringMatching(/✗ shed: clock +GDO4020 is \d+ s behind the last checkpoint\n {2}help: +set it/) });
  });

  it('names a key that is no witness, another organization, and a listener that speaks to the network', async () => {
    const stranger = await examined(nodeHouse({}, { key: 'people/bo/id_ed25519' }));
    expect(stranger.of('shed: witness')).toMatchObject({ level: 'fault', code: 'GDO5021' });
    const other = await examined(nodeHouse({ http: { listen: '0.0.0.0:8417' } }, { genesis: '1'.repeat(64) }));
    expect(other.of('shed: ledger')).toMatchObject({ level: 'fault', code: 'GDO5020' });
    expect(other.of('listener')).toMatchObject({ level: 'attention', found: expect.stringContaining('no TLS') });
  });

  it('looks at a clone without a configuration, and says the same in letters that every terminal has', async () => {
    const house = founded.copy();
    const shown = await house.gdo('bo', 'bo', 'node', 'doctor', '--plain');
    expect(shown.exit).toBe(0);
    expect(shown.stdout).toMatch(/^ok Node +\d/m);
    expect(shown.stdout).toMatch(/^ok here: member +bo$/m);
    expect(shown.stdout).not.toMatch(/[\u0080-\uffff]/);
    rmSync(house.place('bo', '.git'), { recursive: true });
    expect(await house.gdo('bo', 'bo', 'node', 'doctor')).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO5020 there is no repository') });
  });

  it('tells a folder that cannot be written to from one that can, and leaves nothing in it', () => {
    expect(tryWriting(founded.folder)).toMatchObject({ fault: undefined });
    expect(readdirSync(founded.folder).filter((name) => name.startsWith('gdo-doctor-'))).toEqual([]);
    expect(tryWriting(join(founded.folder, 'absent')).fault).toContain('ENOENT');
  });

  it('compares versions by their numbers', () => {
    for (const [version, least, is] of [
      ['2.39.5', '2.39', true],
      ['2.39', '2.39', true],
      ['2.39.5 (Apple Git-154)', '2.39', true],
      ['2.100.1', '2.39', true],
      ['10.0', '2.39', true],
      ['2.4.11', '2.39', false],
      ['1.99', '2.39', false],
      ['v2.39', '2.39', false],
      ['', '2.39', false],
    ] as const)
      expect(isAtLeast(version, least), version).toBe(is);
  });
});

/** Every object of the hub in a file of its own. */
function unpackAll(house: House): void {
  const packs = house.place('hub.git', 'objects', 'pack');
  for (const name of readdirSync(packs).filter((one) => one.endsWith('.pack'))) {
    renameSync(join(packs, name), house.place('moved.pack'));
    house.git('ana', 'hub.git', '-c', 'alias.unpack=!git unpack-objects -q <../moved.pack', 'unpack');
  }
}

describe('A configuration', () => {
  it('that can be used is said in words and as data with every default', async () => {
    const house = nodeHouse();
    const shown: Outcome = await house.gdo('ana', '.', 'node', 'check-config', 'gdo-node.json');
    expect(shown).toMatchObject({
      exit: 0,
      stderr: '',
      stdout: expect.stringMatching(/can be used; the node listens on the local socket .*node\.sock\.\n {2}shed {2}witness {2}\S+hub\.git {2}0 peers\n$/),
    });
    const data = await house.gdo('ana', '.', 'node', 'check-config', '--config', 'gdo-node.json', '--json');
    expect(Object(JSON.parse(data.stdout))).toMatchObject({
      schema: 'gdo-check-config/1',
      configuration: { pullSeconds: 60, organizations: [{ name: 'shed' }] },
    });
  });

  it('that cannot be used is exit 2 and GDO5010 with every slip at its place', async () => {
    const house = nodeHouse({ pullSeconds: 0, colour: 'red' }, { key: undefined });
    const shown = await house.gdo('ana', '.', 'node', 'check-config', 'gdo-node.json');
    expect(shown).toMatchObject({ exit: 2, stdout: '' });
    for (const words of ['GDO5010', 'pullSeconds', 'colour', 'organizations[0].key is missing: a witness signs']) expect(shown.stderr).toContain(words);
    expect(await house.gdo('ana', '.', 'node', 'check-config')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
    expect(await house.gdo('ana', '.', 'node', 'check-config', 'no.json')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5010') });
  });
});

it('T15: the doctor changes nothing in a repository that it looks at', async () => {
  const house = nodeHouse();
  const print = (): string =>
    `${house.git('ana', 'hub.git', 'for-each-ref')}${readdirSync(house.place('hub.git')).join(' ')}${readdirSync(house.place('hub.git', 'gdo')).join(' ')}`;
  const before = print();
  await examined(house);
  expect(print()).toBe(before);
  expect(commitOf(house, 'hub.git', 'main')).toBe(commitOf(house, 'ana', 'main'));
});

it('GDO4013: a witness restored from a backup signs again after the operator has said that every copy was asked', async () => {
  const house = nodeHouse();
  const log = house.place('hub.git/gdo/votes.log');
  expect(readFileSync(log, 'utf8')).not.toBe('');
  writeFileSync(log, '');
  const resume = (...more: readonly string[]): Promise<Outcome> =>
    house.gdo('ana', '.', 'node', 'resume-witness', 'hub.git', '--key', 'people/ana/id_ed25519', ...more);
  const asked = await resume();
  expect([asked.exit, asked.stderr]).toEqual([2, expect.stringContaining('GDO5004')]);
  expect(readFileSync(log, 'utf8')).toBe('');
  const done = await resume('--yes', '--json');
  expect([done.exit, Object(JSON.parse(done.stdout))]).toMatchObject([0, { schema: 'gdo-resume/1', adopted: true }]);
  expect(await resume('--yes')).toMatchObject({ exit: 0, stdout: expect.stringContaining('Nothing to do') });
  expect((await house.gdo('bo', '.', 'node', 'resume-witness', 'hub.git', '--key', 'people/bo/id_ed25519')).stderr).toContain('GDO5021');
});
