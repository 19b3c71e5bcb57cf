// Starting a case: who may, about whom, for which content, under which bylaws. The first stage opens at the end of the epoch.
import type { Charter, CharterProcess } from './bylaws.ts';
import { spendingProblem } from './account.ts';
import type { CaseRecord } from './case.ts';
import { charterAsWritten, currentOf, indexCase, readCase, writeCase, writeCurrent } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { ChangeSet, LedgerEvent } from './event.ts';
import { oneOrMore, textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { withoutDeclarations } from './lapsed.ts';
import { caseLimitProblem, useCaseWaivers } from './limit.ts';
import type { ContentScope } from './proposed-content.ts';
import { changeNamed, contentProblem, keepContent } from './proposed-content.ts';
import type { StartLine, StartRequest } from './start-line.ts';
import { decisionOf, isNamedBy, needsDecision, startersText, startLines, windowProblem } from './start-line.ts';
import { startProblem } from './start-problem.ts';
import { begunBy } from './starters.ts';
import type { State } from './state.ts';
import { lapsedAt } from './sunset.ts';
import { suspendWhileOpen } from './while-open.ts';

interface Request {
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
}

function startRequest(draft: Draft, request: Request, change: ChangeSet | undefined): StartRequest {
  const { charter, process, candidates, subjects, event, context } = request;
  const paths = change?.entries.map((entry) => entry.path) ?? [];
  const person = { member: event.actor, author: event.actor, atMs: context.receivedMs, without: context.without };
  const decision = event.body['decision'] === undefined ? {} : { decision: textOf(event.body['decision']) };
  const renews = event.body['renews'] === undefined ? {} : { renews: textOf(event.body['renews']) };
  return { state: draft.state, charter, process, candidates, subjects, paths, ...person, ...decision, ...renews };
}

/** The lines by which the author may start the case now, or the refusal (S108, S122). */
function linesFor(asked: StartRequest): readonly StartLine[] | Outcome {
  const { process, member } = asked;
  const lines = startLines(process);
  const named = lines.filter((line) => isNamedBy(asked, line));
  if (named.length === 0) {
    const who = startersText(asked.charter, process);
    return refused('GDO1040', `the process \`${process.name}\` is started by ${who === '' ? 'the rules alone' : who}, and \`${member}\` is not`);
  }
  const problems = named.map((line) => windowProblem(asked, line));
  const open = named.filter((_, index) => problems[index] === undefined);
  return open.length > 0 ? open : refused('GDO1040', `the process \`${process.name}\` starts ${problems.join(', or ')}`);
}

/** What keeps the case from starting whoever starts it. */
function generalProblem(state: State, request: Request): Outcome | undefined {
  const { charter, process, candidates, subjects, event } = request;
  const role = event.body['role'];
  const asked = { state, charter, process, author: event.actor, candidates, subjects, atMs: request.context.receivedMs };
  const problem = startProblem(role === undefined ? asked : { ...asked, role: textOf(role) });
  if (problem !== undefined) return refused(problem.code, problem.reason);
  const [amount, recipient] = [event.body['amount'], event.body['recipient']];
  const money = {
    amount: amount === undefined ? undefined : textOf(amount),
    recipient: recipient === undefined ? event.actor : textOf(recipient),
    author: event.actor,
  };
  const spending = spendingProblem(state, charter, process, money, request.context.receivedMs);
  if (spending !== undefined) return refused('GDO1040', spending);
  const limit = caseLimitProblem(asked, [event.actor]);
  return limit === undefined ? undefined : refused('GDO1040', limit);
}

function recordOf(request: Request, number: number, first: string): CaseRecord {
  const { event, context, process } = request;
  const body = event.body;
  const text = (key: string): string | undefined => (body[key] === undefined ? undefined : textOf(body[key]));
  const asks = body['inFlight'];
  const inFlight: Pick<CaseRecord, 'inFlight'> = asks === 'restart' || asks === 'abort' ? { inFlight: asks } : {};
  const optional = ['text', 'role', 'amount', 'recipient', 'change', 'head', 'adopts', 'renews'].flatMap((key) =>
    text(key) === undefined ? [] : [[key, text(key)] as const],
  );
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
    ...inFlight,
  };
}

/** What the case says it is about besides people and content: a decision, and a declaration that is renewed (S60, S120). */
function aboutProblem(asked: StartRequest, lines: readonly StartLine[]): Outcome | undefined {
  const { state, process, charter, decision } = asked;
  const target = decision === undefined ? undefined : readCase(state, decision);
  // A motion may be about a case that is still open; what is held or reversed has been decided.
  const isThere = target !== undefined && (target.accepted !== undefined || !needsDecision(process));
  if (decision !== undefined && !isThere) return refused('GDO1052', 'the decision it is about is not there');
  if (needsDecision(process) && lines.every((line) => decisionOf(asked, line) === undefined))
    return refused('GDO1052', `the process \`${process.name}\` needs the decision that it is about`);
  const { renews } = asked;
  if (renews === undefined) return undefined;
  const isRenewable = charter.protections.some((one) => one.lapses?.renewedThrough === process.name && one.paths.some((path) => path.join('.') === renews));
  return isRenewable ? undefined : refused('GDO1052', `nothing that is called \`${renews}\` is renewed through \`${process.name}\``);
}

/**
 * Judges a `propose` and creates its case. The case id is the event id.
 * Refuses with GDO1040, GDO1052, GDO1053, GDO2001, GDO2002, GDO2004, GDO2011, GDO2013.
 */
export function applyPropose(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const current = currentOf(draft.state);
  if (event.body['bylaws'] !== current.bylaws) return refused('GDO1053', 'the bylaws have changed since this was written');
  const lapsed = lapsedAt(draft.state, context.receivedMs);
  const charter = withoutDeclarations(charterAsWritten(draft.state), lapsed);
  const process = charter.processes.find((one) => one.name === event.body['process']);
  const first = process?.stages[0];
  if (process === undefined || first === undefined) return refused('GDO1052', `\`${textOf(event.body['process'])}\` is not a process of the bylaws`);
  // Whom a proposal names twice it names once (docs/decisions/0020).
  const named = (key: 'candidate' | 'subject'): readonly string[] => [...new Set(oneOrMore(event.body[key]))];
  const [candidates, subjects] = [named('candidate'), named('subject')];
  const request: Request = { event, context, charter, process, candidates, subjects };
  const content: ContentScope = { state: draft.state, charter, process, body: event.body, batch: context.batch };
  const asked = startRequest(draft, request, changeNamed(content));
  const lines = linesFor(asked);
  if ('verdict' in lines) return lines;
  const problem = generalProblem(draft.state, request) ?? contentProblem(content) ?? aboutProblem(asked, lines);
  if (problem !== undefined) return problem;
  const decision = lines.map((line) => decisionOf(asked, line)).find((id) => id !== undefined);
  const plain = { ...recordOf(request, current.cases + 1, first.name), ...(lapsed.length === 0 ? {} : { lapsed }) };
  const proposed = decision === undefined ? plain : { ...plain, decision };
  const record = begunBy(draft, { state: draft.state, charter, process, record: proposed }, lines, context.receivedMs);
  if ('verdict' in record) return record;
  draft.state = writeCurrent(indexCase(writeCase(draft.state, record), record), { ...current, cases: record.number });
  draft.state = useCaseWaivers({ ...asked, state: draft.state, atMs: context.receivedMs }, [event.actor], record.id);
  draft.state = keepContent({ ...content, state: draft.state }, record.id);
  if (record.phase === 'starting') return ok();
  draft.touched.add(record.id);
  return ok(...suspendWhileOpen(draft, process, record));
}
