// Values of module parameters: which kind they are and how they compare. Binding them is modules.ts's.
import type { ParameterDeclaration, Value } from '../language/index.ts';

/** Says whether a value is of the kind a parameter asks for. Pure. Source: language.md S74. */
export function fitsParameter(value: Value, type: ParameterDeclaration['type']): boolean {
  switch (type) {
    case 'duration':
      return value.kind === 'duration';
    case 'number':
      return value.kind === 'integer';
    case 'fraction':
      return value.kind === 'fraction' || value.kind === 'percent' || value.kind === 'decimal';
    case 'name':
      return value.kind === 'name';
  }
}

/** Compares two values of one kind: below 0, 0, or above 0; values of different kinds are equal, for another rule judges them. Pure. */
export function compareValues(left: Value, right: Value): number {
  if (left.kind === 'duration' && right.kind === 'duration') return sign(minutesOf(left), minutesOf(right));
  const one = exactOf(left);
  const other = exactOf(right);
  if (one === undefined || other === undefined) return 0;
  return sign(one.numerator * other.denominator, other.numerator * one.denominator);
}

/** The exact value of a written number; undefined for what is no number, or a fraction of nothing. Pure. */
export function exactOf(value: Value): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  switch (value.kind) {
    case 'integer':
      return { numerator: BigInt(value.digits), denominator: 1n };
    case 'fraction':
      return BigInt(value.denominator) === 0n ? undefined : { numerator: BigInt(value.numerator), denominator: BigInt(value.denominator) };
    case 'decimal':
      return decimalOf(value.digits, 1n);
    case 'percent':
      return decimalOf(value.digits.endsWith('%') ? value.digits.slice(0, -1) : value.digits, 100n);
    default:
      return undefined;
  }
}

function decimalOf(digits: string, divisor: bigint): { readonly numerator: bigint; readonly denominator: bigint } {
  const [whole = '0', part = ''] = digits.split('.');
  return { numerator: BigInt(`${whole}${part}`), denominator: 10n ** BigInt(part.length) * divisor };
}

/** Minutes of a duration; a month counts 30.4375 days and a year 365.25, which is enough to compare bounds. Pure. */
function minutesOf(value: { readonly count: number; readonly unit: string }): bigint {
  return BigInt(value.count) * (unitMinutes.get(value.unit) ?? 1n);
}

const unitMinutes: ReadonlyMap<string, bigint> = new Map([
  ['minute', 1n],
  ['hour', 60n],
  ['day', 1440n],
  ['week', 10_080n],
  ['month', 43_830n],
  ['year', 525_960n],
]);

function sign(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
