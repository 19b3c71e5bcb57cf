// Cuts a text into words, numbers and marks in one pass, by hand. It reports what no rule of the grammar could say better:
// forbidden characters, quotes that never close, numbers glued wrongly. It knows no rule.
import { TokenList } from './token-list.ts';
import type { Kind } from './tokens.ts';
import { CalendarDate, Clock, Comma, Decimal, Dot, Fraction, Int, Junk, Param, Percent, Quoted } from './tokens.ts';
import type { Comment } from './tree.ts';
import type { Span } from './tree-terms.ts';
import { wordEnd, wordKind } from './word-table.ts';

/** A fault of the characters themselves. */
export interface ScanFault {
  readonly kind: 'hidden' | 'lone-return' | 'lone-surrogate' | 'open-quote' | 'curly-quote' | 'spaced-percent';
  readonly span: Span;
}

/** A text as tokens in order, with its comments; `faults` holds at most `faultsMax`. */
export interface Scan {
  readonly tokens: TokenList;
  readonly comments: readonly Comment[];
  readonly faults: readonly ScanFault[];
}

/** Enough to see what is wrong with a file; a binary file would have one per byte. */
const faultsMax = 20;

/**
 * Cuts a text into tokens; `tokensMax` bounds the work: one more token than that ends the scan, so that the caller sees it was passed. Pure.
 */
export function scan(text: string, tokensMax: number): Scan {
  const tokens = new TokenList(text, Math.min(text.length, tokensMax + 1));
  const comments: Comment[] = [];
  const faults: ScanFault[] = characterFaults(text);
  let isFirst = true;
  for (let at = 0; at < text.length && tokens.count <= tokensMax;) {
    const code = text.charCodeAt(at);
    if (code === 32) {
      at += 1;
    } else if (code === 10) {
      at += 1;
      isFirst = true;
    } else if (isLetter(code)) {
      const end = wordEnd(text, at);
      tokens.add(wordKind(text, at, end), at, end, isFirst);
      at = end;
      isFirst = false;
    } else if (code <= 32 || isHidden(code) || isLoneSurrogate(text, at)) {
      at += 1;
    } else if (code === 45 && text.charCodeAt(at + 1) === 45) {
      at = comment(text, at, comments);
    } else {
      const end = isDigit(code) ? number(tokens, at, isFirst, faults) : mark(tokens, at, isFirst, faults);
      at = end;
      isFirst = false;
    }
  }
  return { tokens, comments, faults: faults.slice(0, faultsMax) };
}

/** Whether a code unit is a control or bidirectional character, which no part of a text may hold. Pure. Source: language.md section 3. */
export function isHidden(code: number): boolean {
  if (code === 9 || code === 10 || code === 13) return false;
  if (code < 32 || (code >= 0x7f && code <= 0x9f) || code === 0xfeff || code === 0x61c) return true;
  // Line ends of Unicode: an editor shows a new line, and a comment would go on.
  if (code === 0x2028 || code === 0x2029) return true;
  return code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** Whether half a character stands at a place, which no UTF-8 can hold; asked from left to right, second halves being passed over. */
function isLoneSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdfff) return false;
  const next = text.charCodeAt(at + 1);
  return code >= 0xdc00 || !(next >= 0xdc00 && next <= 0xdfff);
}

/** What nearly every text is made of; looked for once, and it backtracks nowhere. */
const unusual = /[^\t\n\r -~]|\r(?!\n)/;

function characterFaults(text: string): ScanFault[] {
  const faults: ScanFault[] = [];
  if (!unusual.test(text)) return faults;
  for (let at = 0; at < text.length && faults.length < faultsMax; at += 1) {
    const code = text.charCodeAt(at);
    const span = { start: at, end: at + 1 };
    if (code === 13 && text.charCodeAt(at + 1) !== 10) {
      // An editor begins a new line there, and a comment would go on; all of them have one cause.
      if (!faults.some(({ kind }) => kind === 'lone-return')) faults.push({ kind: 'lone-return', span });
    } else if (isHidden(code)) {
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

/** Keeps a comment and returns where the line ends. */
function comment(text: string, start: number, comments: Comment[]): number {
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  let end = lineEnd;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  comments.push({ text: text.slice(start, end), span: { start, end } });
  return lineEnd;
}

/** Adds what is neither a word nor a number, and returns its end. */
function mark(tokens: TokenList, at: number, isFirst: boolean, faults: ScanFault[]): number {
  const { text } = tokens;
  const code = text.charCodeAt(at);
  let kind: Kind = Junk;
  let end = at + 1;
  if (code === 44) kind = Comma;
  else if (code === 46) kind = Dot;
  else if (code === 34) {
    kind = Quoted;
    end = quotedEnd(text, at, faults);
  } else if (isCurlyQuote(code)) {
    kind = Quoted;
    end = curlyQuotedEnd(text, at, faults);
  } else if (code === 36 && isLetter(text.charCodeAt(at + 1))) {
    kind = Param;
    end = wordEnd(text, at + 1);
  } else {
    while (end < text.length && isJunk(text.charCodeAt(end)) && !text.startsWith('--', end)) end += 1;
  }
  tokens.add(kind, at, end, isFirst);
  return end;
}

function quotedEnd(text: string, at: number, faults: ScanFault[]): number {
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) !== 34 && text.charCodeAt(end) !== 10) end += 1;
  if (text.charCodeAt(end) === 34) return end + 1;
  while (end > at + 1 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  faults.push({ kind: 'open-quote', span: { start: at, end } });
  return end;
}

function curlyQuotedEnd(text: string, at: number, faults: ScanFault[]): number {
  let end = at + 1;
  while (end < text.length && !isCurlyQuote(text.charCodeAt(end)) && text.charCodeAt(end) !== 34 && text.charCodeAt(end) !== 10) end += 1;
  if (end < text.length && text.charCodeAt(end) !== 10) end += 1;
  faults.push({ kind: 'curly-quote', span: { start: at, end } });
  return end;
}

/** Adds a number, a date or a time, and returns its end. */
function number(tokens: TokenList, at: number, isFirst: boolean, faults: ScanFault[]): number {
  const { text } = tokens;
  let end = digitsEnd(text, at);
  const next = text.charCodeAt(end);
  const isGlued = isDigit(text.charCodeAt(end + 1));
  let kind: Kind = Int;
  if (next === 47 && isGlued) {
    kind = Fraction;
    end = digitsEnd(text, end + 1);
  } else if (next === 58 && isGlued) {
    kind = Clock;
    end = digitsEnd(text, end + 1);
  } else if (next === 45 && isGlued) {
    kind = CalendarDate;
    end = dateEnd(text, end);
  } else {
    if (next === 46 && isGlued) {
      kind = Decimal;
      end = digitsEnd(text, end + 1);
    }
    const percent = percentEnd(text, at, end, faults);
    if (percent > end) kind = Percent;
    end = percent;
  }
  tokens.add(kind, at, end, isFirst);
  return end;
}

/** End of the percent sign behind a number; the number's own end where none follows. */
function percentEnd(text: string, start: number, end: number, faults: ScanFault[]): number {
  let sign = end;
  while (text.charCodeAt(sign) === 32) sign += 1;
  if (text.charCodeAt(sign) !== 37) return end;
  if (sign > end) faults.push({ kind: 'spaced-percent', span: { start, end: sign + 1 } });
  return sign + 1;
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

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
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
