// Ballots that are taken for those who gave theirs away (S41, decision 0053), and with them what each person says in the end (S34, S42).
import type { CharterDelegation } from '../../../engine/index.ts';
import { recusedIn } from './recusals.ts';
import { holders } from './rosters.ts';
import { sizeOf, weightOf } from './sizes.ts';
import type { Ballot, Case, OpenVote, Roll } from './world.ts';

/** The delegation of a process: the first of the text that names it, or names none. */
export function delegationFor(subject: Case, roll: Roll): CharterDelegation | undefined {
  return roll.charter.delegations.find((one) => one.for.length === 0 || one.for.includes(subject.process.name));
}

/**
 * Whom somebody has delegated to, for this vote: as it was given at the opening where it can be revoked until then, else as it is now, while it lasts.
 * S18, S41: what is given or taken back from the close on comes too late.
 */
export function delegateOf(subject: Case, open: OpenVote, now: Roll, person: string): string | undefined {
  const delegation = delegationFor(subject, open.roll);
  const at = delegation?.revocableUntil === 'opening' ? open.opened : now;
  // S7, decision 0053: it is for people who held the role when the roster of the vote was frozen.
  if (delegation === undefined || !holders(open.roll, delegation.by).includes(person)) return undefined;
  const closeMs = open.counted?.closeMs ?? open.closeMs;
  const own = at.records.delegations.filter(({ name, from, atMs }) => name === delegation.name && from === person && atMs < closeMs);
  const last = own.at(-1);
  return last !== undefined && Math.min(now.atMs, closeMs) < last.untilMs ? last.to : undefined;
}

/** The ballots that people cast themselves and are not recused from. */
function ownIn(subject: Case, open: OpenVote): ReadonlyMap<string, Ballot['ranks']> {
  const out = recusedIn(subject, open);
  return new Map(open.ballots.filter(({ person }) => !out.some((one) => one.person === person)).map(({ person, ranks }) => [person, ranks]));
}

/** Who votes for somebody: the first along the chain who has voted, if the chain is not longer than its depth. Round a circle everybody is met again, and nobody new. */
function voterFor(subject: Case, open: OpenVote, now: Roll, person: string): string | undefined {
  const own = ownIn(subject, open);
  const depth = delegationFor(subject, open.roll)?.depth ?? 1;
  const chain: string[] = [];
  for (let delegate = delegateOf(subject, open, now, person); delegate !== undefined && !chain.includes(delegate) && chain.length < depth;) {
    if (own.has(delegate)) return delegate;
    chain.push(delegate);
    delegate = delegateOf(subject, open, now, delegate);
  }
  return undefined;
}

/** The most weight that one limit lets a delegate be given; a share is of its roster, or of all weight, and counted down. */
function mostGiven(subject: Case, open: OpenVote, { amount, counted }: CharterDelegation['limits'][number]): bigint {
  const whole = sizeOf(subject, open, { kind: 'whole', role: counted });
  return amount.kind === 'share' ? (whole * BigInt(amount.numerator)) / BigInt(amount.denominator) : BigInt(amount.kind === 'count' ? amount.value : 0);
}

/** S41: whose ballot counts for whom, by name, and with how much weight. Weight over a limit is not counted, and whose weight is all over it is not either. */
function takenIn(subject: Case, open: OpenVote, now: Roll): readonly { readonly person: string; readonly voter: string; readonly weight: bigint }[] {
  const own = ownIn(subject, open);
  const out = recusedIn(subject, open).map(({ person }) => person);
  const mosts = (delegationFor(subject, open.roll)?.limits ?? []).map((limit) => mostGiven(subject, open, limit));
  const given = new Map<string, bigint>();
  return open.frozen.toSorted().flatMap((person) => {
    const voter = own.has(person) || out.includes(person) ? undefined : voterFor(subject, open, now, person);
    if (voter === undefined) return [];
    const full = weightOf(open, person);
    const before = given.get(voter) ?? 0n;
    const weight = mosts.map((most) => most - before).reduce((least, room) => (room < least ? room : least), full);
    if (weight <= 0n && full > 0n) return [];
    given.set(voter, before + weight);
    return [{ person, voter, weight }];
  });
}

/** What each person on the roster says in the end: the last ballot (S34), the ballot of a delegate (S41), or what a recusal makes of it (S42). */
export function castIn(subject: Case, open: OpenVote, now: Roll): ReadonlyMap<string, Ballot['ranks']> {
  const own = ownIn(subject, open);
  const cast = new Map(own);
  const recused = recusedIn(subject, open);
  const hasLeft = (who: string): boolean => recused.some(({ person, countsAs }) => person === who && countsAs === undefined);
  for (const { person, countsAs } of recused)
    if (open.frozen.includes(person) && !hasLeft(person) && countsAs !== undefined && countsAs !== 'absent') cast.set(person, [[countsAs]]);
  for (const { person, voter } of takenIn(subject, open, now)) cast.set(person, own.get(voter) ?? []);
  return cast;
}

/** The vote with what is counted of the weight of ballots that are taken for others. */
export function weighed(subject: Case, open: OpenVote, now: Roll): OpenVote {
  return { ...open, parts: new Map(takenIn(subject, open, now).map(({ person, weight }) => [person, weight])) };
}
