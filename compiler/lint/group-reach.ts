// How far a group of a given size gets in a process when nobody else acts: the search behind lone amendments and behind `facts`. Bodies count as
// many people as hold them today, rolls nobody was named for as many. It ranks no ballots: a counted vote goes to the group if its quorum does.
import type {
  Charter,
  CharterAct,
  CharterActor,
  CharterBound,
  CharterComparison,
  CharterOutcome,
  CharterProcess,
  CharterRole,
  CharterStage,
  CharterStep,
  CharterTest,
  CharterVote,
} from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { bylawsAreaNames } from '../process-class.ts';
import { isOther } from './acting.ts';
import { shortest } from './minutes.ts';
import { excludedFrom, rosterSize } from './roster-size.ts';

/** A group that acts: `silent` says whether it may also win because everybody else is silent in an objection period; `role`: all of them hold it;
 * `carried`: how many ballots of others they cast as well (S41); `newcomers`: how many of them hold no more roles than those named. */
export interface Group {
  readonly people: number;
  readonly silent: boolean;
  readonly role?: string;
  readonly carried?: number;
  readonly newcomers?: { readonly count: number; readonly roles: ReadonlySet<string> };
}

/** The quickest way to an accepting merge: the parts of the Charter it uses, in order, and the time it takes at least. */
export interface Way {
  readonly parts: readonly object[];
  readonly minutes: number;
}

/** How many people a roll holds for which nobody is named: enough that a share of it is never one person. */
const unknownRoll = 100;

/** The processes that can change the bylaws, for more than their wording. Pure. */
export function amendingProcesses(charter: Charter): readonly CharterProcess[] {
  const areas = bylawsAreaNames(charter.areas);
  return charter.processes.filter((process) => process.wordingOnly !== true && process.governs.some((name) => areas.has(name)));
}

/**
 * The quickest way by which a group can bring a case of the process to an outcome that `isGoal`; undefined where there is none. Pure.
 * @param isGoal - which outcomes are meant; without it those that merge
 */
export function quickestWay(charter: Charter, process: CharterProcess, group: Group, isGoal: (outcome: CharterOutcome) => boolean = merges): Way | undefined {
  const starts = process.starts.flatMap((start) => {
    const isTheirs = start.kind === 'by' && (group.role === undefined || actorRoles(start.actor).includes(group.role));
    const starters = isTheirs ? peopleFor(charter, start.actor, 0) : undefined;
    return starters === undefined || starters > peopleAs(group, isTheirs ? actorRoles(start.actor) : []) ? [] : [{ start, starters }];
  });
  // A way to what is nowhere need not be looked for.
  if (!process.stages.some((stage) => stage.kind === 'outcome' && isGoal(stage))) return undefined;
  const [first] = process.stages;
  const fewest = starts.reduce(
    (best: (typeof starts)[number] | undefined, next) => (best === undefined || next.starters < best.starters ? next : best),
    undefined,
  );
  if (first === undefined || fewest === undefined) return undefined;
  return search({ process, first, start: fewest.start, isGoal }, (stage) => openings({ charter, process }, stage, group, Math.max(1, fewest.starters)));
}

/** How many of a group can act as one of these roles: newcomers have theirs only, and what everybody has. */
function peopleAs({ people, newcomers }: Group, roles: readonly string[]): number {
  return newcomers === undefined || roles.every((name) => newcomers.roles.has(name)) ? people : Math.max(0, people - newcomers.count);
}

function merges(outcome: CharterOutcome): boolean {
  return outcome.effects.some((effect) => effect.kind === 'accept-merge');
}

interface Search {
  readonly process: CharterProcess;
  readonly first: CharterStage;
  readonly start: object;
  readonly isGoal: (outcome: CharterOutcome) => boolean;
}

/** A line that leads on from a stage, and how long that takes at least. */
export interface Opening {
  readonly target: string;
  readonly part: object;
  readonly minutes: number;
}

function search({ process, first, start, isGoal }: Search, leads: (stage: CharterStage) => readonly Opening[]): Way | undefined {
  const stages = new Map(process.stages.map((stage) => [stage.name, stage]));
  const open: { readonly stage: CharterStage; readonly way: Way }[] = [{ stage: first, way: { parts: [start], minutes: 0 } }];
  const done = new Set<string>();
  while (open.length > 0) {
    open.sort((left, right) => left.way.minutes - right.way.minutes);
    const next = open.shift();
    if (next === undefined || done.has(next.stage.name)) continue;
    done.add(next.stage.name);
    if (next.stage.kind === 'outcome' && isGoal(next.stage)) return next.way;
    for (const opening of leads(next.stage)) {
      const stage = stages.get(opening.target);
      if (stage !== undefined) open.push({ stage, way: { parts: [...next.way.parts, opening.part], minutes: next.way.minutes + opening.minutes } });
    }
  }
  return undefined;
}

/** Where a stage stands: votes leave people out by what their process is about. */
export interface Setting {
  readonly charter: Charter;
  readonly process: CharterProcess;
}

/** Where a group can lead a case from a stage, by lines of the text. Pure. */
export function openings(setting: Setting, stage: CharterStage, group: Group, starters: number): readonly Opening[] {
  const { charter } = setting;
  switch (stage.kind) {
    case 'step':
      return stepOpenings(charter, stage, group, starters);
    case 'vote':
      return voteOpenings(setting, stage, group);
    case 'joint': {
      const passed = stage.votes.filter((vote) => passingResults(setting, vote, group).includes('passed'));
      const wins = stage.passes?.which === 'any' ? passed.length > 0 : passed.length === stage.votes.length;
      const minutes = stage.votes.reduce((most, vote) => Math.max(most, shortest(vote.open)), 0);
      return [
        ...(stage.passes !== undefined && wins ? [{ target: stage.passes.target, part: stage.passes, minutes }] : []),
        ...(stage.otherwise === undefined ? [] : [{ target: stage.otherwise, part: stage, minutes }]),
      ];
    }
    case 'meeting': {
      const quorate = stage.quorums.every((quorum) => meets(quorum.comparison, group.people, boundValue(charter, quorum.bound)));
      const minutes = (stage.notice === undefined ? 0 : shortest(stage.notice)) + shortest(stage.open);
      return resultOpenings(stage, quorate ? ['quorate'] : ['inquorate'], minutes);
    }
    case 'draw':
    case 'outcome':
      return [];
  }
}

function stepOpenings(charter: Charter, step: CharterStep, group: Group, starters: number): readonly Opening[] {
  const least = step.lastsAtLeast === undefined ? 0 : shortest(step.lastsAtLeast.duration);
  return step.transitions.flatMap((transition): readonly Opening[] => {
    switch (transition.kind) {
      case 'when':
        return actsPossible(charter, transition.acts, group, starters) ? [{ target: transition.target, part: transition, minutes: least }] : [];
      case 'unless':
        return group.silent || !transition.acts.every((act) => outsidersMay(charter, act, group))
          ? [{ target: transition.target, part: transition, minutes: shortest(transition.within) }]
          : [];
      case 'otherwise': {
        const unless = step.transitions.find((other) => other.kind === 'unless');
        return unless?.kind === 'unless' && actsPossible(charter, unless.acts, group, starters)
          ? [{ target: transition.target, part: transition, minutes: 0 }]
          : [];
      }
      case 'after':
        return group.silent || !canBeStopped(charter, step, transition.target, group)
          ? [{ target: transition.target, part: transition, minutes: Math.max(least, shortest(transition.duration)) }]
          : [];
    }
  });
}

/** Verbs by which people carry a case forward; every other act that leads elsewhere can stop it. */
const carrying: readonly string[] = ['endorse', 'approve', 'accept', 'adopt', 'nominate', 'add', 'declare', 'attend', 'report', 'vote', 'start'];

function canBeStopped(charter: Charter, step: CharterStep, target: string, group: Group): boolean {
  if (step.concerns.length > 0) return true;
  return stoppingActs(step, target).some((act) => outsidersMay(charter, act, group));
}

/** The acts that keep a case of a step from going to a stage by itself; what its author does is not one. Pure. */
export function stoppingActs(step: CharterStep, target: string): readonly CharterAct[] {
  return step.transitions.flatMap((other) =>
    (other.kind === 'when' || other.kind === 'unless') && other.target !== target
      ? other.acts.filter((act) => !carrying.includes(act.verb) && !(act.actor.kind === 'the' && act.actor.role === 'author'))
      : [],
  );
}

/** True where enough people outside of the group could do this: an office whose one holder is of the group is nobody else's. */
function outsidersMay(charter: Charter, { actor }: CharterAct, group: Group): boolean {
  const names = actorRoles(actor);
  const roles = names.flatMap((name) => charter.roles.find((role) => role.name === name) ?? []);
  if (roles.length === 0 || roles.length < names.length || roles.some(isUncounted)) return true;
  const outside = roles.reduce((sum, role) => {
    const isTheirs = group.role === undefined || group.role === role.name;
    return sum + Math.max(0, holders(charter, role.name) - (isTheirs ? peopleAs(group, [role.name]) : 0));
  }, 0);
  return outside >= (peopleFor(charter, actor, 1) ?? 1);
}

function actsPossible(charter: Charter, acts: readonly CharterAct[], group: Group, starters: number): boolean {
  const needed = acts.map((act) => peopleFor(charter, act.actor, starters));
  if (needed.includes(undefined)) return false;
  if (acts.some((act, index) => (needed[index] ?? 0) > availableFor(charter, act.actor))) return false;
  const others = acts.some((act) => isOther(act.actor));
  const people = needed.reduce((sum: number, count) => sum + (count ?? 0), 0);
  if (acts.some((act, index) => (needed[index] ?? 0) > peopleAs(group, actorRoles(act.actor)))) return false;
  return people + (others ? starters : 0) <= group.people;
}

/** The holders of the actor's role today; the starter of the same role is not an `other`. People of the case are as many as needed. */
function availableFor(charter: Charter, actor: CharterActor): number {
  const roles = actorRoles(actor).flatMap((name) => charter.roles.find((role) => role.name === name) ?? []);
  if (roles.length === 0) return unknownRoll;
  return roles.reduce((least, role) => Math.min(least, isUncounted(role) ? unknownRoll : holders(charter, role.name)), unknownRoll) - (isOther(actor) ? 1 : 0);
}

/** True for a role that everybody has, or nobody was named for. Pure. */
export function isUncounted(role: CharterRole): boolean {
  return role.held === undefined && role.firstHeldBy.length === 0;
}

/** The people an act takes; undefined for programs and for counts without a lower bound. Pure. */
export function peopleFor(charter: Charter, actor: CharterActor, starters: number): number | undefined {
  if (actor.kind !== 'count') {
    const isProgram = charter.collaborators.some((program) => program.name === actor.role);
    const isEmpty = charter.roles.some((role) => role.name === actor.role && role.held?.most === 0 && role.succeededBy.length === 0);
    return isProgram || isEmpty ? undefined : 1;
  }
  if (actor.comparison === 'at-most' || actor.comparison === 'fewer-than') return undefined;
  const value = boundValue(charter, actor.bound);
  const people = actor.comparison === 'more-than' ? Math.floor(value) + 1 : value > Math.floor(value) ? Math.floor(value) + 1 : value;
  return isOther(actor) ? Math.max(1, Math.min(people, Math.max(1, people - (actor.bound.kind === 'whole' ? starters : 0)))) : people;
}

/** How many people a bound asks for, as a number of a search and never of a verdict. Pure. */
export function boundValue(charter: Charter, bound: CharterBound, size: (role: string) => number = (role) => holders(charter, role)): number {
  switch (bound.kind) {
    case 'larger':
      return Math.max(boundValue(charter, bound.left, size), boundValue(charter, bound.right, size));
    case 'smaller':
      return Math.min(boundValue(charter, bound.left, size), boundValue(charter, bound.right, size));
    case 'whole':
      return Math.max(0, size(bound.role) - (bound.except ?? 0));
    case 'part': {
      const amount = bound.amount;
      if (amount.kind === 'count' && bound.squareRoot !== true) return amount.value;
      const people = bound.squareRoot === true ? squareRoot(size(bound.role)) : size(bound.role);
      return amount.kind === 'count' ? amount.value * people : (amount.numerator * people) / amount.denominator;
    }
  }
}

/** The root rounded up in hundredths: only an estimate for a roster that is itself one, never a verdict. */
function squareRoot(people: number): number {
  let root = 0;
  while (root * root < people * 10_000) root += 1;
  return root / 100;
}

/** How many people a role counts as today; rolls nobody was named for as many. Pure. */
export function holders(charter: Charter, role: string): number {
  const size = rosterSize(charter, role);
  if (size === undefined) return charter.roles.length === 0 || role === 'weight' || role === 'electorate' || role === 'seats' ? unknownRoll : 1;
  return size.today ?? (size.least > 0 ? size.least : (size.most ?? unknownRoll));
}

function voteOpenings(setting: Setting, vote: CharterVote, group: Group): readonly Opening[] {
  const minutes = vote.closesEarly === true ? 0 : shortest(vote.open);
  return resultOpenings(vote, passingResults(setting, vote, group), minutes);
}

function resultOpenings(
  stage: { readonly results: readonly { readonly result: string; readonly target: string }[]; readonly otherwise?: string },
  results: readonly string[],
  minutes: number,
): readonly Opening[] {
  const named = stage.results.filter((result) => results.includes(result.result) || result.result === 'failed' || result.result === 'inquorate');
  return [
    ...named.map((result) => ({ target: result.target, part: result, minutes })),
    ...(stage.otherwise === undefined ? [] : [{ target: stage.otherwise, part: stage, minutes }]),
  ];
}

/** The results a group can bring about with its ballots alone. Pure. */
export function passingResults({ charter, process }: Setting, vote: CharterVote, group: Group): readonly string[] {
  // Who is left out is no part of what a share is taken of, either (S9).
  const size = (role: string): number =>
    Math.max(0, holders(charter, role) - (vote.voters.roles.includes(role) ? excludedFrom(process, vote, role).surely : 0));
  const roster = vote.voters.roles.reduce((sum, role) => sum + size(role), 0);
  const people = Math.min(peopleAs(group, vote.voters.roles) + (group.carried ?? 0), roster);
  const value = (bound: CharterBound): number => boundValue(charter, electorateOf(bound, vote), size);
  if (!vote.quorums.every((quorum) => meets(quorum.comparison, people, value(quorum.bound)))) return [];
  if (people < 1) return [];
  if (vote.counted !== undefined) return ['won', 'elected', 'passed'];
  return vote.passes.flatMap((line) => (line.tests.every((test) => testMet(test, people, roster, { size, value })) ? [line.result] : []));
}

/** Weight and the electorate are as many as the voters' first role: everybody is taken to weigh the same. */
function electorateOf(bound: CharterBound, vote: CharterVote): CharterBound {
  const [role] = vote.voters.roles;
  if (role === undefined || (bound.kind !== 'whole' && bound.kind !== 'part')) return bound;
  return bound.role === 'electorate' || bound.role === 'weight' || bound.role === 'seats' ? { ...bound, role } : bound;
}

/** What a vote counts against: the people of a role who may vote in it, and the value of a bound. */
interface Measures {
  readonly size: (role: string) => number;
  readonly value: (bound: CharterBound) => number;
}

function testMet(test: CharterTest, people: number, roster: number, { size, value }: Measures): boolean {
  switch (test.kind) {
    case 'share-of-base': {
      const said = test.choices.includes('no') && !test.choices.includes('yes') ? 0 : carriesOn(test.comparison) ? people : 0;
      const base = test.base === 'all' ? (test.role === undefined || test.role === 'electorate' || test.role === 'seats' ? roster : size(test.role)) : people;
      return meets(test.comparison, said, test.amount.kind === 'count' ? test.amount.value : (test.amount.numerator * base) / test.amount.denominator);
    }
    case 'people-say':
      return meets(
        test.comparison,
        carriesOn(test.comparison) ? people : 0,
        test.amount.kind === 'count' ? test.amount.value : (test.amount.numerator * size(test.role)) / test.amount.denominator,
      );
    case 'none-say':
      return true;
    case 'all-say':
      return people >= (test.role === 'electorate' ? roster : size(test.role));
    case 'turnout':
      return meets(test.comparison, people, value(test.bound));
    case 'lead':
      return meets(test.comparison, people, test.value);
  }
}

/** A lower bound is met by voting for it, an upper bound by not doing so. */
function carriesOn(comparison: CharterComparison): boolean {
  return comparison === 'at-least' || comparison === 'more-than' || comparison === 'exactly';
}

function meets(comparison: CharterComparison, value: number, bound: number): boolean {
  switch (comparison) {
    case 'at-least':
      return value >= bound;
    case 'more-than':
      return value > bound;
    case 'at-most':
      return value <= bound;
    case 'fewer-than':
      return value < bound;
    case 'exactly':
      return value === bound;
  }
}
