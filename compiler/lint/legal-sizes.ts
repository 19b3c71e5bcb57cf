// The sizes a body may have, and how many people a bound asks for at each. What follows from the numbers is for the rules.
import { leastMeeting } from '../../engine/index.ts';
import type { Charter, CharterActor, CharterBound, CharterComparison, CharterRole } from '../../engine/index.ts';

/** Bodies without an upper bound are looked at to this size. Source: check.md section 2. */
export const sizeMax = 200;

/** The legal sizes of a role, ascending: its head count, else one person to 200. Nobody is no body, so 0 is left out. Pure. */
export function legalSizes(role: CharterRole): readonly number[] {
  const least = Math.max(1, role.held?.least ?? 1);
  const most = Math.min(sizeMax, role.held?.most ?? sizeMax);
  return most < least ? [] : Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

/** The fewest people who meet a bound when every body it names has so many; undefined for upper bounds and where not even all do. Pure. */
export function fewestOf(comparison: CharterComparison, bound: CharterBound, size: number): number | undefined {
  return leastMeeting(comparison, bound, () => BigInt(size), size);
}

/** The role an actor is of, where it is of one declared role. Pure. */
export function roleOfActor(charter: Charter, actor: CharterActor): CharterRole | undefined {
  const bound = actor.kind === 'count' ? actor.bound : undefined;
  const name = actor.kind !== 'count' ? actor.role : bound?.kind === 'whole' || bound?.kind === 'part' ? bound.role : undefined;
  return charter.roles.find((role) => role.name === name);
}

/** The fewest people of a body of this size who are the actor; undefined for upper bounds and where not even all are enough. Pure. */
export function fewestActing(actor: CharterActor, size: number): number | undefined {
  return actor.kind === 'count' ? fewestOf(actor.comparison, actor.bound, size) : 1;
}
