// May this person use this thing? Decided from the papers (S89-S96, S100, decision 0058) by looking at every right; and locks, which are acts of office.
import type { CharterRight } from '../../../engine/index.ts';
import { holdsOnRecord } from './records.ts';
import { holders, isOpenRole, meetsFacts, rollNow, seated } from './rosters.ts';
import { isOfficer } from './office.ts';
import type { Event, Refusal, Roll, World } from './world.ts';
import { namesIn } from './world.ts';

/** An answer: allowed, or the reason, and the right it belongs to. */
export interface Answered {
  readonly reason: string;
  readonly right: string | undefined;
}

/** What whoever decides has before them: who is who, at which instant, and what is known of uses. */
export interface Sight {
  readonly roll: Roll;
  readonly lapsed: World['lapsed'];
  readonly locks: World['locks'];
  readonly offsetMinutes: number;
  readonly isDisabled: boolean;
  readonly isUsedUp: (right: CharterRight) => boolean;
  readonly isTooOld: (right: CharterRight) => boolean;
}

/** The reasons of S93 in their order. */
export const reasons: readonly string[] = [
  'unknown-thing',
  'unknown-credential',
  'credential-disabled',
  'locked',
  'suspended',
  'denied',
  'lapsed',
  'no-role',
  'condition',
  'outside-hours',
  'limit-reached',
  'too-long-offline',
];

/** Of several rights the one that allows, or the reason that came furthest (S94). */
function rank(reason: string): number {
  return reason === 'allowed' ? reasons.length : reasons.indexOf(reason);
}

/** A pattern of S51: `*` is anything within a part, `**` anything. */
function matches(pattern: string, thing: string): boolean {
  const [first, ...rest] = pattern.split('/');
  const [part, ...parts] = thing.split('/');
  if (first === '**') return rest.length === 0 || thing.split('/').some((_, index, all) => matches(rest.join('/'), all.slice(index).join('/')));
  if (first === undefined || part === undefined || (first !== '*' && first !== part)) return false;
  if (rest.length === 0 || parts.length === 0) return rest.length === parts.length;
  return matches(rest.join('/'), parts.join('/'));
}

/** The rights that cover a thing, in source order. */
function covering({ charter }: Roll, thing: string): readonly CharterRight[] {
  return charter.rights.filter(({ covers, except }) => covers.some((one) => matches(one, thing)) && !except.some((one) => matches(one, thing)));
}

function isSuspended(roll: Roll, name: string, person: string): boolean {
  return roll.suspended.some(([what, who]) => what === name && who === person);
}

/** Whether somebody has a name, resting or not. */
function has(roll: Roll, name: string, person: string): boolean {
  // A resting role is held; who would act for another by a role that rests does not (S12, S100).
  const role = roll.charter.roles.find((one) => one.name === name);
  const all = name === 'person' || (role !== undefined && isOpenRole(role)) ? holders({ ...roll, suspended: [] }, name) : holders(roll, name);
  return all.includes(person) || seated(roll, name).includes(person) || holdsOnRecord(roll, name, person);
}

/** S91: half-open spans in local time; one that ends on the next day belongs to the day it began on. */
function isOpen({ schedule }: CharterRight, localMs: number): boolean {
  const day = Math.floor(localMs / 86_400_000);
  const minute = (localMs - day * 86_400_000) / 60_000;
  // 1970-01-01 was a Thursday.
  const weekday = (of: number): number => ((((of + 3) % 7) + 7) % 7) + 1;
  return (
    schedule.length === 0 ||
    schedule.some(({ days, fromMinutes, toMinutes }) => {
      if (toMinutes > fromMinutes) return days.includes(weekday(day)) && minute >= fromMinutes && minute < toMinutes;
      return (days.includes(weekday(day)) && minute >= fromMinutes) || (days.includes(weekday(day - 1)) && minute < toMinutes);
    })
  );
}

function reasonUnder({ roll, lapsed, offsetMinutes, isUsedUp, isTooOld }: Sight, right: CharterRight, person: string): string {
  const awake = isSuspended(roll, right.name, person) ? [] : right.heldBy;
  const ways = awake.flatMap(({ roles, who }) =>
    roles.filter((role) => has(roll, role, person) && !isSuspended(roll, role, person)).map((role) => ({ role, who })),
  );
  // S93: lost by a report, and not gained again.
  const isLapsed = awake.some(({ roles }) => lapsed.some((one) => one.person === person && roles.includes(one.role)));
  if (ways.length === 0) return isLapsed ? 'lapsed' : 'no-role';
  if (!ways.some(({ role, who }) => meetsFacts(roll, person, who, [role]))) return 'condition';
  if (!isOpen(right, roll.atMs + offsetMinutes * 60_000)) return 'outside-hours';
  if (isUsedUp(right)) return 'limit-reached';
  return isTooOld(right) ? 'too-long-offline' : 'allowed';
}

/** S93, S94: the first reason that applies. */
export function answerFor(sight: Sight, thing: string, person: string): Answered {
  const { roll, locks } = sight;
  const rights = covering(roll, thing);
  const [first] = rights;
  if (first === undefined) return { reason: 'unknown-thing', right: undefined };
  if (!roll.joined.has(person)) return { reason: 'unknown-credential', right: first.name };
  if (sight.isDisabled) return { reason: 'credential-disabled', right: first.name };
  const lockable = rights.find(({ locked }) => locked !== undefined);
  if (lockable !== undefined && locks.some((lock) => lock.thing === thing && !lock.released)) return { reason: 'locked', right: lockable.name };
  const ways = rights.flatMap((right) =>
    right.heldBy.flatMap(({ roles }) => roles.filter((role) => has(roll, role, person)).map((role) => [right.name, role])),
  );
  if (ways.length > 0 && ways.every((names) => names.some((name) => isSuspended(roll, name, person)))) return { reason: 'suspended', right: first.name };
  const denying = rights.find(({ denied }) => denied.some(({ roles }) => roles.some((role) => has(roll, role, person))));
  if (denying !== undefined) return { reason: 'denied', right: denying.name };
  const answers = rights.map((right) => ({ reason: reasonUnder(sight, right, person), right: right.name }));
  return answers.toSorted((a, b) => rank(b.reason) - rank(a.reason))[0] ?? { reason: 'unknown-thing', right: undefined };
}

/** `lock`: by whoever a right of the thing names. */
export function lock(world: World, event: Event): Refusal {
  const [thing = ''] = namesIn(event.body['thing']);
  const rights = covering(rollNow(world), thing).filter(({ locked }) => locked !== undefined);
  if (rights.length === 0) return { codes: ['GDO1040', 'GDO1052'], reason: 'nothing that can be locked' };
  if (!rights.some(({ locked }) => locked !== undefined && isOfficer(world, locked.by, event.person)))
    return { codes: ['GDO1040'], reason: 'another locks this' };
  world.locks = [...world.locks, { id: event.id, thing, released: false }];
  return undefined;
}

/** `release`: one lock, by whoever a right of its thing names. */
export function release(world: World, event: Event): Refusal {
  const found = world.locks.find(({ id }) => id === event.body['lock']);
  if (found === undefined) return { codes: ['GDO1052'], reason: 'there is no such lock' };
  const rights = covering(rollNow(world), found.thing);
  const may = rights.some(({ locked }) => locked?.releasedBy.some((by) => isOfficer(world, by, event.person)) === true);
  if (!rights.some(({ locked }) => locked !== undefined)) return { codes: ['GDO1052'], reason: 'nothing that can be released' };
  if (found.released) return { codes: may ? [] : ['GDO1040', 'GDO1052'], reason: 'it is released already' };
  if (!may) return { codes: ['GDO1040'], reason: 'another releases this' };
  world.locks = world.locks.map((one) => (one === found ? { ...one, released: true } : one));
  return undefined;
}
