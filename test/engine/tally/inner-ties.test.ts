// Ties that a method meets on its way, and what a declared failure makes of each; conditions against a default; exact fractions; lots of odd names (S38, S44, S115).
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import { lotOrder, lotSeed } from '../../../engine/tally/lot.ts';
import { add, bitsCount, compare, divide, multiply, rational, showRational, showScaled, subtract } from '../../../engine/tally/rational.ts';
import type { AgainstDefault, CountRule, TieChain } from '../../../engine/tally/rules.ts';
import { ballots, counted, profile } from './profiles.ts';

const fails: TieChain = [{ kind: 'fails' }];
const inOrder = (...order: readonly string[]): TieChain => [{ kind: 'decided', by: 'the chair', order }];
const one = { seats: 1, cap: 'none' } as const;
const scores = (...rows: readonly (readonly [weight: bigint, ...points: readonly bigint[]])[]): Profile => ({
  kind: 'scored',
  candidates: profile('abc', []).candidates,
  ballots: rows.map(([weight, ...points]) => ({ weight, scores: points.map((point, index) => ['abc'[index] ?? '', point] as const) })),
});

describe('a tie on the way', () => {
  const star: CountRule = { method: 'star', from: 0n, to: 5n, unscored: 'lowest', ...one };
  const twoRound: CountRule = { method: 'two-round', unranked: 'exhausted', equalRanks: 'refused', ...one };
  const irv: CountRule = { method: 'irv', unranked: 'exhausted', equalRanks: 'refused', ...one };
  const pairs: CountRule = { method: 'ranked-pairs', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', ...one };
  const stv: CountRule = { method: 'stv-wigm', unranked: 'exhausted', equalRanks: 'refused', seats: 2, cap: 'none' };

  it.each<readonly [what: string, given: Profile, rule: CountRule, chain: TieChain, winner: string]>([
    ['of scores for the second place in a runoff', scores([2n, 5n, 3n, 3n], [1n, 0n, 2n, 2n]), star, inOrder('c', 'b', 'a'), 'a'],
    ['of scores in the runoff itself', scores([1n, 5n, 4n, 0n], [1n, 4n, 5n, 0n]), star, inOrder('b', 'a'), 'b'],
    ['of first choices for the second place', profile('abc', ballots('4 a>b', '2 b>a', '2 c>b')), twoRound, inOrder('c', 'b'), 'a'],
    ['of the last in a round', profile('abc', ballots('3 a>b', '2 b>a', '2 c>b')), irv, inOrder('b', 'c'), 'b'],
    ['of equal victories that contradict each other', profile('abc', ballots('1 a>b>c', '1 b>c>a', '1 c>a>b')), pairs, inOrder('b', 'c', 'a'), 'b'],
  ])('%s fails where that is the rule, and is broken by an order', (_, given, rule, chain, winner) => {
    expect(count(given, rule, fails).outcome).toEqual({ kind: 'failed', reason: expect.stringContaining('a tie') });
    expect(count(given, rule, []).outcome.kind).toBe('tied');
    expect(count(given, rule, chain).outcome).toMatchObject({ kind: 'elected', winners: [winner] });
  });

  it('of two surpluses of one size fails a transfer, or is moved in the order given', () => {
    const given = profile('abcd', ballots('10 a>d>c>b', '10 b>c', '6 c>d', '6 d'));
    const three: CountRule = { ...stv, seats: 3 };
    expect(count(given, three, fails).outcome).toMatchObject({ kind: 'failed' });
    expect(count(given, three, inOrder('b', 'a', 'd', 'c')).outcome).toMatchObject({ kind: 'elected' });
  });

  it('of who has to leave a group over its cap fails, or is broken by an order (S115)', () => {
    const given: Profile = {
      ...profile('abcd', ballots('2 a', '2 b', '1 c', '1 d')),
      candidates: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id, groups: [['employer', id < 'c' ? 'x' : id]] as const })),
    };
    const rule: CountRule = { method: 'plurality', equalRanks: 'refused', seats: 2, cap: [{ attribute: 'employer', seatsMax: 1, sitting: [] }] };
    expect(count(given, rule, fails).outcome).toEqual({ kind: 'failed', reason: 'a tie striking one of `x` over the cap' });
    expect(count(given, rule, []).outcome).toMatchObject({ kind: 'tied', tied: ['a', 'b'] });
    expect(count(given, rule, inOrder('b', 'a', 'd', 'c')).outcome).toMatchObject({ kind: 'elected', winners: ['b', 'd'] });
  });
});

describe('the quorum of an option against the default (S44)', () => {
  const against = (quorum: AgainstDefault['quorum'], ratioOf: AgainstDefault['ratioOf'] = []): CountRule => ({
    method: 'condorcet-default',
    unranked: 'tied-last',
    equalRanks: 'allowed',
    ...one,
    against: { option: 'n', quorum, ratio: rational(1n), ratioOf, ratioComparison: 'more-than' },
  });
  const won = (rule: CountRule, ...lines: readonly string[]): string => {
    const { outcome } = counted('abn', ballots(...lines), rule);
    return outcome.kind === 'elected' ? (outcome.winners[0] ?? '') : outcome.kind;
  };

  it.each<readonly [comparison: 'at-least' | 'more-than', ballots_: bigint, winner: string]>([
    ['at-least', 3n, 'a'],
    ['at-least', 4n, 'n'],
    ['more-than', 2n, 'a'],
    ['more-than', 3n, 'n'],
  ])('is %s %i who prefer it', (comparison, needed, winner) => {
    expect(won(against({ comparison, ballots: rational(needed) }), '3 a>n', '1 n>a')).toBe(winner);
    expect(won(against({ comparison, ballots: rational(2n * needed, 2n) }), '3 a>n', '1 n>a')).toBe(winner);
  });

  it('may be a fraction, and says what it needed', () => {
    expect(won(against({ comparison: 'at-least', ballots: rational(5n, 2n) }), '3 a>n')).toBe('a');
    const { exclusions } = counted('abn', ballots('3 a>n', '1 b>n'), against({ comparison: 'more-than', ballots: rational(5n, 2n) }));
    expect(exclusions).toEqual([{ option: 'b', kind: 'quorum', reason: expect.stringContaining('more than 5/2') }]);
    const atLeast = counted('abn', ballots('3 a>n', '1 b>n'), against({ comparison: 'at-least', ballots: rational(2n) }));
    expect(atLeast.exclusions).toEqual([{ option: 'b', kind: 'quorum', reason: expect.stringContaining('at least 2') }]);
  });

  it('goes with a ratio of its own for an option', () => {
    const three = against('none', [{ option: 'b', ratio: rational(3n) }]);
    expect(won(three, '4 b>n', '2 n>b')).toBe('n');
    expect(won(three, '4 a>n', '2 n>a')).toBe('a');
    expect(won(three, '7 b>n', '2 n>b')).toBe('b');
  });
});

describe('exact fractions', () => {
  const whole = fc.bigInt({ min: -50n, max: 50n });
  const positive = fc.bigInt({ min: 1n, max: 50n });
  const fraction = fc.tuple(whole, positive).map(([above, below]) => rational(above, below));

  it('are in lowest terms with the sign above, whatever they are made of', () => {
    fc.assert(
      fc.property(whole, positive, fc.constantFrom(1n, -1n), fc.bigInt({ min: 1n, max: 9n }), (above, below, sign, times) => {
        const made = rational(above * times * sign, below * times * sign);
        expect(made).toEqual(rational(above, below));
        expect(made.denominator).toBeGreaterThan(0n);
        for (let divisor = 2n; divisor <= made.denominator; divisor += 1n)
          expect(made.numerator % divisor === 0n && made.denominator % divisor === 0n).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('add, subtract, multiply, divide and compare as cross-multiplication says', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const same = (left: { numerator: bigint; denominator: bigint }, above: bigint, below: bigint): boolean =>
          left.numerator * below === above * left.denominator;
        const [n, d, m, e] = [a.numerator, a.denominator, b.numerator, b.denominator];
        expect(same(add(a, b), n * e + m * d, d * e)).toBe(true);
        expect(same(subtract(a, b), n * e - m * d, d * e)).toBe(true);
        expect(same(multiply(a, b), n * m, d * e)).toBe(true);
        if (m !== 0n) expect(same(divide(a, b), n * e, d * m)).toBe(true);
        expect(Math.sign(compare(a, b))).toBe(n * e < m * d ? -1 : n * e > m * d ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });

  it('are shown whole, as a fraction, or with the decimals of a rule', () => {
    expect([rational(6n, 3n), rational(-1n, 2n), rational(0n, 5n)].map(showRational)).toEqual(['2', '-1/2', '0']);
    expect([showScaled(8462510000n, 8), showScaled(-5n, 2), showScaled(5n, 0), showScaled(-5n, 0), showScaled(0n, 3), showScaled(1234n, 4)]).toEqual([
      '84.62510000',
      '-0.05',
      '5',
      '-5',
      '0.000',
      '0.1234',
    ]);
  });

  it('are as long as the longer of their two parts, a negative one too', () => {
    expect([rational(1n, 2n), rational(255n), rational(256n), rational(-256n), rational(1n, 4096n)].map(bitsCount)).toEqual([4, 8, 12, 12, 16]);
  });
});

describe('a lot (S38)', () => {
  const seed = lotSeed(new Uint8Array(32).fill(7), 'case', 'stage');

  it('orders options of any name, the same ones always the same way, and half characters alike', () => {
    const order = lotOrder(seed, ['a', 'b', 'c'], [0, 1, 2]);
    expect(lotOrder(seed, ['a', 'b', 'c'], [2, 1, 0])).toEqual(order);
    expect(order.toSorted((left, right) => left - right)).toEqual([0, 1, 2]);
    // Two names that cannot be encoded share one encoding: their places decide.
    expect(lotOrder(seed, ['\ud800', '\ud801'], [1, 0])).toEqual([0, 1]);
    expect(lotOrder(seed, ['x', 'x'], [1, 0])).toEqual([0, 1]);
  });

  it('is another with another checkpoint, case or stage', () => {
    const names = Array.from({ length: 12 }, (_, index) => `o${index}`);
    const orders = [
      seed,
      lotSeed(new Uint8Array(32), 'case', 'stage'),
      lotSeed(new Uint8Array(32).fill(7), 'other', 'stage'),
      lotSeed(new Uint8Array(32).fill(7), 'case', 'next'),
    ].map((one) =>
      lotOrder(
        one,
        names,
        names.map((_, index) => index),
      ).join(),
    );
    expect(new Set(orders).size).toBe(4);
  });
});
