// The stages of a process in the tree: steps, votes, joints, meetings, draws, outcomes (language.md section 4). Nothing here computes.
import type {
  Act,
  Actor,
  AllowClause,
  Amount,
  Bound,
  Comparison,
  Duration,
  EventPattern,
  Fact,
  Held,
  LimitClause,
  Name,
  Share,
  Since,
  Span,
  Text,
} from './tree-terms.ts';

/** `recusal for ATTRIBUTE decided by ACTOR ...` (S42). */
export interface RecusalClause {
  readonly kind: 'recusal';
  readonly for: readonly Name[];
  readonly decidedBy: Actor;
  readonly effect: { readonly kind: 'leaves' } | { readonly kind: 'counts-as'; readonly choice: Name };
  readonly span: Span;
}

/** One stage of a process. */
export type Stage = StepStage | VoteStage | JointStage | MeetingStage | DrawStage | OutcomeStage;

/** `supported by ACTOR who FACTS struck after DURATION` (S121). */
export interface Support {
  readonly by: Actor;
  readonly who: readonly Fact[];
  readonly struckAfter?: Duration;
  readonly span: Span;
}

/** One way out of a step (S17-S22). */
export type Transition =
  | { readonly kind: 'when'; readonly event: EventPattern; readonly withoutConcerns: boolean; readonly target: Name; readonly span: Span }
  | { readonly kind: 'unless'; readonly event: EventPattern; readonly target: Name; readonly span: Span }
  | { readonly kind: 'otherwise'; readonly target: Name; readonly span: Span }
  | {
      readonly kind: 'after';
      readonly duration: Duration;
      readonly since?: Since;
      readonly inARow: boolean;
      readonly without?: { readonly kind: 'concerns'; readonly span: Span } | { readonly kind: 'act'; readonly act: Act; readonly span: Span };
      readonly target: Name;
      readonly span: Span;
    };

/** One clause of a step. */
export type StepClause =
  | { readonly kind: 'lasts'; readonly duration: Duration; readonly since?: Since; readonly span: Span }
  | { readonly kind: 'concerns'; readonly by: Actor; readonly reasons: boolean; readonly resolvedBy: readonly Actor[]; readonly span: Span }
  | { readonly kind: 'nominations'; readonly of: Name; readonly who: readonly Fact[]; readonly support?: Support; readonly span: Span }
  | { readonly kind: 'options'; readonly by: Actor; readonly support?: Support; readonly span: Span }
  | { readonly kind: 'hold'; readonly held: Held; readonly event: EventPattern; readonly span: Span }
  | LimitClause
  | Transition
  | AllowClause;

/** `step NAME "Title" ... end`. */
export interface StepStage {
  readonly kind: 'step';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly StepClause[];
  readonly span: Span;
}

/** `when passed go to X` and `otherwise go to X` after a count. */
export type ResultClause =
  | { readonly kind: 'result'; readonly result: Name; readonly target: Name; readonly span: Span }
  | { readonly kind: 'otherwise'; readonly target: Name; readonly span: Span };

/** Choices joined by `or`. */
export type Choice = readonly Name[];

/** What a share of ballots is taken of (S29). */
export type TestBase = 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'those-present';

/** One test of a `passes when` line (S126). */
export type Test =
  | {
      readonly kind: 'share-of-base';
      readonly comparison: Comparison;
      readonly amount: Amount;
      readonly base: { readonly kind: TestBase } | { readonly kind: 'all'; readonly role: Name };
      readonly choice: Choice;
      /** `are the winner`: whoever or whatever the count elects; `choice` is then empty. */
      readonly winner?: true;
      readonly span: Span;
    }
  | { readonly kind: 'people-say'; readonly comparison: Comparison; readonly amount: Amount; readonly role: Name; readonly choice: Choice; readonly span: Span }
  | { readonly kind: 'none-or-all-say'; readonly which: 'no' | 'all'; readonly role: Name; readonly choice: Choice; readonly span: Span }
  | { readonly kind: 'turnout'; readonly comparison: Comparison; readonly bound: Bound; readonly span: Span }
  | { readonly kind: 'lead'; readonly of: Name; readonly over: Name; readonly comparison: Comparison; readonly value: number; readonly span: Span };

/** `quorum COMPARISON BOUND voting|present|over default|saying CHOICE` (S30). */
export interface QuorumClause {
  readonly kind: 'quorum';
  readonly comparison: Comparison;
  readonly bound: Bound;
  readonly counted: { readonly kind: 'voting' | 'present' | 'over-default' } | { readonly kind: 'saying'; readonly choice: Choice };
  readonly span: Span;
}

/** One rule of a tie chain (S37, S124). */
export type TieRule =
  | { readonly kind: 'fails' | 'lot'; readonly span: Span }
  | { readonly kind: 'decided'; readonly by: Actor; readonly thoughConcerned: boolean; readonly span: Span };

/** `second call after DURATION ...` (S101). */
export interface SecondCallClause {
  readonly kind: 'second-call';
  readonly after: Duration;
  readonly quorum?: QuorumClause;
  readonly span: Span;
}

/** What a method needs to know about ballots, behind `with`. Source: docs/decisions/0024 */
export type CountingParameter =
  | { readonly kind: 'strength'; readonly value: 'winning-votes' | 'margins'; readonly span: Span }
  | { readonly kind: 'unranked'; readonly value: 'tied-last' | 'not-compared' | 'exhausted'; readonly span: Span }
  | { readonly kind: 'equalRanks'; readonly value: 'allowed' | 'refused' | 'waits' | 'split'; readonly span: Span }
  | { readonly kind: 'unscored'; readonly value: 'lowest' | 'refused'; readonly span: Span };

/** One clause of a vote. */
export type BallotClause =
  | {
      readonly kind: 'voters';
      readonly roles: readonly Name[];
      readonly present: boolean;
      readonly weightedBy?: Name;
      readonly asOfTheStart: boolean;
      readonly except: readonly Name[];
      readonly who: readonly Fact[];
      readonly span: Span;
    }
  | {
      readonly kind: 'choices';
      readonly from: { readonly kind: 'the'; readonly name: Name } | { readonly kind: 'list'; readonly names: readonly Name[] };
      readonly span: Span;
    }
  | { readonly kind: 'default'; readonly option: Name; readonly span: Span }
  | {
      readonly kind: 'counted';
      readonly method: Name;
      readonly from?: number;
      readonly to?: number;
      readonly parameters: readonly CountingParameter[];
      readonly span: Span;
    }
  | { readonly kind: 'elects'; readonly seats: Amount | 'the-vacant'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'marks'; readonly most: number; readonly span: Span }
  | { readonly kind: 'reasons'; readonly for: readonly Name[]; readonly span: Span }
  | { readonly kind: 'vacancies'; readonly countAs: Name; readonly span: Span }
  | { readonly kind: 'open'; readonly duration: Duration; readonly span: Span }
  | { readonly kind: 'ballots'; readonly mode: 'final' | 'may-change' | 'sealed'; readonly revealedWithin?: Duration; readonly span: Span }
  | { readonly kind: 'closes-early'; readonly span: Span }
  | {
      readonly kind: 'extends';
      readonly by: Duration;
      readonly when: { readonly kind: 'swung' | 'quorate'; readonly inTheLast: Duration } | { readonly kind: 'result'; readonly names: Choice };
      readonly most?: number;
      readonly span: Span;
    }
  | { readonly kind: 'holds'; readonly duration: Duration; readonly span: Span }
  | { readonly kind: 'grace'; readonly duration: Duration; readonly receipts: number; readonly span: Span }
  | QuorumClause
  | SecondCallClause
  | { readonly kind: 'passes'; readonly as?: Name; readonly tests: readonly Test[]; readonly span: Span }
  | {
      readonly kind: 'beats-default';
      readonly comparison: Comparison;
      readonly left: number;
      readonly right: number;
      readonly area?: Name;
      readonly span: Span;
    }
  | { readonly kind: 'beats-others'; readonly comparison: Comparison; readonly share: Share; readonly span: Span }
  | { readonly kind: 'tie'; readonly rules: readonly TieRule[]; readonly span: Span }
  | LimitClause
  | RecusalClause
  | AllowClause;

/** `vote NAME "Title" ... end`. */
export interface VoteStage {
  readonly kind: 'vote';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (BallotClause | ResultClause)[];
  readonly span: Span;
}

/** `joint NAME ... end`: votes side by side (S48). */
export interface JointStage {
  readonly kind: 'joint';
  readonly name: Name;
  readonly title?: Text;
  readonly votes: readonly VoteStage[];
  readonly clauses: readonly (
    | { readonly kind: 'pass'; readonly which: 'all' | 'any'; readonly target: Name; readonly span: Span }
    | { readonly kind: 'otherwise'; readonly target: Name; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** `meeting NAME ... end` (S46). */
export interface MeetingStage {
  readonly kind: 'meeting';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'called'; readonly by: Actor; readonly within?: Duration; readonly span: Span }
    | { readonly kind: 'notice'; readonly duration: Duration; readonly span: Span }
    | { readonly kind: 'attended'; readonly by: Name; readonly certifiedBy?: Actor; readonly span: Span }
    | { readonly kind: 'open'; readonly duration: Duration; readonly span: Span }
    | QuorumClause
    | SecondCallClause
    | ResultClause
    | AllowClause
  )[];
  readonly span: Span;
}

/** `draw NAME ... end` (S47). */
export interface DrawStage {
  readonly kind: 'draw';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (
    | {
        readonly kind: 'picks';
        readonly count: number;
        readonly role: Name;
        readonly except: readonly Name[];
        readonly who: readonly Fact[];
        readonly span: Span;
      }
    | { readonly kind: 'seed'; readonly committedBy: Actor; readonly within: Duration; readonly span: Span }
    | LimitClause
    | ResultClause
    | AllowClause
  )[];
  readonly span: Span;
}

/** What is granted: the role the case proposes, or a named one. */
export type Granted = { readonly kind: 'proposed-role'; readonly span: Span } | { readonly kind: 'named'; readonly name: Name; readonly span: Span };

/** One effect of an outcome. */
export type Effect =
  | {
      readonly kind: 'accept-merge';
      readonly within?: Duration;
      readonly ratifiedThrough?: { readonly process: Name; readonly within: Duration };
      readonly span: Span;
    }
  | { readonly kind: 'refuse-merge'; readonly span: Span }
  | {
      readonly kind: 'grant';
      readonly what: Granted;
      readonly select?: { readonly kind: 'first'; readonly count: number } | { readonly kind: 'other' };
      readonly to: Name;
      readonly for?: Duration;
      readonly span: Span;
    }
  | { readonly kind: 'remove'; readonly what: Granted; readonly from: Name; readonly span: Span }
  | { readonly kind: 'award'; readonly amount: number; readonly points: Name; readonly to: Name; readonly span: Span }
  | { readonly kind: 'pay'; readonly account: Name; readonly span: Span }
  | { readonly kind: 'reverse'; readonly span: Span }
  | { readonly kind: 'strike'; readonly who: Name; readonly from: Name; readonly span: Span }
  | { readonly kind: 'start'; readonly process: Name; readonly span: Span }
  | AllowClause;

/** `verdict` is set for the one-word forms `accepts` and `refuses`. */
export interface OutcomeStage {
  readonly kind: 'outcome';
  readonly name: Name;
  readonly title?: Text;
  readonly verdict?: 'accepts' | 'refuses';
  readonly effects: readonly Effect[];
  readonly span: Span;
}
