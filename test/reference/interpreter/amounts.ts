// The amounts of quorums, of what passes and of holders, and what stands around them: what bounds are compared with (S60, decision 0060).
import type { Charter, CharterProtection, Quantity } from '../../../engine/index.ts';
import { partAt } from './parts.ts';

/** A clause in lines that are each met or not: the words of all that a line asks together, and its amounts. An amount that compares with nothing is undefined. */
interface Line {
  readonly words: readonly string[];
  readonly amounts: readonly (Quantity | undefined)[];
}

const ways: Readonly<Record<string, string>> = { 'at-least': 'much', 'more-than': 'much', 'at-most': 'little', 'fewer-than': 'little' };

function isShareOf(part: object): boolean {
  return 'kind' in part && (part.kind === 'whole' || part.kind === 'part');
}

/** A test or a quorum without its amounts; they go to `amounts`. A share is the same whether it is all of a body or a part of it. */
function withoutAmounts(part: unknown, amounts: (Quantity | undefined)[]): unknown {
  if (Array.isArray(part)) return part.map((one) => withoutAmounts(one, amounts));
  if (typeof part !== 'object' || part === null) return part;
  if (isShareOf(part)) {
    const { role, other, kind, except, squareRoot, amount } = Object(part);
    const whole: Quantity = { kind: 'share', numerator: 1, denominator: 1 };
    amounts.push(except !== undefined || squareRoot !== undefined ? undefined : kind === 'whole' ? whole : amount);
    return { role, other: other === true };
  }
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, inner]: [string, unknown]): readonly (readonly [string, unknown])[] => {
      if (key === 'comparison') return 'value' in part ? [[key, inner]] : [[key, ways[String(inner)] ?? inner]];
      if (key !== 'amount') return [[key, withoutAmounts(inner, amounts)]];
      amounts.push(Object(inner));
      return [];
    }),
  );
}

function lineOf(tests: readonly unknown[], result: string): Line {
  const amounts: (Quantity | undefined)[] = [];
  const words = tests.map((test) => JSON.stringify(withoutAmounts(test, amounts)));
  return { words: [...new Set([result, ...words])].toSorted(), amounts };
}

function linesAt(charter: Charter, path: readonly string[]): readonly Line[] {
  const part = partAt(charter, path);
  const clause = path.at(-1);
  if (clause === 'secondCall') {
    if (part === undefined) return [];
    const { quorum } = Object(part);
    // Without a quorum: that compares with nothing.
    return [quorum === undefined ? { words: [], amounts: [undefined] } : lineOf([quorum], '')];
  }
  if (!Array.isArray(part) || part.length === 0) return [];
  return clause === 'quorum' ? [lineOf(part, '')] : part.map((row: unknown) => lineOf(Object(row).tests, String(Object(row).result)));
}

function isWithin(amount: Quantity | undefined, from: Quantity, to: Quantity): boolean {
  if (amount === undefined || amount.kind !== from.kind || amount.kind !== to.kind) return false;
  const parts = (one: Quantity): readonly [bigint, bigint] =>
    one.kind === 'count' ? [BigInt(one.value), 1n] : [BigInt(one.numerator), BigInt(one.denominator)];
  const [[a, b], [c, d], [e, f]] = [parts(amount), parts(from), parts(to)];
  return a * d >= b * c && a * f <= b * e;
}

/** Whether new bylaws leave the bounds of an amount. */
export function leavesAmounts(before: Charter, next: Charter, { path, from, to }: CharterProtection['bounds'][number]): boolean {
  if (from.kind !== 'quantity' || to.kind !== 'quantity') return false;
  const text = (charter: Charter, at: readonly string[]): string => JSON.stringify(partAt(charter, at)) ?? 'absent';
  const again = path.at(-1) === 'quorum' ? [...path.slice(0, -1), 'secondCall'] : undefined;
  const isCalled = again !== undefined && text(before, again) !== text(next, again);
  if (text(before, path) === text(next, path) && !isCalled) return false;
  // Decision 0208: what never had a value has none that leaves its bounds.
  const stands = (at: readonly string[]): boolean => [before, next].some((charter) => !['absent', '[]'].includes(text(charter, at)));
  if (!stands(path) && (again === undefined || !stands(again))) return false;
  if (path.at(-1) === 'held') {
    const { least, most } = Object(partAt(next, path));
    const people = [least, most].map((value: unknown): Quantity | undefined => (typeof value === 'number' ? { kind: 'count', value } : undefined));
    return !people.every((amount) => isWithin(amount, from.quantity, to.quantity));
  }
  const known = linesAt(before, path);
  const fits = (line: Line, those: readonly Line[]): boolean =>
    those.some(({ words }) => words.join(' ') === line.words.join(' ')) && line.amounts.every((amount) => isWithin(amount, from.quantity, to.quantity));
  const own = linesAt(next, path);
  const called = isCalled ? linesAt(next, again).every((line) => fits(line, [...known, ...linesAt(before, again)])) : true;
  // A test without an amount stays as it is; a clause without any amount has none to compare.
  return own.every(({ amounts }) => amounts.length === 0) || !own.every((line) => fits(line, known)) || !called;
}
