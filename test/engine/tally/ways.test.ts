// Ties on the way of a count in rounds that change nothing: no tie rule is asked where every way to break them elects the same people in the same order
// (S124, docs/decisions/0184). A tie that decides a seat stays one.
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRule, TieChain } from '../../../engine/tally/rules.ts';
import { ballots, profile, shortRankings } from './profiles.ts';

const fails: TieChain = [{ kind: 'fails' }];
const inOrder = (...order: readonly string[]): TieChain => [{ kind: 'decided', by: 'the chair', order }];
const stv = (method: 'stv-scottish' | 'stv-wigm' | 'stv-cfer' | 'stv-exact' | 'stv-meek' | 'stv-meek-exact', seats: number): CountRule => ({
  method,
  unranked: 'exhausted',
  equalRanks: 'refused',
  seats,
  cap: 'none',
});
const irv = (equalRanks: 'refused' | 'waits' | 'split' = 'refused'): CountRule => ({ method: 'irv', unranked: 'exhausted', equalRanks, seats: 1, cap: 'none' });

describe('a tie among the hopeless', () => {
  it('fails no election: three are elected whoever of the last three goes first', () => {
    const record = count(profile('abcdef', ballots('12 a>b>c>d>e>f')), stv('stv-scottish', 3), fails);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['a', 'b', 'c'] });
    expect(record.ties.map(({ by, tied }) => [by, tied])).toEqual([
      ['no-seat', ['d', 'e', 'f']],
      ['no-seat', ['d', 'e']],
    ]);
  });

  it.each(['stv-scottish', 'stv-wigm', 'stv-cfer', 'stv-exact', 'stv-meek', 'stv-meek-exact'] as const)(
    'is none by %s, however many nobody votes for',
    (method) => {
      const given = profile('abcdefghijklmnopqrstuvwxyz', ballots('5 a', '4 b', '3 c'));
      expect(count(given, stv(method, 2), fails).outcome).toMatchObject({ kind: 'elected', winners: ['a', 'b'] });
      // With more seats than have a vote, one of those without gets one: that is a tie for a seat.
      expect(count(given, stv(method, 4), fails).outcome.kind).toBe('failed');
    },
  );

  it('is none by irv, however many nobody votes for', () => {
    const given = profile('abcdefghijklmnopqrstuvwxyz', ballots('4 a', '3 b', '2 c>b'));
    expect(count(given, irv(), fails).outcome).toMatchObject({ kind: 'elected', winners: ['b'] });
  });

  it('is one where a ballot waits between two of them: who stays gets it', () => {
    const given = profile('abcyz', ballots('5 a', '3 b>y', '3 c>y', '4 y=z'));
    expect(count(given, irv('waits'), []).outcome).toMatchObject({ kind: 'tied', tied: ['y', 'z'] });
    expect(count(given, irv('waits'), inOrder('y', 'z')).outcome).toMatchObject({ winners: ['y'] });
    expect(count(given, irv('waits'), inOrder('z', 'y')).outcome).toMatchObject({ winners: ['a'] });
  });
});

describe('a tie on the way', () => {
  it('of two who lose either way leaves them equal in the order', () => {
    const record = count(profile('abc', ballots('3 a', '2 b', '2 c')), irv(), fails);
    expect(record.outcome).toEqual({ kind: 'elected', winners: ['a'], order: [['a'], ['b', 'c']], vacancies: 0 });
  });

  it('of two surpluses is none where the same are elected whichever moves first', () => {
    const given = profile('abcde', ballots('9 a>c', '9 b>d', '3 c', '4 d', '2 e'));
    expect(count(given, stv('stv-wigm', 3), fails).outcome).toMatchObject({ kind: 'elected', winners: ['a', 'b', 'd'] });
  });

  it('leaves the tie for a seat to those whose order was given, whoever else is tied before', () => {
    const given = profile('abcdef', ballots('5 a', '3 b>c', '3 c>b', '1 d>b', '1 e>c', '1 f'));
    expect(count(given, irv(), []).outcome.kind).toBe('tied');
    expect(count(given, irv(), inOrder('b', 'c')).outcome).toMatchObject({ winners: ['b'] });
    expect(count(given, irv(), inOrder('c', 'b')).outcome).toMatchObject({ winners: ['c'] });
  });

  it('is one where the same are elected in another order', () => {
    const given = profile('abcd', ballots('2 b>a', '2 c>a', '1 a>c', '1 d>a>b>c'));
    expect(count(given, stv('stv-scottish', 2), []).outcome).toMatchObject({ kind: 'tied', tied: ['a', 'd'] });
    expect(count(given, stv('stv-scottish', 2), inOrder('a', 'd', 'b', 'c')).outcome).toMatchObject({ kind: 'elected' });
  });

  it('is looked at in 120 ways: five who can go one after another, and not six', () => {
    const some = (names: string) => profile(`ab${names}`, ballots('20 a', '19 b', ...Array.from(names).map((name) => `1 ${name}>b`)));
    expect(count(some('cdefg'), irv(), fails).outcome).toMatchObject({ kind: 'elected', winners: ['b'] });
    expect(count(some('cdefgh'), irv(), fails).outcome.kind).toBe('failed');
  });

  it('comes before a cap: whoever is struck has been elected in every way (S115)', () => {
    const given = profile('abcd', ballots('9 a>b>d', '2 c', '2 d'));
    const candidates = given.candidates.map(({ id, name }) => ({ id, name, groups: [['employer', id < 'c' ? 'x' : id] as const] }));
    const rule: CountRule = { ...stv('stv-scottish', 2), cap: [{ attribute: 'employer', seatsMax: 1, sitting: [] }] };
    const record = count({ ...given, candidates }, rule, fails);
    expect(record.recounts).toMatchObject([{ struck: ['b'], winners: ['a', 'b'] }]);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['a', 'd'] });
  });
});

describe('who is elected without a tie rule', () => {
  const rules = [irv(), irv('waits'), irv('split'), stv('stv-scottish', 2), stv('stv-wigm', 3), stv('stv-cfer', 2), stv('stv-exact', 2), stv('stv-meek', 2)];

  it.each(rules.map((rule) => [`${rule.method} ${'equalRanks' in rule ? rule.equalRanks : ''}`, rule] as const))(
    'is elected under every order that is given, by %s',
    (_, rule) => {
      fc.assert(
        fc.property(shortRankings('abcde'), fc.shuffledSubarray(Array.from('abcde'), { minLength: 5 }), (list, order) => {
          const light = list.map((ballot) => ({ ...ballot, weight: 1n + (ballot.weight % 2n) }));
          const free = count(profile('abcde', light), rule, []).outcome;
          if (free.kind === 'elected') expect(count(profile('abcde', light), rule, inOrder(...order)).outcome).toMatchObject({ winners: free.winners });
        }),
        { numRuns: 200 },
      );
    },
  );
});
