// Who is in a scenario on its first day: people that lines name, first holders, and made-up members where only heads are counted. Who acts later is scenario-heads.ts's.
import type { Charter, CharterRole } from '../engine/index.ts';
import { dayMs, instantOf } from '../engine/index.ts';
import type { SourcePlace } from './finding.ts';
import type { CompiledScenario, ScenarioAction, ScenarioFact } from './lower-scenario.ts';
import { instantText } from './virtual-ledger.ts';

/** The people of a scenario in the order in which heads are taken: `named` are those that an act names. `sinceMs`: those with a day of their own. */
export interface Cast {
  readonly people: readonly string[];
  readonly named: ReadonlySet<string>;
  readonly holders: readonly (readonly [role: string, people: readonly string[]])[];
  readonly sinceMs: ReadonlyMap<string, number>;
}

/** Why the lines `given` cannot all hold. */
export interface CastProblem {
  readonly place: SourcePlace;
  readonly message: string;
}

type Heads = Extract<ScenarioFact, { readonly kind: 'heads' }>;

/** The most people of a scenario: all of them may vote at one instant, and an epoch takes 65,536 events (docs/decisions/0190). */
const peopleMax = 60_000;

/** Casts a scenario whose first day begins at `firstMs`. Made-up people are called after the role: `member-1`, `member-2`. Pure. Source: docs/decisions/0031 */
export function castOf(scenario: CompiledScenario, charter: Charter, firstMs: number): Cast | CastProblem {
  const heads = new Map(scenario.given.flatMap((fact) => (fact.kind === 'heads' ? [[fact.role, fact] as const] : [])));
  const crowded = [...heads.values()].find((fact) => fact.count > peopleMax);
  if (crowded !== undefined) return { place: crowded.place, message: `A scenario holds at most ${peopleMax} people` };
  const holders = new Map(charter.roles.map((role) => [role.name, holdersOf(scenario, role, heads.get(role.name))]));
  // A case may be about the decision of another process, whose name is nobody's.
  const acting = scenario.actions.flatMap(peopleOfLine).filter((name) => !charter.processes.some((process) => process.name === name));
  const joined = scenario.given.flatMap((fact) => (fact.kind === 'joined' || fact.kind === 'have' ? fact.people.filter((name) => !holders.has(name)) : []));
  const people = new Set([...[...holders.values()].flat(), ...acting, ...joined].filter(isWord));
  // Roles that are granted come first: whoever holds one is also one of the people that an open role counts.
  const ordered = [...heads.values()].sort((left, right) => Number(isEverybody(charter, left.role)) - Number(isEverybody(charter, right.role)));
  for (const fact of ordered) {
    const known = isEverybody(charter, fact.role) ? [...people] : (holders.get(fact.role) ?? []);
    if (known.length > fact.count) return { place: fact.place, message: tooMany(fact, known) };
    const filled = filledUp(known, fact);
    holders.set(fact.role, filled);
    for (const name of filled) people.add(name);
  }
  const sinceMs = joinedMs(scenario, holders, firstMs);
  if (!(sinceMs instanceof Map)) return sinceMs;
  const roles = charter.roles.map((role) => [role.name, holders.get(role.name) ?? []] as const);
  return { people: [...people], named: new Set(acting), holders: roles, sinceMs };
}

function peopleOfLine(action: ScenarioAction): readonly string[] {
  if (action.kind !== 'act' && action.kind !== 'have') return [];
  const named = action.people.kind === 'named' ? action.people.people : [];
  if (action.kind === 'have') return named;
  // What is added is an option, and its name is nobody's.
  return [...named, ...(action.verb === 'add' ? [] : action.about), ...(action.to === undefined ? [] : [action.to])];
}

// Only such a name can be a person in a ledger.
function isWord(name: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(name);
}

/** Those a line names; else the first holders, as many of them as the scenario counts. */
function holdersOf(scenario: CompiledScenario, role: CharterRole, heads: Heads | undefined): readonly string[] {
  const lines = scenario.given.flatMap((fact) => (fact.kind === 'holders' && fact.role === role.name ? [fact.people] : []));
  if (lines.length > 0) return [...new Set(lines.flat())];
  const first = role.firstHeldBy.filter(isWord);
  return heads === undefined ? first : first.slice(0, heads.count);
}

/** True for roles that whoever is in the ledger holds (S87), and for `person`. */
function isEverybody(charter: Charter, name: string): boolean {
  const role = charter.roles.find((one) => one.name === name);
  return role === undefined || (role.held === undefined && role.gainedThrough.length === 0);
}

function filledUp(known: readonly string[], fact: Heads): readonly string[] {
  const filled = new Set(known);
  const stem = fact.role.slice(fact.role.lastIndexOf('.') + 1);
  for (let number = 1; filled.size < fact.count; number += 1) filled.add(`${stem}-${number}`);
  return [...filled];
}

function tooMany(fact: Heads, known: readonly string[]): string {
  return `This line counts ${fact.count} in \`${fact.role}\`, and the scenario names ${known.length}: ${known.join(', ')}`;
}

function joinedMs(scenario: CompiledScenario, holders: ReadonlyMap<string, readonly string[]>, firstMs: number): Map<string, number> | CastProblem {
  const since = new Map<string, number>();
  for (const fact of scenario.given) {
    const date = fact.kind === 'joined' ? fact.date : fact.kind === 'heads' ? fact.joined : undefined;
    if (date === undefined) continue;
    const atMs = instantOf(date);
    if (atMs === undefined || atMs > firstMs) {
      return { place: fact.place, message: `Nobody can have joined on ${date}: the scenario begins on ${instantText(firstMs).slice(0, 10)}` };
    }
    // A role's name stands for those who hold it on the first day.
    const people =
      fact.kind === 'joined' ? fact.people.flatMap((name) => holders.get(name) ?? [name]) : fact.kind === 'heads' ? (holders.get(fact.role) ?? []) : [];
    for (const name of people) since.set(name, atMs);
  }
  return since;
}

/** Day 0 of scenarios that give no date. */
export const undatedMs: number = instantOf('2027-01-01') ?? 0;

/** The instant at which the clock starts: the first line's day, or day 0. Pure. */
export function firstDayMs(scenario: CompiledScenario): number {
  const first = scenario.actions.find((action) => action.kind === 'act' || action.kind === 'have');
  if (first === undefined || !('at' in first) || first.at.kind !== 'date') return undatedMs;
  return Math.floor((instantOf(first.at.text) ?? undatedMs) / dayMs) * dayMs;
}
