// `gdo found`: who signs, what is missing, and that nothing is founded on bylaws with errors.
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../../node/gate/checkpoint-round.ts';
import { openRepository } from '../../../../node/git/repository.ts';
import { openKey } from '../../../../node/ledger/keys.ts';
import { openLedger } from '../../../../node/ledger/replay.ts';
import { voteStore, votesPath } from '../../../../node/ledger/votes.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { draftHouse, removeHouses } from './house.ts';

afterAll(removeHouses);

const alone = shedBylaws().replace('first held by "ana", "bo", "cy"', 'first held by "ana"');

it('One founder founds at once, with their own key', async () => {
  const house = await draftHouse({ people: ['ana'], bylaws: alone });
  const founded = await house.gdo('ana', 'ana', 'found', 'ana');
  expect(founded).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^Founded Shed with ana\.\n {2}organization {2}[0-9a-f]{64}\n/) });
  expect(await house.gdo('ana', 'ana', 'found', 'ana')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
  expect((await house.gdo('ana', 'ana', 'status')).stdout).toContain('you are ana: member');
});

it('Three founders sign one after another, and the last signature founds', async () => {
  const house = await draftHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  const members = people.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  const begun = await house.gdo('ana', 'ana', 'found', ...members);
  expect(begun).toMatchObject({ exit: 0, stdout: expect.stringContaining('Signed. Still to sign: bo, cy.') });
  expect(house.git('ana', 'ana', 'for-each-ref', 'refs/gdo')).toBe('');
  const second = await house.gdo('bo', 'ana', 'found', '--join', 'founding.json');
  expect(second.stdout).toContain('Still to sign: cy.');
  const signed = await house.gdoWith({ json: true }, 'cy', 'ana', 'found', '--join', 'founding.json');
  expect(JSON.parse(signed.stdout)).toMatchObject({ schema: 'gdo-found/1', founded: true });
  expect(house.git('ana', 'ana', 'for-each-ref', '--format=%(refname)', 'refs/gdo')).toContain('refs/gdo/genesis');
});

it('A first holder without a key is named, and nothing is founded', async () => {
  const house = await draftHouse({ people: ['ana', 'bo'], bylaws: shedBylaws() });
  const refused = await house.gdo('ana', 'ana', 'found', 'ana', 'bo=../people/bo/id_ed25519.pub');
  expect(refused).toMatchObject({ exit: 2, stderr: expect.stringMatching(/GDO5002.*first holders without a key: cy/) });
  expect(refused.stderr).toContain('cy=cy.pub');
  expect(house.git('ana', 'ana', 'for-each-ref', 'refs/gdo')).toBe('');
});

it('Bylaws with an error found nothing', async () => {
  const house = await draftHouse({ people: ['ana'], bylaws: alone.replace('voters members', 'voters membrs') });
  const refused = await house.gdo('ana', 'ana', 'found', 'ana');
  expect(refused).toMatchObject({ exit: 1, stderr: expect.stringContaining('gdo check') });
  expect(house.git('ana', 'ana', 'for-each-ref', 'refs/gdo')).toBe('');
});

it('A file that is no founding, a stranger who joins, and a main without bylaws are refused in words', async () => {
  const house = await draftHouse({ people: ['ana', 'bo'], bylaws: alone });
  const missing = await house.gdo('ana', 'ana', 'found', '--join', 'founding.json');
  expect(missing).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5022.*There is no file .*founding\.json[^]*gdo found \.\.\. --out/) });
  house.write('ana', 'founding.json', '{"v":1}');
  expect(await house.gdo('ana', 'ana', 'found', '--join', 'founding.json')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5022') });
  expect(await house.gdo('ana', 'ana', 'found', 'Ana Maria')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
  expect(await house.gdo('ana', 'ana', 'found', 'ana', 'ana')).toMatchObject({ exit: 2, stderr: expect.stringContaining('named twice') });
  expect(await house.gdo('ana', 'ana', 'found', 'ana', '--witness', 'bo')).toMatchObject({ exit: 2, stderr: expect.stringContaining('bo') });
  const stranger = await house.gdo('bo', 'ana', 'found', 'ana=../people/ana/id_ed25519.pub');
  expect(stranger).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringMatching(/GDO5021.*\(ana\)/) });
  house.git('ana', 'ana', 'rm', '-q', '-r', 'bylaws');
  house.git('ana', 'ana', 'commit', '-q', '-m', 'No rules');
  expect(await house.gdo('ana', 'ana', 'found', 'ana')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5012') });
});

it('Several witnesses decide by a quorum, and no node closes an epoch alone', async () => {
  const all = ['ana', 'bo', 'cy', 'dov'];
  const house = await draftHouse({ people: all, bylaws: shedBylaws() });
  const members = all.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  expect(await house.gdo('ana', 'ana', 'found', ...members, '--witness', 'ana,eve')).toMatchObject({ exit: 2, stderr: expect.stringContaining('eve') });
  expect((await house.gdo('ana', 'ana', 'found', ...members, '--witness', 'ana,bo', '--witness', 'cy', '--witness', 'dov')).exit).toBe(0);
  for (const person of ['bo', 'cy']) await house.gdo(person, 'ana', 'found', '--join', 'founding.json');
  const founded = await house.gdo('dov', 'ana', 'found', '--join', 'founding.json');
  expect(founded.stdout).toContain('final by      3 of 4 witnesses');
  const genesis: unknown = JSON.parse(house.git('ana', 'ana', 'show', 'refs/gdo/genesis:genesis.json'));
  expect(genesis).toMatchObject({ finality: 'F1', params: { settleMs: 60_000 } });
  expect(await house.gdo('ana', 'ana', 'sync', '--offline')).toMatchObject({ exit: 0, stdout: expect.stringContaining('Checkpoint 0') });
  const repository = openRepository(house.place('ana'));
  try {
    const signer = openKey(house.place('people', 'ana', 'id_ed25519'));
    const close = { view: await openLedger(repository), signer, votes: voteStore(votesPath(repository)), clockMs: Date.now() };
    await expect(closeEpoch(close)).rejects.toMatchObject({ code: 'GDO4004', help: 'let a node with a stream do it' });
  } finally {
    repository.close();
  }
});

it('Bylaws say how many witnesses there are: those of the role by a quorum, or one', async () => {
  const witnessed = (kind: string): string => shedBylaws().replace('organization "Shed"', `organization "Shed"\n  witnessed by members final by ${kind}`);
  const members = people.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  const quorum = await draftHouse({ people, bylaws: witnessed('quorum') });
  expect((await quorum.gdo('ana', 'ana', 'found', ...members)).exit).toBe(0);
  expect(readFileSync(quorum.place('ana', 'founding.json'), 'utf8')).toContain(String.raw`\"finality\":\"F1\"`);
  const one = await draftHouse({ people, bylaws: witnessed('one') });
  expect(await one.gdo('ana', 'ana', 'found', ...members, '--witness', 'ana,bo')).toMatchObject({ exit: 2, stderr: expect.stringContaining('final by one') });
});
