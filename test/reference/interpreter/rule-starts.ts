// Cases that nobody proposes: when a role falls short, by the calendar, after another case (S109, decision 0061).
import type { CharterProcess, CharterStart } from '../../../engine/index.ts';
import { compares } from './bounds.ts';
import { nextMs } from './calendar.ts';
import { asksForRole, names } from './matter.ts';
import { shortRole } from './outcomes.ts';
import { holders, isOpenRole, meetsFacts, rollNow, seated, seatsOf } from './rosters.ts';
import type { Case, World } from './world.ts';

type Rule = Exclude<CharterStart, { readonly kind: 'by' }>;

interface RuleOf {
  readonly process: CharterProcess;
  readonly rule: Rule;
  readonly key: string;
}

function rulesOf(world: World): readonly RuleOf[] {
  return world.charter.processes.flatMap((process) =>
    process.starts.flatMap((rule, place) => (rule.kind === 'by' ? [] : [{ process, rule, key: `${process.name} ${place}` }])),
  );
}

/** S109: an acting holder fills no seat, a suspended one does. */
function isShort(world: World, rule: Extract<Rule, { readonly kind: 'when' }>): boolean {
  const { shortage } = rule;
  const roll = rollNow(world);
  const role = roll.charter.roles.find(({ name }) => name === shortage.role);
  // S60: a role that has lapsed has no seats to fill.
  if (role === undefined) return false;
  // S87: a role open to every key is held by everybody.
  const count = isOpenRole(role) ? roll.joined.size : seated(roll, shortage.role).length;
  if (shortage.kind === 'headcount') return compares(BigInt(count), shortage.comparison, BigInt(shortage.amount));
  return shortage.which === 'the' ? count === 0 : count < seatsOf(roll, shortage.role);
}

/** Whom a case that nobody proposes is about. */
export interface About {
  readonly subjects: readonly string[];
  readonly candidates: readonly string[];
  /** Which role it asks for. */
  readonly role: string | undefined;
}

/** Opens a case of a process. */
export type Open = (process: CharterProcess, about: About, by?: Case) => void;

/** Decision 0061: about everybody whom `about` means; not where that is nobody, nor where a role has to be asked for and none is. */
function start(world: World, process: CharterProcess, role: string | undefined, open: Open): void {
  const { about } = process;
  if (shortRole(world, process) !== undefined || (role === undefined && asksForRole(process))) return;
  const roll = rollNow(world);
  const people = about === undefined ? [] : holders(roll, about.role).filter((person) => meetsFacts(roll, person, about.who, [about.role]));
  // Who speaks of a subject needs one.
  if (people.length === 0 && names(process, 'subject')) return;
  if (about === undefined || people.length > 0) open(process, { subjects: people, candidates: [], role });
}

/** Decision 0110: what starts after a case is about the people that case names; with `about` only if they all are such people. */
function startAfter(world: World, process: CharterProcess, by: Case, open: Open): void {
  const named = by.subjects.length > 0 ? by.subjects : by.given;
  if (named.length === 0) {
    start(world, process, by.role, (one, about) => {
      open(one, about, by);
    });
    return;
  }
  const { about } = process;
  if (shortRole(world, process) !== undefined || (by.role === undefined && asksForRole(process))) return;
  const roll = rollNow(world);
  const candidates = by.given.filter((person) => !by.struck.includes(person));
  const people = by.subjects.length > 0 ? by.subjects : candidates;
  const are = about === undefined || people.every((person) => holders(roll, about.role).includes(person) && meetsFacts(roll, person, about.who, [about.role]));
  if (by.subjects.length === 0 && names(process, 'subject')) return;
  if (are) open(process, { subjects: by.subjects, candidates, role: by.role }, by);
}

/** The process of the bylaws in force that something starts by its name; new ones may have it no longer. */
function processNamed(world: World, name: string): CharterProcess | undefined {
  return world.charter.processes.find((one) => one.name === name);
}

/** `start P`: what a case starts by its outcome is about the people that case names, like what starts after it. */
export function startByOutcome(world: World, name: string, by: Case | undefined, open: Open): void {
  const process = processNamed(world, name);
  if (process === undefined) return;
  if (by === undefined) start(world, process, undefined, open);
  else startAfter(world, process, by, open);
}

/** Decision 0062: what the rules start to fill a seat. */
export function startForSeat(world: World, seat: { readonly process: string; readonly role: string }, open: Open): void {
  const process = processNamed(world, seat.process);
  if (process !== undefined) start(world, process, seat.role, open);
}

/** Decision 0061: one case for each role that is gained or lost through the process. */
function rolesAsked(world: World, process: CharterProcess): readonly (string | undefined)[] {
  if (!asksForRole(process)) return [undefined];
  return world.charter.roles
    .filter(({ gainedThrough, lost }) => gainedThrough.includes(process.name) || lost.some((loss) => loss.kind === 'process' && loss.process === process.name))
    .map(({ name }) => name);
}

/** Starts what shortages and calendars start at the end of an epoch. */
export function startByClocks(world: World, open: Open): void {
  // A deadline comes before what is so at its instant (S18).
  for (const { process, rule } of rulesOf(world)) {
    if (rule.kind === 'every' && nextMs(rule, world.ruledMs) <= world.nowMs) for (const role of rolesAsked(world, process)) start(world, process, role, open);
  }
  for (const { process, rule, key } of rulesOf(world)) {
    if (rule.kind !== 'when') continue;
    const short = isShort(world, rule);
    if (short && !world.short.has(key)) start(world, process, rule.shortage.role, open);
    if (short) world.short.add(key);
    else world.short.delete(key);
  }
  world.ruledMs = world.nowMs;
}

/** Starts what follows from where cases have got to in this epoch. */
export function startAfterCases(world: World, reached: World['reached'], open: Open): void {
  for (const { process, rule } of rulesOf(world))
    if (rule.kind === 'after') for (const { path, by } of reached) if (path === rule.path.join('.')) startAfter(world, process, by, open);
}

/** The next instant of a calendar. */
export function ruleDueMs(world: World): number {
  return Math.min(Infinity, ...rulesOf(world).map(({ rule }) => (rule.kind === 'every' ? nextMs(rule, world.ruledMs) : Infinity)));
}
