// How far a group of a given size gets in a process when nobody else acts: the search behind lone amendments and behind `facts`. What a vote asks of it is in
// ballot-reach.ts, how many people there are in people-count.ts.
import type {
  Charter,
  CharterAct,
  CharterJoint,
  CharterMeeting,
  CharterOutcome,
  CharterProcess,
  CharterStage,
  CharterStep,
  CharterVote,
} from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { bylawsAreaNames } from '../process-class.ts';
import { isOther } from './acting.ts';
import { atSecondCall, isCalledAgain, passingResults, untilSecondCall } from './ballot-reach.ts';
import type { Called, Setting } from './ballot-reach.ts';
import { shortest } from './minutes.ts';
import { availableFor, boundValue, holders, isUncounted, meets, peopleAs, peopleFor } from './people-count.ts';
import type { Group } from './people-count.ts';

/** The quickest way to an accepting merge: the parts of the Charter it uses, in order, and the time it takes at least. */
export interface Way {
  readonly parts: readonly object[];
  readonly minutes: number;
}

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

function merges(outcome: CharterOutcome): boolean {
  return outcome.effects.some((effect) => effect.kind === 'accept-merge');
}

interface Search {
  readonly process: CharterProcess;
  readonly first: CharterStage;
  readonly start: object;
  readonly isGoal: (outcome: CharterOutcome) => boolean;
}

/** A line that leads on from a stage, and how long that takes at least. `calls`: the second calls of the stage that come before it. */
export interface Opening {
  readonly target: string;
  readonly part: object;
  readonly minutes: number;
  readonly calls?: readonly object[];
}

/** The parts of the Charter that an opening uses, in order. Pure. */
export function partsOf({ calls = [], part }: Opening): readonly object[] {
  return [...calls, part];
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
      if (stage !== undefined) open.push({ stage, way: { parts: [...next.way.parts, ...partsOf(opening)], minutes: next.way.minutes + opening.minutes } });
    }
  }
  return undefined;
}

/** Where a group can lead a case from a stage, by lines of the text. Pure. */
export function openings(setting: Setting, stage: CharterStage, group: Group, starters: number): readonly Opening[] {
  const { charter } = setting;
  switch (stage.kind) {
    case 'step':
      return stepOpenings(charter, stage, group, starters);
    case 'vote':
      return voteOpenings(setting, stage, group);
    case 'joint':
      return jointOpenings(setting, stage, group);
    case 'meeting':
      return onEveryCall(stage, group, (call) => {
        const quorate =
          isCalled(charter, stage, group) && call.quorums.every((quorum) => meets(quorum.comparison, group.people, boundValue(charter, quorum.bound)));
        const minutes = (stage.notice === undefined ? 0 : shortest(stage.notice)) + shortest(stage.open);
        return resultOpenings(stage, quorate ? ['quorate'] : ['inquorate'], minutes);
      });
    case 'draw':
    case 'outcome':
      return [];
  }
}

/** Whether somebody of the group can call a meeting: where nobody can, it is never held. */
function isCalled(charter: Charter, { called }: CharterMeeting, group: Group): boolean {
  if (called === undefined) return true;
  const callers = peopleFor(charter, called.by, 0);
  return callers !== undefined && callers <= peopleAs(group, actorRoles(called.by));
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

function voteOpenings(setting: Setting, vote: CharterVote, group: Group): readonly Opening[] {
  const minutes = vote.closesEarly === true ? 0 : shortest(vote.open);
  return onEveryCall(vote, group, (call) => resultOpenings(vote, passingResults(setting, call, group), minutes));
}

function jointOpenings(setting: Setting, joint: CharterJoint, group: Group): readonly Opening[] {
  const { passes, votes, otherwise } = joint;
  const minutesOf = (calls: readonly object[]): number =>
    votes.reduce((most, vote) => Math.max(most, shortest(vote.open) + (isCalledAgain(vote, calls) ? untilSecondCall(vote) : 0)), 0);
  const again = votes.flatMap((vote) => (vote.quorums.length > 0 ? (vote.secondCall ?? []) : []));
  const carried = (calls: readonly object[]): readonly Opening[] => {
    const passed = votes.filter((vote) => passingResults(setting, isCalledAgain(vote, calls) ? atSecondCall(vote) : vote, group).includes('passed'));
    const wins = passes?.which === 'any' ? passed.length > 0 : passed.length === votes.length;
    return passes !== undefined && wins ? [{ target: passes.target, part: passes, minutes: minutesOf(calls), calls }] : [];
  };
  return [
    ...carried([]),
    ...(again.length === 0 || group.firstCalls === true ? [] : carried(again)),
    ...(otherwise === undefined ? [] : [{ target: otherwise, part: joint, minutes: minutesOf([]) }]),
  ];
}

/** The openings of a stage, and those of its second call: whoever needs fewer people there lets the first one fail. */
function onEveryCall<T extends Called>(stage: T, { firstCalls }: Group, openingsOf: (call: T) => readonly Opening[]): readonly Opening[] {
  const { secondCall } = stage;
  if (secondCall === undefined || stage.quorums.length === 0 || firstCalls === true) return openingsOf(stage);
  const later = openingsOf(atSecondCall(stage)).map((one) => ({ ...one, minutes: one.minutes + untilSecondCall(stage), calls: [secondCall] }));
  return [...openingsOf(stage), ...later];
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
