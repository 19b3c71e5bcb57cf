// The Charter: bylaws as the engine reads them. The compiler writes it, the ledger stores it as canonical JSON (profile gdo-json-1, ledger.md
// section 3) and its hash is the bylaws hash. Every name is resolved to its singular, every share to a fraction; no map is keyed by data.
import type { CharterEffect, CharterStage } from './bylaws-stages.ts';
import type {
  CharterAct,
  CharterActor,
  CharterComparison,
  CharterDuration,
  CharterFact,
  CharterHeld,
  CharterLimit,
  CharterRecusal,
  Quantity,
} from './bylaws-terms.ts';

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

/** One way a role is lost. */
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

/** An attribute such as an employer, and who certifies it. */
export interface CharterAttribute {
  readonly name: string;
  readonly title?: string;
  readonly certifiedBy: CharterActor;
}

/** A verb of these bylaws and who may do it. */
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

/** Points with decay and levels (S64). */
export interface CharterPoints {
  readonly name: string;
  readonly plural?: string;
  readonly title?: string;
  readonly earned: readonly { readonly amount: number; readonly by: CharterActor; readonly for: readonly string[] }[];
  readonly decay?: { readonly amount: Quantity; readonly every: CharterDuration };
  readonly levels: readonly { readonly name: string; readonly from: number }[];
  readonly limits: readonly CharterLimit[];
}

/** A certificate: who issues, holds and revokes it. */
export interface CharterCertificate {
  readonly name: string;
  readonly plural?: string;
  readonly title?: string;
  readonly issuedBy: readonly CharterActor[];
  readonly issuedTo: readonly { readonly role: string; readonly who: readonly CharterFact[] }[];
  readonly lasts?: CharterDuration;
  readonly revokedBy?: CharterActor;
}

/** A delegation of votes (S41). */
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

/** An account; amounts are integers in its smallest unit (S62). */
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

/** A program that reports or acts, and which office answers for it. */
export interface CharterCollaborator {
  readonly name: string;
  readonly title?: string;
  readonly keptBy: CharterActor;
  readonly reports: readonly string[];
  readonly actsOn: readonly (readonly string[])[];
}

/** A window on a start (S122). */
export type CharterStartWindow =
  | { readonly kind: 'within'; readonly duration: CharterDuration; readonly of: readonly string[] }
  | { readonly kind: 'not-within'; readonly duration: CharterDuration; readonly of: readonly string[] }
  | { readonly kind: 'not-between'; readonly from: readonly string[]; readonly until: readonly string[] };

/** What `starts when` waits for (S109). */
export type CharterShortage =
  | { readonly kind: 'vacant'; readonly which: 'any' | 'the'; readonly role: string }
  | { readonly kind: 'headcount'; readonly comparison: CharterComparison; readonly amount: number; readonly role: string };

/** One way a case starts; several are alternatives. */
export type CharterStart =
  | { readonly kind: 'by'; readonly actor: CharterActor; readonly who: readonly CharterFact[]; readonly windows: readonly CharterStartWindow[] }
  | { readonly kind: 'when'; readonly shortage: CharterShortage }
  | { readonly kind: 'every'; readonly duration: CharterDuration; readonly from: string }
  | { readonly kind: 'after'; readonly path: readonly string[] };

/** What rests while a case is open (S100). */
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

/** A standing permission (S89). */
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

/** A duty with its date and consequence (S65). */
export interface CharterDuty {
  readonly name: string;
  readonly title?: string;
  readonly owedBy?: CharterActor;
  readonly within?: { readonly duration: CharterDuration; readonly of: readonly string[] };
  readonly every?: { readonly duration: CharterDuration; readonly from: string };
  readonly done?: CharterAct;
  readonly otherwise?: CharterEffect;
}

/** A value of a bound. */
export type CharterValue =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | { readonly kind: 'duration'; readonly duration: CharterDuration }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string };

/** A rule about changing rules (S59, S60). */
export interface CharterProtection {
  readonly paths: readonly (readonly string[])[];
  readonly title?: string;
  readonly changedThrough?: string;
  readonly neverChanged?: true;
  readonly bounds: readonly { readonly path: readonly string[]; readonly from: CharterValue; readonly to: CharterValue }[];
  readonly lapses?: { readonly after?: CharterDuration; readonly on?: string; readonly renewedThrough?: string };
}

/** What a property claims (S67). */
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

/** A property that is checked every time (S67). */
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
