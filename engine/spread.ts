// Spread of support: how many people of one group count (S115). Groups are people with one value of an attribute, as it was when the stage opened.
import type { CharterStep } from './bylaws-stages.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { groupOf } from './attributed.ts';
import { canonicalText } from './canonical.ts';
import type { State } from './state.ts';

/** The group of a limit that a person is in, after so many changes of attributes: those who are alike in all that it names. Two groups never have one name. */
export function groupUnder(state: State, limit: CharterLimit, member: string, changes: number | undefined): string {
  return canonicalText(limit.per.flatMap((per) => (per.kind === 'each' ? [groupOf(state, per.name, member, changes)] : [])));
}

/**
 * The people whom the limits of a step let count, in the order given (S115). `standing`: who takes a place of their group before anybody where a limit
 * says `including the candidate`, whether they support themselves or not; their own support needs no other place.
 */
export function supportersCounted(scope: CaseScope, step: CharterStep, people: readonly string[], standing: readonly string[]): readonly string[] {
  const limits = step.limits.filter((limit) => limit.counted === 'supporters');
  if (limits.length === 0) return people;
  const counts = new Map<string, number>();
  const rowsOf = (member: string): readonly { readonly key: string; readonly most: number; readonly hasOwnPlace: boolean }[] =>
    limits.map((limit, place) => ({
      key: `${place} ${groupUnder(scope.state, limit, member, scope.frozen.attributes)}`,
      most: limit.amount.kind === 'count' ? limit.amount.value : 0,
      hasOwnPlace: limit.including !== undefined && standing.includes(member),
    }));
  const take = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const member of new Set(standing)) for (const { key, hasOwnPlace } of rowsOf(member)) if (hasOwnPlace) take(key);
  return people.filter((member) => {
    const rows = rowsOf(member).filter(({ hasOwnPlace }) => !hasOwnPlace);
    if (rows.some(({ key, most }) => (counts.get(key) ?? 0) >= most)) return false;
    for (const { key } of rows) take(key);
    return true;
  });
}
