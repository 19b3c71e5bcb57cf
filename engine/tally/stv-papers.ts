// Rankings of an STV count as lists, equal ones joined, so that a paper is followed once and not once per voter.
import { byCodeUnit } from '../canonical.ts';
import { entryAt } from '../invariant.ts';
import type { BallotTable } from './ballot.ts';

/** One ranking, best first, and the weight of all who gave it. */
export interface Paper {
  readonly choices: readonly number[];
  readonly weight: bigint;
}

/** Joins equal rankings among some options; blank ones are left out. The order of the result follows the rankings, not the ballots. Pure. */
export function papersOf(table: BallotTable, among: readonly number[]): Paper[] {
  const joined = new Map<string, { readonly choices: readonly number[]; weight: bigint }>();
  for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
    const row = ballot * table.candidatesCount;
    const placeOf = (option: number): number => table.ranks[row + option] ?? 0;
    const choices = among.filter((option) => placeOf(option) !== 0).sort((a, b) => placeOf(a) - placeOf(b));
    if (choices.length === 0) continue;
    const key = choices.join(' ');
    const known = joined.get(key);
    if (known === undefined) joined.set(key, { choices, weight: entryAt(table.weights, ballot) });
    else known.weight += entryAt(table.weights, ballot);
  }
  return [...joined].sort(([a], [b]) => byCodeUnit(a, b)).map(([, paper]) => paper);
}
