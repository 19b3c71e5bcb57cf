// Who is who at one instant: holders, acting holders, the people of a case, facts (S7-S12, S87, S108-S111, S135).
import type { CharterFact, CharterRole } from '../../../engine/index.ts';
import { holdsOnRecord, measured, pointsOf } from './records.ts';
import { compares } from './bounds.ts';
import { isDecisionHeld } from './held.ts';
import { plus } from './time.ts';
import type { Case, Roll, World } from './world.ts';
import { isRunning } from './world.ts';

/** What holds now in a case: its own bylaws say what the roles are (S57). */
export function rollFor(world: World, subject: Case): Roll {
  return { ...rollNow(world), charter: subject.charter };
}

/** What holds now, as a stage that opens now freezes it (S7). */
export function rollNow(world: World): Roll {
  const suspended = world.cases.filter(isRunning).flatMap((subject) =>
    // S100: from the start of the case to its end.
    subject.process.whileOpen.flatMap((clause) =>
      clause.kind === 'suspend' ? casePeople(subject, clause.of).map((person) => [clause.role, person] as const) : [],
    ),
  );
  // S120: roles that a held decision granted rest as well.
  for (const subject of world.cases.filter((one) => isDecisionHeld(world, one)))
    for (const { role, person, grantedBy } of world.holdings) if (grantedBy === subject.number) suspended.push([role, person]);
  return { charter: world.charter, atMs: world.nowMs, joined: world.joined, holdings: world.holdings, suspended, records: world.records };
}

/** S87: `held by anyone` without `gained through` is open to every key. */
export function isOpenRole(role: CharterRole): boolean {
  return role.held === undefined && role.gainedThrough.length === 0;
}

/** The seats of a role: the upper head count, or the lower where there is none (S109). */
export function seatsOf(roll: Roll, name: string): number {
  const held = roll.charter.roles.find((role) => role.name === name)?.held;
  return held === undefined ? 0 : (held.most ?? held.least);
}

/** Those who hold a role themselves, suspended or not, in the order of written first holders and grants. */
export function seated(roll: Pick<Roll, 'holdings'>, name: string): readonly string[] {
  return roll.holdings
    .filter((holding) => holding.role === name)
    .toSorted((a, b) => a.order - b.order)
    .map((holding) => holding.person);
}

/** Who may act in a role: its holders without the suspended (S100), or whoever acts for a vacant one (S12). */
export function holders(roll: Roll, name: string): readonly string[] {
  const role = roll.charter.roles.find((one) => one.name === name);
  if (name === 'person' || (role !== undefined && isOpenRole(role))) return [...roll.joined.keys()].filter((person) => !rests(roll, name, person));
  if (role === undefined) return [];
  const own = seated(roll, name);
  if (own.length > 0) return own.filter((person) => !rests(roll, name, person));
  const successor = role.succeededBy.find((other) => seated(roll, other).length > 0);
  // The first holder it is, also where that one rests: then nobody acts, for a suspended role gives no right (S100). Who is kept from the vacant one acts in it no more than they would hold it.
  return successor === undefined
    ? []
    : seated(roll, successor)
        .slice(0, 1)
        .filter((person) => !rests(roll, successor, person) && !rests(roll, name, person));
}

function rests(roll: Roll, role: string, person: string): boolean {
  return roll.suspended.some(([name, who]) => name === role && who === person);
}

/** The people a built-in name of a case means (S70, S108); none for any other name. */
export function casePeople(subject: Case, name: string): readonly string[] {
  switch (name) {
    case 'author':
      // Nobody proposes what the rules start.
      return subject.author === '' ? [] : [subject.author];
    case 'starters':
      return subject.starters;
    case 'candidate':
      // S121: whoever was struck stands no more.
      return subject.candidates.filter((person) => !subject.struck.includes(person));
    case 'subject':
      return subject.subjects;
    case 'winners':
      return subject.winners;
    case 'raiser':
      return [...new Set(subject.concerns.map((concern) => concern.raiser))];
    default:
      return [];
  }
}

const caseNames = ['author', 'starters', 'candidate', 'subject', 'winners', 'raiser'];

/** The people a name means in a case: its own people, or the holders of a role. */
export function peopleOf(roll: Roll, subject: Case, name: string): readonly string[] {
  const drawn = subject.drawn.get(name);
  if (drawn !== undefined) return drawn;
  return caseNames.includes(name) ? casePeople(subject, name) : holders(roll, name);
}

/** Decision 0185: whom an exception takes out; `person` names nobody, though everybody is one. */
export function exceptedPeople(roll: Roll, subject: Case, names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== 'person').flatMap((name) => peopleOf(roll, subject, name));
}

/** Since when somebody is one of these people: in the role where it has a roll, else in the ledger. */
function sinceMs(roll: Roll, person: string, names: readonly string[]): number {
  const own = roll.holdings.filter((holding) => holding.person === person && names.includes(holding.role)).map((holding) => holding.sinceMs);
  return own.length > 0 ? Math.min(...own) : (roll.joined.get(person) ?? Infinity);
}

/** S7, S111: all facts hold for this person, who is asked as a holder of one of `names`. */
export function meetsFacts(roll: Roll, person: string, facts: readonly CharterFact[], names: readonly string[]): boolean {
  return facts.every((fact) => {
    switch (fact.kind) {
      case 'holds':
        return holders(roll, fact.name).includes(person) || holdsOnRecord(roll, fact.name, person);
      case 'does-not-hold':
        return !holders(roll, fact.name).includes(person) && !holdsOnRecord(roll, fact.name, person);
      case 'joined':
        return plus(sinceMs(roll, person, names), fact.ago) <= roll.atMs;
      case 'has':
        return fact.amount.kind === 'count' && compares(amountOf(roll, fact.name, person), fact.comparison, BigInt(fact.amount.value));
    }
  });
}

/** S64, S112: how many points somebody has, or what a measure says of them. */
export function amountOf(roll: Roll, name: string, person: string): bigint {
  const points = roll.charter.points.find((one) => one.name === name);
  if (points !== undefined) return pointsOf(roll, points, person);
  const measure = roll.charter.measures.find((one) => one.name === name);
  return measure === undefined ? 0n : measured(roll, measure, person, (role) => holders(roll, role).includes(person));
}
