// What moved a case on in a scenario: from which stage to which, by which line of the bylaws, and what was there and needed at that moment. It decides nothing.
import type { CaseNotice, CaseRecord, Charter, CharterStage, CharterTransition, Draft, EngineRules, RequirementLine, State } from '../engine/index.ts';
import { addDuration, caseView, engine1, explainCase, invariant, readCase } from '../engine/index.ts';
import { diagramOf } from './sentences-diagram.ts';

/** One move of a case. `lines` are the requirements of the stage just before it was left. */
export interface CaseMove {
  readonly case: string;
  readonly process: string;
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
  readonly openedMs: number;
  /** True where `to` is an outcome. */
  readonly ends: boolean;
  /** Only where the stage was a vote, a meeting or a draw. */
  readonly result?: string;
  readonly lines: readonly RequirementLine[];
}

/** The rules of the engine without the end of an epoch: what the acts did before anything was decided. */
export const rulesBeforeClosing: EngineRules<Draft> = { ...engine1, end: ({ state }) => ({ state, merges: [], notices: [] }) };

/** The moves of one epoch, one a case at most. Pure. @param judged - the state with the epoch's acts, before its end */
export function movesOf(judged: State, closed: State, notices: readonly CaseNotice[], atMs: number): readonly CaseMove[] {
  return [...new Set(notices.map((notice) => notice.case))].flatMap((id) => {
    const before = readCase(judged, id);
    const after = readCase(closed, id);
    if (before === undefined || after === undefined || !leavesStage(before, after)) return [];
    // A step has no result; the case keeps that of the stage before it.
    const isStep = caseView(judged, id)?.stageKind === 'step';
    const result = after.result === undefined || isStep ? {} : { result: after.result };
    const to = after.outcome ?? after.stage;
    return [
      {
        case: id,
        process: before.process,
        from: before.stage,
        to,
        atMs,
        openedMs: before.openedMs,
        ends: after.outcome !== undefined,
        ...result,
        lines: explainCase(judged, id),
      },
    ];
  });
}

function leavesStage(before: CaseRecord, after: CaseRecord): boolean {
  if (before.phase !== 'open' && before.phase !== 'tie' && before.phase !== 'lot') return false;
  return after.stage !== before.stage || after.outcome !== before.outcome || (after.entry !== before.entry && after.secondCall === undefined);
}

/** One way out of a stage: its line in the bylaws in words, such as `2 members approve` or `after 30 days`. */
export interface WayOut {
  readonly process: string;
  readonly from: string;
  readonly to: string;
  readonly rule: string;
}

/** All ways out of all stages, in source order. Pure. */
export function waysOf(charter: Charter): readonly WayOut[] {
  return charter.processes.flatMap((process) =>
    diagramOf(charter, process).arrows.map((arrow) => ({ process: process.name, from: arrow.from, to: arrow.to, rule: arrow.label })),
  );
}

/** The ways that a move took: one, but for lines that lead to the same stage for the same reason. @returns places among the ways of the stage, with their lines */
export function waysTaken(charter: Charter, move: CaseMove): readonly { readonly index: number; readonly lines: readonly RequirementLine[] }[] {
  const stage = stageAt(charter, move.process, move.from);
  invariant(stage !== undefined, 'a case moves from a stage of its bylaws');
  const ways = waysFrom(stage, move);
  const leading = ways.flatMap((way, index) => (way.to === move.to ? [{ index, lines: way.lines, fits: way.fits }] : []));
  const fitting = leading.filter((way) => way.fits);
  const chosen = fitting.length > 0 ? fitting : leading;
  return stage.kind === 'joint' ? chosen : chosen.slice(0, 1);
}

interface Way {
  readonly to: string;
  readonly fits: boolean;
  readonly lines: readonly RequirementLine[];
}

function waysFrom(stage: CharterStage, move: CaseMove): readonly Way[] {
  switch (stage.kind) {
    case 'step':
      return stepWays(stage.transitions, move);
    case 'joint':
      return [stage.passes?.target, stage.otherwise].flatMap((to) => (to === undefined ? [] : [{ to, fits: true, lines: move.lines }]));
    case 'outcome':
      return [];
    default: {
      const named = stage.results.map((row) => ({ to: row.target, fits: row.result === move.result, lines: move.lines }));
      return stage.otherwise === undefined ? named : [...named, { to: stage.otherwise, fits: !named.some((way) => way.fits), lines: move.lines }];
    }
  }
}

/** The lines of a step come rule by rule, one for each act that a `when` or `unless` asks for. */
function linesOfRules(rules: readonly CharterTransition[], lines: readonly RequirementLine[]): readonly (readonly RequirementLine[])[] {
  let next = 0;
  return rules.map((rule) => {
    const count = rule.kind === 'when' || rule.kind === 'unless' ? rule.acts.length : 0;
    next += count;
    return lines.slice(next - count, next);
  });
}

function stepWays(rules: readonly CharterTransition[], move: CaseMove): readonly Way[] {
  const asked = linesOfRules(rules, move.lines);
  const objected = rules.some((rule, index) => rule.kind === 'unless' && allMet(asked[index] ?? []));
  return rules.map((rule, index) => ({ to: rule.target, lines: asked[index] ?? [], fits: stepFits(rule, asked[index] ?? [], move, objected) }));
}

function stepFits(rule: CharterTransition, lines: readonly RequirementLine[], move: CaseMove, objected: boolean): boolean {
  switch (rule.kind) {
    case 'when':
      return allMet(lines);
    case 'unless':
      return !allMet(lines);
    case 'otherwise':
      return objected;
    case 'after':
      return rule.since !== undefined || addDuration(move.openedMs, rule.duration) <= move.atMs;
  }
}

function allMet(lines: readonly RequirementLine[]): boolean {
  return lines.length > 0 && lines.every((line) => line.met);
}

/** What an open stage still needs, or needed and did not get: a piece of a sentence each. What an `unless` waits for is no lack. Pure. */
export function missingIn(charter: Charter, at: { readonly process: string; readonly stage: string }, lines: readonly RequirementLine[]): readonly string[] {
  const stage = stageAt(charter, at.process, at.stage);
  if (stage?.kind !== 'step') return lines.filter((line) => !line.met).map((line) => `${line.requirement} (${measured(line)})`);
  const rules = rulesOf(charter, at.process, at.stage);
  return linesOfRules(stage.transitions, lines).flatMap((own, index) =>
    stage.transitions[index]?.kind !== 'when' || own.every((line) => line.met) ? [] : [`\`${rules[index] ?? ''}\` (${own.map(measured).join('; ')})`],
  );
}

/** Why a case moved, in pieces of a sentence: the line that decided with what it counted, then what other ways lacked. Pure. */
export function whyMoved(charter: Charter, move: CaseMove): readonly string[] {
  const rules = rulesOf(charter, move.process, move.from);
  const taken = waysTaken(charter, move);
  const words = taken.map(({ index }) => `\`${rules[index] ?? ''}\``);
  const own = taken.flatMap((way) => way.lines);
  // Where the line that decided lacked something, that is the reason and what it had is none.
  const counted = own.length > 0 && own.every((line) => line.met) ? ` (${own.map(measured).join('; ')})` : '';
  const missing = missingIn(charter, { process: move.process, stage: move.from }, move.lines);
  return [`decided in \`${move.from}\` by ${words.join(' or ')}${counted}`, ...(missing.length === 0 ? [] : [`not reached: ${missing.join('; ')}`])];
}

function measured(line: RequirementLine): string {
  return `has ${line.have}, needs ${line.need}`;
}

function rulesOf(charter: Charter, process: string, stage: string): readonly string[] {
  return waysOf(charter).flatMap((way) => (way.process === process && way.from === stage ? [way.rule] : []));
}

function stageAt(charter: Charter, process: string, stage: string): CharterStage | undefined {
  return charter.processes.find((one) => one.name === process)?.stages.find((one) => one.name === stage);
}
