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
  expect(text).toMatch(/✓ way {9}2 openings, from the first stage of `change` to the end, and none left out\n/);
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
  // What another claim comes to is said, beside what the signed state says.
  const other = await checked(receipt.replace(/"next":"[a-z]+"\}\]/, '"next":"refused"}]'));
  expect(other.text).toMatch(/✗ verdict {5}from these inputs `ballot` gives passed, which does not lead to `refused` and on to \w+ \(passed\)\n/);
  // A shorter way to the same outcome is not the way that the case went.
  const shorter = await checked(receipt.replace(/\{"stage":"review"[^}]*\},/, ''));
  expect(shorter).toMatchObject({ exit: 1, text: expect.stringMatching(/✗ way {9}it begins with `ballot`, and `change` with `review`\n/) });
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
  const said = async (text: string): Promise<string> => {
    const { exit, stdout, stderr } = await other.gdo('bo', 'bo', 'status', '2', '--what-if', text);
    return `${exit} ${stdout}${stderr}`;
  };
  expect(await said('anna endorses')).toMatch(/^2 [^]*Nobody is called `anna` here[^]*did you mean `ana`\?/);
  expect(await said('ana endorsed')).toMatch(/^1 [^]*✗ ana: endorsed: GDO1052 [^]*\n {4}What is asked for here: endorse\n/);
  expect(await said('ana endorses; bo endorses')).toBe(`0 ${told.stdout}`);
  expect(await said('ana endorses and bo endorses')).toBe(`0 ${told.stdout}`);
  expect((await other.gdo('bo', 'bo', 'status', '--what-if', 'ana endorses')).exit).toBe(2);
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

it('holds for an election to the seats that were vacant then, with a ballot and without one', async () => {
  const board = `
role director plural directors
  held by 0 to 2 people
  gained through election
  lost through resignation
end

process election "Electing the board"
  started by any member
  step naming
    nominations of members
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects the vacant directors
    open for 2 days
    tie fails
    when elected go to seated
    when uncontested go to seated
    otherwise go to forgotten
  end
  outcome seated
    grant director to the winners
  end
  outcome forgotten refuses
end
`;
  const own = await foundHouse({ people, bylaws: shedBylaws(board), files: firstFiles });
  const elect = async (number: string, candidates: readonly string[], marks: readonly string[]): Promise<string> => {
    accept(await own.gdo('ana', 'ana', 'start', 'election', '--title', 'The board'));
    await round(own, people);
    for (const name of candidates) accept(await own.gdo(name, name, 'act', number, 'nominate'));
    await round(own, people);
    own.wait(25);
    await round(own, people);
    if (marks.length > 0) for (const person of people) accept(await own.gdo(person, person, 'vote', number, marks.join(','), '--yes'));
    await round(own, people);
    own.wait(49);
    await round(own, people);
    await own.gdo('bo', 'bo', 'verify', number, '--receipt', `board-${number}.json`);
    return (await checked(readFileSync(own.place('bo', `board-${number}.json`), 'utf8'))).text;
  };
  // Two are tied for two seats: both are elected, and a receipt that knew of one seat would say that they are tied.
  expect(await elect('1', ['ana', 'bo', 'cy'], ['ana', 'bo'])).toMatch(/ballot -> seated \(elected\)\n[^]*✓ The receipt holds/);
  accept(await own.gdo('ana', 'ana', 'act', 'resign', 'director'));
  await round(own, people);
  expect(await elect('2', ['cy'], [])).toMatch(/ballot -> seated \(uncontested\)\n[^]*✓ The receipt holds/);
});
