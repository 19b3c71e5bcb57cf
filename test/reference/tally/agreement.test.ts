// The engine against the reference counts: a few thousand elections of each method; `node test/measure/run.mjs counts` runs as many as asked.
import { describe, expect, it } from 'vitest';
import { count, type CountRule } from '../../../engine/index.ts';
import { agreement } from './agreement.ts';
import { following, sorted, type Ballot } from './ballots.ts';
import { cferOnce } from './gregory.ts';
import { people, trialMakers } from './trials.ts';

/** Enough that each kind of tie, weight and cap comes up in every method. Fewer of them, by GDO_TRIALS, judge mutants. */
const SIZE = Number(process.env['GDO_TRIALS'] ?? '1000');

describe('the engine agrees with the reference counts', () => {
  it.each(Object.keys(trialMakers))(`%s on ${SIZE} random elections`, { timeout: 600_000 }, (method) => {
    const { differences, tally } = agreement(method, { seed: 1, count: SIZE });
    expect(differences).toEqual([]);
    expect(tally.settled).toBeGreaterThan(SIZE / 2);
  });

  it.each([53_411, 89_378])('stv-wigm cuts the product off before it divides, as D.4 says: in seed %i that decides a seat', (seed) => {
    expect(agreement('stv-wigm', { seed, count: 1 }).differences).toEqual([]);
  });

  it('stv-cfer moves the surplus of every elected candidate in the same round, as 10059 (g) says', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const line = (weight: bigint, ranking: string): Ballot => ({ weight, ranks: ranking.split('').map((c) => [c]) });
    const ballots = [line(41n, 'acbde'), line(39n, 'ecda'), line(2n, 'aecdb')];
    const rule: CountRule = { method: 'stv-cfer', unranked: 'exhausted', equalRanks: 'refused', seats: 4, cap: 'none' };
    expect(sorted(cferOnce(names, ballots, 4, following(names)).winners)).toEqual(['a', 'b', 'c', 'e']);
    expect(count({ kind: 'ranked', candidates: people(names), ballots }, rule, []).outcome).toMatchObject({ winners: ['a', 'e', 'c', 'b'] });
  });
});
