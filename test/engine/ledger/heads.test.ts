// Heads: what the state keeps of every device's last batch, and of a device that signed one number twice (ledger.md sections 10 and 13).
import { describe, expect, it } from 'vitest';
import { finalHeads, finalSeq, isFrozen, readEntry, type Batch } from '../../../engine/index.ts';
import { ballot, batchOf, fold, officers } from './epoch-builder.ts';

const start = officers('ada', 'ben');
const byId = (one: Batch, two: Batch): number => (one.id < two.id ? -1 : 1);

/** Three batches of one device that follow upon one batch, or upon nothing, ascending by their ids. */
const branches = (seq: number, prev?: string): readonly [Batch, Batch, Batch] => {
  const [one, two, three] = ['yes', 'no', 'abstain']
    .map((choice) => batchOf('ben', { seq, ...(prev === undefined ? {} : { prev }) }, [ballot('x', choice)]))
    .toSorted(byId);
  if (one === undefined || two === undefined || three === undefined) throw new Error('three batches were made');
  return [one, two, three];
};

describe('the head of a device', () => {
  it('is its last final batch, and there is none before its first (ledger.md section 13)', () => {
    expect([finalHeads(start, 'ben'), finalSeq(start, 'ben'), isFrozen(start, 'ben')]).toEqual([[], 0, false]);
    const first = batchOf('ben', { seq: 1 }, [ballot('x'), ballot('y')]);
    const second = batchOf('ben', { seq: 3, prev: first.id }, [ballot('x')]);
    const early = fold(start, [[first, 1]]);
    expect([finalHeads(early.state, 'ben'), finalSeq(early.state, 'ben')]).toEqual([[['ben', 2, first.id]], 2]);
    const late = fold(early.state, [[second, 1]]);
    expect([late.heads, finalHeads(late.state, 'ben'), finalSeq(late.state, 'ben'), isFrozen(late.state, 'ben')]).toEqual([
      [['ben', 3, second.id]],
      [['ben', 3, second.id]],
      3,
      false,
    ]);
    expect(readEntry(late.state, 'head/ben')).toEqual({ batch: second.id, seq: 3 });
    expect(finalHeads(late.state, 'ada')).toEqual([]);
  });
});

describe('the heads of a device that signed one number twice', () => {
  it('are all its branches, ascending, whichever came first; the row names the longest, of equal ones the first (ledger.md section 10)', () => {
    const [one, two, three] = branches(1);
    const rows = [one, two, three].map((batch) => ['ben', 1, batch.id]);
    for (const [first, second, third] of [
      [one, two, three],
      [three, two, one],
      [two, three, one],
    ] as const) {
      const result = fold(start, [
        [first, 1],
        [second, 1],
        [third, 2],
      ]);
      expect(result.heads).toEqual(rows);
      expect(finalHeads(result.state, 'ben')).toEqual(rows);
      expect(readEntry(result.state, 'head/ben')).toEqual({ batch: one.id, seq: 1, fork: rows.map(([, seq, id]) => [seq, id]) });
      expect([isFrozen(result.state, 'ben'), finalSeq(result.state, 'ben')]).toEqual([true, 1]);
    }
  });

  it('follow each branch on by itself, in later epochs too', () => {
    const [one, two, three] = branches(1);
    const forked = fold(start, [
      [one, 1],
      [two, 1],
    ]);
    for (const [continued, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const next = batchOf('ben', { seq: 2, prev: continued.id }, [ballot('y')]);
      const later = fold(forked.state, [[next, 9]]);
      expect(finalHeads(later.state, 'ben')).toEqual([next, other].toSorted(byId).map((batch) => ['ben', batch.seq, batch.id]));
      expect(readEntry(later.state, 'head/ben')).toMatchObject({ batch: next.id, seq: 2 });
      expect(finalSeq(later.state, 'ben')).toBe(2);
      // A third branch joins the two.
      expect(fold(later.state, [[three, 10]]).heads).toEqual([next, other, three].toSorted(byId).map((batch) => ['ben', batch.seq, batch.id]));
    }
  });

  it('are two where a batch follows upon an older one than the last, and other devices keep one', () => {
    const first = batchOf('ben', { seq: 1 }, [ballot('x')]);
    const second = batchOf('ben', { seq: 2, prev: first.id }, [ballot('x')]);
    const [again] = branches(2, first.id);
    const before = fold(start, [
      [first, 1],
      [second, 2],
    ]);
    const hers = batchOf('ada', { seq: 1 }, [ballot('x')]);
    const result = fold(before.state, [
      [again, 3],
      [hers, 3],
    ]);
    expect(result.heads).toEqual([['ada', 1, hers.id], ...[second, again].toSorted(byId).map((batch) => ['ben', 2, batch.id])]);
    expect([isFrozen(result.state, 'ada'), isFrozen(result.state, 'ben')]).toEqual([false, true]);
    expect(readEntry(result.state, 'head/ada')).toEqual({ batch: hers.id, seq: 1 });
  });
});
