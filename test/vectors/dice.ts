// Whole numbers from a seed, the same on every machine, for random ledgers.

/** Draws from a seed (xorshift, 32 bits). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (Math.imul(seed + 1, 2654435761) ^ 0x9e3779b9) | 1;
    for (let warm = 0; warm < 8; warm += 1) this.below(2);
  }

  /** A whole number from 0 below a bound. */
  below(bound: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % bound;
  }

  /** True once in so many draws. */
  once(inSoMany: number): boolean {
    return this.below(inSoMany) === 0;
  }

  /** One of a list that is not empty. */
  of<Value>(list: readonly [Value, ...Value[]]): Value {
    return list[this.below(list.length)] ?? list[0];
  }

  /** The list in another order. */
  shuffled<Value>(list: readonly Value[]): Value[] {
    const left = [...list];
    const out: Value[] = [];
    while (left.length > 0) out.push(...left.splice(this.below(left.length), 1));
    return out;
  }
}
