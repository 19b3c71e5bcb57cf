// The tree: one node per declaration and clause of the grammar (language.md section 4), each with its span. It says what was
// written, not what it means: names are unresolved, units are kept as written. Nothing here computes.

/** A piece of one file: offsets in UTF-16 code units, 0-based, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A word that names something, as written; `$word` (a parameter of a module) keeps its `$`. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A string literal without its quotes. */
export interface Text {
  readonly text: string;
  readonly span: Span;
}

export type DurationUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A length of time as written, or a parameter of a module. */
export type Duration =
  | { readonly kind: 'duration'; readonly count: number; readonly unit: DurationUnit; readonly span: Span }
  | { readonly kind: 'parameter'; readonly name: Name; readonly span: Span };

/** A quantity as written; `decimal` and `percent` keep their digits (`66.67`), a fraction both its terms. */
export type Amount =
  | { readonly kind: 'integer'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'decimal'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'percent'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'fraction'; readonly numerator: string; readonly denominator: string; readonly span: Span }
  | { readonly kind: 'parameter'; readonly name: Name; readonly span: Span };

/** `2027-03-01` or `2027-03-01T14:00Z`, as written; always UTC. */
export interface DateLiteral {
  readonly kind: 'date';
  readonly text: string;
  readonly span: Span;
}

/** `HH:MM`, local time of the organization (S91). */
export interface TimeLiteral {
  readonly text: string;
  readonly span: Span;
}

export type Value =
  | Exclude<Amount, { readonly kind: 'parameter' }>
  | Exclude<Duration, { readonly kind: 'parameter' }>
  | DateLiteral
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'name'; readonly name: Name; readonly span: Span };

export type Comparison = 'at-least' | 'at-most' | 'more-than' | 'fewer-than' | 'exactly';

/** `amendment.both.ballot.open`: names joined by dots. */
export interface Path {
  readonly parts: readonly Name[];
  readonly span: Span;
}

/** `NAME plural NAMES "Title"`. */
export interface Head {
  readonly name: Name;
  readonly plural?: Name;
  readonly title?: Text;
}

/** `all ROLE`, `all but K of ROLE`, with `other`. */
export interface Whole {
  readonly kind: 'whole';
  readonly except?: number;
  readonly other: boolean;
  readonly role: Name;
  readonly span: Span;
}

/** `1/2 of members`, `1/2 of the square root of members`, `5 members`, `the square root of members`. */
export interface Part {
  readonly kind: 'part';
  readonly amount?: Amount;
  readonly squareRoot: boolean;
  readonly other: boolean;
  readonly role: Name;
  readonly span: Span;
}

export type Share = Whole | Part;

/** A share, or the larger or smaller of two (S32). */
export type Bound = Share | { readonly kind: 'larger' | 'smaller'; readonly left: Share; readonly right: Share; readonly span: Span };

/** Who acts. `any`/`a`: one person of the role; `the` a single holder; `first`/`next` walk an ordered role (S27). */
export type Actor =
  | { readonly kind: 'any'; readonly other: boolean; readonly role: Name; readonly span: Span }
  | { readonly kind: 'the'; readonly order?: 'first' | 'next'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'bounded'; readonly comparison: Comparison; readonly bound: Bound; readonly span: Span }
  | { readonly kind: 'a'; readonly role: Name; readonly span: Span }
  | Share;

/** One fact after `who`. */
export type Fact =
  | { readonly kind: 'holds'; readonly name: Name; readonly span: Span }
  | { readonly kind: 'does-not-hold'; readonly name: Name; readonly span: Span }
  | { readonly kind: 'has'; readonly comparison: Comparison; readonly amount: Amount; readonly name: Name; readonly span: Span }
  | { readonly kind: 'joined'; readonly ago: Duration; readonly span: Span };

export type Since = { readonly kind: 'start'; readonly span: Span } | { readonly kind: 'stage'; readonly name: Name; readonly span: Span };

/** `any councillor objects "text" since the start`. */
export interface Act {
  readonly actor: Actor;
  readonly verb: Name;
  readonly text?: Text;
  readonly since?: Since;
  readonly span: Span;
}

/** Acts joined by `and`, with an optional window. */
export interface EventPattern {
  readonly acts: readonly Act[];
  readonly within?: Duration;
  readonly span: Span;
}

export type Remedy =
  | { readonly kind: 'start'; readonly process: Name; readonly span: Span }
  | {
      readonly kind: 'leave';
      readonly who: 'newest' | 'oldest' | 'lot' | 'all';
      readonly after?: Duration;
      readonly at?: Path;
      readonly span: Span;
    };

export interface AllowClause {
  readonly kind: 'allow';
  readonly rule: Name;
  readonly because: Text;
  readonly until?: DateLiteral;
  readonly span: Span;
}

/** `limit 2 cases per author per 30 days`: every `per` is a name or a window. */
export interface LimitClause {
  readonly kind: 'limit';
  readonly amount: Amount;
  readonly counted: Name;
  readonly per: readonly ({ readonly kind: 'window'; readonly duration: Duration } | { readonly kind: 'each'; readonly name: Name })[];
  readonly inARow: boolean;
  readonly including?: Name;
  readonly otherwise?: Remedy;
  readonly waivedThrough?: Name;
  readonly span: Span;
}

export interface OrganizationDeclaration {
  readonly kind: 'organization';
  readonly name: Text;
  readonly clauses: readonly (
    | { readonly kind: 'time-zone'; readonly zone: Text; readonly span: Span }
    | { readonly kind: 'local-time'; readonly offsets: readonly Text[]; readonly span: Span }
    | { readonly kind: 'day-ends'; readonly offset: Text; readonly span: Span }
    | { readonly kind: 'witnessed'; readonly role: Name; readonly finality: 'one' | 'quorum'; readonly span: Span }
    | { readonly kind: 'stale'; readonly after: Duration; readonly span: Span }
    | { readonly kind: 'retention'; readonly duration: Duration; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

export interface ModuleDeclaration {
  readonly kind: 'module';
  readonly name: Name;
  readonly title?: Text;
  readonly span: Span;
}

export interface ParameterDeclaration {
  readonly kind: 'parameter';
  readonly name: Name;
  readonly type: 'duration' | 'number' | 'fraction' | 'name';
  readonly from?: Value;
  readonly to?: Value;
  readonly default?: Value;
  readonly span: Span;
}

export interface ImportDeclaration {
  readonly kind: 'import';
  readonly name: Name;
  readonly from: Text;
  readonly pinned: Text;
  readonly settings: readonly { readonly name: Name; readonly value: Value; readonly span: Span }[];
  readonly span: Span;
}

export interface AreaDeclaration {
  readonly kind: 'area';
  readonly name: Name;
  readonly covers: readonly Text[];
  readonly except: readonly Text[];
  readonly span: Span;
}

export interface AttributeDeclaration {
  readonly kind: 'attribute';
  readonly name: Name;
  readonly title?: Text;
  readonly certifiedBy: Actor;
  readonly span: Span;
}

export interface ActionDeclaration {
  readonly kind: 'action';
  readonly name: Name;
  readonly title?: Text;
  readonly by: Actor;
  readonly span: Span;
}

/** `3 to 7 people`, `exactly 1 person`, `at least 5 people`. */
export interface Headcount {
  readonly comparison?: Comparison;
  readonly amount: Amount;
  readonly to?: Amount;
  readonly span: Span;
}

export type Loss =
  | { readonly kind: 'inactivity'; readonly duration: Duration; readonly span: Span }
  | { readonly kind: 'missed-votes'; readonly count: number; readonly span: Span }
  | { readonly kind: 'named'; readonly name: Name; readonly of?: Duration; readonly span: Span };

export type RoleClause =
  | { readonly kind: 'held'; readonly by: 'anyone' | Headcount; readonly inOrder: boolean; readonly span: Span }
  | { readonly kind: 'first-held'; readonly people: readonly Text[]; readonly span: Span }
  | { readonly kind: 'open-to'; readonly role: Name; readonly who: readonly Fact[]; readonly span: Span }
  | { readonly kind: 'term'; readonly duration: Duration; readonly staggeredGroups?: number; readonly span: Span }
  | { readonly kind: 'gained'; readonly through: readonly Name[]; readonly span: Span }
  | { readonly kind: 'lost'; readonly through: readonly Loss[]; readonly span: Span }
  | { readonly kind: 'lost-with'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'vacancy'; readonly through: Name; readonly within: Duration; readonly span: Span }
  | { readonly kind: 'while-short'; readonly processes: readonly Name[]; readonly span: Span }
  | { readonly kind: 'succeeded'; readonly by: readonly Name[]; readonly span: Span }
  | LimitClause
  | AllowClause;

export interface RoleDeclaration {
  readonly kind: 'role';
  readonly head: Head;
  readonly clauses: readonly RoleClause[];
  readonly span: Span;
}

export interface MeasureDeclaration {
  readonly kind: 'measure';
  readonly name: Name;
  readonly title?: Text;
  readonly counts: Name;
  readonly each: Name;
  readonly over?: Duration;
  readonly reportedBy?: Name;
  readonly bounds: readonly { readonly comparison: Comparison; readonly value: number; readonly span: Span }[];
  readonly span: Span;
}

export interface PointsDeclaration {
  readonly kind: 'points';
  readonly head: Head;
  readonly clauses: readonly (
    | { readonly kind: 'earned'; readonly amount: number; readonly by: Actor; readonly for: Path; readonly span: Span }
    | { readonly kind: 'decay'; readonly amount: Amount; readonly every: Duration; readonly span: Span }
    | { readonly kind: 'level'; readonly name: Name; readonly from: number; readonly span: Span }
    | LimitClause
    | AllowClause
  )[];
  readonly span: Span;
}

export interface CertificateDeclaration {
  readonly kind: 'certificate';
  readonly head: Head;
  readonly clauses: readonly (
    | { readonly kind: 'issued-by'; readonly actor: Actor; readonly span: Span }
    | { readonly kind: 'issued-to'; readonly role: Name; readonly who: readonly Fact[]; readonly span: Span }
    | { readonly kind: 'lasts'; readonly duration: Duration; readonly span: Span }
    | { readonly kind: 'revoked'; readonly actor: Actor; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

export interface DelegationDeclaration {
  readonly kind: 'delegation';
  readonly name: Name;
  readonly title?: Text;
  readonly by: Name;
  readonly clauses: readonly (
    | { readonly kind: 'for'; readonly processes: readonly Name[]; readonly span: Span }
    | { readonly kind: 'depth'; readonly depth: number; readonly span: Span }
    | { readonly kind: 'override'; readonly span: Span }
    | { readonly kind: 'revocable'; readonly until: 'opening' | 'close'; readonly span: Span }
    | { readonly kind: 'lasts'; readonly duration: Duration; readonly span: Span }
    | LimitClause
    | AllowClause
  )[];
  readonly span: Span;
}

export interface AccountDeclaration {
  readonly kind: 'account';
  readonly name: Name;
  readonly title?: Text;
  readonly currency: Name;
  readonly decimals?: number;
  readonly clauses: readonly ({ readonly kind: 'kept'; readonly by: Actor; readonly span: Span } | LimitClause | AllowClause)[];
  readonly span: Span;
}

export interface DappDeclaration {
  readonly kind: 'dapp';
  readonly name: Name;
  readonly title?: Text;
  readonly image: Text;
  readonly clauses: readonly (
    | { readonly kind: 'checks'; readonly areas: readonly Name[]; readonly span: Span }
    | { readonly kind: 'answers'; readonly within: Duration; readonly span: Span }
    | { readonly kind: 'endorsed'; readonly by: Actor; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

export interface CollaboratorDeclaration {
  readonly kind: 'collaborator';
  readonly name: Name;
  readonly title?: Text;
  readonly keptBy: Actor;
  readonly clauses: readonly (
    | { readonly kind: 'reports'; readonly reports: readonly Text[]; readonly span: Span }
    | { readonly kind: 'acts'; readonly on: readonly Path[]; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** What a case or step holds back: the disputed decision, or cases of named processes (S120). */
export type Held = { readonly kind: 'decision'; readonly span: Span } | { readonly kind: 'processes'; readonly names: readonly Name[]; readonly span: Span };

/** A window on `started by` (S122). */
export type StartWindow =
  | { readonly kind: 'within'; readonly duration: Duration; readonly of: Path; readonly span: Span }
  | { readonly kind: 'not-within'; readonly duration: Duration; readonly of: Path; readonly span: Span }
  | { readonly kind: 'not-between'; readonly from: Path; readonly until: Path; readonly span: Span };

export type Shortage =
  | { readonly kind: 'vacant'; readonly which: 'any' | 'the'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'headcount'; readonly headcount: Headcount; readonly role: Name; readonly span: Span };

export interface RecusalClause {
  readonly kind: 'recusal';
  readonly for: readonly Name[];
  readonly decidedBy: Actor;
  readonly effect: { readonly kind: 'leaves' } | { readonly kind: 'counts-as'; readonly choice: Name };
  readonly span: Span;
}

export type InFlight = 'keep' | 'restart' | 'abort';

export type ProcessClause =
  | { readonly kind: 'governs'; readonly areas: readonly Name[]; readonly wordingOnly: boolean; readonly span: Span }
  | { readonly kind: 'started-by'; readonly actor: Actor; readonly who: readonly Fact[]; readonly windows: readonly StartWindow[]; readonly span: Span }
  | { readonly kind: 'starts-when'; readonly shortage: Shortage; readonly span: Span }
  | { readonly kind: 'starts-every'; readonly duration: Duration; readonly from: DateLiteral; readonly span: Span }
  | { readonly kind: 'starts-after'; readonly path: Path; readonly span: Span }
  | { readonly kind: 'about'; readonly role: Name; readonly who: readonly Fact[]; readonly span: Span }
  | { readonly kind: 'spends'; readonly account: Name; readonly upTo: Amount; readonly currency: Name; readonly span: Span }
  | { readonly kind: 'while-open-suspend'; readonly role: Name; readonly of: Name; readonly span: Span }
  | { readonly kind: 'while-open-hold-amount'; readonly account: Name; readonly span: Span }
  | { readonly kind: 'while-open-hold'; readonly held: Held; readonly span: Span }
  | { readonly kind: 'on'; readonly what: 'edit' | 'conflict'; readonly answer: 'refuse' | 'restart' | Name; readonly span: Span }
  | { readonly kind: 'in-flight'; readonly choices: readonly InFlight[]; readonly span: Span }
  | { readonly kind: 'offline'; readonly mode: 'waits' | 'provisional'; readonly span: Span }
  | LimitClause
  | RecusalClause
  | AllowClause;

export interface ProcessDeclaration {
  readonly kind: 'process';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly ProcessClause[];
  readonly stages: readonly Stage[];
  readonly span: Span;
}

export type Stage = StepStage | VoteStage | JointStage | MeetingStage | DrawStage | OutcomeStage;

export interface Support {
  readonly by: Actor;
  readonly struckAfter?: Duration;
  readonly span: Span;
}

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

export type StepClause =
  | { readonly kind: 'lasts'; readonly duration: Duration; readonly since?: Since; readonly span: Span }
  | { readonly kind: 'concerns'; readonly by: Actor; readonly resolvedBy: readonly Actor[]; readonly span: Span }
  | { readonly kind: 'nominations'; readonly of: Name; readonly who: readonly Fact[]; readonly support?: Support; readonly span: Span }
  | { readonly kind: 'options'; readonly by: Actor; readonly support?: Support; readonly span: Span }
  | { readonly kind: 'hold'; readonly held: Held; readonly event: EventPattern; readonly span: Span }
  | LimitClause
  | Transition
  | AllowClause;

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

export type TestBase = 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'those-present';

export type Test =
  | {
      readonly kind: 'share-of-base';
      readonly comparison: Comparison;
      readonly amount: Amount;
      readonly base: { readonly kind: TestBase } | { readonly kind: 'all'; readonly role: Name };
      readonly choice: Choice;
      readonly span: Span;
    }
  | { readonly kind: 'people-say'; readonly comparison: Comparison; readonly amount: Amount; readonly role: Name; readonly choice: Choice; readonly span: Span }
  | { readonly kind: 'none-or-all-say'; readonly which: 'no' | 'all'; readonly role: Name; readonly choice: Choice; readonly span: Span }
  | { readonly kind: 'turnout'; readonly comparison: Comparison; readonly bound: Bound; readonly span: Span }
  | { readonly kind: 'lead'; readonly of: Name; readonly over: Name; readonly comparison: Comparison; readonly value: number; readonly span: Span };

export interface QuorumClause {
  readonly kind: 'quorum';
  readonly comparison: Comparison;
  readonly bound: Bound;
  readonly counted: { readonly kind: 'voting' | 'present' | 'over-default' } | { readonly kind: 'saying'; readonly choice: Choice };
  readonly span: Span;
}

export type TieRule =
  | { readonly kind: 'fails' | 'lot'; readonly span: Span }
  | { readonly kind: 'decided'; readonly by: Actor; readonly thoughConcerned: boolean; readonly span: Span };

export interface SecondCallClause {
  readonly kind: 'second-call';
  readonly after: Duration;
  readonly quorum?: QuorumClause;
  readonly span: Span;
}

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
  | { readonly kind: 'counted'; readonly method: Name; readonly from?: number; readonly to?: number; readonly span: Span }
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

export interface VoteStage {
  readonly kind: 'vote';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (BallotClause | ResultClause)[];
  readonly span: Span;
}

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

export type Day = 'daily' | 'weekdays' | 'weekends' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

export interface RightDeclaration {
  readonly kind: 'right';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'covers'; readonly patterns: readonly Text[]; readonly except: readonly Text[]; readonly span: Span }
    | { readonly kind: 'held-by'; readonly roles: readonly Name[]; readonly who: readonly Fact[]; readonly span: Span }
    | { readonly kind: 'denied'; readonly roles: readonly Name[]; readonly sentence?: Text; readonly span: Span }
    | { readonly kind: 'days'; readonly days: readonly Day[]; readonly from: TimeLiteral; readonly to: TimeLiteral; readonly span: Span }
    | { readonly kind: 'locked'; readonly by: Actor; readonly releasedBy: readonly Actor[]; readonly span: Span }
    | { readonly kind: 'offline-for'; readonly most: Duration; readonly span: Span }
    | { readonly kind: 'refusal'; readonly reason: Name; readonly says: Text; readonly span: Span }
    | LimitClause
    | AllowClause
  )[];
  readonly span: Span;
}

export interface DutyDeclaration {
  readonly kind: 'duty';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'owed'; readonly by: Actor; readonly span: Span }
    | { readonly kind: 'within'; readonly duration: Duration; readonly of: Path; readonly span: Span }
    | { readonly kind: 'every'; readonly duration: Duration; readonly from: DateLiteral; readonly span: Span }
    | { readonly kind: 'done'; readonly when: Act; readonly span: Span }
    | { readonly kind: 'otherwise'; readonly effect: Effect; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

export interface ProtectDeclaration {
  readonly kind: 'protect';
  readonly paths: readonly Path[];
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'changed'; readonly through: Name; readonly span: Span }
    | { readonly kind: 'never'; readonly span: Span }
    | { readonly kind: 'bounds'; readonly path: Path; readonly from: Value; readonly to: Value; readonly span: Span }
    | {
        readonly kind: 'lapses';
        readonly when: { readonly kind: 'after'; readonly duration: Duration } | { readonly kind: 'on'; readonly date: DateLiteral };
        readonly renewedThrough?: Name;
        readonly span: Span;
      }
    | AllowClause
  )[];
  readonly span: Span;
}

export type Claim =
  | { readonly kind: 'merge'; readonly area: Name; readonly comparison: Comparison; readonly amount: Amount; readonly role: Name; readonly span: Span }
  | { readonly kind: 'holds'; readonly comparison: Comparison; readonly amount: Amount; readonly people: Name; readonly role: Name; readonly span: Span }
  | {
      readonly kind: 'reaches';
      readonly path: Path;
      readonly outcome: Name;
      readonly with?: { readonly comparison: Comparison; readonly amount: Amount; readonly role: Name };
      readonly within?: Duration;
      readonly span: Span;
    };

export interface PropertyDeclaration {
  readonly kind: 'property';
  readonly mode: 'forbid' | 'always' | 'possible';
  readonly title: Text;
  readonly claim: Claim;
  readonly span: Span;
}

export type ScenarioLine =
  | { readonly kind: 'given'; readonly role: Name; readonly people: readonly Name[]; readonly span: Span }
  | {
      readonly kind: 'on';
      readonly when: DateLiteral | { readonly kind: 'day'; readonly day: number; readonly span: Span };
      /** Time of that day in UTC, `at 20:14`; without it 00:00 on a date, and the start of the scenario's day. */
      readonly at?: TimeLiteral;
      readonly people: readonly Name[];
      readonly verb: Name;
      readonly object?: { readonly kind: 'text'; readonly text: Text } | { readonly kind: 'names'; readonly names: readonly Name[] };
      /** `about mal`: the subject or candidate of a case that is started (docs/decisions). */
      readonly about: readonly Name[];
      /** `as trainer`: the proposed role of a case that is started. */
      readonly proposed?: Name;
      readonly span: Span;
    }
  | { readonly kind: 'after'; readonly duration: Duration; readonly span: Span }
  | { readonly kind: 'expect'; readonly subject: Name; readonly is?: Name; readonly span: Span };

export interface ScenarioDeclaration {
  readonly kind: 'scenario';
  readonly title: Text;
  readonly lines: readonly ScenarioLine[];
  readonly span: Span;
}

export type Declaration =
  | OrganizationDeclaration
  | ModuleDeclaration
  | ParameterDeclaration
  | ImportDeclaration
  | AreaDeclaration
  | AttributeDeclaration
  | RoleDeclaration
  | MeasureDeclaration
  | PointsDeclaration
  | CertificateDeclaration
  | DelegationDeclaration
  | AccountDeclaration
  | DappDeclaration
  | CollaboratorDeclaration
  | ActionDeclaration
  | ProcessDeclaration
  | RightDeclaration
  | DutyDeclaration
  | ProtectDeclaration
  | PropertyDeclaration
  | ScenarioDeclaration
  | AllowClause;

/** A comment of the text, `--` included, without its line end. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** One bylaws file. `articles` are the headings of a literate file: a declaration belongs to the last heading that starts before it (S80). */
export interface BylawsFile {
  readonly path: string;
  readonly text: string;
  readonly version: number;
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  readonly articles: readonly { readonly heading: string; readonly span: Span }[];
}
