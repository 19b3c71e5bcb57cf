// Numbers, dates, times, strings and names against their limits (GDO004, GDO006; S77). It looks at single tokens and knows no rule.
import type { IToken } from 'chevrotain';
import { tokenMatcher } from 'chevrotain';
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import { durationFault } from './literal.ts';
import { tokenSpan } from './segment.ts';
import { CalendarDate, Clock, Decimal, Fraction, Int, Param, Percent, Quoted, Unit, Word } from './tokens.ts';
import { utf8Length } from './utf8.ts';

const stringBytesMax = 512;
const nameLengthMax = 64;
/** Largest integer every runtime holds exactly. */
const integerMax = 9_007_199_254_740_991n;
const fractionPartMax = 1_000_000n;
const percentDecimalsMax = 6;
/** More digits than any number within the limits has; longer ones are not even converted. */
const digitsMax = 20;

/** Checks every literal of a text; findings come in text order. Pure. Source: language.md S76, S77 */
export function checkLiterals(path: string, tokens: readonly IToken[]): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const tooLong = lengthFault(token);
    if (tooLong !== undefined) findings.push(limitPassed(path, token, tooLong));
    const fault = literalFault(token, tokens[index + 1]);
    if (fault !== undefined) findings.push(badLiteral(path, token, fault));
  }
  return findings;
}

/** What is wrong with a literal, and one that is right. */
interface LiteralFault {
  readonly problem: string;
  readonly help: string;
}

function literalFault(token: IToken, next: IToken | undefined): LiteralFault | undefined {
  const { image } = token;
  switch (token.tokenType) {
    case Int:
      return integerFault(image) ?? (next !== undefined && tokenMatcher(next, Unit) ? durationFault(Number(image), next.image) : undefined);
    case Decimal:
      return image.split('.').some((part) => integerFault(part) !== undefined) ? tooLarge : undefined;
    case Fraction:
      return fractionFault(image);
    case Percent:
      return percentFault(image.slice(0, -1).trimEnd());
    case Clock:
      return clockFault(image);
    case CalendarDate:
      return dateFault(image);
    default:
      return undefined;
  }
}

const tooLarge: LiteralFault = { problem: 'is larger than any number here may be', help: 'Numbers go up to 9007199254740991.' };

function integerFault(digits: string): LiteralFault | undefined {
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

function badLiteral(path: string, token: IToken, fault: LiteralFault): Diagnostic {
  return finding(path, 'GDO006', {
    message: `The value ${shown(token.image)} ${fault.problem}`,
    span: tokenSpan(token),
    label: 'not possible',
    why: 'A rule with an impossible value could never be applied.',
    help: fault.help,
  });
}

function lengthFault(token: IToken): string | undefined {
  if (token.tokenType === Quoted && utf8Length(token.image) - 2 > stringBytesMax) return 'Words in quotes may have at most 512 bytes';
  const named = token.tokenType === Param ? token.image.length - 1 : token.image.length;
  return (token.tokenType === Param || tokenMatcher(token, Word)) && named > nameLengthMax ? 'A name may have at most 64 characters' : undefined;
}

/** Makes the finding for a limit that was passed; the message names the limit (S78). Pure. */
function limitPassed(path: string, token: IToken, message: string): Diagnostic {
  return finding(path, 'GDO004', {
    message,
    span: tokenSpan(token),
    label: 'too long',
    why: 'Every node must be able to read every text, so all sizes have a limit.',
    help: 'Shorten it; longer explanations belong into a comment.',
  });
}
