// STV with weighted inclusive Gregory transfers by three texts: the Scottish order of 2007, the reference WIGM rule and the CfER draft. Meek is elsewhere.
import { at, type Ballot, type Lot } from './ballots.ts';
import { firstRank } from './points.ts';

/** Papers of one kind as they lie: who holds them (undefined: exhausted) and what each is worth in the rule's smallest unit. */
interface Pile {
  readonly ballot: Ballot;
  holder: string | undefined;
  value: bigint;
}

function next(ballot: Ballot, among: readonly string[]): string | undefined {
  const here = firstRank(ballot, among);
  return here.length === 1 ? here[0] : undefined;
}

interface Count {
  readonly cast: bigint;
  readonly piles: readonly Pile[];
  readonly kept: Map<string, bigint>;
  readonly elected: string[];
  readonly levels: string[][];
  readonly pending: string[];
  hopeful: string[];
  votes: Map<string, bigint>;
}

/** Deals the papers that name anybody, each worth one whole. */
function start(cards: readonly Ballot[], candidates: readonly string[], unit: bigint): Count {
  const ballots = cards.filter((ballot) => firstRank(ballot, candidates).length > 0);
  const piles = ballots.map((ballot) => ({ ballot, holder: next(ballot, candidates), value: unit }));
  const cast = ballots.reduce((sum, ballot) => sum + ballot.weight, 0n);
  return { cast, piles, kept: new Map(), elected: [], levels: [], pending: [], hopeful: [...candidates], votes: new Map() };
}

/** Ranks who is elected in one stage by votes, most first, equal ones together. */
function seat(count: Count, chosen: readonly string[]): void {
  for (let left = [...chosen]; left.length > 0;) {
    const top = highest(left, count.votes);
    count.levels.push(top);
    left = left.filter((c) => !top.includes(c));
  }
}

/** Counts the papers again and elects who has the quota. */
function elect(count: Count, quota: bigint): void {
  count.votes = new Map([...count.hopeful, ...count.pending].map((c) => [c, 0n]));
  for (const { ballot, holder, value } of count.piles) if (holder !== undefined) count.votes.set(holder, at(count.votes, holder) + ballot.weight * value);
  for (const [c, v] of count.kept) count.votes.set(c, v);
  const chosen = count.hopeful.filter((c) => at(count.votes, c) >= quota);
  count.elected.push(...chosen);
  seat(count, chosen);
  count.pending.push(...chosen);
  count.hopeful = count.hopeful.filter((c) => !chosen.includes(c));
}

/** The result once every seat is filled or everybody left is needed. */
function finished(count: Count, seats: number, quota: bigint): Stv | undefined {
  const { elected, hopeful, votes, levels } = count;
  if (elected.length >= seats) return { winners: elected, levels, quota, votes };
  if (hopeful.length + elected.length > seats) return undefined;
  seat(count, hopeful);
  return { winners: [...elected, ...hopeful], levels, quota, votes };
}

function move(count: Count, from: string, value: (old: bigint) => bigint): void {
  for (const pile of count.piles) {
    if (pile.holder !== from) continue;
    pile.value = value(pile.value);
    pile.holder = pile.value === 0n ? undefined : next(pile.ballot, count.hopeful);
  }
}

function transfer(count: Count, from: string, quota: bigint, value: (old: bigint) => bigint): void {
  count.pending.splice(count.pending.indexOf(from), 1);
  move(count, from, value);
  count.kept.set(from, quota);
}

function defeat(count: Count, who: string): void {
  count.hopeful = count.hopeful.filter((c) => c !== who);
  move(count, who, (old) => old);
}

function lowest(of: readonly string[], votes: ReadonlyMap<string, bigint>): string[] {
  return of.filter((c) => of.every((d) => at(votes, c) <= at(votes, d)));
}

function highest(of: readonly string[], votes: ReadonlyMap<string, bigint>): string[] {
  return of.filter((c) => of.every((d) => at(votes, c) >= at(votes, d)));
}

function pick(tied: readonly string[], why: 'first' | 'out', lot: Lot): string {
  return tied.length === 1 ? (tied[0] ?? '') : lot(tied, why);
}

/** Whoever goes out of the lowest. Decision 0184: there is no lot among those without a vote where the others are enough for the seats, since all of them go. */
function leaver({ hopeful, elected, votes }: Count, tied: readonly string[], seats: number, lot: Lot): string {
  const without = hopeful.filter((c) => at(votes, c) === 0n);
  const all = tied.every((c) => without.includes(c)) && hopeful.length - without.length + elected.length >= seats;
  return all ? (tied[0] ?? '') : pick(tied, 'out', lot);
}

/** What an STV count keeps for its test: the winners and the votes as they stand at the end, in the smallest unit. */
export interface Stv {
  readonly winners: readonly string[];
  /** The elected in order of election, who came in together with equal votes in one level. */
  readonly levels: readonly (readonly string[])[];
  readonly quota: bigint;
  readonly votes: ReadonlyMap<string, bigint>;
}

/** Scottish Local Government Elections Order 2007, rules 46 to 52, in hundred-thousandths; ties go to the latest stage that differs, then to the lot. */
export function scottishOnce(candidates: readonly string[], cards: readonly Ballot[], seats: number, lot: Lot): Stv {
  const count = start(cards, candidates, 100_000n);
  const quota = (count.cast / BigInt(seats + 1) + 1n) * 100_000n;
  const stages: Map<string, bigint>[] = [];
  for (;;) {
    elect(count, quota);
    const end = finished(count, seats, quota);
    if (end !== undefined) return end;
    const surplus = count.pending.filter((c) => at(count.votes, c) > quota);
    let tied = surplus.length > 0 ? highest(surplus, count.votes) : lowest(count.hopeful, count.votes);
    for (const stage of [...stages].reverse()) tied = surplus.length > 0 ? highest(tied, stage) : lowest(tied, stage);
    stages.push(count.votes);
    const chosen = surplus.length > 0 ? pick(tied, 'first', lot) : leaver(count, tied, seats, lot);
    const all = at(count.votes, chosen);
    if (surplus.length > 0) transfer(count, chosen, quota, (old) => ((all - quota) * old) / all);
    else defeat(count, chosen);
  }
}

/** The reference WIGM rule without batch defeat, in ten-thousandths; D.4 cuts after the product and again after the quotient. */
export function wigmOnce(candidates: readonly string[], cards: readonly Ballot[], seats: number, lot: Lot): Stv {
  const unit = 10_000n;
  const count = start(cards, candidates, unit);
  const quota = (count.cast * unit) / BigInt(seats + 1) + 1n;
  for (;;) {
    elect(count, quota);
    const end = finished(count, seats, quota);
    if (end !== undefined) return end;
    if (count.pending.length > 0) {
      const chosen = pick(highest(count.pending, count.votes), 'first', lot);
      const all = at(count.votes, chosen);
      transfer(count, chosen, quota, (old) => (((old * (all - quota)) / unit) * unit) / all);
    } else defeat(count, leaver(count, lowest(count.hopeful, count.votes), seats, lot));
  }
}

/** CfER draft, section 10059, without the optional defeats; every surplus moves in the same round, so no lot falls over surpluses. */
export function cferOnce(candidates: readonly string[], cards: readonly Ballot[], seats: number, lot: Lot): Stv {
  const count = start(cards, candidates, 100_000n);
  const quota = (count.cast * 100_000n) / BigInt(seats + 1) + 1n;
  for (;;) {
    elect(count, quota);
    const end = finished(count, seats, quota);
    if (end !== undefined) return end;
    const surplus = count.pending.filter((c) => at(count.votes, c) > quota);
    for (const c of surplus) {
      const all = at(count.votes, c);
      transfer(count, c, quota, (old) => (old * (all - quota)) / all);
    }
    if (surplus.length > 0) continue;
    const chosen = leaver(count, lowest(count.hopeful, count.votes), seats, lot);
    const left = count.hopeful.filter((c) => c !== chosen);
    if (left.length + count.elected.length <= seats) {
      seat(count, left);
      return { winners: [...count.elected, ...left], levels: count.levels, quota, votes: count.votes };
    }
    defeat(count, chosen);
  }
}

/**
 * Weighted inclusive Gregory in exact fractions: the quota is the votes by the seats and one more, and must be exceeded. Amounts are in a unit that is
 * divided again, for everything counted so far, whenever a transfer value does not come out whole.
 */
export function exactOnce(candidates: readonly string[], cards: readonly Ballot[], seats: number, lot: Lot): Stv {
  let unit = BigInt(seats + 1);
  const count = start(cards, candidates, unit);
  let quota = count.cast;
  const finer = (factor: bigint): void => {
    unit *= factor;
    quota *= factor;
    for (const pile of count.piles) pile.value *= factor;
    for (const [c, kept] of count.kept) count.kept.set(c, kept * factor);
  };
  for (;;) {
    elect(count, quota + 1n);
    const end = finished(count, seats, quota);
    if (end !== undefined) return end;
    if (count.pending.length > 0) {
      const chosen = pick(highest(count.pending, count.votes), 'first', lot);
      const all = at(count.votes, chosen);
      const surplus = all - quota;
      finer(all);
      // Every value is a multiple of `all` now: this division leaves no rest.
      transfer(count, chosen, quota, (old) => (old / all) * surplus);
    } else defeat(count, leaver(count, lowest(count.hopeful, count.votes), seats, lot));
  }
}
