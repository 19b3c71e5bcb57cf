// What each option has, as the record of a count states it: votes, marks and points, exactly, and the order they give (S43).
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import { lotOrder, lotSeed } from '../../../engine/tally/lot.ts';
import type { CountRule } from '../../../engine/tally/rules.ts';
import { ballots, profile } from './profiles.ts';

const one = { seats: 1, cap: 'none' } as const;
const { candidates } = profile('abc', []);

describe('the points of a record', () => {
  it.each<readonly [method: string, given: Profile, rule: CountRule, points: readonly (readonly string[])[], order: readonly (readonly string[])[]]>([
    [
      'plurality',
      profile('abc', ballots('1 a', '5 b', '3 c', '2 a>b')),
      { method: 'plurality', equalRanks: 'refused', ...one },
      [
        ['a', '3'],
        ['b', '5'],
        ['c', '3'],
      ],
      [['b'], ['a', 'c']],
    ],
    [
      'approval',
      { kind: 'marked', candidates, ballots: ['a', 'bc', 'c', 'bc', 'c'].map((marks) => ({ weight: 2n, marks: marks.split('') })) },
      { method: 'approval', marksMax: 'unlimited', ...one },
      [
        ['a', '2'],
        ['b', '4'],
        ['c', '8'],
      ],
      [['c'], ['b'], ['a']],
    ],
    [
      'score from 2 to 5, where what is left out has the least',
      {
        kind: 'scored',
        candidates,
        ballots: [
          { weight: 1n, scores: [['a', 2n]] },
          {
            weight: 3n,
            scores: [
              ['b', 5n],
              ['c', 3n],
            ],
          },
        ],
      },
      { method: 'score', from: 2n, to: 5n, unscored: 'lowest', ...one },
      [
        ['a', '8'],
        ['b', '17'],
        ['c', '11'],
      ],
      [['b'], ['c'], ['a']],
    ],
  ])('are those of %s', (_, given, rule, points, order) => {
    const record = count(given, rule, []);
    expect(record.points).toEqual(points);
    expect(record.outcome).toMatchObject({ kind: 'elected', order });
  });
});

describe('a lot (S38)', () => {
  it('orders by the hash of its own domain over checkpoint, case and stage instance: frozen', () => {
    const seed = lotSeed(Uint8Array.of(1, 2, 3), 'case', '1');
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    expect(
      lotOrder(seed, ids, [0, 1, 2, 3, 4, 5, 6, 7])
        .map((option) => ids[option])
        .join(''),
    ).toBe('acdbfghe');
  });
});
