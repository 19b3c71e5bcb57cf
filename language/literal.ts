// What numbers, dates and lengths of time may be (S77). It computes no time: the engine does.
import type { Day, DurationUnit } from './tree.ts';

const unitNames: ReadonlyMap<string, DurationUnit> = new Map<string, DurationUnit>([
  ['minute', 'minute'], ['minutes', 'minute'], ['hour', 'hour'], ['hours', 'hour'], ['day', 'day'], ['days', 'day'],
  ['week', 'week'], ['weeks', 'week'], ['month', 'month'], ['months', 'month'], ['year', 'year'], ['years', 'year'],
]);

/** Returns the unit a word such as `days` stands for; `day` for any other word, which the grammar never passes. Pure. */
export function unitOf(word: string): DurationUnit {
  return unitNames.get(word) ?? 'day';
}

const dayNames: ReadonlyMap<string, Day> = new Map<string, Day>([
  ['daily', 'daily'], ['weekdays', 'weekdays'], ['weekends', 'weekends'], ['monday', 'monday'], ['tuesday', 'tuesday'], ['wednesday', 'wednesday'],
  ['thursday', 'thursday'], ['friday', 'friday'], ['saturday', 'saturday'], ['sunday', 'sunday'],
]);

/** Returns the day a word of a schedule names; `daily` for any other word, which the grammar never passes. Pure. */
export function dayOf(word: string): Day {
  return dayNames.get(word) ?? 'daily';
}
