// What is counted: candidates and ballots as a caller writes them, and the compact table that a million ranked ballots fit into.
// Nothing here judges a ballot: intake.ts does.
import { invariant } from '../invariant.ts';

/** One option or person on the ballot. `id` is any text, `__proto__` included. `groups`: what caps compare, at most one value for each attribute. */
export interface CountCandidate {
  readonly id: string;
  readonly name: string;
  readonly groups?: readonly (readonly [attribute: string, value: string])[];
}

/** A ranking: groups best first, ids in one group are equal. An empty list is a ballot cast blank. `weight` is 1 or more. */
export interface RankedBallot {
  readonly weight: bigint;
  readonly ranks: readonly (readonly string[])[];
}

/** Scores as pairs of id and whole points; who is left out is unscored. */
export interface ScoreBallot {
  readonly weight: bigint;
  readonly scores: readonly (readonly [id: string, points: bigint])[];
}

/** The ids a voter marked, without order. */
export interface MarkedBallot {
  readonly weight: bigint;
  readonly marks: readonly string[];
}

/**
 * Ranked ballots as numbers. Row `b` of `ranks` holds `candidatesCount` places, in the order of the profile's candidates:
 * 0 for unranked, otherwise 1 for the best place and larger for worse. `weights[b]` is 1 or more.
 */
export interface BallotTable {
  readonly candidatesCount: number;
  readonly ballotsCount: number;
  readonly ranks: Uint16Array;
  readonly weights: readonly bigint[];
}

/** A table that is counted. `small`: the weights as numbers, present where every sum of them is an exact number. */
export interface CountedTable extends BallotTable {
  readonly small: Float64Array | undefined;
}

/** What an election is: candidates, and ballots of one kind. `totals` is a published sheet of sums without ballots. */
export type Profile =
  | { readonly kind: 'ranked'; readonly candidates: readonly CountCandidate[]; readonly ballots: readonly RankedBallot[] }
  | { readonly kind: 'table'; readonly candidates: readonly CountCandidate[]; readonly table: BallotTable }
  | { readonly kind: 'scored'; readonly candidates: readonly CountCandidate[]; readonly ballots: readonly ScoreBallot[] }
  | { readonly kind: 'marked'; readonly candidates: readonly CountCandidate[]; readonly ballots: readonly MarkedBallot[] }
  | { readonly kind: 'totals'; readonly candidates: readonly CountCandidate[]; readonly totals: readonly (readonly [id: string, votes: bigint])[] };

/** Grows a ballot table row by row; `rows` doubles, so a million ballots cost a million places and not a million objects. */
export interface BallotTableBuilder {
  /** Adds one ballot; `places` has one entry per candidate. */
  readonly append: (weight: bigint, places: readonly number[]) => void;
  readonly finish: () => BallotTable;
}

const ROWS_FIRST = 64;

/** Starts an empty ballot table. Not pure: the builder it returns has state. */
export function ballotTableBuilder(candidatesCount: number): BallotTableBuilder {
  let ranks = new Uint16Array(ROWS_FIRST * candidatesCount);
  const weights: bigint[] = [];
  return {
    append: (weight, places) => {
      invariant(places.length === candidatesCount, 'a row has one place per candidate');
      const start = weights.length * candidatesCount;
      if (start + candidatesCount > ranks.length) {
        const larger = new Uint16Array(ranks.length * 2);
        larger.set(ranks);
        ranks = larger;
      }
      ranks.set(places, start);
      weights.push(weight);
    },
    finish: () => ({ candidatesCount, ballotsCount: weights.length, ranks: ranks.subarray(0, weights.length * candidatesCount), weights }),
  };
}

/** Adds up all weights of a table. Pure. */
export function totalWeight(table: BallotTable): bigint {
  let total = 0n;
  for (const weight of table.weights) total += weight;
  return total;
}
