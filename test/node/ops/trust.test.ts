// Whom one has to trust (R68): what the doctor says of witnesses is held against every group of them that tries.
import { describe, expect, it } from 'vitest';
import { voteStanding, type CastVote, type WitnessSet } from '../../../engine/index.ts';
import { harmfulGroups, trustWords } from '../../../node/ops/trust.ts';

const device = (index: number): string => String(index + 1).repeat(64);
const setOf = (weights: readonly number[], silenced: readonly number[] = []): WitnessSet => ({
  rows: weights.map((weight, index) => [device(index), weight] as const),
  silenced: new Set(silenced.map(device)),
});

/** Every way in which each of `count` witnesses is one of `kinds`. */
function ways(count: number, kinds: number): readonly (readonly number[])[] {
  return count === 0 ? [[]] : ways(count - 1, kinds).flatMap((way) => Array.from({ length: kinds }, (_none, kind) => [...way, kind]));
}

/** The fewest of a set with which an attack comes about; undefined where it never does. */
function fewest(set: WitnessSet, kinds: number, attack: (way: readonly number[]) => boolean): number | undefined {
  // 0 is whoever takes part in the attack. The silenced take part in nothing.
  const members = (way: readonly number[]): number => way.filter((kind, index) => kind === 0 && !set.silenced.has(device(index))).length;
  const found = ways(set.rows.length, kinds).filter(attack).map(members);
  return found.length === 0 ? undefined : Math.min(...found);
}

const votesOf = (way: readonly number[], values: readonly (readonly string[])[]): readonly CastVote[] =>
  way.flatMap((kind, index) => (values[kind] ?? []).map((value) => ({ device: device(index), value })));

/** Everybody but the attackers votes for one value, and it is not final. */
const stalls =
  (set: WitnessSet) =>
  (way: readonly number[]): boolean =>
    voteStanding(votesOf(way, [[], ['a']]), set).kind !== 'final';

/** The attackers sign both values, and the others are told of one each. */
const forks =
  (set: WitnessSet) =>
  (way: readonly number[]): boolean =>
    voteStanding(votesOf(way, [['a', 'b'], ['a'], ['b']]), set).kind === 'conflicting';

describe('who can stall or fork (R68)', () => {
  it('is as the attack of every group of 1 to 7 equal witnesses shows, and so are those that are left when one is silenced', () => {
    for (let count = 1; count <= 7; count += 1)
      for (const silenced of count > 1 ? [[], [0]] : [[]]) {
        const set = setOf(
          Array.from({ length: count }, () => 1),
          silenced,
        );
        expect([count, silenced, harmfulGroups(set)]).toEqual([count, silenced, { stall: fewest(set, 2, stalls(set)), fork: fewest(set, 3, forks(set)) }]);
      }
  });

  it('is never fewer where witnesses weigh differently', () => {
    for (const weights of [
      [3, 1, 1, 1],
      [5, 1],
      [2, 2, 3],
      [4, 3, 2, 1],
      [1, 1, 1, 1, 6],
      [2, 2, 2, 2, 1],
    ]) {
      const set = setOf(weights);
      const told = harmfulGroups(set);
      expect([weights, told.stall]).toEqual([weights, fewest(set, 2, stalls(set))]);
      expect(fewest(set, 3, forks(set)) ?? Infinity).toBeGreaterThanOrEqual(told.fork ?? Infinity);
    }
  });

  it('is said in words with the numbers of the set', () => {
    const name = (one: string): string => `w${one.slice(0, 1)}`;
    expect(trustWords(setOf([1]), name)).toBe(
      'w1 alone says when things happened: silent, nothing is decided; lying, two histories are shown, and audits name who signed both',
    );
    expect(trustWords(setOf([1, 1, 1, 1]), name)).toBe(
      '4 witnesses, 3 decide, 1 may lie: 2 that are silent stall all, it takes 2 that sign twice to show two histories; none can decide for members',
    );
    expect(trustWords(setOf([1, 1, 1], [0, 1]), name)).toBe('3 witnesses, 2 decide, 0 may lie: too few are left to decide anything');
    expect(trustWords(setOf([5, 1]), name)).toContain(
      '2 witnesses of weight 6, 4 decide, 1 may lie: one that is silent stalls all, it takes one that signs twice to show',
    );
  });
});
