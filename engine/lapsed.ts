// Bylaws without the declarations that have lapsed (S60). When they lapse is sunset.ts's.
import type { Charter } from './bylaws.ts';

interface Named {
  readonly name: string;
}

// The same object each time, because machines and other things that follow from a process are kept beside it.
const built: WeakMap<Charter, Map<string, Charter>> = new WeakMap();

/** A Charter less the declarations of these names; the same object for the same names. Pure but for its cache. */
export function withoutDeclarations(charter: Charter, names: readonly string[]): Charter {
  if (names.length === 0) return charter;
  const known = built.get(charter) ?? new Map<string, Charter>();
  built.set(charter, known);
  const key = names.join(' ');
  const found = known.get(key);
  if (found !== undefined) return found;
  const kept = <T extends Named>(list: readonly T[]): readonly T[] => list.filter((one) => !names.includes(one.name));
  const rest: Charter = {
    ...charter,
    areas: kept(charter.areas),
    attributes: kept(charter.attributes),
    roles: kept(charter.roles),
    actions: kept(charter.actions),
    measures: kept(charter.measures),
    points: kept(charter.points),
    certificates: kept(charter.certificates),
    delegations: kept(charter.delegations),
    accounts: kept(charter.accounts),
    dapps: kept(charter.dapps),
    collaborators: kept(charter.collaborators),
    processes: kept(charter.processes),
    rights: kept(charter.rights),
    duties: kept(charter.duties),
  };
  known.set(key, rest);
  return rest;
}
