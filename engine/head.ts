// Heads: the last final batch of every device, kept in the state as `head/<device>` (ledger.md section 13). Two heads of one device are the
// proof of equivocation and freeze its key (section 10). Whether a new batch forks is order.ts's.
import { byCodeUnit, isList } from './canonical.ts';
import type { Json } from './canonical.ts';
import type { Batch } from './event.ts';
import { invariant } from './invariant.ts';
import { lastSeq } from './order.ts';
import type { State } from './state.ts';
import { readRow, writeRow } from './state.ts';

/** The last batch of a device, or of one branch of it. */
export type Head = readonly [device: string, seq: number, batch: string];

/** The final heads of a device: none, one, or several after a fork. */
export function finalHeads(state: State, device: string): readonly Head[] {
  const entry = readRow(state, 'head/', device);
  if (entry === undefined) return [];
  const { batch, fork, seq } = entry;
  if (!isList(fork)) return [headOf(device, seq, batch)];
  return fork.map((branch) => {
    invariant(isList(branch), 'a branch is a list');
    return headOf(device, branch[0], branch[1]);
  });
}

function headOf(device: string, seq: Json | undefined, batch: Json | undefined): Head {
  invariant(typeof seq === 'number' && typeof batch === 'string', 'a head is the last number of a batch, and its id');
  return [device, seq, batch];
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
  const rows = [...added]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([device, own]) => ({ device, heads: [...(before.get(device) ?? []), ...own].filter(([, , id]) => !continued.has(id)).sort(byBatch) }));
  const state = rows.reduce((current, { device, heads }) => writeHeads(current, device, heads), after);
  return { state, heads: rows.flatMap((row) => row.heads) };
}

function byBatch(left: Head, right: Head): number {
  return byCodeUnit(left[2], right[2]);
}

function writeHeads(state: State, device: string, heads: readonly Head[]): State {
  // SAFETY: whatever continues a batch is a batch of the device too, so that one is left that nothing continues.
  const top = heads.reduce((most, head) => (head[1] > most[1] ? head : most));
  const entry = { batch: top[2], seq: top[1] };
  return writeRow(state, 'head/', device, heads.length === 1 ? entry : { ...entry, fork: heads.map(([, seq, batch]) => [seq, batch]) });
}
