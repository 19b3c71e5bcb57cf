// Time as integers against the runtime's calendar, and the rules S2, S3, S5 and S107 by their own examples.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { addDuration, calendarOf, dayMs, daysOf, dueInstant, hourMs, instantOf } from '../../../engine/index.ts';

const at = (text: string): number => Date.parse(text);
const shown = (instantMs: number): string => new Date(instantMs).toISOString().replace(':00.000Z', 'Z');

describe('durations', () => {
  it('are exact up to weeks, and clamp to the last day of a month (S2)', () => {
    const start = at('2026-01-31T10:30:00Z');
    expect(shown(addDuration(start, { count: 90, unit: 'minute' }))).toBe('2026-01-31T12:00Z');
    expect(shown(addDuration(start, { count: 2, unit: 'week' }))).toBe('2026-02-14T10:30Z');
    expect(shown(addDuration(start, { count: 1, unit: 'month' }))).toBe('2026-02-28T10:30Z');
    expect(shown(addDuration(at('2024-01-31T00:00:00Z'), { count: 1, unit: 'month' }))).toBe('2024-02-29T00:00Z');
    expect(shown(addDuration(at('2024-02-29T00:00:00Z'), { count: 1, unit: 'year' }))).toBe('2025-02-28T00:00Z');
    expect(shown(addDuration(start, { count: 13, unit: 'month' }))).toBe('2027-02-28T10:30Z');
    expect(shown(addDuration(at('2026-12-31T00:00:00Z'), { count: 2, unit: 'month' }))).toBe('2027-02-28T00:00Z');
  });

  it('agree with the runtime on every calendar day from 1600 to 2400', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: daysOf({ year: 1600, month: 1, day: 1 }), max: daysOf({ year: 2400, month: 12, day: 31 }) }),
        fc.integer({ min: 1, max: 600 }),
        (days, months) => {
          const date = new Date(days * dayMs);
          const calendar = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
          expect(calendarOf(days)).toEqual(calendar);
          expect(daysOf(calendar)).toBe(days);
          const moved = new Date(addDuration(days * dayMs, { count: months, unit: 'month' }));
          const index = calendar.year * 12 + calendar.month - 1 + months;
          expect(moved.getUTCFullYear() * 12 + moved.getUTCMonth()).toBe(index);
          const last = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
          expect(moved.getUTCDate()).toBe(Math.min(calendar.day, last));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the calendar', () => {
  it('has every day of a whole turn of 400 years, the last of February 2000 too, as the runtime has it', () => {
    const first = daysOf({ year: 1900, month: 1, day: 1 });
    const wrong: string[] = [];
    const date = new Date(first * dayMs);
    for (let days = first; days < first + 146_097; days += 1) {
      const { year, month, day } = calendarOf(days);
      const isSame = year === date.getUTCFullYear() && month === date.getUTCMonth() + 1 && day === date.getUTCDate();
      if (!isSame || daysOf({ year, month, day }) !== days) wrong.push(date.toISOString());
      date.setUTCDate(date.getUTCDate() + 1);
    }
    expect(wrong).toEqual([]);
    expect(date.getUTCFullYear()).toBe(2300);
  });
});

describe('a deadline', () => {
  it('given in days runs through the end of its last day where days end at a fixed offset, and is exact elsewhere (S5, S107)', () => {
    const start = at('2026-11-02T15:00:00Z');
    const days = { count: 21, unit: 'day' } as const;
    expect(shown(dueInstant(start, days))).toBe('2026-11-23T15:00Z');
    expect(shown(dueInstant(start, days, -720))).toBe('2026-11-24T12:00Z');
    expect(shown(dueInstant(start, days, 0))).toBe('2026-11-24T00:00Z');
    expect(shown(dueInstant(start, { count: 1, unit: 'month' }, -720))).toBe('2026-12-03T12:00Z');
    expect(shown(dueInstant(start, { count: 504, unit: 'hour' }, -720))).toBe('2026-11-23T15:00Z');
    expect(shown(dueInstant(start, { count: 90, unit: 'minute' }, -720))).toBe('2026-11-02T16:30Z');
    expect(shown(dueInstant(at('2026-11-02T12:00:00Z'), days, -720))).toBe('2026-11-23T12:00Z');
  });

  it('moves forward to a midnight at the offset, by less than a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -840, max: 840 }), fc.integer({ min: 1, max: 60 }), (start, offset, count) => {
        const exact = dueInstant(start, { count, unit: 'day' });
        const due = dueInstant(start, { count, unit: 'day' }, offset);
        expect(due - exact).toBeGreaterThanOrEqual(0);
        expect(due - exact).toBeLessThan(dayMs);
        expect((due + offset * 60_000) % dayMs).toBe(0);
      }),
    );
  });
});

describe('a written instant', () => {
  it('is read as UTC in its two forms', () => {
    expect(instantOf('2026-11-21')).toBe(at('2026-11-21T00:00:00Z'));
    expect(instantOf('2026-11-21T09:30Z')).toBe(at('2026-11-21T00:00:00Z') + 9.5 * hourMs);
    expect(instantOf('2024-02-29T23:59Z')).toBe(at('2024-02-29T23:59:00Z'));
    expect(instantOf('1969-12-31T00:00Z')).toBe(-dayMs);
  });

  it.each([
    ['', 'nothing'],
    ['YYYY-MM-DD', 'no digits'],
    ['2026-11-2', 'a digit too few'],
    ['2026-11-210', 'a digit too many'],
    ['2026-11-2x', 'a letter in a day'],
    ['2026-11-21T0x:30Z', 'a letter in an hour'],
    ['2026/11/21', 'other marks'],
    ['2026-11-21 09:30Z', 'no `T`'],
    ['2026-11-21T09:30', 'no `Z`'],
    ['2026-11-21T09:30+', 'another end'],
    ['2026-11-21T09:30Z and on', 'words after it'],
    ['on 2026-11-21', 'words before it'],
    ['2026-02-29', 'a day that no year but a leap year has'],
    ['2100-02-29', 'a day of a leap year in a year that is none'],
    ['2026-04-31', 'a day that the month does not have'],
    ['2026-01-00', 'the day before the first'],
    ['2026-13-01', 'a thirteenth month'],
    ['2026-00-01', 'a month before the first'],
    ['2026-11-21T24:00Z', 'an hour that no day has'],
    ['2026-11-21T09:60Z', 'a minute that no hour has'],
  ])('is not %j: %s', (text) => expect(instantOf(text)).toBe(undefined));

  it('names every minute in one way, which is read as the runtime reads it', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('0001-01-01T00:00:00Z') / 60_000, max: at('9999-12-31T23:59:00Z') / 60_000 }), (minutes) => {
        const text = shown(minutes * 60_000);
        expect(instantOf(text)).toBe(minutes * 60_000);
        expect(instantOf(text.slice(0, 10))).toBe(at(text.slice(0, 10)));
      }),
    );
  });
});
