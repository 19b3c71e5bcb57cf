// One round of a count in which each ballot supports its best remaining option: who has how much, exactly. It excludes nobody.
import { entryAt } from '../invariant.ts';
import type { BallotTable, CountedTable } from './ballot.ts';
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

/** The best remaining option of a ballot, -1 for none, and -2 for several. A ballot that ranks nobody is blank, and exhausted whatever `unranked` says. */
function bestOf(table: BallotTable, among: readonly number[], ballot: number, unranked: UnrankedInRounds): number {
  const row = ballot * table.candidatesCount;
  let place = 65_536;
  let option = -1;
  for (const candidate of among) {
    const own = table.ranks[row + candidate] ?? 0;
    if (own === 0 || own > place) continue;
    option = own < place ? candidate : -2;
    place = own;
  }
  if (option !== -1 || unranked === 'exhausted' || isBlank(table, ballot)) return option;
  return among.length === 1 ? entryAt(among, 0) : -2;
}

/** The options that share the best remaining place of a ballot: all that remain where it ranks none of them. */
function equalsOf(table: BallotTable, among: readonly number[], ballot: number): number[] {
  const row = ballot * table.candidatesCount;
  const placeOf = (option: number): number => table.ranks[row + option] || 65_536;
  const best = among.reduce((least, option) => Math.min(least, placeOf(option)), 65_536);
  return among.filter((option) => placeOf(option) === best);
}

/** True where a ballot ranks nobody. */
export function isBlank(table: BallotTable, ballot: number): boolean {
  const row = ballot * table.candidatesCount;
  for (let candidate = 0; candidate < table.candidatesCount; candidate += 1) if (table.ranks[row + candidate] !== 0) return false;
  return true;
}

/** Counts one round among the remaining options. Exact. Pure. */
export function countRound(table: CountedTable, among: readonly number[], rule: RoundRule): Round {
  const size = table.candidatesCount;
  const shared: number[] = [];
  const sums = sumBySlot(table, size + 2, (ballot) => {
    const option = bestOf(table, among, ballot, rule.unranked);
    if (option >= 0) return option;
    if (option === -1) return size;
    if (rule.equalRanks !== 'split') return size + 1;
    shared.push(ballot);
    return -1;
  });
  const votes = sums.slice(0, size).map((sum) => rational(sum));
  for (const ballot of shared) {
    const equals = equalsOf(table, among, ballot);
    const share = rational(entryAt(table.weights, ballot), BigInt(equals.length));
    for (const option of equals) votes[option] = add(entryAt(votes, option), share);
  }
  return { votes, exhausted: entryAt(sums, size), equal: entryAt(sums, size + 1) };
}

/** Compares two options by their support in a round: negative where the first has more. */
export function byVotes(round: Round): (a: number, b: number) => number {
  return (a, b) => compare(entryAt(round.votes, b), entryAt(round.votes, a));
}

/** Adds up the support of some options. Pure. */
export function supportOf(round: Round, options: readonly number[]): Rational {
  return options.reduce((sum, option) => add(sum, entryAt(round.votes, option)), rational(0n));
}
