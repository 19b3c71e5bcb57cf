// Opening a stage: a new entry with its frozen rosters and its deadline, at the time of the checkpoint (S3, S7, S11, S48).
import { isCalled } from './joint.ts';
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterDraw, CharterVote } from './bylaws-stages.ts';
import type { CharterRecusal } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { isOneOf, peopleOf, seatsOf } from './actor.ts';
import { asking } from './asking.ts';
import { byCodeUnit } from './canonical.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { actsOf } from './acts.ts';
import { charterOfCase, dueBy, processOf, reaching, stageOf, theCase, votesIn, writeCase } from './case.ts';
import { drawOpening } from './drawing.ts';
import { keepInputs, noInputs } from './count-inputs.ts';
import { dueOf, earliest, firingInstants } from './due.ts';
import { closedEarly } from './early-close.ts';
import { delegationFor } from './delegated.ts';
import { candidatesOf, seatsToFill, settledAtOpening } from './elect.ts';
import { amountOf, meetsFacts } from './facts.ts';
import { applyHolds } from './hold.ts';
import { meetingOpening } from './meeting.ts';
import type { Closing } from './ending.ts';
import { notice, untimed } from './ending.ts';
import { reachStage } from './outcome.ts';
import type { Frozen } from './roster.ts';
import {
  allMembers,
  electorateIn,
  freeze,
  holdingsOf,
  isBuiltInRoster,
  readFrozen,
  roleOf,
  rolesRead,
  rosterIn,
  writeFrozen,
  writeWeight,
  copyFrozen,
} from './roster.ts';
import { recusedByAttribute } from './recusal.ts';
import { supportersFrozen } from './supporting.ts';
import { clocked, endOf, endOfVotes } from './vote-clock.ts';
import { listedInputs } from './vote-result.ts';
import { entryAt, invariant, unreachable } from './invariant.ts';

function excepted(scope: CaseScope, names: readonly string[]): readonly string[] {
  const people = names.flatMap((name) => {
    if (!isBuiltInRoster(name)) return rosterIn(scope.frozen, name) ?? [];
    return [...allMembers(scope.state)].filter((member) => name !== 'person' && isOneOf(scope, name, member));
  });
  return [...new Set(people)].sort(byCodeUnit);
}

/** The rosters of a vote: the roles it reads, and its electorate, one ballot a person (S8, S9, S135). */
function freezeVote(scope: CaseScope, vote: CharterVote, atMs: number): Frozen {
  const { state, charter, record } = scope;
  // Who may delegate is fixed with the vote, as who may vote is; and a limit of what a delegate may be given may be a share of another roster (S41).
  const delegation = delegationFor(charter, scope.process.name);
  const named = delegation === undefined ? [] : [delegation.by, ...delegation.limits.map(({ counted }) => counted)];
  const delegating = named.flatMap((role) => roleOf(charter, role)?.name ?? []);
  const base = freeze(state, charter, [...new Set([...rolesRead(charter, vote), ...delegating])]);
  const except = excepted({ ...scope, frozen: base }, vote.voters.except);
  const voters = new Set<string>();
  for (const role of vote.voters.roles) {
    const own = { ...scope, frozen: base };
    const roll = rosterIn(base, role) ?? allMembers(state).filter((member) => isOneOf(own, role, member));
    for (const member of roll) {
      if (except.includes(member) || (vote.voters.present !== undefined && !record.present.includes(member))) continue;
      if (meetsFacts({ state, charter, atMs, role }, vote.voters.who, member)) voters.add(member);
    }
  }
  const seats = vote.voters.roles.reduce((sum, role) => sum + seatsOf(charter, role), 0);
  const empty = vote.voters.roles.map((role) => [role, vacantSeats(scope, charter, role)] as const);
  const vacant = empty.reduce((sum, [, count]) => sum + count, 0);
  // Whose seats they are is kept where a test may ask for one role of several (S130).
  const vacancies = vote.vacanciesCountAs === undefined || empty.length < 2 ? {} : { vacancies: empty };
  const rows = [...base.roles, ['electorate', [...voters].sort(byCodeUnit)] as const];
  return { ...base, roles: rows.sort((left, right) => byCodeUnit(left[0], right[0])), except, seats, vacant, ...vacancies };
}

/** Stores the rosters of a vote, and what each ballot would weigh (S7, S112). */
function storeVote(closing: Closing, scope: CaseScope, vote: CharterVote, entry: number, frozen: Frozen): void {
  const measure = vote.voters.weightedBy;
  if (measure === undefined) {
    closing.draft.state = writeFrozen(closing.draft.state, scope.record, entry, frozen);
    return;
  }
  const { charter, record } = scope;
  const facts = { state: closing.draft.state, charter, atMs: closing.timeMs, role: 'person' };
  let weight = 0n;
  for (const member of electorateIn(frozen)) {
    const own = amountOf(facts, measure, member);
    weight += own;
    closing.draft.state = writeWeight(closing.draft.state, { id: record.id, entry, member }, own);
  }
  closing.draft.state = writeFrozen(closing.draft.state, record, entry, { ...frozen, weight });
}

/** A vote that is decided before anybody has voted closes at its opening (S127). */
function decidedAtOpening(closing: Closing, scope: CaseScope, vote: CharterVote, running: VoteRecord): VoteRecord {
  return closedEarly({ ...scope, state: closing.draft.state }, vote, running, closing.timeMs) ?? running;
}

function vacantSeats(scope: CaseScope, charter: Charter, role: string): number {
  return Math.max(0, seatsOf(charter, role) - holdingsOf(scope.state, role).length);
}

/** A draw opens: its pool is fixed. Without a seed that people choose, the id of the next checkpoint orders it, as it orders a lot (S38, S47). */
function drawRecord(closing: Closing, scope: CaseScope, draw: CharterDraw, entry: number): CaseRecord {
  const { state, charter, record, frozen } = scope;
  closing.draft.state = writeFrozen(state, record, entry, frozen);
  const { picks, seed } = draw;
  const except = picks === undefined ? [] : excepted(scope, picks.except);
  const facts = { state, charter, atMs: closing.timeMs, role: picks?.role ?? 'person' };
  const roll = (picks === undefined ? [] : peopleOf(scope, picks.role)) ?? allMembers(state);
  const pool = roll.filter((member) => !except.includes(member) && meetsFacts(facts, picks?.who ?? [], member));
  const drawing = { ...record, draw: drawOpening(scope, pool) };
  return seed === undefined ? { ...drawing, phase: 'lot', dueMs: closing.timeMs } : { ...drawing, dueMs: dueOf(scope, closing.timeMs, seed.within) };
}

/** `as of the start`: the roster frozen when the case opened its first stage (S7). */
export function freezeAtStart(closing: Closing, record: CaseRecord): void {
  const charter = charterOfCase(closing.draft.state, record);
  const process = processOf(charter, record);
  const votes = process.stages.flatMap(votesIn);
  votes.forEach((vote, index) => {
    if (vote.voters.asOfTheStart === undefined) return;
    const scope = { state: closing.draft.state, charter, process, record, frozen: readFrozen(closing.draft.state, record.id, 0) };
    storeVote(closing, scope, vote, startEntry(index), freezeVote(scope, vote, closing.timeMs));
  });
}

/** Entries from 9000 hold what was frozen at the start; stages are never entered that often. */
function startEntry(index: number): number {
  return 9_000 + index;
}

function openVote(closing: Closing, scope: CaseScope, vote: CharterVote, entry: number): VoteRecord {
  const all = scope.process.stages.flatMap(votesIn);
  if (vote.voters.asOfTheStart === undefined) storeVote(closing, scope, vote, entry, freezeVote(scope, vote, closing.timeMs));
  else closing.draft.state = copyFrozen(closing.draft.state, scope.record, startEntry(all.indexOf(vote)), entry);
  const running = clocked(scope, vote, { name: vote.name, entry, closesMs: dueOf(scope, closing.timeMs, vote.open) });
  return vote.counted === undefined && vote.elects === undefined ? running : { ...running, seats: seatsToFill(scope, vote) };
}

/** A vote as it opens: where there is nobody to vote on, or no more than seats, it has its result, and no ballot is held (S132). */
function openedVote(
  closing: Closing,
  scope: CaseScope,
  vote: CharterVote,
  running: VoteRecord,
): { readonly running: VoteRecord; readonly settled: ReturnType<typeof settledAtOpening> } {
  const settled = settledAtOpening(scope, vote, running.seats ?? 1);
  if (settled === undefined) return { running: decidedAtOpening(closing, scope, vote, running), settled };
  const inputs = {
    ...noInputs,
    ...listedInputs(vote, scope.record, closing.timeMs),
    settledMs: closing.timeMs,
    ...(running.seats === undefined ? {} : { seats: running.seats }),
  };
  closing.draft.state = keepInputs(closing.draft.state, scope.record.id, running.entry, inputs);
  return { running: { ...running, result: settled.result }, settled };
}

/** The record with those whom its votes may elect. */
function naming(record: CaseRecord, process: CharterProcess, votes: readonly CharterVote[]): CaseRecord {
  return votes.some((vote) => vote.choices.kind === 'candidates') ? { ...record, nominees: candidatesOf(record, process) } : record;
}

/** The record with the recusals that apply by themselves at an opening. */
function recusing(scope: CaseScope, record: CaseRecord, recusals: readonly CharterRecusal[], people: readonly string[]): CaseRecord {
  const found = recusedByAttribute(scope, recusals, people);
  return found.length === 0 ? record : { ...record, recusals: [...(record.recusals ?? []), ...found] };
}

function recusingVote(closing: Closing, scope: CaseScope, record: CaseRecord, vote: CharterVote, entry: number): CaseRecord {
  const frozen = readFrozen(closing.draft.state, record.id, entry);
  const people = electorateIn(frozen);
  return recusing({ ...scope, frozen }, record, [...vote.recusals, ...scope.process.recusals], people);
}

/** Keeps that this is a second call, so that what was decided in it can be decided again. */
function calledAgain(record: CaseRecord, name: string, entry: number, stageEntry: number): CaseRecord {
  return { ...record, secondCalls: [...(record.secondCalls ?? []), [name, entry, stageEntry]] };
}

/** Opens the votes of an open joint whose second call is due, each as a new instance of its own; the others stay as they are (S101). */
function callAgain(closing: Closing, before: CaseRecord): void {
  const charter = charterOfCase(closing.draft.state, before);
  const process = processOf(charter, before);
  const stage = stageOf(process, before.stage);
  invariant(stage.kind === 'joint', 'only votes of a joint are called again while it is open');
  let record = before;
  for (const running of before.votes) {
    const vote = stage.votes.find((one) => one.name === running.name);
    if (vote === undefined || !isCalled(running, closing.timeMs)) continue;
    const entry = record.entries + 1;
    const scope: CaseScope = { state: closing.draft.state, charter, process, record, frozen: readFrozen(closing.draft.state, record.id, before.entry) };
    const opened: VoteRecord = { ...openVote(closing, scope, vote, entry), secondCall: true };
    const numbered = calledAgain({ ...record, entries: entry }, vote.name, entry, before.entry);
    const reached = reaching(recusingVote(closing, scope, numbered, vote, entry), vote.name, closing.timeMs);
    const votes = reached.votes.map((one) => (one.name === vote.name ? opened : one));
    const called = { ...reached, votes };
    const now = decidedAtOpening(closing, { ...scope, record: called }, vote, opened);
    record = { ...called, votes: votes.map((one) => (one.name === vote.name ? now : one)) };
    notice(closing, record, { kind: 'opened-stage', reason: `\`${vote.name}\` is open once more` });
  }
  const dueMs = endOfVotes(
    { state: closing.draft.state, charter, process, record, frozen: readFrozen(closing.draft.state, record.id, before.entry) },
    stage.votes,
    record.votes,
  );
  closing.draft.state = writeCase(closing.draft.state, dueBy(record, dueMs));
}

/** Opens the stage that a case has reached, with the checkpoint's time. Source: ledger.md section 11 */
export function openStage(closing: Closing, id: string): void {
  const reached = theCase(closing.draft.state, id);
  if (reached.phase === 'open') callAgain(closing, reached);
  if (reached.phase !== 'opening') return;
  const charter = charterOfCase(closing.draft.state, reached);
  const process = processOf(charter, reached);
  const stage = stageOf(process, reached.stage);
  if (reached.firsts.length === 0) freezeAtStart(closing, reached);
  const entry = reached.entries + 1;
  const isFirst = !reached.firsts.some(([name]) => name === stage.name);
  const entered: CaseRecord = {
    ...untimed(reaching(reached, stage.name, closing.timeMs)),
    phase: 'open',
    entry,
    entries: entry,
    openedMs: closing.timeMs,
    firsts: isFirst ? [...reached.firsts, [stage.name, closing.timeMs]] : reached.firsts,
  };
  const numbered = entered.secondCall === undefined ? entered : calledAgain(entered, stage.name, entry, entry);
  const opened = asking(closing.draft.state, charter, numbered, stage);
  const frozen = freeze(closing.draft.state, charter, rolesRead(charter, stage));
  const scope: CaseScope = { state: closing.draft.state, charter, process, record: opened, frozen };
  const record = openedRecord(closing, scope, entry);
  closing.draft.state = writeCase(closing.draft.state, record);
  if (stage.kind === 'step') applyHolds(closing.draft, { ...scope, record }, stage);
  reachStage(closing, record, stage.name);
  notice(closing, record, { kind: 'opened-stage', reason: `\`${stage.name}\` is open` });
}

function openedRecord(closing: Closing, scope: CaseScope, entry: number): CaseRecord {
  const stage = stageOf(scope.process, scope.record.stage);
  const record = scope.record;
  switch (stage.kind) {
    case 'step': {
      const supporters = supportersFrozen(scope, stage, closing.timeMs);
      const frozen = supporters.length === 0 ? scope.frozen : { ...scope.frozen, roles: [...scope.frozen.roles, ...supporters] };
      closing.draft.state = writeFrozen(closing.draft.state, record, entry, frozen);
      const people = [...new Set(scope.frozen.roles.flatMap(([, members]) => members))];
      const recused = recusing({ ...scope, frozen: { ...scope.frozen, entry } }, record, scope.process.recusals, people);
      const dueMs = earliest(firingInstants({ ...scope, record: recused }, stage, actsOf(closing.draft.state, record.id)));
      return dueBy(recused, dueMs);
    }
    case 'meeting':
      closing.draft.state = writeFrozen(closing.draft.state, record, entry, scope.frozen);
      return { ...record, present: [], ...meetingOpening(scope, stage) };
    case 'vote': {
      const named = naming(record, scope.process, [stage]);
      const vote = openVote(closing, { ...scope, record: named }, stage, entry);
      const listed = recusingVote(closing, scope, named, stage, entry);
      const { running, settled } = openedVote(closing, { ...scope, record: listed }, stage, vote);
      return { ...listed, ...settled, votes: [running], dueMs: settled === undefined ? endOf(scope, stage, running) : closing.timeMs };
    }
    case 'joint': {
      const named = naming(record, scope.process, stage.votes);
      const opening = stage.votes.map((vote, index) => openVote(closing, { ...scope, record: named }, vote, entry + 1 + index));
      // Its votes are stages of their own in a path such as `P.vote`, and open with it (S48, S122).
      const recused = stage.votes.reduce((all, vote, index) => recusingVote(closing, scope, all, vote, entry + 1 + index), named);
      const opened = stage.votes.reduce((all, vote) => reaching(all, vote.name, closing.timeMs), recused);
      const votes = stage.votes.map((vote, index) => openedVote(closing, { ...scope, record: opened }, vote, entryAt(opening, index)).running);
      // What has its result already has no winners, and may settle the joint (S48).
      const isSettled = votes.some(({ result }) => result !== undefined);
      const dueMs = isSettled ? closing.timeMs : endOfVotes(scope, stage.votes, votes);
      return dueBy({ ...opened, votes, entries: entry + votes.length, winners: isSettled ? [] : opened.winners }, dueMs);
    }
    case 'draw':
      return drawRecord(closing, scope, stage, entry);
    case 'outcome':
      return record;
    default:
      return unreachable(stage);
  }
}
