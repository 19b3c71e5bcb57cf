// Heads: the last final batch of every device, kept in the state as `head/<device>` (ledger.md section 13). Two heads of one device are the
// proof of equivocation and freeze its key (section 10). Whether a new batch forks is order.ts's.
import { byCodeUnit, isList } from './canonical.ts';
import type { Json } from './canonical.ts';
import type { Batch } from './event.ts';
import { lastSeq } from './order.ts';
import type { State } from './state.ts';
import { readRow, writeRow } from './state.ts';

/** The last batch of a device, or of one branch of it. */
export type Head = readonly [device: string, seq: number, batch: string];

/** The final heads of a device: none, one, or several after a fork. */
export function finalHeads(state: State, device: string): readonly Head[] {
  const entry = readRow(state, 'head/', device);
  if (entry === undefined) return [];
  const { fork } = entry;
  return (isList(fork) ? fork : [[entry['seq'] ?? 0, entry['batch'] ?? '']]).flatMap((row) => headOf(device, row));
}

function headOf(device: string, row: Json): readonly Head[] {
  const [seq, batch] = isList(row) ? row : [];
  return typeof seq === 'number' && typeof batch === 'string' ? [[device, seq, batch]] : [];
}

/** The greatest final sequence number of a device, 0 for none. */
export function finalSeq(state: State, device: string): number {
  return seqOf(finalHeads(state, device));
}

/** The greatest sequence number of heads, 0 for none. */
export function seqOf(heads: readonly Head[]): number {
  return heads.reduce((most, [, seq]) => Math.max(most, seq), 0);
}

/** True iff two heads of a device are final: everything it signs that is no fact is void (GDO1042). */
export function isFrozen(state: State, device: string): boolean {
  return finalHeads(state, device).length > 1;
}

/**
 * Writes the heads after an epoch.
 * @param before - the final heads of each device of the epoch, as it started
 * @param batches - what the epoch included, in any order
 * @returns the state with `head/<device>` = {batch, seq}, after a fork also {fork: [[seq, batch]]}; and the heads of the devices that advanced
 */
export function advanceHeads(
  before: ReadonlyMap<string, readonly Head[]>,
  after: State,
  batches: readonly Batch[],
): { readonly state: State; readonly heads: readonly Head[] } {
  const continued = new Set(batches.map((batch) => batch.prev));
  const added = new Map<string, Head[]>();
  for (const batch of batches) {
    const head: Head = [batch.device, lastSeq(batch), batch.id];
    const known = added.get(batch.device);
    if (known === undefined) added.set(batch.device, [head]);
    else known.push(head);
  }
  const rows = [...added.keys()].sort(byCodeUnit).map((device) => {
    const all = [...(before.get(device) ?? []), ...(added.get(device) ?? [])].filter(([, , id]) => !continued.has(id));
    return { device, heads: all.length > 1 ? all.sort(byBatch) : all };
  });
  const state = rows.reduce((current, { device, heads }) => writeHeads(current, device, heads), after);
  return { state, heads: rows.flatMap((row) => row.heads) };
}

function byBatch(left: Head, right: Head): number {
  return byCodeUnit(left[2], right[2]);
}

function writeHeads(state: State, device: string, heads: readonly Head[]): State {
  let [top] = heads;
  for (const head of heads) if (top === undefined || head[1] > top[1]) top = head;
  if (top === undefined) return state;
  const entry = { batch: top[2], seq: top[1] };
  return writeRow(state, 'head/', device, heads.length === 1 ? entry : { ...entry, fork: heads.map(([, seq, batch]) => [seq, batch]) });
}
