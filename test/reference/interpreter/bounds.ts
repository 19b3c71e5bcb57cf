// Comparing a number with a share of another: by multiplication only, nothing is rounded (S31, S32, S110).
import type { CharterBound, CharterComparison, CharterShare, Quantity } from '../../../engine/index.ts';

/** How large a roster is for a share: after exceptions, and before them for a square root (S110). */
export type SizeOf = (share: CharterShare) => bigint;

/** `left` against `right`. */
export function compares(left: bigint, comparison: CharterComparison, right: bigint): boolean {
  switch (comparison) {
    case 'at-least':
      return left >= right;
    case 'at-most':
      return left <= right;
    case 'more-than':
      return left > right;
    case 'fewer-than':
      return left < right;
    case 'exactly':
      return left === right;
  }
}

/** x against a quantity of n: a whole number stands for itself, a/b for a share of n. */
export function meetsQuantity(x: bigint, comparison: CharterComparison, quantity: Quantity, n: bigint): boolean {
  if (quantity.kind === 'count') return compares(x, comparison, BigInt(quantity.value));
  return compares(x * BigInt(quantity.denominator), comparison, BigInt(quantity.numerator) * n);
}

function meetsShare(x: bigint, comparison: CharterComparison, share: CharterShare, sizeOf: SizeOf): boolean {
  const n = sizeOf(share);
  // S33 for rosters: a share of nobody is never met, or an empty body would be quorate.
  if (n === 0n && share.kind === 'part' && share.amount.kind === 'share' && share.squareRoot === undefined) return false;
  if (share.kind === 'whole') return compares(x, comparison, n - BigInt(share.except ?? 0));
  if (share.squareRoot === undefined) return meetsQuantity(x, comparison, share.amount, n);
  // S32: (b·x)² against a²·n; a whole number a is a/1.
  const [a, b] = share.amount.kind === 'count' ? [BigInt(share.amount.value), 1n] : [BigInt(share.amount.numerator), BigInt(share.amount.denominator)];
  return compares((b * x) ** 2n, comparison, a * a * n);
}

/** S32: the larger of two means both for a lower bound, either for an upper one; the smaller the reverse. */
export function meetsBound(x: bigint, comparison: CharterComparison, bound: CharterBound, sizeOf: SizeOf): boolean {
  if (!('left' in bound)) return meetsShare(x, comparison, bound, sizeOf);
  if (comparison === 'exactly') {
    // As much as one of them, and not less, or not more, than the other.
    const beside = bound.kind === 'larger' ? 'at-least' : 'at-most';
    const is = (one: CharterShare, other: CharterShare): boolean => meetsShare(x, comparison, one, sizeOf) && meetsShare(x, beside, other, sizeOf);
    return is(bound.left, bound.right) || is(bound.right, bound.left);
  }
  const left = meetsShare(x, comparison, bound.left, sizeOf);
  const right = meetsShare(x, comparison, bound.right, sizeOf);
  const upper = comparison === 'at-most' || comparison === 'fewer-than';
  return (bound.kind === 'larger') === upper ? left || right : left && right;
}

/** The shares a bound is made of. */
export function sharesOf(bound: CharterBound): readonly CharterShare[] {
  return 'left' in bound ? [bound.left, bound.right] : [bound];
}
