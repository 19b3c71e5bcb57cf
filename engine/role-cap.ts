// Caps of a role by an attribute (S114): how many of one employer may hold it, whom a grant would be too many, and who leaves when something else broke
// the cap. Caps inside a count are cap.ts's.
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import { groupOf } from './attributed.ts';
import { fromHex, utf8Encode } from './bytes.ts';
import { byCodeUnit } from './canonical.ts';
import { invariant } from './invariant.ts';
import { lotOrder, lotSeed } from './tally/lot.ts';
import type { Holding } from './roster.ts';
import { holdingsOf } from './roster.ts';
import type { State } from './state.ts';

/** True iff this engine keeps a limit of a role as a cap: so many, or a share of the holders, per attribute. Pure. */
export function capsHolders(charter: Charter, role: CharterRole, limit: CharterLimit): boolean {
  const [per, ...more] = limit.per;
  const isGroup = per?.kind === 'each' && more.length === 0 && charter.attributes.some((attribute) => attribute.name === per.name);
  return limit.counted === role.name && limit.amount.kind !== 'money' && isGroup && limit.inARow === undefined && limit.including === undefined;
}

function attributeIn(limit: CharterLimit): string {
  const [per] = limit.per;
  invariant(per?.kind === 'each', 'a cap is of an attribute');
  return per.name;
}

/** How many of one group a cap allows among so many holders. A share is not rounded up, and always leaves one: a person alone is no group too many. */
function mostOf(limit: CharterLimit, holders: number): number {
  if (limit.amount.kind === 'count') return limit.amount.value;
  invariant(limit.amount.kind === 'share', 'a cap of a role is no money');
  return Math.max(1, Number((BigInt(limit.amount.numerator) * BigInt(holders)) / BigInt(limit.amount.denominator)));
}

/** True iff a grant would break a cap: with it, more of the person's group would hold the role than the cap allows. @param holders - how many hold it once all grants of the effect are made */
export function breaksCap(state: State, role: CharterRole, limit: CharterLimit, member: string, holders: number): boolean {
  const attribute = attributeIn(limit);
  const group = groupOf(state, attribute, member);
  const sitting = holdingsOf(state, role.name).filter((holding) => holding.member !== member && groupOf(state, attribute, holding.member) === group);
  return sitting.length + 1 > mostOf(limit, holders);
}

/** True iff a holder came in by a waiver of a cap: it counts for the grants of others, and nobody leaves for it (S114). */
function cameWaived({ waivedThrough = [] }: Holding, limit: CharterLimit): boolean {
  return limit.waivedThrough !== undefined && waivedThrough.includes(limit.waivedThrough);
}

/** The holders in groups that are too many under a cap, those who came first in front; without those whom a waiver let in. O(holders). */
export function peopleOver(state: State, role: CharterRole, limit: CharterLimit): readonly string[] {
  const attribute = attributeIn(limit);
  const holders = holdingsOf(state, role.name);
  const holdings = holders
    .filter((holding) => !cameWaived(holding, limit))
    .sort(
      (left, right) => (left.fromMs ?? left.sinceMs) - (right.fromMs ?? right.sinceMs) || left.order - right.order || byCodeUnit(left.member, right.member),
    );
  const groups = new Map<string, string[]>();
  for (const { member } of holdings) {
    const group = groupOf(state, attribute, member);
    groups.set(group, [...(groups.get(group) ?? []), member]);
  }
  const most = mostOf(limit, holders.length);
  return holdings.flatMap(({ member }) => ((groups.get(groupOf(state, attribute, member)) ?? []).length > most ? [member] : []));
}

/** Who leaves next by a remedy: those it names among the people over a cap; `seed` is the id of the checkpoint before. */
export function leavingNext(remedy: CharterLimit['otherwise'] & { readonly kind: 'leave' }, over: readonly string[], seed: string): readonly string[] {
  switch (remedy.who) {
    case 'newest':
      return over.slice(-1);
    case 'oldest':
      return over.slice(0, 1);
    case 'lot': {
      const [first = 0] = lotOrder(
        lotSeed(fromHex(seed) ?? utf8Encode(seed), '', ''),
        over,
        over.map((_, index) => index),
      );
      return over.slice(first, first + 1);
    }
    default:
      return over;
  }
}
