// The stages of a process in a Charter. Lists keep their source order where order has meaning. Data only.
import type {
  CharterAct,
  CharterActor,
  CharterBound,
  CharterComparison,
  CharterDuration,
  CharterFact,
  CharterHeld,
  CharterLimit,
  CharterRecusal,
  CharterShare,
  CharterSince,
  Quantity,
} from './bylaws-terms.ts';

/** One stage of a process. */
export type CharterStage = CharterStep | CharterVote | CharterJoint | CharterMeeting | CharterDraw | CharterOutcome;

/** Support that a nomination or an option needs (S121). */
export interface CharterSupport {
  readonly by: CharterActor;
  /** Facts of the supporters; absent: none are asked for. */
  readonly who?: readonly CharterFact[];
  readonly struckAfter?: CharterDuration;
}

/** Transitions keep their source order: the first that matches fires (S17). */
export type CharterTransition =
  | {
      readonly kind: 'when';
      readonly acts: readonly CharterAct[];
      readonly within?: CharterDuration;
      readonly withoutConcerns?: true;
      readonly target: string;
    }
  | { readonly kind: 'unless'; readonly acts: readonly CharterAct[]; readonly within: CharterDuration; readonly target: string }
  | { readonly kind: 'otherwise'; readonly target: string }
  | {
      readonly kind: 'after';
      readonly duration: CharterDuration;
      readonly since?: CharterSince;
      readonly inARow?: true;
      readonly without?: { readonly kind: 'concerns' } | { readonly kind: 'act'; readonly act: CharterAct };
      readonly target: string;
    };

/** A step: people act, clocks run. */
export interface CharterStep {
  readonly kind: 'step';
  readonly name: string;
  readonly title?: string;
  readonly lastsAtLeast?: { readonly duration: CharterDuration; readonly since?: CharterSince };
  readonly concerns: readonly { readonly by: CharterActor; readonly reasons?: true; readonly resolvedBy: readonly CharterActor[] }[];
  readonly nominations: readonly { readonly of: string; readonly who: readonly CharterFact[]; readonly support?: CharterSupport }[];
  readonly options?: { readonly by: CharterActor; readonly support?: CharterSupport };
  readonly holds: readonly { readonly held: CharterHeld; readonly acts: readonly CharterAct[]; readonly within?: CharterDuration }[];
  readonly limits: readonly CharterLimit[];
  readonly transitions: readonly CharterTransition[];
}

/** `results` in source order; `otherwise` is the target of every other result. */
export interface CharterResults {
  readonly results: readonly { readonly result: string; readonly target: string }[];
  readonly otherwise?: string;
}

/** One test of a result (S126). */
export type CharterTest =
  | {
      readonly kind: 'share-of-base';
      readonly comparison: CharterComparison;
      readonly amount: Quantity;
      readonly base: 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'those-present' | 'all';
      /** The role of base `all`; may be `seats` or `electorate`. */
      readonly role?: string;
      readonly choices: readonly string[];
      /** What the count elects is meant, and `choices` is empty. */
      readonly winner?: true;
    }
  | {
      readonly kind: 'people-say';
      readonly comparison: CharterComparison;
      readonly amount: Quantity;
      readonly role: string;
      readonly choices: readonly string[];
    }
  | { readonly kind: 'none-say' | 'all-say'; readonly role: string; readonly choices: readonly string[] }
  | { readonly kind: 'turnout'; readonly comparison: CharterComparison; readonly bound: CharterBound }
  | { readonly kind: 'lead'; readonly of: string; readonly over: string; readonly comparison: CharterComparison; readonly value: number };

/** A quorum; several must all hold (S30, S32). */
export interface CharterQuorum {
  readonly comparison: CharterComparison;
  readonly bound: CharterBound;
  readonly counted: 'voting' | 'present' | 'over-default' | 'saying';
  /** Only with `saying`. */
  readonly choices?: readonly string[];
}

/** One rule of a tie chain (S37, S124). */
export type CharterTieRule =
  | { readonly kind: 'fails' }
  | { readonly kind: 'lot' }
  | { readonly kind: 'decided'; readonly by: CharterActor; readonly thoughConcerned?: true };

/** How ballots are counted (S43). What the method needs and nobody wrote is absent, and then it counts nothing; see counting.ts. */
export interface CharterCounted {
  readonly method: string;
  readonly from?: number;
  readonly to?: number;
  readonly strength?: 'winning-votes' | 'margins';
  readonly unranked?: 'tied-last' | 'not-compared' | 'exhausted';
  readonly equalRanks?: 'allowed' | 'refused' | 'waits' | 'split';
  readonly unscored?: 'lowest' | 'refused';
}

/** A vote with everything its count needs. */
export interface CharterVote extends CharterResults {
  readonly kind: 'vote';
  readonly name: string;
  readonly title?: string;
  readonly voters: {
    readonly roles: readonly string[];
    readonly present?: true;
    readonly weightedBy?: string;
    readonly asOfTheStart?: true;
    readonly except: readonly string[];
    readonly who: readonly CharterFact[];
  };
  /** `candidates` and `options` come from earlier steps (S121). */
  readonly choices: { readonly kind: 'list'; readonly names: readonly string[] } | { readonly kind: 'candidates' } | { readonly kind: 'options' };
  readonly default?: string;
  readonly counted?: CharterCounted;
  readonly elects?: { readonly seats?: number; readonly role: string };
  readonly marks?: number;
  readonly reasonsFor: readonly string[];
  readonly vacanciesCountAs?: string;
  readonly open: CharterDuration;
  readonly ballots: 'final' | 'may-change' | 'sealed';
  readonly revealedWithin?: CharterDuration;
  readonly closesEarly?: true;
  readonly extends: readonly {
    readonly by: CharterDuration;
    readonly when:
      | { readonly kind: 'swung' | 'quorate'; readonly inTheLast: CharterDuration }
      | { readonly kind: 'result'; readonly results: readonly string[] };
    readonly most?: number;
  }[];
  readonly holdsFor?: CharterDuration;
  readonly grace?: { readonly duration: CharterDuration; readonly receipts: number };
  readonly quorums: readonly CharterQuorum[];
  readonly secondCall?: { readonly after: CharterDuration; readonly quorum?: CharterQuorum };
  readonly passes: readonly { readonly result: string; readonly tests: readonly CharterTest[] }[];
  readonly beatsDefault: readonly { readonly comparison: CharterComparison; readonly left: number; readonly right: number; readonly area?: string }[];
  readonly beatsOthers: readonly { readonly comparison: CharterComparison; readonly share: CharterShare }[];
  /** Absent: no tie clause was written. */
  readonly tie?: readonly CharterTieRule[];
  readonly limits: readonly CharterLimit[];
  readonly recusals: readonly CharterRecusal[];
}

/** Votes side by side; only `passed` counts as a pass (S48, S125). */
export interface CharterJoint {
  readonly kind: 'joint';
  readonly name: string;
  readonly title?: string;
  readonly votes: readonly CharterVote[];
  readonly passes?: { readonly which: 'all' | 'any'; readonly target: string };
  readonly otherwise?: string;
}

/** A meeting: called, attended, quorate or not (S46). */
export interface CharterMeeting extends CharterResults {
  readonly kind: 'meeting';
  readonly name: string;
  readonly title?: string;
  readonly called?: { readonly by: CharterActor; readonly within?: CharterDuration };
  readonly notice?: CharterDuration;
  readonly attended?: { readonly role: string; readonly certifiedBy?: CharterActor };
  readonly open: CharterDuration;
  readonly quorums: readonly CharterQuorum[];
  readonly secondCall?: { readonly after: CharterDuration; readonly quorum?: CharterQuorum };
}

/** A draw by lot from a committed seed (S47). */
export interface CharterDraw extends CharterResults {
  readonly kind: 'draw';
  readonly name: string;
  readonly title?: string;
  readonly picks?: { readonly count: number; readonly role: string; readonly except: readonly string[]; readonly who: readonly CharterFact[] };
  readonly seed?: { readonly committedBy: CharterActor; readonly within: CharterDuration };
  readonly limits: readonly CharterLimit[];
}

/** What is granted or removed; `proposed` is the role the case asks for. */
export type CharterGranted = { readonly kind: 'proposed' } | { readonly kind: 'named'; readonly name: string };

/** One effect of an outcome. */
export type CharterEffect =
  | { readonly kind: 'accept-merge'; readonly within?: CharterDuration; readonly ratified?: { readonly process: string; readonly within: CharterDuration } }
  | { readonly kind: 'refuse-merge' }
  | {
      readonly kind: 'grant';
      readonly what: CharterGranted;
      readonly to: string;
      readonly first?: number;
      readonly others?: true;
      readonly for?: CharterDuration;
    }
  | { readonly kind: 'remove'; readonly what: CharterGranted; readonly from: string }
  | { readonly kind: 'award'; readonly amount: number; readonly points: string; readonly to: string }
  | { readonly kind: 'pay'; readonly account: string }
  | { readonly kind: 'reverse' }
  | { readonly kind: 'strike'; readonly who: string; readonly from: string }
  | { readonly kind: 'start'; readonly process: string };

/** `accepts` follows S136; an accepting outcome of a process that governs areas has an `accept-merge` effect, written or implied. */
export interface CharterOutcome {
  readonly kind: 'outcome';
  readonly name: string;
  readonly title?: string;
  readonly accepts: boolean;
  readonly effects: readonly CharterEffect[];
}
