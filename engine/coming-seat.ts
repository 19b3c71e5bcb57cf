// Seats that winners of `elects the vacant R` take later: those whose holder's term has not ended yet (S131, docs/decisions/0107). Whether a winner may
// hold the role is outcome.ts's.
import type { CharterRole } from './bylaws.ts';
import type { CaseScope } from './actor.ts';
import { seatsOf } from './actor.ts';
import { nextRoundMs } from './cap.ts';
import type { CaseRecord } from './case.ts';
import { readCase, timerKey, votesIn } from './case.ts';
import { textOf, textsOf } from './field.ts';
import type { Holding } from './roster.ts';
import { holdingsOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { isDecisionHeld } from './while-open.ts';

/** A winner who waits for a seat: until when at the latest, and whose seat it is, which may be their own. */
export interface ComingSeat {
  readonly role: string;
  readonly member: string;
  readonly fromMs: number;
  readonly after: string;
  /** The cases that elected them to it, in order: the last one gives it whose decision nobody holds. */
  readonly cases: readonly string[];
  /** Its place among all seats that are waited for, in the order of the elections. */
  readonly order: number;
}

const prefix = 'coming/';

function comingKey(role: string, member: string): string {
  return `${prefix}${role}/${member}`;
}

function seatOf(key: string, entry: ReturnType<typeof readEntry> & object): ComingSeat {
  const [, role = '', member = ''] = key.split('/');
  return { role, member, fromMs: Number(entry['from']), after: textOf(entry['after']), cases: textsOf(entry['cases']), order: Number(entry['order']) };
}

/** When the vote opened that elected the winners of a case to the vacant seats of a role; undefined where none did. */
function electedMs({ process, record }: Pick<CaseScope, 'process' | 'record'>, role: string): number | undefined {
  const votes = process.stages.flatMap(votesIn);
  const names = votes.flatMap((vote) => (vote.elects?.role === role && vote.elects.seats === undefined ? [vote.name] : []));
  return record.reached.findLast(([stage]) => names.includes(stage))?.[1];
}

/** A holding whose term ends before the next vote about its seat. */
type Ending = Holding & { readonly untilMs: number };

function endsBefore(holding: Holding, nextMs: number | undefined): holding is Ending {
  return holding.untilMs !== undefined && nextMs !== undefined && holding.untilMs < nextMs;
}

/** How many seats of a role are empty, but for those that are kept for somebody who goes on while another winner takes the seat they sit on. */
function emptySeats({ state, charter }: Pick<CaseScope, 'state' | 'charter'>, role: string, coming: readonly ComingSeat[]): number {
  const kept = coming.filter((seat) => seat.after === seat.member && coming.some((other) => other !== seat && other.after === seat.member));
  return seatsOf(charter, role) - holdingsOf(state, role).length - kept.length;
}

/** Where a winner sits: at once; later, with the seat of somebody who changes with them; or nowhere, since their own seat is another winner's and no other comes free. */
export type Seating = { readonly kind: 'now' } | { readonly kind: 'later'; readonly seats: readonly ComingSeat[] } | { readonly kind: 'none' };

/** The seat that comes free first among those of nobody who is elected with the winner and for which nobody waits. */
function nextToEnd(scope: Pick<CaseScope, 'state' | 'record'>, role: string, nextMs: number | undefined, coming: readonly ComingSeat[]): Ending | undefined {
  const [next] = holdingsOf(scope.state, role)
    .filter((holding) => endsBefore(holding, nextMs))
    .filter(({ member }) => !scope.record.winners.includes(member) && coming.every(({ after }) => after !== member))
    .sort((left, right) => left.untilMs - right.untilMs || left.order - right.order);
  return next;
}

/**
 * Where a winner sits, once all who were elected before them have their seats: on an empty seat, or at the end of a term on that of whoever sits there then,
 * which is at once where the term is over and nothing has ended it. Whoever is elected again waits for the end of their own term.
 */
export function seatFor(scope: Pick<CaseScope, 'state' | 'charter' | 'process' | 'record'>, role: CharterRole, member: string): Seating {
  const openedMs = electedMs(scope, role.name);
  if (openedMs === undefined) return { kind: 'now' };
  const nextMs = nextRoundMs(scope, openedMs);
  const all = comingSeats(scope.state);
  const coming = all.filter((seat) => seat.role === role.name);
  const before = coming.find((seat) => seat.member === member);
  // Whoever waits for a seat of the role already goes on waiting for that one: nobody is given two.
  if (before !== undefined) return { kind: 'later', seats: [{ ...before, cases: [...before.cases.filter((id) => id !== scope.record.id), scope.record.id] }] };
  const order = all.reduce((next, seat) => Math.max(next, seat.order + 1), 0);
  const later = (after: string, fromMs: number, ...changed: readonly ComingSeat[]): Seating => ({
    kind: 'later',
    seats: [{ role: role.name, member, fromMs, after, cases: [scope.record.id], order }, ...changed],
  });
  const own = holdingsOf(scope.state, role.name).find((holding) => holding.member === member);
  const rival = own === undefined ? undefined : coming.find((seat) => seat.after === member);
  if (own !== undefined && rival === undefined) return endsBefore(own, nextMs) ? later(member, own.untilMs) : { kind: 'now' };
  const isEmpty = emptySeats(scope, role.name, coming) > 0;
  const next = isEmpty ? undefined : nextToEnd(scope, role.name, nextMs, coming);
  if (rival === undefined) return next === undefined ? { kind: 'now' } : later(next.member, next.untilMs);
  // Somebody else waits for the seat this winner sits on: this winner takes the next one, at the end of their own term.
  if (isEmpty) return later(member, rival.fromMs);
  if (next === undefined) return { kind: 'none' };
  if (next.untilMs > rival.fromMs) return later(next.member, next.untilMs);
  // The two change seats, since that makes neither of them wait longer: nobody has to leave a role in which they go on.
  return later(member, rival.fromMs, { ...rival, after: next.member, fromMs: next.untilMs });
}

/**
 * Lets whoever holds the role when their turn comes, by a grant of another case, go on where they sit: nobody leaves for them, and whoever waits for that seat
 * takes the one they waited for.
 */
export function staySeated(state: State, atMs: number): State {
  return comingSeats(state)
    .filter(({ role, member, fromMs }) => fromMs <= atMs && sits(state, role, member))
    .reduce((next, { role, member }) => {
      const all = comingSeats(next).filter((one) => one.role === role);
      const seat = all.find((one) => one.member === member);
      if (seat === undefined || seat.after === member || givenBy(next, seat) === undefined) return next;
      const rival = all.find((one) => one.after === member);
      const stayed = keepSeat(next, { ...seat, after: member });
      return rival === undefined ? stayed : keepSeat(stayed, { ...rival, after: seat.after, fromMs: seat.fromMs });
    }, state);
}

/** Keeps a seat for a winner until it is free. */
export function keepSeat(state: State, seat: ComingSeat): State {
  const key = comingKey(seat.role, seat.member);
  const kept = writeEntry(forgetSeat(state, seat), key, { from: seat.fromMs, after: seat.after, cases: seat.cases, order: seat.order });
  return writeEntry(kept, timerKey(seat.fromMs, key), {});
}

/** All seats that winners wait for, in the order of the elections. */
export function comingSeats(state: State): readonly ComingSeat[] {
  return entriesUnder(state, prefix)
    .map(([key, entry]) => seatOf(key, entry))
    .sort((left, right) => left.order - right.order);
}

/**
 * True iff a seat is free now: its time has come, or whoever sat on it holds the role no longer, for that term or for one that they were given since. A
 * winner's own seat is free at its time and not before, what they lose until then is lost; and nobody leaves their own seat early for another one.
 */
export function isFree(state: State, seat: ComingSeat, atMs: number): boolean {
  return seat.fromMs <= atMs || (seat.after !== seat.member && !sits(state, seat.role, seat.member) && !sits(state, seat.role, seat.after));
}

function sits(state: State, role: string, member: string): boolean {
  return readEntry(state, `role/${role}/${member}`) !== undefined;
}

/** Forgets that a winner waits for a seat, and its timer: they have it, or may not have it, or are to have it at another instant. */
export function forgetSeat(state: State, seat: Pick<ComingSeat, 'role' | 'member'>): State {
  const key = comingKey(seat.role, seat.member);
  const entry = readEntry(state, key);
  return entry === undefined ? state : eraseEntry(eraseEntry(state, timerKey(Number(entry['from']), key)), key);
}

/** The seat that a case, maybe among others, gave a person and that is not theirs yet; undefined where there is none. */
export function seatComing(state: State, record: CaseRecord, role: string, member: string): ComingSeat | undefined {
  const key = comingKey(role, member);
  const entry = readEntry(state, key);
  const seat = entry === undefined ? undefined : seatOf(key, entry);
  return seat?.cases.includes(record.id) === true ? seat : undefined;
}

/** Takes one of the cases off a seat that it gave: the winner goes on waiting while another one gives it. */
export function takeCaseOff(state: State, seat: ComingSeat, record: CaseRecord): State {
  const cases = seat.cases.filter((id) => id !== record.id);
  return cases.length === 0 ? forgetSeat(state, seat) : keepSeat(state, { ...seat, cases });
}

/** The last of the cases that gave a seat whose decision nobody holds; undefined while all of them wait (S120). */
export function givenBy(state: State, { cases }: ComingSeat): CaseRecord | undefined {
  return readCase(state, cases.findLast((id) => !isDecisionHeld(state, id)) ?? '');
}

/** A case that held a decision has ended: seats whose time came meanwhile are free from this instant on. */
export function freeAfter(state: State, holder: CaseRecord, atMs: number): State {
  const { decision } = holder;
  if (decision === undefined) return state;
  const waiting = comingSeats(state).filter(({ fromMs, cases }) => fromMs <= atMs && cases.includes(decision));
  return waiting.reduce((next, seat) => keepSeat(next, { ...seat, fromMs: atMs }), state);
}

/** The seat that a person was elected to again; undefined where they were not, or to another one. */
export function ownSeat(state: State, role: string, member: string): ComingSeat | undefined {
  const key = comingKey(role, member);
  const entry = readEntry(state, key);
  return entry?.['after'] === member ? seatOf(key, entry) : undefined;
}

/** True iff a person was elected again to the seat they sit on, and nobody holds that: their role goes on with a new term at its end. */
export function goesOn(state: State, role: string, member: string): boolean {
  const seat = ownSeat(state, role, member);
  return seat !== undefined && givenBy(state, seat) !== undefined;
}
