// How instants look to people.
import { expect, it } from 'vitest';
import { showDay, showDistance, showInstant } from '../../../node/cli/instants.ts';

const now = Date.UTC(2026, 10, 21, 9, 0);

it('shows UTC, the display zone and the distance', () => {
  expect(showInstant(Date.UTC(2026, 10, 24, 14, 0), now, 'America/New_York')).toBe('Tue 24 Nov 2026, 14:00 UTC (09:00 New York, in 3 days)');
});

it('adds the weekday where the local day is another one', () => {
  expect(showInstant(Date.UTC(2026, 10, 24, 23, 30), now, 'Asia/Tokyo')).toBe('Tue 24 Nov 2026, 23:30 UTC (Wed 08:30 Tokyo, in 3 days)');
});

it('leaves out a zone that is UTC, absent or unknown', () => {
  const due = Date.UTC(2026, 10, 21, 10, 0);
  for (const zone of [undefined, 'UTC', 'Mars/Olympus']) expect(showInstant(due, now, zone)).toBe('Sat 21 Nov 2026, 10:00 UTC (in 1 hour)');
});

it('rounds distances down and says now', () => {
  expect(showDistance(now + 59_999, now)).toBe('now');
  expect(showDistance(now - 26 * 60_000, now)).toBe('26 minutes ago');
  expect(showDistance(now + 47 * 3_600_000, now)).toBe('in 47 hours');
  expect(showDay(now)).toBe('21 Nov 2026');
});
