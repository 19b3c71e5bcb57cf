// Who may support a candidate or an option: the people of an actor, and the facts after `who`, frozen when the step opens (S7, S121).
import type { CharterStep, CharterSupport } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { isMeant } from './actor.ts';
import { meetsFacts } from './facts.ts';
import { allMembers, includesPerson } from './roster.ts';
import { rolesOf } from './start-line.ts';

/** The supports of a step that ask for facts, each with the name of its frozen roster; no role has such a name. */
function rostersOf(step: CharterStep): readonly { readonly support: CharterSupport; readonly name: string }[] {
  const supports = [...step.nominations.map((rule) => rule.support), step.options?.support];
  return supports.flatMap((support, place) => (support?.who === undefined ? [] : [{ support, name: `supporters ${place}` }]));
}

/** The rosters of supporters as they are when a step opens. @param scope - with the rosters of the opening */
export function supportersFrozen(scope: CaseScope, step: CharterStep, atMs: number): CaseScope['frozen']['roles'] {
  return rostersOf(step).map(({ support, name }) => {
    const facts = { state: scope.state, charter: scope.charter, atMs, role: rolesOf(support.by)[0] ?? 'person' };
    return [name, allMembers(scope.state).filter((member) => isMeant(scope, support.by, member) && meetsFacts(facts, support.who ?? [], member))];
  });
}

/** True iff a person may support: one of the actor's people, and with facts one of those who met them when the step opened. */
export function isSupporter(scope: CaseScope, step: CharterStep, support: CharterSupport, member: string): boolean {
  if (!isMeant(scope, support.by, member)) return false;
  const roster = rostersOf(step).find((row) => row.support === support);
  return roster === undefined || includesPerson(scope.frozen.roles.find(([name]) => name === roster.name)?.[1] ?? [], member);
}
