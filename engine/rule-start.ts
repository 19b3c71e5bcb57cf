// When the rules themselves start a case: at an instant that comes round, or when a role runs short (S109). What then starts is self-start.ts's.
import type { Charter, CharterProcess, CharterShortage } from './bylaws.ts';
import type { CharterDuration } from './bylaws-terms.ts';
import { seatsOf } from './actor.ts';
import { charterInForce, currentOf } from './case.ts';
import { addDuration, instantOf } from './duration.ts';
import { compares } from './quantity.ts';
import { allMembers, holdingsOf, isOpenRole, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { readEntry } from './state.ts';

/** The instants from + k times the duration, k from 0: the last one at or before an instant, and the first one after it. Undefined: there is none. */
export function roundsAbout(
  every: { readonly from: string; readonly duration: CharterDuration },
  atMs: number,
): { readonly lastMs?: number; readonly nextMs?: number } {
  const fromMs = instantOf(every.from);
  if (fromMs === undefined || every.duration.count < 1) return {};
  if (atMs < fromMs) return { nextMs: fromMs };
  // From the first day each time, so that a month's last day comes back after a shorter month.
  const round = (place: number): number => addDuration(fromMs, { ...every.duration, count: every.duration.count * place });
  let [low, high] = [0, 1];
  while (round(high) <= atMs) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (round(middle) <= atMs) low = middle;
    else high = middle;
  }
  return { lastMs: round(low), nextMs: round(high) };
}

/** True iff a role is as short as a clause says, now. An acting holder fills no seat, a suspended one does (S109). */
export function isShort(state: State, charter: Charter, shortage: CharterShortage): boolean {
  const role = roleOf(charter, shortage.role);
  if (role === undefined) return false;
  const have = isOpenRole(role) ? allMembers(state).length : holdingsOf(state, role.name).length;
  if (shortage.kind === 'headcount') return compares(BigInt(have), shortage.comparison, BigInt(shortage.amount));
  return shortage.which === 'the' ? have === 0 : have < seatsOf(charter, role.name);
}

/** The key under which a shortage that has started its case is remembered until it is over. */
export function shortageKey(process: CharterProcess, line: number): string {
  return `short/${process.name}/${String(line).padStart(3, '0')}`;
}

/** The earliest instant at which the rules start a case, if nothing more happens; undefined: none. Pure. */
export function nextRuleStartMs(state: State): number | undefined {
  const charter = charterInForce(state);
  const { timeMs } = currentOf(state);
  let nextMs: number | undefined;
  for (const process of charter.processes) {
    process.starts.forEach((start, line) => {
      let atMs: number | undefined;
      if (start.kind === 'every') atMs = roundsAbout(start, timeMs).nextMs;
      if (start.kind === 'when' && isShort(state, charter, start.shortage) && readEntry(state, shortageKey(process, line)) === undefined) atMs = timeMs;
      if (atMs !== undefined && (nextMs === undefined || atMs < nextMs)) nextMs = atMs;
    });
  }
  return nextMs;
}
