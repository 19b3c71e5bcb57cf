// What people see of a case: where it stands, who may act, what is still needed, and why it is so. Derived from the state; judges nothing.
import type { CharterStage, CharterStep, CharterSupport, CharterVote } from './bylaws-stages.ts';
import type { CharterActor } from './bylaws-terms.ts';
import { actsAsked, openTies, scopeOf } from './act.ts';
import type { CaseScope } from './actor.ts';
import { areFewEnough, isAtMost, isMeant, peopleOf } from './actor.ts';
import { actorText, actText, supportText } from './wording.ts';
import { ballotChoices } from './choices.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { actsOf } from './acts.ts';
import { ballotsOf, candidatesNamed, currentOf, stageOf, theCase, undecided, votesIn } from './case.ts';
import { isDecider } from './decider.ts';
import { progressOf, untilOf } from './due.ts';
import { countElection } from './elect.ts';
import { textOf } from './field.ts';
import type { MergeRequirement } from './gate.ts';
import { candidateOf, changeOf, requirementsOf } from './gate.ts';
import { unreachable } from './invariant.ts';
import { meetingResult } from './meeting.ts';
import { ballotsCounted } from './ballots.ts';
import { allMembers } from './roster.ts';
import { startEntry, startingLines, whoMayStart } from './starters.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry } from './state.ts';
import { scoreOf } from './scored.ts';
import { isSupporter } from './supporting.ts';
import type { RequirementLine } from './vote.ts';
import { inVote } from './vote-result.ts';
import { countedBallot, countVote } from './vote.ts';

/** What one may do now: `verb` is `vote` for a ballot, with its choices; `entry` is the number that the act or ballot names. */
export interface OpenAct {
  readonly verb: string;
  readonly by: string;
  readonly people: readonly string[];
  readonly done: readonly string[];
  readonly entry: number;
  readonly choices?: readonly string[];
  readonly closesMs?: number;
}

/** A case for people. `status`: one word a table can show. */
export interface CaseView {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly text?: string;
  readonly process: string;
  readonly bylaws: string;
  readonly status: 'open' | 'accepted' | 'refused' | 'waiting' | 'merged' | 'stale' | 'rejected';
  readonly stage: string;
  readonly stageTitle?: string;
  readonly stageKind: CharterStage['kind'];
  readonly entry: number;
  readonly author: string;
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
  readonly role?: string;
  readonly change?: string;
  readonly head?: string;
  readonly startedMs: number;
  readonly openedMs: number;
  readonly dueMs?: number;
  readonly endedMs?: number;
  readonly outcome?: string;
  readonly result?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly acts: readonly OpenAct[];
  readonly tallies: readonly {
    readonly vote: string;
    readonly counts: readonly (readonly [choice: string, count: number])[];
    readonly voters: number;
    readonly voted: number;
  }[];
  readonly needed: readonly RequirementLine[];
}

function runningVotes(
  scope: CaseScope,
  stage: CharterStage,
): readonly { readonly vote: CharterVote; readonly entry: number; readonly closesMs: number; readonly seats: number }[] {
  const votes = votesIn(stage);
  return scope.record.votes.flatMap((running) => {
    const vote = votes.find((one) => one.name === running.name);
    return vote === undefined ? [] : [{ vote, entry: running.entry, closesMs: running.closesMs, seats: running.seats ?? 1 }];
  });
}

function stepActs(scope: CaseScope, step: CharterStep): readonly OpenAct[] {
  const everybody = allMembers(scope.state);
  const acts = actsOf(scope.state, scope.record.id).filter((act) => act.entry === scope.record.entry);
  const rows = actsAsked(step).map((asked) => ({ verb: asked.verb, actor: asked.actor }));
  const concerns = step.concerns.map((rule) => ({ verb: 'raise', actor: rule.by }));
  const supports = step.nominations.flatMap((rule) => (rule.support === undefined ? [] : [{ verb: 'endorse', actor: rule.support.by, support: rule.support }]));
  const options =
    step.options === undefined
      ? []
      : [
          { verb: 'add', actor: step.options.by },
          ...(step.options.support === undefined ? [] : [{ verb: 'endorse', actor: step.options.support.by, support: step.options.support }]),
        ];
  const asked: readonly { readonly verb: string; readonly actor: CharterActor; readonly support?: CharterSupport }[] = [
    ...rows,
    ...concerns,
    ...supports,
    ...options,
  ];
  return asked.map(({ verb, actor, support }) => {
    const may = (member: string): boolean => (support === undefined ? isMeant(scope, actor, member) : isSupporter(scope, step, support, member));
    return {
      verb,
      by: support === undefined ? actorText(scope.charter, actor) : supportText(scope.charter, support),
      entry: scope.record.entry,
      people: everybody.filter(may),
      done: [...new Set(acts.filter((act) => act.verb === verb && may(act.by)).map((act) => act.by))],
    };
  });
}

function startActs(scope: CaseScope): readonly OpenAct[] {
  const by = startingLines(scope).map((line) => line.requirement.slice('started by '.length));
  const people = whoMayStart(scope, allMembers(scope.state));
  return [{ verb: 'start', by: by.join(' or '), people, done: scope.record.starters, entry: startEntry }];
}

function openActs(scope: CaseScope, stage: CharterStage): readonly OpenAct[] {
  const { record, state } = scope;
  const ties = openTies(scope, stage).map(({ entry, rule }) => ({
    verb: 'declare',
    by: actorText(scope.charter, rule.by),
    people: allMembers(state).filter((member) => isDecider(inVote(scope, entry), rule, member)),
    done: [],
    entry,
  }));
  if (record.phase === 'tie') return ties;
  if (record.phase === 'starting') return startActs(scope);
  if (record.phase !== 'open') return [];
  if (stage.kind === 'step') return stepActs(scope, stage);
  if (stage.kind === 'meeting') {
    const caller = stage.called?.by;
    const call =
      caller === undefined || record.meetingMs !== undefined
        ? []
        : [
            {
              verb: 'call',
              by: actorText(scope.charter, caller),
              people: allMembers(state).filter((member) => isMeant(scope, caller, member)),
              done: [],
              entry: record.entry,
            },
          ];
    const role = stage.attended?.role ?? 'person';
    return [
      ...call,
      { verb: 'attend', by: role, people: peopleOf(scope, role) ?? allMembers(state), done: meetingResult(scope, stage).present, entry: record.entry },
    ];
  }
  const isOpen = (one: VoteRecord): boolean => one.result === undefined && one.waits === undefined;
  const open = runningVotes(scope, stage).filter(({ entry }) => record.votes.some((one) => one.entry === entry && isOpen(one)));
  const ballots = open.map(({ vote, entry, closesMs }) => ({
    verb: 'vote',
    by: vote.voters.roles.join(' or '),
    people: peopleOf(inVote(scope, entry), 'electorate') ?? [],
    done: ballotsOf(state, record.id, entry).map((ballot) => ballot.by),
    entry,
    choices: ballotChoices(vote, record),
    closesMs,
  }));
  return [...ties, ...ballots];
}

function stepLines(scope: CaseScope, step: CharterStep): readonly RequirementLine[] {
  const acts = actsOf(scope.state, scope.record.id);
  return step.transitions.flatMap((rule) => {
    if (rule.kind !== 'when' && rule.kind !== 'unless') return [];
    return progressOf(scope, step, rule.acts, acts, untilOf(scope, rule.within)).rows.map((row) => ({
      requirement: `${rule.kind} ${actText(scope.charter, row.asked)}: to \`${rule.target}\``,
      have: row.people.length === 0 ? '0' : `${row.people.length} (${row.people.join(', ')})`,
      need: row.needed === undefined ? (isAtMost(row.asked.actor) ? actorText(scope.charter, row.asked.actor) : 'more than there are') : String(row.needed),
      met: isAtMost(row.asked.actor) ? areFewEnough(scope, row.asked.actor, row.people.length) : row.needed !== undefined && row.people.length >= row.needed,
    }));
  });
}

function attestedText(one: MergeRequirement): string {
  const said = `${one.attested.length} of ${one.endorsers.length} ${one.endorsers.length === 1 ? 'endorser' : 'endorsers'} attested`;
  switch (one.standing) {
    case 'disputed':
      return `${said}, and they disagree`;
    case 'quarantined':
      return 'quarantined: its endorsers disagreed';
    case 'open':
      return one.outdated.length > 0 ? `${said}, ${one.outdated.length} before what it reads changed` : said;
    case 'satisfied':
    case 'rejected':
      return said;
    default:
      return unreachable(one.standing);
  }
}

function mergeLines(state: State, record: CaseRecord): readonly RequirementLine[] {
  if (record.change === undefined || record.phase === 'decided') return [];
  const candidate = candidateOf(state, changeOf(state, record));
  const isCurrent = candidate.kind === 'ok';
  const swap = {
    requirement: 'every path still has the content the change expects',
    have: isCurrent ? 'all' : `\`${candidate.path}\` differs`,
    need: 'all',
    met: isCurrent,
  };
  if (!isCurrent) return [swap];
  return [
    swap,
    ...requirementsOf(state, record, candidate).map((one) => ({
      requirement: `\`${one.dapp}\` accepts the merge`,
      have: attestedText(one),
      need: String(one.needed),
      met: one.standing === 'satisfied',
    })),
  ];
}

function stageLines(scope: CaseScope, stage: CharterStage): readonly RequirementLine[] {
  if (stage.kind === 'step') return stepLines(scope, stage);
  if (stage.kind === 'meeting') return meetingResult(scope, stage).lines;
  return runningVotes(scope, stage).flatMap(({ vote, entry, seats }) => {
    const own = inVote(scope, entry);
    const ballots = ballotsCounted(own, entry, currentOf(scope.state).timeMs);
    return vote.counted === undefined
      ? countVote(own, vote, ballots.map(countedBallot)).lines
      : countElection(own, vote, ballots, { seats, ties: [], closeMs: currentOf(scope.state).timeMs }).lines;
  });
}

/** Why a case stands where it stands: each requirement of its open stage and of its merge, what there is, what is needed. Pure. */
export function explainCase(state: State, id: string | number): readonly RequirementLine[] {
  const scope = scopeOf(state, caseId(state, id));
  if (scope === undefined) return [];
  const stage = stageOf(scope.process, scope.record.stage);
  const isRunning = scope.record.phase === 'open' || scope.record.phase === 'tie';
  if (scope.record.phase === 'starting') return startingLines(scope);
  return [...(isRunning ? stageLines(scope, stage) : []), ...mergeLines(state, scope.record)];
}

function caseId(state: State, id: string | number): string {
  return typeof id === 'string' ? id : textOf(readEntry(state, `number/${id}`)?.['case']);
}

function statusOf(record: CaseRecord): CaseView['status'] {
  switch (record.merge) {
    case 'merged':
    case 'stale':
    case 'waiting':
      return record.merge;
    case 'refused':
      return 'rejected';
    default:
      return record.phase !== 'decided' ? 'open' : record.accepted === true ? 'accepted' : 'refused';
  }
}

/** A case by its id or number, for people. Pure. */
export function caseView(state: State, id: string | number): CaseView | undefined {
  const scope = scopeOf(state, caseId(state, id));
  return scope === undefined ? undefined : viewOf(scope);
}

function viewOf(scope: CaseScope): CaseView {
  const { record } = scope;
  const stage = stageOf(scope.process, record.stage);
  const tallies = runningVotes(scope, stage).map(({ vote, entry }) => {
    const kept = ballotsCounted(inVote(scope, entry), entry, currentOf(scope.state).timeMs);
    const ballots = kept.map(countedBallot);
    const points = (option: string): number => kept.reduce((sum, ballot) => sum + (scoreOf(vote, ballot.choice, option) ?? 0), 0);
    const saying = (choice: string): number => ballots.filter((ballot) => ballot.choices.includes(choice)).length;
    const isScoring = vote.counted?.method === 'score';
    const counts = ballotChoices(vote, record).map((choice) => [choice, isScoring ? points(choice) : saying(choice)] as const);
    return { vote: vote.name, counts, voters: (peopleOf(inVote(scope, entry), 'electorate') ?? []).length, voted: ballots.length };
  });
  return {
    id: record.id,
    number: record.number,
    title: record.title,
    process: record.process,
    bylaws: record.bylaws,
    status: statusOf(record),
    stage: record.stage,
    stageKind: stage.kind,
    entry: record.entry,
    author: record.author === '' ? 'the rules' : record.author,
    candidates: candidatesNamed(record),
    subjects: record.subjects,
    startedMs: record.startedMs,
    openedMs: record.openedMs,
    acts: openActs(scope, stage),
    tallies,
    needed: explainCase(scope.state, record.id),
    ...(stage.title === undefined ? {} : { stageTitle: stage.title }),
    ...(record.text === undefined ? {} : { text: record.text }),
    ...(record.role === undefined ? {} : { role: record.role }),
    ...(record.change === undefined ? {} : { change: record.change }),
    ...(record.head === undefined ? {} : { head: record.head }),
    ...(record.dueMs === undefined ? {} : { dueMs: record.dueMs }),
    ...(record.endedMs === undefined ? {} : { endedMs: record.endedMs }),
    ...(record.outcome === undefined ? {} : { outcome: record.outcome }),
    ...(record.result === undefined ? {} : { result: record.result }),
    ...(record.code === undefined ? {} : { code: record.code }),
    ...(record.reason === undefined ? {} : { reason: record.reason }),
  };
}

function views(state: State, records: readonly CaseRecord[]): readonly CaseView[] {
  return records.flatMap((record) => caseView(state, record.id) ?? []);
}

/** Cases that are not decided, merges that wait among them, ascending by number. Pure. */
export function openCases(state: State): readonly CaseView[] {
  return views(state, undecided(state));
}

/** Decided cases, ascending by number. O(all cases). Pure. */
export function decidedCases(state: State): readonly CaseView[] {
  const records = entriesUnder(state, 'number/').map(([, value]) => theCase(state, textOf(value['case'])));
  return views(
    state,
    records.filter((record) => record.phase === 'decided').sort((left, right) => left.number - right.number),
  );
}
