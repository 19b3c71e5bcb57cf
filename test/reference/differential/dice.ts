// Chance from a seed, the same on every machine, for charters and streams.

/** Draws from one seed. */
export interface Dice {
  /** A whole number from 0, below the bound. */
  readonly below: (bound: number) => number;
  /** One of the things given. */
  readonly of: <T>(first: T, ...more: readonly T[]) => T;
  /** One of a list; undefined where it is empty. */
  readonly from: <T>(list: readonly T[]) => T | undefined;
  /** True that many times in a hundred. */
  readonly chance: (percent: number) => boolean;
  /** `count` of a list, in its order. */
  readonly some: <T>(list: readonly T[], count: number) => readonly T[];
}

/** Whole numbers below a bound from a seed (mulberry32). */
function numbersFrom(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Dice of a seed and a place, so that every charter and every stream has its own. */
export function diceOf(seed: number, ...places: readonly number[]): Dice {
  const mix = (mixed: number, place: number): number => {
    const next = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) + Math.imul(place + 1, 0x9e3779b1);
    return Math.imul(next ^ (next >>> 12), 0x297a2d39);
  };
  const below = numbersFrom([seed, ...places].reduce(mix, 0x51ed270b));
  const from = <T>(list: readonly T[]): T | undefined => list[below(Math.max(1, list.length))];
  return {
    below,
    from,
    of: (first, ...more) => more[below(more.length + 1) - 1] ?? first,
    chance: (percent) => below(100) < percent,
    some: (list, count) => {
      const left = list.map((_, index) => index);
      while (left.length > count) left.splice(below(left.length), 1);
      return left.flatMap((index) => list.slice(index, index + 1));
    },
  };
}
