// The arithmetic of STV rules: decimals kept as integers with the digits and rounding of the rule's name, or exact fractions. No rule of transfer is here.
import { type Rational, add, bitsCount, compare, divide, multiply, rational, showRational, showScaled, subtract } from './rational.ts';

/** The operations a count needs; `down` and `up` say how a fixed arithmetic rounds, an exact one does not round. */
export interface Arithmetic<Amount> {
  readonly zero: Amount;
  readonly one: Amount;
  readonly ofWeight: (weight: bigint) => Amount;
  readonly add: (a: Amount, b: Amount) => Amount;
  readonly subtract: (a: Amount, b: Amount) => Amount;
  readonly compare: (a: Amount, b: Amount) => number;
  /** Multiplies by a whole number, exactly. */
  readonly times: (a: Amount, weight: bigint) => Amount;
  /** `a * part / whole`, multiplied first, then divided, cut off. */
  readonly portionDown: (a: Amount, part: Amount, whole: Amount) => Amount;
  /** As `portionDown`, but the product is cut off too, before it is divided (PRF WIGM D.4). */
  readonly portionDownTwice: (a: Amount, part: Amount, whole: Amount) => Amount;
  readonly multiplyUp: (a: Amount, b: Amount) => Amount;
  readonly divideUp: (a: Amount, b: Amount) => Amount;
  /** `a / count`, cut off. */
  readonly shareDown: (a: Amount, count: bigint) => Amount;
  /** The smallest step, 0 where there is none. */
  readonly step: Amount;
  readonly show: (a: Amount) => string;
  /** True where one more operation could cost too much. Fixed arithmetic never is. */
  readonly tooLarge: (a: Amount) => boolean;
}

function dividedUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

/** Decimals with a fixed number of digits, for amounts that are not negative. Pure. */
export function fixedArithmetic(digits: number): Arithmetic<bigint> {
  const scale = 10n ** BigInt(digits);
  return {
    zero: 0n,
    one: scale,
    ofWeight: (weight) => weight * scale,
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    times: (a, weight) => a * weight,
    portionDown: (a, part, whole) => (a * part) / whole,
    portionDownTwice: (a, part, whole) => (((a * part) / scale) * scale) / whole,
    multiplyUp: (a, b) => dividedUp(a * b, scale),
    divideUp: (a, b) => dividedUp(a * scale, b),
    shareDown: (a, count) => a / count,
    step: 1n,
    show: (a) => showScaled(a, digits),
    tooLarge: () => false,
  };
}

/**
 * Bits of a fraction above which an exact count refuses to go on. Each step of Meek's iteration multiplies the length of its fractions, so without
 * a bound a small election could run for hours. With it an election of 1,500 different rankings is counted or refused within some seconds.
 */
export const exactBitsMax = 2_048;

/**
 * Different rankings above which an exact Meek count is not begun: every iteration walks all of them in long fractions. Gregory's transfers walk a paper only
 * when it moves, and are bounded by the bits alone.
 */
export const exactPapersMax = 2_000;

/** Exact fractions. Pure. */
export const exactArithmetic: Arithmetic<Rational> = {
  zero: rational(0n),
  one: rational(1n),
  ofWeight: (weight) => rational(weight),
  add,
  subtract,
  compare,
  times: (a, weight) => multiply(a, rational(weight)),
  portionDown: (a, part, whole) => divide(multiply(a, part), whole),
  portionDownTwice: (a, part, whole) => divide(multiply(a, part), whole),
  multiplyUp: multiply,
  divideUp: divide,
  shareDown: (a, count) => divide(a, rational(count)),
  step: rational(0n),
  show: showRational,
  tooLarge: (a) => bitsCount(a) > exactBitsMax,
};
