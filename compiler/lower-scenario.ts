// Lowers scenarios (S68): names resolved, verbs in base form. They are no part of the Charter; running them is scenario.ts's.
import { unreachable } from '../engine/index.ts';
import type { CharterDuration } from '../engine/index.ts';
import { codes, suggest } from '../language/index.ts';
import type { Name, ScenarioDeclaration, ScenarioGiven, ScenarioHad, ScenarioLine, ScenarioPeople } from '../language/index.ts';
import { implicitOutcomes, refusalReasons } from './built-in.ts';
import { compareText, finding } from './finding.ts';
import type { SourcePlace } from './finding.ts';
import { process, role } from './lower-actors.ts';
import { lowerDuration, lowerMoney, lowerTime, lowerValue } from './lower-terms.ts';
import { currencyDecimals, lookUp, resolveName, resolvePath, resolveVerb } from './resolve.ts';
import type { Setting } from './scenario-bylaws.ts';
import type { Context } from './scope.ts';
import { placeOf } from './scope.ts';

/** When a line happens: a date as written, or n days after day 0 of the scenario, with minutes from midnight where a time is given. */
export type ScenarioInstant =
  | { readonly kind: 'date'; readonly text: string; readonly minutes?: number }
  | { readonly kind: 'day'; readonly day: number; readonly minutes?: number };

/** Who acts: people by name, or heads of a role: `count` of them, or all there are; `other`: only people without an act in the case yet. */
export type ScenarioActors =
  | { readonly kind: 'named'; readonly people: readonly string[] }
  | { readonly kind: 'heads'; readonly role: string; readonly count?: number; readonly other: boolean };

/** What is so on the first day: who holds a role, how many do, and since when people are there. `role` may be `person`. */
export type ScenarioFact =
  | { readonly kind: 'holders'; readonly role: string; readonly people: readonly string[]; readonly place: SourcePlace }
  | { readonly kind: 'heads'; readonly role: string; readonly count: number; readonly joined?: string; readonly place: SourcePlace }
  | { readonly kind: 'joined'; readonly people: readonly string[]; readonly date: string; readonly place: SourcePlace }
  | { readonly kind: 'have'; readonly people: readonly string[]; readonly had: ScenarioHolding; readonly place: SourcePlace };

/** What people have: so much of a measure, or an attribute with its value; empty: not certified. */
export type ScenarioHolding =
  | { readonly kind: 'measure'; readonly measure: string; readonly amount: number }
  | { readonly kind: 'attribute'; readonly attribute: string; readonly value: string };

/** One line of a scenario with its names resolved; `names` are choices of a vote, `process` what a start starts. */
export type ScenarioAction =
  | {
      readonly kind: 'act';
      readonly at: ScenarioInstant;
      readonly people: ScenarioActors;
      readonly verb: string;
      readonly process?: string;
      readonly names: readonly string[];
      /** The points that a ballot gives to options. */
      readonly scores?: readonly (readonly [option: string, points: number])[];
      readonly text?: string;
      readonly about: readonly string[];
      /** To whom something is delegated. */
      readonly to?: string;
      /** Smallest units of money that a case asks for. */
      readonly amount?: string;
      /** A number that a report brings. */
      readonly value?: { readonly amount: number; readonly name: string };
      readonly proposed?: string;
      /** The paths that a case or an edit changes. */
      readonly files?: readonly string[];
      /** The value that new bylaws have otherwise. */
      readonly amended?: Setting;
      readonly place: SourcePlace;
    }
  | { readonly kind: 'have'; readonly at: ScenarioInstant; readonly people: ScenarioActors; readonly had: ScenarioHolding; readonly place: SourcePlace }
  | { readonly kind: 'wait'; readonly duration: CharterDuration; readonly place: SourcePlace }
  | ScenarioExpected;

/** What shall be so: where the last case of a process stands, that the last act was refused, or who holds a role. */
export type ScenarioExpected =
  | { readonly kind: 'expect'; readonly process?: string; readonly stage: string; readonly place: SourcePlace }
  | { readonly kind: 'expect-winner'; readonly winner: string; readonly place: SourcePlace }
  | { readonly kind: 'expect-refusal'; readonly code?: string; readonly place: SourcePlace }
  | { readonly kind: 'expect-has'; readonly person: string; readonly amount: number; readonly name: string; readonly place: SourcePlace }
  | { readonly kind: 'expect-holds'; readonly person: string; readonly not: boolean; readonly role: string; readonly place: SourcePlace };

/** A scenario ready to run. `given` keeps source order. */
export interface CompiledScenario {
  readonly title: string;
  readonly place: SourcePlace;
  readonly given: readonly ScenarioFact[];
  readonly actions: readonly ScenarioAction[];
}

/** Codes an act can be refused with: of the ledger and of the merge gate. */
const refusalCodes: readonly string[] = codes.flatMap(({ code }) => (/^GDO[12]\d{3}$/.test(code) ? [code] : []));

/** Lowers a scenario. `resign` is known here besides the verbs of S70: in a ledger it is an event of its own. */
export function lowerScenario(context: Context, declaration: ScenarioDeclaration): CompiledScenario {
  return {
    title: declaration.title.text,
    place: placeOf(context, declaration.title.span),
    given: declaration.lines.flatMap((line) => (isGiven(line) ? [lowerGiven(context, line)] : [])),
    actions: declaration.lines.flatMap((line) => (isGiven(line) ? [] : [lowerLine(context, line)])),
  };
}

function isGiven(line: ScenarioLine): line is ScenarioGiven {
  return line.kind === 'given' || line.kind === 'given-heads' || line.kind === 'given-joined' || line.kind === 'given-have';
}

function lowerGiven(context: Context, line: ScenarioGiven): ScenarioFact {
  const place = placeOf(context, line.span);
  switch (line.kind) {
    case 'given':
      return { kind: 'holders', role: resolveName(context, line.role, role), people: texts(line.people), place };
    case 'given-heads': {
      const joined = line.joined === undefined ? {} : { joined: line.joined.text };
      return { kind: 'heads', role: lowerCounted(context, line.role), count: line.count, ...joined, place };
    }
    case 'given-joined':
      return { kind: 'joined', people: texts(line.people), date: line.joined.text, place };
    case 'given-have':
      return { kind: 'have', people: texts(line.people), had: lowerHad(context, line.had), place };
    default:
      return unreachable(line);
  }
}

function lowerHad(context: Context, had: ScenarioHad): ScenarioHolding {
  if (had.kind === 'amount') return { kind: 'measure', measure: resolveName(context, had.name, measure), amount: had.amount };
  return { kind: 'attribute', attribute: resolveName(context, had.name, attribute), value: had.value.text };
}

const counted = { kinds: ['measure', 'points'], noun: 'a measure or points' } as const;
const held = { kinds: ['role', 'certificate', 'level'], noun: 'a role or a certificate' } as const;
const measure = { kinds: ['measure'], noun: 'a measure' } as const;
const attribute = { kinds: ['attribute'], noun: 'an attribute' } as const;

function texts(names: readonly Name[]): readonly string[] {
  return names.map((name) => name.text);
}

/** Heads may be counted of everybody, too. */
function lowerCounted(context: Context, name: Name): string {
  const draws = [...context.names.values()].flatMap((entry) => (entry.kind === 'process' ? [...entry.stages] : []));
  const found = lookUp(context, name.text);
  const resolved = resolveName(context, name, { ...role, builtIn: ['person', 'people', ...(found === undefined ? draws : [])] });
  return resolved === 'people' ? 'person' : resolved;
}

function lowerPeople(context: Context, people: ScenarioPeople): ScenarioActors {
  if (people.kind === 'names') return { kind: 'named', people: texts(people.names) };
  const count = people.count === undefined ? {} : { count: people.count };
  return { kind: 'heads', role: lowerCounted(context, people.role), ...count, other: people.other };
}

function lowerLine(context: Context, line: Exclude<ScenarioLine, ScenarioGiven>): ScenarioAction {
  const place = placeOf(context, line.span);
  switch (line.kind) {
    case 'after':
      return { kind: 'wait', duration: lowerDuration(context, line.duration), place };
    case 'expect':
      if (line.is === undefined) return { kind: 'expect', stage: lowerExpected(context, line.subject, undefined), place };
      return expectOf(context, line.subject, line.is, place);
    case 'expect-refusal':
      return { kind: 'expect-refusal', ...(line.code === undefined ? {} : { code: lowerCode(context, line.code) }), place };
    case 'expect-has':
      return { kind: 'expect-has', person: line.person.text, amount: line.amount, name: resolveName(context, line.name, counted), place };
    case 'expect-holds':
      return { kind: 'expect-holds', person: line.person.text, not: line.not, role: resolveName(context, line.role, held), place };
    case 'on':
      return lowerOn(context, line, place);
    default:
      return unreachable(line);
  }
}

/** A code is known like a name: what no refusal can have is one unknown word. */
function lowerCode(context: Context, name: Name): string {
  if (refusalCodes.includes(name.text)) return name.text;
  context.misses.push({
    code: 'GDO101',
    text: name.text,
    place: placeOf(context, name.span),
    noun: 'a code of a refusal',
    suggestions: suggest(name.text, refusalCodes),
    within: '',
  });
  return name.text;
}

function expectOf(context: Context, subject: Name, stage: Name, place: SourcePlace): ScenarioAction {
  if (subject.text === 'winner' && context.names.get('winner')?.kind !== 'process') return { kind: 'expect-winner', winner: stage.text, place };
  const state = lookUp(context, stage.text);
  if (lookUp(context, subject.text) === undefined && state !== undefined && held.kinds.some((kind) => kind === state.kind)) {
    context.findings.push(
      finding('GDO106', placeOf(context, stage.span), {
        message: `\`${stage.text}\` is no stage of a case: people hold it`,
        label: 'held by people',
        why: 'The scenario would look for a case of that name and find none',
        help: `write:  expect ${subject.text} holds ${stage.text}`,
      }),
    );
    return { kind: 'expect-holds', person: subject.text, not: false, role: state.name, place };
  }
  const named = resolveName(context, subject, process);
  return { kind: 'expect', process: named, stage: lowerExpected(context, stage, named), place };
}

type OnLine = Extract<ScenarioLine, { readonly kind: 'on' }>;

/** `ana has 24999 votes`, `ana has employer "Acme"`; undefined for lines that act. */
function hadOf({ verb, object }: OnLine): ScenarioHad | undefined {
  if (verb.text !== 'has' && verb.text !== 'have') return undefined;
  if (object?.kind === 'amount') return object;
  const [name] = object?.kind === 'names' ? object.names : [];
  return object?.kind === 'names' && name !== undefined && object.text !== undefined ? { kind: 'value', name, value: object.text } : undefined;
}

function lowerInstant(line: OnLine): ScenarioInstant {
  const minutes = line.at === undefined ? {} : { minutes: lowerTime(line.at) };
  return line.when.kind === 'day' ? { kind: 'day', day: line.when.day, ...minutes } : { kind: 'date', text: line.when.text, ...minutes };
}

/** Verbs of scenarios that are events of their own in a ledger, or come after a vote: `resign`, `delegate`, `revoke`, `reveal`. */
const scenarioVerbs: ReadonlyMap<string, string> = new Map([
  ['resign', 'resign'],
  ['resigns', 'resign'],
  ['delegate', 'delegate'],
  ['delegates', 'delegate'],
  ['revoke', 'revoke'],
  ['revokes', 'revoke'],
  ['reveal', 'reveal'],
  ['reveals', 'reveal'],
  ['use', 'use'],
  ['uses', 'use'],
  ['issue', 'issue'],
  ['issues', 'issue'],
  ['certify', 'certify'],
  ['certifies', 'certify'],
  ['commit', 'commit'],
  ['commits', 'commit'],
]);

function textOfLine({ object }: OnLine): { readonly text?: string } {
  if (object === undefined || object.kind === 'amount' || object.text === undefined) return {};
  return { text: object.text.text };
}

/** What the names of a line are: roles that are resigned, a delegation, or choices and people as written. */
function lowerNames(context: Context, verb: string, names: readonly Name[]): readonly string[] {
  if (verb === 'start') return [];
  if (verb === 'resign') return names.map((name) => resolveName(context, name, role));
  if (verb === 'delegate' || verb === 'revoke')
    return names.map((name) => resolveName(context, name, { kinds: ['delegation', 'certificate'], noun: 'a delegation or a certificate' }));
  if (verb === 'issue') return names.map((name) => resolveName(context, name, { kinds: ['certificate'], noun: 'a certificate' }));
  if (verb === 'certify') return names.map((name) => resolveName(context, name, attribute));
  return texts(names);
}

/** The amount of `for 120.50 EUR`, in the smallest units of the currency (S62). */
function lowerPrice(context: Context, { price }: OnLine): { readonly amount?: string } {
  if (price === undefined) return {};
  return { amount: lowerMoney(context, price.amount, currencyDecimals(context, price.currency)) };
}

function lowerOn(context: Context, line: OnLine, place: SourcePlace): ScenarioAction {
  const had = hadOf(line);
  if (had !== undefined) return { kind: 'have', at: lowerInstant(line), people: lowerPeople(context, line.people), had: lowerHad(context, had), place };
  const own = scenarioVerbs.get(line.verb.text);
  const verb = own !== undefined && (own === 'resign' || context.names.get(own)?.kind !== 'action') ? own : resolveVerb(context, line.verb);
  const names = line.object?.kind === 'names' ? line.object.names : [];
  const [first] = names;
  return {
    kind: 'act',
    at: lowerInstant(line),
    people: lowerPeople(context, line.people),
    verb,
    ...(verb === 'start' && first !== undefined ? { process: resolveName(context, first, process) } : {}),
    names: lowerNames(context, verb, names),
    ...(line.object?.kind === 'scores' ? { scores: line.object.scores.map(({ option, points }) => [option.text, points] as const) } : {}),
    ...textOfLine(line),
    about: texts(line.about),
    ...(line.to === undefined ? {} : { to: line.to.text }),
    ...lowerPrice(context, line),
    ...(line.object?.kind === 'amount' ? { value: { amount: line.object.amount, name: line.object.name.text } } : {}),
    ...(line.proposed === undefined ? {} : { proposed: resolveName(context, line.proposed, { kinds: ['role', 'certificate'], noun: 'a role' }) }),
    ...(line.amended === undefined ? {} : { amended: lowerSetting(context, line.amended) }),
    ...(line.files.length === 0 ? {} : { files: line.files.map((file) => file.text) }),
    place,
  };
}

function lowerSetting(context: Context, { path, value }: NonNullable<OnLine['amended']>): Setting {
  return { path: resolvePath(context, path, ['role', 'process']), value: lowerValue(context, value) };
}

/** What a decision is while another case holds it (S120); a stage of that name is the stage. */
export const onHold = 'on-hold';

/** What became of the files of an accepted case: they are on main, or nothing of it is (docs/decisions/0092). */
export const mergeWords = { merged: 'merged', notMerged: 'not-merged' } as const;

function lowerExpected(context: Context, name: Name, owner: string | undefined): string {
  const processes = [...context.names.values()].filter((entry) => entry.kind === 'process' && (owner === undefined || entry.name === owner));
  const known = [
    ...new Set([...processes.flatMap((entry) => [...entry.stages]), ...implicitOutcomes, onHold, ...Object.values(mergeWords), 'allowed', ...refusalReasons]),
  ].sort(compareText);
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
