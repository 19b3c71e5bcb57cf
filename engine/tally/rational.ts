// Exact fractions of big integers, as small as counting needs. No rounding happens here except where a name says `floor` or `down`.
import { invariant } from '../invariant.ts';

/** A fraction in lowest terms; `denominator` is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let left = a < 0n ? -a : a;
  let right = b < 0n ? -b : b;
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

/** Builds a fraction in lowest terms. The denominator must not be zero. Pure. */
export function rational(numerator: bigint, denominator: bigint = 1n): Rational {
  invariant(denominator !== 0n, 'a fraction has a denominator');
  if (denominator === 1n) return { numerator, denominator };
  const divisor = greatestCommonDivisor(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

/** Adds two fractions exactly. Pure. */
export function add(a: Rational, b: Rational): Rational {
  if (a.denominator === b.denominator) return rational(a.numerator + b.numerator, a.denominator);
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** Takes `b` from `a` exactly. Pure. */
export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** Multiplies two fractions exactly. Pure. */
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Divides `a` by `b`, which must not be zero, exactly. Pure. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Orders two fractions by cross-multiplication (S31): negative, zero or positive. Pure. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Number of bits of the larger of numerator and denominator: what bounds the cost of the next operation. Pure. */
export function bitsCount(a: Rational): number {
  const magnitude = a.numerator < 0n ? -a.numerator : a.numerator;
  return 4 * (magnitude > a.denominator ? magnitude : a.denominator).toString(16).length;
}

/** Writes a value of `digits` decimals kept as an integer, such as 8462510000n and 8 as `84.62510000`. Pure. */
export function showScaled(scaled: bigint, digits: number): string {
  const sign = scaled < 0n ? '-' : '';
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`;
}

/** Writes a whole number as it is and another fraction as `numerator/denominator`, so that nothing is rounded. Pure. */
export function showRational(a: Rational): string {
  return a.denominator === 1n ? a.numerator.toString() : `${a.numerator.toString()}/${a.denominator.toString()}`;
}
