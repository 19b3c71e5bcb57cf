// Runs scenarios on the real engine with a virtual clock (S68). It changes no ledger; what scenarios say is lower-scenario.ts's.
import { addDuration, canonicalText, dayMs, instantOf, isList, minuteMs, readCase, unsupported } from '../engine/index.ts';
import type { CaseNotice, CaseView, Charter, Json, JsonObject, Verdict } from '../engine/index.ts';
import type { BylawsFile } from '../language/index.ts';
import { compileBylaws } from './compile.ts';
import { emitCharter } from './emit.ts';
import type { SourcePlace } from './finding.ts';
import type { CompiledScenario, ScenarioAction, ScenarioInstant } from './lower-scenario.ts';
import type { ModuleSource } from './modules.ts';
import type { Cast } from './scenario-cast.ts';
import { castOf, firstDayMs } from './scenario-cast.ts';
import { eventsOf, meantCase } from './scenario-events.ts';
import type { Deed } from './scenario-heads.ts';
import { peopleOf } from './scenario-heads.ts';
import { hold, holdAtFirst } from './scenario-holdings.ts';
import { judge } from './scenario-judge.ts';
import type { CaseMove } from './scenario-turns.ts';
import { foundVirtually, instantText, passUntil, record } from './virtual-ledger.ts';
import type { VirtualEvent, VirtualLedger } from './virtual-ledger.ts';

/** One thing that happened: an act with its verdict, or what the rules did to a case. `at` is UTC, such as `2027-03-01T00:00Z`. */
export interface TraceLine {
  readonly at: string;
  readonly text: string;
  readonly verdict: 'ok' | 'refused' | 'opened' | 'decided' | 'waiting';
  /** Only for refusals. */
  readonly code?: string;
  readonly reason?: string;
  /** The line of the scenario; absent for what the rules did by themselves. */
  readonly place?: SourcePlace;
}

/** How a scenario went. `failure` says which line did not hold, and what happened instead. */
export interface ScenarioResult {
  readonly title: string;
  readonly place: SourcePlace;
  readonly passed: boolean;
  readonly failure?: { readonly place: SourcePlace; readonly message: string };
  readonly trace: readonly TraceLine[];
  /** What moved cases on, in order: coverage.ts counts it. */
  readonly moves: readonly CaseMove[];
  /** The stages that cases opened, once for each opening. */
  readonly opened: readonly { readonly process: string; readonly stage: string }[];
}

/** One started case, or the refusal to start it. */
export interface StartedCase {
  readonly process: string;
  readonly id: string | undefined;
  readonly reason: string;
}

/** A scenario under way. */
export interface Run {
  readonly charter: Charter;
  readonly ledger: VirtualLedger;
  readonly baseMs: number;
  readonly cases: StartedCase[];
  readonly trace: TraceLine[];
  readonly cast: Cast;
  readonly deeds: Deed[];
  /** What rights said to whom, in the last line that uses something. */
  readonly uses: { readonly person: string; readonly reason: string }[];
  /** The ballots that people have sealed, as they open them. */
  readonly sealed: Map<string, JsonObject>;
  readonly opened: { readonly process: string; readonly stage: string }[];
  /** What became of the last line that acts: a verdict for each event of it. */
  last: readonly TraceLine[];
}

/** Which line did not hold, and what happened instead. */
export type Failure = NonNullable<ScenarioResult['failure']>;

/** Runs every scenario of the files against a Charter, in source order, files by path. Pure if `modules` is. Source: language.md S68. */
export function runScenarios(files: readonly BylawsFile[], charter: Charter, modules?: ModuleSource): readonly ScenarioResult[] {
  const hash = emitCharter(charter).hash;
  return compileBylaws(files, modules).scenarios.map((scenario) => runScenario(scenario, charter, hash));
}

/** Plays one scenario, such as the history a finding points at, against a Charter. Pure. Source: language.md S68, docs/decisions/0063 */
export function playScenario(scenario: CompiledScenario, charter: Charter): ScenarioResult {
  return runScenario(scenario, charter, emitCharter(charter).hash);
}

function runScenario(scenario: CompiledScenario, charter: Charter, hash: string): ScenarioResult {
  const { title, place } = scenario;
  const baseMs = firstDayMs(scenario);
  const cast = castOf(scenario, charter, baseMs);
  if ('message' in cast) return { title, place, passed: false, failure: cast, trace: [], moves: [], opened: [] };
  const ledger = foundVirtually({ charter, bylawsHash: hash, people: cast.people, holders: cast.holders, timeMs: baseMs, sinceMs: cast.sinceMs });
  const run: Run = { charter, ledger, baseMs, cases: [], trace: [], cast, deeds: [], uses: [], sealed: new Map(), last: [], opened: [] };
  const unheld = holdAtFirst(ledger, charter, scenario, cast);
  if (unheld !== undefined) return { title, place, passed: false, failure: unheld, trace: [], moves: [], opened: [] };
  for (const action of scenario.actions) {
    const failure = runAction(run, action);
    if (failure !== undefined) return { title, place, passed: false, failure, trace: run.trace, moves: ledger.moves, opened: run.opened };
  }
  return { title, place, passed: true, trace: run.trace, moves: ledger.moves, opened: run.opened };
}

function instantIn(run: Run, at: ScenarioInstant): number {
  const dayStart = at.kind === 'day' ? run.baseMs + at.day * dayMs : (instantOf(at.text) ?? run.baseMs);
  return dayStart + (at.minutes ?? 0) * minuteMs;
}

function runAction(run: Run, action: ScenarioAction): Failure | undefined {
  switch (action.kind) {
    case 'wait':
      pass(run, addDuration(run.ledger.nowMs, action.duration));
      return undefined;
    case 'act':
      return act(run, action);
    case 'have':
      return have(run, action);
    default:
      pass(run, run.ledger.nowMs);
      return judge(run, action);
  }
}

function pass(run: Run, untilMs: number): void {
  for (const { atMs, notice } of passUntil(run.ledger, untilMs)) tell(run, atMs, notice);
}

function tell(run: Run, atMs: number, notice: CaseNotice): void {
  run.trace.push(noticeLine(atMs, notice));
  if (notice.kind !== 'opened-stage') return;
  run.opened.push({ process: notice.process, stage: notice.stage });
  // A case that the rules start is one that later lines can be about.
  if (!run.cases.some((one) => one.id === notice.case)) run.cases.push({ process: notice.process, id: notice.case, reason: '' });
}

/** Lets time pass to the line's instant; the failure where that is over. */
function come(run: Run, action: { readonly at: ScenarioInstant; readonly place: SourcePlace }): Failure | undefined {
  const atMs = instantIn(run, action.at);
  if (atMs < run.ledger.nowMs) return { place: action.place, message: `This line goes back in time: it is ${instantText(run.ledger.nowMs)} already` };
  pass(run, atMs);
  return undefined;
}

function have(run: Run, action: Extract<ScenarioAction, { readonly kind: 'have' }>): Failure | undefined {
  const late = come(run, action);
  if (late !== undefined) return late;
  const people = peopleOf(run, action.people, 'have', undefined);
  const message = typeof people === 'string' ? people : hold(run.ledger, run.charter, people, action.had);
  return message === undefined ? undefined : { place: action.place, message };
}

function act(run: Run, action: Extract<ScenarioAction, { readonly kind: 'act' }>): Failure | undefined {
  const missing =
    action.process === undefined ? undefined : unsupported(run.charter).find((entry) => entry.process === undefined || entry.process === action.process);
  if (missing !== undefined && action.process !== undefined && missing.process === action.process) {
    return { place: action.place, message: `This version cannot run \`${action.process}\` yet, because of \`${missing.construct}\`` };
  }
  const late = come(run, action);
  if (late !== undefined) return late;
  const view = caseOf(run, action);
  const people = peopleOf(run, action.people, action.verb, view);
  if (typeof people === 'string') return { place: action.place, message: people };
  run.uses.length = 0;
  const events = eventsOf(run, { ...action, people });
  if (typeof events === 'string') return { place: action.place, message: events };
  const epoch = record(run.ledger, events);
  run.last = events.flatMap((event, index) => {
    const judged = epoch.verdicts[index];
    if (judged === undefined) return [];
    if (event.kind === 'propose') run.cases.push(startedCase(action.process ?? '', judged));
    const line = verdictLine(run, run.ledger.nowMs, event, judged.verdict);
    return [{ ...line, text: `${line.text}${line.verdict === 'ok' ? beginsText(run, event) : ''}`, place: action.place }];
  });
  run.trace.push(...run.last);
  const id = action.verb === 'start' ? run.cases.at(-1)?.id : view?.id;
  if (id !== undefined) run.deeds.push(...people.map((person) => ({ case: id, entry: view?.entry ?? 0, verb: action.verb, person })));
  for (const notice of epoch.notices) tell(run, run.ledger.nowMs, notice);
  return undefined;
}

/** When the meeting begins that somebody has just called: whoever comes a day later comes too late. */
function beginsText(run: Run, event: VirtualEvent): string {
  const beginsMs =
    event.kind === 'act' && event.body['verb'] === 'call' && event.case !== undefined ? readCase(run.ledger.state, event.case)?.meetingMs : undefined;
  return beginsMs === undefined ? '' : `, it begins ${instantText(beginsMs)}`;
}

/** The case a line is about; a line that starts something is about a case only while that waits for more people to start it. */
function caseOf(run: Run, action: Extract<ScenarioAction, { readonly kind: 'act' }>): CaseView | undefined {
  const view = meantCase(run, action);
  return action.verb === 'start' && (view?.process !== action.process || view?.entry !== 0) ? undefined : view;
}

function startedCase(process: string, judged: { readonly event: string; readonly verdict: Verdict }): StartedCase {
  return judged.verdict.kind === 'ok' ? { process, id: judged.event, reason: '' } : { process, id: undefined, reason: judged.verdict.reason };
}

function verdictLine(run: Run, atMs: number, event: VirtualEvent, verdict: Verdict): TraceLine {
  const text = describe(run, event);
  if (verdict.kind === 'ok') return { at: instantText(atMs), text, verdict: 'ok' };
  return { at: instantText(atMs), text, verdict: 'refused', code: verdict.code, reason: verdict.reason };
}

function describe(run: Run, event: VirtualEvent): string {
  const { body } = event;
  switch (event.kind) {
    case 'propose':
      return `${event.person} starts ${wordOf(body['process'])}${aboutText(event.person, body['subject'] ?? body['candidate'])}`;
    case 'ballot': {
      if (body['nonce'] !== undefined) return `${event.person} opens the ballot ${wordOf(body['choice'])}`;
      const sealed = run.sealed.get(`${event.case} ${wordOf(body['stage'])} ${event.person}`);
      return sealed === undefined ? `${event.person} votes ${wordOf(body['choice'])}` : `${event.person} votes ${wordOf(sealed['choice'])}, sealed`;
    }
    case 'resign':
      return `${event.person} resigns ${wordOf(body['role'])}`;
    default:
      return `${event.person}: ${wordOf(body['verb'])}${aboutText(undefined, body['about'])}`;
  }
}

/** Whom an event is about, such as ` about ana`; nobody where that is only who acts. */
function aboutText(person: string | undefined, about: Json | undefined): string {
  const people = (isList(about) ? about : about === undefined ? [] : [about]).map(wordOf);
  return people.length === 0 || (people.length === 1 && people[0] === person) ? '' : ` about ${people.join(', ')}`;
}

function wordOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : canonicalText(value);
}

function noticeLine(atMs: number, notice: CaseNotice): TraceLine {
  const verdict = notice.kind === 'opened-stage' ? 'opened' : notice.kind === 'waiting' ? 'waiting' : 'decided';
  return {
    at: instantText(atMs),
    text: `${notice.process}: ${notice.stage}${notice.result === undefined ? '' : ` (${notice.result})`}`,
    verdict,
    reason: notice.reason,
  };
}
