// Starting a case: who may, about whom, for which content, under which bylaws. The first stage opens at the end of the epoch.
import type { Charter, CharterProcess } from './bylaws.ts';
import { areaProblem } from './area.ts';
import { actorText } from './actor.ts';
import type { CaseRecord } from './case.ts';
import { charterOf, currentOf, indexCase, jsonOf, writeCase, writeCurrent } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { ChangeSet, LedgerEvent } from './event.ts';
import { oneOrMore, textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { caseLimitProblem } from './limit.ts';
import type { StartLine, StartRequest } from './start-line.ts';
import { decisionOf, isNamedBy, startLines, windowProblem } from './start-line.ts';
import { startProblem } from './start-problem.ts';
import { begunBy } from './starters.ts';
import type { State } from './state.ts';
import { writeEntry } from './state.ts';
import { suspendWhileOpen } from './while-open.ts';

interface Request {
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
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

function startRequest(draft: Draft, request: Request, change: ChangeSet | undefined): StartRequest {
  const { charter, process, candidates, subjects, event, context } = request;
  const paths = change?.entries.map((entry) => entry.path) ?? [];
  const person = { member: event.actor, author: event.actor, atMs: context.receivedMs, without: context.without };
  return { state: draft.state, charter, process, candidates, subjects, paths, ...person };
}

/** The lines by which the author may start the case now, or the refusal (S108, S122). */
function linesFor(asked: StartRequest): readonly StartLine[] | Outcome {
  const { process, member } = asked;
  const lines = startLines(process);
  const named = lines.filter((line) => isNamedBy(asked, line));
  if (named.length === 0) {
    const who = lines.map((line) => actorText(line.actor)).join(' or ');
    return refused('GDO1040', `the process \`${process.name}\` is started by ${who === '' ? 'the rules alone' : who}, and \`${member}\` is not`);
  }
  const problems = named.map((line) => windowProblem(asked, line));
  if (problems.some((problem) => problem === undefined)) return named.filter((_, index) => problems[index] === undefined);
  return refused('GDO1040', `the process \`${process.name}\` starts ${problems.filter((problem) => problem !== undefined).join(', or ')}`);
}

/** What keeps the case from starting whoever starts it. */
function generalProblem(state: State, request: Request): Outcome | undefined {
  const { charter, process, candidates, subjects, event } = request;
  const role = event.body['role'];
  const asked = { state, charter, process, author: event.actor, candidates, subjects, atMs: request.context.receivedMs };
  const problem = startProblem(role === undefined ? asked : { ...asked, role: textOf(role) });
  if (problem !== undefined) return refused(problem.code, problem.reason);
  const limit = caseLimitProblem(asked, [event.actor]);
  return limit === undefined ? undefined : refused('GDO1040', limit);
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
    reached: [],
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
  const asked = startRequest(draft, request, change);
  const lines = linesFor(asked);
  if ('verdict' in lines) return lines;
  const problem = generalProblem(draft.state, request) ?? contentProblem(request, change);
  if (problem !== undefined) return problem;
  const decision = lines.map((line) => decisionOf(asked, line)).find((id) => id !== undefined);
  const plain = recordOf(request, current.cases + 1, process.stages[0]?.name ?? 'accepted');
  const proposed = decision === undefined ? plain : { ...plain, decision };
  const record = begunBy(draft, { state: draft.state, charter, process, record: proposed }, lines, context.receivedMs);
  if ('verdict' in record) return record;
  draft.state = writeCurrent(indexCase(writeCase(draft.state, record), record), { ...current, cases: record.number });
  if (change !== undefined)
    draft.state = writeEntry(draft.state, `change/${change.id}`, { entries: change.entries.map((entry) => [entry.path, entry.old, entry.new]) });
  const adopted = context.batch.charters.find((one) => one.hash === event.body['adopts']);
  if (adopted !== undefined) draft.state = writeEntry(draft.state, `proposed/${record.id}`, { charter: jsonOf(adopted.charter) });
  if (record.phase === 'starting') return ok();
  draft.touched.add(record.id);
  return ok(...suspendWhileOpen(draft, charter, process, record));
}
