// What a door holds: a slice answers as the whole ledger does, and nobody can leave out, change or make up a part of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideRight, spentWithin, usesWithin, valueHash, type RightAnswer } from '../../../engine/index.ts';
import { checkSlice, decideAtDoor, makeSlice, type CheckedSlice, type KnownBefore } from '../../../node/ledger/slice.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { makeBench } from '../cli/virtual-world.ts';
import { everybody, playDoors, things } from './door-ledger.ts';
import { removeFolder, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
let ledger: SmallLedger;
let views: readonly LedgerView[];
let texts: readonly string[];
beforeAll(async () => {
  ({ ledger, views } = await playDoors(join(folder, 'ledger')));
  texts = await Promise.all(views.map(async (view) => Buffer.from((await makeSlice(view)) ?? []).toString('utf8')));
});
afterAll(() => {
  ledger.repository.close();
  removeFolder(folder);
});

function checked(text: string, known: KnownBefore = { org: ledger.view.org }): CheckedSlice {
  const slice = checkSlice(Buffer.from(text), known);
  if (slice.kind === 'refused') throw new Error(`${slice.code} ${slice.reason}`);
  return slice;
}

function refused(text: string, known: KnownBefore = { org: ledger.view.org }): string {
  const slice = checkSlice(Buffer.from(text), known);
  return slice.kind === 'refused' ? `${slice.code} ${slice.reason}` : 'taken';
}

/** The answer from the whole state. */
function fromState(view: LedgerView, question: { readonly thing: string; readonly person: string; readonly atMs: number }): RightAnswer {
  const { state, charter, tip } = view;
  const known = (): boolean => true;
  return decideRight(state, charter, {
    ...question,
    offsetMinutes: -360,
    checkpointMs: tip.timeMs,
    contact: 'alone',
    uses: (right, limit) => usesWithin(state, { ...question, right, limit }, known),
    spent: (right, limit) => spentWithin(state, { ...question, right, limit }, known),
  });
}

it('A right that has lapsed opens no door, though the bylaws in the slice say it still (S60)', () => {
  const sauna = texts.map((text) => {
    const answer = decideAtDoor(checked(text), { thing: 'sauna', person: 'dora', atMs: startMs + 6 * 3_600_000, offsetMinutes: -360 });
    return answer.kind === 'allowed' ? 'allowed' : answer.reason;
  });
  expect([sauna[0], sauna.at(-1)]).toEqual(['allowed', 'unknown-thing']);
});

it('A door decides by its slice as a node decides by the whole state, for everybody, every thing and every hour (S89-S97)', () => {
  const told = new Set<string>();
  for (const [index, view] of views.entries()) {
    const slice = checked(texts[index] ?? '');
    expect(slice.checkpoint.height).toBe(index + 1);
    expect(slice.valuesCount).toBeLessThan(slice.entriesCount);
    for (const person of everybody) {
      for (const thing of things) {
        for (const hours of [2, 6, 14, 23, 24 * 8, 24 * 40]) {
          const question = { thing, person, atMs: startMs + hours * 3_600_000 };
          const answer = decideAtDoor(slice, { ...question, offsetMinutes: -360 });
          expect(answer).toEqual(fromState(view, question));
          told.add(answer.kind === 'allowed' ? 'allowed' : answer.reason);
        }
      }
    }
  }
  expect([...told].toSorted()).toEqual([
    'allowed',
    'condition',
    'denied',
    'limit-reached',
    'locked',
    'no-role',
    'outside-hours',
    'suspended',
    'too-long-offline',
    'unknown-credential',
    'unknown-thing',
  ]);
});

describe('a hostile slice', () => {
  const lines = (): readonly string[] => (texts.at(-1) ?? '').split('\n').slice(0, -1);
  const edited = (edit: (line: string, index: number) => readonly string[]): string => `${lines().flatMap(edit).join('\n')}\n`;
  const replaced = (part: string, by: string): string => edited((line) => [line.replace(part, by)]);
  const isLock = (line: string): boolean => line.startsWith('["lock/');

  it('that leaves out a lock, or says that it was released, is refused (GDO1070)', () => {
    expect(lines().filter(isLock)).toHaveLength(1);
    expect(refused(edited((line) => (isLock(line) ? [] : [line])))).toMatch(/^GDO1070 its entries do not have the state root/);
    expect(refused(edited((line) => [isLock(line) ? line.replace('"thing":', '"released":1,"thing":') : line]))).toMatch(/^GDO1070/);
  });

  it('that withholds what rights read is refused, though the root is right (GDO1002)', () => {
    const hidden = edited((line) => {
      const [key, value] = JSON.parse(isLock(line) ? line : '[]');
      return [isLock(line) ? JSON.stringify([key, valueHash(value)]) : line];
    });
    expect(refused(hidden)).toMatch(/^GDO1002 it withholds the value of `lock\/machines%2Flaser\//);
  });

  it('that adds, changes, repeats or moves an entry is refused', () => {
    expect(refused(`${texts.at(-1) ?? ''}["zzz/role",{"since":1}]\n`)).toMatch(/^GDO1070/);
    expect(refused(replaced('["role/officer/olga"', '["role/officer/olgb"'))).toMatch(/^GDO1070/);
    expect(refused(edited((line) => (isLock(line) ? [line, line] : [line])))).toMatch(/^GDO1002 line \d+ does not come after/);
    expect(refused(edited((line) => [line.replace(/^\["member\/ada",\{/, '["member/ada",{ ')]))).toMatch(/^GDO1001/);
    expect(refused((texts.at(-1) ?? '').slice(0, -1))).toMatch(/^GDO1001 line \d+ has no end/);
    expect(refused(edited((line) => [line.replace(/^\["member\/ada",.*$/, '["member/ada",7]')]))).toMatch(/^GDO1002/);
  });

  it('of another organization, without its votes, or with those of another checkpoint is refused', () => {
    expect(refused(texts.at(-1) ?? '', { org: '1'.repeat(64) })).toMatch(/^GDO1014/);
    expect(refused(replaced('"type":"slice"', '"type":"slices"'))).toMatch(/^GDO1002/);
    expect(refused(edited((line, index) => [index === 0 ? line.replace(/"votes":\[.*\]\}$/, '"votes":[]}') : line]))).toBe(
      'GDO1070 checkpoint 4 has no quorum of votes',
    );
    const votes = (text: string | undefined): string => /"votes":\[.*\]\}$/m.exec((text ?? '').split('\n')[0] ?? '')?.[0] ?? '';
    expect(refused(replaced(votes(texts.at(-1)), votes(texts[0])))).toBe('GDO1070 checkpoint 4 has no quorum of votes');
    expect(refused(replaced('\\"height\\":4', '\\"height\\":5'))).toMatch(/^GDO1070 checkpoint 5 has no quorum/);
    expect(refused(edited((line) => [line.replace('BEGIN SSH', 'BEGIN  SSH')]))).toMatch(/^GDO1070/);
    expect(refused('')).toMatch(/^GDO1001/);
    expect(refused('{}\n')).toMatch(/^GDO1002/);
  });

  it('that is older than what the door holds, or another one of the same height, is refused (GDO1072, GDO1071)', () => {
    const { org } = ledger.view;
    const newest = { height: 4, id: checked(texts.at(-1) ?? '').id };
    expect(refused(texts[2] ?? '', { org, newest })).toBe('GDO1072 it ends at checkpoint 3, and checkpoint 4 is known here');
    expect(refused(texts.at(-1) ?? '', { org, newest })).toBe('taken');
    expect(refused(texts.at(-1) ?? '', { org, newest: { ...newest, id: '2'.repeat(64) } })).toMatch(/^GDO1071/);
  });
});

it('`gdo slice` writes a slice, checks it and asks it, and says why not', async () => {
  const { runWith, run, directory } = makeBench();
  const at = { clockMs: () => startMs + 8 * 3_600_000 };
  const written = await runWith({ cwd: ledger.path }, 'slice', '--out', 'door.ndjson');
  expect(written).toMatchObject({ exit: 0, stdout: expect.stringContaining('Wrote door.ndjson: checkpoint 4') });
  for (const [index, text] of texts.entries()) writeFileSync(join(directory, `${index + 1}.ndjson`), text);
  const { org } = ledger.view;
  expect(await run('slice', '4.ndjson', '--org', org)).toMatchObject({ exit: 0, stdout: expect.stringContaining('rights: enter, use-laser') });
  expect(await run('slice', '4.ndjson')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  expect(await run('slice', '3.ndjson', '--org', org, '--known', '4.ndjson')).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO1072') });
  const front = await runWith(at, 'slice', '4.ndjson', '--org', org, '--thing', 'doors/front', '--person', 'dora');
  expect(front).toEqual({ exit: 0, stdout: '✓ dora: doors/front, by the right enter (checkpoint 4)\n', stderr: '' });
  const laser = await runWith({ ...at, json: true }, 'slice', '4.ndjson', '--org', org, '--thing', 'machines/laser', '--person', 'olga');
  expect([laser.exit, JSON.parse(laser.stdout)]).toMatchObject([1, { schema: 'gdo-door/1', kind: 'refused', reason: 'locked', checkpoint: 4 }]);
});
