// Seats under limits by S115: of the winners beyond a limit the lowest is struck and the ballots are counted again without them.
import type { Lot } from './ballots.ts';

/** One limit: how many of a group may be among the winners and those who sit already; who has no group is in none that is too many. */
export interface Limit {
  readonly groupOf: (name: string) => string | undefined;
  readonly most: (group: string, winners: readonly string[]) => number;
  readonly sitting: readonly string[];
  /** Whom a case lets in beyond the limit. */
  readonly isLetIn?: (name: string) => boolean;
}

/** An election under limits; `standing` counts among some and gives levels, best first. `ahead` leaves out of the winners whoever has lost all the same. */
export interface Capped {
  readonly names: readonly string[];
  readonly seats: number;
  readonly limits: readonly Limit[];
  readonly standing: (among: readonly string[], lot: Lot) => readonly (readonly string[])[];
  readonly ahead?: (winners: readonly string[]) => readonly string[];
}

function seated(levels: readonly (readonly string[])[], seats: number, lot: Lot): string[] {
  const winners: string[] = [];
  for (const level of levels) {
    let left = [...level];
    while (left.length > 0 && winners.length < seats) {
      const next = left.length <= seats - winners.length ? (left[0] ?? '') : lot(left, 'first');
      winners.push(next);
      left = left.filter((c) => c !== next);
    }
  }
  return winners;
}

/** Whether a limit has somebody go: not whoever sits, since the group has them with or without this win, nor whom a case lets in. */
function isBound({ sitting, isLetIn }: Limit, c: string): boolean {
  return !sitting.includes(c) && isLetIn?.(c) !== true;
}

/** How many too many of the group of a winner come in, one after another behind those who sit; for whoever need not go there are none. */
function excess(limit: Limit, c: string, winners: readonly string[]): number {
  const { groupOf, most, sitting } = limit;
  const group = groupOf(c);
  if (group === undefined || !isBound(limit, c)) return 0;
  const room = most(group, winners) - sitting.filter((d) => groupOf(d) === group).length;
  const coming = winners.filter((d) => groupOf(d) === group && !sitting.includes(d));
  return coming.slice(Math.max(0, room)).filter((d) => isBound(limit, d)).length;
}

/** One count, struck and counted again until every limit holds. `settled`: what a count must say before anybody is struck after it; undefined: nobody is. */
export function cappedOnce({ names, seats, limits, standing, ahead }: Capped, lot: Lot, settled?: (among: readonly string[]) => boolean): readonly string[] {
  let among = [...names];
  while (among.length > 0) {
    const levels = standing(among, lot);
    const all = seated(levels, seats, lot);
    const winners = ahead?.(all) ?? all;
    const beyond = winners.filter((c) => limits.some((limit) => excess(limit, c, winners) > 0));
    if (beyond.length === 0 || settled?.(among) === false) return winners;
    const lowest = [...levels].reverse().find((level) => level.some((c) => beyond.includes(c))) ?? [];
    const equal = lowest.filter((c) => beyond.includes(c));
    // Where all of the lowest have to go in any case they go together: nobody is chosen among them.
    const together = equal.every((c) =>
      limits.every((limit) => {
        const over = excess(limit, c, winners);
        return over <= 0 || equal.filter((d) => limit.groupOf(d) === limit.groupOf(c) && isBound(limit, d)).length <= over;
      }),
    );
    const struck = together ? equal : [lot(equal, 'out')];
    among = among.filter((c) => !struck.includes(c));
  }
  return [];
}
