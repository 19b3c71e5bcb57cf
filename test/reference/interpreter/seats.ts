// Seats that come free after they are elected to, and whoever waits for them (S131, decision 0107).
import type { CharterDuration } from '../../../engine/index.ts';
import { nextStartMs } from './calendar.ts';
import { noteRemoved } from './decisions.ts';
import { electionOf } from './held.ts';
import { endOfHolding, lose } from './holding.ts';
import { isShare } from './limits.ts';
import { rollNow, seated, seatsOf as seatsOfRole } from './rosters.ts';
import type { Case, Holding, OpenVote, Roll, World } from './world.ts';

/** A case that elected somebody to a seat, for how long it says, and everybody whom it grants the role by the same effect. */
export interface Election {
  readonly by: Case;
  readonly lasting: CharterDuration | undefined;
  readonly together: readonly string[];
}

/** A winner who takes a seat when the term of whoever sits there is over; of several elections the last one gives it. */
export interface Waiting {
  readonly person: string;
  readonly seat: Holding;
  readonly elections: readonly Election[];
}

/** The terms of a role that end before the process begins again by the calendar, those that end first in front. */
export function endingIn(roll: Roll, subject: Case, open: OpenVote): readonly Holding[] {
  const nextMs = nextStartMs(subject.process, open.atMs);
  // Without a head count there are no seats (S109).
  if (nextMs === Infinity || seatsOfRole(roll, open.vote.elects?.role ?? '') === 0) return [];
  const until = ({ untilMs }: Holding): number => untilMs ?? Infinity;
  const own = roll.holdings.filter((one) => one.role === open.vote.elects?.role && until(one) < nextMs);
  return own.toSorted((a, b) => until(a) - until(b) || a.order - b.order);
}

/** S131: as many as are written, or the seats that were empty at the opening and those that come free; one where nobody is elected to a role. */
export function seatsElected(subject: Case, open: OpenVote): number {
  const { elects } = open.vote;
  if (elects === undefined) return 1;
  const { role, seats } = elects;
  return seats ?? Math.max(0, seatsOfRole(open.opened, role) - seated(open.opened, role).length + endingIn(open.opened, subject, open).length);
}

/** Whether a winner has to wait for a seat, and then does: their own, or the one that comes free first while no other is. */
export function waitsForSeat(world: World, { person, name, to, lasting, by, together }: World['grants'][number]): boolean {
  const open = by.openings.flatMap(({ votes }) => votes).findLast(({ vote }) => vote.elects !== undefined);
  if (to !== 'winners' || open?.vote.elects?.role !== name || open.vote.elects.seats !== undefined) return false;
  // Nobody is given two seats: whoever waits for one already goes on waiting for that.
  const before = world.waiting.find((one) => one.seat.role === name && one.person === person);
  if (before !== undefined) {
    const elections = [...before.elections.filter((one) => one.by !== by), { by, lasting, together }];
    world.waiting = world.waiting.map((one) => (one === before ? { ...one, elections } : one));
    return true;
  }
  // Who sits now, also on a seat that was empty when the vote opened.
  const ending = endingIn({ ...rollNow(world), charter: by.charter }, by, open);
  const taken = world.waiting.filter((one) => one.seat.role === name);
  const other = ending.find((seat) => !by.winners.includes(seat.person) && !taken.some((one) => one.seat.person === seat.person));
  const isFree = seated(world, name).length + keptEmpty(taken) < seatsOfRole({ ...open.opened, charter: by.charter }, name);
  const wait = (seat: Holding): boolean => {
    // Decision 0191: a seat whose term is over, and that nothing else has ended, is taken at once.
    if ((seat.untilMs ?? Infinity) <= world.nowMs) {
      if (seat.person !== person) leaveSeat(world, by, seat);
      return false;
    }
    world.waiting = [...world.waiting, { person, seat, elections: [{ by, lasting, together }] }];
    return true;
  };
  const sits = seated(world, name).includes(person);
  const rival = sits ? taken.find((one) => one.seat.person === person) : undefined;
  if (rival === undefined) {
    const seat = sits ? ending.find((one) => one.person === person) : isFree ? undefined : other;
    return seat === undefined ? false : wait(seat);
  }
  // Decision 0107: somebody else was elected to the seat they sit on, so theirs is the next one, if there is one.
  if (isFree) return wait(rival.seat);
  if (other === undefined) return true;
  if ((other.untilMs ?? Infinity) > (rival.seat.untilMs ?? Infinity)) return wait(other);
  const own = rival.seat;
  world.waiting = world.waiting.map((one) => (one === rival ? { ...one, seat: other } : one));
  return wait(own);
}

/** Empty seats for which somebody waits who goes on in the role while another winner has the seat they sit on. */
function keptEmpty(waiting: readonly Waiting[]): number {
  return waiting.filter(({ person, seat }) => person === seat.person && waiting.some((one) => one.person !== person && one.seat.person === person)).length;
}

/** A seat is free with the end of its term; that of somebody else as soon as they have left, for whoever sits on none. */
function isOver(world: World, { person, seat }: Waiting): boolean {
  const sitting = seated(world, seat.role);
  const hasLeft = !sitting.includes(person) && person !== seat.person && !sitting.includes(seat.person);
  return hasLeft || (seat.untilMs ?? Infinity) <= world.nowMs;
}

/** Whoever resigns gives up the seat they were elected to again. */
export function giveUpSeats(world: World, person: string, resigned: () => void): void {
  const own = world.waiting.filter((one) => one.person === person && one.seat.person === person && seated(world, one.seat.role).includes(person));
  resigned();
  const left = own.filter(({ seat }) => !seated(world, seat.role).includes(person));
  world.waiting = world.waiting.filter((one) => !left.includes(one));
}

/** The next instant at which somebody takes a seat. */
export function seatDueMs(world: World): number {
  return Math.min(Infinity, ...world.waiting.flatMap((one) => (electionOf(world, one) === undefined ? [] : [one.seat.untilMs ?? Infinity])));
}

/** Whoever sits on the seat of a winner leaves it; a decision that is taken back gives it back. */
function leaveSeat(world: World, by: Case, { person, role }: Holding): void {
  noteRemoved(world, by, { person, name: role, with: undefined });
  lose(world, person, role);
}

/** Decision 0107: who sits by then through another case stays there for the term they were elected to, and the seat they waited for is the next one's. */
function stayWhereTheySit(world: World): void {
  for (const { person, seat } of world.waiting) {
    const sits = world.holdings.find((one) => one.role === seat.role && one.person === person);
    const own = world.waiting.find((one) => one.person === person && one.seat.role === seat.role);
    if (own === undefined || sits === undefined || own.seat.person === person || (own.seat.untilMs ?? Infinity) > world.nowMs) continue;
    if (electionOf(world, own) === undefined) continue;
    const isNext = (one: Waiting): boolean => one.seat.role === seat.role && one.seat.person === person;
    world.waiting = world.waiting.map((one) => (one === own ? { ...one, seat: { ...own.seat, person } } : isNext(one) ? { ...one, seat: own.seat } : one));
  }
}

type Taking = Waiting & Election;

/** Gives some seats, where so many hold the role in the end. Whoever goes on beside a winner does so on an empty seat, if there still is one. */
function giveTogether(world: World, taking: readonly Taking[], size: number, grant: Grant): void {
  for (const { person, seat, lasting, by, together } of taking) {
    const most = by.charter.roles.find(({ name }) => name === seat.role)?.held?.most ?? Infinity;
    if (person !== seat.person && seated(world, seat.role).length >= most) leaveSeat(world, by, seat);
    const isGranted = grant(world, { person, name: seat.role, lasting, by, together, to: '' }, size);
    // A new term that is refused ends no old one that nothing else ends.
    const own = world.holdings.find((one) => one.role === seat.role && one.person === person);
    if (!isGranted && own !== undefined && endOfHolding(world, own) <= world.nowMs) lose(world, person, seat.role);
  }
}

type Grant = (world: World, granted: World['grants'][number], size: number) => boolean;

/** Seats that are free by now go to those who wait for them; the others leave them. Decision 0057: a share is of those who hold the role after one effect's. */
export function takeSeats(world: World, grant: Grant): void {
  stayWhereTheySit(world);
  const now = world.waiting.flatMap((one): readonly Taking[] => {
    const election = electionOf(world, one);
    return election === undefined || !isOver(world, one) ? [] : [{ ...one, ...election }];
  });
  world.waiting = world.waiting.filter(({ seat, person }) => !now.some((one) => one.seat === seat && one.person === person));
  const goesOn = ({ role, person }: Holding): boolean => now.some((one) => one.seat.role === role && one.person === person && one.seat.person === person);
  for (const one of now) if (!goesOn(one.seat)) leaveSeat(world, one.by, one.seat);
  for (const line of new Set(now.map(({ together }) => together))) {
    const taking = now.filter(({ together }) => together === line);
    const [first] = taking;
    const holdersAfter = (size: number): number => {
      const trial = structuredClone({ world: { ...world, entering: [] }, taking });
      giveTogether(trial.world, trial.taking, size, grant);
      return seated(trial.world, first?.seat.role ?? '').length;
    };
    let size = new Set([...seated(world, first?.seat.role ?? ''), ...taking.map(({ person }) => person)]).size;
    while (first?.by.charter.roles.some(({ name, limits }) => name === first.seat.role && limits.some(isShare)) === true && holdersAfter(size) < size)
      size -= 1;
    giveTogether(world, taking, size, grant);
  }
}
