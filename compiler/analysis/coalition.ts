// The smallest groups that decide: how few people bring a process to an outcome, and how long that takes. What it means is for the rules.
import type { Charter, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { grantsRole } from '../lint/effects.ts';
import { amendingProcesses, quickestWay } from '../lint/group-reach.ts';
import type { Way } from '../lint/group-reach.ts';

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

/** The smallest group that brings a process to an outcome when nobody else acts; `silent`: silence may count as consent. Pure. Bound: 200 people. */
export function smallestGroup(
  charter: Charter,
  process: CharterProcess,
  isGoal?: (outcome: CharterOutcome) => boolean,
  silent: boolean = false,
  most: number = peopleMax,
): Coalition | undefined {
  if (isGoal !== undefined && !process.stages.some((stage) => stage.kind === 'outcome' && isGoal(stage))) return undefined;
  for (let people = 1; people <= most; people += 1) {
    const way = quickestWay(charter, process, { people, silent }, isGoal);
    if (way !== undefined) return { people, process, way };
  }
  return undefined;
}

/** True iff some group, however large, brings one of several processes to its outcome. What a few can do, more can, unless a number is a ceiling. Pure. */
function canAny(charter: Charter, processes: readonly CharterProcess[], goal: Goal): boolean {
  return processes.some((process) => {
    const isGoal = goal(process);
    if (isGoal === undefined) return false;
    if (quickestWay(charter, process, { people: peopleMax, silent: false }, isGoal) !== undefined) return true;
    return hasCeiling(process) && smallestGroup(charter, process, isGoal) !== undefined;
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
export function smallestOf(charter: Charter, processes: readonly CharterProcess[], goal: Goal, most: number = peopleMax): Coalition | undefined {
  let best: Coalition | undefined;
  for (const process of processes) {
    const isGoal = goal(process);
    const group = isGoal === undefined ? undefined : smallestGroup(charter, process, isGoal, false, best?.people ?? most);
    if (group === undefined) continue;
    if (best === undefined || group.people < best.people || (group.people === best.people && group.way.minutes < best.way.minutes)) best = group;
  }
  return best;
}

/** The smallest group that changes the bylaws. Pure. */
export function smallestAmending(charter: Charter, most: number = peopleMax): Coalition | undefined {
  return smallestOf(charter, amendingProcesses(charter), () => isMerge, most);
}

/** The smallest group that gives a role. Pure. */
export function smallestGranting(charter: Charter, role: string, most: number = peopleMax): Coalition | undefined {
  return smallestOf(charter, charter.processes, granting(charter, role), most);
}

/** A time in words, as far as it is at least that. Pure. */
export function atLeastText(minutes: number): string {
  if (minutes === 0) return 'at once';
  const days = Math.floor(minutes / 1440);
  if (days === 0) return `in ${minutes} minutes or more`;
  return `in ${days === 1 ? '1 day' : `${days} days`} or more`;
}
