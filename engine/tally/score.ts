// Score: the sum of points. A table of scores keeps place 1 for the highest score allowed, so that the same table also compares options in pairs.
import type { CountedTable } from './ballot.ts';
import { sumBySlot } from './sums.ts';

/** Adds up points by candidate index, where place p stands for `to + 1 - p` points. Exact. Pure. */
export function scoreSums(table: CountedTable, range: { readonly from: bigint; readonly to: bigint }): bigint[] {
  const placesCount = Number(range.to - range.from) + 1;
  return Array.from({ length: table.candidatesCount }, (_, option) => {
    const byPlace = sumBySlot(table, placesCount + 1, (ballot) => table.ranks[ballot * table.candidatesCount + option] ?? 0);
    return byPlace.reduce((sum, weight, place) => (place === 0 ? sum : sum + weight * (range.to + 1n - BigInt(place))), 0n);
  });
}
