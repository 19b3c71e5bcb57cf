// Sums of ballot weights by slot. Numbers are used only while the total weight is a safe integer, where their sums are exact; above, big integers.
// It knows nothing of methods.
import { type BallotTable, totalWeight } from './ballot.ts';

/** Weights ready for adding: `small` is present where every possible sum is an exact number. */
export interface Weights {
  readonly big: readonly bigint[];
  readonly small: Float64Array | undefined;
  readonly total: bigint;
}

/** The weights of a table in the form that `sumBySlot` adds fastest. Pure. */
export function weightsOf(table: BallotTable): Weights {
  const total = totalWeight(table);
  const small = total <= BigInt(Number.MAX_SAFE_INTEGER) ? Float64Array.from(table.weights, Number) : undefined;
  return { big: table.weights, small, total };
}

/**
 * Adds each ballot's weight to the slot `slotOf` gives it; a negative slot adds to none. Exact. Pure if `slotOf` is.
 * @returns one sum per slot
 */
export function sumBySlot(table: BallotTable, slotsCount: number, slotOf: (ballot: number) => number): bigint[] {
  const weights = weightsOf(table);
  if (weights.small !== undefined) {
    const sums = new Float64Array(slotsCount);
    for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
      const slot = slotOf(ballot);
      if (slot >= 0) sums[slot] = (sums[slot] ?? 0) + (weights.small[ballot] ?? 0);
    }
    return Array.from(sums, BigInt);
  }
  const sums = Array.from<bigint>({ length: slotsCount }).fill(0n);
  for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
    const slot = slotOf(ballot);
    if (slot >= 0) sums[slot] = (sums[slot] ?? 0n) + (weights.big[ballot] ?? 0n);
  }
  return sums;
}
