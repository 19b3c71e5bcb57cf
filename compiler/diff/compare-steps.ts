// Whether a step became easier to pass: who has to act, by when, and where each line leads. A line that leads to a refusal counts the other way round.
import type { Charter, CharterOutcome, CharterProcess, CharterStep, CharterTransition } from '../../engine/index.ts';
import { smallestGroup, unopposed } from '../analysis/coalition.ts';
import { reachable } from '../lint/stage-graph.ts';
import type { ChangeClass, Direction } from './direction.ts';
import { actorDirection, classOf, durationDirection, opposite, together } from './direction.ts';
import { partText, samePart } from './same.ts';

/** A process with the bylaws it stands in. */
export interface ProcessIn {
  readonly charter: Charter;
  readonly process: CharterProcess;
}

/** The smallest group that brings a process to an acceptance; undefined where none of 200 people does. Pure. */
export function acceptingGroup({ charter, process }: ProcessIn): { readonly people: number; readonly minutes: number } | undefined {
  const group = smallestGroup(charter, process, (outcome: CharterOutcome) => outcome.accepts, unopposed);
  return group === undefined ? undefined : { people: group.people, minutes: group.way.minutes };
}

/** Compares how many people a process needs and how long it takes at least; undefined where neither differs. Pure. */
export function reachClass(before: ProcessIn, after: ProcessIn): ChangeClass | undefined {
  const [old, fresh] = [acceptingGroup(before), acceptingGroup(after)];
  if (old === undefined || fresh === undefined) return old === fresh ? undefined : fresh === undefined ? 'harder' : 'easier';
  const sign = (left: number, right: number): Direction => (left === right ? 0 : right < left ? -1 : 1);
  return classOf([sign(old.people, fresh.people), sign(old.minutes, fresh.minutes)]);
}

/** What a difference of transitions does; `power` where the lines cannot be compared one by one and the whole process needs as many people as before. Pure. */
export function transitionsClass(before: ProcessIn & { readonly step: CharterStep }, after: ProcessIn & { readonly step: CharterStep }): ChangeClass {
  const [old, fresh] = [before.step.transitions, after.step.transitions];
  const directions = old.length === fresh.length ? old.map((line, place) => lineDirection(after.process, line, fresh[place])) : [undefined];
  if (!directions.includes(undefined)) return classOf(directions) ?? 'other';
  return reachClass(before, after) ?? 'power';
}

function leadsOn(process: CharterProcess, target: string): boolean {
  const reached = reachable(process, [target]);
  return process.stages.some((stage) => stage.kind === 'outcome' && stage.accepts && reached.has(stage.name));
}

function lineDirection(process: CharterProcess, before: CharterTransition, after: CharterTransition | undefined): Direction {
  if (after === undefined || before.kind !== after.kind || before.target !== after.target) return undefined;
  const helps = leadsOn(process, before.target);
  const asked = askedDirection(before, after);
  return helps ? asked : opposite(asked);
}

/** Whether the line itself fires less readily: more people, a shorter window, a longer wait. */
function askedDirection(before: CharterTransition, after: CharterTransition): Direction {
  if (before.kind === 'after' && after.kind === 'after') {
    const rest = (line: typeof before): string => partText({ ...line, duration: '' });
    return rest(before) === rest(after) ? durationDirection(before.duration, after.duration) : undefined;
  }
  if (before.kind === 'unless' && after.kind === 'unless') {
    // It fires when nobody acts in time: the more people that takes, the more readily it fires.
    const directions = [opposite(actsDirection(before.acts, after.acts)), durationDirection(before.within, after.within)];
    return together(directions);
  }
  if (before.kind === 'when' && after.kind === 'when') {
    const concerns: Direction = before.withoutConcerns === after.withoutConcerns ? 0 : after.withoutConcerns === true ? 1 : -1;
    return together([actsDirection(before.acts, after.acts), windowDirection(before.within, after.within), concerns]);
  }
  return 0;
}

type Window = Extract<CharterTransition, { readonly kind: 'when' }>['within'];

/** A window closes: none is the longest of all. */
function windowDirection(before: Window, after: Window): Direction {
  if (before === undefined || after === undefined) return before === after ? 0 : after === undefined ? -1 : 1;
  return opposite(durationDirection(before, after));
}

type Acts = Extract<CharterTransition, { readonly kind: 'when' }>['acts'];

function actsDirection(before: Acts, after: Acts): Direction {
  if (before.length !== after.length) return undefined;
  return together(
    before.map((act, place): Direction => {
      const other = after[place];
      if (other === undefined || other.verb !== act.verb || other.text !== act.text || !samePart(other.since, act.since)) return undefined;
      return actorDirection(act.actor, other.actor);
    }),
  );
}
