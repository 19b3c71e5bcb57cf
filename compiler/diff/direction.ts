// Which way a number was moved: towards easier, towards harder, or both. Numbers are compared exactly; what they mean is for those who ask.
import type { CharterActor, CharterBound, CharterComparison, CharterDuration, CharterLimit, CharterShare, Quantity } from '../../engine/index.ts';
import { shortest } from '../lint/minutes.ts';
import { partText } from './same.ts';

/**
 * What a difference does. `easier`: more counts pass, sooner, or with fewer people; `harder`: the reverse; `power`: somebody gains what another loses, or
 * the two cannot be compared; `wording`: titles alone; `other`: who decides what stays as it is. Source: check.md section 4, docs/decisions/0135
 */
export type ChangeClass = 'easier' | 'harder' | 'power' | 'wording' | 'other';

/** -1: asks for less, 0: the same, 1: asks for more; undefined: the two cannot be compared. */
export type Direction = -1 | 0 | 1 | undefined;

/** One class for several directions; undefined where nothing moved. Pure. */
export function classOf(directions: readonly Direction[]): ChangeClass | undefined {
  if (directions.includes(undefined)) return 'power';
  const [less, more] = [directions.includes(-1), directions.includes(1)];
  if (less && more) return 'power';
  return less ? 'easier' : more ? 'harder' : undefined;
}

/** One direction for several; undefined where they point both ways. Pure. */
export function together(directions: readonly Direction[]): Direction {
  const found = classOf(directions);
  return found === undefined ? 0 : found === 'easier' ? -1 : found === 'harder' ? 1 : undefined;
}

/** The other way round: what hinders less is easier. Pure. */
export function opposite(direction: Direction): Direction {
  return direction === undefined ? undefined : direction === 0 ? 0 : direction === 1 ? -1 : 1;
}

/** A longer time asks for more. Pure. */
export function durationDirection(before: CharterDuration | undefined, after: CharterDuration | undefined): Direction {
  return numbers(before === undefined ? 0 : shortest(before), after === undefined ? 0 : shortest(after));
}

function numbers(before: number, after: number): Direction {
  return before === after ? 0 : after < before ? -1 : 1;
}

/** Exact comparison of two amounts of the same kind. Pure. */
export function quantityDirection(before: Quantity, after: Quantity): Direction {
  if (before.kind === 'count' && after.kind === 'count') return numbers(before.value, after.value);
  if (before.kind === 'count' || after.kind === 'count') return undefined;
  const [left, right] = [BigInt(before.numerator) * BigInt(after.denominator), BigInt(after.numerator) * BigInt(before.denominator)];
  return left === right ? 0 : right < left ? -1 : 1;
}

/** Two comparisons with their amounts: lower bounds ask for more the higher they are, upper bounds the lower. Pure. */
export function comparedDirection(
  before: { readonly comparison: CharterComparison; readonly amount: Direction },
  after: { readonly comparison: CharterComparison },
): Direction {
  const lower = before.comparison === 'at-least' || before.comparison === 'more-than';
  const otherLower = after.comparison === 'at-least' || after.comparison === 'more-than';
  if (before.comparison === 'exactly' || after.comparison === 'exactly') return before.comparison === after.comparison && before.amount === 0 ? 0 : undefined;
  if (lower !== otherLower) return undefined;
  const amount = lower ? before.amount : opposite(before.amount);
  if (amount !== 0) return amount;
  const strict = (comparison: CharterComparison): boolean => comparison === 'more-than' || comparison === 'fewer-than';
  return numbers(strict(before.comparison) ? 1 : 0, strict(after.comparison) ? 1 : 0);
}

/** Whether a bound of the same shape asks for more. Pure. */
export function boundDirection(before: CharterBound, after: CharterBound): Direction {
  if ('left' in before || 'left' in after) {
    if (!('left' in before) || !('left' in after) || before.kind !== after.kind) return undefined;
    return together([shareDirection(before.left, after.left), shareDirection(before.right, after.right)]);
  }
  return shareDirection(before, after);
}

function shareDirection(before: CharterShare, after: CharterShare): Direction {
  if (before.role !== after.role || before.other !== after.other) return undefined;
  if (before.kind === 'part' && after.kind === 'part')
    return before.squareRoot === after.squareRoot ? quantityDirection(before.amount, after.amount) : undefined;
  if (before.kind === 'whole' && after.kind === 'whole') return numbers(after.except ?? 0, before.except ?? 0);
  const part = before.kind === 'part' ? before : after;
  // A share of everybody is at most everybody; a number may be any.
  if (part.kind !== 'part' || part.amount.kind !== 'share' || part.squareRoot === true || part.amount.numerator > part.amount.denominator) return undefined;
  const whole = before.kind === 'whole' ? before : after;
  if (whole.kind !== 'whole' || whole.except !== undefined) return undefined;
  const isAll = part.amount.numerator === part.amount.denominator;
  return isAll ? 0 : before.kind === 'whole' ? -1 : 1;
}

/** Whether more people of the same kind have to act. Pure. */
export function actorDirection(before: CharterActor, after: CharterActor): Direction {
  if (before.kind !== 'count' && after.kind !== 'count') {
    if (before.role !== after.role) return undefined;
    const [self, other] = [before.kind === 'one' && before.other === true ? 1 : 0, after.kind === 'one' && after.other === true ? 1 : 0];
    return before.kind === after.kind ? numbers(self, other) : undefined;
  }
  if (before.kind === 'count' && after.kind === 'count')
    return comparedDirection({ comparison: before.comparison, amount: boundDirection(before.bound, after.bound) }, after);
  // One person is a count of one.
  return actorDirection(asCount(before), asCount(after));
}

function asCount(actor: CharterActor): CharterActor {
  if (actor.kind === 'count') return actor;
  const other = actor.kind === 'one' ? actor.other : undefined;
  const bound: CharterShare = { kind: 'part', role: actor.role, amount: { kind: 'count', value: 1 }, ...(other === undefined ? {} : { other }) };
  return { kind: 'count', comparison: 'at-least', bound };
}

/** Limits hinder: one more of them, or a smaller one, asks for more. Pure. */
export function limitsDirection(before: readonly CharterLimit[], after: readonly CharterLimit[]): Direction {
  const text = (limit: CharterLimit): string => partText({ ...limit, amount: limit.amount.kind });
  const kept = before.filter((limit) => after.some((other) => text(other) === text(limit)));
  const [gone, fresh] = [before.length - kept.length, after.filter((limit) => !before.some((other) => text(other) === text(limit))).length];
  const moved = kept.map((limit): Direction => {
    const other = after.find((candidate) => text(candidate) === text(limit));
    if (other === undefined) return undefined;
    if (limit.amount.kind === 'money' && other.amount.kind === 'money') {
      const [left, right] = [BigInt(limit.amount.units), BigInt(other.amount.units)];
      return left === right ? 0 : right < left ? 1 : -1;
    }
    return limit.amount.kind === 'money' || other.amount.kind === 'money' ? undefined : opposite(quantityDirection(limit.amount, other.amount));
  });
  return together([...moved, gone > 0 ? -1 : 0, fresh > 0 ? 1 : 0]);
}
