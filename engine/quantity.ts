// Exact comparison of counts with bounds (S31-S33): cross-multiplication of big integers, nothing is rounded. It knows no rosters.
import type { CharterBound, CharterComparison, CharterShare, Quantity } from './bylaws-terms.ts';
import { unreachable } from './invariant.ts';

/** The size of the roster a share is taken of; a square root is taken before `except` and `other` (S110). */
export type RosterSize = (share: CharterShare) => bigint;

/** What is compared with a share: people, or their weight where the share is of `weight` (S30). */
export type Counted = (share: CharterShare) => bigint;

/** Compares two exact numbers. Pure. */
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
    default:
      return unreachable(comparison);
  }
}

/** Compares a count with a quantity of a whole. A share of nothing is never met (S33). Pure. Source: language.md S31 */
export function meetsQuantity(have: bigint, comparison: CharterComparison, amount: Quantity, whole: bigint): boolean {
  switch (amount.kind) {
    case 'count':
      return compares(have, comparison, BigInt(amount.value));
    case 'share':
      return whole > 0n && compares(have * BigInt(amount.denominator), comparison, BigInt(amount.numerator) * whole);
    default:
      return unreachable(amount);
  }
}

function meetsShare(counted: Counted, comparison: CharterComparison, share: CharterShare, size: RosterSize): boolean {
  const have = counted(share);
  if (share.kind === 'whole') return compares(have, comparison, size(share) - BigInt(share.except ?? 0));
  if (share.squareRoot === undefined) return meetsQuantity(have, comparison, share.amount, size(share));
  // `2 of the square root` is 2/1 of it (S32).
  const { numerator: above, denominator: below } = share.amount.kind === 'count' ? { numerator: share.amount.value, denominator: 1 } : share.amount;
  const scaled = BigInt(below) * have;
  const numerator = BigInt(above);
  return compares(scaled * scaled, comparison, numerator * numerator * size(share));
}

/**
 * Compares a count with a bound. For lower bounds `larger` means both and `smaller` either; for upper bounds the reverse. Pure.
 * Source: language.md S32
 */
export function meetsBound(have: Counted, comparison: CharterComparison, bound: CharterBound, size: RosterSize): boolean {
  if (bound.kind === 'whole' || bound.kind === 'part') return meetsShare(have, comparison, bound, size);
  if (comparison === 'exactly') return meetsBound(have, 'at-least', bound, size) && meetsBound(have, 'at-most', bound, size);
  const left = meetsShare(have, comparison, bound.left, size);
  const right = meetsShare(have, comparison, bound.right, size);
  const isLower = comparison === 'at-least' || comparison === 'more-than';
  return (bound.kind === 'larger') === isLower ? left && right : left || right;
}

/**
 * The least number of people, at least 1, that meets a lower bound; `exactly` counts as reached at its value, and never where that is no
 * whole number of people: half of three. Undefined where nothing up to `most` meets it, or where the comparison is an upper bound. Pure; O(log most).
 */
export function leastMeeting(comparison: CharterComparison, bound: CharterBound, size: RosterSize, most: number): number | undefined {
  if (comparison === 'at-most' || comparison === 'fewer-than') return undefined;
  const lower = comparison === 'exactly' ? 'at-least' : comparison;
  if (!meetsBound(() => BigInt(most), lower, bound, size)) return undefined;
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (meetsBound(() => BigInt(middle), lower, bound, size)) high = middle;
    else low = middle + 1;
  }
  const found = low;
  return comparison !== 'exactly' || meetsBound(() => BigInt(found), 'exactly', bound, size) ? found : undefined;
}
