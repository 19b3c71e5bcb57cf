// What a count leaves behind, as data: a teller's table, a picture and `--explain` are all made from it. It holds ids and exact values, no floats.
// Nothing here computes.
import type { Method } from './rules.ts';

/**
 * The result. `passed` and `rejected` are a motion's. `winners` in order of standing. `order`: everybody the method placed, groups best first; equal within a group.
 * `vacancies`: seats nobody took (S45). `tied`: `certain` have won whatever happens; `seats` more depend on a choice among `tied` in the step `at`, and no
 * declared rule makes it.
 */
export type CountOutcome =
  | { readonly kind: 'elected'; readonly winners: readonly string[]; readonly order: readonly (readonly string[])[]; readonly vacancies: number }
  | { readonly kind: 'tied'; readonly certain: readonly string[]; readonly tied: readonly string[]; readonly seats: number; readonly at: string }
  | { readonly kind: 'passed' }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** One requirement on a motion as a sentence, what there is, and whether that is enough. */
export interface Requirement {
  readonly requirement: string;
  readonly have: string;
  readonly need: string;
  readonly met: boolean;
}

/** A ballot that was not counted. `ballot` is its index in the profile, from 0. */
export interface SetAside {
  readonly ballot: number;
  readonly weight: bigint;
  readonly reason: string;
}

/** Votes that moved in one stage. `to` absent: they can move to nobody. `votes` is exact text, see `CountStage`. */
export interface Transfer {
  readonly from: string;
  readonly to?: string;
  readonly votes: string;
}

/** What a stage did to one option. */
export interface StageAction {
  readonly kind: 'elected' | 'elected-remaining' | 'excluded' | 'defeated-remaining';
  readonly option: string;
}

/**
 * One round or stage. `votes` at its start in the order of the candidates, as exact text: whole, with the rule's decimals, or `a/b`.
 * `keep`: by Meek's rule, the part of each paper that an option keeps; such votes move a little from everybody, so `transfers` is empty there.
 * `idle` names votes that support nobody now, such as `exhausted`.
 */
export interface CountStage {
  readonly title: string;
  readonly quota?: string;
  readonly votes: readonly (readonly [option: string, votes: string])[];
  readonly keep?: readonly (readonly [option: string, part: string])[];
  readonly idle: readonly (readonly [name: string, votes: string])[];
  readonly actions: readonly StageAction[];
  readonly transfers: readonly Transfer[];
}

/** A tie and what settled it. `favoured` stand before `rest`; `by` is the rule, `nobody`, or `no-seat`: whoever is picked, the same are elected. */
export interface TieRecord {
  readonly at: string;
  readonly tied: readonly string[];
  readonly by: 'prior-rounds' | 'lot' | 'decided' | 'fails' | 'nobody' | 'no-seat';
  readonly decider?: string;
  readonly favoured: readonly string[];
  readonly rest: readonly string[];
}

/** An option taken out by a condition and not by votes. */
export interface Exclusion {
  readonly option: string;
  readonly kind: 'cap' | 'quorum' | 'ratio';
  readonly reason: string;
}

/** `matrix[a][b]`: ballots that prefer `options[a]` to `options[b]`. `paths[a][b]`: the strongest path from a to b, 0 for none. */
export interface Pairwise {
  readonly options: readonly string[];
  readonly matrix: readonly (readonly bigint[])[];
  readonly paths?: readonly (readonly bigint[])[];
}

/** A victory as ranked pairs or the dropping of defeats looked at it, in that order. `open`: equal victories contradict each other and no seat depends on it. */
export interface DefeatRecord {
  readonly winner: string;
  readonly loser: string;
  readonly forWinner: bigint;
  readonly forLoser: bigint;
  readonly result: 'locked' | 'skipped' | 'open' | 'dropped';
}

/** A count that was thrown away because a cap struck winners of it: one, or several who stood equally low and all had to go. */
export interface Recount {
  readonly struck: readonly string[];
  readonly winners: readonly string[];
  readonly order: readonly (readonly string[])[];
}

/** Everything about one count. `ballots` are rows and weights of what was given, set aside, and cast blank; blank ballots support nobody. */
export interface CountRecord {
  readonly method: Method;
  readonly seats: number;
  readonly outcome: CountOutcome;
  readonly ballots: {
    readonly rows: number;
    readonly weight: bigint;
    readonly setAsideRows: number;
    readonly setAsideWeight: bigint;
    readonly blankWeight: bigint;
  };
  /** The first 1,000 ballots that were set aside. */
  readonly setAside: readonly SetAside[];
  /** Sums by option, such as marks, scores or Borda points, as exact text. */
  readonly points?: readonly (readonly [option: string, points: string])[];
  /** Quorums and tests of a motion, in the order of the rule. */
  readonly requirements?: readonly Requirement[];
  readonly stages: readonly CountStage[];
  readonly pairwise?: Pairwise;
  readonly defeats: readonly DefeatRecord[];
  readonly exclusions: readonly Exclusion[];
  readonly ties: readonly TieRecord[];
  readonly recounts: readonly Recount[];
}
