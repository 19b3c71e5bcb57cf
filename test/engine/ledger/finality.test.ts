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
  type PublishedReceipt,
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
    expect([judge({ stampMs: 2_100 }), judge({ stampMs: 1_900 })]).toEqual(['sound 1', 'sound 1']);
    expect(judge({ statement: { ...statement, height: 2 } })).toBe('the height is not the next one');
    expect(judge({ statement: { ...statement, prev: hex('7') } })).toBe('it does not name the last checkpoint as the one before it');
    expect(judge({ place: 3 })).toBe('it names receipts that the stream does not show before it');
    expect(judge({ statement: { ...statement, receipts: [[hex('2'), 2, hex('6')]] } })).toBe('it names receipts that the stream does not show before it');
    expect(judge({ statement: { ...statement, receipts: [[hex('2'), 1, hex('7')]] } })).toBe('it names receipts that the stream does not show before it');
    expect(judge({ statement: { ...statement, receipts: [[hex('9'), 1, hex('6')]] } })).toBe('it names receipts of no witness');
  });

  it('says by which rule it does not count: that of the ledger, of the stream or of its bounds', () => {
    const code = (change: Partial<OfferedCandidate>, other: Partial<CandidateBasis> = {}): unknown => {
      const judged = judgeCandidate({ ...offered, ...change }, { ...basis, ...other });
      return judged.kind === 'invalid' ? judged.code : judged.kind;
    };
    expect(code({ witness: hex('9') })).toBe('GDO1070');
    expect(code({ place: 3 })).toBe('GDO1070');
    expect(code({ statement: { ...statement, org: hex('e') } })).toBe('GDO1014');
    expect(code({}, { before: candidatesMax })).toBe('GDO1003');
    expect(code({}, { before: candidatesMax - 1 })).toBe('sound');
  });

  it('goes on from the receipts that the last checkpoint names', () => {
    const named = new Map([[hex('2'), { id: hex('6'), receipt }]]);
    expect(judge({}, { named })).toBe('sound 0');
    expect(judge({ statement: { ...statement, receipts: [[hex('2'), 2, hex('6')]] } }, { named })).toBe(
      'it names receipts that the stream does not show before it',
    );
  });

  describe('that names a line of receipts', () => {
    const idOf = (seq: number): string => seq.toString(16).padStart(64, '0');
    const notThere = 'it names receipts that the stream does not show before it';
    const inLine = (seq: number): Receipt => ({ org, witness: hex('2'), seq, prev: idOf(seq - 1), upToMs: 1_000 + seq, entries: [] });
    /** Judges a candidate that names the last of some receipts, each published at the place of its number. */
    const judgeLine = (
      line: readonly Receipt[],
      change: { readonly place?: number; readonly by?: string; readonly from?: number; readonly seq?: number } = {},
    ) => {
      const shown = new Map(line.map((one) => [idOf(one.seq), { id: idOf(one.seq), place: one.seq, receipt: one }]));
      const last = line.at(-1)?.seq ?? 0;
      const before = change.from === undefined ? undefined : line.find((one) => one.seq === change.from);
      const named = new Map(before === undefined ? [] : [[hex('2'), { id: idOf(before.seq), receipt: before }] as const]);
      const receipts = [[change.by ?? hex('2'), change.seq ?? last, idOf(last)]] as const;
      const judged = judgeCandidate(
        { ...offered, place: change.place ?? last + 1, statement: { ...statement, receipts } },
        { ...basis, named, published: (id) => shown.get(id) },
      );
      return judged.kind === 'sound' ? judged.added.map((one) => one.receipt.seq) : judged.reason;
    };
    const three = [1, 2, 3].map(inLine);

    it('adds all from the first, or from the last named before, in the order they were signed', () => {
      expect(judgeLine(three)).toEqual([1, 2, 3]);
      expect(judgeLine(three, { from: 1 })).toEqual([2, 3]);
      expect(judgeLine(three, { from: 3 })).toEqual([]);
    });

    it('counts for nobody where one is missing, or was published only after it', () => {
      expect(judgeLine(three.filter(({ seq }) => seq !== 2))).toBe(notThere);
      expect(judgeLine(three.slice(1))).toBe(notThere);
      expect(judgeLine(three, { place: 3 })).toBe(notThere);
      expect(judgeLine([])).toBe(notThere);
    });

    it('counts for nobody where it is the line of another witness, or has other numbers than are said', () => {
      expect(judgeLine(three, { by: hex('3') })).toBe(notThere);
      expect(judgeLine(three, { seq: 4 })).toBe(notThere);
      expect(judgeLine(three, { seq: 4, from: 3 })).toBe(notThere);
    });

    it('counts for nobody where one says less of the past than the one before it', () => {
      expect(judgeLine([inLine(1), { ...inLine(2), upToMs: 1_000 }, inLine(3)])).toBe(notThere);
      expect(judgeLine([inLine(1), { ...inLine(2), entries: [[hex('7'), 1_000]] }, inLine(3)])).toBe(notThere);
      expect(judgeLine([inLine(1), { ...inLine(2), entries: [[hex('7'), 1_001]] }, inLine(3)])).toEqual([1, 2, 3]);
    });

    it('counts for nobody where it branches off below what was named', () => {
      const other = { ...inLine(2), prev: zeros64 };
      expect(judgeLine([inLine(1), other], { from: 1 })).toBe(notThere);
      expect(judgeLine([inLine(1), other])).toBe(notThere);
    });

    it('takes a day of one a second of them, and no more', () => {
      const ids = Array.from({ length: 86_402 }, (_, seq) => idOf(seq));
      const places = new Map(ids.map((id, seq) => [id, seq]));
      const published = (id: string): PublishedReceipt | undefined => {
        const seq = places.get(id) ?? 0;
        return seq === 0 ? undefined : { id, place: 0, receipt: { org, witness: hex('2'), seq, prev: ids[seq - 1] ?? '', upToMs: seq, entries: [] } };
      };
      const upTo = (seq: number): string => judge({ statement: { ...statement, receipts: [[hex('2'), seq, ids[seq] ?? '']] } }, { published });
      expect(upTo(86_400)).toBe('sound 86400');
      expect(upTo(86_401)).toBe(notThere);
    });
  });
});
