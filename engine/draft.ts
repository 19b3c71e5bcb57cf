// The working copy of one pass over one epoch. The fold makes a new one for every pass; nothing outside the rules looks into it.
import type { OpenVotes } from './open-vote.ts';
import type { State } from './state.ts';
import type { CaseNotice, RefusalCode, Removal, Verdict } from './verdict.ts';

/** A key that becomes valid at the end of the epoch (giving power waits for the checkpoint). */
export interface Enrolment {
  readonly member: string;
  readonly device: string;
}

/** A certificate that an office issued; it is given at the end of the epoch. */
export interface Issue {
  readonly certificate: string;
  readonly member: string;
}

/** What the rules carry from event to event. It belongs to one pass and is changed in place. */
export interface Draft {
  state: State;
  readonly openVotes: OpenVotes;
  /** Open cases whose votes may be decided early, by id. */
  readonly touched: Set<string>;
  readonly enrolments: Enrolment[];
  readonly issues: Issue[];
  /** `role/<role>/<member>` and `certificate/<name>/<member>` that ended in this epoch: a grant of it from a case opened before stands no more. */
  readonly ended: Set<string>;
  /** Something happened that could break the cap of a role, or mend it (S114). */
  capsTouched: boolean;
  readonly notices: CaseNotice[];
}

/** Starts a pass from a final state. */
export function beginDraft(state: State): Draft {
  return { state, openVotes: { state, byCase: new Map() }, touched: new Set(), enrolments: [], issues: [], ended: new Set(), capsTouched: false, notices: [] };
}

/** What one event did to the draft. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly removals: readonly Removal[];
}

/** The event stands. */
export function ok(...removals: readonly Removal[]): Outcome {
  return removals.length === 0 ? plainOk : { verdict: plainOk.verdict, removals };
}

const plainOk: Outcome = { verdict: { kind: 'ok' }, removals: [] };

/** The event is refused and changes nothing. */
export function refused(code: RefusalCode, reason: string): Outcome {
  return { verdict: { kind: 'refused', code, reason }, removals: [] };
}
