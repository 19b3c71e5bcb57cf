// Meek's method: the reference rule in billionths, and the limit that its iteration approaches, for comparing with exact arithmetic.
import { at, type Ballot, type Lot } from './ballots.ts';
import { firstRank } from './points.ts';
import type { Stv } from './gregory.ts';

const upward = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** Spreads each paper down its ranks by the keep factors, rounding up as B.2.a says. A rank shared by several ends the paper. */
function spread(ballots: readonly Ballot[], keep: ReadonlyMap<string, bigint>, unit: bigint): Map<string, bigint> {
  const votes = new Map<string, bigint>([...keep.keys()].map((c) => [c, 0n]));
  for (const ballot of ballots) {
    let left = unit;
    for (const rank of ballot.ranks) {
      const here = rank.filter((c) => at(keep, c) > 0n);
      if (here.length > 1 || left === 0n) break;
      for (const c of here) {
        const part = upward(left * at(keep, c), unit);
        votes.set(c, at(votes, c) + part * ballot.weight);
        left -= part;
      }
    }
  }
  return votes;
}

interface Precision {
  readonly unit: bigint;
  readonly omega: bigint;
  /** Whether a candidate must have more than the quota (exact arithmetic) or reach it. */
  readonly exceeds: boolean;
  /** What is added to the quota, in units. */
  readonly more: bigint;
}

/** Those with more votes first, those with as many as they came. */
function byVotes(some: readonly string[], votes: ReadonlyMap<string, bigint>): string[] {
  return [...some].sort((a, b) => Number(at(votes, b) > at(votes, a)) - Number(at(votes, a) > at(votes, b)));
}

/** The reference rule, steps A to C; both precisions take the same steps. */
function meekOnce(candidates: readonly string[], cards: readonly Ballot[], seats: number, precision: Precision, lot: Lot): Stv {
  const { unit, omega } = precision;
  const ballots = cards.filter((ballot) => firstRank(ballot, candidates).length > 0);
  const keep = new Map<string, bigint>(candidates.map((c) => [c, unit]));
  const elected: string[] = [];
  let hopeful = [...candidates];
  let quota = 0n;
  let votes = new Map<string, bigint>();
  while (elected.length < seats && elected.length + hopeful.length > seats) {
    let before: bigint | undefined;
    let surplus: bigint;
    let chosen: string[];
    for (;;) {
      votes = spread(ballots, keep, unit);
      const all = candidates.reduce((sum, c) => sum + at(votes, c), 0n);
      quota = all / BigInt(seats + 1) + precision.more;
      chosen = hopeful.filter((c) => (precision.exceeds ? at(votes, c) > quota + unit / 10n ** 12n : at(votes, c) >= quota));
      elected.push(...byVotes(chosen, votes));
      hopeful = hopeful.filter((c) => !chosen.includes(c));
      surplus = elected.reduce((sum, c) => sum + at(votes, c) - quota, 0n);
      if (surplus < 0n) surplus = 0n;
      if (chosen.length > 0 || surplus < omega || (before !== undefined && surplus >= before)) break;
      before = surplus;
      for (const c of elected) keep.set(c, upward(upward(at(keep, c) * quota, unit) * unit, at(votes, c)));
    }
    if (chosen.length > 0) continue;
    const low = hopeful.reduce((least, c) => (at(votes, c) < least ? at(votes, c) : least), at(votes, hopeful[0] ?? ''));
    const tied = hopeful.filter((c) => at(votes, c) <= low + (precision.exceeds ? unit / 10n ** 12n : surplus));
    const out = tied.length === 1 ? (tied[0] ?? '') : lot(tied, 'out');
    hopeful = hopeful.filter((c) => c !== out);
    keep.set(out, 0n);
  }
  votes = spread(ballots, keep, unit);
  const winners = elected.length >= seats ? elected : [...elected, ...byVotes(hopeful, votes)];
  return { winners, levels: winners.map((c) => [c]), quota, votes };
}

const REFERENCE: Precision = { unit: 10n ** 9n, omega: 10n ** 3n, exceeds: false, more: 1n };
const LIMIT: Precision = { unit: 10n ** 40n, omega: 10n ** 20n, exceeds: true, more: 0n };

/** One count by the reference Meek rule: nine decimals, omega a millionth. */
export function meekReferenceOnce(candidates: readonly string[], ballots: readonly Ballot[], seats: number, lot: Lot): Stv {
  return meekOnce(candidates, ballots, seats, REFERENCE, lot);
}

/** One count by Meek's limit: forty decimals, surplus below 10^-20, votes within 10^-12 taken for equal. */
export function meekExactOnce(candidates: readonly string[], ballots: readonly Ballot[], seats: number, lot: Lot): Stv {
  return meekOnce(candidates, ballots, seats, LIMIT, lot);
}
