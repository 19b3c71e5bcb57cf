// Points: what is earned and awarded, and the limits of it (S64, decision 0056).
import type { CharterActor, CharterLimit } from '../../../engine/index.ts';
import { sharesOf } from './bounds.ts';
import { peopleOf } from './rosters.ts';
import { plus } from './time.ts';
import type { Case, Roll, World } from './world.ts';

const caseNames = ['author', 'starters', 'candidate', 'subject', 'winners', 'raiser'];

interface Award {
  readonly points: string;
  readonly person: string;
  readonly amount: number;
  readonly authors: readonly string[];
  /** The number of the case whose outcome awarded it. */
  readonly by?: number;
  /** What was reached by which case, where it was earned by that: at one instant this is earned once (decision 0169). */
  readonly reached?: string;
}

function isWithin(world: World, limit: CharterLimit, atMs: number): boolean {
  return limit.per.every((per) => per.kind !== 'window' || world.nowMs < plus(atMs, per.duration));
}

/** An award that a limit does not allow whole is not made; says whether it was. */
export function give(world: World, award: Award): boolean {
  // What wins may be a proposal or a color, and has nothing.
  if (!world.joined.has(award.person)) return false;
  const points = world.charter.points.find(({ name }) => name === award.points);
  const limits = points?.limits ?? [];
  const refused = limits.some((limit) => {
    const most = limit.amount.kind === 'count' ? limit.amount.value : Infinity;
    const [each] = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
    const byAuthor = each === 'author' || each === 'starters';
    // Decision 0169: what nobody gave counts for no limit on what somebody gives.
    if (byAuthor && award.authors.every((author) => author === '')) return false;
    const before = world.records.awards.filter(
      (one) =>
        one.points === award.points &&
        isWithin(world, limit, one.atMs) &&
        (each === undefined || (byAuthor ? one.authors.some((author) => award.authors.includes(author)) : one.person === award.person)),
    );
    return before.reduce((sum, one) => sum + one.amount, award.amount) > most;
  });
  const again = world.records.awards.some(
    (one) => award.reached !== undefined && one.reached === award.reached && one.person === award.person && one.atMs === world.nowMs,
  );
  if (refused || again) return false;
  world.records = { ...world.records, awards: [...world.records.awards, { ...award, atMs: world.nowMs }] };
  return true;
}

function earners(subject: Case, roll: Roll, actor: CharterActor): readonly string[] {
  const roles = actor.kind === 'count' ? sharesOf(actor.bound).map(({ role }) => role) : [actor.role];
  return roles.flatMap((role) => {
    const people = peopleOf(roll, subject, role);
    if (caseNames.includes(role)) return people;
    // Of a role: those of its holders who acted in that case.
    return people.filter((person) => hasActed(subject, person));
  });
}

/** Decisions 0110, 0139: who signed an act in the case, also one by which they joined the starters; no ballot, and no act about a recusal. */
function hasActed(subject: Case, person: string): boolean {
  // S117: what was said about other content is no act for this one.
  const joined = !subject.unsaid && person !== subject.author && subject.starters.includes(person);
  return subject.acts.some((act) => act.person === person && act.verb !== 'recuse') || joined;
}

/** A case has reached a stage or an outcome: whoever earns points by it gets them. `roll`: what suspends somebody while it is open does so to its end. */
export function earnFor(world: World, subject: Case, stage: string, roll: Roll): void {
  for (const points of world.charter.points) {
    for (const [index, { amount, by, for: path }] of points.earned.entries()) {
      const [process, place] = path;
      const reached = `${subject.number} ${stage} ${points.name} ${index}`;
      if (process !== subject.process.name || (place !== undefined ? place !== stage : subject.ended === undefined)) continue;
      // Where a limit does not allow all of it, those who come first by name have it (as decision 0053 has it for delegates).
      for (const person of [...new Set(earners(subject, roll, by))].toSorted())
        give(world, { points: points.name, person, amount, authors: [subject.author], reached });
    }
  }
}

/** An act named by an action was done: whoever did it in that office earns points by it, and is its author. `isOf`: whether they did it in an office. */
export function earnByAct(world: World, verb: string, person: string, isOf: (office: CharterActor) => boolean): void {
  for (const points of world.charter.points) {
    for (const { amount, by, for: path } of points.earned) {
      if (path.length === 1 && path[0] === verb && isOf(by)) give(world, { points: points.name, person, amount, authors: [person] });
    }
  }
}
