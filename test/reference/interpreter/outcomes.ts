// What an outcome does to roles, and how roles are gained and lost (S13, S14, S108, S111, S114, S131, S137).
import type { CharterEffect, CharterGranted, CharterOutcome, CharterProcess, CharterRole } from '../../../engine/index.ts';
import { give } from './awards.ts';
import { note, noteRemoved, overtake, takeBack } from './decisions.ts';
import { isLastWay, takeAway } from './holding.ts';
import { giveCertificate, takeCertificate } from './office.ts';
import { breaksCap, capsWaived, isShare } from './limits.ts';
import { lockedRules } from './locks.ts';
import { pay } from './money.ts';
import { certificateOf } from './records.ts';
import { holders, isOpenRole, meetsFacts, peopleOf, rollFor, rollNow, seated } from './rosters.ts';
import { takeSeats, waitsForSeat } from './seats.ts';
import { breaksTerms, noteTerm, useWaiver, waive } from './terms.ts';
import { deadline } from './time.ts';
import type { Case, Holding, World } from './world.ts';
import { isRunning } from './world.ts';

function grantedName(subject: Case, what: CharterGranted): string {
  return what.kind === 'named' ? what.name : (subject.role ?? '');
}

function recipients(world: World, subject: Case, effect: Extract<CharterEffect, { readonly kind: 'grant' }>): readonly string[] {
  const people = peopleOf(rollFor(world, subject), subject, effect.to);
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
        world.grants.push({ person, together, name: grantedName(subject, effect.what), lasting: effect.for, by: subject, to: effect.to });
    }
    if (effect.kind === 'award')
      for (const person of peopleOf(rollFor(world, subject), subject, effect.to))
        if (give(world, { points: effect.points, person, amount: effect.amount, authors: [subject.author], by: subject.number }))
          note(subject, { kind: 'awarded' });
    if (effect.kind === 'pay' && pay(world, subject, effect.account)) note(subject, { kind: 'paid' });
    if (effect.kind === 'remove')
      for (const person of peopleOf(rollFor(world, subject), subject, effect.from)) remove(world, subject, person, grantedName(subject, effect.what));
    if (effect.kind === 'reverse') {
      const decided = world.cases.find(({ number }) => number === subject.decision);
      if (decided !== undefined) takeBack(world, decided, subject.process.name);
    }
    if (effect.kind === 'strike') strike(world, effect.from, peopleOf(rollFor(world, subject), subject, effect.who));
    if (effect.kind === 'start') world.started.push({ process: effect.process, by: subject });
    if (effect.kind === 'accept-merge' && effect.ratified !== undefined)
      subject.ratify = { process: effect.ratified.process, untilMs: deadline(world.nowMs, effect.ratified.within, subject.charter.organization.dayEnds) };
  }
}

/** S121: takes people from the open cases of a process. */
function strike(world: World, process: string, people: readonly string[]): void {
  for (const other of world.cases) if (other.process.name === process && isRunning(other)) other.struck = [...other.struck, ...people];
}

/** ledger.md section 9: removals act at once, grants at the end of the epoch, after the terms that end in it. */
export function applyGrants(world: World): void {
  takeSeats(world, grant);
  for (let first = world.grants[0]; first !== undefined; first = world.grants[0]) grantTogether(world, first);
  // Where a role is not lost through expiry, a term may be over already.
  takeSeats(world, grant);
}

/** The first grants that wait are made, where so many hold the role in the end. */
function make(world: World, count: number, size: number): void {
  for (const granted of world.grants.splice(0, count)) if (!waitsForSeat(world, granted)) grant(world, granted, size);
}

/** Makes the grants of one effect. Decision 0057: a share is of those who hold the role after them; of several such numbers it is the largest. */
function grantTogether(world: World, { name, together, by }: World['grants'][number]): void {
  const count = world.grants.filter((one) => one.together === together).length;
  const role = by.charter.roles.find((one) => one.name === name);
  let size = new Set([...seated(rollNow(world), name), ...together]).size;
  const holdersAfter = (): number => {
    const trial = structuredClone({ ...world, entering: [] });
    make(trial, count, size);
    return seated(rollNow(trial), name).length;
  };
  while (role?.limits.some(isShare) === true && holdersAfter() < size) size -= 1;
  make(world, count, size);
}

/** Whether somebody holds a role by a grant now. @param size - of how many holders a share is */
function grant(world: World, { person, name, lasting, by }: World['grants'][number], size: number): boolean {
  const { startedMs } = by;
  // What wins may be a proposal or a color, and holds nothing.
  if (!world.joined.has(person)) return false;
  if (world.charter.certificates.some((one) => one.name === name))
    giveCertificate(world, {
      name,
      person,
      by,
      untilMs: lasting === undefined ? undefined : deadline(world.nowMs, lasting, world.charter.organization.dayEnds),
    });
  const role = by.charter.roles.find((one) => one.name === name);
  // S87: a role open to every key is held by everybody already.
  if (role === undefined || isOpenRole(role)) return false;
  // S60: a role that has lapsed is nobody's any more, whichever rules a case goes by.
  if (world.written.roles.some((one) => one.name === name) && !world.charter.roles.some((one) => one.name === name)) return false;
  if (world.removed.some((one) => one.role === name && one.person === person)) return false;
  const roll = rollFor(world, by);
  const own = world.holdings.find((one) => one.role === name && one.person === person);
  // The upper head count is the number of seats (S109); where others fill them all, a new term has none either.
  if (role.held?.most !== undefined && seated(roll, name).filter((one) => one !== person).length >= role.held.most) return false;
  const asked = { role, person, holders: size };
  if (breaksCap(world, roll, asked) || breaksTerms(world, role, person)) return false;
  // Decision 0087: how long somebody has been there is asked of the start of the case, so that waiting for it makes nobody eligible.
  const atStart = { ...roll, atMs: startedMs };
  const isOpen = ({ role: of, who }: CharterRole['openTo'][number]): boolean =>
    holders(roll, of).includes(person) && who.every((fact) => meetsFacts(fact.kind === 'joined' ? atStart : roll, person, [fact], [of]));
  if (role.openTo.length > 0 && !role.openTo.some(isOpen)) return false;
  // Whichever ends first: the time written in the grant, or the term of the role.
  const ends = [lasting, role.term?.duration].flatMap((duration) =>
    duration === undefined ? [] : [deadline(world.nowMs, duration, world.charter.organization.dayEnds)],
  );
  const until = ends.length === 0 ? {} : { untilMs: Math.min(...ends) };
  // Whoever holds the role already goes on holding it since then; only the end moves.
  const order = own?.order ?? Math.max(0, ...world.holdings.map((one) => one.order)) + 1;
  const others = world.holdings.filter((one) => one !== own);
  const letInThrough = capsWaived(roll, asked);
  const granted: Holding = {
    role: name,
    person,
    sinceMs: own?.sinceMs ?? world.nowMs,
    order,
    fromMs: world.nowMs,
    votesBefore: own?.votesBefore ?? (own === undefined ? world.closedVotes.length : 0),
    grantedBy: by.number,
    ...(letInThrough.length === 0 ? {} : { letInThrough }),
    ...until,
    ...(lasting === undefined ? {} : { ends: true }),
  };
  // S137, decision 0060: not if a rule could then never be met that could be before.
  const inForce = rollNow(world);
  const before = lockedRules(inForce);
  if (lockedRules({ ...inForce, holdings: [...others, granted] }).some((rule) => !before.includes(rule))) return false;
  waive(world, role, person);
  for (const process of letInThrough) useWaiver(world, role, person, process);
  if (own !== undefined) noteTerm(world, own);
  world.holdings = [...others, granted];
  world.lapsed = world.lapsed.filter((one) => one.role !== name || one.person !== person);
  if (own === undefined) overtake(world, name, person, by.number);
  note(by, { kind: 'granted', role: name, person, before: own });
  return true;
}

/** S137: refused only if it leaves no holder, no successor, and no process by which others fill the role. */
function remove(world: World, subject: Case, person: string, name: string): void {
  const role = subject.charter.roles.find((one) => one.name === name);
  if (role === undefined) {
    const certificate = certificateOf(rollNow(world), name, person);
    if (certificate !== undefined) note(subject, { kind: 'taken', certificate });
    takeCertificate(world, name, person);
    return;
  }
  if (isLastWay(world, role, person)) return;
  noteRemoved(world, subject, { person, name, with: undefined });
  takeAway(world, person, name);
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
