// What every counting method is given and what it answers. Options are indices into the profile's candidates; names return in the record.
// No method is here.
import { entryAt } from '../invariant.ts';
import type { CountedTable } from './ballot.ts';
import type { CountStage, DefeatRecord, Exclusion, Pairwise, Requirement, TieRecord } from './record.ts';
import type { TieBreaker } from './tie.ts';

/** What a count writes down while it runs. Owned by one run of count.ts, which freezes it into a CountRecord. */
export interface CountLog {
  readonly stages: CountStage[];
  readonly defeats: DefeatRecord[];
  readonly exclusions: Exclusion[];
  readonly ties: TieRecord[];
  points?: readonly (readonly [option: string, points: string])[];
  pairwise?: Pairwise;
  requirements?: readonly Requirement[];
}

/** One count: the options still in it, ascending, and the ballots of everybody. */
export interface Contest {
  readonly ids: readonly string[];
  readonly among: readonly number[];
  readonly table: CountedTable;
  readonly seats: number;
  readonly ties: TieBreaker;
  readonly log: CountLog;
}

/** How the options stand: groups best first, equal within a group. A group cut by the last seat is a tie that count.ts settles. */
export type Standing =
  | { readonly kind: 'order'; readonly groups: readonly (readonly number[])[] }
  | { readonly kind: 'tied'; readonly certain: readonly number[]; readonly tied: readonly number[]; readonly seats: number; readonly at: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** The id of an option by its index. */
export function idOf(ids: readonly string[], option: number): string {
  return entryAt(ids, option);
}

/** Groups options by a total comparison, best first; within a group in the order given. Pure. */
export function groupBy(options: readonly number[], better: (a: number, b: number) => number): number[][] {
  const groups: number[][] = [];
  for (const option of [...options].sort((a, b) => better(a, b) || a - b)) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && better(last[0], option) === 0) last.push(option);
    else groups.push([option]);
  }
  return groups;
}
