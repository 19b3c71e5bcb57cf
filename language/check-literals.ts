// Numbers, dates, times, strings and names against their limits (GDO004, GDO006; S77). It looks at single tokens and knows no rule.
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import { durationFault } from './literal.ts';
import type { TokenList } from './token-list.ts';
import { CalendarDate, Clock, Decimal, Fraction, Int, isUnit, isWord, Junk, Param, Percent, Quoted } from './tokens.ts';
import type { Span } from './tree-terms.ts';
import { utf8Length } from './utf8.ts';

const stringBytesMax = 512;
const nameLengthMax = 64;
/** Largest integer every runtime holds exactly. */
const integerMax = 9_007_199_254_740_991n;
const fractionPartMax = 1_000_000n;
const percentDecimalsMax = 6;
/** More digits than any number within the limits has; longer ones are not even converted. */
const digitsMax = 20;

/** So many digits are below every limit. */
const digitsSafe = 15;

/** Checks every literal of a text; findings come in text order. Pure. Source: language.md S76, S77 */
export function checkLiterals(path: string, tokens: TokenList): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (let index = 0; index < tokens.count; index += 1) {
    const tooLong = lengthFault(tokens, index);
    if (tooLong !== undefined) findings.push(limitPassed(path, tokens.span(index), tooLong));
    const fault = literalFault(tokens, index);
    if (fault !== undefined) findings.push(badLiteral(path, tokens, index, fault));
  }
  return findings;
}

/** What is wrong with a literal, and one that is right. */
interface LiteralFault {
  readonly problem: string;
  readonly help: string;
}

function literalFault(tokens: TokenList, index: number): LiteralFault | undefined {
  switch (tokens.kind(index)) {
    case Int:
      // Behind a mark it is the rest of something that is a fault as a whole, such as `1_000`.
      return isRest(tokens, index) ? undefined : (integerFault(tokens.image(index)) ?? timeFault(tokens, index));
    case Decimal:
      return tokens
        .image(index)
        .split('.')
        .some((part) => integerFault(part) !== undefined)
        ? tooLarge
        : undefined;
    case Fraction:
      return fractionFault(tokens.image(index));
    case Percent:
      return percentFault(tokens.image(index).slice(0, -1).trimEnd());
    case Clock:
      return clockFault(tokens.image(index));
    case CalendarDate:
      return dateFault(tokens.image(index));
    default:
      return undefined;
  }
}

function isRest(tokens: TokenList, index: number): boolean {
  return index > 0 && tokens.kind(index - 1) === Junk && tokens.end(index - 1) === tokens.start(index);
}

function timeFault(tokens: TokenList, index: number): LiteralFault | undefined {
  return isUnit(tokens.kind(index + 1)) ? durationFault(Number(tokens.image(index)), tokens.image(index + 1)) : undefined;
}

const tooLarge: LiteralFault = { problem: 'is larger than any number here may be', help: 'Numbers go up to 9007199254740991.' };

function integerFault(digits: string): LiteralFault | undefined {
  if (digits.length <= digitsSafe) return undefined;
  return digits.length > digitsMax || BigInt(digits) > integerMax ? tooLarge : undefined;
}

function fractionFault(image: string): LiteralFault | undefined {
  const [numerator = '', denominator = ''] = image.split('/');
  if (numerator.length > digitsMax || denominator.length > digitsMax) return tooLarge;
  if (BigInt(denominator) === 0n) return { problem: 'divides by nothing', help: 'Write a share such as 3/4: the second number is at least 1.' };
  if (BigInt(numerator) <= fractionPartMax && BigInt(denominator) <= fractionPartMax) return undefined;
  return { problem: 'has a part above 1000000', help: 'Both numbers of a share go up to 1000000.' };
}

function percentFault(digits: string): LiteralFault | undefined {
  const [whole = '', decimals = ''] = digits.split('.');
  if (decimals.length > percentDecimalsMax) return { problem: 'has more than 6 decimals', help: 'Write a percentage with at most 6 decimals, or a fraction.' };
  const over = whole.length > digitsMax || BigInt(whole) > 100n || (BigInt(whole) === 100n && /[1-9]/.test(decimals));
  return over ? { problem: 'is more than the whole', help: 'A percentage goes from 0% to 100%.' } : undefined;
}

function clockFault(image: string): LiteralFault | undefined {
  const [hours = '', minutes = ''] = image.split(':');
  const right = hours.length === 2 && minutes.length === 2 && (image === '24:00' || (Number(hours) < 24 && Number(minutes) < 60));
  return right ? undefined : { problem: 'is no time of day', help: 'Write two digits, a colon and two digits, from 00:00 to 24:00.' };
}

const dateShape = /^(\d{4})-(\d\d)-(\d\d)(T(\d\d):(\d\d)Z)?$/;
const monthDays: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dateFault(image: string): LiteralFault | undefined {
  const parts = dateShape.exec(image);
  const noDate = { problem: 'is no date', help: 'Write a day that exists, such as 2027-03-01, or a moment such as 2027-03-01T14:00Z.' };
  if (parts === null) return noDate;
  const [year, month, day, hour, minute] = [parts[1], parts[2], parts[3], parts[5], parts[6]].map((part) => Number(part ?? '0'));
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined) return noDate;
  if (year < 1970) return { problem: 'lies before 1970', help: 'Dates go from 1970 to 9999.' };
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0);
  return day >= 1 && day <= days && hour < 24 && minute < 60 ? undefined : noDate;
}

function badLiteral(path: string, tokens: TokenList, index: number, fault: LiteralFault): Diagnostic {
  return finding(path, 'GDO006', {
    message: `The value ${shown(tokens.image(index))} ${fault.problem}`,
    span: tokens.span(index),
    label: 'not possible',
    why: 'A rule with an impossible value could never be applied.',
    help: fault.help,
  });
}

function lengthFault(tokens: TokenList, index: number): string | undefined {
  const kind = tokens.kind(index);
  const length = tokens.end(index) - tokens.start(index);
  if (kind === Quoted) return length > stringBytesMax / utf8BytesMax && utf8Length(tokens.image(index)) - 2 > stringBytesMax ? stringTooLong : undefined;
  const named = kind === Param ? length - 1 : length;
  return named > nameLengthMax && (kind === Param || isWord(kind)) ? 'A name may have at most 64 characters' : undefined;
}

const stringTooLong = 'Words in quotes may have at most 512 bytes';
/** Bytes that one code unit takes at most. */
const utf8BytesMax = 3;

/** Makes the finding for a limit that was passed; the message names the limit (S78). Pure. */
function limitPassed(path: string, span: Span, message: string): Diagnostic {
  return finding(path, 'GDO004', {
    message,
    span,
    label: 'too long',
    why: 'Every node must be able to read every text, so all sizes have a limit.',
    help: 'Shorten it; longer explanations belong into a comment.',
  });
}
