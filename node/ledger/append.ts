// Writing to one's own log: signs events as one batch on top of what is known here. Whether they count is for the fold to say.
import { eventsPerBatchMax, invariant, depsMax, type EventDraft } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { signBatch, type StoredBatch } from './batch.ts';
import type { Signer } from './keys.ts';
import { openLedger } from './replay.ts';
import { memberOf, withBatches, type LedgerView } from './view.ts';

/** What one batch says: events without time, and files that travel with it (change sets, compiled bylaws, reasons). */
export interface Append {
  readonly events: readonly Omit<EventDraft, 'tsMs'>[];
  readonly attachments?: readonly Uint8Array[];
  /** The author's clock: shown, never judged. */
  readonly clockMs: number;
}

/** The batch as stored, and the view that knows it. */
export interface Appended {
  readonly stored: StoredBatch;
  readonly view: LedgerView;
}

/**
 * Signs one batch and moves the signer's log to it by compare-and-swap. The caller has fetched that log before (ledger.md section 2).
 * @throws WorldError GDO5021 where the key is nobody's here, GDO1043 where the log moved meanwhile
 */
export async function appendEvents(view: LedgerView, signer: Signer, append: Append): Promise<Appended> {
  invariant(append.events.length > 0 && append.events.length <= eventsPerBatchMax, 'a batch has 1 to 256 events');
  const actor = memberOf(view.state, signer.device);
  if (actor === undefined) {
    throw new WorldError(
      'GDO5021',
      `The key ${signer.path === '' ? signer.device.slice(0, 16) : signer.path} belongs to no member of ${view.name}`,
      'choose another with --key, or ask a member to enrol it',
    );
  }
  const head = view.heads.get(signer.device);
  const signed = await signBatch(signer, {
    org: view.org,
    actor,
    seq: head === undefined ? 1 : head.batch.seq + head.batch.count,
    prev: head === undefined ? undefined : { id: head.batch.id, commit: head.commit },
    deps: openHeads(view, signer.device),
    base: view.tip.id,
    events: append.events.map((event) => ({ ...event, tsMs: append.clockMs })),
    attachments: append.attachments ?? [],
  });
  const { objects, ...stored } = signed;
  await view.repository.writeObjects(objects);
  const moved = await view.repository.updateRefs([{ ref: logRef(signer.device), old: head?.commit, next: signed.commit }]);
  if (moved.kind === 'conflict') {
    throw new WorldError('GDO1043', 'Something was signed with this key since the ledger was read', 'run the same command again', new Error(moved.reason));
  }
  return { stored, view: withBatches(view, [stored], []) };
}

/**
 * Takes back a batch that the node refused, so that the log can go on: its number is signed anew by the next one (ledger.md section 2, F0).
 * Only the newest batch of a log, and only one that no other copy accepted.
 * @throws WorldError GDO1043 where the log has moved on
 */
export async function takeBack(view: LedgerView, stored: StoredBatch): Promise<LedgerView> {
  const previous = view.batches.get(stored.batch.prev)?.commit;
  const moved = await view.repository.updateRefs([{ ref: logRef(stored.batch.device), old: stored.commit, next: previous }]);
  if (moved.kind === 'conflict')
    throw new WorldError('GDO1043', 'The log has moved on, so its last record cannot be taken back', 'run `gdo sync`', new Error(moved.reason));
  return openLedger(view.repository);
}

/** The ref of a device's log. */
export function logRef(device: string): string {
  return `refs/gdo/log/${device}`;
}

/** Heads of other devices that no checkpoint covers: what this batch was written in knowledge of. */
function openHeads(view: LedgerView, device: string): readonly { readonly id: string; readonly commit: string }[] {
  const open = new Set(view.pending.map((stored) => stored.batch.id));
  return [...view.heads.values()]
    .filter((stored) => stored.batch.device !== device && open.has(stored.batch.id))
    .map((stored) => ({ id: stored.batch.id, commit: stored.commit }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
    .slice(0, depsMax);
}
