// Rights (S89-S99): may this person use this thing now? One pure function that a door asks, from the newest state it has; the fold asks it again.
import { invariant } from './invariant.ts';
import type { Charter, CharterRight } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import { addDuration } from './duration.ts';
import { meetsFacts } from './facts.ts';
import { locksOf } from './lock.ts';
import { isOpenAt, rightsOver } from './right-over.ts';
import { hasLapsed } from './role-change.ts';
import { holds, isOpenRole, isSuspended, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry } from './state.ts';
import { staleMs } from './was.ts';

/** The reasons of S93 in their order; the first that applies is told. */
export const rightReasons = [
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
] as const;

/** Why a right is refused. */
export type RightReason = (typeof rightReasons)[number];

/**
 * One use that somebody wants to make. `person` absent: the credential is unknown. `checkpointMs` is the time of the newest final checkpoint the
 * device has; `contact` says whether it decides alone or asks a node. `uses` counts the allowed uses it knows of, in the window of a limit,
 * and `spent` the units of money that they were about; `amount` is how many this use is about.
 */
export interface RightQuestion {
  readonly thing: string;
  readonly person?: string;
  readonly credential?: 'disabled';
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly checkpointMs: number;
  readonly contact: 'alone' | 'connected';
  readonly uses: (right: CharterRight, limit: CharterLimit) => number;
  readonly amount?: bigint;
  readonly spent?: (right: CharterRight, limit: CharterLimit) => bigint;
  /** Locks as that checkpoint had them, not as they are now. */
  readonly locksAsOf?: true;
}

/** The answer: the right that allows, or the reason with the right it belongs to and the sentence for the person. */
export type RightAnswer =
  | { readonly kind: 'allowed'; readonly right: string }
  | { readonly kind: 'refused'; readonly reason: RightReason; readonly right?: string; readonly says: string };

const sentences: Readonly<Record<RightReason, string>> = {
  'unknown-thing': 'No right covers this.',
  'unknown-credential': 'This is not known here.',
  'credential-disabled': 'This no longer opens anything.',
  locked: 'This is locked until it is released.',
  suspended: 'Your role rests while a case is open.',
  denied: 'You may not use this.',
  lapsed: 'Your role has lapsed.',
  'no-role': 'This is not open to you.',
  condition: 'You do not meet a condition of this.',
  'outside-hours': 'Not at this time.',
  'limit-reached': 'You have used this as often as is allowed.',
  'too-long-offline': 'This has been without news for too long.',
};

/** True for who has a role, whether it rests or not: a denial is no less one while it rests. */
function has(state: State, charter: Charter, name: string, member: string): boolean {
  const role = roleOf(charter, name);
  if (role === undefined) return name === 'person';
  if (isOpenRole(role) || readEntry(state, `role/${name}/${member}`) !== undefined) return true;
  return holds(state, charter, name, member);
}

function acts(state: State, charter: Charter, name: string, member: string): boolean {
  return roleOf(charter, name) === undefined ? name === 'person' : holds(state, charter, name, member);
}

function rests(state: State, right: CharterRight, member: string): boolean {
  return entriesUnder(state, `suspended/${right.name}/${member}/`).length > 0;
}

/** True iff every way by which the person could pass rests, and there is one. */
function isSuspendedEverywhere(state: State, charter: Charter, rights: readonly CharterRight[], member: string): boolean {
  const ways = rights.flatMap((right) =>
    right.heldBy.flatMap(({ roles }) => roles.map((role) => ({ right, role }))).filter(({ role }) => has(state, charter, role, member)),
  );
  return ways.length > 0 && ways.every(({ right, role }) => rests(state, right, member) || isSuspended(state, role, member));
}

/** The reason a single right refuses for, from `lapsed` on; undefined where it allows. */
function reasonOf(state: State, charter: Charter, right: CharterRight, question: RightQuestion, member: string): RightReason | undefined {
  const { atMs } = question;
  const lines = rests(state, right, member) ? [] : right.heldBy;
  const held = lines.flatMap((line) => line.roles.flatMap((role) => (acts(state, charter, role, member) ? [{ role, who: line.who }] : [])));
  if (held.length === 0) return right.heldBy.some(({ roles }) => roles.some((role) => hasLapsed(state, role, member))) ? 'lapsed' : 'no-role';
  if (!held.some(({ role, who }) => meetsFacts({ state, charter, atMs, role }, who, member))) return 'condition';
  if (!isOpenAt(right, atMs, question.offsetMinutes)) return 'outside-hours';
  if (right.limits.some((limit) => isUsedUp(right, limit, question))) return 'limit-reached';
  return isTooOld(charter, right, question) ? 'too-long-offline' : undefined;
}

/** True iff one use more would be one too many, or its amount too much. */
function isUsedUp(right: CharterRight, limit: CharterLimit, { uses, spent, amount }: RightQuestion): boolean {
  if (limit.amount.kind === 'count') return uses(right, limit) >= limit.amount.value;
  return limit.amount.kind === 'money' && (spent?.(right, limit) ?? 0n) + (amount ?? 0n) > BigInt(limit.amount.units);
}

/** A device that decides alone needs a checkpoint younger than the right's `offline`; nobody decides by one older than `stale after` (S96, S106). */
function isTooOld(charter: Charter, right: CharterRight, { atMs, checkpointMs, contact }: RightQuestion): boolean {
  if (staleMs(charter, checkpointMs) <= atMs) return true;
  if (contact === 'connected') return false;
  return right.offline === undefined || addDuration(checkpointMs, right.offline) <= atMs;
}

function refusal(reason: RightReason, right: CharterRight | undefined, own?: string): RightAnswer {
  const says = own ?? right?.refusals.find((one) => one.reason === reason)?.says ?? sentences[reason];
  return right === undefined ? { kind: 'refused', reason, says } : { kind: 'refused', reason, right: right.name, says };
}

/** The reasons that are judged over all rights of the thing (S94); undefined where none applies. */
function commonRefusal(state: State, charter: Charter, rights: readonly CharterRight[], question: RightQuestion): RightAnswer | undefined {
  const [first] = rights;
  const { person, thing } = question;
  if (first === undefined) return refusal('unknown-thing', undefined);
  if (person === undefined || readEntry(state, `member/${person}`) === undefined) return refusal('unknown-credential', first);
  if (question.credential === 'disabled') return refusal('credential-disabled', first);
  // A lock shuts a thing while the bylaws let somebody lock it, and so release it.
  const lockable = rights.find((right) => right.locked !== undefined);
  if (lockable !== undefined && locksOf(state, thing, question.locksAsOf === undefined ? undefined : question.checkpointMs).length > 0)
    return refusal('locked', lockable);
  if (isSuspendedEverywhere(state, charter, rights, person)) return refusal('suspended', first);
  for (const right of rights) {
    const row = right.denied.find(({ roles }) => roles.some((role) => has(state, charter, role, person)));
    if (row !== undefined) return refusal('denied', right, row.sentence);
  }
  return undefined;
}

/**
 * Decides a use: the first reason of S93 that applies, and no other. Pure: a door that has the entries of one person, the locks of its things and the
 * bylaws comes to the same answer as a node. Source: language.md S89-S97
 */
export function decideRight(state: State, charter: Charter, question: RightQuestion): RightAnswer {
  const rights = rightsOver(charter, question.thing);
  const common = commonRefusal(state, charter, rights, question);
  if (common !== undefined) return common;
  const { person } = question;
  invariant(person !== undefined, 'whoever is not known here has been refused');
  let furthest: { readonly reason: RightReason; readonly right: CharterRight } | undefined;
  for (const right of rights) {
    const reason = reasonOf(state, charter, right, question, person);
    if (reason === undefined) return { kind: 'allowed', right: right.name };
    if (furthest === undefined || rightReasons.indexOf(reason) > rightReasons.indexOf(furthest.reason)) furthest = { reason, right };
  }
  invariant(furthest !== undefined, 'a thing that no right is over has been refused');
  return refusal(furthest.reason, furthest.right);
}
