// The receipt of a decision: somebody without the ledger checks it, and any change of it is found.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBench } from '../virtual-world.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let house: House;
let receipt = '';
beforeAll(async () => {
  house = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await propose(house, 'cy', { process: 'change', title: 'Quieter nights', files: { 'rules/noise.md': 'Hush.\n' } }));
  await round(house, people);
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  await round(house, people);
  for (const person of people) accept(await house.gdo(person, person, 'vote', '1', 'yes', '--yes'));
  await round(house, people);
  house.wait(49);
  await round(house, people);
  expect(await house.gdo('bo', 'bo', 'verify', '1', '--receipt', 'decision.json')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('gdo verify --receipt decision.json'),
  });
  receipt = readFileSync(house.place('bo', 'decision.json'), 'utf8');
});
afterAll(removeHouses);

async function checked(text: string): Promise<{ readonly exit: number; readonly text: string }> {
  const bench = makeBench({ 'decision.json': text });
  const { exit, stdout, stderr } = await bench.run('verify', '--receipt', 'decision.json');
  return { exit, text: stdout + stderr };
}

it('holds where nobody has the ledger: founding, checkpoint, signature, inputs, and the verdict decided again', async () => {
  const { exit, text } = await checked(receipt);
  expect(text).toMatch(/^#1 Quieter nights of Shed: \w+\n/);
  expect(text).toMatch(/✓ verdict {5}decided again from these inputs: \w+ \(passed\)\n/);
  expect(text).toMatch(/ballot -> \w+ \(passed\)\n/);
  expect(text).toMatch(/✓ The receipt holds, if [0-9a-f]{64} is the organization you mean\.\n/);
  expect(exit).toBe(0);
});

it('does not hold once a ballot, a requirement, the checkpoint or the signature is another', async () => {
  const swaps: readonly (readonly [string, string])[] = [
    ['"choice":"yes"', '"choice":"no"'],
    ['"outcome":"', '"outcome":"x'],
    ['\\"height\\":', '\\"height\\":1'],
    ['BEGIN SSH SIGNATURE-----\\n', 'BEGIN SSH SIGNATURE-----\\nA'],
    ['"stage":"ballot","entry":', '"stage":"review","entry":'],
  ];
  for (const [old, fresh] of swaps) {
    expect(receipt.includes(old), old).toBe(true);
    const { exit, text } = await checked(receipt.replace(old, fresh));
    expect([exit, text.includes('✗')], old).toEqual([1, true]);
  }
});

it('before it is decided, a case says how it would end if people did something, and keeps nothing of that', async () => {
  const other = house.copy();
  accept(await other.gdo('cy', 'cy', 'start', 'admission', '--candidate', 'cy', '--title', 'Cy once more'));
  await round(other, people);
  const before = (await other.gdo('bo', 'bo', 'status', '2')).stdout;
  const told = await other.gdo('bo', 'bo', 'status', '2', '--what-if', 'ana endorses, bo endorses');
  expect(told).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/^If this were done now, and nothing after it:\n {2}✓ ana: endorse\n {2}✓ bo: endorse\n/),
  });
  expect(await other.gdo('bo', 'bo', 'status', '2', '--what-if', 'zed endorses')).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO1040') });
  expect((await other.gdo('bo', 'bo', 'status', '2', '--what-if', 'ana')).exit).toBe(2);
  expect((await other.gdo('bo', 'bo', 'status', '2')).stdout).toBe(before);
});

it('is refused as a file of another kind, and is not written before a case is decided', async () => {
  for (const text of ['', '{}', '[]', '{"schema":"gdo-decision/1"}', receipt.replace('"steps":[', '"steps":[1,')])
    expect(await checked(text)).toMatchObject({ exit: 2, text: expect.stringContaining('GDO5003') });
  accept(await house.gdo('cy', 'cy', 'start', 'admission', '--candidate', 'cy', '--title', 'Cy again'));
  await round(house, people);
  expect((await house.gdo('bo', 'bo', 'verify', '2', '--receipt', 'no.json')).exit).toBe(4);
  expect((await makeBench().run('verify', '--receipt', 'missing.json')).exit).toBe(3);
});
