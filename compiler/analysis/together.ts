// How few different people bring a case to an outcome, where offices and bodies are held by different people. group-reach.ts takes a group to hold
// every role; here it is counted who does: as they are named today, or as far as the text keeps roles apart. It looks for no takeover.
import type { Charter, CharterAct, CharterActor, CharterOutcome, CharterProcess, CharterStage, CharterVote } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { isOther } from '../lint/acting.ts';
import { atSecondCall, isCalledAgain, passingResults } from '../lint/ballot-reach.ts';
import type { Called } from '../lint/ballot-reach.ts';
import { openings, partsOf, stoppingActs } from '../lint/group-reach.ts';
import type { Opening, Way } from '../lint/group-reach.ts';
import { boundValue, holders, isUncounted, peopleFor } from '../lint/people-count.ts';
import { isMerge, peopleMax } from './coalition.ts';
import type { Coalition, Kind } from './coalition.ts';
import { excludesHolders } from './holders.ts';

/** So many people who hold one of these roles. */
export interface Need {
  readonly roles: readonly string[];
  readonly people: number;
}

/** `today`: who is named for a role holds it, and nobody else; `ever`: anybody may hold several roles that the text does not keep apart. */
export type Apart = 'today' | 'ever';

/** A group that decides, and what each stage of its way asks of it. */
export interface Together extends Coalition {
  readonly needs: readonly Need[];
}

interface Ask {
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly kind: Kind;
  readonly apart: Apart;
  readonly isGoal: (outcome: CharterOutcome) => boolean;
}

interface Label {
  readonly stage: CharterStage;
  readonly needs: readonly Need[];
  readonly people: number;
  readonly way: Way;
}

/** Labels that are looked at before a search is given up: a stage graph of a charter has few ways that differ in whom they ask. */
const labelsMax = 2_000;

/** The fewest different people who bring a process to an outcome that merges, the quicker way where two take as many; undefined where there is no way, or more than
 * 2,000 stretches of ways differ in whom they ask. Pure. */
export function smallestTogether(
  charter: Charter,
  process: CharterProcess,
  apart: Apart,
  kind: Kind,
  isGoal: (outcome: CharterOutcome) => boolean = isMerge,
): Together | undefined {
  const [first] = process.stages;
  if (first === undefined || !process.stages.some((stage) => stage.kind === 'outcome' && isGoal(stage))) return undefined;
  const ask: Ask = { charter, process, kind, apart, isGoal };
  const found = process.starts.flatMap((start) => {
    const people = start.kind === 'by' ? peopleFor(charter, start.actor, 0) : undefined;
    if (start.kind !== 'by' || people === undefined) return [];
    return search(ask, { stage: first, way: { parts: [start], minutes: 0 }, ...joined(ask, [], [{ roles: actorRoles(start.actor), people }]) }, people) ?? [];
  });
  return found.toSorted((left, right) => left.people - right.people || left.way.minutes - right.way.minutes)[0];
}

function search(ask: Ask, from: Label, starters: number): Together | undefined {
  const stages = new Map(ask.process.stages.map((stage) => [stage.name, stage]));
  const done = new Map<string, Label[]>();
  const open = [from];
  for (let looked = 0; open.length > 0 && looked < labelsMax; looked += 1) {
    open.sort((left, right) => left.people - right.people || left.way.minutes - right.way.minutes);
    const next = open.shift();
    if (next === undefined || next.people > peopleMax) return undefined;
    const before = done.get(next.stage.name) ?? [];
    if (before.some((label) => label.way.minutes <= next.way.minutes && covers(next.needs, label.needs))) continue;
    done.set(next.stage.name, [...before, next]);
    if (next.stage.kind === 'outcome' && ask.isGoal(next.stage)) return { people: next.people, process: ask.process, way: next.way, needs: next.needs };
    for (const opening of openings(ask, next.stage, { ...ask.kind, people: peopleMax }, Math.max(1, starters))) {
      const stage = stages.get(opening.target);
      if (stage === undefined) continue;
      const way = { parts: [...next.way.parts, ...partsOf(opening)], minutes: next.way.minutes + opening.minutes };
      for (const needs of needsOf(ask, next.stage, opening, starters)) open.push({ stage, way, ...joined(ask, next.needs, needs) });
    }
  }
  return undefined;
}

/** True where everything that `fewer` asks for is asked for by `more` too. */
function covers(more: readonly Need[], fewer: readonly Need[]): boolean {
  return fewer.every((need) => more.some((other) => keyOf(other) === keyOf(need) && other.people >= need.people));
}

function keyOf({ roles }: Need): string {
  return roles.toSorted().join(' ');
}

/** Needs of one roster are met by the same people in every stage. */
function joined({ charter, apart }: Ask, needs: readonly Need[], more: readonly Need[]): { readonly needs: readonly Need[]; readonly people: number } {
  const most = new Map(needs.map((need) => [keyOf(need), need]));
  for (const need of more) {
    const known = most.get(keyOf(need));
    if (known === undefined || known.people < need.people) most.set(keyOf(need), need);
  }
  const all = [...most.values()];
  return { needs: all, people: apart === 'today' ? fewestNamed(charter, all) : fewestEver(charter, all) };
}

/** What a line asks of a group; several answers where any of several votes is enough. */
function needsOf(ask: Ask, stage: CharterStage, opening: Opening, starters: number): readonly (readonly Need[])[] {
  const { part, calls = [] } = opening;
  switch (stage.kind) {
    case 'step': {
      const line = stage.transitions.find((one) => one === part);
      if (line?.kind === 'when') return [actNeeds(ask, line.acts, starters)];
      const asked = stage.transitions.flatMap((one) => (one.kind === 'unless' ? one.acts : []));
      if (line?.kind === 'otherwise') return [actNeeds(ask, asked, starters)];
      if (ask.kind.silent || line === undefined) return [[]];
      return [hinderingNeeds(ask.charter, line.kind === 'unless' ? line.acts : stoppingActs(stage, line.target))];
    }
    case 'vote':
      return [stage.results.flatMap((line) => (line === part ? ballotNeeds(ask, calledOn(stage, calls), line.result) : []))];
    case 'joint': {
      if (stage.passes === undefined || stage.passes !== part) return [[]];
      const each = stage.votes.map((vote) => ballotNeeds(ask, calledOn(vote, calls), 'passed'));
      return stage.passes.which === 'all' ? [each.flat()] : each.filter((needs) => needs.length > 0);
    }
    case 'meeting': {
      if (!stage.results.some((line) => line === part && line.result === 'quorate')) return [[]];
      const attended = calledOn(stage, calls).quorums.map(
        ({ comparison, bound }) => Math.floor(boundValue(ask.charter, bound)) + (comparison === 'more-than' ? 1 : 0),
      );
      return [
        [
          ...(stage.attended === undefined ? [] : [{ roles: [stage.attended.role], people: Math.max(1, ...attended) }]),
          ...(stage.called === undefined ? [] : [{ roles: actorRoles(stage.called.by), people: 1 }]),
        ],
      ];
    }
    case 'draw':
    case 'outcome':
      return [[]];
  }
}

/** A stage as it is on the call that an opening speaks of. */
function calledOn<T extends Called>(stage: T, calls: readonly object[]): T {
  return isCalledAgain(stage, calls) ? atSecondCall(stage) : stage;
}

function actNeeds({ charter }: Ask, acts: readonly CharterAct[], starters: number): readonly Need[] {
  return acts.map(({ actor }) => ({ roles: actorRoles(actor), people: (peopleFor(charter, actor, starters) ?? 1) + (isOther(actor) ? starters : 0) }));
}

/** So many of those who could stop it that too few are left to do so. */
function hinderingNeeds(charter: Charter, acts: readonly CharterAct[]): readonly Need[] {
  return acts.flatMap(({ actor }) => {
    const roles = actorRoles(actor);
    return roles.length === 1 && roles.every((role) => isCounted(charter, role)) ? [{ roles, people: leastHindering(charter, actor, roles) }] : [];
  });
}

function leastHindering(charter: Charter, actor: CharterActor, roles: readonly string[]): number {
  const all = roles.reduce((sum, role) => sum + holders(charter, role), 0);
  return Math.max(0, all - (peopleFor(charter, actor, 1) ?? 1) + 1);
}

function isCounted(charter: Charter, name: string): boolean {
  const role = charter.roles.find((candidate) => candidate.name === name);
  return role !== undefined && !isUncounted(role);
}

/** The fewest of its voters who bring a vote to a result; none where no number of them does, and a result that needs nobody needs nobody. */
function ballotNeeds({ charter, process, kind }: Ask, vote: CharterVote, result: string): readonly Need[] {
  for (let people = 1; people <= peopleMax; people += 1) {
    if (passingResults({ charter, process }, vote, { ...kind, people }).includes(result)) return [{ roles: vote.voters.roles, people }];
  }
  return [];
}

/** The fewest people whom a text that keeps some roles apart lets meet all needs: of needs that nobody can meet together the sum. */
function fewestEver(charter: Charter, needs: readonly Need[]): number {
  const areApart = (left: Need, right: Need): boolean =>
    left.roles.every((one) => right.roles.every((other) => one !== other && (excludesHolders(charter, one, other) || excludesHolders(charter, other, one))));
  let most = 0;
  const add = (chosen: number, rest: readonly Need[]): void => {
    most = Math.max(most, chosen);
    rest.forEach((need, index) => {
      const more = rest.slice(index + 1);
      // Not even all that are left would make this the largest sum.
      if (chosen + more.reduce((sum, { people }) => sum + people, need.people) <= most) return;
      add(
        chosen + need.people,
        more.filter((other) => areApart(need, other)),
      );
    });
  };
  add(0, needs);
  return most;
}

/** People named for the same of the roles that are asked for: as good as each other. */
interface Alike {
  readonly meets: readonly number[];
  readonly count: number;
}

/** Choices of people that are tried before the largest single need is taken for the answer. */
const choicesMax = 20_000;

/** The fewest of the people named today who meet all needs; rolls nobody is named for are anybody's. */
function fewestNamed(charter: Charter, needs: readonly Need[]): number {
  const most = needs.reduce((best, need) => Math.max(best, need.people), 0);
  const named = needs.filter(({ roles }) => roles.length > 0 && roles.every((name) => isNamed(charter, name)));
  const alike = alikeIn(named.map(({ roles }) => new Set(roles.flatMap((name) => charter.roles.find((role) => role.name === name)?.firstHeldBy ?? []))));
  let best: number | undefined;
  let tried = 0;
  const choose = (index: number, left: readonly number[], chosen: number): void => {
    const wanted = Math.max(0, ...left);
    if (tried > choicesMax || (best !== undefined && chosen + wanted >= best)) return;
    tried += 1;
    if (wanted === 0) {
      best = chosen;
      return;
    }
    const people = alike[index];
    if (people === undefined) return;
    const useful = Math.max(0, ...people.meets.map((need) => left[need] ?? 0));
    for (let taken = Math.min(people.count, useful); taken >= 0; taken -= 1) {
      choose(
        index + 1,
        left.map((wants, need) => (people.meets.includes(need) ? wants - taken : wants)),
        chosen + taken,
      );
    }
  };
  choose(
    0,
    named.map(({ people }) => people),
    0,
  );
  return Math.max(most, tried > choicesMax ? 0 : (best ?? 0));
}

function isNamed(charter: Charter, name: string): boolean {
  return (charter.roles.find((role) => role.name === name)?.firstHeldBy.length ?? 0) > 0;
}

/** Who is alike, those who meet the most needs first. */
function alikeIn(sets: readonly ReadonlySet<string>[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const person of new Set(sets.flatMap((set) => [...set]))) {
    const meets = sets.flatMap((set, index) => (set.has(person) ? [index] : []));
    const key = meets.join(' ');
    groups.set(key, { meets, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()].sort((left, right) => right.meets.length - left.meets.length);
}
