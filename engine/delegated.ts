// Delegations of votes: giving and taking them back, and whose ballot is taken by whom when a vote closes (S41, docs/decisions/0053).
import type { Charter, CharterDelegation } from './bylaws.ts';
import type { CaseScope } from './actor.ts';
import { electorateOf, sizeOf, weightOf } from './actor.ts';
import { attributesCount, countChange } from './attributed.ts';
import type { WeighedBallot } from './ballots.ts';
import { charterInForce } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { dueInstant } from './duration.ts';
import type { LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { invariant } from './invariant.ts';
import type { NumberedRow } from './numbered-rows.ts';
import { addRow, newestRow, rowBefore } from './numbered-rows.ts';
import { isRecused } from './recused.ts';
import { holdsStill, includesPerson, rosterIn } from './roster.ts';
import type { State } from './state.ts';
import { readEntry } from './state.ts';

/** A delegation as it is or was: to whom, and until when. */
interface Given {
  readonly to: string;
  readonly untilMs?: number;
}

function delegationKey(delegation: string, member: string): string {
  return `delegation/${delegation}/${member}`;
}

/** A change of a delegation: its number, to whom, when it was received, and until when it lasts. */
function givenIn(row: NumberedRow | undefined): Given | undefined {
  const [, to, , until] = row ?? [];
  if (typeof to !== 'string' || to === '') return undefined;
  return typeof until === 'number' ? { to, untilMs: until } : { to };
}

/** Gives a delegation, or takes it back: `to` empty. O(log n). */
function write(state: State, what: { readonly delegation: string; readonly member: string; readonly atMs: number } & Given): State {
  const row = [attributesCount(state), what.to, what.atMs, ...(what.untilMs === undefined ? [] : [what.untilMs])];
  return addRow(countChange(state), delegationKey(what.delegation, what.member), row);
}

/** Judges a `delegate`: to somebody, or to nobody, which takes it back. Refuses with GDO1040, GDO1052. */
export function applyDelegate(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const delegation = charter.delegations.find((one) => one.name === event.body['delegation']);
  const to = event.body['to'];
  if (delegation === undefined) return refused('GDO1052', 'the bylaws know no such delegation');
  const member = event.actor;
  // Taking it back needs no role: whoever has left the role since, and may vote still, would be bound to their delegate for good.
  if (to === undefined) {
    draft.state = write(draft.state, { delegation: delegation.name, member, to: '', atMs: context.receivedMs });
    return ok();
  }
  if (!holdsStill(draft.state, charter, { role: delegation.by, member, without: context.without }))
    return refused('GDO1040', `\`${delegation.name}\` is for any ${delegation.by}`);
  if (to === member) return refused('GDO1052', 'nobody delegates to themselves');
  if (readEntry(draft.state, `member/${textOf(to)}`) === undefined) return refused('GDO1052', `\`${textOf(to)}\` is not known in this organization`);
  const given = { delegation: delegation.name, member, to: textOf(to), atMs: context.receivedMs };
  const untilMs = delegation.lasts === undefined ? undefined : dueInstant(context.receivedMs, delegation.lasts, charter.organization.dayEnds);
  draft.state = write(draft.state, untilMs === undefined ? given : { ...given, untilMs });
  return ok();
}

/** The delegation of the bylaws that votes of a process take part in. */
export function delegationFor(charter: Charter, process: string): CharterDelegation | undefined {
  return charter.delegations.find((delegation) => delegation.for.length === 0 || delegation.for.includes(process));
}

/**
 * To whom a person has delegated votes of this case at an instant, at the latest at the close: what is received from then on is too late (S18). What can be
 * revoked until the opening only is as it was then, and so is who may delegate at all (S7). @param scope - of the vote, whose process takes part in `delegation`
 */
export function delegateOf(scope: CaseScope, delegation: CharterDelegation, member: string, atMs: number): string | undefined {
  const { entry, votes } = scope.record;
  const running = votes.find((one) => one.entry === entry);
  invariant(running !== undefined, 'a delegate is asked for in a vote that is open or counted');
  const { closesMs } = running;
  const key = delegationKey(delegation.name, member);
  const row =
    delegation.revocableUntil === 'opening'
      ? rowBefore(scope.state, key, scope.frozen.opened ?? scope.frozen.attributes)
      : newestRow(scope.state, key, ([, , receivedMs]) => Number(receivedMs) < closesMs);
  const given = givenIn(row);
  if (given === undefined || (given.untilMs !== undefined && given.untilMs <= Math.min(closesMs, atMs))) return undefined;
  return includesPerson(rosterIn(scope.frozen, delegation.by) ?? [], member) ? given.to : undefined;
}

/** To whom each person has delegated at an instant. */
export function delegatesAt(scope: CaseScope, delegation: CharterDelegation, atMs: number): (member: string) => string | undefined {
  return (member) => delegateOf(scope, delegation, member, atMs);
}

/** The first along a chain of delegations who has voted, and how often the ballot was passed on to get there. */
interface Chain {
  readonly ballot: WeighedBallot;
  readonly length: number;
}

/** What is known while chains are followed: who has voted, to whom each person has delegated, and where chains end that were followed before. */
interface Known {
  readonly voted: ReadonlyMap<string, WeighedBallot>;
  readonly delegate: (member: string) => string | undefined;
  readonly chains: Map<string, Chain | undefined>;
}

/** Notes where the chain of a person ends, and those of all along it; undefined where nobody along it has voted, as in a circle. O(people nothing is known of). */
function followChain({ voted, delegate, chains }: Known, member: string): Chain | undefined {
  const passed: string[] = [];
  let at: string | undefined = member;
  // Nothing bounds the depth that is written, so whoever is met again is known already, and ends it.
  while (at !== undefined && !voted.has(at) && !chains.has(at)) {
    passed.push(at);
    chains.set(at, undefined);
    at = delegate(at);
  }
  if (at === undefined) return undefined;
  const ballot = voted.get(at);
  let chain = ballot === undefined ? chains.get(at) : { ballot, length: 0 };
  for (const person of passed.toReversed()) {
    chain = chain === undefined ? undefined : { ballot: chain.ballot, length: chain.length + 1 };
    chains.set(person, chain);
  }
  return chain;
}

/** How much one delegate may be given: undefined where nothing limits it. A share is of the roster or of its weight; nothing is rounded up. */
function mostTaken(scope: CaseScope, delegation: CharterDelegation): bigint | undefined {
  const mosts = delegation.limits.flatMap((limit) => {
    if (limit.amount.kind === 'count') return [BigInt(limit.amount.value)];
    if (limit.amount.kind !== 'share') return [];
    const whole = sizeOf(scope, { kind: 'whole', role: limit.counted });
    return [(whole * BigInt(limit.amount.numerator)) / BigInt(limit.amount.denominator)];
  });
  return mosts.length === 0 ? undefined : mosts.reduce((least, one) => (one < least ? one : least));
}

/** True for a limit of what one delegate may be given. */
export function limitsDelegates(limit: CharterDelegation['limits'][number]): boolean {
  const [per] = limit.per;
  return limit.amount.kind !== 'money' && limit.per.length === 1 && per?.kind === 'each' && per.name === 'delegate';
}

/** The ballots that others can have given theirs to: of people who voted, and not those that a recusal stands for (S42). */
function votedBy({ record }: CaseScope, own: readonly WeighedBallot[]): ReadonlyMap<string, WeighedBallot> {
  return new Map(own.flatMap((ballot) => (isRecused(record, ballot.by) ? [] : [[ballot.by, ballot] as const])));
}

/**
 * Who of those that did not vote themselves has given their ballot to somebody who did. O(roster).
 * @param own - the ballots that people cast
 * @param delegate - to whom each of them has delegated
 */
export function ballotsGiven(
  scope: CaseScope,
  delegation: CharterDelegation,
  own: readonly WeighedBallot[],
  delegate: (member: string) => string | undefined,
): ReadonlyMap<string, string> {
  const voted = votedBy(scope, own);
  const known = { voted, delegate, chains: new Map<string, Chain | undefined>() };
  const given = new Map<string, string>();
  // Nobody's delegate has voted. A vote that is decided at its opening is not even among those of its case yet.
  if (voted.size === 0) return given;
  for (const member of electorateOf(scope)) {
    if (voted.has(member) || isRecused(scope.record, member)) continue;
    const chain = followChain(known, member);
    if (chain !== undefined && chain.length <= (delegation.depth ?? 1)) given.set(member, chain.ballot.by);
  }
  return given;
}

/**
 * The ballots that those who did not vote have given to others, at the close. Weight beyond the limit of a delegate is not counted, those who come
 * later in the order of names first.
 * @param own - the ballots that people cast themselves
 */
export function delegatedBallots(scope: CaseScope, own: readonly WeighedBallot[], atMs: number): readonly WeighedBallot[] {
  const delegation = delegationFor(scope.charter, scope.process.name);
  if (delegation === undefined || own.length === 0) return [];
  const voted = votedBy(scope, own);
  const most = mostTaken(scope, delegation);
  const taken = new Map<string, bigint>();
  const found: WeighedBallot[] = [];
  for (const [member, voter] of scope.frozen.inputs?.given ?? ballotsGiven(scope, delegation, own, delegatesAt(scope, delegation, atMs))) {
    const ballot = voted.get(voter);
    if (ballot === undefined) continue;
    const before = taken.get(ballot.by) ?? 0n;
    const full = weightOf(scope, member);
    const weight = most === undefined || before + full <= most ? full : most > before ? most - before : 0n;
    if (weight === 0n && full > 0n) continue;
    taken.set(ballot.by, before + weight);
    found.push({ ...ballot, by: member, weight });
  }
  return found;
}
