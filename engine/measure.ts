// Measures: how much of something a person has done or was reported to have (S112). What counts is kept as it happens; nothing here judges an event.
import type { Charter, CharterMeasure } from './bylaws.ts';
import { addDuration } from './duration.ts';
import { newestReport, reportKey } from './reported.ts';
import { holds } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, writeEntry } from './state.ts';
import { keepCounted } from './was.ts';

/** One thing done by a person that a measure may count, once. `id` tells it from others of the same person. */
export interface Deed {
  readonly what: string;
  readonly member: string;
  readonly atMs: number;
  readonly id: string;
}

function deedKey(deed: Omit<Deed, 'atMs'>): string {
  return `did/${deed.what}/${deed.member}/${deed.id}`;
}

/** True iff a measure of the bylaws counts such deeds. */
export function isCounted(charter: Charter, what: string): boolean {
  return charter.measures.some((measure) => measure.reportedBy === undefined && measure.counts === what);
}

/** Keeps a deed, whatever the bylaws count; one that is kept already is the same, done anew. O(log n). */
export function keepDeed(state: State, deed: Deed): State {
  const key = deedKey(deed);
  return writeEntry(keepCounted(state, deed.member, key), key, { at: deed.atMs });
}

/** Keeps a deed that a measure of the bylaws counts: what happens in a case is found again there, once bylaws begin to count it. O(log n). */
export function noteDeed(state: State, charter: Charter, deed: Deed): State {
  return isCounted(charter, deed.what) ? keepDeed(state, deed) : state;
}

/** Forgets a deed: a withdrawn act never counts (S117). */
export function forgetDeed(state: State, deed: Omit<Deed, 'atMs'>): State {
  return eraseEntry(keepCounted(state, deed.member, deedKey(deed)), deedKey(deed));
}

/** How many deeds of a person lie in the window that ends now. O(log n + those kept). */
function deedsCount(state: State, measure: CharterMeasure, member: string, atMs: number): number {
  const { over } = measure;
  const kept = entriesUnder(state, `did/${measure.counts}/${member}/`);
  return over === undefined ? kept.length : kept.filter(([, deed]) => atMs < addDuration(Number(deed['at']), over)).length;
}

/** The value of a measure for a person now, inside its bounds; 0 for whoever it does not count. Pure. Source: language.md S112 */
export function measureOf(state: State, charter: Charter, measure: CharterMeasure, member: string, atMs: number): bigint {
  if (measure.each !== 'person' && !holds(state, charter, measure.each, member)) return 0n;
  const value =
    measure.reportedBy === undefined
      ? BigInt(deedsCount(state, measure, member, atMs))
      : (newestReport(state, measure.reportedBy, measure.counts, member)?.value ?? 0n);
  const { least, most } = measure;
  const raised = least !== undefined && value < BigInt(least) ? BigInt(least) : value;
  return most !== undefined && raised > BigInt(most) ? BigInt(most) : raised;
}

/** Sets what a measure says of a person from now on, for a ledger that is made up: as many deeds as that, or one report. */
export function setMeasure(
  state: State,
  what: { readonly measure: CharterMeasure; readonly member: string; readonly amount: number; readonly atMs: number },
): State {
  const { measure, member, amount, atMs } = what;
  const { counts, reportedBy } = measure;
  if (reportedBy !== undefined) {
    const report = { report: counts, value: String(amount) };
    return writeEntry(state, reportKey(reportedBy, counts, member), report);
  }
  let next = state;
  for (const [key] of entriesUnder(state, `did/${counts}/${member}/`)) next = eraseEntry(next, key);
  for (let number = 1; number <= amount; number += 1)
    next = writeEntry(next, deedKey({ what: counts, member, id: String(number).padStart(8, '0') }), { at: atMs });
  return next;
}
