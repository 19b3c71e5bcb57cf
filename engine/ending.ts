// The end of one epoch while it is computed, and the end of a case in it. What an outcome does is outcome.ts's, what merges merging.ts's.
import type { Quarantine } from './attestation.ts';
import type { CapStart } from './cap-remedy.ts';
import { noteCapTurn } from './cap-remedy.ts';
import type { CharterEffect } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { charterOfCase, processOf, writeCase } from './case.ts';
import { freeAfter } from './coming-seat.ts';
import type { Draft } from './draft.ts';
import type { DutyMissed } from './duty.ts';
import { noteEnd } from './measure-history.ts';
import { caseEnd } from './reached.ts';
import { eraseEntry } from './state.ts';
import { renewSunsets } from './sunset.ts';
import type { CaseNotice, Merge, RefusalCode } from './verdict.ts';
import { resumeAfter } from './while-open.ts';

/** Stands for an effect that starts a case; no stage has such a name. */
export const startMark = '>';

/** A grant that waits for the end of the epoch; without a case a missed duty asks for it. */
export interface PendingGrant {
  readonly record: CaseRecord | undefined;
  readonly effect: CharterEffect & { readonly kind: 'grant' };
}

/** A stage or outcome that a case reached in this epoch. */
export interface ReachedStage {
  readonly record: CaseRecord;
  readonly stage: string;
  readonly starts: readonly string[];
}

/** The end of one epoch while it is computed; changed in place. */
export interface Closing {
  readonly draft: Draft;
  readonly timeMs: number;
  /** Up to which instant stages may close: the checkpoint's time, or earlier where receipts do not reach it. */
  readonly settledMs: number;
  readonly previousCheckpoint: string;
  readonly grants: PendingGrant[];
  /** Cases whose next stage opens with this checkpoint, in the order they reached it. */
  readonly openings: string[];
  /** Stages and outcomes that cases reached, in order, with the processes that an outcome's effects start. */
  readonly reached: ReachedStage[];
  /** Duties that nobody did in time, by case or by the calendar. */
  readonly missed: DutyMissed[];
  /** Cases that the remedies of broken caps start. */
  readonly capStarts: CapStart[];
  /** Roles whose time to be filled ran out in this epoch. */
  readonly overdue: string[];
  readonly merges: Merge[];
  /** New bylaws of merges, in order, with what they ask for open cases; the last are in force. */
  readonly adopted: { readonly hash: string; readonly inFlight?: 'restart' | 'abort' }[];
  /** Dapps about which the endorsers of a case disagreed; they are quarantined from the next checkpoint on. */
  readonly quarantines: Quarantine[];
}

/** Says to people what happened to a case. */
export function notice(
  closing: Closing,
  record: CaseRecord,
  what: Pick<CaseNotice, 'kind' | 'reason'> & { readonly result?: string; readonly code?: RefusalCode },
): void {
  closing.draft.notices.push({ case: record.id, number: record.number, process: record.process, stage: record.outcome ?? record.stage, ...what });
}

/** Takes the timer off a record. */
export function untimed(record: CaseRecord): CaseRecord {
  const { dueMs: _dueMs, ...rest } = record;
  return rest;
}

/** A case has reached a stage, an outcome or its end: what starts after it, and the remedies that wait for it. */
export function noteReached(closing: Closing, record: CaseRecord, stage: string): void {
  closing.reached.push({ record, stage, starts: [] });
  noteCapTurn(closing, record.process, stage);
}

/** Ends what a case suspended or held; seats that waited for that are looked at again. */
export function resume(closing: Closing, record: CaseRecord): void {
  const process = processOf(charterOfCase(closing.draft.state, record), record);
  closing.draft.state = freeAfter(resumeAfter(closing.draft.state, process, record), record, closing.timeMs);
}

/** Ends a case: its timer, its suspensions and its proposed bylaws go; the record stays. */
export function endCase(closing: Closing, record: CaseRecord): CaseRecord {
  const ended: CaseRecord = { ...untimed(record), phase: 'decided', endedMs: closing.timeMs };
  closing.draft.state = writeCase(closing.draft.state, ended);
  closing.draft.state = noteEnd(eraseEntry(closing.draft.state, `proposed/${record.id}`), ended);
  resume(closing, record);
  const isDone = ended.accepted === true && ended.merge !== 'stale' && ended.merge !== 'refused';
  if (isDone) closing.draft.state = renewSunsets(closing.draft.state, ended, closing.timeMs);
  noteReached(closing, ended, caseEnd);
  return ended;
}

/** A case that too few people started is refused without ever having opened (docs/decisions/0030). */
export function lapseUnstarted(closing: Closing, record: CaseRecord): void {
  const { starting: _starting, ...rest } = record;
  const reason = 'too few people started it in time';
  const ended = endCase(closing, { ...rest, outcome: 'refused', accepted: false, reason });
  notice(closing, ended, { kind: 'decided', reason: `\`${record.process}\` did not begin: ${reason}` });
}
