// What numbers, dates and lengths of time may be (S77). It computes no time: the engine does.
import type { Day } from './tree.ts';
import type { DurationUnit } from './tree-terms.ts';

const unitNames: ReadonlyMap<string, DurationUnit> = new Map<string, DurationUnit>([
  ['minute', 'minute'],
  ['minutes', 'minute'],
  ['hour', 'hour'],
  ['hours', 'hour'],
  ['day', 'day'],
  ['days', 'day'],
  ['week', 'week'],
  ['weeks', 'week'],
  ['month', 'month'],
  ['months', 'month'],
  ['year', 'year'],
  ['years', 'year'],
]);

/** Returns the unit a word such as `days` stands for; `day` for any other word, which the grammar never passes. Pure. */
export function unitOf(word: string): DurationUnit {
  return unitNames.get(word) ?? 'day';
}

const dayNames: ReadonlyMap<string, Day> = new Map<string, Day>([
  ['daily', 'daily'],
  ['weekdays', 'weekdays'],
  ['weekends', 'weekends'],
  ['monday', 'monday'],
  ['tuesday', 'tuesday'],
  ['wednesday', 'wednesday'],
  ['thursday', 'thursday'],
  ['friday', 'friday'],
  ['saturday', 'saturday'],
  ['sunday', 'sunday'],
]);

/** Returns the day a word of a schedule names; `daily` for any other word, which the grammar never passes. Pure. */
export function dayOf(word: string): Day {
  return dayNames.get(word) ?? 'daily';
}

/** Minutes in each unit; a month is a twelfth of a year of 365 days and 6 hours, which is near enough for a bound. */
const unitMinutes: ReadonlyMap<DurationUnit, number> = new Map<DurationUnit, number>([
  ['minute', 1],
  ['hour', 60],
  ['day', 1440],
  ['week', 10_080],
  ['month', 43_830],
  ['year', 525_960],
]);
const yearsMax = 100;

/** Says why a length of time is not possible: less than a minute, or more than 100 years; undefined if it is. Pure. Source: language.md S77 */
export function durationFault(count: number, unit: string): { readonly problem: string; readonly help: string } | undefined {
  if (count < 1) return { problem: 'is no length of time', help: 'The shortest time is 1 minute.' };
  const minutes = count * (unitMinutes.get(unitOf(unit)) ?? 1);
  return minutes > yearsMax * 525_960 ? { problem: 'is longer than 100 years', help: 'The longest time is 100 years.' } : undefined;
}
