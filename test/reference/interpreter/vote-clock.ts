// What moves the end of a vote: extensions and results that have to hold (S40, S128, decision 0054).
import type { CharterDuration } from '../../../engine/index.ts';
import { deadline } from './time.ts';
import type { OpenVote } from './world.ts';

/** Notes what stands after a ballot; `passes` says whether a line of `passes`, or an election, gave it. Nothing changes before a first ballot passes a test. */
export function noteStanding(
  open: OpenVote,
  at: { readonly nowMs: number; readonly result: string; readonly passes: boolean; readonly quorate: boolean },
): void {
  const last = open.standing.at(-1);
  if (last === undefined ? at.passes : last.result !== at.result) open.standing.push({ result: at.result, sinceMs: at.nowMs });
  // S128: the instant it was reached, also if it is lost and reached again.
  if (at.quorate) open.quorateMs ??= at.nowMs;
}

/** S40: when the result that stands will have held long enough; undefined: it is none that passes, or none has to. */
export function heldMs(open: OpenVote, passing: (result: string) => boolean): number | undefined {
  const last = open.standing.at(-1);
  if (open.vote.holdsFor === undefined || last === undefined || !passing(last.result)) return undefined;
  const held = deadline(last.sinceMs, open.vote.holdsFor, open.roll.charter.organization.dayEnds);
  return held <= open.closeMs ? held : undefined;
}

/** S128: the close as the first line of `extends` that moves it moves it; undefined: none does. */
export function extendedMs(open: OpenVote, result: string): { readonly line: number; readonly closeMs: number } | undefined {
  const { closeMs, standing, vote } = open;
  const { dayEnds } = open.roll.charter.organization;
  // In the last so many days is what, so many days later, reaches the close: with `day ends` by the ends of days (S107).
  const isInLast = (atMs: number | undefined, last: CharterDuration): boolean =>
    atMs !== undefined && atMs < closeMs && deadline(atMs, last, dayEnds) >= closeMs;
  for (const [line, { by, when, most }] of vote.extends.entries()) {
    if ((open.extensions[line] ?? 0) >= (most ?? Infinity)) continue;
    let next = closeMs;
    if (when.kind === 'result' && when.results.includes(result)) next = deadline(closeMs, by, dayEnds);
    if (when.kind === 'swung' && isInLast(standing.at(-1)?.sinceMs, when.inTheLast)) next = deadline(closeMs, by, dayEnds);
    if (when.kind === 'quorate' && open.quorateMs !== undefined && isInLast(open.quorateMs, when.inTheLast)) next = deadline(open.quorateMs, by, dayEnds);
    if (next > closeMs) return { line, closeMs: next };
  }
  return undefined;
}
