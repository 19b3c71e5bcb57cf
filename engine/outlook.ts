// What can still become of an open case: what happens if nobody does anything more, and for each other way on the smallest set of acts that leads there.
// It follows from the state alone and changes nothing; sentences are outlook-text.ts's.
import type { CharterResults, CharterStage, CharterStep, CharterTransition, CharterVote } from './bylaws-stages.ts';
import { scopeOf } from './act.ts';
import type { CaseScope } from './actor.ts';
import { electorateOf, isMeant } from './actor.ts';
import { ballotsCounted } from './ballots.ts';
import type { CaseRecord } from './case.ts';
import { actsOf } from './acts.ts';
import { currentOf, stageOf } from './case.ts';
import { dueOf, earliest, firingInstants, progressOf } from './due.ts';
import { countElection } from './elect.ts';
import { candidateOf, changeOf, requirementsOf } from './gate.ts';
import { meetingResult } from './meeting.ts';
import type { BallotsMissing } from './outlook-vote.ts';
import { ballotsMissing } from './outlook-vote.ts';
import { isRecused } from './recused.ts';
import { inVote } from './vote-result.ts';
import { allMembers } from './roster.ts';
import type { State } from './state.ts';
import { startActsMissing } from './starters.ts';
import { countedBallot } from './vote.ts';

/** So many more different people of some must do something. `free` of those who vote may say what they like. `people`: those who can, ascending. */
export interface MissingAct {
  readonly verb: string;
  readonly count: number;
  readonly of: string;
  readonly people: readonly string[];
  readonly choice?: string;
  readonly free?: number;
  /** One certain person or office: `the author`. */
  readonly definite?: true;
  /** What the act has to say, word for word. */
  readonly text?: string;
}

/** One way on: the smallest set of acts, and where it leads. `accepts` only where that is an outcome. `atMs`: not before then. */
export interface WayOn {
  readonly target: string;
  readonly acts: readonly MissingAct[];
  readonly result?: string;
  readonly accepts?: boolean;
  readonly atMs?: number;
}

/** What can become of a case from here. `ifNothing` is absent where nothing happens without an act. */
export interface Outlook {
  readonly ifNothing?: WayOn;
  readonly ways: readonly WayOn[];
  /** Where the stage leads too, and can lead no more. */
  readonly shut: readonly string[];
}

const nothing: Outlook = { ways: [], shut: [] };

function targetOf(stage: CharterResults, result: string): string | undefined {
  return stage.results.find((row) => row.result === result)?.target ?? stage.otherwise;
}

function ended(scope: CaseScope, way: WayOn): WayOn {
  const stage = scope.process.stages.find((one) => one.name === way.target);
  return stage?.kind === 'outcome' ? { ...way, accepts: stage.accepts } : way;
}

function voteAct(scope: CaseScope, vote: CharterVote, missing: BallotsMissing, voted: readonly string[]): MissingAct {
  const people = electorateOf(scope).filter((member) => !voted.includes(member) && !isRecused(scope.record, member));
  const of = vote.voters.roles.length === 1 ? (vote.voters.roles[0] ?? 'person') : 'electorate';
  return { verb: 'vote', count: missing.count, of, people, choice: missing.choice, free: missing.free };
}

interface VoteOutlook {
  readonly now: string;
  readonly isWhole: boolean;
  readonly missing: readonly { readonly result: string; readonly act: MissingAct }[];
}

/** The results a vote can still give; a vote that elects only says what it gives as it stands and how many more must take part. */
function outlookOfVote(scope: CaseScope, vote: CharterVote, entry: number, seats: number): VoteOutlook {
  const voting = inVote(scope, entry);
  const ballots = ballotsCounted(voting, entry, currentOf(scope.state).timeMs);
  const voted = ballots.map((ballot) => ballot.by);
  if (vote.counted !== undefined)
    return { now: countElection(voting, vote, ballots, { seats, ties: [], closeMs: currentOf(scope.state).timeMs }).result, isWhole: false, missing: [] };
  const { isWhole, results } = ballotsMissing(voting, vote, ballots.map(countedBallot));
  const now = results.find((one) => one.count === 0)?.result ?? 'failed';
  return { now, isWhole, missing: results.filter((one) => one.count > 0).map((one) => ({ result: one.result, act: voteAct(voting, vote, one, voted) })) };
}

function ofVote(scope: CaseScope, vote: CharterVote): Outlook {
  const [running] = scope.record.votes;
  if (running === undefined) return nothing;
  const { now, isWhole, missing } = outlookOfVote(scope, vote, running.entry, running.seats ?? 1);
  const when = scope.record.dueMs === undefined ? {} : { atMs: scope.record.dueMs };
  // Where a tie leads is up to its rules (S37): it is no way of its own.
  const leads = (result: string): string | undefined => (result === 'tied' && vote.tie !== undefined ? undefined : targetOf(vote, result));
  const stays = leads(now);
  const others = missing.flatMap(({ result, act }): readonly WayOn[] => {
    const target = leads(result);
    return target === undefined || target === stays ? [] : [ended(scope, { target, result, acts: [act], ...when })];
  });
  const ways = others.filter((way, place) => others.findIndex((one) => one.target === way.target) === place);
  const canTie = vote.tie !== undefined && [now, ...missing.map((one) => one.result)].includes('tied');
  const reached = [stays, ...ways.map((way) => way.target)];
  const all = [...vote.results.map((row) => row.target), ...(vote.otherwise === undefined ? [] : [vote.otherwise])];
  const shut = isWhole && !canTie ? [...new Set(all)].filter((target) => !reached.includes(target)) : [];
  if (stays === undefined) return { ways, shut };
  return { ifNothing: ended(scope, { target: stays, result: now, acts: [], ...when }), ways, shut };
}

function ofJoint(scope: CaseScope, stage: CharterStage & { readonly kind: 'joint' }): Outlook {
  const rows = stage.votes.flatMap((vote) => {
    const running = scope.record.votes.find((one) => one.name === vote.name);
    if (running === undefined) return [];
    if (running.result !== undefined) return [{ now: running.result, isWhole: true, missing: [] }];
    // A second call, a lot or a decider can still make it pass.
    if (running.waits !== undefined) return [{ now: 'tied', isWhole: false, missing: [] }];
    return [outlookOfVote(scope, vote, running.entry, running.seats ?? 1)];
  });
  const { passes, otherwise } = stage;
  const when = scope.record.dueMs === undefined ? {} : { atMs: scope.record.dueMs };
  const needed = rows.map((row) => (row.now === 'passed' ? [] : row.missing.filter((one) => one.result === 'passed').map((one) => one.act)));
  const isPassing = passes?.which === 'any' ? rows.some((row) => row.now === 'passed') : rows.every((row) => row.now === 'passed');
  const can = rows.map((row, place) => row.now === 'passed' || (needed[place]?.length ?? 0) > 0);
  const target = isPassing ? passes?.target : otherwise;
  const stays = target === undefined ? {} : { ifNothing: ended(scope, { target, acts: [], ...when }) };
  if (passes === undefined || isPassing) return { ...stays, ways: [], shut: [] };
  const [least] = needed.flat().sort((left, right) => left.count - right.count);
  const acts = passes.which === 'all' ? (can.every(Boolean) ? needed.flat() : []) : least === undefined ? [] : [least];
  if (acts.length > 0) return { ...stays, ways: [ended(scope, { target: passes.target, acts, ...when })], shut: [] };
  return { ...stays, ways: [], shut: rows.every((row) => row.isWhole) ? [passes.target] : [] };
}

/** The people who can still do an act and have not: undefined where there are too few of them. */
function actsMissing(scope: CaseScope, step: CharterStep, rule: CharterTransition & { readonly kind: 'when' | 'unless' }): readonly MissingAct[] | undefined {
  const untilMs = rule.within === undefined ? undefined : dueOf(scope, scope.record.openedMs, rule.within);
  const { rows } = progressOf(scope, step, rule.acts, actsOf(scope.state, scope.record.id), untilMs);
  const acts: MissingAct[] = [];
  for (const row of rows) {
    const { actor, verb, text } = row.asked;
    const count = row.needed === undefined ? undefined : row.needed - row.people.length;
    const people = allMembers(scope.state).filter((member) => isMeant(scope, actor, member) && !row.people.includes(member));
    if (count === undefined || count > people.length) return undefined;
    const role = actor.kind === 'count' ? (actor.bound.kind === 'whole' || actor.bound.kind === 'part' ? actor.bound.role : actor.bound.left.role) : actor.role;
    if (count > 0)
      acts.push({ verb, count, of: role, people, ...(actor.kind === 'the' ? { definite: true as const } : {}), ...(text === undefined ? {} : { text }) });
  }
  return acts;
}

function concernsMissing(scope: CaseScope, step: CharterStep): readonly MissingAct[] {
  const open = scope.record.concerns.filter((concern) => concern.closedMs === undefined);
  if (open.length === 0) return [];
  const resolvers = step.concerns.flatMap((rule) => rule.resolvedBy);
  const people = allMembers(scope.state).filter(
    (member) => open.some((concern) => concern.by === member) || resolvers.some((actor) => isMeant(scope, actor, member)),
  );
  return [{ verb: 'resolve', count: open.length, of: 'concern', people }];
}

function ofStep(scope: CaseScope, step: CharterStep): Outlook {
  const instants = firingInstants(scope, step, actsOf(scope.state, scope.record.id));
  const firstMs = earliest(instants);
  const fires = firstMs === undefined ? undefined : step.transitions[instants.indexOf(firstMs)];
  const ifNothing = fires === undefined || firstMs === undefined ? undefined : ended(scope, { target: fires.target, acts: [], atMs: firstMs });
  const ways = step.transitions.flatMap((rule, place): readonly WayOn[] => {
    if (instants[place] !== undefined && rule.kind !== 'unless') return [];
    if (rule.kind === 'when') {
      const acts = actsMissing(scope, step, rule);
      const concerns = rule.withoutConcerns === undefined ? [] : concernsMissing(scope, step);
      return acts === undefined ? [] : [ended(scope, { target: rule.target, acts: [...acts, ...concerns] })];
    }
    if (rule.kind === 'after' && rule.without?.kind === 'concerns') return [ended(scope, { target: rule.target, acts: concernsMissing(scope, step) })];
    const other = step.transitions.find((one) => one.kind === 'otherwise');
    const acts = rule.kind === 'unless' && other !== undefined ? actsMissing(scope, step, rule) : undefined;
    return other === undefined || acts === undefined || acts.length === 0 ? [] : [ended(scope, { target: other.target, acts })];
  });
  const led = ways.filter((way) => way.acts.length > 0);
  const reached = [...step.transitions.filter((rule) => rule.kind !== 'when').map((rule) => rule.target), ...ways.map((way) => way.target)];
  const shut = [...new Set(step.transitions.map((rule) => rule.target))].filter((target) => !reached.includes(target) && target !== ifNothing?.target);
  return ifNothing === undefined ? { ways: led, shut } : { ifNothing, ways: led, shut };
}

function ofMeeting(scope: CaseScope, stage: CharterStage & { readonly kind: 'meeting' }): Outlook {
  const { result } = meetingResult(scope, stage);
  const when = scope.record.dueMs === undefined ? {} : { atMs: scope.record.dueMs };
  const target = targetOf(stage, result);
  return target === undefined ? nothing : { ifNothing: ended(scope, { target, result, acts: [], ...when }), ways: [], shut: [] };
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

/** What can become of an open case; empty for one that is decided or that waits for something other than people. Pure. Source: cli.md 4.4, 4.5 */
export function outlookOf(state: State, id: string): Outlook {
  const scope = scopeOf(state, id);
  if (scope === undefined) return nothing;
  const { record } = scope;
  const stage = stageOf(scope.process, record.stage);
  if (record.phase === 'merging') return ofMerge(state, record);
  if (record.phase === 'starting') {
    const when = record.dueMs === undefined ? {} : { atMs: record.dueMs };
    const ways = startActsMissing(scope).map((acts) => ended(scope, { target: record.stage, acts }));
    return { ifNothing: { target: 'refused', accepts: false, acts: [], ...when }, ways, shut: [] };
  }
  if (record.phase !== 'open') return nothing;
  switch (stage.kind) {
    case 'step':
      return ofStep(scope, stage);
    case 'vote':
      return ofVote(scope, stage);
    case 'joint':
      return ofJoint(scope, stage);
    case 'meeting':
      return ofMeeting(scope, stage);
    default:
      return nothing;
  }
}
