// Spread of support: how many people of one group count (S115). Groups are people with one value of an attribute, as it was when the stage opened.
import type { CharterStep } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { groupOf } from './attributed.ts';

/** The people whom the limits of a step let count, in the order given; whoever stands for election may be the first of their group (S115). */
export function supportersCounted(scope: CaseScope, step: CharterStep, people: readonly string[], candidate?: string): readonly string[] {
  const limits = step.limits.filter((limit) => limit.counted === 'supporters');
  if (limits.length === 0) return people;
  const counts = new Map<string, number>();
  const mayCount = (member: string): boolean => {
    const rows = limits.flatMap((limit, place) =>
      limit.per.flatMap((per) => {
        const most = limit.amount.kind === 'count' ? limit.amount.value : 0;
        return per.kind === 'each' ? [{ key: `${place} ${groupOf(scope.state, per.name, member, scope.frozen.attributes)}`, most }] : [];
      }),
    );
    if (rows.some(({ key, most }) => (counts.get(key) ?? 0) >= most)) return false;
    for (const { key } of rows) counts.set(key, (counts.get(key) ?? 0) + 1);
    return true;
  };
  const isCounted = candidate !== undefined && limits.some((limit) => limit.including !== undefined);
  const ordered = isCounted ? [candidate, ...people.filter((member) => member !== candidate)] : people;
  // Whoever stands takes a place of their group even where they do not endorse themselves.
  return ordered.filter(mayCount).filter((member) => people.includes(member));
}
