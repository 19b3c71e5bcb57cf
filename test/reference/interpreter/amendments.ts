// Changes of the rules: what protects them, when they are stale, what they do to open cases (S57-S60, S88, S137, decision 0060).
import type { Charter, CharterProtection } from '../../../engine/index.ts';
import { leavesAmounts } from './amounts.ts';
import { areaProblemOf } from './content.ts';
import { partAt } from './parts.ts';
import { firstClocks, lapse } from './lapses.ts';
import { lockedRules } from './locks.ts';
import { rollNow } from './rosters.ts';
import { plus } from './time.ts';
import type { Adopted, Case, Event, World } from './world.ts';

/** The text of a part of bylaws without its titles: what two Charters are compared by. */
function plain(part: unknown): string {
  return JSON.stringify(part, (key, value: unknown) => (key === 'title' ? undefined : value)) ?? 'absent';
}

function isBoundsOnly({ bounds, neverChanged, changedThrough, lapses }: CharterProtection): boolean {
  return bounds.length > 0 && neverChanged === undefined && changedThrough === undefined && lapses === undefined;
}

/** A time as a whole number of milliseconds or of months (S2). Undefined: it is no time. */
function timeOf(part: unknown): { readonly kind: 'exact' | 'months'; readonly size: number } | undefined {
  // The term of a role has its time inside.
  const { count, duration, unit }: { readonly count?: unknown; readonly duration?: unknown; readonly unit?: unknown } = Object(part);
  if (duration !== undefined) return timeOf(duration);
  if (typeof count !== 'number') return undefined;
  if (unit === 'month' || unit === 'year') return { kind: 'months', size: unit === 'month' ? count : 12 * count };
  return { kind: 'exact', size: plus(0, { count, unit: unit === 'minute' ? 'minute' : unit === 'hour' ? 'hour' : unit === 'week' ? 'week' : 'day' }) };
}

const dayMs = 86_400_000;

/** So many months in milliseconds, with the length of a year and of a month in days. */
function lengthOf(months: number, [yearDays, monthDays]: readonly [number, number]): number {
  return (Math.floor(months / 12) * yearDays + (months % 12) * monthDays) * dayMs;
}

/** Decision 0060: one time is at most another whichever month and year is meant. */
function isAtMost(one: NonNullable<ReturnType<typeof timeOf>>, other: NonNullable<ReturnType<typeof timeOf>>): boolean {
  if (one.kind === other.kind) return one.size <= other.size;
  return (one.kind === 'exact' ? one.size : lengthOf(one.size, [366, 31])) <= (other.kind === 'exact' ? other.size : lengthOf(other.size, [365, 28]));
}

/** S60: what sets a value outside of its bounds, to one that cannot be compared with them, or takes it away. What leaves it as it was sets nothing. */
function setsOutside(before: Charter, next: Charter, { path, from, to }: CharterProtection['bounds'][number]): boolean {
  if (from.kind !== 'duration' || to.kind !== 'duration') return false;
  if (plain(partAt(before, path)) === plain(partAt(next, path))) return false;
  const [least, value, most] = [from.duration, partAt(next, path), to.duration].map(timeOf);
  if (least === undefined || value === undefined || most === undefined) return true;
  return !isAtMost(least, value) || !isAtMost(value, most);
}

/** S88: nothing but titles differs from what is written, whatever of it has lapsed. */
export function isWordingOnlyChange(world: World, adopts: Adopted | undefined): boolean {
  return adopts === undefined || plain(adopts.charter) === plain(world.written);
}

function namesOf(charter: Charter): readonly string[] {
  return Object.values(charter).flatMap((part: unknown) => (Array.isArray(part) ? part.map((one: unknown) => String(Object(one).name)) : []));
}

/** S60: whether new bylaws let a declaration lapse, or otherwise than before. */
function isToLapse(before: Charter, next: Charter, name: string | undefined): boolean {
  const isNew = (one: CharterProtection): boolean => !before.protections.some((other) => plain(other) === plain(one));
  return next.protections.some((one) => one.lapses !== undefined && isNew(one) && one.paths.some(([head, ...rest]) => head === name && rest.length === 0));
}

/** S59, S60: whether new bylaws touch what a protection guards from this process. */
export function isProtected(world: World, process: string, { charter: next }: Adopted): boolean {
  // What has lapsed is gone: nothing guards it, also where the text goes on saying so.
  const [written, inForce] = [namesOf(world.written), namesOf(world.charter)];
  const isThere = ([head = '']: readonly string[]): boolean => !written.includes(head) || inForce.includes(head);
  return world.charter.protections.some((whole) => {
    const protection = { ...whole, paths: whole.paths.filter(isThere), bounds: whole.bounds.filter(({ path }) => isThere(path)) };
    if (protection.paths.length + protection.bounds.length === 0) return false;
    const through = protection.neverChanged === undefined && protection.changedThrough === process;
    const guards = !through && !isBoundsOnly(protection) && (protection.neverChanged !== undefined || protection.changedThrough !== undefined);
    const differs = (path: readonly string[]): boolean => plain(partAt(world.charter, path)) !== plain(partAt(next, path));
    // S101: a second call brings a quorum of its own, or none. S60: what new bylaws let lapse they remove, only later.
    const touched = protection.paths.some(
      (path) => differs(path) || (path.at(-1) === 'quorum' && differs([...path.slice(0, -1), 'secondCall'])) || isToLapse(world.charter, next, path[0]),
    );
    const stands = next.protections.some((one) => plain(one) === plain(whole));
    return (
      (guards && (touched || !stands)) ||
      protection.bounds.some((bound) => setsOutside(world.charter, next, bound) || leavesAmounts(world.charter, next, bound))
    );
  });
}

/** What is wrong with a change as a process would merge it: its paths, and the bylaws that come with it. */
export function changeProblems(world: World, subject: Pick<Case, 'charter' | 'process'>, event: Pick<Event, 'change' | 'adopts'>): readonly string[] {
  const { change, adopts } = event;
  const { charter, process } = subject;
  const codes = change === undefined ? [] : [...areaProblemOf(charter, process, change)];
  if (process.wordingOnly !== undefined && !isWordingOnlyChange(world, adopts)) codes.push('GDO2002');
  // New bylaws come with the text that says them.
  if (adopts !== undefined && !(change ?? []).some(({ path }) => path.startsWith('bylaws/'))) codes.push('GDO2011');
  if (adopts !== undefined && isProtected(world, process.name, adopts)) codes.push('GDO2004');
  return codes;
}

/** S137: new bylaws with a rule that nobody could meet, which was not so before. */
export function amendmentProblem(world: World, { adopts }: Pick<Case, 'adopts'>): boolean {
  if (adopts === undefined) return false;
  const roll = rollNow(world);
  const before = lockedRules(roll);
  return lockedRules({ ...roll, charter: adopts.charter }).some((rule) => !before.includes(rule));
}

/** S58: puts new bylaws in force; open cases keep their rules, unless the amendment asks otherwise and their own rules allow it. */
export function adopt(world: World, abort: (subject: Case) => void): void {
  const next = world.adopting;
  if (next === undefined) return;
  world.adopting = undefined;
  // Decision 0056: with another rhythm, or none, a duty is another one, and the period that ran is owed by nobody.
  const rhythmOf = ({ duties }: Charter, duty: string): string => plain(duties.find(({ name }) => name === duty)?.every);
  world.owed = world.owed.filter(({ of, duty }) => of !== undefined || rhythmOf(world.charter, duty) === rhythmOf(next.charter, duty));
  world.charter = next.charter;
  world.written = next.charter;
  world.clocks = firstClocks(next.charter, world.nowMs, world.clocks);
  // What has lapsed stays so, whatever the text goes on saying.
  lapse(world);
  world.bylawsHash = next.hash;
  world.adopted += 1;
  const answer = next.by?.inFlight;
  for (const subject of world.cases) {
    if (!subject.started || subject.ended !== undefined || !subject.process.inFlight.some((one) => one === answer)) continue;
    // Decision 0149: where the new bylaws have no such process there is nothing to begin again.
    if (answer === 'restart' && world.charter.processes.some(({ name }) => name === subject.process.name))
      subject.sentTo = { stage: undefined, underNew: true };
    if (answer === 'abort') abort(subject);
  }
}
