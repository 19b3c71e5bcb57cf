// Limits: cases of a process, starters and supporters of one group, caps of roles with their remedies (S97, S108, S114, S115, decisions 0052, 0057, 0062).
import type { CharterLimit, CharterProcess, CharterRole } from '../../../engine/index.ts';
import { groupOf } from './records.ts';
import { rollNow, seated } from './rosters.ts';
import { waivers } from './terms.ts';
import { deadline, plus } from './time.ts';
import type { Case, Roll, World } from './world.ts';
import { isRunning } from './world.ts';

/** The attribute or the people of each of whom a limit counts by itself. */
export function eachOf({ per }: CharterLimit): string | undefined {
  return per.flatMap((one) => (one.kind === 'each' ? [one.name] : []))[0];
}

function countOf({ amount }: CharterLimit): number {
  return amount.kind === 'count' ? amount.value : Infinity;
}

/** S108: `per author` counts a case for each starter. Windows end now. `joining`: the case that somebody would start too. */
export function isOverCases(world: World, process: CharterProcess, person: string, joining?: Case): boolean {
  return process.limits.some((limit) => {
    if (limit.counted !== 'cases') return false;
    const counted = world.cases.filter(
      (subject) =>
        subject.process.name === process.name &&
        subject !== joining &&
        (eachOf(limit) === undefined || subject.starters.includes(person)) &&
        // Decisions 0030, 0110: with a window the cases that started in it, without one those that are open at once.
        (limit.per.some((one) => one.kind === 'window') || subject.ended === undefined || isRunning(subject)) &&
        limit.per.every((one) => one.kind !== 'window' || world.nowMs < plus(subject.startedMs, one.duration)),
    );
    return counted.length + 1 > countOf(limit);
  });
}

/** The people who count where `limit n NOUN per ATTRIBUTE` lets n of each group count; `first` take a place of their group without being counted. */
export function withinGroups(
  roll: Roll,
  limits: readonly CharterLimit[],
  { people, first, noun }: { readonly people: readonly string[]; readonly first: readonly string[]; readonly noun: string },
): readonly string[] {
  return limits
    .filter(({ counted }) => counted === noun)
    .reduce<readonly string[]>((left, limit) => {
      const attributes = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
      const before = limit.including === undefined ? [] : first;
      return left.filter((person, place) => {
        const isAlike = (one: string): boolean => attributes.every((attribute) => groupOf(roll, attribute, one) === groupOf(roll, attribute, person));
        // Whoever stands has their own place, so their own support needs no other.
        const taken = before.filter((one) => one !== person && isAlike(one)).length;
        const ahead = left.slice(0, place).filter((one) => !before.includes(one) && isAlike(one)).length;
        return before.includes(person) || taken + ahead < countOf(limit);
      });
    }, people);
}

function capsOf(role: CharterRole): readonly CharterLimit[] {
  return role.limits.filter(({ counted }) => counted === role.name);
}

export function isShare({ amount }: CharterLimit): boolean {
  return amount.kind === 'share';
}

/** Decision 0057: a share is of the holders, counted down, and leaves one. */
export function most(limit: CharterLimit, holders: number): number {
  const { amount } = limit;
  return amount.kind === 'share' ? Math.max(1, Number((BigInt(amount.numerator) * BigInt(holders)) / BigInt(amount.denominator))) : countOf(limit);
}

function groupSize(roll: Roll, attribute: string, people: readonly string[], group: string): number {
  return people.filter((person) => groupOf(roll, attribute, person) === group).length;
}

/** A grant that is asked for; `holders` are as many as hold the role once everybody has it whom the same effect means. */
interface Asked {
  readonly role: CharterRole;
  readonly person: string;
  readonly holders: number;
}

/** The caps that a grant would break. */
function brokenBy(roll: Roll, { role, person, holders }: Asked): readonly CharterLimit[] {
  const after = [...new Set([...seated(roll, role.name), person])];
  return capsOf(role).filter((limit) => {
    const attribute = eachOf(limit) ?? '';
    return groupSize(roll, attribute, after, groupOf(roll, attribute, person)) > most(limit, holders);
  });
}

/** S114: whether a grant would break a cap that no case waives. */
export function breaksCap(world: World, roll: Roll, asked: Asked): boolean {
  return brokenBy(roll, asked).some(
    ({ waivedThrough }) => waivedThrough === undefined || waivers(world, asked.role.name, asked.person, waivedThrough).length === 0,
  );
}

/** The processes whose cases waive the caps that a grant breaks, each once. */
export function capsWaived(roll: Roll, asked: Asked): readonly string[] {
  return [...new Set(brokenBy(roll, asked).flatMap(({ waivedThrough }) => waivedThrough ?? []))];
}

/** The holders of groups that are too many, without whom a case let in; decision 0057: in the order of their newest grant. */
function overCap(roll: Roll, role: CharterRole, limit: CharterLimit): readonly string[] {
  const newest = (person: string): readonly [number, number] => {
    const own = roll.holdings.find((one) => one.role === role.name && one.person === person);
    return [own?.fromMs ?? 0, own?.order ?? 0];
  };
  const all = seated(roll, role.name);
  const isLetIn = (person: string): boolean =>
    roll.holdings.some((one) => one.role === role.name && one.person === person && one.letInThrough?.includes(limit.waivedThrough ?? '') === true);
  const people = all.filter((person) => !isLetIn(person)).sort((one, other) => newest(one)[0] - newest(other)[0] || newest(one)[1] - newest(other)[1]);
  const attribute = eachOf(limit) ?? '';
  return people.filter((person) => groupSize(roll, attribute, people, groupOf(roll, attribute, person)) > most(limit, all.length));
}

type Lose = (person: string, role: string) => void;

/** A cap that an amendment changes is another one, wherever it stands. */
function keyOf(role: CharterRole, limit: CharterLimit): string {
  return JSON.stringify([role.name, limit]);
}

/** Before when the remedy of a broken cap does not run: at once, or its time after the break was seen. */
function waitMs(world: World, limit: CharterLimit, seenMs: number): number {
  const { otherwise } = limit;
  if (otherwise?.kind !== 'leave') return Infinity;
  return otherwise.after === undefined ? seenMs : deadline(seenMs, otherwise.after, world.charter.organization.dayEnds);
}

/** When the remedy of a broken cap runs by itself. */
function remedyMs(world: World, limit: CharterLimit, seenMs: number): number {
  return limit.otherwise?.kind === 'leave' && limit.otherwise.at === undefined ? waitMs(world, limit, seenMs) : Infinity;
}

/** Every cap that is broken now. */
function brokenNow(world: World): readonly { readonly role: CharterRole; readonly limit: CharterLimit; readonly key: string }[] {
  const caps = world.charter.roles.flatMap((role) => capsOf(role).map((limit) => ({ role, limit, key: keyOf(role, limit) })));
  return caps.filter(({ role, limit }) => overCap(rollNow(world), role, limit).length > 0);
}

function letLeave(world: World, { role, limit }: { readonly role: CharterRole; readonly limit: CharterLimit }, lose: Lose): void {
  for (;;) {
    const over = overCap(rollNow(world), role, limit);
    if (over.length === 0 || limit.otherwise?.kind !== 'leave') return;
    const { who } = limit.otherwise;
    for (const person of who === 'all' ? over : who === 'newest' ? over.slice(-1) : over.slice(0, 1)) lose(person, role.name);
  }
}

/** Decision 0061: a case has got where remedies wait for one; those run whose cap was found broken before, and whose time is over. */
export function mendAt(world: World, path: string, lose: Lose): void {
  for (const { role, limit, key } of brokenNow(world)) {
    const seenMs = world.broken.get(key);
    const { otherwise } = limit;
    if (seenMs === undefined || otherwise?.kind !== 'leave' || otherwise.at?.join('.') !== path) continue;
    if (waitMs(world, limit, seenMs) > world.nowMs) continue;
    letLeave(world, { role, limit }, lose);
    world.broken.delete(key);
  }
}

/** Looks at every cap at the end of an epoch, until there is none whose remedy runs now; `lose` takes the role as by resignation. */
export function mendCaps(world: World, lose: Lose): void {
  for (;;) {
    const broken = brokenNow(world);
    for (const { key } of broken) world.broken.set(key, world.broken.get(key) ?? world.nowMs);
    const next = broken.find(({ limit, key }) => remedyMs(world, limit, world.broken.get(key) ?? Infinity) <= world.nowMs);
    if (next === undefined) break;
    // It is mended for good before another one is looked at, and a new break is a new one.
    letLeave(world, next, lose);
    world.broken.delete(next.key);
  }
  const still = brokenNow(world).map(({ key }) => key);
  for (const key of world.broken.keys()) if (!still.includes(key)) world.broken.delete(key);
}

/** The next instant at which a remedy runs. */
export function capDueMs(world: World): number {
  const instants = world.charter.roles.flatMap((role) =>
    capsOf(role).flatMap((limit) => {
      const seenMs = world.broken.get(keyOf(role, limit));
      return seenMs === undefined ? [] : [remedyMs(world, limit, seenMs)];
    }),
  );
  return Math.min(Infinity, ...instants);
}
