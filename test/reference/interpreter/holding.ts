// How roles are held: the first holders with their terms, and how a role ends (S14, S111).
import type { CharterRole } from '../../../engine/index.ts';
import { electionOf } from './held.ts';
import { isOpenRole, seated } from './rosters.ts';
import { noteTerm } from './terms.ts';
import { plus } from './time.ts';
import type { Holding, World } from './world.ts';

/** The first holders, with the ends of their terms (S14: dealt into groups in written order; group i ends after term × i / n). */
export function firstHoldings(
  roles: readonly CharterRole[],
  rows: readonly (readonly [role: string, people: readonly string[]])[],
  startMs: number,
): Holding[] {
  return rows.flatMap(([name, people], place) => {
    const role = roles.find((one) => one.name === name);
    // S87: a role that is open to every key has no roll.
    if (role === undefined || isOpenRole(role)) return [];
    return people.map((person, index): Holding => {
      const until = role.term === undefined ? undefined : groupEnd(role.term, index, startMs);
      return { role: name, person, sinceMs: startMs, order: place * 1000 + index, ...(until === undefined ? {} : { untilMs: until }) };
    });
  });
}

function groupEnd(term: NonNullable<CharterRole['term']>, index: number, startMs: number): number {
  const groups = term.staggeredGroups ?? 1;
  const group = (index % groups) + 1;
  const { count, unit } = term.duration;
  if (unit === 'month' || unit === 'year') return plus(startMs, { count: ((unit === 'year' ? 12 : 1) * count * group) / groups, unit: 'month' });
  return startMs + ((plus(startMs, term.duration) - startMs) * group) / groups;
}

/** Takes a role from a person, and with it the roles that are lost with it (S111): only at the instant at which it was held and is no more. */
export function lose(world: World, person: string, name: string): void {
  if (!seated(world, name).includes(person)) return;
  for (const one of world.holdings) if (one.role === name && one.person === person) noteTerm(world, one);
  world.holdings = world.holdings.filter((one) => one.role !== name || one.person !== person);
  for (const role of world.charter.roles) if (role.lostWith === name) lose(world, person, role.name);
}

/** Somebody resigns, is removed, or a decision is taken back: no grant of the same epoch gives back what ends (ledger.md section 10). */
export function takeAway(world: World, person: string, name: string): void {
  const before = world.holdings.filter((one) => one.person === person);
  lose(world, person, name);
  for (const { role } of before) if (!world.holdings.some((one) => one.role === role && one.person === person)) world.removed.push({ role, person });
}

/** When a holding ends by itself: a term ends what is lost through expiry, or what was granted for so long (decision 0107). */
export function endOfHolding({ charter }: World, { ends, role, untilMs }: Holding): number {
  const expires = charter.roles.some(({ name, lost }) => name === role && lost.some(({ kind }) => kind === 'expiry'));
  return ends === true || expires ? (untilMs ?? Infinity) : Infinity;
}

/** Whoever was elected again to the seat they sit on goes on (decision 0107), unless somebody holds that decision. */
function goesOn(world: World, { role, person }: Holding): boolean {
  return world.waiting.some((one) => one.person === person && one.seat.person === person && one.seat.role === role && electionOf(world, one) !== undefined);
}

/** The next instant at which a term ends. */
export function termDueMs(world: World): number | undefined {
  const endMs = Math.min(Infinity, ...world.holdings.map((one) => (goesOn(world, one) ? Infinity : endOfHolding(world, one))));
  return endMs === Infinity ? undefined : endMs;
}

/** Ends the terms that are over. */
export function endTerms(world: World): void {
  for (const one of world.holdings) if (endOfHolding(world, one) <= world.nowMs && !goesOn(world, one)) lose(world, one.person, one.role);
}

/** S137: whether nobody else holds a role or can come by it. */
export function isLastWay(world: World, role: CharterRole, person: string): boolean {
  const others = seated(world, role.name).filter((one) => one !== person);
  const successor = role.succeededBy.some((other) => seated(world, other).length > 0);
  return others.length === 0 && !successor && role.gainedThrough.length === 0;
}
