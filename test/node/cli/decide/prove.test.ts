// `gdo prove` with the checker that needs no repository, and `gdo bundle` on its way from one machine to another. Real keys, real git, Python's own library.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

const checker = fileURLToPath(new URL('../../../independent/check_proof.py', import.meta.url));
const havePython = spawnSync('python3', ['--version']).status === 0;
if (!havePython && process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and python3 is missing');

let house: House;
let org = '';

/** Founded on day 0; on day 3 a note is changed. */
beforeAll(async () => {
  house = await foundHouse({ people, bylaws: shedBylaws(), files: { ...firstFiles, 'notes/größe & maß.md': 'Meters\n' } });
  house.wait(72);
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n' } }));
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  await round(house, people);
  org = JSON.parse((await house.gdo('ana', 'ana', 'key', 'list', '--json')).stdout).org;
}, 600_000);
afterAll(removeHouses);

interface Checked {
  readonly status: number | null;
  readonly text: string;
}

function checkProof(...words: readonly string[]): Checked {
  const { status, stdout, stderr } = spawnSync('python3', ['-I', '-S', '-B', checker, ...words], { encoding: 'utf8', cwd: '/' });
  return { status, text: stdout + stderr };
}

async function prove(path: string, ...words: readonly string[]): Promise<{ readonly file: string; readonly exit: number; readonly stdout: string }> {
  const file = house.place(`proof-${words.join('')}-${path.replaceAll(/\W/g, '')}.json`);
  const { exit, stdout } = await house.gdo('cy', 'cy', 'prove', path, '--out', file, ...words);
  return { file, exit, stdout };
}

describe.skipIf(!havePython)('a proof of a file', () => {
  it('shows what the file was on each date, to somebody who has no repository', async () => {
    const before = await prove('notes/list.md', '--at', '2026-11-22');
    expect(before.stdout).toMatch(/^✓ Wrote .*at checkpoint 0, .* notes\/list\.md had the SHA-256 [0-9a-f]{64}\.\n/);
    const milk = house.place('milk');
    writeFileSync(milk, 'Milk\n');
    expect(checkProof(before.file, org, milk)).toMatchObject({
      status: 0,
      text: expect.stringMatching(/^notes\/list\.md of Shed: 100644 [0-9a-f]{64}\nfrom 2026-11-21 .* until 2026-11-24 /),
    });
    const after = await prove('notes/list.md');
    expect(checkProof(after.file, org, milk)).toEqual({ status: 1, text: 'The proof does not hold: the file you have is another one\n' });
    writeFileSync(milk, 'Bread\n');
    expect(checkProof(after.file, org, milk)).toMatchObject({ status: 0, text: expect.stringMatching(/\nfrom 2026-11-24 \S+ UTC\n$/) });
    const odd = await prove('notes/größe & maß.md');
    expect(checkProof(odd.file, org)).toMatchObject({ status: 0, text: expect.stringContaining('notes/größe & maß.md of Shed: 100644') });
  });

  it('shows that a file was not there (exit 1), and that nothing is known before the founding', async () => {
    const absent = await prove('notes/none.md');
    expect(absent).toMatchObject({ exit: 1, stdout: expect.stringContaining('there was no notes/none.md') });
    expect(checkProof(absent.file, org)).toMatchObject({ status: 0, text: expect.stringContaining('notes/none.md of Shed: absent\n') });
    expect(await house.gdo('cy', 'cy', 'prove', 'notes/list.md', '--at', '2026-11-20')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5003') });
    expect(await house.gdo('cy', 'cy', 'prove', 'notes/list.md', '--at', 'yesterday')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
    expect(await house.gdo('cy', 'cy', 'prove')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  });

  it('no longer holds when anything in it is changed, or when it is of another organization', async () => {
    const { file } = await prove('notes/list.md');
    const sound = readFileSync(file, 'utf8');
    const proof = JSON.parse(sound);
    const changed = (edit: (copy: typeof proof) => void): string => {
      const copy = structuredClone(proof);
      edit(copy);
      return JSON.stringify(copy);
    };
    const flip = (text: string, at: number): string => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
    const forgeries: readonly (readonly [name: string, text: string])[] = [
      ['the path', changed((copy) => (copy.path = 'notes/other.md'))],
      ['the key', changed((copy) => (copy.entry.key = 'content/notes/other.md'))],
      ['the content', changed((copy) => (copy.entry.value = copy.entry.value.replace(/[0-9a-f]"}$/, '"}')))],
      ['the leaf', changed((copy) => (copy.entry.leaf.valueHash = copy.entry.leaf.keyHash))],
      ['a sibling', changed((copy) => (copy.entry.siblings[0] = 'f'.repeat(64)))],
      ['a sibling fewer', changed((copy) => copy.entry.siblings.pop())],
      ['the value left out', changed((copy) => delete copy.entry.value)],
      ['the genesis', changed((copy) => (copy.genesis = copy.genesis.replace('Shed', 'Shad')))],
      ['the time of the checkpoint', changed((copy) => (copy.checkpoint = copy.checkpoint.replace(/"time":1/, '"time":2')))],
      ['no votes', changed((copy) => (copy.votes = []))],
      ['the vote of another height', changed((copy) => (copy.votes[0].statement = copy.votes[0].statement.replace(/"height":\d+/, '"height":1')))],
      ['the signature', changed((copy) => (copy.votes[0].signature = flip(copy.votes[0].signature, 180)))],
      ['the checkpoint left out', changed((copy) => delete copy.checkpoint)],
      ['a following checkpoint that does not follow', changed((copy) => (copy.next = { checkpoint: copy.checkpoint, votes: copy.votes }))],
      ['cut short', sound.slice(0, -20)],
    ];
    for (const [name, text] of forgeries) {
      writeFileSync(file, text);
      const { status, text: said } = checkProof(file, org);
      expect({ name, status, said: said.slice(0, 24) }).toEqual({ name, status: 1, said: 'The proof does not hold:' });
    }
    writeFileSync(file, sound);
    expect(checkProof(file, org).status).toBe(0);
    expect(
      checkProof(
        file,
        org.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ).status,
    ).toBe(1);
    expect(readFileSync(checker, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(100);
  });
});

describe('a bundle on a stick', () => {
  it('brings a whole ledger to a machine that has none, where it is verified again', async () => {
    const stick = house.place('stick.bundle');
    expect((await house.gdo('ana', 'hub.git', 'bundle', '--out', stick)).stdout).toMatch(/^✓ Wrote .*Shed up to checkpoint 2, \d+ refs\./);
    expect((await house.gdo('cy', '.', 'bundle', stick, '--into', 'far')).stdout).toContain('✓ Shed is here up to checkpoint 2');
    expect(readFileSync(house.place('far', 'notes/list.md'), 'utf8')).toBe('Bread\n');
    expect((await house.gdo('cy', 'far', 'audit')).exit).toBe(0);
    expect(house.git('cy', '.', 'clone', '-q', stick, 'plain')).toBe('');
    expect(await house.gdo('cy', '.', 'bundle', stick, '--into', 'far')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5013') });
    expect(await house.gdo('cy', '.', 'bundle', 'nowhere')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
    expect(await house.gdo('cy', 'cy', 'bundle')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  });

  it('brings what was signed out there back, and it counts', async () => {
    const [out, back] = [house.place('out.bundle'), house.place('back.bundle')];
    accept(await house.gdo('ana', 'hub.git', 'bundle', '--out', out));
    accept(await house.gdo('bo', '.', 'bundle', out, '--into', 'hut'));
    const started = await house.gdo('bo', 'hut', 'start', 'admission', '--candidate', 'cy', '--title', 'Cy');
    expect(started.stdout).toContain('This repository has no other node');
    accept(await house.gdo('bo', 'hut', 'bundle', '--out', back));
    expect((await house.gdo('ana', 'hub.git', 'bundle', back)).stdout).toMatch(/1 ref was new/);
    house.wait(1);
    accept(await house.gdo('ana', 'hub.git', 'sync'));
    expect((await house.gdo('ana', 'hub.git', 'log', '--person', 'bo')).stdout).toMatch(/starts admission as #2: Cy +ok/);
  });

  it('is refused where a bit of it is not as it was, or where it is of another organization', async () => {
    const stick = house.place('bad.bundle');
    accept(await house.gdo('ana', 'hub.git', 'bundle', '--out', stick));
    const bytes = readFileSync(stick);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 4;
    const whole = readFileSync(stick);
    for (const broken of [bytes, whole.subarray(0, whole.length - 400)]) {
      writeFileSync(stick, broken);
      expect(await house.gdo('cy', '.', 'bundle', stick, '--into', 'broken')).toMatchObject({
        exit: 3,
        stderr: expect.stringMatching(/GDO5022.*bad\.bundle is damaged or not whole: [^]*write it anew on the other copy/),
      });
      // Nothing stands in the way of the next try.
      expect(existsSync(house.place('broken'))).toBe(false);
    }
    const other = await foundHouse({ people: ['ana', 'bo'], bylaws: shedBylaws().replace('"ana", "bo", "cy"', '"ana", "bo"'), files: firstFiles });
    const strange = house.place('strange.bundle');
    accept(await other.gdo('ana', 'hub.git', 'bundle', '--out', strange));
    expect(await house.gdo('cy', 'cy', 'bundle', strange)).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
  });
});
