// Which stages may close at a checkpoint: those whose end the receipts that it names have reached, with nothing left out that came before it
// (ledger.md section 11, "A stage closes"). It closes nothing; closing.ts does.
import type { WitnessSet } from './finality.ts';
import { finalityNumbers, totalWeight, weightIn } from './finality.ts';
import type { ReceiptRows } from './receipt.ts';

/** What a checkpoint's receipts say beyond the times of its own batches. */
export interface SettlingInput {
  readonly set: WitnessSet;
  readonly settleMs: number;
  /** The checkpoint's time. */
  readonly timeMs: number;
  /** How far each witness's named receipts reach. */
  readonly upToMs: ReadonlyMap<string, number>;
  /** Batches with receipts that are in no epoch up to this one. */
  readonly leftOut: readonly ReceiptRows[];
}

/**
 * The instant up to which stages may close: receipts of weight q reach it and `settleMs` beyond, and no batch left out with receipts of weight f+1
 * was received before it. Pure. Never later than the checkpoint.
 */
export function settledMs(input: SettlingInput): number {
  const { set, timeMs } = input;
  const { faulty, quorum } = finalityNumbers(totalWeight(set));
  const reached = [...input.upToMs].map(([witness, upToMs]) => ({ upToMs, weight: weightIn(set, witness) })).sort((left, right) => right.upToMs - left.upToMs);
  let weight = 0;
  let settled = -1;
  for (const row of reached) {
    weight += row.weight;
    if (weight < quorum) continue;
    settled = Math.min(timeMs, row.upToMs - input.settleMs);
    break;
  }
  for (const rows of input.leftOut) {
    const counted = rows.filter(([witness]) => weightIn(set, witness) > 0);
    if (counted.reduce((sum, [witness]) => sum + weightIn(set, witness), 0) <= faulty) continue;
    settled = counted.reduce((least, [, receivedMs]) => Math.min(least, receivedMs), settled);
  }
  return settled;
}
