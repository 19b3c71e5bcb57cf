// What the reference knows: people, holdings, cases and everything that was signed in them. Lists only; what follows from them is computed again each time.
import type { Payment } from './money.ts';
import type { Records } from './records.ts';
import type { ChangeEntry, Charter, CharterDuration, CharterProcess, CharterStage, CharterVote, EventKind, JsonObject } from '../../../engine/index.ts';
import type { Content } from './content.ts';
import type { Deed } from './decisions.ts';
import type { Owed } from './duties.ts';
import type { Held } from './held.ts';
import type { ClosedVote, Vacancy } from './losses.ts';
import type { Clock } from './lapses.ts';
import type { Waiting } from './seats.ts';
import type { Term } from './terms.ts';
import type { Past, Use } from './uses.ts';
import type { Attestation, Quarantined } from './merges.ts';

/** One person in one role. `order` is the order of written first holders, then of grants. */
export interface Holding {
  readonly role: string;
  readonly person: string;
  readonly sinceMs: number;
  readonly untilMs?: number;
  /** It ends then whatever the role is lost through: the grant says so. */
  readonly ends?: true;
  readonly order: number;
  /** When it was granted last, if that is later than `sinceMs`. */
  readonly fromMs?: number;
  /** How many votes of the organization had closed when it was gained (S113). */
  readonly votesBefore?: number;
  /** The processes whose cases waived a cap when it was granted last (S114). */
  readonly letInThrough?: readonly string[];
  /** The number of the case that granted it last. */
  readonly grantedBy?: number;
}

/** Who holds what at one instant: what a stage freezes when it opens (S7). */
export interface Roll {
  readonly charter: Charter;
  readonly atMs: number;
  readonly joined: ReadonlyMap<string, number>;
  readonly holdings: readonly Holding[];
  readonly suspended: readonly (readonly [role: string, person: string])[];
  readonly records: Records;
}

/** One act that was taken, with the stage instance it was given in. */
export interface Act {
  readonly id: string;
  readonly atMs: number;
  readonly person: string;
  readonly verb: string;
  readonly text?: string;
  readonly about: readonly string[];
  readonly entry: number;
  /** The hash of `commit`, the secret of `reveal`. */
  readonly secret?: string;
}

/** A concern of a case (S24, S119). */
export interface Concern {
  readonly id: string;
  readonly raiser: string;
  readonly raisedMs: number;
  closedMs?: number;
}

/** One ballot that was taken; the last of a person counts (S34). */
export interface Ballot {
  readonly atMs: number;
  readonly person: string;
  /** Groups of equal rank, best first; a motion has one of one. Of a ballot of points there is a group for each number, the highest first. */
  readonly ranks: readonly (readonly string[])[];
  /** It is no ballot paper of this vote. */
  readonly isBad?: boolean;
}

/** Somebody who takes no part in a vote or a step (S42). `countsAs` absent: they are off the roster. */
export interface Recused {
  readonly person: string;
  readonly countsAs?: string;
}

/** A request for recusal: for one stage or vote, or for the whole case (`entry` 0), with those who have agreed to it (decision 0053). */
export interface RecusalRequest extends Recused {
  readonly askedBy: string;
  readonly entry: number;
  readonly deciders: readonly string[];
  readonly decided: boolean;
}

/** One vote that is or was open. A joint has several at once (S16). */
export interface OpenVote {
  readonly vote: CharterVote;
  readonly entry: number;
  readonly atMs: number;
  readonly roll: Roll;
  /** Who held what when it opened; `roll` is that of the start where the text says so. */
  readonly opened: Roll;
  /** The frozen roster, with those who are recused. */
  readonly frozen: readonly string[];
  readonly options: readonly string[];
  readonly ballots: Ballot[];
  /** S129: the newest commitment of each voter. */
  readonly commitments: Map<string, string>;
  /** Who shares an attribute with a party. */
  readonly recused: readonly Recused[];
  /** S40: results that stood, each since the ballot that made it; what no ballot has made is not in it. */
  readonly standing: { readonly result: string; readonly sinceMs: number }[];
  /** Since when every quorum holds. */
  quorateMs?: number;
  /** How often each line of `extends` has moved the close. */
  readonly extensions: number[];
  closeMs: number;
  /** S37: what a tied vote was counted from: who held what then, and when it closed. A lot is for that count. */
  counted?: { readonly now: Roll; readonly closeMs: number };
  /** `tie`: waits for the decider of rule `rule`, until `closeMs`; `lot`: waits for the next checkpoint; `again`: a vote of a joint waits for its second call, until `closeMs`. */
  phase: 'open' | 'tie' | 'lot' | 'again' | 'closed';
  rule: number;
  lotHeight: number;
  second: boolean;
  result?: string;
  /** It is among the closed votes of the organization. */
  isCounted: boolean;
  /** S41: in a count, the weight of ballots that are taken for others. */
  readonly parts?: ReadonlyMap<string, bigint>;
}

/** One instance of a stage (S11). */
export interface Opening {
  readonly stage: CharterStage;
  readonly entry: number;
  readonly atMs: number;
  readonly roll: Roll;
  /** The checkpoint it opened at, whose id is the seed of a draw without one. */
  readonly height: number;
  readonly votes: OpenVote[];
  /** Decision 0105: the first calls of votes of a joint that were called again. */
  readonly calledAgain: OpenVote[];
  readonly second: boolean;
  /** S27: whom `the first` and `the next` of each ordered role mean in this instance; nobody where there is no next one. */
  readonly asked: readonly { readonly role: string; readonly which: 'first' | 'next'; readonly person: string | undefined; readonly order: number }[];
  readonly recused: readonly Recused[];
  meetingMs?: number;
}

/** One case with all its history. */
export interface Case {
  readonly number: number;
  readonly id: string;
  /** S57: the bylaws it is judged by, and their hash; both change only if it begins anew under new ones. */
  charter: Charter;
  bylawsHash: string;
  process: CharterProcess;
  readonly author: string;
  readonly starters: string[];
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
  /** The candidates that its proposal names; `candidates` is its author where there are none. */
  readonly given: readonly string[];
  /** Whom it is about, where windows ask for the same matter. */
  matter: Matter;
  readonly role: string | undefined;
  /** What it asks for, in the smallest unit, and for whom. */
  readonly money: { readonly units: bigint; readonly recipient: string } | undefined;
  /** What it wants merged, the bylaws that come with it, and what they ask of open cases (S58). */
  change: readonly ChangeEntry[] | undefined;
  adopts: Adopted | undefined;
  readonly inFlight: string | undefined;
  /** The path of the bylaws that it renews (S60). */
  readonly renews: string | undefined;
  /** The number of the case whose decision it is about (S120, decision 0061). */
  readonly decision: number | undefined;
  /** What became of its merge; `waiting` from the acceptance on. */
  merge: { standing: 'waiting' | 'merged' | 'stale' | 'refused'; readonly place: number; readonly untilMs: number } | undefined;
  /** What its outcome has done so far, and when that was taken back (S66). */
  deeds: readonly Deed[];
  reversedMs: number | undefined;
  /** S56: unless it is ratified by then, its effects are taken back. */
  ratify: { readonly process: string; readonly untilMs: number } | undefined;
  /** What it holds back since something happened in a step of it (S120). */
  readonly holding: Held[];
  /** The outcome it would have reached, were it not held (S120). */
  awaits: string | undefined;
  /** All that was said in it was taken back, with the content it was about. */
  unsaid: boolean;
  /** An edit, a conflict or new bylaws have sent it back. */
  begunAnew: boolean;
  /** In the next epoch it goes to that stage, or begins anew where there is none; under the bylaws in force only where those ask for it. */
  sentTo: { readonly stage: string | undefined; readonly underNew?: true } | undefined;
  /** It has moved on already in this epoch. */
  moved: boolean;
  /** Who was struck from it by other cases (S121). */
  struck: readonly string[];
  /** Who was drawn in each draw (S47). */
  drawn: Map<string, readonly string[]>;
  readonly proposedMs: number;
  /** The lines of `started by` while they are awaited, and who counts for each (decision 0030). */
  readonly awaited: readonly { readonly line: number; readonly people: string[] }[];
  /** The roles as they were proposed in: how many people a line needs is taken over them. */
  readonly proposalRoll: Roll;
  /** S115: the groups of those who have joined, as they were when the last one did. */
  joinRoll: Roll;
  startedMs: number;
  /** False while it waits for more people to start it (decision 0030). */
  started: boolean;
  startRoll: Roll | undefined;
  readonly openings: Opening[];
  /** Whom it asked in openings before that one does not count any more: it has begun anew (S27). */
  askedFrom: number;
  /** The outcomes it has reached, also those that a conflict took back. */
  readonly outcomes: { readonly stage: string; readonly atMs: number }[];
  /** When it was over for good, its merge too. */
  overMs: number | undefined;
  entries: number;
  acts: Act[];
  concerns: Concern[];
  requests: readonly RecusalRequest[];
  present: readonly string[];
  nominees: readonly string[];
  /** S121, decision 0149: the options that were added, whatever becomes of its own content; a restart forgets them. */
  added: { readonly name: string; readonly person: string; isWithdrawn: boolean }[];
  /** S121: the options of its latest step with options, if there was one; and who and what leaves the lists later, for lost support. */
  listed: readonly string[] | undefined;
  leaving: readonly Leaving[];
  winners: readonly string[];
  result: string | undefined;
  ended: { readonly outcome: string; readonly accepts: boolean; readonly atMs: number } | undefined;
  /** The stage opens again at that instant: a second call (S101). */
  again: { readonly stage: CharterStage; readonly atMs: number } | undefined;
}

/** Somebody or something that stands, and goes then. */
export interface Leaving {
  readonly name: string;
  readonly atMs: number;
}

/** What a case is about, where windows ask for the same matter (S122). */
export interface Matter {
  readonly people: readonly string[];
  readonly paths: readonly string[];
  /** The case it names the decision of is of its matter. */
  readonly decision?: number;
}

/** Bylaws with their hash. */
export interface Adopted {
  readonly hash: string;
  readonly charter: Charter;
}

/** An organization as the reference sees it: plain data between epochs, so that it can be copied whole. */
export interface World {
  /** The bylaws in force, without what has lapsed. */
  charter: Charter;
  /** The same bylaws as they are written. */
  written: Charter;
  bylawsHash: string;
  content: Content;
  attestations: readonly Attestation[];
  quarantined: readonly Quarantined[];
  closedVotes: readonly ClosedVote[];
  /** The terms that have ended, oldest first, and the cases that have waived a limit. */
  terms: readonly Term[];
  waived: readonly { readonly role: string; readonly person: string; readonly case: number }[];
  vacancies: readonly Vacancy[];
  waiting: readonly Waiting[];
  owed: readonly Owed[];
  /** When somebody last did something that was taken. */
  readonly activeMs: Map<string, number>;
  /** The roles that a report took, until they are gained again (S93). */
  lapsed: readonly { readonly role: string; readonly person: string }[];
  /** When each protection that lapses began, or was renewed last. */
  clocks: readonly Clock[];
  /** How often new bylaws came into force. */
  adopted: number;
  /** How many cases were accepted so far: merges come in that order. */
  accepted: number;
  readonly joined: ReadonlyMap<string, number>;
  holdings: readonly Holding[];
  readonly cases: Case[];
  records: Records;
  payments: readonly Payment[];
  /** Since when a cap is broken. */
  readonly broken: Map<string, number>;
  /** The shortages that are so now. */
  readonly short: Set<string>;
  /** Until when the calendars of the rules were looked at. */
  ruledMs: number;
  /** What cases reached in this epoch, as `process.stage` and, at their end, `process`. */
  readonly reached: { readonly path: string; readonly by: Case }[];
  locks: readonly { readonly id: string; readonly thing: string; readonly released: boolean }[];
  /** The allowed uses of rights, and what was so at each checkpoint while there were rights (S98). */
  uses: readonly Use[];
  pasts: readonly Past[];
  /** What officers have said while an act of office needs more of them (decision 0055). */
  said: readonly { readonly about: string; readonly person: string; readonly value: string }[];
  /** The certificates that are issued or granted at the end of this epoch. */
  readonly issuing: { readonly name: string; readonly person: string; readonly by: Case | undefined; readonly untilMs: number | undefined }[];
  /** Bylaws that come into force at the end of this epoch, with the case that adopts them. */
  adopting: (Adopted & { readonly by: Case | undefined }) | undefined;
  /** What outcomes of this epoch start. */
  readonly started: { readonly process: string; readonly by: Case | undefined; readonly isOwed?: true }[];
  /** What the outcomes of this epoch grant. */
  /** ledger.md section 10: who was removed from what in this epoch, so that no grant of it gives it back. */
  readonly removed: { readonly role: string; readonly person: string }[];
  readonly grants: {
    readonly person: string;
    readonly name: string;
    readonly lasting: CharterDuration | undefined;
    /** The case whose outcome grants it. */
    readonly by: Case;
    /** Everybody whom the same effect grants it to. */
    readonly together: readonly string[];
    /** Whom the effect names. */
    readonly to: string;
  }[];
  /** The stages that open at the end of this epoch. */
  readonly entering: (() => void)[];
  nowMs: number;
  height: number;
  events: number;
  /** Situations that came up in which the engine is known to differ (differential/known.ts). */
  readonly notes: Set<string>;
}

/** One event as the reference gets it: `caseOf` is found already, or missing. */
export interface Event {
  readonly id: string;
  readonly atMs: number;
  readonly person: string;
  readonly kind: EventKind;
  readonly subject: Case | undefined;
  readonly body: JsonObject;
  readonly change: readonly ChangeEntry[] | undefined;
  readonly adopts: Adopted | undefined;
  readonly decision: number | undefined;
  /** The instant that its author says; read of uses of rights only (S98). */
  readonly saysMs: number;
}

/** Nothing, or the refusal: every code the paper names for what is wrong; none where it names none. */
export type Refusal = { readonly codes: readonly string[]; readonly reason: string } | undefined;

/** The newest stage instance of a case. */
export function currentOf(subject: Case): Opening | undefined {
  return subject.openings.at(-1);
}

/** True from the start of the case to its end; a case that waits for its merge has not ended. */
export function isRunning({ ended, merge, started }: Case): boolean {
  return started && (ended === undefined || merge?.standing === 'waiting');
}

/** The people or words of a field that holds one or a list. */
export function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}
