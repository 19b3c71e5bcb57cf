// Lowers scenarios (S68): names resolved, verbs in base form. They are no part of the Charter; running them is scenario.ts's.
import { unreachable } from '../engine/index.ts';
import type { CharterDuration } from '../engine/index.ts';
import { suggest } from '../language/index.ts';
import type { Name, ScenarioDeclaration, ScenarioLine } from '../language/index.ts';
import { implicitOutcomes } from './built-in.ts';
import { compareText } from './finding.ts';
import type { SourcePlace } from './finding.ts';
import { process, role } from './lower-actors.ts';
import { lowerDuration, lowerTime } from './lower-terms.ts';
import { resolveName, resolveVerb } from './resolve.ts';
import type { Context } from './scope.ts';
import { placeOf } from './scope.ts';

/** When a line happens: a date as written, or n days after day 0 of the scenario, with minutes from midnight where a time is given. */
export type ScenarioInstant =
  | { readonly kind: 'date'; readonly text: string; readonly minutes?: number }
  | { readonly kind: 'day'; readonly day: number; readonly minutes?: number };

/** One line of a scenario with its names resolved; `names` are choices of a vote, `process` what a start starts. */
export type ScenarioAction =
  | {
      readonly kind: 'act';
      readonly at: ScenarioInstant;
      readonly people: readonly string[];
      readonly verb: string;
      readonly process?: string;
      readonly names: readonly string[];
      readonly text?: string;
      readonly about: readonly string[];
      readonly proposed?: string;
      readonly place: SourcePlace;
    }
  | { readonly kind: 'wait'; readonly duration: CharterDuration; readonly place: SourcePlace }
  | { readonly kind: 'expect'; readonly process?: string; readonly stage: string; readonly place: SourcePlace };

/** A scenario ready to run. `given` keeps source order. */
export interface CompiledScenario {
  readonly title: string;
  readonly place: SourcePlace;
  readonly given: readonly { readonly role: string; readonly people: readonly string[] }[];
  readonly actions: readonly ScenarioAction[];
}

/** Lowers a scenario. `resign` is known here besides the verbs of S70: in a ledger it is an event of its own. */
export function lowerScenario(context: Context, declaration: ScenarioDeclaration): CompiledScenario {
  return {
    title: declaration.title.text,
    place: placeOf(context, declaration.title.span),
    given: declaration.lines.flatMap((line) =>
      line.kind === 'given' ? [{ role: resolveName(context, line.role, role), people: line.people.map((name) => name.text) }] : [],
    ),
    actions: declaration.lines.flatMap((line) => (line.kind === 'given' ? [] : [lowerLine(context, line)])),
  };
}

function lowerLine(context: Context, line: Exclude<ScenarioLine, { readonly kind: 'given' }>): ScenarioAction {
  const place = placeOf(context, line.span);
  switch (line.kind) {
    case 'after':
      return { kind: 'wait', duration: lowerDuration(context, line.duration), place };
    case 'expect':
      if (line.is === undefined) return { kind: 'expect', stage: lowerExpected(context, line.subject, undefined), place };
      return expectOf(context, line.subject, line.is, place);
    case 'on':
      return lowerOn(context, line, place);
    default:
      return unreachable(line);
  }
}

function expectOf(context: Context, subject: Name, stage: Name, place: SourcePlace): ScenarioAction {
  const named = resolveName(context, subject, process);
  return { kind: 'expect', process: named, stage: lowerExpected(context, stage, named), place };
}

function lowerOn(context: Context, line: Extract<ScenarioLine, { readonly kind: 'on' }>, place: SourcePlace): ScenarioAction {
  const resigning = line.verb.text === 'resign' || line.verb.text === 'resigns';
  const verb = resigning ? 'resign' : resolveVerb(context, line.verb);
  const names = line.object?.kind === 'names' ? line.object.names : [];
  const [first] = names;
  const minutes = line.at === undefined ? {} : { minutes: lowerTime(line.at) };
  return {
    kind: 'act',
    at: line.when.kind === 'day' ? { kind: 'day', day: line.when.day, ...minutes } : { kind: 'date', text: line.when.text, ...minutes },
    people: line.people.map((name) => name.text),
    verb,
    ...(verb === 'start' && first !== undefined ? { process: resolveName(context, first, process) } : {}),
    names: resigning ? names.map((name) => resolveName(context, name, role)) : verb === 'start' ? [] : names.map((name) => name.text),
    ...(line.object?.kind === 'text' ? { text: line.object.text.text } : {}),
    about: line.about.map((name) => name.text),
    ...(line.proposed === undefined ? {} : { proposed: resolveName(context, line.proposed, { kinds: ['role', 'certificate'], noun: 'a role' }) }),
    place,
  };
}

function lowerExpected(context: Context, name: Name, owner: string | undefined): string {
  const processes = [...context.names.values()].filter((entry) => entry.kind === 'process' && (owner === undefined || entry.name === owner));
  const known = [...new Set([...processes.flatMap((entry) => [...entry.stages]), ...implicitOutcomes])].sort(compareText);
  const judged = processes.length > 0 && ![...context.names.values()].some((entry) => entry.kind === 'import');
  if (judged && !known.includes(name.text)) {
    context.misses.push({
      code: 'GDO102',
      text: name.text,
      place: placeOf(context, name.span),
      noun: owner === undefined ? 'a stage or outcome' : `a stage of \`${owner}\``,
      suggestions: suggest(name.text, known),
      within: owner ?? '',
    });
  }
  return name.text;
}
