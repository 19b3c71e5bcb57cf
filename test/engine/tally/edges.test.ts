// Counts at their edges: ties once somebody is elected, ballots that end, nobody left, a great many candidates. Every number was counted by hand.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRecord } from '../../../engine/tally/record.ts';
import type { CountRule, TieChain } from '../../../engine/tally/rules.ts';
import { ballots, counted, profile, rankedRules } from './profiles.ts';

const one = { seats: 1, cap: 'none' } as const;
const pairs = { unranked: 'tied-last', equalRanks: 'allowed', ...one } as const;
const rounds = { unranked: 'exhausted', equalRanks: 'waits', ...one } as const;
const stv = (method: 'stv-scottish' | 'stv-exact' | 'stv-meek' | 'stv-meek-exact', seats: number): CountRule => ({
  method,
  unranked: 'exhausted',
  equalRanks: 'refused',
  seats,
  cap: 'none',
});
const inOrder = (...order: readonly string[]): TieChain => [{ kind: 'decided', by: 'the chair', order }];
const orderOf = ({ outcome }: CountRecord): string => (outcome.kind === 'elected' ? outcome.order.map((group) => group.join('=')).join('>') : outcome.kind);
/** The same candidates, some of whom have an employer. */
const employed = (given: Profile, employees: string): Profile => ({
  ...given,
  candidates: given.candidates.map((each) => (employees.includes(each.id) ? { ...each, groups: [['employer', 'x']] as const } : each)),
});
const nobodyOf = (value: string) => [{ attribute: 'employer', seatsMax: 0, sitting: [{ value, seats: 0 }] }];

describe('a tie once somebody is elected leaves the seats that are open (S124)', () => {
  const list = ballots('9 a', '3 b', '2 c', '2 d');

  it.each<readonly [method: Parameters<typeof stv>[0], certain: readonly string[]]>([
    ['stv-scottish', ['a']],
    ['stv-exact', ['a']],
    // By Meek the quota falls with the votes of a that end: b has it too.
    ['stv-meek', ['a', 'b']],
    ['stv-meek-exact', ['a', 'b']],
  ])('by %s', (method, certain) => {
    const record = counted('abcd', list, stv(method, 3));
    const seats = 3 - certain.length;
    expect(record.outcome).toMatchObject({ kind: 'tied', certain, tied: ['c', 'd'], seats, at: `excluding in stage ${record.stages.length}` });
    expect(record.stages.at(-1)).toMatchObject({ actions: [], transfers: [] });
    expect(count(profile('abcd', list), stv(method, 3), inOrder('d', 'c')).outcome).toMatchObject({ winners: ['a', 'b', 'd'] });
  });

  it('between two surpluses, in the stage in which the first of them is to move', () => {
    const given = profile('abcd', ballots('10 a>d>c>b', '10 b>c', '6 c>d', '6 d'));
    const record = count(given, stv('stv-exact', 3), []);
    expect(record.outcome).toEqual({ kind: 'tied', certain: ['a', 'b'], tied: ['a', 'b'], seats: 1, at: 'choosing the largest surplus in stage 1' });
    expect(record.stages.map(({ actions, transfers }) => [actions.length, transfers])).toEqual([[2, []]]);
  });

  it('by STAR, of the second seat', () => {
    const { candidates } = profile('abc', []);
    const rows: readonly (readonly [bigint, bigint, bigint, bigint])[] = [
      [2n, 5n, 2n, 1n],
      [2n, 5n, 1n, 2n],
    ];
    const list = rows.map(([weight, ...points]) => ({ weight, scores: points.map((point, index) => ['abc'[index] ?? '', point] as const) }));
    const record = count({ kind: 'scored', candidates, ballots: list }, { method: 'star', from: 0n, to: 5n, unscored: 'lowest', seats: 2, cap: 'none' }, []);
    // Both b and c have 6 points: which of them meets a first is open.
    expect(record.outcome).toEqual({ kind: 'tied', certain: [], tied: ['b', 'c'], seats: 2, at: 'choosing the two finalists for seat 1' });
    const first = count({ kind: 'scored', candidates, ballots: list }, { method: 'star', from: 0n, to: 5n, unscored: 'lowest', seats: 2, cap: 'none' }, [
      { kind: 'decided', by: 'the chair', order: ['b', 'c'] },
    ]);
    expect(first.outcome).toMatchObject({ kind: 'elected', winners: ['a', 'b'] });
    expect(first.stages.map(({ votes }) => votes.map((row) => row.join(' ')))).toEqual([
      ['a 4', 'b 0'],
      ['b 2', 'c 2'],
    ]);
  });

  it('by STAR, in the runoff of the second seat', () => {
    const { candidates } = profile('abc', []);
    const rows: readonly (readonly bigint[])[] = [
      [5n, 4n, 1n],
      [5n, 1n, 3n],
    ];
    const list = rows.map((points) => ({ weight: 1n, scores: points.map((own, index) => ['abc'[index] ?? '', own] as const) }));
    const record = count({ kind: 'scored', candidates, ballots: list }, { method: 'star', from: 0n, to: 5n, unscored: 'lowest', seats: 2, cap: 'none' }, []);
    expect(record.outcome).toEqual({ kind: 'tied', certain: ['a'], tied: ['b', 'c'], seats: 1, at: 'the runoff for seat 2' });
  });

  it('is no tie where earlier rounds are to decide and there were none', () => {
    const record = count(profile('ab', ballots('1 a', '1 b')), { method: 'plurality', equalRanks: 'refused', ...one }, [{ kind: 'prior-rounds' }]);
    expect(record.outcome).toEqual({ kind: 'tied', certain: [], tied: ['a', 'b'], seats: 1, at: 'filling the last seats' });
  });
});

describe('what STAR leaves behind the winners', () => {
  it('stands by points, and equal points together', () => {
    const { candidates } = profile('abcde', []);
    const list = [
      {
        weight: 1n,
        scores: (
          [
            ['a', 5n],
            ['b', 4n],
            ['c', 1n],
            ['d', 3n],
            ['e', 1n],
          ] as const
        ).map(([id, points]) => [id, points] as const),
      },
    ];
    const record = count({ kind: 'scored', candidates, ballots: list }, { method: 'star', from: 0n, to: 5n, unscored: 'lowest', ...one }, []);
    expect(orderOf(record)).toBe('a>b>d>c=e');
    expect(record.stages[0]?.votes).toEqual([
      ['a', '1'],
      ['b', '0'],
    ]);
  });
});

describe('a paper in a transferable vote', () => {
  it('goes to its next choice that is left; who gets nothing more is shown last', () => {
    const record = counted('abcde', ballots('1 b', '1 a>b>e', '1 a>c', '1 a', '5 c', '6 d', '7 e'), stv('stv-exact', 1));
    expect(record.stages[1]?.transfers).toEqual([
      { from: 'a', to: 'c', votes: '1' },
      { from: 'a', to: 'e', votes: '1' },
      { from: 'a', votes: '1' },
    ]);
  });

  it('is no other one, however the places of its choices are written one after the other', () => {
    // The second candidate before the thirteenth, and the twelfth before the third: 1, 12 and 11, 2.
    const record = counted('abcdefghijklm', ballots('3 b>m', '4 l>c', '5 a'), stv('stv-exact', 1));
    expect(record.stages[0]?.votes.filter(([, votes]) => votes !== '0')).toEqual([
      ['a', '5'],
      ['b', '3'],
      ['l', '4'],
    ]);
  });
});

describe('the order of a transferable vote', () => {
  it('has those who are elected, and nobody who was left when the seats were taken', () => {
    const record = counted('abc', ballots('5 a', '3 b', '1 c'), stv('stv-exact', 1));
    expect(record.stages.at(-1)?.actions).toEqual([
      { kind: 'elected', option: 'a' },
      { kind: 'defeated-remaining', option: 'b' },
      { kind: 'defeated-remaining', option: 'c' },
    ]);
    expect(orderOf(record)).toBe('a');
  });
});

describe('a ballot that names nobody who is left', () => {
  it('waits between those it left out, where these share the last place, until one of them is left', () => {
    const given = profile('abc', ballots('2 a', '2 b', '1 c'));
    const rule: CountRule = { method: 'irv', ...rounds, unranked: 'tied-last' };
    const { stages } = count(given, rule, inOrder('a', 'b'));
    expect(stages.map(({ votes, idle }) => [...votes, ...idle].map((row) => row.join(' ')).join(', '))).toEqual([
      'a 2, b 2, c 1, exhausted 0, equal 0',
      'a 2, b 2, exhausted 0, equal 1',
      'a 5, exhausted 0, equal 0',
    ]);
  });

  it('ends in the rounds of a circle, where what is left out is not compared', () => {
    const rule: CountRule = { method: 'condorcet-irv', unranked: 'not-compared', equalRanks: 'waits', roundsAmong: 'all', ...one };
    const record = counted('abc', ballots('4 a>b', '3 b>c', '2 c>a', '1 c'), rule);
    expect(record.stages[0]).toMatchObject({
      votes: [
        ['a', '4'],
        ['b', '3'],
        ['c', '3'],
      ],
      idle: [
        ['exhausted', '0'],
        ['equal', '0'],
      ],
    });
    const decided = count(profile('abc', ballots('4 a>b', '3 b>c', '2 c>a', '1 c')), rule, inOrder('a', 'b', 'c'));
    expect(decided.stages[1]).toMatchObject({
      votes: [
        ['a', '6'],
        ['b', '3'],
      ],
      idle: [
        ['exhausted', '1'],
        ['equal', '0'],
      ],
    });
  });

  it('gives no points, where it scores nobody', () => {
    const { candidates } = profile('ab', []);
    const list = [
      { weight: 2n, scores: [['a', 3n] as const] },
      { weight: 7n, scores: [] },
    ];
    const record = count({ kind: 'scored', candidates, ballots: list }, { method: 'score', from: 1n, to: 5n, unscored: 'lowest', ...one }, []);
    expect(record.points).toEqual([
      ['a', '6'],
      ['b', '2'],
    ]);
  });

  it('gives no vote to the last one, where all it names were struck by a cap (S115)', () => {
    const given = employed(profile('ab', ballots('5 a', '4 b')), 'a');
    const record = count(given, { method: 'plurality', equalRanks: 'refused', seats: 1, cap: nobodyOf('x') }, []);
    expect(record.outcome).toMatchObject({ winners: ['b'] });
    expect(record.points).toEqual([['b', '4']]);
  });
});

describe('whom a cap leaves (S115)', () => {
  it('wins alone in one round, with no ballot that names it', () => {
    const given = employed(profile('ab', ballots('5 a')), 'a');
    for (const method of ['irv', 'two-round'] as const) {
      const record = count(given, { method, ...rounds, cap: nobodyOf('x') }, []);
      expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['b'] });
      expect(record.stages.map(({ title, actions }) => [title, actions])).toEqual([['round 1', [{ kind: 'elected', option: 'b' }]]]);
    }
  });

  it('may be nobody: the seat stays vacant (S45)', () => {
    const given = employed(profile('ab', ballots('5 a', '4 b')), 'ab');
    const record = count(given, { method: 'plurality', equalRanks: 'refused', seats: 1, cap: nobodyOf('x') }, []);
    expect(record.outcome).toEqual({ kind: 'elected', winners: [], order: [], vacancies: 1 });
    expect(record.recounts.map(({ struck }) => struck)).toEqual([['a'], ['b']]);
    for (const rule of rankedRules) {
      const capped: CountRule = rule.method === 'yes-no' ? rule : { ...rule, cap: nobodyOf('x') };
      expect([rule.method, count(given, capped, []).outcome]).toEqual([rule.method, record.outcome]);
    }
  });

  it('cannot be measured by a default option that was struck itself (S44)', () => {
    const against = { option: 'n', quorum: 'none', ratio: { numerator: 1n, denominator: 1n }, ratioOf: [], ratioComparison: 'more-than' } as const;
    const rule: CountRule = { method: 'condorcet-default', ...pairs, against, cap: nobodyOf('x') };
    const record = count(employed(profile('an', ballots('2 a', '3 n')), 'n'), rule, []);
    expect(record.outcome).toEqual({ kind: 'failed', reason: 'the default option is not on the ballot' });
  });
});

describe('a count that is not made', () => {
  it('where nobody is supported keeps the ballots and says nothing of anybody (S33)', () => {
    expect(count(profile('ab', ballots('2')), { method: 'plurality', equalRanks: 'refused', seats: 1, cap: 'none' }, [])).toEqual({
      method: 'plurality',
      seats: 1,
      outcome: { kind: 'failed', reason: 'no ballot supports anybody' },
      ballots: { rows: 1, weight: 2n, setAsideRows: 0, setAsideWeight: 0n, blankWeight: 2n },
      setAside: [],
      stages: [],
      defeats: [],
      exclusions: [],
      ties: [],
      recounts: [],
    });
  });

  it('leaves a record of nothing', () => {
    expect(count(profile('', []), { method: 'plurality', equalRanks: 'refused', seats: 2, cap: 'none' }, [])).toEqual({
      method: 'plurality',
      seats: 2,
      outcome: { kind: 'failed', reason: 'there is no candidate' },
      ballots: { rows: 0, weight: 0n, setAsideRows: 0, setAsideWeight: 0n, blankWeight: 0n },
      setAside: [],
      stages: [],
      defeats: [],
      exclusions: [],
      ties: [],
      recounts: [],
    });
  });
});

describe('points of Borda (S43)', () => {
  it('are the options behind, and half a point for each that is left out beside', () => {
    const record = counted('abc', ballots('1 a'), { method: 'borda', ...pairs });
    expect(record.points?.map((row) => row.join(' '))).toEqual(['a 2', 'b 1/2', 'c 1/2']);
  });
});

describe('rounds of a runoff', () => {
  it('move the votes of a ballot that waits between equals to nobody', () => {
    const record = counted('abcd', ballots('5 d', '4 a', '4 b', '1 c>a=b'), { method: 'irv', ...rounds });
    expect(record.stages[0]?.transfers).toEqual([{ from: 'c', votes: '1' }]);
    expect(record.stages[1]?.idle.map((row) => row.join(' '))).toEqual(['exhausted 0', 'equal 1']);
  });

  it('break a tie by the latest earlier round in which the tied differed', () => {
    const given = profile('abcd', ballots('5 a', '3 b>c', '2 c>b', '1 d>c'));
    const rule: CountRule = { method: 'irv', ...rounds };
    expect(count(given, rule, []).outcome).toMatchObject({ kind: 'tied', tied: ['b', 'c'], at: 'excluding in round 2' });
    expect(orderOf(count(given, rule, [{ kind: 'prior-rounds' }]))).toBe('a>b>c>d');
  });
});

describe('ranked pairs at their edges (S43)', () => {
  // Each ballot compares two alone, so that every pair has the numbers written here.
  const ranked = (strength: 'winning-votes' | 'margins', seats = 1): Extract<CountRule, { strength: unknown }> => ({
    method: 'ranked-pairs',
    unranked: 'not-compared',
    equalRanks: 'allowed',
    strength,
    seats,
    cap: 'none',
  });
  const defeats = (record: CountRecord): readonly string[] => record.defeats.map(({ winner, loser, result }) => `${winner}>${loser} ${result}`);

  it('lock of equal winning votes those first that fewer are against, in whatever order the candidates stand', () => {
    const record = counted('abc', ballots('4 a>b', '3 b>a', '4 b>c', '2 c>b', '4 c>a', '1 a>c'), ranked('winning-votes'));
    expect(defeats(record)).toEqual(['c>a locked', 'b>c locked', 'a>b skipped']);
    expect(orderOf(record)).toBe('b>c>a');
  });

  it('ask nobody about a circle all of which are seated', () => {
    const circle = ballots('1 a>b>c>e', '1 b>c>a>e', '1 c>a>b>e');
    const record = count(profile('abce', circle), { ...ranked('margins', 3), unranked: 'tied-last' }, []);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['a', 'b', 'c'], order: [['a', 'b', 'c'], ['e']] });
    expect(record.ties).toEqual([]);
  });

  it('leave every weaker victory open among those of whom an equal circle is open', () => {
    const list = ballots('9 d>a', '9 d>b', '9 d>c', '9 d>e', '9 d>f', '5 a>b', '5 b>c', '5 c>a', '4 a>f', '3 e>a', '2 b>e', '1 c>e', '1 b>f', '1 c>f', '1 e>f');
    const record = counted('abcdef', list, ranked('margins'));
    expect(defeats(record)).toEqual([
      ...['a', 'b', 'c', 'e', 'f'].map((loser) => `d>${loser} locked`),
      ...['a>b', 'b>c', 'c>a'].map((pair) => `${pair} open`),
      // Who is behind all of them is behind all the same.
      'a>f locked',
      ...['e>a', 'b>e', 'c>e'].map((pair) => `${pair} open`),
      ...['b>f', 'c>f', 'e>f'].map((pair) => `${pair} locked`),
    ]);
    expect(orderOf(record)).toBe('d>a=b=c=e>f');
  });
});

describe('Condorcet completed by rounds', () => {
  const rule = (roundsAmong: 'smith' | 'all'): CountRule => ({ method: 'condorcet-irv', unranked: 'tied-last', equalRanks: 'waits', roundsAmong, ...one });
  const circle = ballots('4 a>b>c', '3 b>c>a', '2 c>a>b', '1 d');

  it.each([
    ['smith', ['a 4', 'b 3', 'c 2'], ['exhausted 0', 'equal 1']],
    ['all', ['a 4', 'b 3', 'c 2', 'd 1'], ['exhausted 0', 'equal 0']],
  ] as const)('run among %s: who is behind all of them is left out, and its ballot waits, or is a candidate', (among, votes, idle) => {
    const [first] = counted('abcd', circle, rule(among)).stages;
    expect(first?.votes.map((row) => row.join(' '))).toEqual(votes);
    expect(first?.idle.map((row) => row.join(' '))).toEqual(idle);
  });

  it('run for no place behind the seats: those are equal there, unless each beats all behind it', () => {
    const below = counted('wabc', ballots('1 w>a>b>c', '1 w>b>c>a', '1 w>c>a>b'), rule('all'));
    expect([orderOf(below), below.stages]).toEqual(['w>a=b=c', []]);
    expect(counted('abc', ballots('1 a>b>c'), rule('all')).outcome).toMatchObject({ order: [['a'], ['b'], ['c']] });
  });
});

describe('a ratio to the default (S44)', () => {
  it.each([
    [5, 'n'],
    [6, 'a'],
  ])('of at least 3 to 1: %i to 2', (votes, winner) => {
    const against = { option: 'n', quorum: 'none', ratio: { numerator: 3n, denominator: 1n }, ratioOf: [], ratioComparison: 'at-least' } as const;
    const record = counted('an', ballots(`${votes} a>n`, '2 n>a'), { method: 'condorcet-default', ...pairs, against });
    expect(record.outcome).toMatchObject({ winners: [winner] });
    expect(record.exclusions.map(({ option, kind }) => `${option} ${kind}`)).toEqual(winner === 'a' ? [] : ['a ratio']);
  });
});

describe('the weakest defeat of a circle is dropped, as Debian A.6 says (S44)', () => {
  const against = { option: 'n', quorum: 'none', ratio: { numerator: 1n, denominator: 1n }, ratioOf: [], ratioComparison: 'more-than' } as const;
  const rule: CountRule = { method: 'condorcet-default', ...pairs, unranked: 'not-compared', against };
  const overDefault = ['9 a>n', '9 b>n', '9 c>n'];

  it.each<readonly [what: string, winner: string, dropped: string, lines: readonly string[]]>([
    ['the first', 'b', 'a>b', ['4 a>b', '1 b>a', '5 b>c', '2 c>b', '6 c>a', '3 a>c']],
    ['the second', 'c', 'b>c', ['6 a>b', '3 b>a', '4 b>c', '1 c>b', '5 c>a', '2 a>c']],
    ['the third', 'a', 'c>a', ['5 a>b', '2 b>a', '6 b>c', '3 c>b', '4 c>a', '1 a>c']],
    ['of equal ones that with most against it, where that is the second', 'c', 'b>c', ['5 a>b', '1 b>a', '5 b>c', '3 c>b', '5 c>a', '2 a>c']],
    ['of equal ones that with most against it, where that is the third', 'a', 'c>a', ['5 a>b', '1 b>a', '5 b>c', '2 c>b', '5 c>a', '3 a>c']],
  ])('%s', (_, winner, dropped, lines) => {
    const record = counted('abcn', ballots(...overDefault, ...lines), rule);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: [winner] });
    expect(record.defeats.map((each) => `${each.winner}>${each.loser} ${each.result}`)).toEqual([`${dropped} dropped`]);
  });
});

describe('sixty candidates', () => {
  // One ballot in an order that is neither that of the candidates nor its reverse: 37 and 61 have no common divisor.
  const ids = Array.from({ length: 60 }, (_, index) => `o${index}`);
  const order = ids.map((_, index) => `o${(((index + 1) * 37) % 61) - 1}`);
  const candidates = ids.map((id) => ({ id, name: id }));

  it('stand in the order of their points, by every way of adding them up', () => {
    const ranked: Profile = { kind: 'ranked', candidates, ballots: [{ weight: 1n, ranks: order.map((id) => [id]) }] };
    const totals: Profile = { kind: 'totals', candidates, totals: order.map((id, place) => [id, BigInt(60 - place)]) };
    expect(new Set(order)).toEqual(new Set(ids));
    expect(orderOf(count(ranked, { method: 'borda', ...pairs }, []))).toBe(order.join('>'));
    expect(orderOf(count(totals, { method: 'plurality', equalRanks: 'refused', ...one }, []))).toBe(order.join('>'));
    expect(orderOf(count(ranked, { method: 'schulze', ...pairs, strength: 'margins' }, []))).toBe(order.join('>'));
  });
});
