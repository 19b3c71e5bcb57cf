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

describe('a deadline', () => {
  it('given in days runs through the end of its last day where days end at a fixed offset, and is exact elsewhere (S5, S107)', () => {
    const start = at('2026-11-02T15:00:00Z');
    const days = { count: 21, unit: 'day' } as const;
    expect(shown(dueInstant(start, days))).toBe('2026-11-23T15:00Z');
    expect(shown(dueInstant(start, days, -720))).toBe('2026-11-24T12:00Z');
    expect(shown(dueInstant(start, days, 0))).toBe('2026-11-24T00:00Z');
    expect(shown(dueInstant(start, { count: 1, unit: 'month' }, -720))).toBe('2026-12-03T12:00Z');
    expect(shown(dueInstant(start, { count: 504, unit: 'hour' }, -720))).toBe('2026-11-23T15:00Z');
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
    for (const other of [
      '',
      '2026-11-2',
      '2026-11-21T09:30',
      'YYYY-MM-DD',
      '2026/11/21',
      '2026-11-21 09:30Z',
      '2026-11-21T09:30+',
      '2026-02-29',
      '2026-13-01',
      '2026-00-01',
      '2026-04-31',
      '2026-11-21T24:00Z',
      '2026-11-21T09:60Z',
    ])
      expect(instantOf(other)).toBe(undefined);
  });
});
