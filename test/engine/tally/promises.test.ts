// Promises of the methods that count marks, scores and a default option, and profiles that a search finds against famous promises others do not keep.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRule } from '../../../engine/tally/rules.ts';
import { counted, fullRankings, preferring, profile, rankedRules, rulesOf, winnerOf } from './profiles.ts';

const names = ['a', 'b', 'c', 'd'];
const runs = { numRuns: 200 };
const label = (rule: CountRule): string => `${rule.method}${'strength' in rule ? ` by ${rule.strength}` : ''}`;

type Scores = readonly (readonly [weight: bigint, scores: readonly number[]])[];

const scores: fc.Arbitrary<Scores> = fc.array(
  fc.tuple(fc.bigInt({ min: 1n, max: 5n }), fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 })),
  { minLength: 1, maxLength: 8 },
);

const scoring: readonly CountRule[] = [
  { method: 'approval', marksMax: 'unlimited', seats: 1, cap: 'none' },
  { method: 'score', from: 0n, to: 5n, unscored: 'lowest', seats: 1, cap: 'none' },
  { method: 'star', from: 0n, to: 5n, unscored: 'lowest', seats: 1, cap: 'none' },
];

/** The same ballots as marks for everything above 2, or as scores. */
function scored(rule: CountRule, list: Scores): Profile {
  const candidates = names.map((id) => ({ id, name: id }));
  if (rule.method === 'approval')
    return { kind: 'marked', candidates, ballots: list.map(([weight, row]) => ({ weight, marks: names.filter((_, index) => (row[index] ?? 0) > 2) })) };
  return {
    kind: 'scored',
    candidates,
    ballots: list.map(([weight, row]) => ({ weight, scores: names.map((id, index) => [id, BigInt(row[index] ?? 0)] as const) })),
  };
}

const winner = (rule: CountRule, list: Scores): string | undefined => winnerOf(count(scored(rule, list), rule, []));

describe('marks and scores', () => {
  it.each(scoring.map((rule) => [rule.method, rule] as const))('%s is monotonic: one point more for the winner does not make it lose', (_, rule) => {
    fc.assert(
      fc.property(scores, fc.nat(), (list, which) => {
        const won = winner(rule, list);
        fc.pre(won !== undefined);
        const raised = list.map(([weight, row], index): Scores[number] => [
          weight,
          index === which % list.length ? row.map((points, option) => (names[option] === won ? Math.min(5, points + 1) : points)) : row,
        ]);
        expect(winner(rule, raised)).toBe(won);
      }),
      runs,
    );
  });

  it.each(scoring.slice(0, 2).map((rule) => [rule.method, rule] as const))(
    '%s keeps participation: a ballot that has the winner on top does not make it lose',
    (_, rule) => {
      fc.assert(
        fc.property(scores, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), (list, extra) => {
          const won = winner(rule, list);
          fc.pre(won !== undefined);
          const top = extra.map((points, option) => (names[option] === won ? 5 : points));
          expect(winner(rule, [...list, [1n, top]])).toBe(won);
        }),
        runs,
      );
    },
  );

  it.each(scoring.map((rule) => [rule.method, rule] as const))('%s depends neither on the order of ballots nor on the names', (_, rule) => {
    fc.assert(
      fc.property(scores, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (list, order) => {
        const won = winner(rule, list);
        expect(winner(rule, [...list].reverse())).toBe(won);
        const moved = list.map(([weight, row]): Scores[number] => [weight, order.map((option) => row[option] ?? 0)]);
        expect(winner(rule, moved)).toBe(won === undefined ? undefined : names[order.indexOf(names.indexOf(won))]);
      }),
      runs,
    );
  });

  it('star elects one of the two with the most points, the one preferred by more', () => {
    fc.assert(
      fc.property(scores, (list) => {
        const rule = scoring[2];
        const won = rule === undefined ? undefined : winner(rule, list);
        fc.pre(won !== undefined);
        const total = (id: string): bigint => list.reduce((sum, [weight, row]) => sum + weight * BigInt(row[names.indexOf(id)] ?? 0), 0n);
        expect(names.filter((id) => total(id) > total(won ?? '')).length).toBeLessThan(2);
      }),
      runs,
    );
  });

  it('star breaks participation, and approval and score pass over the favourite of more than half, in profiles that a search finds', () => {
    const star = scoring[2];
    if (star === undefined) throw new Error('star');
    const stayAtHome = fc.check(
      fc.property(scores, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), fc.bigInt({ min: 1n, max: 5n }), (list, extra, weight) => {
        const won = winner(star, list);
        const then = winner(star, [...list, [weight, extra]]);
        fc.pre(won !== undefined && then !== undefined);
        return (extra[names.indexOf(then ?? '')] ?? 0) >= (extra[names.indexOf(won ?? '')] ?? 0);
      }),
      { numRuns: 20_000, seed: 4 },
    );
    expect(stayAtHome.failed).toBe(true);
    for (const rule of scoring.slice(0, 2)) {
      const passedOver = fc.check(
        fc.property(scores, (list) => {
          const total = list.reduce((sum, [weight]) => sum + weight, 0n);
          const favourite = names.find(
            (_, option) =>
              2n *
                list.reduce((sum, [weight, row]) => (row.every((points, other) => other === option || points < (row[option] ?? 0)) ? sum + weight : sum), 0n) >
              total,
          );
          const won = winner(rule, list);
          return favourite === undefined || won === undefined || won === favourite;
        }),
        { numRuns: 20_000, seed: 4 },
      );
      expect([rule.method, passedOver.failed]).toEqual([rule.method, true]);
    }
  });
});

describe('a default option', () => {
  it('whoever wins beats it, by more than the ratio says, or it wins itself (Debian A.6.3)', () => {
    const against = { option: 'd', quorum: 'none', ratio: { numerator: 3n, denominator: 2n }, ratioOf: [], ratioComparison: 'more-than' } as const;
    const rule: CountRule = { method: 'condorcet-default', unranked: 'tied-last', equalRanks: 'allowed', against, seats: 1, cap: 'none' };
    fc.assert(
      fc.property(fullRankings('abcd'), (list) => {
        const won = winnerOf(counted('abcd', list, rule));
        fc.pre(won !== undefined);
        if (won !== 'd') expect(2n * preferring(list, won ?? '', 'd')).toBeGreaterThan(3n * preferring(list, 'd', won ?? ''));
      }),
      runs,
    );
  });
});

describe('famous promises that a method does not keep, in profiles that a search finds', () => {
  const condorcetLosers = rulesOf('plurality', 'borda', 'irv', 'two-round', 'stv-scottish', 'stv-wigm', 'stv-cfer', 'stv-exact', 'stv-meek');
  it.each(condorcetLosers.map((rule) => [label(rule), rule] as const))('%s passes over whoever beats everybody', (_, rule) => {
    const searched = fc.check(
      fc.property(fullRankings('abcd'), (list) => {
        const best = names.find((a) => names.every((b) => a === b || preferring(list, a, b) > preferring(list, b, a)));
        const won = winnerOf(counted('abcd', list, rule));
        return best === undefined || won === undefined || won === best;
      }),
      { numRuns: 20_000, seed: 4 },
    );
    expect(searched.failed).toBe(true);
  });

  it.each(rulesOf('schulze', 'ranked-pairs').map((rule) => [label(rule), rule] as const))('%s breaks participation', (_, rule) => {
    const ballots = fc.tuple(fullRankings('abcd'), fc.shuffledSubarray(names, { minLength: 4 }), fc.bigInt({ min: 1n, max: 9n }));
    const searched = fc.check(
      fc.property(ballots, ([list, order, weight]) => {
        const won = winnerOf(counted('abcd', list, rule));
        const then = winnerOf(counted('abcd', [...list, { weight, ranks: order.map((name) => [name]) }], rule));
        return won === undefined || then === undefined || order.indexOf(then) <= order.indexOf(won);
      }),
      { numRuns: 40_000, seed: 4 },
    );
    expect(searched.failed).toBe(true);
  });

  it.each(rulesOf('plurality', 'borda', 'two-round').map((rule) => [label(rule), rule] as const))('%s changes its winner by a clone', (_, rule) => {
    const searched = fc.check(
      fc.property(fullRankings('abc'), fc.constantFrom('a', 'b', 'c'), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (list, twin, sides) => {
        const won = winnerOf(counted('abc', list, rule));
        const cloned = list.map((ballot, index) => ({
          ...ballot,
          ranks: ballot.ranks.flatMap((group) => (group[0] === twin ? (sides[index] === true ? [['z'], [twin]] : [[twin], ['z']]) : [group])),
        }));
        const then = winnerOf(counted('abcz', cloned, rule));
        return won === undefined || then === undefined || then === won || (won === twin && then === 'z');
      }),
      { numRuns: 40_000, seed: 4 },
    );
    expect(searched.failed).toBe(true);
  });

  it('condorcet elects nobody where every option loses to another one', () => {
    const rule = rankedRules.find(({ method }) => method === 'condorcet');
    const circle = [
      ['a', 'b', 'c'],
      ['b', 'c', 'a'],
      ['c', 'a', 'b'],
    ].map((order) => ({ weight: 1n, ranks: order.map((name) => [name]) }));
    expect(rule && count(profile('abc', circle), rule, []).outcome).toEqual({ kind: 'failed', reason: 'no option beats each other one' });
  });
});
