// `gdo count` as a user meets it: sheet, JSON, pictures, explanations, and every parameter asked for.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { countCommand } from '../../../node/cli/count.ts';
import type { OptionValue } from '../../../node/cli/command.ts';
import type { World } from '../../../node/cli/world.ts';
import { itShared } from '../../shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-count-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(file: string, options: Readonly<Record<string, OptionValue>>, json = false): Promise<{ exit: number; out: string }> {
  let out = '';
  const world: World = {
    cwd: folder,
    env: {},
    stdout: (text) => (out += text),
    stderr: () => undefined,
    stdin: async () => undefined,
    clockMs: () => 0,
    randomBytes: (count) => new Uint8Array(count),
    color: false,
    columns: 100,
    interactive: false,
    json,
    plain: false,
    verbosity: 1,
  };
  const exit = await countCommand.run([file], options, world);
  return { exit, out };
}

const blt = '3 2\n4 1 2 0\n2 3 0\n1 7 0\n1 1=2 0\n0\n"Castor"\n"Pollux"\n"<Helen> & co\u001b[31m"\n"Sky"\n';
const stv = { method: 'stv-scottish', unranked: 'exhausted', equalRanks: 'refused', cap: 'none', ties: 'none' };
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

describe('gdo count', () => {
  it('prints a sheet with the result, the rule, every stage and every ballot that was not counted', async () => {
    const { exit, out } = await run(write('sky.blt', blt), stv);
    expect(exit).toBe(0);
    expect(out).toContain('Sky\n\nElected:\n  1. Castor\n  2. ');
    expect(out).toContain('Not readable and not counted: 1\n  line 4: `7` is not the number of a candidate');
    expect(out).toContain('Set aside by the rule and not counted: 1\n  line 5: it ranks two options equal');
    expect(out).toContain('stage 1, quota 3.00000');
    expect(out).toContain('1.00000 from Castor to Pollux');
    expect(out).toContain('teller');
    expect(out.includes('\u001b')).toBe(false);
  });

  it('says the same as one JSON document, with nothing rounded', async () => {
    const { out } = await run(write('sky.blt', blt), stv, true);
    const document: unknown = JSON.parse(out);
    expect(document).toMatchObject({
      schema: 'gdo-count-1',
      method: 'stv-scottish',
      seats: 2,
      outcome: { kind: 'elected' },
      setAside: [{ line: 5, weight: '1' }],
      malformedCount: 1,
    });
  });

  it.each([
    ['unranked', '--unranked'],
    ['equalRanks', '--equal-ranks'],
    ['cap', '--cap'],
    ['ties', '--ties'],
    ['method', '--method'],
  ])('asks for %s and does not guess it', async (name, flag) => {
    await expect(run(write('sky.blt', blt), { ...stv, [name]: undefined })).rejects.toMatchObject({ code: 'GDO5002', message: expect.stringContaining(flag) });
  });

  it('leaves a tie tied with exit 1, and follows a declared lot', async () => {
    const tied = write('tied.blt', '2 1\n1 1 0\n1 2 0\n0\n"Ada"\n"Bob"\n');
    const open = await run(tied, stv);
    expect([open.exit, open.out.split('\n')[0]]).toEqual([1, 'Tied, excluding in stage 1: Ada, Bob.']);
    const drawn = await run(tied, { ...stv, ties: 'prior-rounds,lot:2027-03-01' });
    expect([drawn.exit, drawn.out.includes('by lot')]).toEqual([0, true]);
    const decided = await run(tied, { ...stv, ties: 'decided:the chair=Bob>Ada' });
    expect(decided.out).toContain('Elected:\n  1. Bob');
  });

  it('strikes over a cap with sitting members and counts again', async () => {
    const file = write(
      'cap.json',
      '{"candidates":[{"id":"a","affiliation":"X"},{"id":"b","affiliation":"X"},{"id":"c"}],"seats":2,"ballots":[[3,[["a"],["b"],["c"]]]]}',
    );
    const options = { method: 'schulze', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', ties: 'none' };
    expect((await run(file, { ...options, cap: 'none' })).out).toContain('1. a\n  2. b');
    expect((await run(file, { ...options, cap: '1' })).out).toContain('1. a\n  2. c');
    const sitting = await run(file, { ...options, cap: '1,X=1' });
    expect(sitting.out).toContain('Elected:\n  1. c\nSeats left vacant: 1');
    expect((await run(file, { ...options, cap: '1,X=1', explain: 'b' })).out).toContain('b was taken out by the cap');
  });

  it('draws stages and pairs without letting a name into the markup', async () => {
    const names = write('names.blt', '2 1\n2 1 0\n1 2 0\n0\n"</text><script>"\n"B & \u0001"\n');
    await run(names, { ...stv, svg: 'stages.svg' });
    await run(names, { method: 'condorcet', unranked: 'tied-last', equalRanks: 'allowed', cap: 'none', ties: 'none', svg: 'pairs.svg' });
    for (const file of ['stages.svg', 'pairs.svg']) {
      const svg = readFileSync(join(folder, file), 'utf8');
      expect(svg.startsWith('<svg xmlns=')).toBe(true);
      expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
      expect(svg.includes('<script>')).toBe(false);
      expect(svg.includes('\u0001')).toBe(false);
    }
    await expect(run(names, { ...stv, svg: '../out.svg' })).rejects.toMatchObject({ code: 'GDO5014' });
  });

  it('reports a file that is missing or no election as GDO5022', async () => {
    await expect(run('missing.blt', stv)).rejects.toMatchObject({ code: 'GDO5022' });
    await expect(run(write('no.json', 'x'), stv)).rejects.toMatchObject({ code: 'GDO5022' });
    await expect(run(write('no.txt', 'x'), stv)).rejects.toMatchObject({ code: 'GDO5002' });
    await expect(run(write('sky.blt', blt), { ...stv, explain: 'Zeus' })).rejects.toMatchObject({ code: 'GDO5003' });
  });

  const parameters = fileURLToPath(new URL('../../../examples/elections/parameters.json', import.meta.url));

  itShared('cases/elections/gnome-board-2003.json', 'explains the cap of the GNOME election of 2003', async (path) => {
    const { out } = await run(path, { parameters, explain: 'michael meeks' });
    expect(out).toBe('Michael Meeks was taken out by the cap: `Novell` would have 5 seats, and has at most 4; michael-meeks stands lowest.\n');
  });

  itShared('cases/elections/burlington-2009-mayor.json', 'explains why the candidate who beats everybody lost in Burlington in 2009', async (path) => {
    const { out } = await run(path, { parameters, method: 'irv', explain: 'montroll' });
    expect(out).toContain(
      'In round 4 Andy Montroll (Democrat) is excluded with the least support, with 2554: Bob Kiss (Progressive) 2982, Kurt Wright (Republican) 3297.',
    );
    const schulze = await run(path, { parameters, method: 'schulze', explain: 'kiss' });
    expect(schulze.out).toContain('One against one Bob Kiss (Progressive) loses to Andy Montroll (Democrat), 3477 to 4067');
  });
});
