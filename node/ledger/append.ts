// Writing to one's own log: signs events as one batch on top of what is known here. Whether they count is for the fold to say.
import { eventsPerBatchMax, invariant, depsMax, type EventDraft } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { objectWriter } from '../git/object-writer.ts';
import type { RefChange } from '../git/repository.ts';
import type { StoredBatch } from './batch.ts';
import type { Signer } from './keys.ts';
import { openLedger } from './replay.ts';
import { signBatches } from './sign-batches.ts';
import { memberOf, placedBatch, withBatches, type LedgerView, type PlacedBatch } from './view.ts';

/** What one batch says: events without time, and files that travel with it (change sets, compiled bylaws, reasons). */
export interface Append {
  readonly events: readonly Omit<EventDraft, 'tsMs'>[];
  readonly attachments?: readonly Uint8Array[];
  /** The author's clock: shown, never judged. */
  readonly clockMs: number;
  /** Refs that move with the log, or not at all: what the batch speaks of has its name exactly where the batch is. */
  readonly names?: readonly RefChange[];
}

/** The batch as stored, and the view that knows it. */
export interface Appended {
  readonly stored: StoredBatch;
  readonly view: LedgerView;
}

/** Several batches as stored, in order, and the view that knows them. */
export interface AppendedBatches {
  readonly stored: readonly StoredBatch[];
  readonly view: LedgerView;
}

/**
 * Signs one batch and moves the signer's log to it by compare-and-swap. The caller has fetched that log before (ledger.md section 2).
 * @throws WorldError GDO5021 where the key is nobody's here, GDO1043 where the log moved meanwhile
 */
export async function appendEvents(view: LedgerView, signer: Signer, append: Append): Promise<Appended> {
  const { stored, view: next } = await appendBatches(view, signer, [append]);
  const [first] = stored;
  invariant(first !== undefined, 'what is appended is stored');
  return { stored: first, view: next };
}

/**
 * Signs batches one on top of the other and moves the log once: for programs that have much to say, such as sensors. All of it is stored, or none.
 * @throws WorldError as `appendEvents` does
 */
export async function appendBatches(view: LedgerView, signer: Signer, appends: readonly Append[]): Promise<AppendedBatches> {
  invariant(
    appends.every(({ events }) => events.length > 0 && events.length <= eventsPerBatchMax),
    'a batch has 1 to 256 events',
  );
  const actor = memberOf(view.state, signer.device);
  if (actor === undefined) {
    throw new WorldError(
      'GDO5021',
      `The key ${signer.path === '' ? signer.device.slice(0, 16) : signer.path} belongs to no member of ${view.name}`,
      'choose another with --key, or ask a member to enrol it',
    );
  }
  const { tip, head } = await ownHead(view, signer.device);
  const objects = objectWriter(view.repository);
  try {
    const author = { signer, org: view.org, actor, base: view.tip.id, head, deps: openHeads(view, signer.device) };
    const stored = await signBatches(author, appends, objects);
    await objects.close();
    const names = appends.flatMap((append) => append.names ?? []);
    const moved = await view.repository.updateRefs([...names, { ref: logRef(signer.device), old: tip, next: stored.at(-1)?.commit }]);
    if (moved.kind === 'conflict') throw signedSince(moved.reason);
    return { stored, view: withBatches(view, stored, []) };
  } finally {
    objects.discard();
  }
}

function signedSince(reason: string): WorldError {
  return new WorldError('GDO1043', 'Something was signed with this key since the ledger was read', 'run the same command again', new Error(reason));
}

/** What the next batch of a key is put on: the end of its log in this copy, also where another branch of the key, which this copy keeps beside it, is longer. */
async function ownHead(view: LedgerView, device: string): Promise<{ readonly tip: string | undefined; readonly head: PlacedBatch | undefined }> {
  const tip = await view.repository.resolve(logRef(device));
  const head = tip === undefined ? undefined : placedBatch(view, view.seen.get(tip) ?? '');
  if (tip !== undefined && head === undefined) throw signedSince(`${logRef(device)} ends in ${tip}, which the view does not know`);
  return { tip, head };
}

/**
 * Takes back a batch that the node refused, so that the log can go on: its number is signed anew by the next one (ledger.md section 2, F0).
 * Only the newest batch of a log, and only one that no other copy accepted.
 * @param names - refs that moved with it; they move back
 * @throws WorldError GDO1043 where the log has moved on
 */
export async function takeBack(view: LedgerView, stored: StoredBatch, names: readonly RefChange[] = []): Promise<LedgerView> {
  const previous = placedBatch(view, stored.batch.prev)?.commit;
  const back = names.map(({ ref, old, next }) => ({ ref, old: next, next: old }));
  const moved = await view.repository.updateRefs([...back, { ref: logRef(stored.batch.device), old: stored.commit, next: previous }]);
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
