// Terms that were served, and the limits on them (S113, S114).
import type { CharterLimit, CharterRole } from '../../../engine/index.ts';
import { plus } from './time.ts';
import type { Holding, World } from './world.ts';

/** One term: when it began, when it ended or was followed by another, and when it would have ended. */
export interface Term {
  readonly role: string;
  readonly person: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly untilMs: number;
}

/** The term somebody is in, as if it ended now; none where nothing ends it. */
function running(world: World, { role, person, untilMs, fromMs, sinceMs }: Holding): readonly Term[] {
  return untilMs === undefined ? [] : [{ role, person, fromMs: fromMs ?? sinceMs, toMs: Math.min(world.nowMs, untilMs), untilMs }];
}

/** Puts the term that ends now on record. */
export function noteTerm(world: World, holding: Holding): void {
  world.terms = [...world.terms, ...running(world, holding)];
}

/** A term goes on that had been ended: what is taken back was none. */
export function forgetTerm(world: World, holding: Holding): void {
  const [{ fromMs } = { fromMs: undefined }] = running(world, holding);
  const place = world.terms.findLastIndex((one) => one.role === holding.role && one.person === holding.person && one.fromMs === fromMs);
  world.terms = world.terms.filter((_, index) => index !== place);
}

/** S113: how many terms count, the one that would be granted now among them. */
function counted(world: World, { name, term }: CharterRole, person: string, { inARow }: CharterLimit): number {
  const now = world.holdings.filter((one) => one.role === name && one.person === person).flatMap((one) => running(world, one));
  const all = [...world.terms.filter((one) => one.role === name && one.person === person), ...now];
  let nextMs = world.nowMs;
  let count = 1;
  for (const { fromMs, toMs, untilMs } of all.toReversed()) {
    // In a row unless a whole term lies between.
    if (inARow !== undefined && term !== undefined && plus(toMs, term.duration) <= nextMs) break;
    // It counts if more than half of it was served.
    if ((toMs - fromMs) * 2 > untilMs - fromMs) count += 1;
    nextMs = Math.min(nextMs, fromMs);
  }
  return count;
}

/** S114: the accepted cases of a process about somebody that have waived nothing of this role yet. */
export function waivers(world: World, role: string, person: string, process: string): readonly number[] {
  return world.cases
    .filter((subject) => subject.process.name === process && subject.ended?.accepts === true && subject.overMs !== undefined)
    .filter(({ matter }) => matter.people.includes(person))
    .map(({ number }) => number)
    .filter((number) => !world.waived.some((one) => one.role === role && one.person === person && one.case === number));
}

function brokenBy(world: World, role: CharterRole, person: string): readonly CharterLimit[] {
  return role.limits.filter((limit) => limit.counted === 'terms' && limit.amount.kind === 'count' && counted(world, role, person, limit) > limit.amount.value);
}

/** Whether a grant would break a limit that no case waives. */
export function breaksTerms(world: World, role: CharterRole, person: string): boolean {
  return brokenBy(world, role, person).some(
    ({ waivedThrough }) => waivedThrough === undefined || waivers(world, role.name, person, waivedThrough).length === 0,
  );
}

/** Uses up what a grant needs: one case for each limit that it breaks. */
export function waive(world: World, role: CharterRole, person: string): void {
  for (const { waivedThrough } of brokenBy(world, role, person)) useWaiver(world, role, person, waivedThrough ?? '');
}

/** Uses up the first case of a process that waives something of a role for somebody. */
export function useWaiver(world: World, role: CharterRole, person: string, process: string): void {
  const [first] = waivers(world, role.name, person, process);
  if (first !== undefined) world.waived = [...world.waived, { role: role.name, person, case: first }];
}
