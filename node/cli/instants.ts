// Shows instants to people: UTC, then the organization's display zone, then how far away. Reads the ones that people write. It is display only; no rule reads it.
import type { OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';

const months: readonly string[] = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The instant in UTC, such as `Tue 24 Nov 2026, 14:00 UTC`. Pure. */
export function showUtc(instantMs: number): string {
  const date = new Date(instantMs);
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${weekdays[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}, ${time} UTC`;
}

/** The day in UTC, such as `24 Nov 2026`. Pure. */
export function showDay(instantMs: number): string {
  const date = new Date(instantMs);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** How far an instant is from now, rounded down: `in 3 days`, `2 hours ago`, `now`. Pure. */
export function showDistance(instantMs: number, nowMs: number): string {
  const distanceMs = Math.abs(instantMs - nowMs);
  if (distanceMs < minuteMs) return 'now';
  const [count, unit] = distanceUnits(distanceMs);
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return instantMs > nowMs ? `in ${words}` : `${words} ago`;
}

function distanceUnits(distanceMs: number): readonly [number, string] {
  if (distanceMs < hourMs) return [Math.floor(distanceMs / minuteMs), 'minute'];
  if (distanceMs < 2 * dayMs) return [Math.floor(distanceMs / hourMs), 'hour'];
  return [Math.floor(distanceMs / dayMs), 'day'];
}

/**
 * The whole form: `Tue 24 Nov 2026, 14:00 UTC (09:00 New York, in 3 days)`. The zone is left out when it is unknown to this machine,
 * absent, or UTC; the weekday is added to its time when the local day is another one.
 * @param zone - the organization's display zone, such as `America/New_York` (language.md S5)
 */
export function showInstant(instantMs: number, nowMs: number, zone?: string): string {
  const local = zone === undefined ? undefined : localTime(instantMs, zone);
  const extra = [...(local === undefined ? [] : [local]), showDistance(instantMs, nowMs)];
  return `${showUtc(instantMs)} (${extra.join(', ')})`;
}

function localTime(instantMs: number, zone: string): string | undefined {
  if (zone === 'UTC' || zone === 'Etc/UTC' || zone === 'GMT') return undefined;
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  try {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(
      new Date(instantMs),
    );
    const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
    const day = part('weekday') === weekdays[new Date(instantMs).getUTCDay()] ? '' : `${part('weekday')} `;
    return `${day}${part('hour')}:${part('minute')} ${place}`;
  } catch (error) {
    // A zone this machine's tables do not know: the instant in UTC is still right.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The instant that a flag names. A day means its end: whatever was decided on it counts. @throws UsageError GDO5003 */
export function instantOf(value: OptionValue, nowMs: number): number {
  if (typeof value !== 'string') return nowMs;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))) return Date.parse(`${value}T00:00:00Z`) + dayMs - 1;
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) throw new UsageError('GDO5003', `\`${visible(value)}\` is not a date`, 'write it as 2027-03-01 or 2027-03-01T19:00Z');
  return instant;
}
