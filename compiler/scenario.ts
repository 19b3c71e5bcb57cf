// Runs scenarios on the real engine with a virtual clock (S68). It changes no ledger; what scenarios say is lower-scenario.ts's.
import { addDuration, canonicalText, dayMs, instantOf, minuteMs, unsupported } from '../engine/index.ts';
import type { CaseNotice, CaseView, Charter, Json, Verdict } from '../engine/index.ts';
import type { BylawsFile } from '../language/index.ts';
import { compileBylaws } from './compile.ts';
import { emitCharter } from './emit.ts';
import type { SourcePlace } from './finding.ts';
import type { CompiledScenario, ScenarioAction, ScenarioInstant } from './lower-scenario.ts';
import type { ModuleSource } from './modules.ts';
import { eventsOf } from './scenario-events.ts';
import { foundVirtually, instantText, passUntil, record, viewCase } from './virtual-ledger.ts';
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
}

type Failure = NonNullable<ScenarioResult['failure']>;

/** Day 0 of scenarios that give no date. */
const baseDate = '2027-01-01';

/** Runs every scenario of the files against a Charter, in source order, files by path. Pure if `modules` is. Source: language.md S68. */
export function runScenarios(files: readonly BylawsFile[], charter: Charter, modules?: ModuleSource): readonly ScenarioResult[] {
  const hash = emitCharter(charter).hash;
  return compileBylaws(files, modules).scenarios.map((scenario) => runScenario(scenario, charter, hash));
}

function runScenario(scenario: CompiledScenario, charter: Charter, hash: string): ScenarioResult {
  const baseMs = firstDay(scenario);
  const given = new Map(scenario.given.map((line) => [line.role, line.people]));
  const holders = charter.roles.map((role) => [role.name, given.get(role.name) ?? role.firstHeldBy.filter(isWord)] as const);
  const acting = scenario.actions.flatMap((action) => (action.kind === 'act' ? [...action.people, ...action.about] : []));
  const people = [...new Set([...holders.flatMap(([, names]) => names), ...acting])].filter(isWord);
  const ledger = foundVirtually({ charter, bylawsHash: hash, people, holders, timeMs: baseMs });
  const run: Run = { charter, ledger, baseMs, cases: [], trace: [] };
  for (const action of scenario.actions) {
    const failure = runAction(run, action);
    if (failure !== undefined) return { title: scenario.title, place: scenario.place, passed: false, failure, trace: run.trace };
  }
  return { title: scenario.title, place: scenario.place, passed: true, trace: run.trace };
}

function isWord(name: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(name);
}

/** The instant at which the clock starts: the first line's day, or day 0. */
function firstDay(scenario: CompiledScenario): number {
  const first = scenario.actions.find((action) => action.kind === 'act');
  if (first === undefined || first.at.kind !== 'date') return instantOf(baseDate) ?? 0;
  const atMs = instantOf(first.at.text) ?? instantOf(baseDate) ?? 0;
  return Math.floor(atMs / dayMs) * dayMs;
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
    case 'expect':
      pass(run, run.ledger.nowMs);
      return judge(run, action);
    case 'act':
      return act(run, action);
  }
}

function pass(run: Run, untilMs: number): void {
  for (const { atMs, notice } of passUntil(run.ledger, untilMs)) run.trace.push(noticeLine(atMs, notice));
}

function act(run: Run, action: Extract<ScenarioAction, { readonly kind: 'act' }>): Failure | undefined {
  const atMs = instantIn(run, action.at);
  if (atMs < run.ledger.nowMs) {
    return { place: action.place, message: `This line goes back in time: it is ${instantText(run.ledger.nowMs)} already` };
  }
  const missing =
    action.process === undefined ? undefined : unsupported(run.charter).find((entry) => entry.process === undefined || entry.process === action.process);
  if (missing !== undefined && action.process !== undefined && missing.process === action.process) {
    return { place: action.place, message: `This version cannot run \`${action.process}\` yet, because of \`${missing.construct}\`` };
  }
  pass(run, atMs);
  const events = eventsOf(run, action);
  if (typeof events === 'string') return { place: action.place, message: events };
  const epoch = record(run.ledger, events);
  events.forEach((event, index) => {
    const judged = epoch.verdicts[index];
    if (judged === undefined) return;
    run.trace.push({ ...verdictLine(run.ledger.nowMs, event, judged.verdict), place: action.place });
    if (event.kind !== 'propose') return;
    const started = judged.verdict.kind === 'ok';
    run.cases.push({
      process: action.process ?? '',
      id: started ? judged.event : undefined,
      reason: judged.verdict.kind === 'ok' ? '' : judged.verdict.reason,
    });
  });
  for (const notice of epoch.notices) run.trace.push(noticeLine(run.ledger.nowMs, notice));
  return undefined;
}

function judge(run: Run, action: Extract<ScenarioAction, { readonly kind: 'expect' }>): Failure | undefined {
  const started = run.cases.findLast((one) => action.process === undefined || one.process === action.process);
  const fail = (message: string): Failure => ({ place: action.place, message });
  if (started === undefined)
    return fail(action.process === undefined ? 'No case was started before this line' : `No case of \`${action.process}\` was started before this line`);
  const view = started.id === undefined ? undefined : viewCase(run.ledger, started.id);
  if (view === undefined) {
    return action.stage === 'refused'
      ? undefined
      : fail(`Expected \`${action.stage}\`, and the case of \`${started.process}\` was not even started: ${started.reason}`);
  }
  if (holds(view, action.stage)) return undefined;
  const needed = view.needed
    .filter((line) => !line.met && !line.requirement.startsWith('unless '))
    .map((line) => `${line.requirement} (has ${line.have}, needs ${line.need})`);
  const refused = run.trace.findLast((line) => line.verdict === 'refused');
  return fail(
    [
      `Expected \`${action.stage}\`, and the case of \`${view.process}\` ${standing(view)}`,
      ...(view.outcome === undefined && needed.length > 0 ? [`still needed: ${needed.join('; ')}`] : []),
      ...(refused === undefined ? [] : [`the last refusal was of "${refused.text}": ${refused.reason ?? ''}`]),
    ].join('; '),
  );
}

/** A case stands at a stage while it is open, and at its outcome afterwards; `accepted` and `refused` also say how it ended (S25). */
function holds(view: CaseView, stage: string): boolean {
  if (isOver(view))
    return (
      view.outcome === stage ||
      (stage === 'accepted' && (view.status === 'accepted' || view.status === 'merged')) ||
      (stage === 'refused' && view.status === 'refused')
    );
  return view.stage === stage;
}

function isOver(view: CaseView): boolean {
  return view.status !== 'open' && view.status !== 'waiting';
}

function standing(view: CaseView): string {
  if (isOver(view)) return `ended as \`${view.outcome ?? view.status}\`${view.result === undefined ? '' : ` (${view.result})`}`;
  return `is in \`${view.stage}\`${view.dueMs === undefined ? '' : `, due ${instantText(view.dueMs)}`}`;
}

function verdictLine(atMs: number, event: VirtualEvent, verdict: Verdict): TraceLine {
  const text = describe(event);
  if (verdict.kind === 'ok') return { at: instantText(atMs), text, verdict: 'ok' };
  return { at: instantText(atMs), text, verdict: 'refused', code: verdict.code, reason: verdict.reason };
}

function describe(event: VirtualEvent): string {
  const { body } = event;
  switch (event.kind) {
    case 'propose':
      return `${event.person} starts ${wordOf(body['process'])}`;
    case 'ballot':
      return `${event.person} votes ${wordOf(body['choice'])}`;
    case 'resign':
      return `${event.person} resigns ${wordOf(body['role'])}`;
    default:
      return `${event.person}: ${wordOf(body['verb'])}`;
  }
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
