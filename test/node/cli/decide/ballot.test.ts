// `gdo vote`: who may, until when, which words; and what the fold does with a ballot that was sent anyway.
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askBallot } from '../../../../node/cli/ballot-questions.ts';
import { Interrupted } from '../../../../node/cli/interrupted.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, days, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House } from './house.ts';

let atBallot: House;
const membersOnly = shedBylaws().replace('first held by "ana", "bo", "cy"', 'first held by "ana", "bo"');

beforeAll(async () => {
  atBallot = await foundHouse({ people, bylaws: membersOnly, files: firstFiles });
  accept(await propose(atBallot, 'bo', { process: 'change', title: 'Quieter nights', files: { 'rules/noise.md': 'Hush.\n' } }));
  await round(atBallot, people);
  accept(await atBallot.gdo('ana', 'ana', 'act', '1', 'endorse'));
  await round(atBallot, people);
});
afterAll(removeHouses);

it('A ballot after the close is not signed; sent anyway it is recorded and refused by every copy', async () => {
  const house = atBallot.copy();
  for (const person of ['ana', 'bo']) accept(await house.gdo(person, person, 'vote', '1', 'yes'));
  house.wait(47);
  await house.gdo('ana', 'hub.git', 'sync');
  house.wait(2);
  const late = await house.gdo('bo', 'bo', 'vote', '1', 'no');
  expect(late).toMatchObject({
    exit: 1,
    stdout: '',
    stderr: expect.stringMatching(/^✗ GDO1051 Not recorded: voting on #1 closed on Mon 23 Nov 2026, 09:0\d UTC \(1 hour ago\)\.\n/),
  });
  const asJson = await house.gdo('bo', 'bo', 'vote', '1', 'no', '--json');
  expect(JSON.parse(asJson.stdout)).toMatchObject({ code: 'GDO1051', case: 1 });
  expect(await house.gdo('bo', 'bo', 'vote', '1', 'no', '--anyway')).toMatchObject({ exit: 0, stdout: expect.stringContaining('Signed and recorded') });
  expect(await days(house, people, 1)).toContain('#1 Quieter nights is merged into main');
  expect((await house.gdo('cy', 'cy', 'log', '1')).stdout).toMatch(/bo +SHA256:\S+ +votes no in #1 +refused GDO1051/);
  expect((await house.gdo('cy', 'cy', 'status', '1')).exit).toBe(0);
  expect(await house.gdo('bo', 'bo', 'vote', '1', 'no')).toMatchObject({
    exit: 1,
    stderr: expect.stringMatching(/GDO1051 Not recorded: #1 closed on .*\n {2}Result: adopted/),
  });
});

it('Who holds no role in the vote is told so before signing; sent anyway the fold refuses it and the sender hears of it', async () => {
  const house = atBallot.copy();
  const refused = await house.gdo('cy', 'cy', 'vote', '1', 'yes');
  expect(refused).toMatchObject({
    exit: 1,
    stderr: expect.stringMatching(/^✗ GDO1057 Not recorded: #1 is decided by holders of member, and cy was not .*\n {2}They are: ana, bo\n$/),
  });
  accept(await house.gdo('cy', 'cy', 'vote', '1', 'yes', '--anyway'));
  accept(await house.gdo('ana', 'hub.git', 'sync'));
  expect((await house.gdo('cy', 'cy', 'sync')).stdout).toMatch(/✗ GDO1057 Your record [0-9a-f]{7} \(ballot\) does not count: `cy` was not on the roster/);
  expect((await house.gdo('cy', 'cy', 'sync')).stdout).not.toContain('GDO1057');
  expect((await house.gdo('cy', 'cy', 'status', '1')).stdout).not.toMatch(/voted.*cy/);
});

it('A choice that the vote does not have is a usage error with a suggestion, and without a terminal the choice is asked for by its name', async () => {
  const house = atBallot.copy();
  expect(await house.gdo('bo', 'bo', 'vote', '1', 'yse')).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('did you mean `yes`? Choices: yes, no, abstain'),
  });
  expect(await house.gdo('bo', 'bo', 'vote', '1')).toMatchObject({ exit: 2, stderr: expect.stringMatching(/GDO5004.*\n.*give CHOICE: {2}gdo vote 1 yes/) });
  expect(await house.gdo('bo', 'bo', 'vote', '1', 'yes', '--vote', 'other')).toMatchObject({ exit: 2, stderr: expect.stringContaining('--vote ballot') });
});

it('A ballot may be changed until the close, and the newest one counts', async () => {
  const house = atBallot.copy();
  accept(await house.gdo('bo', 'bo', 'vote', '1', 'no', '--because', 'too strict'));
  accept(await house.gdo('bo', 'bo', 'vote', '1', 'yes', '--because', 'convinced'));
  await round(house, people);
  const seen: unknown = JSON.parse((await house.gdo('ana', 'ana', 'status', '1', '--json')).stdout);
  expect(seen).toMatchObject({
    exit: 4,
    view: {
      tallies: [
        {
          voted: 1,
          voters: 2,
          counts: [
            ['yes', 1],
            ['no', 0],
            ['abstain', 0],
          ],
        },
      ],
    },
  });
});

/** Answers prompts in order: each key is typed when the prompt before it was drawn. */
function terminal(keys: readonly string[]): { readonly input: PassThrough; readonly output: PassThrough } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let next = 0;
  output.on('data', (drawn: Buffer) => {
    // A prompt begins with a filled or open diamond; keys for it are typed after it was drawn.
    if (/Your vote|A reason|Sign /.test(drawn.toString('utf8')) && next < keys.length) {
      const key = keys[next] ?? '';
      next += 1;
      setTimeout(() => input.write(key), 5);
    }
  });
  return { input, output };
}

const question = { choices: ['yes', 'no', 'abstain'], choice: undefined, because: undefined, isPlain: true, signsAs: 'bo with key', confirm: true };

it('In a terminal the choice, a reason and the signature are asked for', async () => {
  expect(await askBallot({ ...question, ...terminal(['\r', '\r', '\r']) })).toEqual({ choice: 'yes', because: undefined });
  await expect(askBallot({ ...question, ...terminal(['\u0003']) })).rejects.toBeInstanceOf(Interrupted);
  expect(await askBallot({ ...question, choice: 'no', confirm: false })).toEqual({ choice: 'no', because: undefined });
});

it('In a terminal what is decided stands above the question, and --yes asks nothing', async () => {
  const house = atBallot.copy();
  const cast = await house.gdoWith({ interactive: true }, 'bo', 'bo', 'vote', '1', 'yes', '--yes');
  expect(cast).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^✓ Your ballot in #1: yes\./) });
});
