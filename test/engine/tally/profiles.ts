// Random and written-out profiles for the tests of counting. Text such as `3 a>b=c` is a ballot of weight 3.
import { fc } from '../../seeded.ts';
import type { Profile, RankedBallot } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRecord } from '../../../engine/tally/record.ts';
import type { CountRule, Method } from '../../../engine/tally/rules.ts';

/** Reads ballots such as `3 a>b=c`; `2` alone is blank. */
export function ballots(...lines: readonly string[]): RankedBallot[] {
  return lines.map((line) => {
    const [weight = '1', ranking = ''] = line.split(' ');
    return { weight: BigInt(weight), ranks: ranking === '' ? [] : ranking.split('>').map((group) => group.split('=')) };
  });
}

/** A ranked profile of candidates named by single letters. */
export function profile(names: string, list: readonly RankedBallot[]): Profile {
  return { kind: 'ranked', candidates: Array.from(names).map((id) => ({ id, name: id.toUpperCase() })), ballots: list };
}

/** Rules for one seat of every method that counts rankings, in one usual form each. */
export const rankedRules: readonly CountRule[] = [
  { method: 'plurality', equalRanks: 'split', seats: 1, cap: 'none' },
  { method: 'borda', unranked: 'tied-last', equalRanks: 'allowed', seats: 1, cap: 'none' },
  { method: 'irv', unranked: 'exhausted', equalRanks: 'split', seats: 1, cap: 'none' },
  { method: 'two-round', unranked: 'exhausted', equalRanks: 'split', seats: 1, cap: 'none' },
  { method: 'stv-scottish', unranked: 'exhausted', equalRanks: 'refused', seats: 1, cap: 'none' },
  { method: 'stv-wigm', unranked: 'exhausted', equalRanks: 'refused', seats: 1, cap: 'none' },
  { method: 'stv-cfer', unranked: 'exhausted', equalRanks: 'refused', seats: 1, cap: 'none' },
  { method: 'stv-exact', unranked: 'exhausted', equalRanks: 'refused', seats: 1, cap: 'none' },
  { method: 'stv-meek', unranked: 'exhausted', equalRanks: 'refused', seats: 1, cap: 'none' },
  { method: 'schulze', unranked: 'tied-last', equalRanks: 'allowed', strength: 'winning-votes', seats: 1, cap: 'none' },
  { method: 'schulze', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', seats: 1, cap: 'none' },
  { method: 'ranked-pairs', unranked: 'tied-last', equalRanks: 'allowed', strength: 'winning-votes', seats: 1, cap: 'none' },
  { method: 'ranked-pairs', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', seats: 1, cap: 'none' },
  { method: 'minimax', unranked: 'tied-last', equalRanks: 'allowed', strength: 'winning-votes', seats: 1, cap: 'none' },
  { method: 'minimax', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', seats: 1, cap: 'none' },
  { method: 'condorcet', unranked: 'tied-last', equalRanks: 'allowed', seats: 1, cap: 'none' },
  { method: 'condorcet-irv', unranked: 'tied-last', equalRanks: 'split', roundsAmong: 'smith', seats: 1, cap: 'none' },
];

/** The rules of some methods. */
export function rulesOf(...methods: readonly Method[]): readonly CountRule[] {
  return rankedRules.filter((rule) => methods.includes(rule.method));
}

/** Random full rankings of some names, one to twelve lines of weight 1 to 9. */
export function fullRankings(names: string): fc.Arbitrary<RankedBallot[]> {
  const line = fc.record({ weight: fc.bigInt({ min: 1n, max: 9n }), order: fc.shuffledSubarray(Array.from(names), { minLength: names.length }) });
  return fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.map(({ weight, order }) => ({ weight, ranks: order.map((name) => [name]) })));
}

/** Random rankings that may be short or blank. */
export function shortRankings(names: string): fc.Arbitrary<RankedBallot[]> {
  const line = fc.record({ weight: fc.bigInt({ min: 1n, max: 9n }), order: fc.shuffledSubarray(Array.from(names)) });
  return fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.map(({ weight, order }) => ({ weight, ranks: order.map((name) => [name]) })));
}

/** Counts with an empty tie chain. */
export function counted(names: string, list: readonly RankedBallot[], rule: CountRule): CountRecord {
  return count(profile(names, list), rule, []);
}

/** The single winner, or undefined for a tie or a failure. */
export function winnerOf(record: CountRecord): string | undefined {
  return record.outcome.kind === 'elected' ? record.outcome.winners[0] : undefined;
}

/** Voters who put a before b, unranked last. */
export function preferring(list: readonly RankedBallot[], a: string, b: string): bigint {
  const place = (ballot: RankedBallot, name: string): number => {
    const index = ballot.ranks.findIndex((group) => group.includes(name));
    return index === -1 ? 1_000 : index;
  };
  return list.reduce((sum, ballot) => (place(ballot, a) < place(ballot, b) ? sum + ballot.weight : sum), 0n);
}
