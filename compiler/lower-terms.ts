// Lowers numbers, durations, offsets, dates and times: from digits as written to exact values. Who and what they count is lower-actors.ts's.
import type { CharterComparison, CharterDuration, CharterValue, Quantity } from '../engine/index.ts';
import type { Amount, Comparison, Duration, Headcount, Span, Text, TimeLiteral, Value } from '../language/index.ts';
import { finding } from './finding.ts';
import { counted } from './number-words.ts';
import { exactOf } from './parameter.ts';
import { resolveName } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark, placeOf } from './scope.ts';

/** Lowers a duration; a parameter is replaced by its value, and one that is no duration is GDO112. */
export function lowerDuration(context: Context, duration: Duration): CharterDuration {
  if (duration.kind === 'duration') return mark(context, { count: duration.count, unit: duration.unit }, duration.span);
  const bound = context.scope.parameters.get(duration.name.text.slice(1));
  if (bound?.value.kind === 'duration') return mark(context, { count: bound.value.count, unit: bound.value.unit }, duration.span);
  reportParameter(context, duration.span, duration.name.text, 'a duration such as `14 days`');
  return { count: 1, unit: 'day' };
}

/** Lowers an amount: a whole number counts, everything else is a reduced fraction. Source: language.md S31. */
export function lowerQuantity(context: Context, amount: Amount): Quantity {
  const value = amount.kind === 'parameter' ? parameterAmount(context, amount) : amount;
  const exact = value === undefined ? undefined : exactOf(value);
  if (value === undefined || exact === undefined) return { kind: 'count', value: 1 };
  if (value.kind === 'integer') return mark(context, { kind: 'count', value: Number(exact.numerator) }, amount.span);
  const divisor = greatestCommonDivisor(exact.numerator, exact.denominator);
  const share = { kind: 'share', numerator: Number(exact.numerator / divisor), denominator: Number(exact.denominator / divisor) } as const;
  if (!Number.isSafeInteger(share.numerator) || !Number.isSafeInteger(share.denominator)) {
    reportLiteral(context, amount.span, 'This number has more digits than can be counted exactly', 'write it as a fraction such as 2/3');
  }
  return mark(context, share, amount.span);
}

/** Lowers an amount that must be a whole number, such as a head count; a fraction is GDO006. */
export function lowerInteger(context: Context, amount: Amount): number {
  const quantity = lowerQuantity(context, amount);
  if (quantity.kind === 'count') return quantity.value;
  reportLiteral(context, amount.span, 'People and seats come in whole numbers', 'write a whole number');
  return 1;
}

/** Lowers an amount of money to smallest units (S62); more digits than the currency has are GDO706. Of a currency that is not known nothing is judged. */
export function lowerMoney(context: Context, amount: Amount, decimals: number | undefined): string {
  const value = amount.kind === 'parameter' ? parameterAmount(context, amount) : amount;
  const exact = value === undefined || value.kind === 'percent' ? undefined : exactOf(value);
  if (exact === undefined) {
    reportLiteral(context, amount.span, 'Money is written as an amount, not as a share', 'write an amount such as 2000.00');
    return '0';
  }
  if (decimals === undefined) return '0';
  const scaled = exact.numerator * 10n ** BigInt(decimals);
  if (scaled % exact.denominator !== 0n) {
    context.findings.push(
      finding('GDO706', placeOf(context, amount.span), {
        message: `This amount has more digits than its currency, which has ${counted(decimals, 'decimal')}`,
        label: 'too many digits',
        why: 'The rest would have to be rounded, and nobody decided in whose favour',
        help: decimals === 0 ? 'write a whole amount, or give the account `with 2 decimals`' : `write at most ${counted(decimals, 'digit')} after the point`,
      }),
    );
  }
  return String(scaled / exact.denominator);
}

/** Lowers a head count to its bounds; `most` absent: no upper bound. A number alone means exactly that many. */
export function lowerHeadcount(context: Context, headcount: Headcount): { readonly least: number; readonly most?: number } {
  const value = lowerInteger(context, headcount.amount);
  if (headcount.to !== undefined) return { least: value, most: lowerInteger(context, headcount.to) };
  return boundsOf(headcount.comparison ?? 'exactly', value);
}

/** Turns a comparison with a whole number into the smallest and largest number that meets it. Pure. */
export function boundsOf(comparison: Comparison, value: number): { readonly least: number; readonly most?: number } {
  switch (comparison) {
    case 'at-least':
      return { least: value };
    case 'more-than':
      return { least: value + 1 };
    case 'at-most':
      return { least: 0, most: value };
    case 'fewer-than':
      return { least: 0, most: Math.max(0, value - 1) };
    case 'exactly':
      return { least: value, most: value };
  }
}

/** Hands a comparison on; the words of the language are those of the Charter. Pure. */
export function lowerComparison(comparison: Comparison): CharterComparison {
  return comparison;
}

/** Lowers a value of `bounds` or `set`; names are resolved as anything declared. */
export function lowerValue(context: Context, value: Value): CharterValue {
  switch (value.kind) {
    case 'duration':
      return { kind: 'duration', duration: lowerDuration(context, value) };
    case 'date':
      return { kind: 'date', date: value.text };
    case 'text':
      return { kind: 'text', text: value.text };
    case 'name':
      return {
        kind: 'name',
        name: resolveName(context, value.name, {
          kinds: ['role', 'area', 'process', 'measure', 'points', 'certificate', 'account'],
          noun: 'something declared',
        }),
      };
    default:
      return { kind: 'quantity', quantity: lowerQuantity(context, value) };
  }
}

/** Lowers an offset such as `UTC-12` or `-06:00` to minutes east of UTC, within 840; anything else is GDO006. */
export function lowerOffset(context: Context, text: Text): number {
  const minutes = offsetMinutes(text.text);
  if (minutes !== undefined) return minutes;
  reportLiteral(context, text.span, `\`${text.text}\` is no offset from UTC`, 'write it like "-06:00" or "UTC-12", at most 14 hours');
  return 0;
}

function offsetMinutes(text: string): number | undefined {
  const bare = text.startsWith('UTC') ? text.slice(3) : text;
  if (bare === '' && text === 'UTC') return 0;
  const match = /^([+-])([0-9]{1,2})(?::([0-9]{2}))?$/.exec(bare);
  if (match === null) return undefined;
  const hours = Number(match[2]);
  const rest = match[3] === undefined ? 0 : Number(match[3]);
  const minutes = hours * 60 + rest;
  if (rest > 59 || minutes > 840) return undefined;
  return match[1] === '-' && minutes !== 0 ? -minutes : minutes;
}

/** Lowers `HH:MM` to minutes from midnight, 0 to 1440; the parser has judged the digits. Pure. */
export function lowerTime(time: TimeLiteral): number {
  const [hours = '0', minutes = '0'] = time.text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function parameterAmount(context: Context, amount: Extract<Amount, { readonly kind: 'parameter' }>): Value | undefined {
  const bound = context.scope.parameters.get(amount.name.text.slice(1));
  if (bound !== undefined && exactOf(bound.value) !== undefined) return bound.value;
  reportParameter(context, amount.span, amount.name.text, 'a number or a fraction');
  return undefined;
}

function reportParameter(context: Context, span: Span, name: string, needed: string): void {
  context.findings.push(
    finding('GDO112', placeOf(context, span), {
      message: `\`${name}\` stands for something else, and ${needed} is needed`,
      label: 'wrong kind of value',
      why: 'The module cannot be used with this value',
      help: `declare the parameter in the module, and set it to ${needed}`,
    }),
  );
}

/** Reports a value that cannot be carried out. */
export function reportLiteral(context: Context, span: Span, message: string, help: string): void {
  context.findings.push(
    finding('GDO006', placeOf(context, span), { message, label: 'not possible here', why: 'The rule could not be carried out as written', help }),
  );
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left, right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger === 0n ? 1n : larger;
}
