// Who acts where in a process, and how many people an actor is. It searches no path: group-reach.ts does.
import type { CharterAct, CharterActor, CharterProcess, CharterStep, CharterTransition } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';

/** An act that moves a step on, with the transition it stands in. */
export interface PlacedAct {
  readonly step: CharterStep;
  readonly transition: CharterTransition;
  readonly act: CharterAct;
  readonly target: string;
}

/** The acts of `when` and `unless` in the steps of a process, in source order. Pure. */
export function actsOf(process: CharterProcess): readonly PlacedAct[] {
  return process.stages.flatMap((step) =>
    step.kind !== 'step'
      ? []
      : step.transitions.flatMap((transition) =>
          transition.kind === 'when' || transition.kind === 'unless'
            ? transition.acts.map((act) => ({ step, transition, act, target: transition.target }))
            : [],
        ),
  );
}

/** True where an actor leaves out the starters (S108). Pure. */
export function isOther(actor: CharterActor): boolean {
  if (actor.kind === 'one') return actor.other === true;
  if (actor.kind === 'the') return false;
  const bound = actor.bound;
  return bound.kind === 'whole' || bound.kind === 'part' ? bound.other === true : bound.left.other === true || bound.right.other === true;
}

/** The whole number of people an actor asks for; undefined for shares and upper bounds. Pure. */
export function wholeNumber(actor: CharterActor): number | undefined {
  if (actor.kind !== 'count') return 1;
  if (actor.comparison === 'at-most' || actor.comparison === 'fewer-than') return undefined;
  const { bound } = actor;
  if (bound.kind !== 'part' || bound.squareRoot === true || bound.amount.kind !== 'count') return undefined;
  return bound.amount.value + (actor.comparison === 'more-than' ? 1 : 0);
}

/** True where one person is enough. Pure. */
export function oneCanDo(actor: CharterActor): boolean {
  const people = wholeNumber(actor);
  return people !== undefined && people <= 1;
}

/** The roles whose holders can start a case by an act of theirs. Pure. */
export function startRoles(process: CharterProcess): readonly string[] {
  return process.starts.flatMap((start) => (start.kind === 'by' ? actorRoles(start.actor) : []));
}
