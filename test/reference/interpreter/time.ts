// Instants and durations (S2, S5), by the calendar of the host: nothing of it is shared with the engine.
import type { CharterDuration } from '../../../engine/index.ts';

const minute = 60_000;
const exact = { minute, hour: 60 * minute, day: 1440 * minute, week: 10_080 * minute } as const;

/** S2: minutes to weeks are exact; months and years by the calendar in UTC, and a missing day is the last of its month. */
export function plus(atMs: number, { count, unit }: CharterDuration): number {
  if (unit !== 'month' && unit !== 'year') return atMs + count * exact[unit];
  const date = new Date(atMs);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === 'year' ? 12 : 1) * count;
  const last = new Date(Date.UTC(0, 0, 1));
  last.setUTCFullYear(Math.floor(months / 12), (months % 12) + 1, 0);
  const day = Math.min(date.getUTCDate(), last.getUTCDate());
  return last.getTime() + (day - last.getUTCDate()) * exact.day + (((atMs % exact.day) + exact.day) % exact.day);
}

/** S3, S5, S107: a deadline; with `day ends` one in days or longer moves on to the next midnight at that offset. */
export function deadline(atMs: number, duration: CharterDuration, dayEndsMinutes: number | undefined): number {
  const plain = plus(atMs, duration);
  if (dayEndsMinutes === undefined || duration.unit === 'minute' || duration.unit === 'hour') return plain;
  const local = plain + dayEndsMinutes * minute;
  return Math.ceil(local / exact.day) * exact.day - dayEndsMinutes * minute;
}
