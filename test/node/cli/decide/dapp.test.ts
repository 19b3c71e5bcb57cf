// A container between approval and merge: yes, no, and the four ways of no verdict. It needs a container engine.
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropObject } from '../../chunks/loose-objects.ts';
import { engineForTests, importBusyboxImage } from '../../dapps/image.ts';
import { people, shedBylaws } from './bylaws.ts';
import { accept, commitOf, emptyHouse, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

const found = await engineForTests();

afterAll(removeHouses);

/** A manifest in canonical JSON: keys sorted, no spaces. */
function manifest(script: string, output = 'exit'): string {
  const limits = { memoryBytes: 33_554_432, timeoutMs: 20_000 };
  return `${JSON.stringify({ command: ['/bin/sh', '-c', script], limits, name: 'fee', output, v: 1 })}\n`;
}

const fill = 'x=$(head -c 64000000 /dev/zero | tr "\\\\0" x)';
const scripts = { yes: 'exit 0', no: 'exit 1', full: `printf 'filling \\033[2J\n' >&2; ${fill}; exit 0` } as const;

/** A house whose notes are tested by a script, with one change that is approved and waits for its test. */
async function approved(image: string, script: string, before: (house: House) => Promise<void> = async () => undefined): Promise<House> {
  const bylaws = shedBylaws(`\ndapp fee image "${image}"\n  checks notes\nend\n`);
  const house = await foundHouse({ people, bylaws, files: { 'notes/list.md': 'Milk\n', 'dapps/fee.json': manifest(script) } });
  await before(house);
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n' } }));
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  return house;
}

describe.skipIf('missing' in found)(`a dapp at the gate${'missing' in found ? ` (skipped: ${found.missing})` : ''}`, () => {
  let image = '';
  beforeAll(() => {
    image = importBusyboxImage();
  });

  it('Exit 0 of the container lets the change into main', async () => {
    const house = await approved(image, scripts.yes);
    expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 0, stdout: expect.stringContaining('is merged into main') });
    expect(house.git('ana', 'hub.git', 'show', 'main:notes/list.md')).toBe('Bread\n');
    expect((await house.gdo('ana', 'hub.git', 'log', '1')).stdout).toContain('attests accept in #1');
    expect(await house.gdo('ana', 'hub.git', 'audit')).toMatchObject({ exit: 0 });
  });

  it('Exit 1 of the container refuses it: gdo merge exits 1 with GDO2030, and nothing is merged', async () => {
    const house = await approved(image, scripts.no);
    const before = commitOf(house, 'hub.git', 'main');
    expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({
      exit: 1,
      stdout: expect.stringMatching(/#1 Bread is refused: GDO2030 .*Nothing was merged/),
    });
    expect(commitOf(house, 'hub.git', 'main')).toBe(before);
    expect(await house.gdo('ana', 'hub.git', 'verify', '1')).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO2030') });
  });

  it('An image of which a chunk is missing: gdo merge exits 3 with "1 of n chunks missing" (GDO3011), nothing is attested, and with the chunk it is merged (R43)', async () => {
    const own = importBusyboxImage(['LABEL made-for=merging']);
    let copy = '';
    const house = await approved(own, scripts.yes, async (begun) => {
      expect(await begun.gdo('ana', 'hub.git', 'image', 'add', own)).toMatchObject({ exit: 0 });
      execFileSync('docker', ['rmi', own]);
      copy = begun.place('copy.git');
      begun.git('ana', 'hub.git', 'clone', '-q', '--mirror', '.', copy);
      const chunks = begun
        .git('ana', 'hub.git', 'for-each-ref', '--format=%(refname)', 'refs/gdo/blob')
        .split('\n')
        .filter(Boolean)
        .map((ref) => [...begun.git('ana', 'hub.git', 'ls-tree', '-r', ref).matchAll(/blob ([0-9a-f]{40})\tc\//g)].map(([, id = '']) => id))
        .find((ids) => ids.length > 10);
      dropObject(begun.place('hub.git'), chunks?.[3] ?? '');
    });
    const before = commitOf(house, 'hub.git', 'main');
    const undecided = await house.gdo('ana', 'hub.git', 'merge', '1');
    expect(undecided).toMatchObject({
      exit: 3,
      stdout: expect.stringMatching(/could not be decided: nothing was merged\.[^]*GDO3011 [^]*1 of \d+ chunks missing/),
    });
    expect(commitOf(house, 'hub.git', 'main')).toBe(before);
    expect((await house.gdo('ana', 'hub.git', 'log', '1')).stdout).not.toContain('attests');
    expect(await house.gdo('ana', 'hub.git', 'verify', '1')).toMatchObject({ exit: 4 });
    expect(await house.gdo('ana', 'hub.git', 'image', 'verify')).toMatchObject({
      exit: 3,
      stdout: expect.stringMatching(/GDO3011 [^]*1 of \d+ chunks missing/),
    });
    expect(await house.gdo('ana', 'hub.git', 'store', 'verify', '--repair', copy)).toMatchObject({ exit: 0 });
    expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 0, stdout: expect.stringContaining('is merged into main') });
    expect(await house.gdo('ana', 'hub.git', 'verify', '1')).toMatchObject({ exit: 0 });
    execFileSync('docker', ['rmi', own]);
  });

  it('A container that runs out of memory gives no verdict: exit 3 with GDO3004 and what it wrote, nothing merged, and no attestation is signed', async () => {
    const house = await approved(image, scripts.full);
    const before = commitOf(house, 'hub.git', 'main');
    const undecided = await house.gdo('ana', 'hub.git', 'merge', '1');
    expect(undecided).toMatchObject({ exit: 3, stdout: expect.stringMatching(/could not be decided: nothing was merged\.[^]*GDO3004 no verdict of fee/) });
    // Somebody else's text: what would clear the terminal is shown as letters.
    expect(undecided.stdout).toContain('    next:  raise memoryBytes in dapps/fee.json');
    expect(undecided.stdout).toContain('    it wrote:\n      filling <U+001B>[2J\n');
    expect(commitOf(house, 'hub.git', 'main')).toBe(before);
    expect((await house.gdo('ana', 'hub.git', 'log', '1')).stdout).not.toContain('attests');
    expect(await house.gdo('ana', 'hub.git', 'status', '1')).toMatchObject({ exit: 4 });
  });
});

// Side by side: one of them lets real seconds pass.
describe.skipIf('missing' in found)('gdo dapp', { concurrent: true }, () => {
  it('tries a dapp on a case without signing anything, and two endorsers let its change in where one cannot (S104)', async () => {
    const image = importBusyboxImage();
    const bylaws = shedBylaws(`\ndapp fee image "${image}"\n  checks notes\n  endorsed by at least 2/3 of members\nend\n`);
    const house = await foundHouse({ people, bylaws, files: { 'notes/list.md': 'Milk\n', 'dapps/fee.json': manifest('echo seen >&2; exit 0') } });
    accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n', 'dapps/fee.json': manifest('exit 1') } }));
    await round(house, people);
    // The manifest on main judges, not the one that the change brings along.
    const tried = await house.gdo('cy', 'cy', 'dapp', 'run', 'fee', '--case', '1');
    expect(tried).toMatchObject({ exit: 0, stdout: expect.stringMatching(/✓ fee says accept to #1[^]*the whole tree[^]*seen/) });
    accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
    await round(house, people);
    expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 4 });
    expect(await house.gdo('cy', 'cy', 'dapp', 'endorse', '--case', '1')).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('✓ You attest that fee says accept to #1'),
    });
    expect(await house.gdo('cy', 'cy', 'dapp', 'endorse')).toMatchObject({ exit: 0, stdout: 'Nothing waits for your attestation.\n' });
    expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 0, stdout: expect.stringContaining('is merged into main') });
    expect(await house.gdo('ana', 'hub.git', 'audit')).toMatchObject({ exit: 0 });
  });

  it('a dapp that prints the time is quarantined once no output can have enough endorsers any more (T19, GDO2031)', async () => {
    const image = importBusyboxImage();
    const bylaws = shedBylaws(`\ndapp fee image "${image}"\n  checks notes\n  endorsed by at least 2/3 of members\nend\n`);
    const clock = `printf '{"reasons":["%s"],"v":1,"verdict":"accept"}\\n' $(($(cut -d. -f1 /proc/uptime) / 8))`;
    const house = await foundHouse({ people, bylaws, files: { 'notes/list.md': 'Milk\n', 'dapps/fee.json': manifest(clock, 'verdict') } });
    accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n' } }));
    await round(house, people);
    accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
    await round(house, people);
    for (const [index, who] of people.entries()) {
      // Another span for each.
      if (index > 0) await new Promise((resolve) => setTimeout(resolve, 8_100));
      // Two runs in two spans of eight seconds differ, and nothing is signed: the next try is within one.
      let attested = await house.gdo(who, who, 'dapp', 'endorse', '--case', '1');
      for (let tries = 0; attested.exit !== 0 && tries < 8; tries += 1) {
        expect(attested).toMatchObject({ exit: 3, stdout: expect.stringContaining('GDO3007') });
        attested = await house.gdo(who, who, 'dapp', 'endorse', '--case', '1');
      }
      // The steward may have done so at the round before.
      expect({ who, ...attested }).toMatchObject({ exit: 0, stdout: expect.stringMatching(/You attest that fee says accept to #1|Nothing waits/) });
    }
    await round(house, people);
    expect((await house.gdo('ana', 'hub.git', 'log', '1')).stdout.match(/attests accept in #1/g)).toHaveLength(3);
    const before = commitOf(house, 'hub.git', 'main');
    expect(await house.gdo('ana', 'hub.git', 'merge', '1')).toMatchObject({ exit: 4 });
    expect(commitOf(house, 'hub.git', 'main')).toBe(before);
    expect((await house.gdo('ana', 'ana', 'status', '1')).stdout).toContain('GDO2031');
  });
});

it('gdo dapp init writes a dapp in each language and overwrites nothing', async () => {
  const house = emptyHouse();
  for (const language of ['sh', 'python', 'c', 'perl', 'node'])
    expect(await house.gdo('ana', '.', 'dapp', 'init', `fee-${language}`, '--lang', language)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('image.sh'),
    });
  expect(await house.gdo('ana', '.', 'dapp', 'init', 'fee-c', '--lang', 'c')).toMatchObject({ exit: 2, stderr: expect.stringContaining('already a file') });
  expect(await house.gdo('ana', '.', 'dapp', 'init', 'fee', '--lang', 'cobol')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  expect(await house.gdo('ana', '.', 'dapp', 'init', '../fee', '--lang', 'c')).toMatchObject({ exit: 2 });
  expect(await house.gdo('ana', '.', 'dapp', 'fly')).toMatchObject({ exit: 2 });
});

it('Without a container engine there is no verdict: exit 3 with GDO3001, nothing merged', async () => {
  const house = await approved(`sha256:${'a'.repeat(64)}`, scripts.yes);
  const before = commitOf(house, 'hub.git', 'main');
  const env = { HOME: house.place('people', 'ana'), GDO_KEY: house.place('people', 'ana', 'id_ed25519'), PATH: process.env['PATH'] };
  const dead = { env: { ...env, DOCKER_HOST: `unix://${house.place('no-engine.sock')}` } };
  const undecided = await house.gdoWith(dead, 'ana', 'hub.git', 'merge', '1');
  expect(undecided).toMatchObject({
    exit: 3,
    stdout: expect.stringMatching(/GDO3001 no verdict of fee: There is no container engine here[^]*\n {4}next:  .*gdo node doctor/),
  });
  expect(commitOf(house, 'hub.git', 'main')).toBe(before);
  expect(JSON.parse((await house.gdoWith(dead, 'ana', 'hub.git', 'merge', '1', '--json')).stdout)).toMatchObject({
    exit: 3,
    unanswered: [{ code: 'GDO3001', dapp: 'fee' }],
  });
  expect(await house.gdoWith(dead, 'ana', 'hub.git', 'dapp', 'run', 'fee', '--case', '1')).toMatchObject({
    exit: 3,
    stdout: expect.stringContaining('GDO3001 no verdict of fee on #1'),
  });
  const synced = await house.gdoWith(dead, 'ana', 'hub.git', 'sync');
  expect(synced).toMatchObject({ exit: 3, stdout: expect.stringContaining('GDO3001 no verdict of fee on #1') });
});
