// What each method promises, on random profiles, and for famous promises a method does not keep, a profile that shows it.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { count } from '../../../engine/tally/count.ts';
import type { RankedBallot } from '../../../engine/tally/ballot.ts';
import type { CountRule } from '../../../engine/tally/rules.ts';
import { ballots, counted, fullRankings, preferring, profile, rankedRules, rulesOf, shortRankings, winnerOf } from './profiles.ts';

const names = 'abcd';
const runs = { numRuns: 150 };
const label = (rule: CountRule): string => `${rule.method}${'strength' in rule ? ` by ${rule.strength}` : ''}`;

function majorityOf(list: readonly RankedBallot[]): string | undefined {
  const total = list.reduce((sum, ballot) => sum + ballot.weight, 0n);
  return Array.from(names).find(
    (name) => 2n * list.reduce((sum, ballot) => (ballot.ranks[0]?.includes(name) === true ? sum + ballot.weight : sum), 0n) > total,
  );
}

function condorcetOf(list: readonly RankedBallot[]): string | undefined {
  return Array.from(names).find((a) => Array.from(names).every((b) => a === b || preferring(list, a, b) > preferring(list, b, a)));
}

function smithOf(list: readonly RankedBallot[]): string[] {
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, mask) => Array.from(names).filter((__, index) => ((mask + 1) >> index) % 2 === 1));
  const dominating = sets.filter((set) =>
    Array.from(names).every((out) => set.includes(out) || set.every((member) => preferring(list, member, out) > preferring(list, out, member))),
  );
  return dominating.sort((a, b) => a.length - b.length)[0] ?? [];
}

describe('every method', () => {
  it.each(rankedRules.map((rule) => [label(rule), rule] as const))('%s does not depend on the order or the bundling of ballots', (_, rule) => {
    fc.assert(
      fc.property(
        shortRankings(names).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, moved]) => {
          const split = moved.flatMap((ballot) =>
            ballot.weight > 1n
              ? [
                  { ...ballot, weight: 1n },
                  { ...ballot, weight: ballot.weight - 1n },
                ]
              : [ballot],
          );
          expect(counted(names, split, rule).outcome).toEqual(counted(names, list, rule).outcome);
        },
      ),
      runs,
    );
  });

  it.each(rankedRules.map((rule) => [label(rule), rule] as const))('%s treats candidates alike: other names, the same result', (_, rule) => {
    fc.assert(
      fc.property(shortRankings(names), fc.shuffledSubarray(Array.from(names), { minLength: names.length }), (list, order) => {
        const renamed = (name: string): string => order[names.indexOf(name)] ?? name;
        const other = counted(
          order.join(''),
          list.map((ballot) => ({ ...ballot, ranks: ballot.ranks.map((group) => group.map(renamed)) })),
          rule,
        );
        const own = winnerOf(counted(names, list, rule));
        expect(winnerOf(other)).toBe(own === undefined ? undefined : renamed(own));
      }),
      runs,
    );
  });

  it.each(rankedRules.map((rule) => [label(rule), rule] as const))('%s never elects more than the seats, and never the same candidate twice', (_, rule) => {
    fc.assert(
      fc.property(shortRankings(names), fc.integer({ min: 1, max: 5 }), (list, seats) => {
        const { outcome } = counted(names, list, { ...rule, seats });
        const winners = outcome.kind === 'elected' ? outcome.winners : [];
        expect(new Set(winners).size).toBe(winners.length);
        expect(winners.length).toBeLessThanOrEqual(Math.min(seats, names.length));
      }),
      runs,
    );
  });
});

describe('promises that a method keeps', () => {
  const majority = rulesOf(
    'plurality',
    'irv',
    'two-round',
    'stv-scottish',
    'stv-wigm',
    'stv-cfer',
    'stv-exact',
    'stv-meek',
    'schulze',
    'ranked-pairs',
    'minimax',
    'condorcet',
    'condorcet-irv',
  );
  it.each(majority.map((rule) => [label(rule), rule] as const))('%s elects whom more than half put first', (_, rule) => {
    fc.assert(
      fc.property(fullRankings(names), (list) => {
        const favourite = majorityOf(list);
        fc.pre(favourite !== undefined);
        expect(winnerOf(counted(names, list, rule))).toBe(favourite);
      }),
      runs,
    );
  });

  it.each(rulesOf('schulze', 'ranked-pairs', 'minimax', 'condorcet', 'condorcet-irv').map((rule) => [label(rule), rule] as const))(
    '%s elects who beats everybody',
    (_, rule) => {
      fc.assert(
        fc.property(fullRankings(names), (list) => {
          const best = condorcetOf(list);
          fc.pre(best !== undefined);
          expect(winnerOf(counted(names, list, rule))).toBe(best);
        }),
        runs,
      );
    },
  );

  it.each(rulesOf('schulze', 'ranked-pairs', 'condorcet', 'condorcet-irv').map((rule) => [label(rule), rule] as const))(
    '%s elects within the Smith set',
    (_, rule) => {
      fc.assert(
        fc.property(fullRankings(names), (list) => {
          const winner = winnerOf(counted(names, list, rule));
          fc.pre(winner !== undefined);
          expect(smithOf(list)).toContain(winner);
        }),
        runs,
      );
    },
  );

  it.each(rulesOf('plurality', 'borda', 'schulze', 'ranked-pairs', 'minimax').map((rule) => [label(rule), rule] as const))(
    '%s is monotonic: raising the winner on a ballot does not make it lose',
    (_, rule) => {
      fc.assert(
        fc.property(fullRankings(names), fc.nat(), fc.nat(), (list, which, up) => {
          const winner = winnerOf(counted(names, list, rule));
          fc.pre(winner !== undefined);
          const raised = list.map((ballot, index) => {
            if (index !== which % list.length) return ballot;
            const others = ballot.ranks.flat().filter((name) => name !== winner);
            const at = Math.max(0, ballot.ranks.flat().indexOf(winner ?? '') - 1 - (up % names.length));
            return { ...ballot, ranks: [...others.slice(0, at), winner ?? '', ...others.slice(at)].map((name) => [name]) };
          });
          expect(winnerOf(counted(names, raised, rule))).toBe(winner);
        }),
        runs,
      );
    },
  );

  it.each(rulesOf('plurality', 'borda').map((rule) => [label(rule), rule] as const))(
    '%s keeps participation: one more ballot for the winner first does not make it lose',
    (_, rule) => {
      fc.assert(
        fc.property(fullRankings(names), fc.shuffledSubarray(Array.from(names), { minLength: names.length }), (list, order) => {
          const winner = winnerOf(counted(names, list, rule));
          fc.pre(winner !== undefined);
          const more: RankedBallot = { weight: 1n, ranks: [winner ?? '', ...order.filter((name) => name !== winner)].map((name) => [name]) };
          expect(winnerOf(counted(names, [...list, more], rule))).toBe(winner);
        }),
        runs,
      );
    },
  );

  it.each(rulesOf('irv', 'schulze', 'ranked-pairs').map((rule) => [label(rule), rule] as const))(
    '%s is independent of clones: a twin next to a loser on every ballot changes nothing',
    (_, rule) => {
      fc.assert(
        fc.property(fullRankings(names), fc.constantFrom(...Array.from(names)), fc.infiniteStream(fc.boolean()), (list, twin, sides) => {
          const winner = winnerOf(counted(names, list, rule));
          fc.pre(winner !== undefined && winner !== twin);
          const cloned = list.map((ballot) => {
            const first = sides.next().value === true;
            return { ...ballot, ranks: ballot.ranks.flatMap((group) => (group[0] === twin ? (first ? [['z'], [twin]] : [[twin], ['z']]) : [group])) };
          });
          const { outcome } = counted(`${names}z`, cloned, rule);
          // A tie among twins on the way is a tie of the count; it never elects somebody else.
          if (outcome.kind === 'elected') expect(outcome.winners).toEqual([winner]);
        }),
        runs,
      );
    },
  );
});

describe('famous promises that a method does not keep', () => {
  const rule = (method: CountRule['method']): CountRule => {
    const found = rankedRules.find((each) => each.method === method);
    if (found === undefined) throw new Error(method);
    return found;
  };

  it('borda passes over the favourite of more than half', () => {
    const list = ballots('3 a>b>c', '2 b>c>a');
    expect(winnerOf(counted('abc', list, rule('borda')))).toBe('b');
    expect(2n * 3n > 5n).toBe(true);
  });

  it('plurality elects whom everybody else beats', () => {
    expect(winnerOf(counted('abc', ballots('4 a>b>c', '3 b>c>a', '2 c>b>a'), rule('plurality')))).toBe('a');
  });

  it('irv makes the winner lose when two voters raise it to their first place', () => {
    const rest = ['2 b>a>c', '3 b>c>a', '4 c>a>b', '2 c>b>a'];
    expect(winnerOf(counted('abc', ballots('6 a>b>c', ...rest), rule('irv')))).toBe('c');
    expect(winnerOf(counted('abc', ballots('4 a>b>c', '2 c>a>b', ...rest), rule('irv')))).toBe('b');
  });

  it.each(rulesOf('irv', 'condorcet-irv').map((each) => [label(each), each] as const))(
    '%s breaks participation or monotonicity in a profile that a search finds',
    (_, each) => {
      const searched = fc.check(
        fc.property(
          fullRankings('abcd'),
          fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
          fc.bigInt({ min: 1n, max: 6n }),
          (list, order, weight) => {
            const winner = winnerOf(counted('abcd', list, each));
            fc.pre(winner !== undefined);
            const then = counted('abcd', [...list, { weight, ranks: order.map((name) => [name]) }], each).outcome;
            // The new voters prefer the old winner to the new one: they should have stayed at home.
            return then.kind !== 'elected' || order.indexOf(then.winners[0] ?? '') <= order.indexOf(winner ?? '');
          },
        ),
        { numRuns: 30_000, seed: 4 },
      );
      expect(searched.failed).toBe(true);
    },
  );

  it('minimax elects a candidate whom every member of the Smith set beats', () => {
    const list = ballots('4 a>b>c>d', '4 b>c>a>d', '4 c>a>b>d', '3 d>a>b>c', '3 d>b>c>a', '3 d>c>a>b');
    expect(
      winnerOf(counted('abcd', list, { method: 'minimax', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', seats: 1, cap: 'none' })),
    ).toBe('d');
    for (const name of 'abc') expect(preferring(list, name, 'd')).toBeGreaterThan(preferring(list, 'd', name));
  });

  it('score elects against the wish of more than half', () => {
    const scored = (weight: bigint, ...scores: (readonly [string, bigint])[]): { weight: bigint; scores: typeof scores } => ({ weight, scores });
    const candidates = profile('ab', []).candidates;
    const record = count(
      { kind: 'scored', candidates, ballots: [scored(3n, ['a', 5n], ['b', 4n]), scored(2n, ['b', 5n])] },
      { method: 'score', from: 0n, to: 5n, unscored: 'lowest', seats: 1, cap: 'none' },
      [],
    );
    expect(winnerOf(record)).toBe('b');
  });
});
