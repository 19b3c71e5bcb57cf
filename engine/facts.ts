// The facts after `who`: what must be true of a person when a roster is frozen or a case starts. It freezes nothing itself.
import type { Charter } from './bylaws.ts';
import type { CharterFact } from './bylaws-terms.ts';
import { addDuration } from './duration.ts';
import { unreachable } from './invariant.ts';
import { holdsThing, pointsOf } from './held.ts';
import { measureOf } from './measure.ts';
import { meetsQuantity } from './quantity.ts';
import { holds, isTaken, joinedMs } from './roster.ts';
import type { State } from './state.ts';
import type { Removal } from './verdict.ts';

/**
 * Where and when facts are asked. `role` is the roll that `joined` counts from, until `joinedUntilMs` where that is not now (docs/decisions/0087).
 * `without`: what a concurrent removal took from whoever is asked about (ledger.md section 9).
 */
export interface FactScope {
  readonly state: State;
  readonly charter: Charter;
  readonly atMs: number;
  readonly role: string;
  readonly joinedUntilMs?: number;
  readonly without?: readonly Removal[];
}

/** How much of a measure or of points a person has now; nobody has any of what has lapsed (S60). Pure. */
export function amountOf(scope: FactScope, name: string, member: string): bigint {
  const measure = scope.charter.measures.find((one) => one.name === name);
  if (measure !== undefined) return measureOf(scope.state, scope.charter, measure, member, scope.atMs);
  const points = scope.charter.points.find((one) => one.name === name);
  return points === undefined ? 0n : pointsOf(scope.state, points, member, scope.atMs);
}

function holdsNow({ state, charter, atMs, without = [] }: FactScope, name: string, member: string): boolean {
  if (isTaken(without, name)) return false;
  return holdsThing(state, charter, name, member, atMs) ?? holds(state, charter, name, member);
}

/** True iff all facts hold for a person. Pure. */
export function meetsFacts(scope: FactScope, facts: readonly CharterFact[], member: string): boolean {
  return facts.every((fact) => meetsFact(scope, fact, member));
}

function meetsFact(scope: FactScope, fact: CharterFact, member: string): boolean {
  switch (fact.kind) {
    case 'holds':
      return holdsNow(scope, fact.name, member);
    case 'does-not-hold':
      return !holdsNow(scope, fact.name, member);
    case 'has':
      return meetsQuantity(amountOf(scope, fact.name, member), fact.comparison, fact.amount, 0n);
    case 'joined': {
      const since = joinedMs(scope.state, scope.role, member);
      return since !== undefined && addDuration(since, fact.ago) <= (scope.joinedUntilMs ?? scope.atMs);
    }
    default:
      return unreachable(fact);
  }
}
