// Duties: what is owed by when, who did it, and what follows if nobody does (S65, decision 0056).
import type { CharterDuty, CharterGranted } from '../../../engine/index.ts';
import { give } from './awards.ts';
import { meetsBound, sharesOf } from './bounds.ts';
import { endBy } from './cases.ts';
import { isHeld } from './held.ts';
import { pay } from './money.ts';
import { takeAway } from './holding.ts';
import { takeCertificate } from './office.ts';
import { holders, peopleOf, rollNow } from './rosters.ts';
import { deadline, plus } from './time.ts';
import type { Case, World } from './world.ts';

/** Something that is owed once, by an instant; `of`: the case it follows from. */
export interface Owed {
  readonly duty: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly of: number | undefined;
  readonly done: readonly string[];
  /** Enough people of those who are asked had done it. */
  readonly isDone: boolean;
}

function firstMs(duty: CharterDuty): number {
  const from = duty.every?.from ?? '';
  return Date.parse(from.includes('T') ? from : `${from}T00:00Z`);
}

function periodMs(duty: CharterDuty, count: number): number {
  const every = duty.every?.duration ?? { count: 1, unit: 'day' };
  return count === 0 ? firstMs(duty) : plus(firstMs(duty), { ...every, count: every.count * count });
}

/** The end of the first period of a duty that ends after an instant. */
function nextEnd(duty: CharterDuty, afterMs: number): { readonly fromMs: number; readonly untilMs: number } {
  for (let count = 0; ; count += 1) {
    const untilMs = periodMs(duty, count + 1);
    if (untilMs > afterMs) return { fromMs: periodMs(duty, count), untilMs };
  }
}

/** Whether enough of those who are asked have done it. */
function areEnough(world: World, duty: CharterDuty, people: readonly string[]): boolean {
  const actor = duty.done?.actor;
  if (actor?.kind !== 'count') return people.length > 0;
  const roll = rollNow(world);
  return meetsBound(BigInt(people.length), actor.comparison, actor.bound, (share) => BigInt(holders(roll, share.role).length));
}

/** An act of some verb was done: by it one thing that is owed may be done. `subject`: in that case. */
export function doDuty(
  world: World,
  done: { readonly verb: string; readonly person: string; readonly text: string | undefined; readonly subject?: Case },
): void {
  const roll = rollNow(world);
  for (const duty of world.charter.duties) {
    const act = duty.done;
    if (act === undefined || act.verb !== done.verb || (act.text !== undefined && act.text !== done.text)) continue;
    const roles = act.actor.kind === 'count' ? sharesOf(act.actor.bound).map(({ role }) => role) : [act.actor.role];
    if (!roles.some((role) => holders(roll, role).includes(done.person))) continue;
    const owed = world.owed.filter((one) => one.duty === duty.name && one.fromMs <= world.nowMs && !one.isDone);
    const own = done.subject === undefined ? owed[0] : owed.find((one) => one.of === undefined || one.of === done.subject?.number);
    const people = [...new Set([...(own?.done ?? []), done.person])];
    world.owed = world.owed.map((one) => (one === own ? { ...one, done: people, isDone: areEnough(world, duty, people) } : one));
  }
}

/** What becomes owed: the period that runs, and what follows from cases that have reached a place. */
export function noteDuties(world: World, reached: World['reached']): void {
  for (const duty of world.charter.duties) {
    if (duty.every !== undefined && !world.owed.some((one) => one.duty === duty.name)) {
      const { fromMs, untilMs } = nextEnd(duty, world.nowMs);
      world.owed = [...world.owed, { duty: duty.name, fromMs, untilMs, of: undefined, done: [], isDone: false }];
    }
    const { within } = duty;
    if (within === undefined) continue;
    for (const { path, by } of reached) {
      const untilMs = deadline(world.nowMs, within.duration, world.charter.organization.dayEnds);
      // Decision 0169: what is reached twice at one instant is owed once.
      const isOwed = world.owed.some((one) => one.duty === duty.name && one.of === by.number && one.untilMs === untilMs && !one.isDone);
      if (path === within.of.join('.') && !isOwed)
        world.owed = [...world.owed, { duty: duty.name, fromMs: world.nowMs, untilMs, of: by.number, done: [], isDone: false }];
    }
  }
}

/** The next instant at which something that nobody has done is overdue. */
export function dutyDueMs(world: World): number {
  return Math.min(
    Infinity,
    ...world.owed.flatMap((one) => {
      const duty = world.charter.duties.find(({ name }) => name === one.duty);
      return duty === undefined || (one.of !== undefined && one.isDone) ? [] : [one.untilMs];
    }),
  );
}

/** Brings about what follows from each thing that is overdue, once. */
export function endDuties(world: World): void {
  const overdue = world.owed.filter(({ untilMs }) => untilMs <= world.nowMs);
  world.owed = world.owed.filter((one) => !overdue.includes(one));
  for (const one of overdue.toSorted((a, b) => a.untilMs - b.untilMs)) {
    const duty = world.charter.duties.find(({ name }) => name === one.duty);
    if (duty !== undefined && !one.isDone)
      follow(
        world,
        duty,
        world.cases.find(({ number }) => number === one.of),
      );
  }
}

function follow(world: World, { otherwise }: CharterDuty, subject: Case | undefined): void {
  if (otherwise === undefined) return;
  const roll = rollNow(world);
  const people = (name: string): readonly string[] => (subject === undefined ? holders(roll, name) : peopleOf(roll, subject, name));
  const isCertificate = (what: CharterGranted): boolean => what.kind === 'named' && world.charter.certificates.some(({ name }) => name === what.name);
  if (otherwise.kind === 'remove' && otherwise.what.kind === 'named')
    for (const person of people(otherwise.from)) {
      if (isCertificate(otherwise.what)) takeCertificate(world, otherwise.what.name, person);
      else takeAway(world, person, otherwise.what.name);
    }
  // A role that a duty gives is not in the reference yet.
  if (otherwise.kind === 'grant' && otherwise.what.kind === 'named' && isCertificate(otherwise.what)) {
    const untilMs = otherwise.for === undefined ? undefined : deadline(world.nowMs, otherwise.for, world.charter.organization.dayEnds);
    for (const person of people(otherwise.to)) world.issuing.push({ name: otherwise.what.name, person, by: undefined, untilMs });
  }
  if (otherwise.kind === 'award')
    for (const person of people(otherwise.to))
      give(world, { points: otherwise.points, person, amount: otherwise.amount, authors: subject === undefined ? [] : [subject.author] });
  if (otherwise.kind === 'pay' && subject !== undefined) pay(world, subject, otherwise.account);
  if (otherwise.kind === 'start') world.started.push({ process: otherwise.process, by: subject, isOwed: true });
  if (otherwise.kind === 'refuse-merge' && subject !== undefined) {
    if (subject.merge?.standing === 'waiting') subject.merge = { ...subject.merge, standing: 'refused' };
    // While another case holds its process the duty ends nothing.
    else if (subject.ended === undefined && !isHeld(world, subject)) endBy(world, subject, 'refused');
  }
}
