// Points that cases and acts award (S64): to whom, within which limits. What is left of them later is held.ts's.
import type { Charter, CharterPoints } from './bylaws.ts';
import type { CharterActor, CharterLimit } from './bylaws-terms.ts';
import { byCodeUnit } from './canonical.ts';
import type { CaseRecord } from './case.ts';
import { actsOf } from './acts.ts';
import { textOf } from './field.ts';
import { peopleNamed } from './granted.ts';
import { awardKey, remaining } from './held.ts';
import { addRow, rowsWithin, windowsOf } from './rolling.ts';
import { holds, roleOf } from './roster.ts';
import { rolesOf } from './start-line.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { keepCounted } from './was.ts';

/** One award that shall be made: by a case, or by an act outside of one. `place` tells awards of one cause apart. */
export interface Award {
  readonly points: CharterPoints;
  readonly amount: number;
  readonly to: string;
  readonly cause: string;
  readonly place: string;
  /** Empty where there is no case. */
  readonly author: string;
}

const perReceiver: readonly string[] = ['person', 'recipient', 'candidate', 'subject'];

/** True iff this engine keeps a limit of points: a whole number of them, for who receives or who is the author of the case, in windows or ever. */
export function countsPoints(points: CharterPoints, limit: CharterLimit): boolean {
  const isPlain = limit.inARow === undefined && limit.including === undefined && limit.otherwise === undefined && limit.waivedThrough === undefined;
  const isKnown = limit.per.every((per) => per.kind === 'window' || per.name === 'author' || per.name === 'starters' || perReceiver.includes(per.name));
  return limit.counted === points.name && limit.amount.kind === 'count' && isPlain && isKnown;
}

/** The group of awards a limit counts together; undefined where it counts those of one author, and no author gave this one (decision 0169). */
function groupOf(limit: CharterLimit, award: Pick<Award, 'points' | 'to' | 'author'>): string | undefined {
  const names = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
  if (award.author === '' && names.some((name) => !perReceiver.includes(name))) return undefined;
  const author = names.some((name) => !perReceiver.includes(name)) ? award.author : '';
  const to = names.some((name) => perReceiver.includes(name)) ? award.to : '';
  return `award/${award.points.name}/${author}/${to}`;
}

/** Makes an award whole, or not at all where it would break a limit; one place is awarded once at an instant (decision 0169). @returns the state, or why not */
export function makeAward(state: State, award: Award, atMs: number): State | string {
  const { points, amount, to } = award;
  // What wins may be a proposal or a color.
  if (readEntry(state, `member/${to}`) === undefined) return `\`${to}\` is not known in this organization`;
  for (const limit of points.limits) {
    const group = groupOf(limit, award);
    if (limit.amount.kind !== 'count' || group === undefined) continue;
    const before = rowsWithin(state, group, atMs, windowsOf(limit)).reduce((sum, row) => sum + Number(row.value['amount']), 0);
    if (before + amount > limit.amount.value)
      return `\`${to}\` gets no more \`${points.name}\`: the limit is ${limit.amount.value}, given so far: ${before}, earned now: ${amount}`;
  }
  const place = `${String(atMs).padStart(16, '0')}-${award.cause}-${award.place}`;
  let next = forgetSpent(state, points, to, atMs);
  next = writeEntry(keepCounted(next, to, awardKey(points.name, to, place)), awardKey(points.name, to, place), {
    amount: String(amount),
    at: atMs,
    cause: award.cause,
  });
  for (const group of new Set(points.limits.flatMap((limit) => groupOf(limit, award) ?? [])))
    next = addRow(next, group, { atMs, id: place, value: { amount } });
  return next;
}

/** Takes back what is left of the awards that one cause made to a person; their limits go on counting them, since they were given. */
export function takeAwards(state: State, points: string, to: string, cause: string): State {
  let next = state;
  for (const [key, award] of entriesUnder(state, awardKey(points, to, ''))) if (award['cause'] === cause) next = eraseEntry(keepCounted(next, to, key), key);
  return next;
}

/** Drops awards of which nothing is left. */
function forgetSpent(state: State, points: CharterPoints, member: string, atMs: number): State {
  let next = state;
  for (const [key, award] of entriesUnder(state, awardKey(points.name, member, ''))) {
    if (remaining(points, BigInt(textOf(award['amount'])), Number(award['at']), atMs) === 0n) next = eraseEntry(keepCounted(next, member, key), key);
  }
  return next;
}

/**
 * Whom `earned n by ACTOR` means in a case: people of the case, or of a role those who acted in it. `other` leaves out the starters (S108). Whoever
 * asked for a recusal, or decided one, has not acted by that: stepping aside is no work (record 0139). Nor
 * has who edits, as who proposes has not: each edit can make the case reach the same stage again (record 0191).
 */
function earners(state: State, charter: Charter, actor: CharterActor, record: CaseRecord): readonly string[] {
  const acted = new Set(actsOf(state, record.id).flatMap((act) => (act.verb === 'recuse' || act.verb === 'edit' ? [] : [act.by])));
  const isOther = actor.kind === 'one' && actor.other !== undefined;
  const people = rolesOf(actor).flatMap((role) => {
    if (roleOf(charter, role) === undefined && role !== 'person') return peopleNamed(record, role);
    return [...acted].filter((member) => role === 'person' || holds(state, charter, role, member));
  });
  return [...new Set(people)].filter((member) => !isOther || !record.starters.includes(member)).sort(byCodeUnit);
}

/** The awards that follow by themselves when a case reaches a stage or an outcome. */
export function awardsFor(state: State, charter: Charter, record: CaseRecord, stage: string): readonly Award[] {
  return charter.points.flatMap((points) =>
    points.earned.flatMap(({ amount, by, for: path }, place) =>
      path[0] === record.process && path[1] === stage
        ? earners(state, charter, by, record).map((to): Award => ({
            points,
            amount,
            to,
            cause: record.id,
            place: `earned-${stage}-${place}-${to}`,
            author: record.author,
          }))
        : [],
    ),
  );
}
