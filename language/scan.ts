// Cuts a text into words, numbers and marks in one pass, by hand. It reports what no rule of the grammar could say better:
// forbidden characters, quotes that never close, numbers glued wrongly. It knows no rule.
import type { IToken, TokenType } from 'chevrotain';
import { createTokenInstance } from 'chevrotain';
import { CalendarDate, Clock, Comma, Decimal, Dot, Fraction, Int, Junk, Param, Percent, Quoted, wordType } from './tokens.ts';
import type { Comment } from './tree.ts';
import type { Span } from './tree-terms.ts';

/** A fault of the characters themselves. */
export interface ScanFault {
  readonly kind: 'hidden' | 'lone-surrogate' | 'open-quote' | 'curly-quote' | 'spaced-percent';
  readonly span: Span;
}

/** A text as tokens in order, with its comments; `faults` holds at most `faultsMax`. */
export interface Scan {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
  readonly faults: readonly ScanFault[];
}

/** Enough to see what is wrong with a file; a binary file would have one per byte. */
const faultsMax = 20;

interface Cursor {
  readonly text: string;
  at: number;
  line: number;
  lineStart: number;
}

/**
 * Cuts a text into tokens; `tokensMax` bounds the work: one more token than that ends the scan, so that the caller sees it was passed. Pure.
 */
export function scan(text: string, tokensMax: number): Scan {
  const cursor: Cursor = { text, at: 0, line: 1, lineStart: 0 };
  const tokens: IToken[] = [];
  const comments: Comment[] = [];
  const faults: ScanFault[] = characterFaults(text);
  while (cursor.at < text.length && tokens.length <= tokensMax) {
    const code = text.charCodeAt(cursor.at);
    if (code === 10) {
      cursor.at += 1;
      cursor.line += 1;
      cursor.lineStart = cursor.at;
    } else if (code <= 32 || isHidden(code) || isLoneSurrogate(text, cursor.at)) {
      cursor.at += 1;
    } else if (code === 45 && text.charCodeAt(cursor.at + 1) === 45) {
      comments.push(comment(cursor));
    } else {
      tokens.push(token(cursor, faults));
    }
  }
  return { tokens, comments, faults: faults.slice(0, faultsMax) };
}

/** Whether a code unit is a control or bidirectional character, which no part of a text may hold. Pure. Source: language.md section 3. */
export function isHidden(code: number): boolean {
  if (code === 9 || code === 10 || code === 13) return false;
  if (code < 32 || (code >= 0x7f && code <= 0x9f) || code === 0xfeff || code === 0x61c) return true;
  return code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** Whether half a character stands at a place, which no UTF-8 can hold; asked from left to right, second halves being passed over. */
function isLoneSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdfff) return false;
  const next = text.charCodeAt(at + 1);
  return code >= 0xdc00 || !(next >= 0xdc00 && next <= 0xdfff);
}

function characterFaults(text: string): ScanFault[] {
  const faults: ScanFault[] = [];
  for (let at = 0; at < text.length && faults.length < faultsMax; at += 1) {
    const code = text.charCodeAt(at);
    const span = { start: at, end: at + 1 };
    if (isHidden(code)) {
      const previous = faults.at(-1);
      if (previous?.kind === 'hidden' && previous.span.end === at)
        faults[faults.length - 1] = { kind: 'hidden', span: { start: previous.span.start, end: at + 1 } };
      else faults.push({ kind: 'hidden', span });
    } else if (isLoneSurrogate(text, at)) {
      faults.push({ kind: 'lone-surrogate', span });
    } else if (code >= 0xd800 && code <= 0xdfff) {
      at += 1;
    }
  }
  return faults;
}

function comment(cursor: Cursor): Comment {
  const start = cursor.at;
  let end = cursor.text.indexOf('\n', start);
  if (end === -1) end = cursor.text.length;
  cursor.at = end;
  while (end > start && isSpace(cursor.text.charCodeAt(end - 1))) end -= 1;
  return { text: cursor.text.slice(start, end), span: { start, end } };
}

function token(cursor: Cursor, faults: ScanFault[]): IToken {
  const { text, at } = cursor;
  const code = text.charCodeAt(at);
  if (isLetter(code)) {
    const end = wordEnd(text, at);
    return take(cursor, end, wordType(text.slice(at, end)));
  }
  if (isDigit(code)) return number(cursor, faults);
  if (code === 34) return quoted(cursor, faults);
  if (isCurlyQuote(code)) return curlyQuoted(cursor, faults);
  if (code === 36 && isLetter(text.charCodeAt(at + 1))) return take(cursor, wordEnd(text, at + 1), Param);
  if (code === 44) return take(cursor, at + 1, Comma);
  if (code === 46) return take(cursor, at + 1, Dot);
  let end = at + 1;
  while (end < text.length && isJunk(text.charCodeAt(end)) && !text.startsWith('--', end)) end += 1;
  return take(cursor, end, Junk);
}

function quoted(cursor: Cursor, faults: ScanFault[]): IToken {
  const { text, at } = cursor;
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) !== 34 && text.charCodeAt(end) !== 10) end += 1;
  if (text.charCodeAt(end) === 34) return take(cursor, end + 1, Quoted);
  while (end > at + 1 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  faults.push({ kind: 'open-quote', span: { start: at, end } });
  return take(cursor, end, Quoted);
}

function curlyQuoted(cursor: Cursor, faults: ScanFault[]): IToken {
  const { text, at } = cursor;
  let end = at + 1;
  while (end < text.length && !isCurlyQuote(text.charCodeAt(end)) && text.charCodeAt(end) !== 34 && text.charCodeAt(end) !== 10) end += 1;
  if (end < text.length && text.charCodeAt(end) !== 10) end += 1;
  faults.push({ kind: 'curly-quote', span: { start: at, end } });
  return take(cursor, end, Quoted);
}

function number(cursor: Cursor, faults: ScanFault[]): IToken {
  const { text, at } = cursor;
  let end = digitsEnd(text, at);
  const mark = text.charCodeAt(end);
  const next = text.charCodeAt(end + 1);
  if (mark === 47 && isDigit(next)) return take(cursor, digitsEnd(text, end + 1), Fraction);
  if (mark === 58 && isDigit(next)) return take(cursor, digitsEnd(text, end + 1), Clock);
  if (mark === 45 && isDigit(next)) return take(cursor, dateEnd(text, end), CalendarDate);
  let type: TokenType = Int;
  if (mark === 46 && isDigit(next)) {
    end = digitsEnd(text, end + 1);
    type = Decimal;
  }
  if (text.charCodeAt(end) === 37) return take(cursor, end + 1, Percent);
  let spaced = end;
  while (text.charCodeAt(spaced) === 32) spaced += 1;
  if (spaced > end && text.charCodeAt(spaced) === 37) {
    faults.push({ kind: 'spaced-percent', span: { start: at, end: spaced + 1 } });
    return take(cursor, spaced + 1, Percent);
  }
  return take(cursor, end, type);
}

/** End of `-03-01T14:00Z` from its first dash; whether it is a date is judged with the other literals. */
function dateEnd(text: string, dash: number): number {
  let end = dash;
  while (text.charCodeAt(end) === 45 && isDigit(text.charCodeAt(end + 1))) end = digitsEnd(text, end + 1);
  if (text.charCodeAt(end) !== 84 || !isDigit(text.charCodeAt(end + 1))) return end;
  end = digitsEnd(text, end + 1);
  while (text.charCodeAt(end) === 58 && isDigit(text.charCodeAt(end + 1))) end = digitsEnd(text, end + 1);
  return text.charCodeAt(end) === 90 ? end + 1 : end;
}

function wordEnd(text: string, start: number): number {
  let end = start + 1;
  while (isLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)) || (text.charCodeAt(end) === 45 && isAlphanumeric(text.charCodeAt(end + 1)))) end += 1;
  return end;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function take(cursor: Cursor, end: number, type: TokenType): IToken {
  const start = cursor.at;
  cursor.at = end;
  const column = start - cursor.lineStart + 1;
  const image = cursor.text.slice(start, end);
  return createTokenInstance(type, image, start, end - 1, cursor.line, cursor.line, column, column + end - start - 1);
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAlphanumeric(code: number): boolean {
  return isLetter(code) || isDigit(code);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

function isCurlyQuote(code: number): boolean {
  return code === 0x201c || code === 0x201d || code === 0x201e || code === 0xab || code === 0xbb;
}

function isJunk(code: number): boolean {
  return code > 32 && !isHidden(code) && !isAlphanumeric(code) && code !== 34 && code !== 36 && code !== 44 && code !== 46 && !isCurlyQuote(code);
}
