// Starting a case: who may, about whom, for which content, under which bylaws. The first stage opens at the end of the epoch.
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterActor, CharterFact } from './bylaws-terms.ts';
import { areaProblem } from './area.ts';
import { actorText } from './actor.ts';
import type { CaseRecord } from './case.ts';
import { charterOf, currentOf, jsonOf, writeCase, writeCurrent } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { ChangeSet, LedgerEvent } from './event.ts';
import { meetsFacts } from './facts.ts';
import { oneOrMore, textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { holdersOf, holdingsOf, holds, namesIn, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';
import type { Removal } from './verdict.ts';

interface Request {
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
}

/** True iff the person holds the role now and the filter has not taken it from this event (ledger.md section 9). */
export function hasRole(state: State, charter: Charter, role: string, member: string, without: readonly Removal[]): boolean {
  if (without.some((removal) => removal.power !== 'everything' && removal.power.role === role)) return false;
  return holds(state, charter, role, member);
}

function mayStart(draft: Draft, request: Request, actor: CharterActor, who: readonly CharterFact[]): boolean {
  if (actor.kind === 'count') return false;
  const { event, charter, context } = request;
  const isIn = (): boolean => {
    if (actor.role === 'person') return readEntry(draft.state, `member/${event.actor}`) !== undefined;
    if (actor.role === 'candidate') return request.candidates.includes(event.actor);
    if (actor.role === 'subject') return request.subjects.includes(event.actor);
    return hasRole(draft.state, charter, actor.role, event.actor, context.without);
  };
  return isIn() && meetsFacts({ state: draft.state, charter, atMs: context.receivedMs, role: actor.role }, who, event.actor);
}

/** Roles below their least head count that let only some processes open (S13). */
function shortRole(state: State, request: Request): string | undefined {
  for (const role of request.charter.roles) {
    if (role.whileShort === undefined || role.held === undefined || role.whileShort.includes(request.process.name)) continue;
    if (namesIn(request.process.stages).includes(role.name) && holdingsOf(state, role.name).length < role.held.least) return role.name;
  }
  return undefined;
}

function peopleProblem(state: State, request: Request): Outcome | undefined {
  for (const member of [...request.candidates, ...request.subjects]) {
    if (readEntry(state, `member/${member}`) === undefined) return refused('GDO1052', `\`${member}\` is not known in this organization`);
  }
  if (request.subjects.length === 0 && namesIn([request.process.stages, request.process.whileOpen]).includes('subject'))
    return refused('GDO1052', `the process \`${request.process.name}\` needs a subject`);
  const about = request.process.about;
  if (about === undefined) return undefined;
  const people = request.subjects.length > 0 ? request.subjects : request.candidates.length > 0 ? request.candidates : [request.event.actor];
  const scope = { state, charter: request.charter, atMs: request.context.receivedMs, role: about.role };
  const wrong = people.find(
    (member) => (about.role !== 'person' && !holds(state, request.charter, about.role, member)) || !meetsFacts(scope, about.who, member),
  );
  return wrong === undefined ? undefined : refused('GDO1040', `\`${wrong}\` is not a ${about.role} the process is about`);
}

function contentProblem(request: Request, change: ChangeSet | undefined): Outcome | undefined {
  const { event, process, charter, context } = request;
  const named = event.body['change'];
  if (named === undefined) return event.body['adopts'] === undefined ? undefined : refused('GDO2011', 'new bylaws come with the change that writes them');
  if (change === undefined) return refused('GDO2011', 'the change set is not attached');
  if (event.body['head'] === undefined) return refused('GDO2011', 'the change names no commit that holds it');
  const paths = change.entries.map((entry) => entry.path);
  const problem = areaProblem(charter, process, paths);
  if (problem !== undefined) return refused(problem.code, problem.reason);
  const adopts = event.body['adopts'];
  if (adopts === undefined) return undefined;
  if (!paths.some((path) => path.startsWith('bylaws/'))) return refused('GDO2011', 'new bylaws come with a change under `bylaws/`');
  return context.batch.charters.some((one) => one.hash === adopts) ? undefined : refused('GDO2013', 'the new bylaws are not attached');
}

function proposedRoleProblem(request: Request): Outcome | undefined {
  const role = request.event.body['role'];
  const needs = request.process.stages.some(
    (stage) => stage.kind === 'outcome' && stage.effects.some((effect) => 'what' in effect && effect.what.kind === 'proposed'),
  );
  if (!needs) return undefined;
  if (role === undefined) return refused('GDO1052', `the process \`${request.process.name}\` needs the role that is asked for`);
  return roleOf(request.charter, textOf(role)) === undefined ? refused('GDO1052', `\`${textOf(role)}\` is not a role`) : undefined;
}

function startProblem(draft: Draft, request: Request): Outcome | undefined {
  const by = request.process.starts.flatMap((start) => (start.kind === 'by' ? [start] : []));
  if (!by.some((start) => mayStart(draft, request, start.actor, start.who))) {
    const who = by.map((start) => actorText(start.actor)).join(' or ');
    return refused(
      'GDO1040',
      `the process \`${request.process.name}\` is started by ${who === '' ? 'the rules alone' : who}, and \`${request.event.actor}\` is not`,
    );
  }
  const short = shortRole(draft.state, request);
  return short === undefined
    ? undefined
    : refused('GDO1040', `too few people hold \`${short}\`, and \`${request.process.name}\` may not open while it is short`);
}

function suspend(draft: Draft, request: Request, record: CaseRecord): readonly Removal[] {
  const removals: Removal[] = [];
  for (const clause of request.process.whileOpen) {
    if (clause.kind !== 'suspend') continue;
    const people = clause.of === 'candidate' ? record.candidates : clause.of === 'author' ? [record.author] : record.subjects;
    for (const member of people) {
      if (!holdersOf(draft.state, request.charter, clause.role).includes(member)) continue;
      draft.state = writeEntry(draft.state, `suspended/${clause.role}/${member}/${record.id}`, {});
      removals.push({ member, power: { role: clause.role } });
    }
  }
  return removals;
}

function recordOf(request: Request, number: number, first: string): CaseRecord {
  const { event, context, process } = request;
  const body = event.body;
  const text = (key: string): string | undefined => (body[key] === undefined ? undefined : textOf(body[key]));
  const optional = ['text', 'role', 'change', 'head', 'adopts'].flatMap((key) => (text(key) === undefined ? [] : [[key, text(key)] as const]));
  return {
    id: event.id,
    number,
    process: process.name,
    bylaws: textOf(body['bylaws']),
    title: text('title') ?? process.title ?? process.name,
    author: event.actor,
    starters: [event.actor],
    candidates: request.candidates,
    subjects: request.subjects,
    startedMs: context.receivedMs,
    phase: 'opening',
    stage: first,
    entry: 0,
    entries: 0,
    openedMs: context.receivedMs,
    dueMs: context.receivedMs,
    acts: 0,
    firsts: [],
    concerns: [],
    votes: [],
    present: [],
    nominees: [],
    winners: [],
    ...Object.fromEntries(optional),
  };
}

/**
 * Judges a `propose` and creates its case. The case id is the event id.
 * Refuses with GDO1040, GDO1052, GDO1053, GDO2001, GDO2002, GDO2011, GDO2013.
 */
export function applyPropose(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const current = currentOf(draft.state);
  if (event.body['bylaws'] !== current.bylaws) return refused('GDO1053', 'the bylaws have changed since this was written');
  const charter = charterOf(draft.state, current.bylaws);
  const process = charter?.processes.find((one) => one.name === event.body['process']);
  if (charter === undefined || process === undefined) return refused('GDO1052', `\`${textOf(event.body['process'])}\` is not a process of the bylaws`);
  const [candidates, subjects] = [oneOrMore(event.body['candidate']), oneOrMore(event.body['subject'])];
  const request: Request = { event, context, charter, process, candidates, subjects };
  const change = context.batch.changes.find((one) => one.id === event.body['change']);
  const problem = startProblem(draft, request) ?? peopleProblem(draft.state, request) ?? proposedRoleProblem(request) ?? contentProblem(request, change);
  if (problem !== undefined) return problem;
  const record = recordOf(request, current.cases + 1, process.stages[0]?.name ?? 'accepted');
  draft.state = writeCurrent(writeCase(draft.state, record), { ...current, cases: record.number });
  draft.state = writeEntry(draft.state, `number/${record.number}`, { case: record.id });
  if (change !== undefined)
    draft.state = writeEntry(draft.state, `change/${change.id}`, { entries: change.entries.map((entry) => [entry.path, entry.old, entry.new]) });
  const adopted = context.batch.charters.find((one) => one.hash === event.body['adopts']);
  if (adopted !== undefined) draft.state = writeEntry(draft.state, `proposed/${record.id}`, { charter: jsonOf(adopted.charter) });
  draft.touched.add(record.id);
  return ok(...suspend(draft, request, record));
}
