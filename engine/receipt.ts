// Receipt times: what the witnesses of the previous height say about when a batch arrived, and how their receipts follow each other
// (ledger.md sections 7, 11 and 12). Signatures are judged before; clamping to dependencies is order.ts's.
import { byCodeUnit } from './canonical.ts';
import type { WitnessSet } from './finality.ts';
import { finalityNumbers, totalWeight, weightIn } from './finality.ts';
import type { Receipt } from './statement.ts';

/** Who received a batch when. */
export type ReceiptRows = readonly (readonly [witness: string, timeMs: number])[];

/**
 * The receipt time of every batch that witnesses of weight >= q have received: the lower weighted median of their times. Pure; the order of the
 * receipts has no effect.
 * @param receipts - the prefixes that a checkpoint names, at most one entry per witness and batch counted: the earliest time
 * @param set - the witnesses of the previous height
 * @returns batch id to milliseconds; a batch without a quorum is not in it
 */
export function receiptTimes(receipts: readonly Receipt[], set: WitnessSet): ReadonlyMap<string, number> {
  const { quorum } = finalityNumbers(totalWeight(set));
  const found = new Map<string, number>();
  for (const [batch, times] of rowsByBatch(receipts)) {
    const rows = times.map(([witness, timeMs]) => ({ witness, timeMs, weight: weightIn(set, witness) })).filter(({ weight }) => weight > 0);
    const total = rows.reduce((sum, row) => sum + row.weight, 0);
    if (total >= quorum) found.set(batch, lowerMedian(rows, total));
  }
  return found;
}

function lowerMedian(rows: readonly { readonly witness: string; readonly timeMs: number; readonly weight: number }[], total: number): number {
  let reached = 0;
  for (const { timeMs, weight } of [...rows].sort((left, right) => left.timeMs - right.timeMs || byCodeUnit(left.witness, right.witness))) {
    reached += weight;
    if (reached * 2 >= total) return timeMs;
  }
  return 0;
}

/** Who received each batch when, the earliest time of each witness; the order of the receipts has no effect. */
export function rowsByBatch(receipts: readonly Receipt[]): ReadonlyMap<string, ReceiptRows> {
  const seen = new Map<string, Map<string, number>>();
  for (const { witness, entries } of receipts) {
    for (const [batch, timeMs] of entries) {
      const times = seen.get(batch) ?? new Map<string, number>();
      seen.set(batch, times.set(witness, Math.min(timeMs, times.get(witness) ?? timeMs)));
    }
  }
  return new Map([...seen].map(([batch, times]) => [batch, [...times]]));
}

/**
 * Checks that a receipt follows the one before it on its witness's ref. Pure.
 * @param previous - absent for the first receipt
 * @returns ok, or GDO1014 (another organization or witness), GDO1021 (sequence gap), GDO1022 (other predecessor), GDO1003 (a time outside
 * previous `upTo` .. own `upTo`)
 */
export function checkReceiptFollows(
  previous: { readonly id: string; readonly receipt: Receipt } | undefined,
  next: Receipt,
): { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly code: 'GDO1003' | 'GDO1014' | 'GDO1021' | 'GDO1022'; readonly reason: string } {
  const before = previous?.receipt;
  if (before !== undefined && (before.org !== next.org || before.witness !== next.witness)) {
    return { kind: 'refused', code: 'GDO1014', reason: 'the receipt is of another organization or witness' };
  }
  if (next.seq !== (before?.seq ?? 0) + 1) return { kind: 'refused', code: 'GDO1021', reason: 'the receipt does not have the next number' };
  if (next.prev !== (previous?.id ?? '0'.repeat(64))) return { kind: 'refused', code: 'GDO1022', reason: 'the receipt names another one before it' };
  const from = before?.upToMs ?? 0;
  if (next.upToMs < from || next.entries.some(([, timeMs]) => timeMs < from || timeMs > next.upToMs)) {
    return { kind: 'refused', code: 'GDO1003', reason: 'a receipt time lies outside the time that this receipt covers' };
  }
  return { kind: 'ok' };
}
