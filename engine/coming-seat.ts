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

function endsBefore(holding: Holding, nextMs: number | undefined): boolean {
  return holding.untilMs !== undefined && nextMs !== undefined && holding.untilMs < nextMs;
}

/**
 * The winners, in order of election, who take a seat on which somebody sits: at the end of that term, or at once where it is over and nothing has ended it.
 * Whoever is elected again waits for the end of their own term.
 */
export function seatsLater(
  scope: Pick<CaseScope, 'state' | 'charter' | 'process' | 'record'>,
  role: CharterRole,
  winners: readonly string[],
  atMs: number,
): readonly ComingSeat[] {
  const openedMs = electedMs(scope, role.name);
  if (openedMs === undefined) return [];
  const nextMs = nextRoundMs(scope, openedMs);
  const holdings = holdingsOf(scope.state, role.name);
  const ending = holdings.filter((holding) => endsBefore(holding, nextMs));
  const waitingFor = comingSeats(scope.state);
  const coming = waitingFor.filter((seat) => seat.role === role.name);
  const taken = coming.map((seat) => seat.after);
  const others = ending
    .filter(({ member }) => !scope.record.winners.includes(member) && !taken.includes(member))
    .sort((left, right) => (left.untilMs ?? 0) - (right.untilMs ?? 0) || left.order - right.order);
  let free = seatsOf(scope.charter, role.name) - holdings.length;
  let order = waitingFor.reduce((next, seat) => Math.max(next, seat.order + 1), 0);
  return winners.flatMap((member) => {
    // Whoever waits for a seat of the role already goes on waiting for that one: nobody is given two.
    const waiting = coming.find((seat) => seat.member === member);
    if (waiting !== undefined) return [{ ...waiting, cases: [...waiting.cases.filter((id) => id !== scope.record.id), scope.record.id] }];
    const own = ending.find((holding) => holding.member === member);
    if (own === undefined && holdings.some((holding) => holding.member === member)) return [];
    free -= own === undefined ? 1 : 0;
    const seat = own ?? (free >= 0 ? undefined : others.shift());
    if (seat === undefined) return [];
    order += 1;
    return [{ role: role.name, member, fromMs: seat.untilMs ?? atMs, after: seat.member, cases: [scope.record.id], order: order - 1 }];
  });
}

/** Keeps a seat for a winner until it is free. */
export function keepSeat(state: State, seat: ComingSeat): State {
  const key = comingKey(seat.role, seat.member);
  const kept = writeEntry(forgetSeat(state, seat), key, { from: seat.fromMs, after: seat.after, cases: seat.cases, order: seat.order });
  return writeEntry(kept, timerKey(seat.fromMs, key), {});
}

/** All seats that winners wait for, the first to come free first, of those that come free together that of whoever was elected first. */
export function comingSeats(state: State): readonly ComingSeat[] {
  return entriesUnder(state, prefix)
    .map(([key, entry]) => seatOf(key, entry))
    .sort((left, right) => left.fromMs - right.fromMs || left.order - right.order);
}

/**
 * True iff a seat is free now: its time has come, or whoever sat on it holds the role no longer, for that term or for one that they were given since.
 * A winner's own seat is free at its time and not before: what they lose until then is lost.
 */
export function isFree(state: State, seat: ComingSeat, atMs: number): boolean {
  return seat.fromMs <= atMs || (seat.after !== seat.member && !sitsStill(state, seat));
}

/** True iff whoever sits on a seat still does. */
export function sitsStill(state: State, { role, after }: ComingSeat): boolean {
  return readEntry(state, `role/${role}/${after}`) !== undefined;
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
