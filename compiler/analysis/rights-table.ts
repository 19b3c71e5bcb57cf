// Hours of rights as sets of minutes of the week (check.md 3.9). A week has 10,080 minutes and begins on Monday at midnight, local time.
import type { CharterRight } from '../../engine/index.ts';

const minutesOfDay = 1_440;
const minutesOfWeek = 10_080;

/** The minutes of the week of some lines of a schedule; a span that ends on the next day belongs to the day on which it began (S91). Pure. */
export function minutesOf(schedule: CharterRight['schedule']): ReadonlySet<number> {
  const minutes = new Set<number>();
  for (const line of schedule) {
    const length = line.toMinutes > line.fromMinutes ? line.toMinutes - line.fromMinutes : line.toMinutes + minutesOfDay - line.fromMinutes;
    for (const day of line.days) {
      const start = (day - 1) * minutesOfDay + line.fromMinutes;
      for (let minute = start; minute < start + length; minute += 1) minutes.add(minute % minutesOfWeek);
    }
  }
  return minutes;
}
