// One round of a count in which each ballot supports its best remaining option: who has how much, exactly. It excludes nobody.
import type { BallotTable } from './ballot.ts';
import { type Rational, add, compare, rational } from './rational.ts';
import type { EqualRanksInRounds, UnrankedInRounds } from './rules.ts';
import { sumBySlot } from './sums.ts';

/** Support in one round by candidate index. `exhausted`: no remaining option is on the ballot. `equal`: two or more share its best place, and it waits. */
export interface Round {
  readonly votes: readonly Rational[];
  readonly exhausted: bigint;
  readonly equal: bigint;
}

/** What decides where a ballot is in a round. */
export interface RoundRule {
  readonly unranked: UnrankedInRounds;
  readonly equalRanks: EqualRanksInRounds;
}

interface Best {
  /** The one option, or -1 for none and -2 for several. */
  readonly option: number;
  readonly equals: readonly number[];
}

/** The best remaining place of one ballot. A ballot that ranks nobody at all is blank, and exhausted whatever `unranked` says. */
function bestOf(table: BallotTable, among: readonly number[], ballot: number, unranked: UnrankedInRounds): Best {
  const row = ballot * table.candidatesCount;
  let place = 65_535;
  let option = -1;
  let several = false;
  for (const candidate of among) {
    const own = table.ranks[row + candidate] ?? 0;
    if (own === 0) continue;
    if (own < place || option === -1) {
      place = own;
      option = candidate;
      several = false;
    } else if (own === place) several = true;
  }
  if (several) return { option: -2, equals: among.filter((candidate) => table.ranks[row + candidate] === place) };
  if (option >= 0 || unranked === 'exhausted' || isBlank(table, ballot)) return { option, equals: [] };
  const only = among.length === 1 ? among[0] : undefined;
  return only === undefined ? { option: -2, equals: among } : { option: only, equals: [] };
}

/** True where a ballot ranks nobody. */
export function isBlank(table: BallotTable, ballot: number): boolean {
  const row = ballot * table.candidatesCount;
  for (let candidate = 0; candidate < table.candidatesCount; candidate += 1) if (table.ranks[row + candidate] !== 0) return false;
  return true;
}

/** Counts one round among the remaining options. Exact. Pure. */
export function countRound(table: BallotTable, among: readonly number[], rule: RoundRule): Round {
  const size = table.candidatesCount;
  const shared: { readonly ballot: number; readonly equals: readonly number[] }[] = [];
  const sums = sumBySlot(table, size + 2, (ballot) => {
    const best = bestOf(table, among, ballot, rule.unranked);
    if (best.option >= 0) return best.option;
    if (best.option === -1) return size;
    if (rule.equalRanks !== 'split') return size + 1;
    shared.push({ ballot, equals: best.equals });
    return -1;
  });
  const votes = sums.slice(0, size).map((sum) => rational(sum));
  for (const { ballot, equals } of shared) {
    const share = rational(table.weights[ballot] ?? 0n, BigInt(equals.length));
    for (const option of equals) votes[option] = add(votes[option] ?? rational(0n), share);
  }
  return { votes, exhausted: sums[size] ?? 0n, equal: sums[size + 1] ?? 0n };
}

/** Compares two options by their support in a round: negative where the first has more. */
export function byVotes(round: Round): (a: number, b: number) => number {
  const zero = rational(0n);
  return (a, b) => compare(round.votes[b] ?? zero, round.votes[a] ?? zero);
}

/** Adds up the support of some options. Pure. */
export function supportOf(round: Round, options: readonly number[]): Rational {
  return options.reduce((sum, option) => add(sum, round.votes[option] ?? rational(0n)), rational(0n));
}
