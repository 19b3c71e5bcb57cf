// From receipts to the input of an epoch: who has received what when, by the witnesses of the height before (ledger.md section 11). It signs nothing.
import { finalityNumbers, readEntry, receiptTimes, rowsByBatch, settledMs, totalWeight, weightIn, type Checkpoint, type Receipt } from '../../engine/index.ts';
import { earlierChange } from './earlier-change.ts';
import type { EpochRequest } from './epoch.ts';
import { memberOf, placedBatch, type LedgerView } from './view.ts';

/** What a checkpoint is computed from besides the view. */
export interface ReceivedInput {
  readonly timeMs: number;
  /** The receipt prefixes as the checkpoint names them. */
  readonly named: Checkpoint['receipts'];
  /** The receipts in these prefixes that no earlier checkpoint names. */
  readonly added: readonly Receipt[];
}

/** The witness that a device signs for; undefined where it is none. In F0 any unrevoked key of the holder signs in the witness's place (ledger.md section 12). */
export function seatOf(view: Pick<LedgerView, 'genesis' | 'state' | 'witnesses'>, device: string): string | undefined {
  const { genesis, state, witnesses } = view;
  if (genesis.finality === 'F1') return weightIn(witnesses, device) > 0 ? device : undefined;
  const member = memberOf(state, device);
  if (member === undefined) return undefined;
  return witnesses.rows.find(([witness]) => weightIn(witnesses, witness) > 0 && readEntry(state, `key/${witness}`)?.['member'] === member)?.[0];
}

/** The request for one epoch; `times` are the receipt times of the batches that a quorum has received. */
export function epochRequest(view: LedgerView, input: ReceivedInput): EpochRequest & { readonly times: ReadonlyMap<string, number> } {
  const { genesis, witnesses } = view;
  const seated = (receipt: Receipt): readonly Receipt[] => {
    const witness = seatOf(view, receipt.witness);
    return witness === undefined ? [] : [{ ...receipt, witness }];
  };
  const receipts = [...view.openReceipts, ...input.added].flatMap(seated);
  const times = receiptTimes(receipts, witnesses);
  const rows = rowsByBatch(receipts);
  const open = new Set(view.pending.map((stored) => stored.batch.id));
  const upToMs = new Map<string, number>();
  for (const receipt of [...[...view.receipts.values()].map((stored) => stored.receipt), ...input.added].flatMap(seated))
    upToMs.set(receipt.witness, Math.max(receipt.upToMs, upToMs.get(receipt.witness) ?? 0));
  const { faulty } = finalityNumbers(totalWeight(witnesses));
  const weightOf = (batch: string): number => (rows.get(batch) ?? []).reduce((sum, [witness]) => sum + weightIn(witnesses, witness), 0);
  return {
    batches: view.pending,
    times,
    receivedMs: (batch) => times.get(batch),
    rows: (batch) => rows.get(batch) ?? [],
    settle: (included) => {
      // A batch that is neither here nor final counts too: its receipts alone say that it waits.
      const left = [...rows.keys()].filter((batch) => !included.has(batch) && (open.has(batch) || placedBatch(view, batch) === undefined));
      return {
        settledMs: settledMs({
          set: witnesses,
          settleMs: genesis.params.settleMs,
          timeMs: input.timeMs,
          upToMs,
          leftOut: left.map((batch) => rows.get(batch) ?? []),
        }),
        renewsWitnesses: genesis.finality === 'F1' && left.every((batch) => weightOf(batch) <= faulty),
      };
    },
    baseMs: (checkpoint) => view.checkpointById.get(checkpoint)?.timeMs,
    timeMs: input.timeMs,
    receipts: input.named,
    change: (id) => view.changes.get(id) ?? earlierChange(view, id),
    mainBefore: (id) => {
      const isMerge = (one: { readonly case: string; readonly undo?: true }): boolean => one.case === id && one.undo === undefined;
      return view.merges.find(({ merge }) => isMerge(merge))?.parent ?? view.earlierMerges.find(isMerge)?.parent;
    },
  };
}
