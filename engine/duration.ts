// Time as integers: milliseconds since 1970 UTC, calendar months and years in UTC (S2), days that end at a fixed offset (S5). No clock is read.
import type { CharterDuration } from './bylaws-terms.ts';
import { unreachable } from './invariant.ts';

/** A minute in milliseconds. */
export const minuteMs = 60_000;
/** An hour in milliseconds. */
export const hourMs = 3_600_000;
/** A day of 24 hours in milliseconds (S2). */
export const dayMs = 86_400_000;

/** A day of the Gregorian calendar in UTC. `month` 1 to 12. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function floorDiv(dividend: number, divisor: number): number {
  return Math.floor(dividend / divisor);
}

/** Days since 1970-01-01 of a calendar day (the usual era arithmetic, exact for all years used here). */
export function daysOf(date: CalendarDay): number {
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = floorDiv(year, 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = floorDiv(153 * (date.month + (date.month > 2 ? -3 : 9)) + 2, 5) + date.day - 1;
  const dayOfEra = yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The calendar day of a day number. */
export function calendarOf(days: number): CalendarDay {
  const shifted = days + 719_468;
  const era = floorDiv(shifted, 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = floorDiv(dayOfEra - floorDiv(dayOfEra, 1_460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096), 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
  const monthOfYear = floorDiv(5 * dayOfYear + 2, 153);
  const month = monthOfYear < 10 ? monthOfYear + 3 : monthOfYear - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - floorDiv(153 * monthOfYear + 2, 5) + 1 };
}

function lastDayOf(year: number, month: number): number {
  // The arithmetic takes a thirteenth month for the first of the next year.
  return daysOf({ year, month: month + 1, day: 1 }) - daysOf({ year, month, day: 1 });
}

/** An instant plus a duration. Months and years clamp to the month's last day (S2). Pure. */
export function addDuration(instantMs: number, duration: CharterDuration): number {
  switch (duration.unit) {
    case 'minute':
      return instantMs + duration.count * minuteMs;
    case 'hour':
      return instantMs + duration.count * hourMs;
    case 'day':
      return instantMs + duration.count * dayMs;
    case 'week':
      return instantMs + duration.count * 7 * dayMs;
    case 'month':
      return addMonths(instantMs, duration.count);
    case 'year':
      return addMonths(instantMs, duration.count * 12);
    default:
      return unreachable(duration.unit);
  }
}

function addMonths(instantMs: number, months: number): number {
  const days = floorDiv(instantMs, dayMs);
  const { year, month, day } = calendarOf(days);
  const index = year * 12 + (month - 1) + months;
  const target = { year: floorDiv(index, 12), month: index - floorDiv(index, 12) * 12 + 1 };
  return daysOf({ ...target, day: Math.min(day, lastDayOf(target.year, target.month)) }) * dayMs + (instantMs - days * dayMs);
}

/**
 * The instant at which a stage or window that opened at `startMs` is due (S3). With `day ends`, deadlines given in days or longer move forward
 * to the next midnight at that offset, in minutes east of UTC (S5, S107); an instant already at that midnight stays.
 */
export function dueInstant(startMs: number, duration: CharterDuration, dayEndsMinutes?: number): number {
  const due = addDuration(startMs, duration);
  if (dayEndsMinutes === undefined || duration.unit === 'minute' || duration.unit === 'hour') return due;
  const shift = dayEndsMinutes * minuteMs;
  const local = due + shift;
  const over = local - floorDiv(local, dayMs) * dayMs;
  return over === 0 ? due : due + dayMs - over;
}

const writtenInstant = /^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\dZ)?$/;

/** Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ`. @returns the instant, or undefined for another form, or a day or time that does not exist */
export function instantOf(text: string): number | undefined {
  if (!writtenInstant.test(text)) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  const days = daysOf({ year, month, day });
  // A day that does not exist has the number of one in another month.
  return calendarOf(days).month === month ? days * dayMs + hour * hourMs + minute * minuteMs : undefined;
}
