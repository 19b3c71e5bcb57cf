// Decides a stage of a case again from what the state keeps of it: the frozen rosters, the ballots and the acts. It believes no result that is stored.
import type { CharterAnswer } from './bylaws.ts';
import type { CharterMeeting, CharterStage, CharterVote } from './bylaws-stages.ts';
import { scopeOf } from './act.ts';
import { actsOf, allActsOf, saidThen } from './acts.ts';
import type { CaseScope } from './actor.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { stageOf, writeCase } from './case.ts';
import { inputsKept } from './count-inputs.ts';
import { settledAtOpening } from './elect.ts';
import { explainCase } from './explain.ts';
import { meetingResult } from './meeting.ts';
import { entryAt } from './invariant.ts';
import { withInputs } from './roster.ts';
import type { State } from './state.ts';
import type { RequirementLine } from './vote.ts';
import { inVote, resultOf } from './vote-result.ts';
import { endedIn } from './way.ts';

/** Which opening of a stage is decided again, as it stood when it was left. */
export interface StageOpening {
  readonly stage: string;
  readonly entry: number;
  readonly closedMs: number;
}

/** What the rules say of it: the result of a vote or a meeting, and every requirement. */
export interface Redecided {
  readonly result?: string;
  readonly lines: readonly RequirementLine[];
  /** Where the stage leads: with its result, or without one every stage it names. A tie leads where its rules say. */
  readonly leads: readonly string[];
}

function leadsOf(stage: CharterStage, result: string | undefined): readonly string[] {
  switch (stage.kind) {
    case 'step':
      return stage.transitions.map((rule) => rule.target);
    case 'joint':
      return [stage.passes?.target, stage.otherwise].filter((target) => target !== undefined);
    case 'outcome':
      return [];
    default: {
      const all = [...stage.results.map((row) => row.target), ...(stage.otherwise === undefined ? [] : [stage.otherwise])];
      if (result === undefined || (result === 'tied' && stage.kind === 'vote' && stage.tie !== undefined)) return all;
      const own = stage.results.find((row) => row.result === result)?.target ?? stage.otherwise;
      return own === undefined ? [] : [own];
    }
  }
}

function running(state: State, id: string, vote: CharterVote, entry: number, closesMs: number): VoteRecord {
  const seats = vote.elects?.seats ?? inputsKept(state, id, entry).seats;
  return { name: vote.name, entry, closesMs, ...(seats === undefined ? {} : { seats }) };
}

/** The votes of an opening as they were when it was left: of a joint each in its last call (S101). */
function votesAt(state: State, record: CaseRecord, stage: CharterStage, at: StageOpening): readonly VoteRecord[] {
  if (stage.kind === 'vote') return [running(state, record.id, stage, at.entry, at.closedMs)];
  if (stage.kind !== 'joint') return [];
  return stage.votes.map((vote, place) => {
    const again = record.secondCalls?.find(([name, , stageEntry]) => name === vote.name && stageEntry === at.entry);
    if (again === undefined) return running(state, record.id, vote, at.entry + 1 + place, at.closedMs);
    return { ...running(state, record.id, vote, again[1], at.closedMs), secondCall: true };
  });
}

/** Where an answer to an edit or a conflict sends a case. */
function answered({ process }: CaseScope, answer: CharterAnswer): readonly string[] {
  if (answer.kind === 'refuse') return [];
  return answer.kind === 'stage' ? [answer.stage] : process.stages.slice(0, 1).map((stage) => stage.name);
}

/** Where the case went back to: after an edit in this opening, or because others had changed its paths once it was accepted (S50, S55). */
function backFrom(scope: CaseScope, { entry }: StageOpening): readonly string[] {
  const { process, record, state } = scope;
  // From its last opening it went nowhere but to its end.
  if (entry === record.entry) return [];
  const isEdited = allActsOf(state, record.id).some((act) => act.entry === entry && act.verb === 'edit');
  const merging = process.stages.flatMap((stage) => (stage.kind === 'outcome' && stage.effects.some((one) => one.kind === 'accept-merge') ? [stage.name] : []));
  // A duty accepts without an outcome of the process.
  const isAccepted = record.change !== undefined && record.reached.some(([name]) => name === 'accepted' || merging.includes(name));
  return [...(isEdited ? answered(scope, process.onEdit) : []), ...(isAccepted ? answered(scope, process.onConflict) : [])];
}

/** Where an opening leads, or led because something else than the rules of its process ended the case or sent it back. */
function leadsAt(
  scope: CaseScope,
  stage: CharterStage,
  at: StageOpening,
  said: { readonly result?: string; readonly isSecondCall?: boolean },
): readonly string[] {
  const { record } = scope;
  const { result, isSecondCall = false } = said;
  // What has no quorum is called once more (S101).
  const isCalled = result === 'inquorate' && 'secondCall' in stage && !isSecondCall;
  const leads = [...(isCalled ? [stage.name] : leadsOf(stage, result)), ...backFrom(scope, at)];
  const ended = record.entry === at.entry ? endedIn(record) : undefined;
  const isEnded = ended !== undefined && record.outcome !== undefined && (ended === at.stage || leads.includes(ended));
  return isEnded ? [...leads, record.outcome] : leads;
}

/** The result of a vote that needed no ballot; undefined for one that was held. */
function settledAgain(scope: CaseScope, vote: CharterVote, { seats = 1 }: VoteRecord): string | undefined {
  const settledMs = scope.frozen.inputs?.settledMs;
  if (settledMs === undefined) return undefined;
  return settledAtOpening({ ...scope, record: { ...scope.record, openedMs: settledMs } }, vote, seats)?.result;
}

/** Whether a meeting began: nobody has to call it, it was its second call, or it was called (S46, S101). */
function hasBegun(
  state: State,
  id: string,
  { called }: CharterMeeting,
  { entry, isSecondCall }: { readonly entry: number; readonly isSecondCall: boolean },
): boolean {
  return called === undefined || isSecondCall || actsOf(state, id).some((act) => act.entry === entry && act.verb === 'call');
}

/**
 * Decides one opening again; undefined where the state has no such case or stage. The state may be a part: the case, its bylaws, rosters, ballots and
 * acts are enough. Pure.
 */
export function redecide(state: State, id: string, at: StageOpening): Redecided | undefined {
  const whole = scopeOf(state, id);
  const stage = whole?.process.stages.find((one) => one.name === at.stage);
  if (whole === undefined || stage === undefined || stage.kind === 'outcome') return undefined;
  const { outcome: _outcome, accepted: _accepted, merge: _merge, dueMs: _due, change: _change, struck: _struck, meetingMs: _meeting, ...rest } = whole.record;
  const said = saidThen(state, id, at.entry);
  const isSecondCall = rest.secondCalls?.some(([name, entry]) => name === stage.name && entry === at.entry) === true;
  const called = isSecondCall ? { secondCall: true as const } : {};
  // A case forgets when its meeting was as soon as it goes on; whether there was one is all that its result asks.
  const began = stage.kind === 'meeting' && hasBegun(said, id, stage, { entry: at.entry, isSecondCall }) ? { meetingMs: at.closedMs } : {};
  const record: CaseRecord = { ...rest, ...called, ...began, phase: 'open', stage: stage.name, entry: at.entry, votes: votesAt(state, rest, stage, at) };
  const reopened = record.votes.reduce((next, vote) => withInputs(next, id, vote.entry), writeCase(said, record));
  const lines = explainCase(reopened, id);
  const scope = inVote({ ...whole, state: reopened, record }, at.entry);
  const found = stageOf(whole.process, stage.name);
  if (found.kind === 'meeting') {
    const { result } = meetingResult(scope, found);
    return { result, lines, leads: leadsAt(whole, found, at, { result, isSecondCall }) };
  }
  if (found.kind !== 'vote') return { lines, leads: leadsAt(whole, found, at, {}) };
  const own = entryAt(record.votes, 0);
  const result = settledAgain(scope, found, own) ?? resultOf(scope, found, { running: own, ties: [], atMs: at.closedMs }).result;
  return { result, lines, leads: leadsAt(whole, found, at, { result, isSecondCall }) };
}
