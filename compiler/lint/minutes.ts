// Lengths of time in minutes where two of them are compared: months and years have a shortest and a longest length (S2).
import type { CharterDuration } from '../../engine/index.ts';

const fewest: ReadonlyMap<CharterDuration['unit'], number> = new Map([
  ['minute', 1],
  ['hour', 60],
  ['day', 1440],
  ['week', 10_080],
  ['month', 28 * 1440],
  ['year', 365 * 1440],
]);

/** The fewest minutes a duration can last: a month has 28 days at least, a year 365. Pure. */
export function shortest(duration: CharterDuration): number {
  return duration.count * (fewest.get(duration.unit) ?? 1);
}

/** The most minutes a duration can last: a month has 31 days at most, a year 366. Pure. */
export function longest(duration: CharterDuration): number {
  if (duration.unit === 'month') return duration.count * 31 * 1440;
  return duration.unit === 'year' ? duration.count * 366 * 1440 : shortest(duration);
}
