// Which rights are about a thing, and when a right is open: patterns of S51, schedules of S91 and S92. It knows no people.
import type { Charter, CharterRight } from './bylaws.ts';
import { matchesPattern } from './area.ts';
import { dayMs, minuteMs } from './duration.ts';

const dayMinutes = 1_440;

/** The rights that cover a thing, in the order of the text (S89). Pure. */
export function rightsOver(charter: Charter, thing: string): readonly CharterRight[] {
  return charter.rights.filter(
    (right) => right.covers.some((pattern) => matchesPattern(pattern, thing)) && !right.except.some((pattern) => matchesPattern(pattern, thing)),
  );
}

/** The offsets a device may use: those of `local time`, or UTC alone where none is written (S92). Pure. */
export function offsetsOf(charter: Charter): readonly number[] {
  return charter.organization.localTime ?? [0];
}

/** Whether a right is open at an instant under an offset in minutes. Spans are half-open and belong to the day on which they begin (S91). Pure. */
export function isOpenAt(right: CharterRight, atMs: number, offsetMinutes: number): boolean {
  if (right.schedule.length === 0) return true;
  const localMs = atMs + offsetMinutes * minuteMs;
  const dayNumber = Math.floor(localMs / dayMs);
  const minute = Math.floor((localMs - dayNumber * dayMs) / minuteMs);
  // 1970-01-01 was a Thursday, the fourth day of the week.
  const day = ((((dayNumber + 3) % 7) + 7) % 7) + 1;
  const before = day === 1 ? 7 : day - 1;
  return right.schedule.some(({ days, fromMinutes, toMinutes }) => {
    const isOverMidnight = toMinutes <= fromMinutes;
    const isToday = days.includes(day) && minute >= fromMinutes && minute < (isOverMidnight ? dayMinutes : toMinutes);
    return isToday || (isOverMidnight && days.includes(before) && minute < toMinutes);
  });
}
