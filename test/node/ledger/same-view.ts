// What two views of one ledger must have in common, wherever each of them begins: all that the next epoch, the gate and the members read.
import { receiptId, encodeReceipt } from '../../../engine/index.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';

function sorted<Value>(entries: Iterable<readonly [string, Value]>): readonly (readonly [string, Value])[] {
  return [...entries].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** Everything that decides what comes next. */
export function goingOn(view: LedgerView): Readonly<Record<string, unknown>> {
  const pending = view.pending.map((stored) => stored.batch.id);
  return {
    checkpoints: [...view.checkpointById.keys()],
    state: view.tip.statement.state,
    bylaws: view.bylawsHash,
    charter: view.charter,
    main: [view.mainCommit, view.mainFiles],
    merges: [...view.earlierMerges.map(({ commit }) => commit), ...view.merges.map(({ commit }) => commit)],
    batches: [...view.settled.keys(), ...view.batches.keys()].toSorted(),
    seen: sorted(view.seen),
    pending: pending.toSorted(),
    rejected: sorted(view.rejected.map((one) => [one.commit, one.code])),
    heads: sorted([...view.heads].map(([device, { batch, commit }]) => [device, { id: batch.id, commit }])),
    witnesses: view.witnesses,
    openReceipts: view.openReceipts.map((receipt) => receiptId(encodeReceipt(receipt))).toSorted(),
    receipts: sorted([...view.receipts].map(([device, { id, commit }]) => [device, { id, commit }])),
    votes: sorted([...view.votes].map(([device, { commit }]) => [device, commit])),
    receivedMs: pending.toSorted().map((id) => view.receivedMs.get(id)),
  };
}
