// Who may act in a case and how many are needed: actors against the frozen rosters of the open stage (S8, S19, S108, S110).
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterActor, CharterBound, CharterShare } from './bylaws-terms.ts';
import type { CaseRecord } from './case.ts';
import { authorOf, candidatesStanding } from './case.ts';
import { unreachable } from './invariant.ts';
import { leastMeeting, meetsBound } from './quantity.ts';
import { hasLeft, isRecused } from './recused.ts';
import type { Frozen } from './roster.ts';
import { electorateIn, includesPerson, peopleSet, readWeight, roleOf, rosterIn } from './roster.ts';
import type { State } from './state.ts';

/** All that judging a case may read. `frozen` are the rosters of the open stage. */
export interface CaseScope {
  readonly state: State;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly record: CaseRecord;
  readonly frozen: Frozen;
}

/** People the case itself names, or undefined for a roster of another kind. */
function namedByCase(record: CaseRecord, name: string): readonly string[] | undefined {
  switch (name) {
    case 'starters':
      return record.starters;
    case 'author':
      return authorOf(record);
    case 'candidate':
      return candidatesStanding(record);
    case 'subject':
      return record.subjects;
    case 'winners':
      return record.winners;
    case 'raiser':
      return record.concerns.flatMap((concern) => (concern.closedMs === undefined ? [concern.by] : []));
    default:
      return record.panels?.find(([panel]) => panel === name)?.[1];
  }
}

/** The people of a roster; undefined for `person`, which is everybody. */
export function peopleOf(scope: CaseScope, name: string): readonly string[] | undefined {
  const named = namedByCase(scope.record, name);
  // A panel that was drawn is a roster like that of a role: who is excepted or recused leaves it (S9).
  if (named !== undefined) return isPanel(scope.record, name) ? withoutRecused(scope, withoutExcepted(scope.frozen, named)) : named;
  if (name === 'person') return undefined;
  return withoutRecused(scope, rollOf(scope.frozen, name));
}

function isPanel({ panels }: CaseRecord, name: string): boolean {
  return panels?.some(([panel]) => panel === name) === true;
}

function withoutExcepted({ except }: Frozen, people: readonly string[]): readonly string[] {
  return except.length === 0 ? people : people.filter((member) => !includesPerson(except, member));
}

function withoutRecused({ record }: CaseScope, people: readonly string[]): readonly string[] {
  return record.recusals === undefined ? people : people.filter((member) => !hasLeft(record, member));
}

/** Who may vote now. @param scope - with the rosters of the vote */
export function electorateOf(scope: CaseScope): readonly string[] {
  return withoutRecused(scope, rollOf(scope.frozen, 'electorate'));
}

// A roster is frozen, and so is who is taken out of it: it is worked out once, not for every ballot.
const rolls: WeakMap<Frozen, Map<string, readonly string[]>> = new WeakMap();

/** A frozen roster without those who are taken out of every count. */
function rollOf(frozen: Frozen, name: string): readonly string[] {
  const people = rosterIn(frozen, name) ?? nobody;
  if (frozen.except.length === 0) return people;
  const known = rolls.get(frozen) ?? new Map<string, readonly string[]>();
  rolls.set(frozen, known);
  const roll = known.get(name) ?? withoutExcepted(frozen, people);
  known.set(name, roll);
  return roll;
}

const nobody: readonly string[] = [];

/** The electorate of a vote as a set; undefined where somebody asked for a recusal, which changes who is in it. @param scope - with the rosters of this vote */
export function votersNow({ record, frozen }: Pick<CaseScope, 'record' | 'frozen'>): ReadonlySet<string> | undefined {
  return record.recusals === undefined ? peopleSet(rollOf(frozen, 'electorate')) : undefined;
}

/** True iff a person is in a roster of the case. */
export function isOneOf(scope: Pick<CaseScope, 'record' | 'frozen'>, name: string, member: string): boolean {
  const named = namedByCase(scope.record, name);
  if (named !== undefined) return named.includes(member);
  if (name === 'person') return true;
  return includesPerson(rollOf(scope.frozen, name), member) && (scope.record.recusals === undefined || !hasLeft(scope.record, member));
}

/** The seats of a role: the upper head count, or the lower where there is no upper one (S109). */
export function seatsOf(charter: Charter, name: string): number {
  const held = roleOf(charter, name)?.held;
  return held?.most ?? held?.least ?? 0;
}

/** What a person's ballot weighs in the vote whose rosters are frozen: 1 where nothing weighs it. O(log n). */
export function weightOf(scope: CaseScope, member: string): bigint {
  return scope.frozen.weight === undefined ? 1n : readWeight(scope.state, scope.record.id, scope.frozen.entry, member);
}

/** The weight of everybody on the roster of the vote. */
function totalWeight(scope: CaseScope): bigint {
  const { weight } = scope.frozen;
  if (weight === undefined) return BigInt(electorateOf(scope).length);
  const voters = electorateIn(scope.frozen);
  const gone = (scope.record.recusals ?? []).map((one) => one.member).filter((member, index, all) => all.indexOf(member) === index);
  return gone.reduce((left, member) => (hasLeft(scope.record, member) && includesPerson(voters, member) ? left - weightOf(scope, member) : left), weight);
}

/** How many people, seats or weight a share is taken of, exact. Pure. */
export function sizeOf(scope: CaseScope, share: CharterShare): bigint {
  return share.role === 'weight' ? totalWeight(scope) : BigInt(rosterSize(scope, share));
}

/** How many people a share is taken of; a square root ignores `other` (S110). */
export function rosterSize(scope: CaseScope, share: CharterShare): number {
  if (share.role === 'seats') return scope.frozen.seats;
  const isRoot = share.kind === 'part' && share.squareRoot !== undefined;
  if (isRoot) return (rosterIn(scope.frozen, share.role) ?? peopleOf(scope, share.role) ?? []).length;
  const people = peopleOf(scope, share.role) ?? [];
  if (share.other === undefined) return people.length;
  return people.filter((member) => !scope.record.starters.includes(member)).length;
}

function boundIncludes(scope: CaseScope, bound: CharterBound, member: string): boolean {
  if (bound.kind !== 'whole' && bound.kind !== 'part') return boundIncludes(scope, bound.left, member) || boundIncludes(scope, bound.right, member);
  if (bound.other !== undefined && scope.record.starters.includes(member)) return false;
  return isOneOf(scope, bound.role, member);
}

/** True iff a person is one of those an actor means. `other` leaves out the starters (S108); the recused are never meant (S134). */
export function isMeant(scope: CaseScope, actor: CharterActor, member: string): boolean {
  if (isRecused(scope.record, member)) return false;
  switch (actor.kind) {
    case 'one':
      return (actor.other === undefined || !scope.record.starters.includes(member)) && isOneOf(scope, actor.role, member);
    case 'the': {
      const asked = actor.order === undefined ? undefined : scope.record.asks?.find((row) => row.role === actor.role && row.order === actor.order);
      return actor.order === undefined ? isOneOf(scope, actor.role, member) : asked?.members.includes(member) === true;
    }
    case 'count':
      return boundIncludes(scope, actor.bound, member);
    default:
      return unreachable(actor);
  }
}

/** How many different people an actor needs; undefined where its roster can never give that many. */
export function neededOf(scope: CaseScope, actor: CharterActor): number | undefined {
  if (actor.kind !== 'count') return 1;
  const size = (share: CharterShare): bigint => sizeOf(scope, share);
  const most =
    actor.bound.kind === 'whole' || actor.bound.kind === 'part'
      ? mostOf(scope, actor.bound)
      : Math.max(mostOf(scope, actor.bound.left), mostOf(scope, actor.bound.right));
  return leastMeeting(actor.comparison, actor.bound, size, most);
}

/** True for an actor with an upper bound: at most or fewer than so many. Pure. */
export function isAtMost(actor: CharterActor): boolean {
  return actor.kind === 'count' && (actor.comparison === 'at-most' || actor.comparison === 'fewer-than');
}

/** True iff so many people are few enough for an actor with an upper bound. */
export function areFewEnough(scope: CaseScope, actor: CharterActor, people: number): boolean {
  return (
    actor.kind === 'count' &&
    meetsBound(
      () => BigInt(people),
      actor.comparison,
      actor.bound,
      (share) => sizeOf(scope, share),
    )
  );
}

/** More than any number the bound could need: a fixed number may ask for more people than the roster has now. */
function mostOf(scope: CaseScope, share: CharterShare): number {
  const roster = rosterSize(scope, share);
  return share.kind === 'part' && share.squareRoot === undefined && share.amount.kind === 'count'
    ? Math.max(roster, share.amount.value + 1)
    : Math.max(roster, 1);
}

/** True iff an actor speaks of `other` people. Pure. */
export function leavesOut(actor: CharterActor): boolean {
  if (actor.kind !== 'count') return actor.kind === 'one' && actor.other !== undefined;
  const { bound } = actor;
  return (bound.kind === 'whole' || bound.kind === 'part' ? [bound] : [bound.left, bound.right]).some((share) => share.other !== undefined);
}
