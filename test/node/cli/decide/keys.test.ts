// `gdo key list|ask|add|revoke`: several keys, a newcomer's first one, rotation, and recovery by those whom the bylaws name. Real keys and real git.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let founded: House;
beforeAll(async () => {
  const bylaws = shedBylaws('\naction enrol-key by 2 other members\naction revoke-key by 2 other members\n');
  founded = await foundHouse({ people, bylaws, files: firstFiles });
});
afterAll(removeHouses);

async function newKey(house: House, name: string): Promise<string> {
  const path = house.place('people', name);
  accept(await house.gdo('ana', '.', 'key', 'new', path));
  return path;
}

it('Q21: a second key of ana is added, listed and acts; the first is revoked by it and acts no more', async () => {
  const house = founded.copy();
  const second = await newKey(house, 'second');
  expect((await house.gdo('ana', 'ana', 'key', 'add', second)).stdout).toMatch(/^✓ You add SHA256:\S+ for ana\. Signed and recorded/);
  await round(house, people);
  const { keys } = JSON.parse((await house.gdo('bo', 'bo', 'key', 'list', 'ana', '--json')).stdout);
  expect(keys.map(({ revoked }: { readonly revoked: boolean }) => revoked)).toEqual([false, false]);
  const [first = { fingerprint: '' }] = keys;
  expect((await house.gdo('ana', 'ana', 'key', 'add', second)).stderr).toContain('✗ GDO1052 Not recorded: this key belongs to ana already');
  accept(await house.gdo('ana', 'ana', 'key', 'revoke', first.fingerprint, '--because', 'Old laptop', '--key', second));
  await round(house, people);
  expect((await house.gdo('cy', 'cy', 'key', 'list', 'ana')).stdout).toMatch(/since .* revoked\nana .*UTC\n$/);
  const late = await house.gdo('ana', 'ana', 'key', 'revoke', first.fingerprint, '--key', second);
  expect(late).toMatchObject({ exit: 1, stderr: expect.stringContaining('GDO1042') });
  expect(await house.gdo('ana', 'ana', 'key', 'add', await newKey(house, 'third'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5021') });
}, 600_000);

it('Q21: a newcomer asks with the own key, a member adds it, and the key acts from the next checkpoint', async () => {
  const house = founded.copy();
  const key = await newKey(house, 'dee');
  const out = house.place('dee.json');
  expect((await house.gdo('dee', 'bo', 'key', 'ask', 'dee', '--key', key, '--out', out)).stdout).toMatch(/it shows that you have SHA256:/);
  accept(await house.gdo('bo', 'bo', 'key', 'add', out));
  await round(house, people);
  expect((await house.gdo('bo', 'bo', 'key', 'list', 'dee')).stdout).toMatch(/^dee +SHA256:/);
  expect(await house.gdo('dee', 'bo', 'key', 'revoke', key, '--key', key)).toMatchObject({ exit: 2, stderr: expect.stringContaining('your only key') });
  const claims: readonly (readonly [change: object, code: string])[] = [
    [{ member: 'eve' }, 'GDO1012'],
    [{ possession: 'yes' }, 'GDO1011'],
    [{ key: 'ssh-ed25519 AAAA' }, 'GDO1013'],
    [{ org: '0'.repeat(64) }, 'GDO5020'],
    [{ schema: 'other' }, 'GDO5003'],
  ];
  for (const [change, code] of claims) {
    const forged = house.place('forged.json');
    writeFileSync(forged, JSON.stringify({ ...JSON.parse(readFileSync(out, 'utf8')), ...change }));
    expect((await house.gdo('cy', 'cy', 'key', 'add', forged)).stderr).toContain(code);
  }
}, 600_000);

it('T35: cy lost every key; two other members give cy a new one and take the lost one away, and one alone cannot', async () => {
  const house = founded.copy();
  const key = await newKey(house, 'new-of-cy');
  const out = house.place('cy.json');
  accept(await house.gdo('cy', 'cy', 'key', 'ask', 'cy', '--key', key, '--out', out));
  const lost = house.place('people', 'cy', 'id_ed25519.pub');
  for (const person of ['ana', 'bo']) {
    expect(await house.gdo('cy', 'cy', 'key', 'list', 'cy', '--key', key)).toMatchObject({ exit: 0 });
    accept(await house.gdo(person, person, 'key', 'add', out));
    accept(await house.gdo(person, person, 'key', 'revoke', lost, '--because', 'cy lost it'));
    await round(house, people);
    const { keys } = JSON.parse((await house.gdo('ana', 'ana', 'key', 'list', 'cy', '--json')).stdout);
    expect(keys.map(({ revoked }: { readonly revoked: boolean }) => revoked)).toEqual(person === 'ana' ? [false] : [true, false]);
  }
  const proposed = await propose(house, 'cy', { process: 'note', title: 'With the lost key', files: { 'notes/list.md': 'Bread\n' } });
  expect(proposed).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5021') });
  expect((await house.gdo('cy', 'cy', 'verify', '--all')).exit).toBe(0);
}, 600_000);

it('where the bylaws name nobody, others are told so before they sign (GDO1040)', async () => {
  const house = await foundHouse({ people: ['ana', 'bo'], bylaws: shedBylaws().replace('"ana", "bo", "cy"', '"ana", "bo"'), files: firstFiles });
  const key = await newKey(house, 'new-of-bo');
  accept(await house.gdo('bo', 'bo', 'key', 'ask', 'bo', '--key', key, '--out', house.place('bo.json')));
  const added = await house.gdo('ana', 'ana', 'key', 'add', house.place('bo.json'));
  expect(added).toMatchObject({ exit: 1, stderr: expect.stringMatching(/GDO1040 .*only bo may add a key of theirs\.\n.*action enrol-key/) });
  const revoked = await house.gdo('ana', 'ana', 'key', 'revoke', house.place('people', 'bo', 'id_ed25519.pub'));
  expect(revoked).toMatchObject({ exit: 1, stderr: expect.stringContaining('GDO1040') });
  expect(await house.gdo('ana', 'ana', 'key', 'revoke', 'abc')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
}, 600_000);
