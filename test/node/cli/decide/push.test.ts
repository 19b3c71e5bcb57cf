// What plain git may push to the node: logs and proposals of the pusher's own key, and nothing else. The hook is the installed one.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, commitOf, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let founded: House;
beforeAll(async () => {
  founded = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
});
afterAll(removeHouses);

function refsOf(house: House): string {
  return house.git('ana', 'hub.git', 'for-each-ref');
}

it('A direct push of main is refused with the code, the area, the process and its article, and nothing moves', () => {
  const house = founded.copy();
  const before = refsOf(house);
  house.write('bo', 'rules/noise.md', 'No rest.\n');
  house.git('bo', 'bo', 'commit', '-q', '-a', '-m', 'No rest');
  const said = house.gitRefused('bo', 'bo', 'push', 'origin', 'main');
  expect(said).toContain('GDO2015 refs/heads/main was not accepted');
  expect(said).toContain('rules/noise.md: area `rules`, changed by the process `change` (Changing the rules)');
  expect(said).toContain('gdo start change');
  expect(said).not.toContain('    at ');
  expect(house.gitRefused('bo', 'bo', 'push', '--force', 'origin', 'main')).toContain('GDO2015');
  expect(house.gitRefused('bo', 'bo', 'push', 'origin', ':main')).toMatch(/rejected|denied|deny/);
  expect(refsOf(house)).toBe(before);
});

it('Refs that only the node writes are refused: its checkpoints, receipts and votes, and any other name', async () => {
  const house = founded.copy();
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n' } }));
  await round(house, people);
  const before = refsOf(house);
  const receipt = house.git('ana', 'hub.git', 'for-each-ref', '--format=%(refname)', 'refs/gdo/receipt').trim();
  const targets = ['refs/gdo/checkpoint', 'refs/gdo/genesis', receipt, 'refs/heads/other', 'refs/tags/v1', 'refs/gdo/unheard-of'];
  for (const target of targets) {
    expect([target, house.gitRefused('bo', 'bo', 'push', '--force', 'origin', `HEAD:${target}`)]).toEqual([target, expect.stringMatching(/GDO\d{4}/)]);
  }
  expect(refsOf(house)).toBe(before);
  expect((await house.gdo('ana', 'hub.git', 'audit')).exit).toBe(0);
});

it("Nobody pushes another person's log, nor removes a record from their own", async () => {
  const house = founded.copy();
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n' } }));
  accept(await propose(house, 'cy', { process: 'note', title: 'Eggs', files: { 'notes/list.md': 'Eggs\n' } }));
  await round(house, people);
  accept(await house.gdo('bo', 'bo', 'act', '2', 'endorse'));
  const before = refsOf(house);
  const [own = '', other = ''] = ['bo', 'cy'].map((person) => logOf(house, person));
  expect(house.gitRefused('bo', 'bo', 'push', '--force', 'origin', `${own}:${other}`)).toMatch(/GDO\d{4}/);
  expect(house.gitRefused('bo', 'bo', 'push', '--force', 'origin', `${own}~1:${own}`)).toMatch(/GDO1\d{3}/);
  expect(house.gitRefused('bo', 'bo', 'push', '--force', 'origin', `HEAD:${other}`)).toMatch(/GDO\d{4}/);
  expect(refsOf(house)).toBe(before);
  expect(commitOf(house, 'bo', own)).toBe(commitOf(house, 'hub.git', own));
});

/** The log whose newest commit this person's key signed. */
function logOf(house: House, person: string): string {
  const logs = house.git('ana', 'hub.git', 'for-each-ref', '--format=%(refname)', 'refs/gdo/log').trim().split('\n');
  const found = logs.find((log) => house.git('ana', 'hub.git', 'cat-file', '-p', log).includes(`author ${person} `));
  if (found === undefined) throw new Error(`${person} has no log in ${logs.join(', ')}`);
  return found;
}

it('The gate belongs into a bare repository with a ledger, and follows no member', async () => {
  const house = founded.copy();
  expect(await house.gdo('bo', 'bo', 'hook', 'install', '--server')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  expect(await house.gdo('bo', 'bo', 'hook')).toMatchObject({ exit: 2, stderr: expect.stringMatching(/GDO5002.*install/) });
  house.git('bo', '.', 'init', '-q', '--bare', 'empty.git');
  expect(await house.gdo('bo', 'empty.git', 'hook', 'install', '--server')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
  house.git('bo', '.', 'clone', '-q', '--mirror', 'hub.git', 'second.git');
  const installed = await house.gdo('bo', 'second.git', 'hook', 'install', '--server');
  expect(installed).toMatchObject({ exit: 0, stdout: expect.stringMatching(/no longer follows .*hub\.git; members push here/) });
  expect(await house.gdo('bo', 'second.git', 'hook', 'install', '--server', '--json')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('"left":null'),
  });
  expect(house.git('bo', 'second.git', 'config', '--list')).not.toContain('remote.origin');
});
