// Seats under caps by S115: of the winners beyond a cap the lowest is struck and the ballots are counted again without them.
import type { Lot } from './ballots.ts';

/** An election under caps. `sitting` is how many of the value `X` sit already; `standing` counts among some and gives levels, best first. */
export interface Capped {
  readonly names: readonly string[];
  readonly seats: number;
  readonly valueOf: (name: string, attribute: string) => string | undefined;
  readonly caps: readonly { readonly attribute: string; readonly seatsMax: number; readonly sitting: number }[];
  readonly standing: (among: readonly string[], lot: Lot) => readonly (readonly string[])[];
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

/** One count, struck and counted again until every cap holds. */
export function cappedOnce({ names, seats, valueOf, caps, standing }: Capped, lot: Lot): string[] {
  let among = [...names];
  while (among.length > 0) {
    const levels = standing(among, lot);
    const winners = seated(levels, seats, lot);
    const tooMany = (c: string, attribute: string): number => {
      const value = valueOf(c, attribute);
      const cap = caps.find((one) => one.attribute === attribute);
      if (value === undefined || cap === undefined) return 0;
      return (value === 'X' ? cap.sitting : 0) + winners.filter((d) => valueOf(d, attribute) === value).length - cap.seatsMax;
    };
    const beyond = winners.filter((c) => caps.some(({ attribute }) => tooMany(c, attribute) > 0));
    if (beyond.length === 0) return winners;
    const lowest = [...levels].reverse().find((level) => level.some((c) => beyond.includes(c))) ?? [];
    const equal = lowest.filter((c) => beyond.includes(c));
    // Where all of the lowest have to go in any case they go together: nobody is chosen among them.
    const all = equal.every((c) =>
      caps.every(({ attribute }) => {
        const excess = tooMany(c, attribute);
        return excess <= 0 || equal.filter((d) => valueOf(d, attribute) === valueOf(c, attribute)).length <= excess;
      }),
    );
    const struck = all ? equal : [lot(equal, 'out')];
    among = among.filter((c) => !struck.includes(c));
  }
  return [];
}
