// The head of a device is the same whatever order its batches came in, also where its key was used on two branches.
import { expect, it } from 'vitest';
import { headsOf } from '../../../node/ledger/settled.ts';
import type { PlacedBatch } from '../../../node/ledger/view.ts';

function placed(id: string, device: string, seq: number): PlacedBatch {
  return { batch: { id: id.repeat(64), device, seq, count: 1, prev: '0'.repeat(64) }, commit: id.repeat(40) };
}

it('The head of a forked key is the same for every order in which its branches came (I03, simulator seed 59)', () => {
  const [first, left, right, other] = [placed('9', 'one', 1), placed('b', 'one', 2), placed('a', 'one', 2), placed('c', 'two', 1)];
  const headIn = (order: readonly PlacedBatch[]): unknown => Object.fromEntries(headsOf(new Map(order.map((one) => [one.batch.id, one]))));
  const expected = { one: right, two: other };
  expect(headIn([first, left, right, other])).toEqual(expected);
  expect(headIn([other, right, left, first])).toEqual(expected);
});
