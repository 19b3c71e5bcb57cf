// The parameters of a count as closed unions. Each of them has decided a real seat, so none has a default: a rule that does not say is not a rule.
// Nothing here counts.
import type { CharterComparison } from '../bylaws-terms.ts';
import type { Rational } from './rational.ts';

/** What an unranked option means where options are compared in pairs: equal last, or in no comparison of that ballot. */
export type UnrankedInPairs = 'tied-last' | 'not-compared';

/** What an unranked option means where ballots move in rounds: the ballot ends there, or all unranked share the last place. */
export type UnrankedInRounds = 'exhausted' | 'tied-last';

/** Whether a ballot may rank two options equal where options are compared in pairs. `refused`: the ballot is set aside and listed. */
export type EqualRanksInPairs = 'allowed' | 'refused';

/**
 * What a ballot does in a round whose best remaining place holds two or more. `refused`: such a ballot is set aside before the count.
 * `waits`: it supports nobody until one of them is left. `split`: it is divided equally, in exact fractions.
 */
export type EqualRanksInRounds = 'refused' | 'waits' | 'split';

/** What the strength of a victory is: the ballots for the winner of the pair, or these less those against. */
export type Strength = 'winning-votes' | 'margins';

/**
 * At most `seatsMax` members of one value of an attribute, such as one employer, in the whole body. `sitting` counts members who stay; empty where the cap
 * counts winners only. `standing` are those of them who stand for election too: who wins again is one person. `waived` are candidates who may come in beyond
 * the cap; they count in their group for whoever is elected after them. Whoever has no value is a group alone and is never capped.
 * Source: language.md S114, S115
 */
export interface SeatCap {
  readonly attribute: string;
  readonly seatsMax: number;
  readonly sitting: readonly { readonly value: string; readonly seats: number }[];
  readonly standing?: readonly string[];
  readonly waived?: readonly string[];
}

/** How many win, and under which caps, all of which hold. Fewer candidates than seats leave seats vacant (S45). */
export interface Seats {
  readonly seats: number;
  readonly cap: 'none' | readonly SeatCap[];
}

/** A condition against the default option (S44, Debian A.6.2 and A.6.3). `quorum` is the number of ballots that must prefer an option to it. */
export interface AgainstDefault {
  readonly option: string;
  readonly quorum: 'none' | { readonly comparison: 'at-least' | 'more-than'; readonly ballots: Rational };
  /** What every option not named in `ratioOf` needs: 1 for a simple majority. */
  readonly ratio: Rational;
  readonly ratioOf: readonly { readonly option: string; readonly ratio: Rational }[];
  /** `at-least`: the ratio is enough, with strictly more ballots for than against. `more-than`: the ratio must be exceeded. */
  readonly ratioComparison: 'at-least' | 'more-than';
}

/** The rule of a Gregory or Meek count; decimals and rounding belong to the name. See stv-gregory.ts and stv-meek.ts. */
export type StvMethod = 'stv-scottish' | 'stv-wigm' | 'stv-cfer' | 'stv-exact' | 'stv-meek' | 'stv-meek-exact';

/** What a share of a vote on a motion is taken of (S29). `all` and `those-present` are stated in the rule. */
export type MotionBase = 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'all' | 'those-present';

/** What must hold of the ballots. `squareRoot`: the share is of the square root of the base (S32). `lead`: yes less no. */
export type MotionTest =
  | {
      readonly kind: 'share';
      readonly comparison: CharterComparison;
      readonly share: Rational;
      readonly squareRoot: boolean;
      readonly base: MotionBase;
      readonly choice: string;
    }
  | {
      readonly kind: 'number';
      readonly comparison: CharterComparison;
      readonly amount: bigint;
      readonly unit: 'people' | 'weight';
      readonly choice: string;
    }
  | { readonly kind: 'lead'; readonly comparison: CharterComparison; readonly amount: bigint; readonly unit: 'people' | 'weight' };

/** How many must take part: abstentions take part (S30). A share is of all. `present`: those in the room, with a ballot or without. */
export type MotionQuorum =
  | {
      readonly kind: 'share';
      readonly comparison: CharterComparison;
      readonly share: Rational;
      readonly squareRoot: boolean;
      readonly counted: 'voting' | 'present';
    }
  | { readonly kind: 'number'; readonly comparison: CharterComparison; readonly amount: bigint; readonly counted: 'voting' | 'present' | 'weight' };

/**
 * A vote of yes or no. Other options than `yes`, `no` and `abstain` are votes cast. `weights` says what the weight of a ballot is: that many ballots alike, or
 * the weight of one voter. `roll` is the number of all who may vote or all seats. All quorums and all tests must hold.
 */
export interface YesNoRule extends Seats {
  readonly method: 'yes-no';
  readonly yes: string;
  readonly no: string;
  readonly abstain: string;
  readonly weights: 'ballots' | 'voters';
  readonly tests: readonly MotionTest[];
  readonly quorums: readonly MotionQuorum[];
  readonly roll: bigint | 'unknown';
  readonly present: bigint | 'unknown';
}

/** One counting rule with everything that can change its result, except ties. */
export type CountRule =
  | YesNoRule
  | ({ readonly method: 'plurality'; readonly equalRanks: 'refused' | 'split' } & Seats)
  | ({ readonly method: 'approval'; readonly marksMax: number | 'unlimited' } & Seats)
  | ({ readonly method: 'score'; readonly from: bigint; readonly to: bigint; readonly unscored: 'lowest' | 'refused' } & Seats)
  | ({ readonly method: 'star'; readonly from: bigint; readonly to: bigint; readonly unscored: 'lowest' | 'refused' } & Seats)
  | ({ readonly method: 'borda'; readonly unranked: UnrankedInPairs; readonly equalRanks: EqualRanksInPairs } & Seats)
  | ({ readonly method: 'irv'; readonly unranked: UnrankedInRounds; readonly equalRanks: EqualRanksInRounds } & Seats)
  | ({ readonly method: 'two-round'; readonly unranked: UnrankedInRounds; readonly equalRanks: EqualRanksInRounds } & Seats)
  | ({ readonly method: StvMethod; readonly unranked: 'exhausted'; readonly equalRanks: 'refused' } & Seats)
  | ({
      readonly method: 'schulze' | 'ranked-pairs' | 'minimax';
      readonly unranked: UnrankedInPairs;
      readonly equalRanks: EqualRanksInPairs;
      readonly strength: Strength;
    } & Seats)
  | ({ readonly method: 'condorcet'; readonly unranked: UnrankedInPairs; readonly equalRanks: EqualRanksInPairs } & Seats)
  | ({
      readonly method: 'condorcet-irv';
      readonly unranked: UnrankedInPairs;
      readonly equalRanks: EqualRanksInRounds;
      /** Among whom the rounds run where nobody beats everybody: the Smith set, or all who remain. */
      readonly roundsAmong: 'smith' | 'all';
    } & Seats)
  | ({
      readonly method: 'condorcet-default';
      readonly unranked: UnrankedInPairs;
      readonly equalRanks: EqualRanksInPairs;
      readonly against: AgainstDefault;
    } & Seats);

/** Every method name. */
export type Method = CountRule['method'];

/**
 * One rule for ties. `prior-rounds`: who had more in the most recent earlier round in which the tied differ (methods with rounds only).
 * `lot`: by SHA-256 (S38), see lot.ts. `decided`: an order somebody gave, best first, recorded with who gave it; it must name all the tied.
 * `fails`: the count fails. In every rule who comes first is favoured: wins first, is excluded last.
 */
export type TieRule =
  | { readonly kind: 'prior-rounds' }
  | { readonly kind: 'lot'; readonly seed: Uint8Array }
  | { readonly kind: 'decided'; readonly by: string; readonly order: readonly string[] }
  | { readonly kind: 'fails' };

/** Tie rules, tried in order. Empty: nobody declared any, and a tie is the result `tied`. */
export type TieChain = readonly TieRule[];
