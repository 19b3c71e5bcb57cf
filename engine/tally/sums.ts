// Sums of ballot weights by slot. Numbers are used only while the total weight is a safe integer, where their sums are exact; above, big integers.
// It knows nothing of methods.
import { type BallotTable, type CountedTable, totalWeight } from './ballot.ts';

/** A table ready for adding: its weights are turned into numbers once, and not in every round. Pure. */
export function countedTable(table: BallotTable): CountedTable {
  return { ...table, small: totalWeight(table) <= BigInt(Number.MAX_SAFE_INTEGER) ? Float64Array.from(table.weights, Number) : undefined };
}

/**
 * Adds each ballot's weight to the slot `slotOf` gives it; a negative slot adds to none. Exact. Pure if `slotOf` is.
 * @returns one sum per slot
 */
export function sumBySlot(table: CountedTable, slotsCount: number, slotOf: (ballot: number) => number): bigint[] {
  const { small } = table;
  if (small !== undefined) {
    const sums = new Float64Array(slotsCount);
    for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
      const slot = slotOf(ballot);
      if (slot >= 0) sums[slot] = (sums[slot] ?? 0) + (small[ballot] ?? 0);
    }
    return Array.from(sums, BigInt);
  }
  const sums = Array.from<bigint>({ length: slotsCount }).fill(0n);
  for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
    const slot = slotOf(ballot);
    if (slot >= 0) sums[slot] = (sums[slot] ?? 0n) + (table.weights[ballot] ?? 0n);
  }
  return sums;
}
