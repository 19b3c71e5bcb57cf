// How many people an actor, a role or a bound is for the search of group-reach.ts. Bodies count as many people as hold them today, rolls nobody was named for
// as many.
import type { Charter, CharterActor, CharterBound, CharterComparison, CharterRole } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { isOther } from './acting.ts';
import { rosterSize } from './roster-size.ts';

/** A group that acts: `silent` says whether it may also win because everybody else is silent in an objection period; `role`: all of them hold it;
 * `carried`: how many ballots of others they cast as well (S41); `firstCalls`: they do not wait for a second call; `newcomers`: how many of them hold no more roles than those named. */
export interface Group {
  readonly people: number;
  readonly silent: boolean;
  readonly role?: string;
  readonly carried?: number;
  readonly firstCalls?: true;
  readonly newcomers?: { readonly count: number; readonly roles: ReadonlySet<string> };
}

/** How many people a roll holds for which nobody is named: enough that a share of it is never one person. */
const unknownRoll = 100;

/** How many of a group can act as one of these roles: newcomers have theirs only, and what everybody has. Pure. */
export function peopleAs({ people, newcomers }: Group, roles: readonly string[]): number {
  return newcomers === undefined || roles.every((name) => newcomers.roles.has(name)) ? people : Math.max(0, people - newcomers.count);
}

/** The holders of the actor's role today; the starter of the same role is not an `other`. People of the case are as many as needed. Pure. */
export function availableFor(charter: Charter, actor: CharterActor): number {
  const roles = actorRoles(actor).flatMap((name) => charter.roles.find((role) => role.name === name) ?? []);
  if (roles.length === 0) return unknownRoll;
  return roles.reduce((least, role) => Math.min(least, isUncounted(role) ? unknownRoll : holders(charter, role.name)), unknownRoll) - (isOther(actor) ? 1 : 0);
}

/** True for a role that everybody has, or nobody was named for. Pure. */
export function isUncounted(role: CharterRole): boolean {
  return role.held === undefined && role.firstHeldBy.length === 0;
}

/** True for a role without holders in whose place nobody acts, because those who would are gone as well (S12). */
function isVacant(charter: Charter, role: CharterRole, seen: readonly string[] = []): boolean {
  if (role.held?.most !== 0 || seen.includes(role.name)) return seen.includes(role.name);
  return role.succeededBy.every((name) => charter.roles.some((next) => next.name === name && isVacant(charter, next, [...seen, role.name])));
}

/** The people an act takes; undefined for programs and for counts without a lower bound. Pure. */
export function peopleFor(charter: Charter, actor: CharterActor, starters: number): number | undefined {
  if (actor.kind !== 'count') {
    const isProgram = charter.collaborators.some((program) => program.name === actor.role);
    const isEmpty = charter.roles.some((role) => role.name === actor.role && isVacant(charter, role));
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

/** Compares people with a number of a search, which may be a fraction. Pure. */
export function meets(comparison: CharterComparison, value: number, bound: number): boolean {
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
