// What happened lately, for limits per so many days (S62, S97): rows under a name, read from the newest back to the beginning of a window. It knows no limits.
import type { CharterDuration, CharterLimit } from './bylaws-terms.ts';
import type { JsonObject } from './canonical.ts';
import { addDuration, dayMs } from './duration.ts';
import type { State } from './state.ts';
import { entriesUnder, keysUntil, readEntry, writeEntry } from './state.ts';

/** One row: when it happened, and what it says. */
export interface RollingRow {
  readonly atMs: number;
  readonly value: JsonObject;
}

/** More than any instant, so that keys ascend from the newest row to the oldest. */
const laterMs = 9_000_000_000_000_000;
const digits = 16;

function keyOf(what: string, atMs: number, id: string): string {
  return `rolling/${what}/${String(laterMs - atMs).padStart(digits, '0')}/${id}`;
}

/** Adds a row. @param id - tells rows of one instant apart. O(log n). */
export function addRow(state: State, what: string, row: RollingRow & { readonly id: string }): State {
  return writeEntry(state, keyOf(what, row.atMs, row.id), row.value);
}

/** No duration of this unit is longer, whatever the calendar says. */
function longestMs(duration: CharterDuration): number {
  switch (duration.unit) {
    case 'month':
      return duration.count * 31 * dayMs;
    case 'year':
      return duration.count * 366 * dayMs;
    default:
      return addDuration(0, duration);
  }
}

/** The windows of a limit; it counts what lies in all of them. Pure. */
export function windowsOf(limit: CharterLimit): readonly CharterDuration[] {
  return limit.per.flatMap((per) => (per.kind === 'window' ? [per.duration] : []));
}

/** True where the windows that began at an instant are all still open now: `at <= now < at + duration` (S4). Pure. */
export function isInside(atMs: number, nowMs: number, durations: readonly CharterDuration[]): boolean {
  return atMs <= nowMs && durations.every((duration) => nowMs < addDuration(atMs, duration));
}

/**
 * Rows whose window is still open at an instant: `at <= now < at + duration`, for all durations; all rows where there is none. Newest first.
 * O(log n + rows in the window). Source: language.md S4, S62
 */
export function rowsWithin(state: State, what: string, nowMs: number, durations: readonly CharterDuration[]): readonly RollingRow[] {
  const prefix = `rolling/${what}/`;
  const oldestMs = durations.length === 0 ? undefined : nowMs - Math.min(...durations.map(longestMs));
  const keys =
    oldestMs === undefined ? entriesUnder(state, prefix).map(([key]) => key) : keysUntil(state, prefix, `${keyOf(what, Math.max(oldestMs, 0), '~')}`);
  return keys.flatMap((key) => {
    const atMs = laterMs - Number(key.slice(prefix.length, prefix.length + digits));
    const value = readEntry(state, key);
    return value !== undefined && isInside(atMs, nowMs, durations) ? [{ atMs, value }] : [];
  });
}
