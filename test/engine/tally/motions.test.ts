// Votes of yes and no as tellers count them: every base, comparison, quorum and tie, with the sentences a record shows (S28-S33, S124-S126).
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRecord } from '../../../engine/tally/record.ts';
import type { MotionBase, MotionQuorum, MotionTest, TieChain, YesNoRule } from '../../../engine/tally/rules.ts';

const ids = ['yes', 'no', 'later', 'abstain'];
const candidates = ids.map((id) => ({ id, name: id.toUpperCase() }));
const fraction = (numerator: bigint, denominator: bigint): { readonly numerator: bigint; readonly denominator: bigint } => ({ numerator, denominator });
const comparisons = ['at-least', 'more-than', 'at-most', 'fewer-than', 'exactly'] as const;
type Comparison = (typeof comparisons)[number];

const share = (comparison: Comparison, [above, below]: readonly [bigint, bigint], base: MotionBase, choice = 'yes', squareRoot = false): MotionTest => ({
  kind: 'share',
  comparison,
  share: fraction(above, below),
  squareRoot,
  base,
  choice,
});
const half = share('more-than', [1n, 2n], 'votes-cast');
const base: YesNoRule = {
  method: 'yes-no',
  yes: 'yes',
  no: 'no',
  abstain: 'abstain',
  weights: 'ballots',
  tests: [half],
  quorums: [],
  roll: 20n,
  present: 12n,
  seats: 1,
  cap: 'none',
};

type Sums = Readonly<Partial<Record<'yes' | 'no' | 'later' | 'abstain', bigint>>>;
const cast = (sums: Sums): Profile => ({
  kind: 'marked',
  candidates,
  ballots: ids.flatMap((id) => {
    const weight = id === 'yes' ? sums.yes : id === 'no' ? sums.no : id === 'later' ? sums.later : sums.abstain;
    return weight === undefined ? [] : [{ weight, marks: [id] }];
  }),
});
const counted = (rule: Partial<YesNoRule>, sums: Sums, tie: TieChain = []): CountRecord => count(cast(sums), { ...base, ...rule }, tie);
const resultOf = (rule: Partial<YesNoRule>, sums: Sums, tie: TieChain = []): string => counted(rule, sums, tie).outcome.kind;

/** Whether a number stands to another as a word of the bylaws says. */
const meets = (have: bigint, comparison: Comparison, need: bigint): boolean =>
  ({ 'at-least': have >= need, 'more-than': have > need, 'at-most': have <= need, 'fewer-than': have < need, exactly: have === need })[comparison];

const small = fc.bigInt({ min: 0n, max: 6n });
const sumsOf = fc.record({ yes: small, no: small, later: small, abstain: small });

describe('a share of a base (S29, S31)', () => {
  const sizes: Readonly<Record<MotionBase, (sums: Readonly<Record<keyof Sums, bigint>>) => bigint>> = {
    'votes-cast': ({ yes, no, later }) => yes + no + later,
    'weight-cast': ({ yes, no, later }) => yes + no + later,
    'votes-and-abstentions': ({ yes, no, later, abstain }) => yes + no + later + abstain,
    all: () => 20n,
    'those-present': () => 12n,
  };

  it.each(['votes-cast', 'weight-cast', 'votes-and-abstentions', 'all', 'those-present'] as const)(
    'of %s is met exactly where the numbers say so, and a share of nothing never is (S33)',
    (of) => {
      fc.assert(
        fc.property(
          sumsOf,
          fc.constantFrom(...comparisons),
          fc.bigInt({ min: 0n, max: 4n }),
          fc.bigInt({ min: 1n, max: 4n }),
          (sums, comparison, above, below) => {
            const ballots: Sums = { yes: sums.yes + 1n, no: sums.no + 1n, later: sums.later + 1n, abstain: sums.abstain + 1n };
            const record = counted({ tests: [share(comparison, [above, below], of, 'later')] }, ballots);
            const whole = { yes: sums.yes + 1n, no: sums.no + 1n, later: sums.later + 1n, abstain: sums.abstain + 1n };
            const isMet = meets((sums.later + 1n) * below, comparison, above * sizes[of](whole));
            expect(record.requirements?.map(({ met }) => met)).toEqual([isMet]);
            // Half of the votes, and as many yes as no, is a tie of its own.
            if (sums.yes !== sums.no) expect(record.outcome.kind).toBe(isMet ? 'passed' : 'rejected');
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('of nothing is never met, not even `at most`', () => {
    for (const comparison of comparisons) expect(resultOf({ tests: [share(comparison, [1n, 1n], 'votes-cast')] }, { abstain: 3n })).toBe('rejected');
    expect(resultOf({ tests: [share('at-least', [0n, 1n], 'votes-cast')] }, { abstain: 3n })).toBe('rejected');
  });

  it('of a square root is squared, not rounded (S32)', () => {
    const root = (above: bigint, below: bigint): Partial<YesNoRule> => ({ tests: [share('at-least', [above, below], 'votes-and-abstentions', 'yes', true)] });
    // The root of nine is three; of ten it is more.
    expect(resultOf(root(1n, 1n), { yes: 3n, no: 6n })).toBe('passed');
    expect(resultOf(root(1n, 1n), { yes: 3n, no: 7n })).toBe('rejected');
    expect(resultOf(root(2n, 1n), { yes: 5n, no: 4n })).toBe('rejected');
    expect(resultOf(root(2n, 1n), { yes: 6n, no: 3n })).toBe('passed');
    expect(resultOf(root(1n, 2n), { yes: 2n, no: 7n })).toBe('passed');
    expect(resultOf(root(1n, 2n), { yes: 1n, no: 8n })).toBe('rejected');
  });
});

describe('numbers and leads (S126)', () => {
  it('are compared as they are', () => {
    fc.assert(
      fc.property(sumsOf, fc.constantFrom(...comparisons), fc.bigInt({ min: -3n, max: 6n }), (sums, comparison, amount) => {
        const tests: readonly MotionTest[] = [
          { kind: 'lead', comparison, amount, unit: 'people' },
          { kind: 'number', comparison, amount, unit: 'people', choice: 'later' },
          { kind: 'number', comparison, amount, unit: 'weight', choice: 'abstain' },
        ];
        const ballots: Sums = { ...sums, abstain: sums.abstain + 1n, yes: sums.yes + 1n, no: sums.no + 1n, later: sums.later + 1n };
        expect(counted({ tests }, ballots).requirements?.map(({ met }) => met)).toEqual([
          meets(sums.yes - sums.no, comparison, amount),
          meets(sums.later + 1n, comparison, amount),
          meets(sums.abstain + 1n, comparison, amount),
        ]);
      }),
      { numRuns: 80 },
    );
  });

  it('count voters where a weight is one voter\u2019s, and their weight where that is asked', () => {
    const voters: Profile = {
      kind: 'marked',
      candidates,
      ballots: [
        { weight: 5n, marks: ['yes'] },
        { weight: 2n, marks: ['no'] },
        { weight: 2n, marks: ['no'] },
      ],
    };
    const judged = (test: MotionTest): string => count(voters, { ...base, weights: 'voters', tests: [test] }, []).outcome.kind;
    expect(judged(half)).toBe('rejected');
    expect(judged(share('more-than', [1n, 2n], 'weight-cast'))).toBe('passed');
    expect(judged({ kind: 'lead', comparison: 'at-least', amount: 1n, unit: 'weight' })).toBe('passed');
    expect(judged({ kind: 'lead', comparison: 'at-least', amount: 0n, unit: 'people' })).toBe('rejected');
    expect(judged({ kind: 'number', comparison: 'at-least', amount: 5n, unit: 'weight', choice: 'yes' })).toBe('passed');
    expect(judged({ kind: 'number', comparison: 'at-least', amount: 2n, unit: 'people', choice: 'yes' })).toBe('rejected');
  });
});

describe('a quorum (S30)', () => {
  const number = (counted_: 'voting' | 'present' | 'weight', comparison: Comparison, amount: bigint): MotionQuorum => ({
    kind: 'number',
    comparison,
    amount,
    counted: counted_,
  });
  const part = (counted_: 'voting' | 'present', [above, below]: readonly [bigint, bigint], squareRoot = false): MotionQuorum => ({
    kind: 'share',
    comparison: 'at-least',
    share: fraction(above, below),
    squareRoot,
    counted: counted_,
  });

  it.each<readonly [what: string, quorum: MotionQuorum, sums: Sums, result: string]>([
    ['counts abstentions', number('voting', 'at-least', 4n), { yes: 2n, abstain: 2n }, 'passed'],
    ['is missed by one', number('voting', 'at-least', 5n), { yes: 2n, abstain: 2n }, 'rejected'],
    ['may be more than', number('voting', 'more-than', 4n), { yes: 4n }, 'rejected'],
    ['of those present has who does not vote', number('present', 'at-least', 12n), { yes: 1n }, 'passed'],
    ['of those present is their number', number('present', 'at-least', 13n), { yes: 20n }, 'rejected'],
    ['in weight', number('weight', 'at-least', 3n), { yes: 3n }, 'passed'],
    ['is a share of all', part('voting', [1n, 4n]), { yes: 5n }, 'passed'],
    ['of a share of all is missed by one', part('voting', [1n, 4n]), { yes: 4n }, 'rejected'],
    ['of those present is a share of all too', part('present', [3n, 5n]), { yes: 1n }, 'passed'],
    ['of those present and more of all', part('present', [7n, 10n]), { yes: 1n }, 'rejected'],
    ['is a share of the square root of all', part('voting', [1n, 1n], true), { yes: 5n }, 'passed'],
    ['of the square root of all is missed by one', part('voting', [1n, 1n], true), { yes: 4n }, 'rejected'],
  ])('%s', (_, quorum, sums, result) => {
    expect(resultOf({ quorums: [quorum] }, sums)).toBe(result);
  });

  it('in weight is the weight of the voters, and theirs in people is their number', () => {
    const voters: Profile = {
      kind: 'marked',
      candidates,
      ballots: [
        { weight: 5n, marks: ['yes'] },
        { weight: 2n, marks: ['no'] },
      ],
    };
    const judged = (quorum: MotionQuorum): string =>
      count(voters, { ...base, weights: 'voters', quorums: [quorum], tests: [share('more-than', [1n, 2n], 'weight-cast')] }, []).outcome.kind;
    expect([judged(number('weight', 'at-least', 7n)), judged(number('weight', 'at-least', 8n))]).toEqual(['passed', 'rejected']);
    expect([judged(number('voting', 'at-least', 2n)), judged(number('voting', 'at-least', 3n))]).toEqual(['passed', 'rejected']);
  });

  it('is asked before any test and any tie, all of them', () => {
    const met = number('voting', 'at-least', 1n);
    const record = counted({ quorums: [met, number('voting', 'at-least', 9n), number('voting', 'at-least', 10n)] }, { yes: 2n, no: 2n }, [{ kind: 'fails' }]);
    expect(record.outcome).toEqual({ kind: 'rejected', reason: 'quorum at least 9 voting is not met: it has 4 and needs at least 9' });
  });
});

describe('what the record says', () => {
  it.each<readonly [rule: Partial<YesNoRule>, requirement: string, have: string, need: string]>([
    [{}, 'more than 1/2 of votes cast are yes', '3', 'more than 1/2 of 5'],
    [{ tests: [share('at-least', [2n, 3n], 'votes-and-abstentions')] }, 'at least 2/3 of votes and abstentions are yes', '3', 'at least 2/3 of 9'],
    [{ tests: [share('at-most', [1n, 3n], 'weight-cast', 'no')] }, 'at most 1/3 of weight cast are no', '2', 'at most 1/3 of 5'],
    [{ tests: [share('exactly', [1n, 1n], 'all', 'abstain')] }, 'exactly 1 of all are abstain', '4', 'exactly 1 of 20'],
    [
      { tests: [share('fewer-than', [1n, 2n], 'those-present', 'no', true)] },
      'fewer than 1/2 of the square root of those present are no',
      '2',
      'fewer than 1/2 of the square root of 12',
    ],
    [{ tests: [{ kind: 'number', comparison: 'at-least', amount: 3n, unit: 'people', choice: 'yes' }] }, 'at least 3 votes are yes', '3', 'at least 3'],
    [{ tests: [{ kind: 'number', comparison: 'more-than', amount: 3n, unit: 'weight', choice: 'yes' }] }, 'more than 3 weight are yes', '3', 'more than 3'],
    [{ tests: [{ kind: 'lead', comparison: 'at-least', amount: 2n, unit: 'people' }] }, 'the lead of yes over no is at least 2', '1', 'at least 2'],
  ])('of %#: %s', (rule, requirement, have, need) => {
    const record = counted(rule, { yes: 3n, no: 2n, abstain: 4n });
    expect(record.requirements?.at(-1)).toMatchObject({ requirement, have, need });
  });

  it.each<readonly [quorum: MotionQuorum, line: object]>([
    [
      { kind: 'number', comparison: 'at-least', amount: 3n, counted: 'voting' },
      { requirement: 'quorum at least 3 voting', have: '9', need: 'at least 3', met: true },
    ],
    [
      { kind: 'number', comparison: 'at-least', amount: 3n, counted: 'present' },
      { requirement: 'quorum at least 3 present', have: '12', need: 'at least 3', met: true },
    ],
    [
      { kind: 'number', comparison: 'more-than', amount: 9n, counted: 'weight' },
      { requirement: 'quorum more than 9 weight voting', have: '9', need: 'more than 9', met: false },
    ],
    [
      { kind: 'share', comparison: 'at-least', share: fraction(1n, 2n), squareRoot: false, counted: 'voting' },
      { requirement: 'quorum at least 1/2 of all voting', have: '9', need: 'at least 1/2 of 20', met: false },
    ],
    [
      { kind: 'share', comparison: 'at-least', share: fraction(1n, 1n), squareRoot: true, counted: 'present' },
      { requirement: 'quorum at least 1 of the square root of all present', have: '12', need: 'at least 1 of the square root of 20', met: true },
    ],
  ])('of a quorum, %#', (quorum, line) => {
    expect(counted({ quorums: [quorum] }, { yes: 3n, no: 2n, abstain: 4n }).requirements).toMatchObject([line, {}]);
  });

  it('are the sums of every option, in people or in the weight that a test asks for', () => {
    const points = (tests: readonly MotionTest[]): unknown => {
      const voters: Profile = {
        kind: 'marked',
        candidates,
        ballots: [
          { weight: 5n, marks: ['yes'] },
          { weight: 2n, marks: ['no'] },
        ],
      };
      return count(voters, { ...base, weights: 'voters', tests }, []).points;
    };
    const people = [
      ['yes', '1'],
      ['no', '1'],
      ['later', '0'],
      ['abstain', '0'],
    ];
    const weight = [
      ['yes', '5'],
      ['no', '2'],
      ['later', '0'],
      ['abstain', '0'],
    ];
    expect(points([half])).toEqual(people);
    expect(points([{ kind: 'lead', comparison: 'at-least', amount: 0n, unit: 'people' }])).toEqual(people);
    expect(points([half, share('more-than', [1n, 2n], 'weight-cast')])).toEqual(weight);
    expect(points([{ kind: 'number', comparison: 'at-least', amount: 0n, unit: 'weight', choice: 'no' }, half])).toEqual(weight);
  });

  it('of sums that somebody published is the same as of the ballots', () => {
    const totals: Profile = {
      kind: 'totals',
      candidates,
      totals: [
        ['yes', 3n],
        ['no', 2n],
        ['abstain', 4n],
      ],
    };
    const [published, own] = [count(totals, base, []), counted({}, { yes: 3n, no: 2n, abstain: 4n })];
    expect([published.outcome, published.requirements, published.points]).toEqual([own.outcome, own.requirements, own.points]);
    expect(count({ ...totals, totals: [] }, base, []).outcome).toEqual({
      kind: 'rejected',
      reason: 'nobody voted',
    });
  });

  it('where nobody voted: a test that would hold is no decision', () => {
    const always: Partial<YesNoRule> = { tests: [{ kind: 'number', comparison: 'at-most', amount: 3n, unit: 'people', choice: 'no' }] };
    expect(count({ kind: 'totals', candidates, totals: [['no', 0n]] }, { ...base, ...always }, []).outcome.kind).not.toBe('passed');
    expect(resultOf(always, { yes: 1n })).toBe('passed');
  });
});

describe('as many yes as no (S124)', () => {
  const even: Sums = { yes: 3n, no: 3n, abstain: 1n };
  const atLeast = share('at-least', [1n, 2n], 'votes-cast');
  const at = 'between yes and no';

  it('is a tie by a declared rule, whatever the tests say', () => {
    for (const tests of [[half], [atLeast], [share('at-least', [1n, 10n], 'all')]]) {
      expect(counted({ tests }, even, [{ kind: 'fails' }]).outcome).toEqual({
        kind: 'rejected',
        reason: 'as many say yes as no, and the tie rule then refuses it',
      });
      expect(counted({ tests }, even, [{ kind: 'decided', by: 'the chair', order: ['yes', 'no'] }]).outcome).toEqual({ kind: 'passed' });
      expect(counted({ tests }, even, [{ kind: 'decided', by: 'the chair', order: ['no', 'yes'] }]).outcome).toEqual({
        kind: 'rejected',
        reason: 'as many say yes as no, and the tie rule favours no',
      });
      expect(counted({ tests }, even, [{ kind: 'decided', by: 'the chair', order: ['later'] }]).outcome).toEqual({
        kind: 'tied',
        certain: [],
        tied: ['yes', 'no'],
        seats: 1,
        at,
      });
    }
  });

  it.each<readonly [what: string, tests: readonly MotionTest[], result: string]>([
    ['at least a half of votes cast', [atLeast], 'tied'],
    ['at least a half of weight cast', [share('at-least', [1n, 2n], 'weight-cast')], 'tied'],
    ['at least two quarters of votes cast', [share('at-least', [2n, 4n], 'votes-cast')], 'tied'],
    ['more than a half', [half], 'rejected'],
    ['exactly a half', [share('exactly', [1n, 2n], 'votes-cast')], 'passed'],
    ['at most a half', [share('at-most', [1n, 2n], 'weight-cast')], 'passed'],
    ['at least a third', [share('at-least', [1n, 3n], 'votes-cast')], 'passed'],
    ['at least a half with a base of its own', [share('at-least', [3n, 20n], 'all')], 'passed'],
    ['at least a half of all', [share('at-least', [1n, 2n], 'all')], 'rejected'],
    ['at least a half of a square root', [share('at-least', [1n, 2n], 'votes-cast', 'yes', true)], 'passed'],
    ['a number', [{ kind: 'number', comparison: 'at-least', amount: 3n, unit: 'people', choice: 'yes' }], 'passed'],
    ['at least a half and more that fails', [atLeast, share('at-least', [1n, 2n], 'all')], 'rejected'],
    ['at least a half and more that holds', [share('at-least', [1n, 20n], 'all'), atLeast], 'tied'],
  ])('without one is a tie where exactly a half is enough: %s', (_, tests, result) => {
    expect(resultOf({ tests }, even)).toBe(result);
  });

  it('is none where a half of all who may vote say yes', () => {
    expect(resultOf({ tests: [share('at-least', [1n, 2n], 'all')] }, { yes: 10n, no: 10n })).toBe('passed');
    expect(resultOf({ tests: [share('at-least', [1n, 2n], 'those-present')], present: 12n }, { yes: 6n, no: 6n })).toBe('passed');
  });

  it('is none where they differ by one', () => {
    expect(resultOf({ tests: [atLeast] }, { yes: 4n, no: 3n }, [{ kind: 'fails' }])).toBe('passed');
    expect(resultOf({ tests: [atLeast] }, { yes: 3n, no: 4n }, [{ kind: 'decided', by: 'x', order: ['yes', 'no'] }])).toBe('rejected');
  });

  it('is even in weight where a test asks for weight', () => {
    const voters: Profile = {
      kind: 'marked',
      candidates,
      ballots: [
        { weight: 4n, marks: ['yes'] },
        { weight: 2n, marks: ['no'] },
        { weight: 2n, marks: ['no'] },
      ],
    };
    const judged = (test: MotionTest): string =>
      count(voters, { ...base, weights: 'voters', tests: [test] }, [{ kind: 'decided', by: 'x', order: ['yes', 'no'] }]).outcome.kind;
    expect(judged(share('more-than', [1n, 2n], 'weight-cast'))).toBe('passed');
    expect(judged(half)).toBe('rejected');
  });
});
