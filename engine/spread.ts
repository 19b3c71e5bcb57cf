// Spread of support: how many people of one group count (S115). Groups are people with one value of an attribute, as it was when the stage opened.
import type { CharterStep } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { groupOf } from './attributed.ts';

/**
 * The people whom the limits of a step let count, in the order given (S115). `standing`: who takes a place of their group before anybody where a limit
 * says `including the candidate`, whether they support themselves or not; their own support needs no other place.
 */
export function supportersCounted(scope: CaseScope, step: CharterStep, people: readonly string[], standing: readonly string[]): readonly string[] {
  const limits = step.limits.filter((limit) => limit.counted === 'supporters');
  if (limits.length === 0) return people;
  const counts = new Map<string, number>();
  const rowsOf = (member: string): readonly { readonly key: string; readonly most: number; readonly hasOwnPlace: boolean }[] =>
    limits.flatMap((limit, place) =>
      limit.per.flatMap((per) => {
        const most = limit.amount.kind === 'count' ? limit.amount.value : 0;
        const hasOwnPlace = limit.including !== undefined && standing.includes(member);
        return per.kind === 'each' ? [{ key: `${place} ${groupOf(scope.state, per.name, member, scope.frozen.attributes)}`, most, hasOwnPlace }] : [];
      }),
    );
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
