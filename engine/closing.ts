// The end of an epoch: lots, stages due, merges, grants and keys, new bylaws, in this order (ledger.md section 9). No case is processed twice in it.
import type { CharterDraw, CharterMeeting, CharterStep, CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { scopeOf } from './act.ts';
import { capCasesMended, lookAtCaps, runRemedy } from './cap-remedy.ts';
import { fromHex } from './bytes.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { certificateProblem, giveCertificate } from './certificate.ts';
import { actsOf } from './acts.ts';
import { awaited, charterInForce, currentOf, isDueBy, stageOf, theCase, timerKey, undecided, writeCase, writeCurrent } from './case.ts';
import { isDecider } from './decider.ts';
import type { Draft } from './draft.ts';
import { drawn, revealedSeed } from './drawing.ts';
import { dueOf, earliest, firingInstants, timersUntil } from './due.ts';
import { missedByCalendar, missedByTimer } from './duty.ts';
import type { EndContext, EpochEnd } from './fold.ts';
import { entryAt, invariant } from './invariant.ts';
import { closeJoint, drawJointLots, waitsForLot } from './joint.ts';
import { decidedUntilMs, extendedAtEnd, leaveStage, nextTieRule, passedByLot, resultAtEnd, tieRuleAt, tieSeed } from './leaving.ts';
import { certificateKey } from './held.ts';
import { listedBy } from './listing.ts';
import { noteAttendances } from './measure-history.ts';
import { meetingResult } from './meeting.ts';
import { noteClosedVote } from './missed-votes.ts';
import { applyBylaws, applyMerges } from './merging.ts';
import { openStage } from './opening.ts';
import type { Closing } from './ending.ts';
import { endCase, lapseUnstarted, notice, untimed } from './ending.ts';
import { applyMissed } from './missed.ts';
import { applyGrants, enterStage } from './outcome.ts';
import { lapse } from './role-change.ts';
import { allMembers } from './roster.ts';
import { settleRatification } from './ratify.ts';
import { startByRules } from './self-start.ts';
import type { State } from './state.ts';
import { eraseEntry, readEntry, writeEntry } from './state.ts';
import { lapseDeclarations } from './sunset.ts';
import type { TieChain } from './tally/rules.ts';
import { forgetFilled } from './vacancy.ts';
import { closedEarly } from './early-close.ts';
import { endOf } from './vote-clock.ts';
import { keepForGrant } from './undo-grant.ts';
import { heldBy } from './while-open.ts';
import { keepBefore, noteCheckpoint } from './was.ts';
import { renewWitnesses } from './witness-set.ts';

function requiredScope(closing: Closing, id: string): CaseScope {
  const scope = scopeOf(closing.draft.state, id);
  invariant(scope !== undefined, 'a case that was just read is still there');
  return scope;
}

function closeStep(closing: Closing, scope: CaseScope, step: CharterStep): void {
  const instants = firingInstants(scope, step, actsOf(scope.state, scope.record.id));
  const firstMs = earliest(instants);
  if (firstMs === undefined || firstMs > closing.settledMs) {
    closing.draft.state = writeCase(closing.draft.state, firstMs === undefined ? untimed(scope.record) : { ...scope.record, dueMs: firstMs });
    return;
  }
  const { strikes: _strikes, ...rest } = scope.record;
  const listed = listedBy(scope, step, firstMs);
  const nominees = listed.nominees.filter((member) => scope.record.struck?.includes(member) !== true);
  leaveStage(closing, scope, { ...rest, ...listed, nominees }, (index) => (instants[index] ?? firstMs + 1) <= firstMs);
}

/** Ends a stage that has a result, or sends it into its second call (S101). */
function endWithResult(closing: Closing, scope: CaseScope, record: CaseRecord, stage: CharterVote | CharterMeeting | CharterDraw): void {
  if (stage.kind !== 'draw' && record.result === 'inquorate' && stage.secondCall !== undefined && record.secondCall === undefined) {
    const dueMs = dueOf(scope, record.dueMs ?? closing.timeMs, stage.secondCall.after);
    closing.draft.state = writeCase(closing.draft.state, { ...record, phase: 'between', dueMs, votes: [] });
    notice(closing, record, { kind: 'waiting', result: 'inquorate', reason: `\`${record.stage}\` had no quorum and is called a second time` });
    return;
  }
  if (stage.kind === 'vote' && record.result !== 'uncontested' && record.result !== 'empty')
    noteClosedVote(closing.draft, scope, theVote(record).entry, closing.timeMs);
  if (leaveStage(closing, scope, record, () => false)) return;
  // A result that no line names: GDO203 finds it before adoption; the case stays and says so.
  closing.draft.state = writeCase(closing.draft.state, untimed(record));
  notice(closing, record, { kind: 'waiting', reason: `\`${record.result ?? ''}\` leads nowhere` });
}

/** Follows the tie rules from one of them on: a result, or a wait for a lot or a decider (S37, S38). */
function breakTie(closing: Closing, scope: CaseScope, vote: CharterVote, place: number): void {
  const rule = tieRuleAt(vote, place);
  const record = { ...scope.record, votes: scope.record.votes.map((one) => ({ ...one, tieRule: place })) };
  switch (rule.kind) {
    case 'fails':
      endWithResult(closing, scope, { ...record, result: 'failed' }, vote);
      return;
    case 'lot':
      closing.draft.state = writeCase(closing.draft.state, { ...record, phase: 'lot', dueMs: closing.timeMs });
      notice(closing, record, { kind: 'waiting', result: 'tied', reason: 'the tie is broken by lot at the next checkpoint' });
      return;
    default: {
      if (!allMembers(closing.draft.state).some((member) => isDecider({ ...scope, record }, rule, member))) {
        breakTie(closing, scope, vote, place + 1);
        return;
      }
      const closedMs = record.dueMs ?? closing.timeMs;
      const { result: _result, ...waiting } = record;
      closing.draft.state = writeCase(closing.draft.state, { ...waiting, phase: 'tie', dueMs: decidedUntilMs(closing, scope, vote, closedMs) });
      notice(closing, record, { kind: 'waiting', result: 'tied', reason: 'the tie waits to be decided' });
    }
  }
}

type Counted = CaseRecord & { readonly result: string };

function theVote({ votes }: CaseRecord): VoteRecord {
  return entryAt(votes, 0);
}

/** The record with what the vote says, under the tie rules that apply now. */
function counted(closing: Closing, scope: CaseScope, vote: CharterVote, ties: TieChain): Counted {
  const running = theVote(scope.record);
  const said = resultAtEnd(closing, scope, vote, running, ties);
  const winners = vote.counted === undefined ? scope.record.winners : said.winners;
  return { ...scope.record, result: said.result, winners, votes: [{ ...running, result: said.result }] };
}

/** Moves the close of a vote that would end now where a line of `extends` says so; true: it goes on (S128). */
function goesOn(closing: Closing, scope: CaseScope, vote: CharterVote, { result }: Counted): boolean {
  const later = extendedAtEnd(scope, vote, theVote(scope.record), result);
  if (later === undefined) return false;
  closing.draft.state = writeCase(closing.draft.state, { ...scope.record, votes: [later], dueMs: endOf(scope, vote, later) });
  notice(closing, scope.record, { kind: 'waiting', reason: `\`${vote.name}\` is open for longer` });
  return true;
}

function closeVote(closing: Closing, scope: CaseScope, vote: CharterVote): void {
  if (theVote(scope.record).result !== undefined) {
    endWithResult(closing, scope, scope.record, vote);
    return;
  }
  const record = counted(closing, scope, vote, []);
  if (!goesOn(closing, scope, vote, record)) endCounted(closing, scope, record, vote);
}

/** Closes a vote that is decided; from here on all times run from this close (S37, S101). */
function closeDecided(closing: Closing, scope: CaseScope, vote: CharterVote, closed: VoteRecord): void {
  const early = { ...scope, record: { ...scope.record, votes: [closed], dueMs: closed.closesMs } };
  endCounted(closing, early, counted(closing, early, vote, []), vote);
}

function endCounted(closing: Closing, scope: CaseScope, record: CaseRecord, vote: CharterVote): void {
  if (record.result === 'tied' && vote.tie !== undefined) breakTie(closing, { ...scope, record }, vote, 0);
  else endWithResult(closing, scope, record, vote);
}

/** Ends a tie with what a lot or a decider said; an order that leaves the question open goes on to the next rule. */
function settleTie(closing: Closing, scope: CaseScope, vote: CharterVote, ties: TieChain, plain: string): void {
  const { declared: _declared, ...rest } = scope.record;
  const record: CaseRecord = vote.counted === undefined ? { ...rest, result: plain } : counted(closing, { ...scope, record: rest }, vote, ties);
  if (record.result === 'tied') breakTie(closing, { ...scope, record }, vote, nextTieRule(theVote(scope.record)));
  else endWithResult(closing, scope, record, vote);
}

function closeOpen(closing: Closing, scope: CaseScope): void {
  const { record } = scope;
  const stage = stageOf(scope.process, record.stage);
  const isDue = isDueBy(record, closing.settledMs);
  // Its end has passed, and something from before it may still come.
  if (!isDue && isDueBy(record, closing.timeMs) && stage.kind !== 'joint') return;
  switch (stage.kind) {
    case 'step':
      if (isDue) closeStep(closing, scope, stage);
      return;
    case 'vote': {
      if (isDue) {
        closeVote(closing, scope, stage);
        return;
      }
      const closed = closedEarly({ ...scope, state: closing.draft.state }, stage, theVote(record), closing.timeMs);
      if (closed !== undefined) closeDecided(closing, scope, stage, closed);
      return;
    }
    case 'joint':
      closeJoint(closing, scope, stage);
      return;
    case 'meeting': {
      if (!isDue) return;
      const { result, present } = meetingResult(scope, stage);
      closing.draft.state = noteAttendances(closing.draft.state, record, present, closing.timeMs);
      endWithResult(closing, scope, { ...record, result, present }, stage);
      return;
    }
    case 'draw':
      // The last secret makes it due at once.
      if (isDue) endWithResult(closing, scope, drawn(scope, stage, revealedSeed(scope, stage)), stage);
      return;
    default:
      return;
  }
}

function processCase(closing: Closing, id: string): void {
  const scope = requiredScope(closing, id);
  const { record } = scope;
  const stage = stageOf(scope.process, record.stage);
  switch (record.phase) {
    case 'starting':
      if (isDueBy(record, closing.settledMs)) lapseUnstarted(closing, record);
      return;
    case 'opening':
      enterStage(closing, record, record.stage);
      return;
    case 'open':
      closeOpen(closing, scope);
      return;
    case 'held':
      enterStage(closing, record, awaited(record));
      return;
    case 'between': {
      const { meetingMs: _meetingMs, ...rest } = untimed(record);
      closing.draft.state = writeCase(closing.draft.state, { ...rest, phase: 'opening', secondCall: true });
      closing.openings.push(id);
      return;
    }
    case 'tie': {
      invariant(stage.kind === 'vote', 'only a vote waits for a tie to be decided');
      if (record.declared !== undefined)
        settleTie(closing, scope, stage, [{ kind: 'decided', by: 'declare', order: record.declared }], entryAt(record.declared, 0));
      else if (isDueBy(record, closing.settledMs)) breakTie(closing, scope, stage, nextTieRule(theVote(record)));
      return;
    }
    default:
      return;
  }
}

/** Lots of votes that the previous checkpoint closed: its id seeds them, so they come before everything else (ledger.md section 11). */
function drawLots(closing: Closing, ids: readonly string[]): void {
  for (const id of ids) {
    const scope = requiredScope(closing, id);
    const stage = stageOf(scope.process, scope.record.stage);
    if (stage.kind === 'joint' && scope.record.phase === 'open') drawJointLots(closing, scope, stage);
    if (stage.kind === 'draw') endWithResult(closing, scope, drawn(scope, stage, fromHex(closing.previousCheckpoint)), stage);
    if (stage.kind !== 'vote') continue;
    const seed = tieSeed(closing, scope.record.id, scope.record.entry);
    settleTie(closing, scope, stage, [{ kind: 'lot', seed }], passedByLot(seed));
  }
}

/** Cases whose holders have ended go on at the next instant that is visited, which is this one (S120). */
function release(closing: Closing): void {
  for (const record of undecided(closing.draft.state)) {
    if (record.phase !== 'held' || record.dueMs !== undefined || heldBy(closing.draft.state, record) !== undefined) continue;
    closing.draft.state = writeCase(closing.draft.state, { ...record, dueMs: closing.timeMs });
  }
}

/** Gives the certificates that were issued in the epoch and not revoked since, and for which the person is still meant. */
function giveIssued({ draft, timeMs }: Closing): void {
  const charter = charterInForce(draft.state);
  for (const { certificate: name, member } of draft.issues) {
    const certificate = charter.certificates.find((one) => one.name === name);
    if (certificate === undefined || draft.ended.has(certificateKey(name, member))) continue;
    if (certificateProblem(draft.state, charter, certificate, member, timeMs) !== undefined) continue;
    const state = keepForGrant(draft.state, charter, undefined, { name, member });
    draft.state = giveCertificate(state, certificate, { member, atMs: timeMs, dayEnds: charter.organization.dayEnds });
  }
}

function enrol(closing: Closing): void {
  for (const { member, device } of closing.draft.enrolments) {
    const state = closing.draft.state;
    const key = `member/${member}`;
    const known = readEntry(state, key) === undefined ? writeEntry(keepBefore(state, member, key), key, { since: closing.timeMs }) : state;
    closing.draft.state = writeEntry(known, `key/${device}`, { member, since: closing.timeMs });
  }
}

/** The timer by which the next checkpoint looks at the caps of roles, where somebody left after this one had looked. */
const lookAgain = 'caps';

function lapses(closing: Closing, timers: readonly { readonly atMs: number; readonly what: string; readonly key: string }[]): void {
  const charter = charterInForce(closing.draft.state);
  for (const timer of timers) {
    closing.draft.state = eraseEntry(closing.draft.state, timer.key);
    const [kind, role = '', member = ''] = timer.what.split('/');
    if (kind === 'cap') runRemedy(closing, timer.what);
    if (timer.what === lookAgain) closing.draft.capsTouched = true;
    if (kind === 'duty') {
      const looked = missedByTimer(closing.draft.state, role, member, timer.atMs);
      closing.draft.state = looked.state;
      if (looked.missed !== undefined) closing.missed.push(looked.missed);
    }
    if (kind === 'sunset') lapseDeclarations(closing.draft, timer.what, timer.atMs);
    if (kind === 'vacant') closing.overdue.push(role);
    if (kind === 'ratify') settleRatification(closing, timer.what);
    if (kind === 'role') lapse(closing.draft, charter, { role, member, atMs: timer.atMs });
  }
}

/** Cases that are due, ascending by instant; at one instant the case that was proposed first goes first (S55). */
function dueCases(state: State, timers: readonly { readonly atMs: number; readonly what: string }[]): readonly string[] {
  const rows = timers.flatMap(({ atMs, what }) => (what.startsWith('case/') ? [{ atMs, record: theCase(state, what.slice('case/'.length)) }] : []));
  return rows.sort((left, right) => left.atMs - right.atMs || left.record.number - right.record.number).map(({ record }) => record.id);
}

/** Computes the end of an epoch. Pure but for its own draft. Source: ledger.md section 9, endOfEpoch */
export function closeEpoch(draft: Draft, context: EndContext): EpochEnd {
  const { timeMs, previousCheckpoint } = context;
  const closing: Closing = {
    draft,
    timeMs,
    settledMs: context.settledMs,
    previousCheckpoint,
    grants: [],
    openings: [],
    reached: [],
    missed: [],
    overdue: [],
    capStarts: [],
    merges: [],
    adopted: [],
    quarantines: [],
  };
  const timers = timersUntil(draft.state, context.timeMs);
  const due = dueCases(draft.state, timers);
  drawLots(
    closing,
    due.filter((id) => waitsForLot(theCase(draft.state, id))),
  );
  const processed = new Set<string>();
  const touched = [...draft.touched].sort((left, right) => theCase(draft.state, left).number - theCase(draft.state, right).number);
  const before = new Set(closing.openings);
  for (const id of [...due, ...touched]) {
    if (processed.has(id) || before.has(id) || theCase(draft.state, id).phase === 'merging') continue;
    processed.add(id);
    processCase(closing, id);
  }
  lapses(
    closing,
    timers.filter((timer) => !timer.what.startsWith('case/')),
  );
  const rounds = missedByCalendar(draft.state, timeMs);
  draft.state = rounds.state;
  closing.missed.push(...rounds.missed);
  for (const missed of closing.missed) applyMissed(closing, missed);
  applyMerges(closing);
  applyGrants(closing);
  giveIssued(closing);
  enrol(closing);
  applyBylaws(closing);
  forgetFilled(draft);
  if (closing.adopted.length > 0) draft.capsTouched = true;
  closing.capStarts.push(...lookAtCaps(closing));
  for (const { record, reason } of capCasesMended(draft)) {
    const ended = endCase(closing, { ...record, outcome: 'refused', accepted: false, reason });
    notice(closing, ended, { kind: 'decided', reason });
  }
  for (const id of closing.openings) openStage(closing, id);
  startByRules(closing);
  release(closing);
  // A stage that opened was the turn of a remedy, and whoever left by it may have broken another cap.
  if (draft.capsTouched) draft.state = writeEntry(draft.state, timerKey(timeMs, lookAgain), {});
  if (context.renewsWitnesses) draft.state = renewWitnesses(draft.state);
  draft.state = noteCheckpoint(draft.state, previousCheckpoint, currentOf(draft.state).timeMs);
  draft.state = writeCurrent(draft.state, { ...currentOf(draft.state), timeMs: context.timeMs });
  return { state: draft.state, merges: closing.merges, notices: draft.notices };
}
