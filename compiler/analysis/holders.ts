// The same Charter on another day: a role with fewer or more holders. Analyses ask what the rules then still allow.
import type { Charter } from '../../engine/index.ts';

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
