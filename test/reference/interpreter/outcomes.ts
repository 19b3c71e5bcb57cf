// What an outcome does to roles, and how roles are gained and lost (S13, S14, S108, S111, S114, S131, S137).
import type { CharterEffect, CharterGranted, CharterOutcome, CharterProcess, CharterRole } from '../../../engine/index.ts';
import { give } from './awards.ts';
import { takeCertificate } from './office.ts';
import { breaksCap } from './limits.ts';
import { lockedRules } from './locks.ts';
import { pay } from './money.ts';
import { holders, isOpenRole, meetsFacts, peopleOf, rollNow, seated } from './rosters.ts';
import { deadline, plus } from './time.ts';
import type { Case, Holding, World } from './world.ts';

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

function grantedName(subject: Case, what: CharterGranted): string {
  return what.kind === 'named' ? what.name : (subject.role ?? '');
}

function recipients(world: World, subject: Case, effect: Extract<CharterEffect, { readonly kind: 'grant' }>): readonly string[] {
  const people = peopleOf(rollNow(world), subject, effect.to);
  if (effect.first !== undefined) return people.slice(0, effect.first);
  if (effect.others === undefined) return people;
  // S131: the others are those whom no `first k` of the same outcome takes.
  const outcome = subject.process.stages.find((stage) => stage.kind === 'outcome' && stage.effects.includes(effect));
  const firsts = outcome?.kind === 'outcome' ? outcome.effects.flatMap((one) => (one.kind === 'grant' && one.to === effect.to ? [one.first ?? 0] : [])) : [];
  return people.slice(Math.max(0, ...firsts));
}

/** Applies the effects of an outcome in order; what is refused changes nothing. */
export function applyOutcome(world: World, subject: Case, outcome: CharterOutcome): void {
  for (const effect of outcome.effects) {
    if (effect.kind === 'grant') {
      const together = recipients(world, subject, effect);
      for (const person of together)
        world.grants.push({ person, together, name: grantedName(subject, effect.what), lasting: effect.for, startedMs: subject.startedMs });
    }
    if (effect.kind === 'award')
      for (const person of peopleOf(rollNow(world), subject, effect.to))
        give(world, { points: effect.points, person, amount: effect.amount, authors: [subject.author] });
    if (effect.kind === 'pay') pay(world, subject, effect.account);
    if (effect.kind === 'remove') for (const person of peopleOf(rollNow(world), subject, effect.from)) remove(world, person, grantedName(subject, effect.what));
  }
}

/** ledger.md section 9: removals act at once, grants at the end of the epoch, after the terms that end in it. */
export function applyGrants(world: World): void {
  for (const granted of world.grants.splice(0)) grant(world, granted);
}

function grant(world: World, { person, name, lasting, startedMs, together }: World['grants'][number]): void {
  if (world.charter.certificates.some((one) => one.name === name))
    world.issuing.push({ name, person, untilMs: lasting === undefined ? undefined : deadline(world.nowMs, lasting, world.charter.organization.dayEnds) });
  const role = world.charter.roles.find((one) => one.name === name);
  // S87: a role open to every key is held by everybody already.
  if (role === undefined || isOpenRole(role)) return;
  const roll = rollNow(world);
  const own = world.holdings.find((one) => one.role === name && one.person === person);
  // The upper head count is the number of seats (S109); where others fill them all, a new term has none either.
  if (role.held?.most !== undefined && seated(roll, name).filter((one) => one !== person).length >= role.held.most) return;
  if (breaksCap(roll, role, person, together)) return;
  // Decision 0087: how long somebody has been there is asked of the start of the case, so that waiting for it makes nobody eligible.
  const atStart = { ...roll, atMs: startedMs };
  const isOpen = ({ role: of, who }: CharterRole['openTo'][number]): boolean =>
    holders(roll, of).includes(person) && who.every((fact) => meetsFacts(fact.kind === 'joined' ? atStart : roll, person, [fact], [of]));
  if (role.openTo.length > 0 && !role.openTo.some(isOpen)) return;
  // Whichever ends first: the time written in the grant, or the term of the role.
  const ends = [lasting, role.term?.duration].flatMap((duration) =>
    duration === undefined ? [] : [deadline(world.nowMs, duration, world.charter.organization.dayEnds)],
  );
  const until = ends.length === 0 ? {} : { untilMs: Math.min(...ends) };
  // Whoever holds the role already goes on holding it since then; only the end moves.
  const order = own?.order ?? Math.max(0, ...world.holdings.map((one) => one.order)) + 1;
  const others = world.holdings.filter((one) => one !== own);
  const granted: Holding = { role: name, person, sinceMs: own?.sinceMs ?? world.nowMs, order, ...until };
  // S137, decision 0060: not if a rule could then never be met that could be before.
  const before = lockedRules(roll);
  if (lockedRules({ ...roll, holdings: [...others, granted] }).some((rule) => !before.includes(rule))) return;
  world.holdings = [...others, granted];
}

/** S137: refused only if it leaves no holder, no successor, and no process by which others fill the role. */
function remove(world: World, person: string, name: string): void {
  const role = world.charter.roles.find((one) => one.name === name);
  if (role === undefined) takeCertificate(world, name, person);
  if (role === undefined) return;
  const left = seated(rollNow(world), name).filter((one) => one !== person);
  const successor = role.succeededBy.some((other) => seated(rollNow(world), other).length > 0);
  if (left.length === 0 && !successor && role.gainedThrough.length === 0) return;
  lose(world, person, name);
}

/** Takes a role from a person, and with it the roles that are lost with it (S111): only at the instant at which it was held and is no more. */
export function lose(world: World, person: string, name: string): void {
  if (!seated(rollNow(world), name).includes(person)) return;
  world.holdings = world.holdings.filter((one) => one.role !== name || one.person !== person);
  for (const role of world.charter.roles) if (role.lostWith === name) lose(world, person, role.name);
}

/** The next instant at which a term ends. */
export function termDueMs(world: World): number | undefined {
  const ends = world.holdings.flatMap(({ untilMs }) => untilMs ?? []);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Ends the terms that are over. */
export function endTerms(world: World): void {
  const over = world.holdings.filter(({ untilMs }) => untilMs !== undefined && untilMs <= world.nowMs);
  for (const { role, person } of over) {
    lose(world, person, role);
  }
}

/** S13: no case of the process may open while a role that has a part in it is short and does not list it. */
export function shortRole(world: World, process: CharterProcess): string | undefined {
  return world.charter.roles.find(
    ({ name, held, whileShort }) =>
      whileShort !== undefined &&
      held !== undefined &&
      seated(rollNow(world), name).length < held.least &&
      !whileShort.includes(process.name) &&
      hasPart(process.stages, name),
  )?.name;
}

/** A role has a part where it acts, votes or stands; starting, being granted or removed decides nothing. */
function hasPart(part: unknown, name: string): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return Object.entries(part).some(([key, inner]) => {
    if (key === 'role' || key === 'roles' || key === 'of') return inner === name || (Array.isArray(inner) && inner.includes(name));
    return key !== 'effects' && hasPart(inner, name);
  });
}
