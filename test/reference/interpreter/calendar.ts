// Calendars of processes: when they begin by themselves (S109, decision 0061).
import type { CharterProcess, CharterStart } from '../../../engine/index.ts';
import { plus } from './time.ts';

/** The first instant of a calendar after another. */
export function nextMs(rule: Extract<CharterStart, { readonly kind: 'every' }>, afterMs: number): number {
  const fromMs = Date.parse(rule.from.includes('T') ? rule.from : `${rule.from}T00:00Z`);
  for (let count = 0; ; count += 1) {
    const instant = count === 0 ? fromMs : plus(fromMs, { ...rule.duration, count: rule.duration.count * count });
    if (instant > afterMs) return instant;
  }
}

/** When a process next begins by the calendar after an instant; `Infinity`: it does not. */
export function nextStartMs({ starts }: CharterProcess, afterMs: number): number {
  return Math.min(Infinity, ...starts.flatMap((rule) => (rule.kind === 'every' ? [nextMs(rule, afterMs)] : [])));
}
