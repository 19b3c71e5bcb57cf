// The same Charter on another day: a role with fewer or more holders. Analyses ask what the rules then still allow.
import type { Charter, CharterFact } from '../../engine/index.ts';
import { granters } from '../lint/effects.ts';

/** The Charter as if so many people held a role today; 0 is an empty role. Pure. */
export function withHolders(charter: Charter, name: string, count: number): Charter {
  const people = Array.from({ length: count }, (_, index) => `person-${index + 1}`);
  const roles = charter.roles.map((role) => {
    if (role.name !== name) return role;
    return count === 0 ? { ...role, held: { least: 0, most: 0 }, firstHeldBy: [] } : { ...role, firstHeldBy: people };
  });
  return { ...charter, roles };
}

/** How many people hold a role today as far as the text says: the first holders, else the least there may be; undefined where it says neither. Pure. */
export function holdersToday(charter: Charter, name: string): number | undefined {
  const role = charter.roles.find((candidate) => candidate.name === name);
  if (role === undefined) return undefined;
  if (role.firstHeldBy.length > 0) return role.firstHeldBy.length;
  return role.held !== undefined && role.held.least > 0 ? role.held.least : undefined;
}

/** True where nobody comes to one role while they hold the other: every way in asks that they do not. Pure. Source: language.md S111 */
export function excludesHolders(charter: Charter, name: string, other: string): boolean {
  const lacks = (who: readonly CharterFact[]): boolean => who.some((fact) => fact.kind === 'does-not-hold' && fact.name === other);
  const role = charter.roles.find((candidate) => candidate.name === name);
  if (role === undefined) return false;
  if (role.openTo.length > 0 && role.openTo.every((line) => lacks(line.who))) return true;
  const draws = granters(charter, name).map((process) => process.stages.flatMap((stage) => (stage.kind === 'draw' ? [stage] : [])));
  return draws.length > 0 && draws.every((stages) => stages.some((draw) => draw.picks !== undefined && lacks(draw.picks.who)));
}

/** A role with all that its holders are drawn from: it is open to those, or lost with them, and everybody has the roles without a roll. Pure. */
export function rolesBehind(charter: Charter, role: string): ReadonlySet<string> {
  const roles = new Set([role]);
  for (const name of roles) {
    const found = charter.roles.find((one) => one.name === name);
    for (const above of [found?.lostWith, ...(found?.openTo.map((line) => line.role) ?? [])]) if (above !== undefined) roles.add(above);
  }
  for (const { name, held, gainedThrough } of charter.roles) if (held === undefined && gainedThrough.length === 0) roles.add(name);
  return roles.add('person');
}
