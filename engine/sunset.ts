// Declarations that lapse unless they are renewed (S60): the instant is stored when bylaws that say so come into force, and moves with each renewal.
import type { Charter, CharterProtection } from './bylaws.ts';
import { utf8Encode } from './bytes.ts';
import type { CaseRecord } from './case.ts';
import { charterAsWritten, charterInForce, lapsedNames, timerKey } from './case.ts';
import { sha256Hex } from './chain.ts';
import type { Draft } from './draft.ts';
import { dueInstant, instantOf } from './duration.ts';
import type { Lapsed } from './protection.ts';
import { protectionText } from './protection.ts';
import { leaveRole } from './role-change.ts';
import { holdingsOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { bylawsHistory, keepBefore } from './was.ts';

const prefix = 'sunset/';

function keyOf(protection: CharterProtection): string {
  return `${prefix}${sha256Hex(utf8Encode(`gdo-sunset-v1\0${protectionText(protection)}`))}`;
}

function firstEndMs(charter: Charter, protection: CharterProtection, fromMs: number): number | undefined {
  const { lapses } = protection;
  if (lapses?.after !== undefined) return dueInstant(fromMs, lapses.after, charter.organization.dayEnds);
  return lapses?.on === undefined ? undefined : instantOf(lapses.on);
}

function isGone(state: State, protection: CharterProtection): boolean {
  return protection.lapses !== undefined && readEntry(state, keyOf(protection))?.['gone'] === true;
}

/** What has lapsed of the bylaws in force. */
export function lapsedOf(state: State): Lapsed {
  return { names: lapsedNames(state), stands: (protection) => !isGone(state, protection) };
}

/** The declarations that a protection names; it names parts of others, which cannot go alone. */
function declarationsOf({ paths }: CharterProtection): readonly string[] {
  return paths.flatMap((path) => (path.length === 1 ? path : []));
}

/** The declarations that have lapsed at an instant, each once, though no checkpoint may have said so yet. */
export function lapsedAt(state: State, atMs: number): readonly string[] {
  const names = charterAsWritten(state).protections.flatMap((protection) => {
    if (protection.lapses === undefined) return [];
    const until = readEntry(state, keyOf(protection))?.['until'];
    return typeof until === 'number' && until <= atMs ? declarationsOf(protection) : [];
  });
  return [...new Set(names)];
}

/** True iff a declaration has lapsed at an instant, though no checkpoint may have said so yet. */
export function hasLapsed(state: State, name: string, atMs: number): boolean {
  return lapsedAt(state, atMs).includes(name);
}

/** Keeps the names that lapsed beside the bylaws in force; a part of a declaration cannot go alone, so there only its protection ends. */
function noteLapsed(state: State, charter: Charter): State {
  const names = charter.protections.flatMap((one) => (isGone(state, one) ? declarationsOf(one) : []));
  const isNew = names.length > 0 || readEntry(state, 'lapsed') !== undefined;
  const kept = isNew ? keepBefore(state, bylawsHistory, 'lapsed') : state;
  return names.length === 0 ? eraseEntry(kept, 'lapsed') : writeEntry(kept, 'lapsed', { names: [...new Set(names)] });
}

/** Stores when the declarations of bylaws lapse that come into force now; those that were there before keep their instant. */
export function noteSunsets(state: State, charter: Charter, atMs: number): State {
  let next = state;
  const kept = new Set<string>();
  for (const protection of charter.protections) {
    const untilMs = firstEndMs(charter, protection, atMs);
    const key = keyOf(protection);
    if (untilMs === undefined) continue;
    kept.add(key);
    if (readEntry(next, key) !== undefined) continue;
    next = writeEntry(writeEntry(next, key, { until: untilMs }), timerKey(untilMs, key), {});
  }
  for (const [key] of entriesUnder(next, prefix)) if (!kept.has(key)) next = eraseEntry(next, key);
  return noteLapsed(next, charter);
}

/** Handles a timer: the declarations go if nobody renewed them. A timer that was left behind finds another instant and does nothing. */
export function lapseDeclarations(draft: Draft, key: string, atMs: number): void {
  const { until, gone } = readEntry(draft.state, key) ?? {};
  if (typeof until !== 'number' || until > atMs || gone === true) return;
  // Since when it is gone stays: cases that began before keep their rules.
  draft.state = writeEntry(draft.state, key, { gone: true, until });
  const charter = charterAsWritten(draft.state);
  draft.state = noteLapsed(draft.state, charter);
  const left = charterInForce(draft.state);
  for (const role of charter.roles) {
    if (left.roles.includes(role)) continue;
    for (const { member } of holdingsOf(draft.state, role.name)) leaveRole(draft, charter, { role: role.name, member, atMs });
  }
}

/**
 * Renews what an accepted case names. A process that merges nothing renews everything that names it where its case names nothing; one that merges has
 * other business too, so its case must say. Once more for the whole time from now; a declaration that lapses on a day then lapses no more.
 */
export function renewSunsets(state: State, record: CaseRecord, atMs: number): State {
  const charter = charterAsWritten(state);
  let next = state;
  for (const protection of charter.protections) {
    if (protection.lapses?.renewedThrough !== record.process || isGone(next, protection)) continue;
    const merges = charter.processes.some((process) => process.name === record.process && process.governs.length > 0);
    const isMeant = record.renews === undefined ? !merges : protection.paths.some((path) => path.join('.') === record.renews);
    if (!isMeant) continue;
    const { after } = protection.lapses;
    const key = keyOf(protection);
    const until = readEntry(next, key)?.['until'];
    // At the instant itself it is too late (S18).
    if (typeof until !== 'number' || until <= atMs) continue;
    if (after === undefined) {
      next = writeEntry(next, key, {});
      continue;
    }
    const untilMs = dueInstant(atMs, after, charter.organization.dayEnds);
    next = writeEntry(writeEntry(next, key, { until: untilMs }), timerKey(untilMs, key), {});
  }
  return next;
}
