// One final epoch as an observer sees it, with receipt times, order and ancestors computed again in the plainest way: slow, and written apart from the engine's.
import type { Batch, Checkpoint, LedgerEvent, Receipt, State, Verdict } from '../../engine/index.ts';
import type { LedgerView } from '../../node/ledger/view.ts';

/** One judged event. */
export interface JudgedRow {
  readonly event: LedgerEvent;
  readonly verdict: Verdict;
  readonly batch: Batch;
}

/** A final epoch. */
export interface FinalEpoch {
  readonly height: number;
  readonly statement: Checkpoint;
  readonly before: State;
  readonly after: State;
  /** In the order in which they were judged. */
  readonly rows: readonly JudgedRow[];
  /** Batches in the order in which they were judged. */
  readonly batches: readonly Batch[];
}

/** The epoch of a height of a view. */
export function finalEpoch(view: LedgerView, height: number): FinalEpoch | undefined {
  const [previous, checkpoint] = [view.checkpoints[height - 1], view.checkpoints[height]];
  if (previous === undefined || checkpoint === undefined) return undefined;
  const batches = checkpoint.included.flatMap((id) => view.batches.get(id)?.batch ?? []);
  const rows = batches.flatMap((batch) =>
    batch.events.flatMap((event) => {
      const judged = view.verdicts.get(event.id);
      // A line that was signed in two branches was judged where it came first.
      return judged?.batch === batch.id ? [{ event, verdict: judged.verdict, batch }] : [];
    }),
  );
  return { height, statement: checkpoint.statement, before: previous.state, after: checkpoint.state, rows, batches };
}

/** Receipt times by the receipts that a checkpoint names, of the witnesses given; clamped to parents in the epoch (SPEC.md sections 9 and 10). */
export function plainTimes(epoch: FinalEpoch, receipts: ReadonlyMap<string, Receipt>, witnesses: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>();
  for (const [witness, , id] of epoch.statement.receipts) {
    if (!witnesses.includes(witness)) continue;
    const own = new Map<string, number>();
    for (let one = receipts.get(id); one !== undefined; one = receipts.get(one.prev))
      for (const [batch, timeMs] of one.entries) own.set(batch, Math.min(timeMs, own.get(batch) ?? timeMs));
    for (const [batch, timeMs] of own) times.set(batch, [...(times.get(batch) ?? []), timeMs]);
  }
  const found = new Map<string, number>();
  for (const batch of epoch.batches) {
    const sorted = (times.get(batch.id) ?? []).toSorted((left, right) => left - right);
    const median = sorted[Math.ceil(sorted.length / 2) - 1] ?? -1;
    found.set(batch.id, Math.max(median, ...[batch.prev, ...batch.deps].map((parent) => found.get(parent) ?? -1)));
  }
  return found;
}

/** What each batch of an epoch was written in knowledge of, inside the epoch. */
export function ancestors(batches: readonly Batch[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(batches.map((batch) => [batch.id, batch]));
  const found = new Map<string, Set<string>>();
  for (const batch of batches) {
    const known = new Set<string>();
    const open = [batch.prev, ...batch.deps];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const parent = byId.get(id);
      if (parent === undefined || known.has(id)) continue;
      known.add(id);
      open.push(parent.prev, ...parent.deps);
    }
    found.set(batch.id, known);
  }
  return found;
}

/** The order of SPEC.md section 10: of the batches whose parents were taken, always the one with the least (time, id). */
export function plainOrder(batches: readonly Batch[], times: ReadonlyMap<string, number>): readonly string[] {
  const left = new Map(batches.map((batch) => [batch.id, batch]));
  const order: string[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter((batch) => ![batch.prev, ...batch.deps].some((parent) => left.has(parent)));
    const [first] = ready.toSorted((one, other) => (times.get(one.id) ?? 0) - (times.get(other.id) ?? 0) || (one.id < other.id ? -1 : 1));
    if (first === undefined) return order;
    order.push(first.id);
    left.delete(first.id);
  }
  return order;
}
