// The smallest groups that decide: how few people bring a process to an outcome, and how long that takes. What it means is for the rules.
import type { Charter, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { grantsRole } from '../lint/effects.ts';
import { amendingProcesses, quickestWay } from '../lint/group-reach.ts';
import type { Way } from '../lint/group-reach.ts';
import type { Group } from '../lint/people-count.ts';
import { rolesBehind } from './holders.ts';
import { timeText } from '../number-words.ts';

/** The largest group that is tried (check.md section 3: sizes to 200). */
export const peopleMax = 200;

/** A group that decides, the process it decides through, and how. */
export interface Coalition {
  readonly people: number;
  readonly process: CharterProcess;
  readonly way: Way;
}

/** Which outcome a group wants. */
export type Goal = (process: CharterProcess) => ((outcome: CharterOutcome) => boolean) | undefined;

/** What a group is like, whatever its size. */
export type Kind = Omit<Group, 'people'>;

/** Others may be against it: their silence is no consent. */
export const amidOthers: Kind = { silent: false };
/** As before, and in a first call: what few can do in a second one is GDO326. */
export const atFirstCalls: Kind = { ...amidOthers, firstCalls: true };
/** Nobody is against it: where the text takes silence for consent, it is. */
export const unopposed: Kind = { silent: true };

/** The smallest group of a kind that brings a process to an outcome when nobody else acts. Pure. Bound: 200 people. */
export function smallestGroup(
  charter: Charter,
  process: CharterProcess,
  isGoal?: (outcome: CharterOutcome) => boolean,
  kind: Kind = amidOthers,
  most: number = peopleMax,
): Coalition | undefined {
  if (isGoal !== undefined && !process.stages.some((stage) => stage.kind === 'outcome' && isGoal(stage))) return undefined;
  for (let people = 1 + (kind.newcomers?.count ?? 0); people <= most; people += 1) {
    const way = quickestWay(charter, process, { ...kind, people }, isGoal);
    if (way !== undefined) return { people, process, way };
  }
  return undefined;
}

/** True iff some group, however large, brings one of several processes to its outcome while nobody is against it: silence consents here, since the question
 * is whether all who are left can go on together. What a few can do, more can, unless a number is a ceiling. Pure. */
function canAny(charter: Charter, processes: readonly CharterProcess[], goal: Goal): boolean {
  return processes.some((process) => {
    const isGoal = goal(process);
    if (isGoal === undefined) return false;
    if (quickestWay(charter, process, { ...unopposed, people: peopleMax }, isGoal) !== undefined) return true;
    return hasCeiling(process) && smallestGroup(charter, process, isGoal, unopposed) !== undefined;
  });
}

/** Whether more people can be too many for one of its counts. */
function hasCeiling(process: CharterProcess): boolean {
  return /"comparison":"(?:at-most|fewer-than|exactly)"/.test(JSON.stringify(process.stages));
}

/** True iff somebody can change the bylaws. Pure. */
export function canAmend(charter: Charter): boolean {
  return canAny(charter, amendingProcesses(charter), () => isMerge);
}

/** True iff somebody can give a role. Pure. */
export function canGrant(charter: Charter, role: string): boolean {
  return canAny(charter, charter.processes, granting(charter, role));
}

/** True for an outcome that merges. Pure. */
export function isMerge(outcome: CharterOutcome): boolean {
  return outcome.effects.some((effect) => effect.kind === 'accept-merge');
}

function granting(charter: Charter, role: string): Goal {
  return (process) => (outcome) => outcome.effects.some((effect) => grantsRole(charter, process, effect, role));
}

/** The smallest of the groups of several processes; the quicker one where they are equal, then the first. Pure. */
export function smallestOf(
  charter: Charter,
  processes: readonly CharterProcess[],
  goal: Goal,
  most: number = peopleMax,
  kind: Kind = amidOthers,
): Coalition | undefined {
  let best: Coalition | undefined;
  for (const process of processes) {
    const isGoal = goal(process);
    const group = isGoal === undefined ? undefined : smallestGroup(charter, process, isGoal, kind, best?.people ?? most);
    if (group === undefined) continue;
    if (best === undefined || group.people < best.people || (group.people === best.people && group.way.minutes < best.way.minutes)) best = group;
  }
  return best;
}

/** The way by which somebody comes into a role while nobody is against it, with no more than holders of that role have: an office that has to agree is not theirs. Pure. */
export function aloneInto(charter: Charter, process: CharterProcess, role: string): Way | undefined {
  const newcomers = { count: 1, roles: rolesBehind(charter, role) };
  return quickestWay(charter, process, { ...unopposed, people: 1, newcomers }, granting(charter, role)(process));
}

/** The smallest group that changes the bylaws. Pure. */
export function smallestAmending(charter: Charter, most: number = peopleMax, kind: Kind = amidOthers): Coalition | undefined {
  return smallestOf(charter, amendingProcesses(charter), () => isMerge, most, kind);
}

/** The smallest group that gives a role. Pure. */
export function smallestGranting(charter: Charter, role: string, most: number = peopleMax, kind: Kind = amidOthers): Coalition | undefined {
  return smallestOf(charter, charter.processes, granting(charter, role), most, kind);
}

/** A time in words, as far as it is at least that. Pure. */
export function atLeastText(minutes: number): string {
  return minutes === 0 ? 'at once' : `in ${timeText(minutes)} or more`;
}
