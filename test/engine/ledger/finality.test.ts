// Finality by a quorum: what votes come to, which stages may close, and which candidates count, before any fold.
import { describe, expect, it } from 'vitest';
import {
  candidatesMax,
  checkpointLog,
  finalityNumbers,
  idsRoot,
  judgeCandidate,
  paramsDefault,
  settledMs,
  voteStanding,
  zeros64,
  type CandidateBasis,
  type Checkpoint,
  type OfferedCandidate,
  type Receipt,
  type WitnessSet,
} from '../../../engine/index.ts';

const hex = (digit: string): string => digit.repeat(64);
const four: WitnessSet = { rows: ['1', '2', '3', '4'].map((digit) => [hex(digit), 1] as const), silenced: new Set() };
const votes = (...rows: readonly (readonly [digit: string, value: string])[]) => rows.map(([digit, value]) => ({ device: hex(digit), value: hex(value) }));

describe('votes at one height', () => {
  it('are final for a value with weight q: 2 of 3, 3 of 4, 5 of 7', () => {
    expect([3, 4, 7].map((total) => finalityNumbers(total).quorum)).toEqual([2, 3, 5]);
    expect(voteStanding(votes(['1', 'a'], ['2', 'a']), four)).toEqual({ kind: 'open', missing: 1 });
    expect(voteStanding(votes(['1', 'a'], ['2', 'a'], ['3', 'a']), four)).toEqual({ kind: 'final', value: hex('a'), weight: 3 });
  });

  it('count once for each witness, and never for strangers', () => {
    expect(voteStanding(votes(['1', 'a'], ['1', 'a'], ['2', 'a'], ['9', 'a']), four)).toEqual({ kind: 'open', missing: 1 });
  });

  it('can no longer reach the quorum where they are split (GDO1073)', () => {
    const split = votes(['1', 'a'], ['2', 'a'], ['3', 'b'], ['4', 'b']);
    expect(voteStanding(split, four)).toEqual({ kind: 'stuck', code: 'GDO1073', values: [hex('a'), hex('b')] });
    expect(voteStanding(split.slice(0, 3), four)).toEqual({ kind: 'open', missing: 1 });
    expect(voteStanding(split.slice(0, 3), { ...four, silenced: new Set([hex('4')]) })).toMatchObject({ kind: 'stuck', code: 'GDO1073' });
  });

  it('stay final where a witness of the quorum later signs another value', () => {
    const later = votes(['1', 'a'], ['2', 'a'], ['3', 'a'], ['3', 'b'], ['4', 'b']);
    expect(voteStanding(later, four)).toEqual({ kind: 'final', value: hex('a'), weight: 3 });
  });

  it('show two quorums only where more than f witnesses lie (GDO1071)', () => {
    const lies = votes(['1', 'a'], ['2', 'a'], ['3', 'a'], ['2', 'b'], ['3', 'b'], ['4', 'b']);
    expect(voteStanding(lies, four)).toEqual({ kind: 'conflicting', code: 'GDO1071', values: [hex('a'), hex('b')] });
  });
});

describe('a stage may close', () => {
  const upTo = (...times: readonly number[]): ReadonlyMap<string, number> => new Map(times.map((timeMs, index) => [hex(String(index + 1)), timeMs]));
  const input = { set: four, settleMs: 10, timeMs: 1_000, leftOut: [] };

  it('up to the instant that receipts of weight q have passed by settleMs, and never after the checkpoint', () => {
    expect(settledMs({ ...input, upToMs: upTo(500, 600, 700) })).toBe(490);
    expect(settledMs({ ...input, upToMs: upTo(500, 600, 700, 5_000) })).toBe(590);
    expect(settledMs({ ...input, upToMs: upTo(5_000, 6_000, 7_000) })).toBe(1_000);
    expect(settledMs({ ...input, upToMs: upTo(500, 600) })).toBe(-1);
  });

  it('not beyond the receipt of a batch that is left out, where f+1 witnesses have it', () => {
    const upToMs = upTo(500, 600, 700);
    expect(settledMs({ ...input, upToMs, leftOut: [[[hex('1'), 300]]] })).toBe(490);
    expect(
      settledMs({
        ...input,
        upToMs,
        leftOut: [
          [
            [hex('1'), 300],
            [hex('2'), 400],
          ],
        ],
      }),
    ).toBe(300);
    expect(
      settledMs({
        ...input,
        upToMs,
        leftOut: [
          [
            [hex('1'), 300],
            [hex('9'), 200],
          ],
        ],
      }),
    ).toBe(490);
  });
});

describe('a candidate', () => {
  const org = hex('f');
  const last: Checkpoint = {
    org,
    height: 0,
    prev: zeros64,
    timeMs: 1_000,
    engine: 1,
    bylaws: hex('b'),
    heads: [],
    receipts: [],
    state: hex('c'),
    verdicts: hex('d'),
    events: 0,
    mainCommit: '1'.repeat(40),
    mainContent: hex('e'),
    witnesses: hex('a'),
    log: idsRoot([]),
  };
  const previous = { id: hex('5'), statement: last };
  const receipt: Receipt = { org, witness: hex('2'), seq: 1, prev: zeros64, upToMs: 1_500, entries: [] };
  const statement: Checkpoint = { ...last, height: 1, prev: previous.id, timeMs: 2_000, log: idsRoot([previous.id]), receipts: [[hex('2'), 1, hex('6')]] };
  const basis: CandidateBasis = {
    previous,
    log: checkpointLog([previous.id]),
    set: four,
    params: { ...paramsDefault, timePrecisionMs: 100 },
    named: new Map(),
    published: (id) => (id === hex('6') ? { id, place: 3, receipt } : undefined),
    before: 0,
  };
  const offered: OfferedCandidate = { witness: hex('1'), place: 4, stampMs: 2_050, statement };
  const judge = (change: Partial<OfferedCandidate>, other: Partial<CandidateBasis> = {}): string => {
    const judged = judgeCandidate({ ...offered, ...change }, { ...basis, ...other });
    return judged.kind === 'sound' ? `sound ${judged.added.length}` : judged.reason;
  };

  it('of a witness that names receipts published before it is sound', () => expect(judge({})).toBe('sound 1'));

  it('counts for nobody where the stream shows that it is not', () => {
    expect(judge({ witness: hex('9') })).toBe('it is offered by no witness');
    expect(judge({}, { set: { ...four, silenced: new Set([hex('1')]) } })).toBe('it is offered by no witness');
    expect(judge({}, { before: candidatesMax })).toBe('its witness has offered 8 before it');
    expect(judge({ stampMs: 2_101 })).toBe('its time is not that of the stream');
    expect(judge({ stampMs: 1_899 })).toBe('its time is not that of the stream');
    expect(judge({ statement: { ...statement, height: 2 } })).toBe('the height is not the next one');
    expect(judge({ statement: { ...statement, prev: hex('7') } })).toBe('it does not name the last checkpoint as the one before it');
    expect(judge({ place: 3 })).toBe('it names receipts that the stream does not show before it');
    expect(judge({ statement: { ...statement, receipts: [[hex('2'), 2, hex('6')]] } })).toBe('it names receipts that the stream does not show before it');
    expect(judge({ statement: { ...statement, receipts: [[hex('2'), 1, hex('7')]] } })).toBe('it names receipts that the stream does not show before it');
    expect(judge({ statement: { ...statement, receipts: [[hex('9'), 1, hex('6')]] } })).toBe('it names receipts of no witness');
  });

  it('goes on from the receipts that the last checkpoint names', () => {
    const named = new Map([[hex('2'), { id: hex('6'), receipt }]]);
    expect(judge({}, { named })).toBe('sound 0');
    expect(judge({ statement: { ...statement, receipts: [[hex('2'), 2, hex('6')]] } }, { named })).toBe(
      'it names receipts that the stream does not show before it',
    );
  });
});
