// Outcomes and what follows from them: grants, removals, the wait for the merge, the end of a case (S25, S52, S136, S137). Merging itself is merging.ts.
import type { Charter } from './bylaws.ts';
import type { CharterEffect, CharterOutcome } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { currentOf, processOf, reaching, requiredCharter, stageOf, writeCase, writeCurrent } from './case.ts';
import type { Draft } from './draft.ts';
import { dueInstant } from './duration.ts';
import { meetsFacts } from './facts.ts';
import { peopleGranted, peopleNamed, roleNamed } from './granted.ts';
import { noteEnd } from './measure-history.ts';
import { enterRole, isLastWay, leaveRole } from './role-change.ts';
import { holdingsOf, holds, isOpenRole, roleOf } from './roster.ts';
import { eraseEntry, readEntry } from './state.ts';
import { brokenTermLimit, useWaiver } from './term-limit.ts';
import type { CaseNotice, Merge, RefusalCode } from './verdict.ts';
import { heldBy, resumeAfter } from './while-open.ts';

/** A grant that waits for the end of the epoch. */
export interface PendingGrant {
  readonly record: CaseRecord;
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
  readonly previousCheckpoint: string;
  readonly grants: PendingGrant[];
  /** Cases whose next stage opens with this checkpoint, in the order they reached it. */
  readonly openings: string[];
  /** Stages and outcomes that cases reached, in order, with the processes that an outcome's effects start. */
  readonly reached: ReachedStage[];
  readonly merges: Merge[];
  /** New bylaws hashes of merges, in order; the last is in force. */
  readonly adopted: string[];
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

function grantProblem(closing: Closing, charter: Charter, record: CaseRecord, name: string, member: string): string | undefined {
  const role = roleOf(charter, name);
  const state = closing.draft.state;
  if (role === undefined) return `\`${name}\` is not a role`;
  if (readEntry(state, `member/${member}`) === undefined) return `\`${member}\` is not known in this organization`;
  if (closing.draft.ended.has(`role/${name}/${member}`)) return `\`${member}\` lost \`${name}\` while the case was open`;
  const most = role.held?.most;
  const sitting = holdingsOf(state, name).filter((holding) => holding.member !== member).length;
  if (most !== undefined && sitting >= most) return `\`${name}\` is held by ${sitting} people already, and by at most ${most}`;
  const broken = brokenTermLimit(state, role, member, closing.timeMs);
  if (broken !== undefined) return `\`${member}\` has served as many terms as \`${name}\` allows${broken.inARow === undefined ? '' : ' in a row'}`;
  const isOpen = (line: (typeof role.openTo)[number]): boolean =>
    (line.role === 'person' || holds(state, charter, line.role, member)) &&
    meetsFacts({ state, charter, atMs: record.startedMs, role: line.role }, line.who, member);
  return role.openTo.length === 0 || role.openTo.some(isOpen) ? undefined : `\`${member}\` is not among those \`${name}\` is open to`;
}

/** Applies the grants of the epoch, in the order their cases ended; one that may not be is refused and told (S137). */
export function applyGrants(closing: Closing): void {
  for (const { record, effect } of closing.grants) {
    const charter = requiredCharter(closing.draft.state, record.bylaws);
    const name = roleNamed(effect.what, record);
    for (const member of peopleGranted(effect, record, processOf(charter, record))) {
      const problem = grantProblem(closing, charter, record, name, member);
      const role = roleOf(charter, name);
      if (problem !== undefined || role === undefined) {
        notice(closing, record, { kind: 'decided', code: 'GDO1040', reason: `Not granted: ${problem ?? name}` });
      } else if (!isOpenRole(role)) {
        const grant = { role, member, atMs: closing.timeMs };
        closing.draft.state = useWaiver(closing.draft.state, role, member, closing.timeMs);
        closing.draft.state = enterRole(closing.draft.state, charter, effect.for === undefined ? grant : { ...grant, forDuration: effect.for });
      }
    }
  }
}

function applyRemoval(closing: Closing, charter: Charter, record: CaseRecord, effect: CharterEffect & { readonly kind: 'remove' }): void {
  const name = roleNamed(effect.what, record);
  for (const member of peopleNamed(record, effect.from)) {
    const role = roleOf(charter, name);
    if (role === undefined) continue;
    if (isLastWay(closing.draft.state, role, member))
      notice(closing, record, { kind: 'decided', code: 'GDO1040', reason: `Not removed: nobody else could ever hold \`${name}\`` });
    else leaveRole(closing.draft, charter, { role: name, member, atMs: closing.timeMs });
  }
}

/** Lets the effects of an outcome happen, but for the merge. */
export function applyEffects(closing: Closing, record: CaseRecord, outcome: CharterOutcome): void {
  const charter = requiredCharter(closing.draft.state, record.bylaws);
  for (const effect of outcome.effects) {
    if (effect.kind === 'grant') closing.grants.push({ record, effect });
    if (effect.kind === 'start') closing.reached.push({ record, stage: '', starts: [effect.process] });
    if (effect.kind === 'remove') applyRemoval(closing, charter, record, effect);
  }
}

/** Ends a case: its timer, its suspensions and its proposed bylaws go; the record stays. */
export function endCase(closing: Closing, record: CaseRecord): CaseRecord {
  const ended: CaseRecord = { ...untimed(record), phase: 'decided', endedMs: closing.timeMs };
  closing.draft.state = writeCase(closing.draft.state, ended);
  closing.draft.state = noteEnd(eraseEntry(closing.draft.state, `proposed/${record.id}`), ended);
  const process = processOf(requiredCharter(closing.draft.state, record.bylaws), record);
  closing.draft.state = resumeAfter(closing.draft.state, process, record);
  return ended;
}

function decide(closing: Closing, record: CaseRecord, outcome: CharterOutcome): void {
  const merge = outcome.effects.find((effect) => effect.kind === 'accept-merge');
  const { secondCall: _secondCall, awaits: _awaits, ...rest } = untimed(record);
  const clean: CaseRecord = { ...reaching(rest, outcome.name, closing.timeMs), outcome: outcome.name, accepted: outcome.accepts, votes: [] };
  closing.reached.push({ record: clean, stage: outcome.name, starts: [] });
  if (merge === undefined || record.change === undefined) {
    const ended = endCase(closing, clean);
    notice(closing, ended, {
      kind: 'decided',
      reason: `\`${record.process}\` reached \`${outcome.name}\``,
      ...(record.result === undefined ? {} : { result: record.result }),
    });
    applyEffects(closing, ended, outcome);
    return;
  }
  const current = currentOf(closing.draft.state);
  const charter = requiredCharter(closing.draft.state, record.bylaws);
  const waiting: CaseRecord = { ...clean, phase: 'merging', merge: 'waiting', acceptance: current.acceptances + 1 };
  const dueMs = merge.within === undefined ? undefined : dueInstant(closing.timeMs, merge.within, charter.organization.dayEnds);
  closing.draft.state = writeCurrent(writeCase(closing.draft.state, dueMs === undefined ? waiting : { ...waiting, dueMs }), {
    ...current,
    acceptances: current.acceptances + 1,
  });
  notice(closing, waiting, {
    kind: 'decided',
    reason: `\`${record.process}\` reached \`${outcome.name}\`: the change may be merged`,
    ...(record.result === undefined ? {} : { result: record.result }),
  });
}

/** Keeps a case before its outcome until another case, which holds its process, has ended (S120). */
function waitHeld(closing: Closing, record: CaseRecord, name: string, holder: CaseRecord): void {
  const reason = `\`${name}\` waits: case ${holder.number} holds \`${record.process}\``;
  if (record.phase === 'held' && record.awaits === name && record.dueMs === undefined) return;
  closing.draft.state = writeCase(closing.draft.state, { ...untimed(record), phase: 'held', awaits: name, votes: [] });
  notice(closing, record, { kind: 'waiting', reason });
}

/** Sends a case to a stage: an outcome happens now, any other stage opens with this checkpoint. */
export function enterStage(closing: Closing, record: CaseRecord, name: string): void {
  const process = processOf(requiredCharter(closing.draft.state, record.bylaws), record);
  const stage = stageOf(process, name);
  if (stage.kind === 'outcome') {
    const holder = heldBy(closing.draft.state, record);
    if (holder !== undefined) {
      waitHeld(closing, record, name, holder);
      return;
    }
    decide(closing, { ...record, stage: name }, stage);
    return;
  }
  const { secondCall: _secondCall, meetingMs: _meetingMs, ...rest } = untimed(record);
  closing.draft.state = writeCase(closing.draft.state, { ...rest, phase: 'opening', stage: name, votes: [] });
  closing.openings.push(record.id);
}
