// The least number of people that meets a bound, against trying every number; upper bounds have none (S31-S33, S110).
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import type { CharterBound, CharterShare } from '../../../engine/bylaws-terms.ts';
import { leastMeeting, meetsBound } from '../../../engine/quantity.ts';

const share: fc.Arbitrary<CharterShare> = fc.oneof(
  fc.nat({ max: 3 }).map((except): CharterShare => ({ kind: 'whole', role: 'member', except })),
  fc.nat({ max: 6 }).map((value): CharterShare => ({ kind: 'part', role: 'member', amount: { kind: 'count', value } })),
  fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean()).map(([numerator, denominator, isRoot]): CharterShare => ({
    kind: 'part',
    role: 'member',
    amount: { kind: 'share', numerator, denominator },
    ...(isRoot ? { squareRoot: true } : {}),
  })),
);
const bound: fc.Arbitrary<CharterBound> = fc.oneof(
  share,
  fc.tuple(fc.constantFrom('larger' as const, 'smaller' as const), share, share).map(([kind, left, right]): CharterBound => ({ kind, left, right })),
);

describe('the least number that meets a bound', () => {
  it('is the first of all that meet it, from one to the most there are', () => {
    fc.assert(
      fc.property(
        bound,
        fc.constantFrom('at-least' as const, 'more-than' as const, 'exactly' as const),
        fc.nat({ max: 12 }),
        fc.integer({ min: 1, max: 14 }),
        (asked, comparison, size, most) => {
          const meets = (people: number): boolean =>
            meetsBound(
              () => BigInt(people),
              comparison,
              asked,
              () => BigInt(size),
            );
          const first = Array.from({ length: most }, (_, index) => index + 1).find(meets);
          expect(leastMeeting(comparison, asked, () => BigInt(size), most)).toBe(first);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of `exactly` is the number itself, where it can be had', () => {
    const part = (value: number): CharterBound => ({ kind: 'part', role: 'member', amount: { kind: 'count', value } });
    expect([leastMeeting('exactly', part(3), () => 9n, 5), leastMeeting('exactly', part(6), () => 9n, 5)]).toEqual([3, undefined]);
  });

  it('is none for an upper bound, which nobody meets as well', () => {
    fc.assert(
      fc.property(bound, fc.constantFrom('at-most' as const, 'fewer-than' as const), fc.nat({ max: 12 }), (asked, comparison, size) => {
        expect(leastMeeting(comparison, asked, () => BigInt(size), 9)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
