// Which roles may come to have no holder, so that what needs one stands still. Who notices is for the rules.
import type { Charter, CharterActor } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';

/** True where the text lets a role be empty: no minimum, nobody who follows, nothing that fills it. A role without a head count is a roll. Pure. */
function mayBeEmpty(charter: Charter, name: string): boolean {
  const role = charter.roles.find((one) => one.name === name);
  return role !== undefined && (role.held?.least ?? 1) === 0 && role.succeededBy.length === 0 && role.vacancy === undefined;
}

/** The roles of some actors, where each of them may have no holder; undefined where somebody is always there. Pure. */
export function emptyActors(charter: Charter, actors: readonly CharterActor[]): readonly string[] | undefined {
  const names = actors.flatMap(actorRoles);
  return names.length > 0 && names.every((name) => mayBeEmpty(charter, name)) ? names : undefined;
}
