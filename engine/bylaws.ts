// The Charter: bylaws as the engine reads them. The compiler writes it, the ledger stores it as canonical JSON (profile gdo-json-1, ledger.md
// section 3) and its hash is the bylaws hash. Every name is resolved to its singular, every share to a fraction; no map is keyed by data.

/** A length of time as written: minutes, hours, days, weeks are exact, months and years are calendar arithmetic in UTC (S2). */
export interface CharterDuration {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
}

/** A whole number of people (or weight, or seats), or an exact fraction. `denominator` >= 1. */
export type Quantity =
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'share'; readonly numerator: number; readonly denominator: number };

export type CharterComparison = 'at-least' | 'at-most' | 'more-than' | 'fewer-than' | 'exactly';

/**
 * A roster measure. `role` is a declared role, a draw of the process, or one of the built-in rosters `person`, `electorate`, `weight`, `seats`,
 * `starters`, `candidate`, `subject`, `author`, `raiser`, `winners`. `except` is K of "all but K".
 */
export type CharterShare =
  | { readonly kind: 'whole'; readonly role: string; readonly other?: true; readonly except?: number }
  | { readonly kind: 'part'; readonly role: string; readonly amount: Quantity; readonly other?: true; readonly squareRoot?: true };

/** A share, or the larger or smaller of two (S32). */
export type CharterBound = CharterShare | { readonly kind: 'larger' | 'smaller'; readonly left: CharterShare; readonly right: CharterShare };

/** `one`: any holder. `the`: whoever holds it (S108), `order` walks an ordered role (S27). `count`: distinct people up to a bound. */
export type CharterActor =
  | { readonly kind: 'one'; readonly role: string; readonly other?: true }
  | { readonly kind: 'the'; readonly role: string; readonly order?: 'first' | 'next' }
  | { readonly kind: 'count'; readonly comparison: CharterComparison; readonly bound: CharterBound };

/** One frozen fact about a person; all facts of a list must hold. */
export type CharterFact =
  | { readonly kind: 'holds'; readonly name: string }
  | { readonly kind: 'does-not-hold'; readonly name: string }
  | { readonly kind: 'has'; readonly comparison: CharterComparison; readonly amount: Quantity; readonly name: string }
  | { readonly kind: 'joined'; readonly ago: CharterDuration };

export type CharterSince = { readonly kind: 'start' } | { readonly kind: 'stage'; readonly stage: string };

/** `verb` in its base form (`endorse`). */
export interface CharterAct {
  readonly actor: CharterActor;
  readonly verb: string;
  readonly text?: string;
  readonly since?: CharterSince;
}

export type CharterRemedy =
  | { readonly kind: 'start'; readonly process: string }
  | { readonly kind: 'leave'; readonly who: 'newest' | 'oldest' | 'lot' | 'all'; readonly after?: CharterDuration; readonly at?: readonly string[] };

/** `limit AMOUNT COUNTED per ...`; `per` in source order. Money amounts are decimal strings in the smallest unit (S62). */
export interface CharterLimit {
  readonly amount: Quantity | { readonly kind: 'money'; readonly units: string };
  readonly counted: string;
  readonly per: readonly ({ readonly kind: 'window'; readonly duration: CharterDuration } | { readonly kind: 'each'; readonly name: string })[];
  readonly inARow?: true;
  readonly including?: string;
  readonly otherwise?: CharterRemedy;
  readonly waivedThrough?: string;
}

/** Offsets are whole minutes east of UTC, within 840. */
export interface CharterOrganization {
  readonly name: string;
  readonly timeZone?: string;
  readonly localTime?: readonly number[];
  readonly dayEnds?: number;
  readonly witnessed?: { readonly role: string; readonly finality: 'one' | 'quorum' };
  readonly stale?: CharterDuration;
  readonly retention?: CharterDuration;
}

/** Patterns are matched and ordered by S51. */
export interface CharterArea {
  readonly name: string;
  readonly covers: readonly string[];
  readonly except: readonly string[];
}

export type CharterLoss =
  | { readonly kind: 'inactivity'; readonly duration: CharterDuration }
  | { readonly kind: 'missed-votes'; readonly count: number }
  | { readonly kind: 'resignation' }
  | { readonly kind: 'expiry' }
  | { readonly kind: 'process'; readonly process: string }
  | { readonly kind: 'report'; readonly report: string; readonly duration: CharterDuration };

/** `held` absent: anyone. `least` and `most` are the head count; `most` absent: no upper bound. */
export interface CharterRole {
  readonly name: string;
  readonly plural?: string;
  readonly title?: string;
  readonly held?: { readonly least: number; readonly most?: number; readonly inOrder?: true };
  readonly firstHeldBy: readonly string[];
  readonly openTo: readonly { readonly role: string; readonly who: readonly CharterFact[] }[];
  readonly term?: { readonly duration: CharterDuration; readonly staggeredGroups?: number };
  readonly gainedThrough: readonly string[];
  readonly lost: readonly CharterLoss[];
  readonly lostWith?: string;
  readonly vacancy?: { readonly process: string; readonly within: CharterDuration };
  readonly whileShort?: readonly string[];
  readonly succeededBy: readonly string[];
  readonly limits: readonly CharterLimit[];
}

export interface CharterAttribute {
  readonly name: string;
  readonly title?: string;
  readonly certifiedBy: CharterActor;
}

export interface CharterAction {
  readonly name: string;
  readonly title?: string;
  readonly by: CharterActor;
}

/** Bounds are the smallest and largest value that counts (S112). */
export interface CharterMeasure {
  readonly name: string;
  readonly title?: string;
  readonly counts: string;
  readonly each: string;
  readonly over?: CharterDuration;
  readonly reportedBy?: string;
  readonly least?: number;
  readonly most?: number;
}

export interface CharterPoints {
  readonly name: string;
  readonly plural?: string;
  readonly title?: string;
  readonly earned: readonly { readonly amount: number; readonly by: CharterActor; readonly for: readonly string[] }[];
  readonly decay?: { readonly amount: Quantity; readonly every: CharterDuration };
  readonly levels: readonly { readonly name: string; readonly from: number }[];
  readonly limits: readonly CharterLimit[];
}

export interface CharterCertificate {
  readonly name: string;
  readonly plural?: string;
  readonly title?: string;
  readonly issuedBy: readonly CharterActor[];
  readonly issuedTo: readonly { readonly role: string; readonly who: readonly CharterFact[] }[];
  readonly lasts?: CharterDuration;
  readonly revokedBy?: CharterActor;
}

export interface CharterDelegation {
  readonly name: string;
  readonly title?: string;
  readonly by: string;
  readonly for: readonly string[];
  readonly depth?: number;
  readonly override?: true;
  readonly revocableUntil?: 'opening' | 'close';
  readonly lasts?: CharterDuration;
  readonly limits: readonly CharterLimit[];
}

export interface CharterAccount {
  readonly name: string;
  readonly title?: string;
  readonly currency: string;
  readonly decimals: number;
  readonly keptBy?: CharterActor;
  readonly limits: readonly CharterLimit[];
}

/** `image` is `sha256:<64 hex>`; the manifest is governed content, `dapps/<name>.json` (node.md 5.1). */
export interface CharterDapp {
  readonly name: string;
  readonly title?: string;
  readonly image: string;
  readonly checks: readonly string[];
  readonly answersWithin?: CharterDuration;
  readonly endorsedBy?: CharterActor;
}

export interface CharterCollaborator {
  readonly name: string;
  readonly title?: string;
  readonly keptBy: CharterActor;
  readonly reports: readonly string[];
  readonly actsOn: readonly (readonly string[])[];
}

export type CharterHeld = { readonly kind: 'decision' } | { readonly kind: 'processes'; readonly processes: readonly string[] };

export type CharterStartWindow =
  | { readonly kind: 'within'; readonly duration: CharterDuration; readonly of: readonly string[] }
  | { readonly kind: 'not-within'; readonly duration: CharterDuration; readonly of: readonly string[] }
  | { readonly kind: 'not-between'; readonly from: readonly string[]; readonly until: readonly string[] };

export type CharterShortage =
  | { readonly kind: 'vacant'; readonly which: 'any' | 'the'; readonly role: string }
  | { readonly kind: 'headcount'; readonly comparison: CharterComparison; readonly amount: number; readonly role: string };

/** `countsAs` absent: the recused person leaves the roster. */
export interface CharterRecusal {
  readonly for: readonly string[];
  readonly decidedBy: CharterActor;
  readonly countsAs?: string;
}

export type CharterStart =
  | { readonly kind: 'by'; readonly actor: CharterActor; readonly who: readonly CharterFact[]; readonly windows: readonly CharterStartWindow[] }
  | { readonly kind: 'when'; readonly shortage: CharterShortage }
  | { readonly kind: 'every'; readonly duration: CharterDuration; readonly from: string }
  | { readonly kind: 'after'; readonly path: readonly string[] };

export type CharterWhileOpen =
  | { readonly kind: 'suspend'; readonly role: string; readonly of: string }
  | { readonly kind: 'hold-amount'; readonly account: string }
  | { readonly kind: 'hold'; readonly held: CharterHeld };

/** `refuse`, `restart`, or a stage of the process. */
export type CharterAnswer = { readonly kind: 'refuse' } | { readonly kind: 'restart' } | { readonly kind: 'stage'; readonly stage: string };

/**
 * One process. `class` orders its events in the window (ledger.md section 6): 0 takes power away, 1 gives power or amends the bylaws, 2 the rest.
 * The first stage is the start (S16); the implicit outcomes `accepted` and `refused` are written out when a transition names them (S25).
 */
export interface CharterProcess {
  readonly name: string;
  readonly title?: string;
  readonly class: 0 | 1 | 2;
  readonly governs: readonly string[];
  readonly wordingOnly?: true;
  readonly starts: readonly CharterStart[];
  readonly about?: { readonly role: string; readonly who: readonly CharterFact[] };
  readonly spends?: { readonly account: string; readonly upToUnits: string };
  readonly whileOpen: readonly CharterWhileOpen[];
  readonly onEdit: CharterAnswer;
  readonly onConflict: CharterAnswer;
  readonly inFlight: readonly ('keep' | 'restart' | 'abort')[];
  readonly offline: 'waits' | 'provisional';
  readonly limits: readonly CharterLimit[];
  readonly recusals: readonly CharterRecusal[];
  readonly stages: readonly CharterStage[];
}

export type CharterStage = CharterStep | CharterVote | CharterJoint | CharterMeeting | CharterDraw | CharterOutcome;

export interface CharterSupport {
  readonly by: CharterActor;
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

export interface CharterStep {
  readonly kind: 'step';
  readonly name: string;
  readonly title?: string;
  readonly lastsAtLeast?: { readonly duration: CharterDuration; readonly since?: CharterSince };
  readonly concerns: readonly { readonly by: CharterActor; readonly resolvedBy: readonly CharterActor[] }[];
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

export type CharterTest =
  | {
      readonly kind: 'share-of-base';
      readonly comparison: CharterComparison;
      readonly amount: Quantity;
      readonly base: 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'those-present' | 'all';
      /** The role of base `all`; may be `seats` or `electorate`. */
      readonly role?: string;
      readonly choices: readonly string[];
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

export interface CharterQuorum {
  readonly comparison: CharterComparison;
  readonly bound: CharterBound;
  readonly counted: 'voting' | 'present' | 'over-default' | 'saying';
  /** Only with `saying`. */
  readonly choices?: readonly string[];
}

export type CharterTieRule =
  | { readonly kind: 'fails' }
  | { readonly kind: 'lot' }
  | { readonly kind: 'decided'; readonly by: CharterActor; readonly thoughConcerned?: true };

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
  readonly counted?: { readonly method: string; readonly from?: number; readonly to?: number };
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

export interface CharterJoint {
  readonly kind: 'joint';
  readonly name: string;
  readonly title?: string;
  readonly votes: readonly CharterVote[];
  readonly passes?: { readonly which: 'all' | 'any'; readonly target: string };
  readonly otherwise?: string;
}

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

export interface CharterRight {
  readonly name: string;
  readonly title?: string;
  readonly covers: readonly string[];
  readonly except: readonly string[];
  readonly heldBy: readonly { readonly roles: readonly string[]; readonly who: readonly CharterFact[] }[];
  readonly denied: readonly { readonly roles: readonly string[]; readonly sentence?: string }[];
  /** Minutes from midnight, 0 to 1440; days 1 = Monday to 7 = Sunday. */
  readonly schedule: readonly { readonly days: readonly number[]; readonly fromMinutes: number; readonly toMinutes: number }[];
  readonly locked?: { readonly by: CharterActor; readonly releasedBy: readonly CharterActor[] };
  readonly offline?: CharterDuration;
  readonly refusals: readonly { readonly reason: string; readonly says: string }[];
  readonly limits: readonly CharterLimit[];
}

export interface CharterDuty {
  readonly name: string;
  readonly title?: string;
  readonly owedBy?: CharterActor;
  readonly within?: { readonly duration: CharterDuration; readonly of: readonly string[] };
  readonly every?: { readonly duration: CharterDuration; readonly from: string };
  readonly done?: CharterAct;
  readonly otherwise?: CharterEffect;
}

export type CharterValue =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | { readonly kind: 'duration'; readonly duration: CharterDuration }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string };

export interface CharterProtection {
  readonly paths: readonly (readonly string[])[];
  readonly title?: string;
  readonly changedThrough?: string;
  readonly neverChanged?: true;
  readonly bounds: readonly { readonly path: readonly string[]; readonly from: CharterValue; readonly to: CharterValue }[];
  readonly lapses?: { readonly after?: CharterDuration; readonly on?: string; readonly renewedThrough?: string };
}

export type CharterClaim =
  | { readonly kind: 'merge'; readonly area: string; readonly comparison: CharterComparison; readonly amount: Quantity; readonly role: string }
  | { readonly kind: 'holds'; readonly comparison: CharterComparison; readonly amount: Quantity; readonly people: string; readonly role: string }
  | {
      readonly kind: 'reaches';
      readonly path: readonly string[];
      readonly outcome: string;
      readonly with?: { readonly comparison: CharterComparison; readonly amount: Quantity; readonly role: string };
      readonly within?: CharterDuration;
    };

export interface CharterProperty {
  readonly mode: 'forbid' | 'always' | 'possible';
  readonly title: string;
  readonly claim: CharterClaim;
}

/**
 * The compiled bylaws. Lists keep source order where order has meaning (transitions, results, tests, rights); declarations of one kind are in
 * source order of the files, files by path. Titles are part of the hash; articles, comments, scenarios and `allow` are not.
 */
export interface Charter {
  readonly v: 1;
  readonly organization: CharterOrganization;
  readonly areas: readonly CharterArea[];
  readonly attributes: readonly CharterAttribute[];
  readonly roles: readonly CharterRole[];
  readonly actions: readonly CharterAction[];
  readonly measures: readonly CharterMeasure[];
  readonly points: readonly CharterPoints[];
  readonly certificates: readonly CharterCertificate[];
  readonly delegations: readonly CharterDelegation[];
  readonly accounts: readonly CharterAccount[];
  readonly dapps: readonly CharterDapp[];
  readonly collaborators: readonly CharterCollaborator[];
  readonly processes: readonly CharterProcess[];
  readonly rights: readonly CharterRight[];
  readonly duties: readonly CharterDuty[];
  readonly protections: readonly CharterProtection[];
  readonly properties: readonly CharterProperty[];
}
