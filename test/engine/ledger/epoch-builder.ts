// Builds batches and epochs for engine 0 from short notes, so that fold tests read as stories. Ids are hashes of content, as in a real ledger.
import {
  canonicalText,
  digest,
  emptyState,
  engineZero,
  foldEpoch,
  stateRoot,
  utf8Encode,
  writeEntry,
  zeros64,
  type Batch,
  type EpochResult,
  type EventKind,
  type JsonObject,
  type State,
} from '../../../engine/index.ts';

/** One event in short: kind, body, and the case for those that have one. */
export interface Note {
  readonly kind: EventKind;
  readonly body: JsonObject;
  readonly case?: string;
}

export const dismiss = (about: string): Note => ({ kind: 'act', case: 'c', body: { about, stage: 1, verb: 'dismiss' } });
export const removeRole = (about: string, role: string): Note => ({ kind: 'act', case: 'c', body: { about, stage: 1, text: role, verb: 'remove' } });
export const grant = (about: string, role: string): Note => ({ kind: 'act', case: 'c', body: { about, stage: 1, text: role, verb: 'grant' } });
export const close = (of: string): Note => ({ kind: 'act', case: of, body: { stage: 1, verb: 'close' } });
export const ballot = (of: string, choice = 'yes'): Note => ({ kind: 'ballot', case: of, body: { choice, stage: 1 } });
export const revoke = (device: string): Note => ({ kind: 'key.revoke', body: { device, reason: 'lost' } });
export const door: Note = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } };

/** Makes a batch. A device is named `<member>` or `<member>-<number>`. @param place.seq - of its first event */
export function batchOf(
  device: string,
  place: { readonly seq: number; readonly prev?: string; readonly deps?: readonly string[] },
  notes: readonly Note[],
): Batch {
  const [actor = ''] = device.split('-');
  const { seq, prev = zeros64, deps = [] } = place;
  const events = notes.map((note, index) => {
    const line = { actor, device, org: 'o', seq: seq + index, tsMs: 0, ...note };
    return { ...line, id: digest('gdo-event-v1', utf8Encode(canonicalText({ ...line, deps: [...deps], prev }))) };
  });
  const id = digest('gdo-batch-v1', utf8Encode(canonicalText({ deps: [...deps], device, events: events.map((event) => event.id), prev, seq })));
  return { id, device, actor, seq, count: notes.length, prev, deps: [...deps].toSorted(), base: zeros64, events, changes: [], charters: [] };
}

/** Members with one key each, all officers. */
export function officers(...members: readonly string[]): State {
  return members.reduce((state, member) => {
    const keyed = writeEntry(writeEntry(state, `member/${member}`, { since: 0 }), `key/${member}`, { member, since: 0 });
    return writeEntry(keyed, `role/officer/${member}`, { since: 0 });
  }, emptyState);
}

/** Folds one epoch with engine 0. @param received - batch and receipt time */
export function fold(
  state: State,
  received: readonly (readonly [Batch, number | undefined])[],
  bounds: { readonly timeMs?: number; readonly windowBatches?: number } = {},
): EpochResult {
  const times = new Map(received.map(([batch, timeMs]) => [batch.id, timeMs]));
  return foldEpoch({
    state,
    batches: received.map(([batch]) => batch),
    receivedMs: (id) => times.get(id),
    timeMs: bounds.timeMs ?? 1_000_000,
    height: 1,
    previousCheckpoint: zeros64,
    rules: engineZero,
    ...(bounds.windowBatches === undefined ? {} : { windowBatches: bounds.windowBatches }),
  });
}

/** Verdicts as `device:seq kind code`. */
export function verdictsOf(result: EpochResult): readonly string[] {
  return result.verdicts.map(({ device, seq, verdict }) => `${device}:${seq} ${verdict.kind}${verdict.kind === 'ok' ? '' : ` ${verdict.code}`}`);
}

/** Everything an epoch decides, as one comparable text. */
export function decided(result: EpochResult): string {
  return JSON.stringify([stateRoot(result.state), verdictsOf(result), result.included, result.waiting, result.heads]);
}
