// Locks of things (S95): who shuts a thing and who opens it again. A lock shuts it under every right that covers it.
import type { CharterRight } from './bylaws.ts';
import { percentEncoded } from './area.ts';
import { charterInForce, currentOf } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { actInOffice } from './office.ts';
import { rightsOver } from './right-over.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry, writeEntry } from './state.ts';

function locksKey(thing: string): string {
  return `lock/${percentEncoded(thing).split('/').join('%2F')}/`;
}

/** The locks of a thing that stand, ascending by event; at an earlier checkpoint where one is given. */
export function locksOf(state: State, thing: string, checkpointMs?: number): readonly string[] {
  const prefix = locksKey(thing);
  return entriesUnder(state, prefix).flatMap(([key, lock]) => {
    const [after, released] = [Number(lock['after']), lock['released']];
    const isKnown = checkpointMs === undefined || after < checkpointMs;
    const isOpen = typeof released === 'number' && (checkpointMs === undefined || released < checkpointMs);
    return isKnown && !isOpen ? [key.slice(prefix.length)] : [];
  });
}

function lockable(rights: readonly CharterRight[]): readonly NonNullable<CharterRight['locked']>[] {
  return rights.flatMap((right) => (right.locked === undefined ? [] : [right.locked]));
}

/** Judges a `lock`: by whoever a right over the thing names, at once. Refuses with GDO1040, GDO1052. */
export function applyLock(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const thing = textOf(event.body['thing']);
  const rows = lockable(rightsOver(charter, thing));
  if (rows.length === 0) return refused('GDO1052', `nobody locks \`${thing}\``);
  const act = { member: event.actor, concerned: [], without: context.without, what: locksKey(thing), says: 'lock', doing: `to lock \`${thing}\`` };
  const done = actInOffice(
    draft,
    charter,
    rows.map(({ by }) => by),
    act,
  );
  if (done === 'waits') return ok();
  if (done !== 'done') return done;
  const after = currentOf(draft.state).timeMs;
  draft.state = writeEntry(draft.state, `${locksKey(thing)}${event.id}`, { thing, by: event.actor, at: context.receivedMs, after });
  draft.state = writeEntry(draft.state, `locked/${event.id}`, { thing });
  return ok();
}

/** Judges a `release` of one lock; others stay. One that is not known yet when it is received stands. Refuses with GDO1040, GDO1052. */
export function applyRelease(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const id = textOf(event.body['lock']);
  const thing = textOf(readEntry(draft.state, `locked/${id}`)?.['thing']);
  if (!locksOf(draft.state, thing).includes(id)) return refused('GDO1052', 'there is no such lock, or it is released');
  const actors = lockable(rightsOver(charter, thing)).flatMap(({ releasedBy }) => releasedBy);
  if (actors.length === 0) return refused('GDO1052', `nobody releases \`${thing}\``);
  const act = { member: event.actor, concerned: [], without: context.without, what: `release/${id}`, says: 'release', doing: `to release \`${thing}\`` };
  const done = actInOffice(draft, charter, actors, act);
  if (done === 'waits') return ok();
  if (done !== 'done') return done;
  const key = `${locksKey(thing)}${id}`;
  draft.state = writeEntry(draft.state, key, { ...readEntry(draft.state, key), released: currentOf(draft.state).timeMs });
  return ok();
}
