// What can still become of an open case: what happens if nobody does anything more, and for each other way on the smallest set of acts that leads there.
// It follows from the state alone and changes nothing; sentences are outlook-text.ts's.
import type { CharterDraw, CharterJoint, CharterMeeting, CharterVote } from './bylaws-stages.ts';
import { scopeOf } from './act.ts';
import type { CaseScope } from './actor.ts';
import { isMeant, neededOf } from './actor.ts';
import { ballotsCounted, ownBallots } from './ballots.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { ballotsOf, currentOf, stageOf } from './case.ts';
import { drawn, revealedSeed } from './drawing.ts';
import { countElection } from './elect.ts';
import { candidateOf, changeOf, requirementsOf } from './gate.ts';
import { meetingResult } from './meeting.ts';
import { outlookOfStep, roleOfActor } from './outlook-step.ts';
import type { BallotsMissing } from './outlook-vote.ts';
import { ballotsMissing } from './outlook-vote.ts';
import type { MissingAct, Outlook, VoteEnding, WayOn } from './outlook-ways.ts';
import { ended, endingOf, nothing, targetOf } from './outlook-ways.ts';
import { inVote } from './vote-result.ts';
import { allMembers } from './roster.ts';
import type { State } from './state.ts';
import { startActsMissing } from './starters.ts';
import { presentLine, quorumsOf } from './vote.ts';

/** A case, and the instant from which people still act: the last checkpoint's, or later. */
interface Now {
  readonly scope: CaseScope;
  readonly nowMs: number;
}

interface VoteOutlook {
  readonly now: VoteEnding;
  readonly isWhole: boolean;
  readonly missing: readonly (BallotsMissing & { readonly ending: VoteEnding })[];
}

/** The results a vote can still give; a vote that elects, or whose ballots are sealed, only says what it gives as it stands. */
function outlookOfVote({ scope, nowMs }: Now, vote: CharterVote, running: VoteRecord): VoteOutlook {
  const voting = inVote(scope, running.entry);
  const ending = (result: string, fromMs?: number): VoteEnding => endingOf(scope, vote, running, fromMs === undefined ? { result } : { result, fromMs });
  if (vote.counted !== undefined) {
    const ballots = ballotsCounted(voting, running.entry, nowMs);
    const { result } = countElection(voting, vote, ballots, { seats: running.seats ?? 1, ties: [], closeMs: nowMs });
    return { now: ending(result), isWhole: false, missing: [] };
  }
  const isSealed = vote.ballots === 'sealed';
  const sealed = isSealed ? ballotsOf(scope.state, scope.record.id, running.entry).flatMap((one) => (one.sealed === undefined ? [] : [one.by])) : undefined;
  const { isWhole, results } = ballotsMissing(voting, vote, {
    own: ownBallots(voting, running.entry),
    atMs: running.closesMs - 1,
    ...(sealed === undefined ? {} : { sealed }),
  });
  const now = ending(results.find((one) => one.total === 0)?.result ?? 'failed');
  // Until sealed ballots are opened nobody knows what a vote still needs (S129).
  if (isSealed && nowMs < running.closesMs) return { now, isWhole: false, missing: [] };
  const more = results.filter((one) => one.total > 0).sort((left, right) => left.total - right.total);
  return { now, isWhole, missing: more.map((one) => ({ ...one, ending: ending(one.result, nowMs + 1) })) };
}

function ofVote(now: Now, vote: CharterVote): Outlook {
  const { scope } = now;
  const [running] = scope.record.votes;
  if (running === undefined) return nothing;
  const { now: standing, isWhole, missing } = outlookOfVote(now, vote, running);
  // Where a tie leads is up to its rules (S37), and a second call is another vote: neither is a way of its own.
  const leads = (ending: VoteEnding): string | undefined => (ending.waits === undefined ? targetOf(vote, ending.result) : undefined);
  const stays = leads(standing);
  const others = missing.flatMap(({ ending, acts, atMost }): readonly WayOn[] => {
    const target = leads(ending);
    const most = atMost === undefined ? {} : { atMost };
    return target === undefined || target === stays ? [] : [ended(scope, { target, result: ending.result, acts, atMs: ending.atMs, ...most })];
  });
  const ways = others.filter((way, place) => others.findIndex((one) => one.target === way.target) === place);
  const isOpenEnded = [standing, ...missing.map((one) => one.ending)].some((one) => one.waits !== undefined) || vote.extends.length > 0;
  const reached = [stays, ...ways.map((way) => way.target)];
  const all = [...vote.results.map((row) => row.target), ...(vote.otherwise === undefined ? [] : [vote.otherwise])];
  const shut = isWhole && !isOpenEnded ? [...new Set(all)].filter((target) => !reached.includes(target)) : [];
  const canChange = vote.ballots !== 'may-change' || shut.length === 0 ? {} : { ballotsChange: true as const };
  const ifNothing = ended(scope, {
    target: stays ?? vote.name,
    result: standing.result,
    acts: [],
    atMs: standing.atMs,
    ...(standing.waits === undefined ? {} : { waits: standing.waits }),
  });
  return stays === undefined && standing.waits === undefined ? { ways, shut, ...canChange } : { ifNothing, ways, shut, ...canChange };
}

/** Whether a vote of a joint passes as it stands, and when that is so; `passes` is absent where it waits for a tie or a second call. */
interface JointRow {
  readonly passes?: boolean;
  readonly atMs: number;
  readonly isWhole: boolean;
  /** What makes it pass where it does not, and fail where it passes. */
  readonly acts?: BallotsMissing & { readonly ending: VoteEnding };
}

function jointRow(at: Now, vote: CharterVote, running: VoteRecord): JointRow {
  const { nowMs } = at;
  if (running.result !== undefined) return { passes: running.result === 'passed', atMs: nowMs, isWhole: true };
  if (running.waits !== undefined) return { atMs: running.waitsMs ?? nowMs, isWhole: false };
  const { now, isWhole, missing } = outlookOfVote(at, vote, running);
  const isPassing = now.waits === undefined && now.result === 'passed';
  const found = missing.find((one) => one.ending.waits === undefined && (one.ending.result === 'passed') !== isPassing);
  const where = { vote: vote.name, entry: running.entry };
  const acts = found === undefined ? undefined : { ...found, acts: found.acts.map((act): MissingAct => ({ ...act, in: where })) };
  const passes = now.waits === undefined ? { passes: now.result === 'passed' } : {};
  const isFixed = isWhole && now.waits === undefined && vote.extends.length === 0 && missing.every((one) => one.ending.waits === undefined);
  return { ...passes, atMs: now.atMs, isWhole: isFixed, ...(acts === undefined ? {} : { acts }) };
}

/** The verdict of a joint as it stands: it comes as soon as it cannot change (S48). */
function jointStanding(which: 'all' | 'any', rows: readonly JointRow[]): { readonly isPassing: boolean; readonly atMs: number } | undefined {
  const decisive = rows.filter((row) => row.passes === (which === 'any'));
  if (decisive.length > 0) return { isPassing: which === 'any', atMs: Math.min(...decisive.map((row) => row.atMs)) };
  if (rows.some((row) => row.passes === undefined)) return undefined;
  return { isPassing: which === 'all', atMs: Math.max(...rows.map((row) => row.atMs)) };
}

function ofJoint(now: Now, stage: CharterJoint): Outlook {
  const { scope } = now;
  const { passes, otherwise } = stage;
  const rows = stage.votes.flatMap((vote) => {
    const running = scope.record.votes.find((one) => one.name === vote.name);
    return running === undefined ? [] : [jointRow(now, vote, running)];
  });
  const standing = jointStanding(passes?.which ?? 'all', rows);
  const target = standing?.isPassing === true ? passes?.target : otherwise;
  const stays = standing === undefined || target === undefined ? {} : { ifNothing: ended(scope, { target, acts: [], atMs: standing.atMs }) };
  if (passes === undefined) return { ...stays, ways: [], shut: [] };
  const isPassing = standing?.isPassing === true;
  const other = isPassing ? otherwise : passes.target;
  // One vote is enough to bring a joint of all down, or to carry one of any; for the other way round all are needed.
  const isOneEnough = isPassing === (passes.which === 'all');
  const open = rows.filter((row) => (row.passes === true) === isPassing);
  const able = open.flatMap((row) => (row.acts === undefined ? [] : [row.acts]));
  const [least] = [...able].sort((left, right) => left.total - right.total);
  const needed = isOneEnough ? (least === undefined ? [] : [least]) : able.length === open.length ? able : [];
  const isFinal = rows.every((row) => row.isWhole) && stage.votes.every((vote) => vote.ballots === 'final');
  if (other === undefined || needed.length === 0) return { ...stays, ways: [], shut: isFinal && !isPassing ? [passes.target] : [] };
  const others = isOneEnough ? [] : rows.filter((row) => (row.passes === true) !== isPassing);
  const atMs = Math.max(...needed.map((one) => one.ending.atMs), ...others.map((row) => row.atMs));
  const most = needed.some((one) => one.atMost === true) ? { atMost: true as const } : {};
  return { ...stays, ways: [ended(scope, { target: other, acts: needed.flatMap((one) => one.acts), atMs, ...most })], shut: [] };
}

/** How many more must come for the quorum; undefined where so many are not there. */
function attendanceMissing(scope: CaseScope, stage: CharterMeeting, present: number, others: number): number | undefined {
  const quorums = quorumsOf(stage, scope.record.secondCall === true);
  const isEnough = (more: number): boolean => quorums.every((quorum) => presentLine(scope, quorum, present + more).met);
  if (!isEnough(others)) return undefined;
  let [low, high] = [0, others];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function ofMeeting({ scope, nowMs }: Now, stage: CharterMeeting): Outlook {
  const { record } = scope;
  const { result, present } = meetingResult(scope, stage);
  const when = record.dueMs === undefined ? {} : { atMs: record.dueMs };
  const isCalledAgain = result === 'inquorate' && stage.secondCall !== undefined && record.secondCall === undefined;
  const target = isCalledAgain ? stage.name : targetOf(stage, result);
  const stays =
    target === undefined ? {} : { ifNothing: ended(scope, { target, result, acts: [], ...when, ...(isCalledAgain ? { waits: 'call' as const } : {}) }) };
  const quorate = targetOf(stage, 'quorate');
  const hasBegun = record.meetingMs !== undefined && record.meetingMs <= nowMs;
  // Where attendance is certified it takes two acts a person, and those who certify choose whom.
  if (quorate === undefined || result !== 'inquorate' || !hasBegun || stage.attended?.certifiedBy !== undefined) return { ...stays, ways: [], shut: [] };
  const role = stage.attended?.role ?? 'person';
  const people = allMembers(scope.state).filter((member) => isMeant(scope, { kind: 'one', role }, member) && !present.includes(member));
  const count = attendanceMissing(scope, stage, present.length, people.length);
  if (count === undefined) return { ...stays, ways: [], shut: [] };
  return { ...stays, ways: [ended(scope, { target: quorate, result: 'quorate', acts: [{ verb: 'attend', count, of: role, people }], ...when })], shut: [] };
}

function ofDraw(scope: CaseScope, stage: CharterDraw): Outlook {
  const { draw, dueMs } = scope.record;
  if (draw === undefined) return nothing;
  const seed = revealedSeed(scope, stage);
  const { result = 'failed' } = drawn(scope, stage, seed);
  const target = targetOf(stage, result);
  const stays = target === undefined || dueMs === undefined ? {} : { ifNothing: ended(scope, { target, acts: [], atMs: dueMs }) };
  const drawnTo = targetOf(stage, 'drawn');
  const needed = stage.seed === undefined ? undefined : neededOf(scope, stage.seed.committedBy);
  if (seed !== undefined || stage.seed === undefined || needed === undefined || drawnTo === undefined) return { ...stays, ways: [], shut: [] };
  const { committedBy } = stage.seed;
  const of = roleOfActor(committedBy);
  const [committed, revealed] = [draw.committed.map(([member]) => member), draw.revealed.map(([member]) => member)];
  const others = allMembers(scope.state).filter((member) => isMeant(scope, committedBy, member) && !committed.includes(member));
  const commits: MissingAct = { verb: 'commit', count: Math.max(0, needed - committed.length), of, people: revealed.length === 0 ? others : [] };
  const reveals: MissingAct = {
    verb: 'reveal',
    count: Math.max(1, needed - revealed.length),
    of,
    people: committed.filter((member) => !revealed.includes(member)),
  };
  if (commits.count > commits.people.length) return { ...stays, ways: [], shut: [] };
  return { ...stays, ways: [ended(scope, { target: drawnTo, acts: [...(commits.count > 0 ? [commits] : []), reveals] })], shut: [] };
}

function ofMerge(state: State, record: CaseRecord): Outlook {
  const candidate = candidateOf(state, changeOf(state, record));
  const when = record.dueMs === undefined ? {} : { atMs: record.dueMs };
  const stale: WayOn = { target: 'stale', accepts: false, acts: [], ...when };
  if (candidate.kind === 'stale') return { ifNothing: stale, ways: [], shut: ['merged'] };
  const acts = requirementsOf(state, record, candidate).flatMap((one): readonly MissingAct[] => {
    if (one.standing === 'satisfied') return [];
    const people = one.endorsers.filter((member) => !one.attested.includes(member));
    return [{ verb: 'attest', count: Math.max(1, one.needed - one.attested.length), of: one.dapp, people }];
  });
  const ways = [{ target: 'merged', accepts: true, acts }];
  return record.dueMs === undefined ? { ways, shut: [] } : { ifNothing: stale, ways, shut: [] };
}

/**
 * What can become of an open case; empty for one that is decided or that waits for something other than people. Pure.
 * @param atMs - from when people still act, where that is later than the last checkpoint
 * Source: cli.md 4.4, 4.5
 */
export function outlookOf(state: State, id: string, atMs: number = 0): Outlook {
  const scope = scopeOf(state, id);
  if (scope === undefined) return nothing;
  const now = { scope, nowMs: Math.max(atMs, currentOf(state).timeMs) };
  const { record } = scope;
  const stage = stageOf(scope.process, record.stage);
  if (record.phase === 'merging') return ofMerge(state, record);
  if (record.phase === 'starting') {
    const when = record.dueMs === undefined ? {} : { atMs: record.dueMs };
    const able = startActsMissing(scope).filter((acts) => acts.every((act) => act.count <= act.people.length));
    const ways = able.map((acts) => ended(scope, { target: record.stage, acts }));
    return { ifNothing: { target: 'refused', accepts: false, acts: [], ...when }, ways, shut: [] };
  }
  if (record.phase !== 'open') return nothing;
  switch (stage.kind) {
    case 'step':
      return outlookOfStep(scope, stage, now.nowMs);
    case 'vote':
      return ofVote(now, stage);
    case 'joint':
      return ofJoint(now, stage);
    case 'meeting':
      return ofMeeting(now, stage);
    case 'draw':
      return ofDraw(scope, stage);
    default:
      return nothing;
  }
}
