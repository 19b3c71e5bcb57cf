// Every rule, profile and ballot that a count refuses, with its sentence, and the numbers just inside each bound, which it counts.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRule, SeatCap, TieChain, YesNoRule } from '../../../engine/tally/rules.ts';
import { ballots, profile } from './profiles.ts';

const one = { seats: 1, cap: 'none' } as const;
const schulze: CountRule = { method: 'schulze', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', ...one };
const approval: CountRule = { method: 'approval', marksMax: 'unlimited', ...one };
const score: CountRule = { method: 'score', from: 0n, to: 5n, unscored: 'lowest', ...one };
const plurality: CountRule = { method: 'plurality', equalRanks: 'refused', ...one };
const half = { numerator: 1n, denominator: 2n };
const motion: YesNoRule = {
  method: 'yes-no',
  yes: 'yes',
  no: 'no',
  abstain: 'abstain',
  weights: 'ballots',
  tests: [{ kind: 'share', comparison: 'more-than', share: half, squareRoot: false, base: 'votes-cast', choice: 'yes' }],
  quorums: [],
  roll: 'unknown',
  present: 'unknown',
  ...one,
};
const people = ['yes', 'no', 'abstain'].map((id) => ({ id, name: id }));
const papers: Profile = { kind: 'marked', candidates: people, ballots: [{ weight: 3n, marks: ['yes'] }] };
const ranked = profile('ab', ballots('2 a>b', '1 b>a'));
const { candidates } = ranked;
const scored: Profile = { kind: 'scored', candidates, ballots: [{ weight: 1n, scores: [['a', 1n]] }] };
const marked: Profile = { kind: 'marked', candidates, ballots: [{ weight: 1n, marks: ['a'] }] };
const totals = (...rows: readonly (readonly [string, bigint])[]): Profile => ({ kind: 'totals', candidates, totals: rows });
const table = (candidatesCount: number, places: readonly number[], weights: readonly bigint[]): Profile => ({
  kind: 'table',
  candidates,
  table: { candidatesCount, ballotsCount: places.length / candidatesCount, ranks: Uint16Array.from(places), weights },
});
const many = (length: number): Profile => {
  const named = Array.from({ length }, (_, index) => ({ id: `o${index}`, name: `o${index}` }));
  return { kind: 'ranked', candidates: named, ballots: [{ weight: 1n, ranks: [['o0']] }] };
};
const capped = (caps: readonly SeatCap[]): CountRule => ({ ...schulze, cap: caps });
const cap: SeatCap = { attribute: 'employer', seatsMax: 1, sitting: [] };
const groups = (...values: readonly (readonly [string, string])[]): Profile => ({ ...ranked, candidates: [{ id: 'a', name: 'A', groups: values }] });
const against = { option: 'x', quorum: 'none', ratio: { numerator: 1n, denominator: 1n }, ratioOf: [], ratioComparison: 'more-than' } as const;
const share = (base: 'all' | 'those-present'): YesNoRule['tests'] => [
  { kind: 'share', comparison: 'more-than', share: half, squareRoot: false, base, choice: 'yes' },
];
const quorum = (counted: 'voting' | 'present'): YesNoRule['quorums'] => [{ kind: 'number', comparison: 'at-least', amount: 1n, counted }];
const named = (choice: string): YesNoRule['tests'] => [{ kind: 'number', comparison: 'at-least', amount: 1n, unit: 'people', choice }];

const fails = (given: Profile, rule: CountRule, reason: string, tie: TieChain = []): void =>
  expect(count(given, rule, tie).outcome).toEqual({ kind: 'failed', reason });

describe('a rule or a profile that cannot be counted fails with a sentence', () => {
  it.each<readonly [reason: string, given: Profile, rule: CountRule]>([
    ['there are more than 1000 candidates', many(1_001), plurality],
    ['two-round fills one seat', ranked, { method: 'two-round', unranked: 'exhausted', equalRanks: 'split', seats: 2, cap: 'none' }],
    ['condorcet fills one seat', ranked, { method: 'condorcet', unranked: 'tied-last', equalRanks: 'allowed', seats: 2, cap: 'none' }],
    [
      'condorcet-default fills one seat',
      ranked,
      { method: 'condorcet-default', unranked: 'tied-last', equalRanks: 'allowed', seats: 2, cap: 'none', against: { ...against, option: 'a' } },
    ],
    ['the range of scores is empty or too wide', scored, { ...score, from: 5n }],
    ['the range of scores is empty or too wide', scored, { ...score, to: 60_001n }],
    ['the range of scores is empty or too wide', scored, { method: 'star', from: 1n, to: 0n, unscored: 'lowest', ...one }],
    ['the limit of marks is not 1 or more', marked, { ...approval, marksMax: 0 }],
    ['the limit of marks is not 1 or more', marked, { ...approval, marksMax: 1.5 }],
    ['the default option `x` is not a candidate', ranked, { method: 'condorcet-default', unranked: 'tied-last', equalRanks: 'allowed', ...one, against }],
    ['the cap per employer is not 0 or more', ranked, capped([{ ...cap, seatsMax: -1 }])],
    [
      'one employer has two numbers of sitting members',
      ranked,
      capped([
        {
          ...cap,
          sitting: [
            { value: 'x', seats: 1 },
            { value: 'x', seats: 2 },
          ],
        },
      ]),
    ],
    ['a number of sitting members is not a whole number', ranked, capped([{ ...cap, sitting: [{ value: 'x', seats: -1 }] }])],
    [
      'a number of sitting members is not a whole number',
      ranked,
      capped([
        {
          ...cap,
          sitting: [
            { value: 'x', seats: 1 },
            { value: 'y', seats: 0.5 },
          ],
        },
      ]),
    ],
    ['`a` has two values of one attribute', groups(['employer', 'x'], ['employer', 'y']), capped([cap])],
    ['rankings cannot be counted by score', ranked, score],
    ['rankings cannot be counted by star', ranked, { method: 'star', from: 0n, to: 5n, unscored: 'lowest', ...one }],
    ['rankings cannot be counted by score', table(2, [1, 2], [1n]), score],
    ['rankings cannot be counted by approval', table(2, [1, 2], [1n]), approval],
    ['the table has another number of candidates', table(3, [1, 2, 3], [1n]), schulze],
    ['scores cannot be counted by schulze', scored, schulze],
    ['scores cannot be counted by approval', scored, approval],
    ['marks cannot be counted by schulze', marked, schulze],
    ['marks cannot be counted by score', marked, score],
    ['sums without ballots cannot be counted by schulze', totals(['a', 1n]), schulze],
    ['`x` is not a candidate', totals(['x', 1n]), plurality],
    ['`a` has two sums', totals(['a', 1n], ['a', 1n]), plurality],
    ['the sum of `a` is negative', totals(['b', 0n], ['a', -1n]), plurality],
  ])('%s', (reason, given, rule) => fails(given, rule, reason));

  it.each<readonly [reason: string, rule: Partial<YesNoRule>]>([
    ['yes, no and abstain are not three options', { no: 'yes' }],
    ['yes, no and abstain are not three options', { abstain: 'no' }],
    ['`aye` is not an option of the ballots', { yes: 'aye' }],
    ['`nay` is not an option of the ballots', { no: 'nay' }],
    ['`maybe` is not an option of the ballots', { tests: named('maybe') }],
    ['a motion without a test would always pass', { tests: [] }],
    ['the number of all who may vote is not stated', { tests: share('all') }],
    ['the number of all who may vote is not stated', { tests: share('all'), roll: 0n }],
    [
      'the number of all who may vote is not stated',
      { quorums: [{ kind: 'share', comparison: 'at-least', share: half, squareRoot: false, counted: 'voting' }] },
    ],
    ['the number of those present is not stated', { tests: share('those-present') }],
    ['the number of those present is not stated', { quorums: quorum('present') }],
    ['a motion has no seats', { seats: 2 }],
    ['a motion has no seats', { cap: [cap] }],
  ])('%s: a motion', (reason, rule) => fails(papers, { ...motion, ...rule }, reason));

  it('a decided order that names somebody twice, wherever it stands in the chain', () => {
    const twice: TieChain = [
      { kind: 'decided', by: 'the chair', order: ['a', 'b'] },
      { kind: 'decided', by: 'the chair', order: ['a', 'b', 'a'] },
    ];
    fails(ranked, schulze, 'a decided order names somebody twice', twice);
  });
});

describe('just inside the bounds a count is made', () => {
  it.each<readonly [what: string, given: Profile, rule: CountRule, winner: string]>([
    ['1,000 candidates', many(1_000), plurality, 'o0'],
    ['a range of 60,000 points', scored, { ...score, from: 0n, to: 60_000n }, 'a'],
    ['a range of two points', scored, { ...score, from: 0n, to: 1n }, 'a'],
    ['one mark', marked, { ...approval, marksMax: 1 }, 'a'],
    ['marks by plurality', marked, plurality, 'a'],
    ['a cap of nobody for a group that is not there', ranked, capped([{ ...cap, seatsMax: 0 }]), 'a'],
    ['nobody sitting', ranked, capped([{ ...cap, sitting: [{ value: 'x', seats: 0 }] }]), 'a'],
    ['sums by approval', totals(['a', 1n], ['b', 2n]), approval, 'b'],
    ['sums by score', totals(['b', 1n]), score, 'b'],
    ['sums by plurality, with a sum of nothing', totals(['a', 3n], ['b', 0n]), plurality, 'a'],
  ])('%s', (_, given, rule, winner) => expect(count(given, rule, []).outcome).toMatchObject({ kind: 'elected', winners: [winner] }));

  it.each<readonly [what: string, rule: Partial<YesNoRule>]>([
    [
      'a test of abstentions that nobody may be',
      { abstain: 'blank', tests: [...motion.tests, { kind: 'number', comparison: 'at-most', amount: 0n, unit: 'people', choice: 'blank' }] },
    ],
    ['a roll of as many as voted', { tests: share('all'), roll: 3n }],
    ['those present, and a quorum of them', { tests: share('those-present'), quorums: quorum('present'), present: 3n }],
    ['a quorum by number needs no roll', { quorums: quorum('voting') }],
  ])('%s: a motion', (_, rule) => expect(count(papers, { ...motion, ...rule }, []).outcome).toEqual({ kind: 'passed' }));

  it('a score beside a rule of another method has no say about marks', () => {
    expect(count(marked, { ...approval, marksMax: 2 }, []).outcome.kind).toBe('elected');
  });
});

describe('a ballot that its rule does not take is set aside with a sentence', () => {
  const reasons = (given: Profile, rule: CountRule): readonly string[] => count(given, rule, []).setAside.map(({ ballot, reason }) => `${ballot}: ${reason}`);
  const voted = (...marks: readonly (readonly string[])[]): Profile => ({
    kind: 'marked',
    candidates: people,
    ballots: marks.map((one) => ({ weight: 1n, marks: one })),
  });

  it('in a motion: blank, or of two opinions', () => {
    expect(reasons(voted(['yes'], [], ['yes', 'no'], ['no'], ['abstain']), motion)).toEqual([
      '1: it is blank, and an abstention has to say so',
      '2: it says more than one thing',
    ]);
  });

  it('by plurality: two firsts; two seconds do not matter', () => {
    const given = profile('abc', ballots('1 a=b>c', '1 a>b=c', '1 c>a=b', '1 a'));
    expect(reasons(given, plurality)).toEqual(['0: it has more than one first choice']);
    expect(reasons(given, { ...plurality, equalRanks: 'split' })).toEqual([]);
  });

  it('a first that stands after an equal pair on the paper is still one first', () => {
    const given = profile('abc', ballots('1 c>a=b', '1 b=c>a'));
    expect(reasons(given, { ...schulze, equalRanks: 'refused' })).toEqual(['0: it ranks two options equal', '1: it ranks two options equal']);
    expect(reasons(given, plurality)).toEqual(['1: it has more than one first choice']);
  });

  it('by marks: as many as are allowed are taken, one more is not', () => {
    const given: Profile = {
      kind: 'marked',
      candidates: profile('abc', []).candidates,
      ballots: [['a', 'b'], ['a', 'b', 'c'], [], ['a', 'a'], ['x']].map((marks) => ({ weight: 1n, marks })),
    };
    expect(reasons(given, { ...approval, marksMax: 2 })).toEqual([
      '1: it has 3 marks, and at most 2 may stand on it',
      '3: `a` is on it twice',
      '4: `x` is not a candidate',
    ]);
    expect(reasons(given, approval)).toEqual(['3: `a` is on it twice', '4: `x` is not a candidate']);
  });

  it('by scores: below, above, twice, of nobody, and short where everybody is to be scored', () => {
    const rows: readonly (readonly (readonly [string, bigint])[])[] = [
      [['a', 1n]],
      [['a', 0n]],
      [['a', 5n]],
      [['a', 6n]],
      [
        ['a', 2n],
        ['a', 3n],
      ],
      [['x', 2n]],
      [],
      [
        ['a', 1n],
        ['b', 5n],
      ],
    ];
    const given: Profile = { kind: 'scored', candidates, ballots: rows.map((scores) => ({ weight: 1n, scores })) };
    const always = ['1: 0 is not a score from 1 to 5', '3: 6 is not a score from 1 to 5', '4: `a` is on it twice', '5: `x` is not a candidate'];
    expect(reasons(given, { ...score, from: 1n })).toEqual(always);
    const short = ['0: it does not score everybody', '2: it does not score everybody'];
    expect(reasons(given, { ...score, from: 1n, unscored: 'refused' }).toSorted()).toEqual([...always, ...short].toSorted());
  });

  it('of a table: rows before and after it count on, and a row without a weight is one of them', () => {
    const given = table(2, [1, 2, 1, 1, 2, 1, 1, 2, 1, 2], [2n, 5n, 1n, 0n]);
    const record = count(given, { ...schulze, equalRanks: 'refused' }, []);
    expect(record.setAside.map(({ ballot, weight, reason }) => [ballot, weight, reason])).toEqual([
      [1, 5n, 'it ranks two options equal'],
      [3, 0n, 'its weight is not 1 or more'],
      [4, 0n, 'its weight is not 1 or more'],
    ]);
    expect(record.ballots).toEqual({ rows: 5, weight: 8n, setAsideRows: 3, setAsideWeight: 5n, blankWeight: 0n });
    expect(record.pairwise?.matrix).toEqual([
      [0n, 2n],
      [1n, 0n],
    ]);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['a'] });
  });

  it('negative weights do not take from the others', () => {
    const record = count(profile('ab', ballots('2 a', '-5 b', '1 b')), schulze, []);
    expect(record.ballots).toMatchObject({ weight: 3n, setAsideRows: 1, setAsideWeight: 0n });
    expect(record.outcome).toMatchObject({ winners: ['a'] });
  });

  it('all are counted and the first 1,000 listed', () => {
    const record = count(profile('ab', [...ballots('1 a'), ...Array.from({ length: 1_002 }, () => ({ weight: 1n, ranks: [['x']] }))]), schulze, []);
    expect(record.ballots.setAsideRows).toBe(1_002);
    expect(record.setAside.map(({ ballot }) => ballot)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });
});
