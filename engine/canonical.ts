// Canonical JSON, profile gdo-json-1 (ledger.md section 3): RFC 8785 restricted. Own strict reader and writer; a byte string is accepted
// exactly when writing what was read gives the same bytes. Field sets of statements and events are checked elsewhere.
import { asciiText, utf8Decode, utf8Encode } from './bytes.ts';
import { invariant } from './invariant.ts';
import { idLength, keptId } from './kept-ids.ts';

/** A value of the profile: no null, integers only, objects with `[a-z][A-Za-z0-9]*` keys of at most 40 bytes. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;

/** An object of the profile. Reading a key that is not there gives undefined only through `Object.hasOwn` or a known field name. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Nesting of objects and arrays, the root included. */
export const depthMax = 32;
/** Bytes of an event or statement; checkpoints, genesis and bylaws have larger limits of their own. */
export const documentBytesMax = 65_536;
const keyBytesMax = 40;

/** The answer of the strict reader. `offset` counts code units of the decoded text. */
export type Decoded =
  | { readonly kind: 'ok'; readonly value: JsonObject }
  | { readonly kind: 'refused'; readonly code: 'GDO1001' | 'GDO1003'; readonly offset: number; readonly reason: string };

/** True for a value that is an object, not an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !isList(value);
}

/** True for an array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Writes a value canonically. @throws Bug for a value outside the profile: only values of ours or values that were read are written */
export function encodeCanonical(value: JsonObject): Uint8Array {
  return utf8Encode(canonicalText(value));
}

/** Writes a value canonically, as text. */
export function canonicalText(value: Json): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      invariant(Number.isSafeInteger(value) && !Object.is(value, -0), 'numbers in canonical JSON are safe integers');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      break;
  }
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  let text = '{';
  for (const key of ascendingKeys(value)) {
    const member: Json | undefined = value[key];
    invariant(member !== undefined && isKey(key), `\`${key}\` is a key of the profile and has a value`);
    text += `${text === '{' ? '' : ','}"${key}":${canonicalText(member)}`;
  }
  return `${text}}`;
}

/** Most objects are made with their keys in order. */
function ascendingKeys(value: JsonObject): readonly string[] {
  const keys = Object.keys(value);
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.sort(byCodeUnit);
}

/** Orders strings by code units; for ASCII this is byte order. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function isKey(key: string): boolean {
  if (key.length === 0 || key.length > keyBytesMax) return false;
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index);
    const lower = unit >= 0x61 && unit <= 0x7a;
    const upperOrDigit = (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
    if (!lower && !(upperOrDigit && index > 0)) return false;
  }
  return true;
}

const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** What a string cannot hold as it is: controls, the quotation mark and the backslash, which are all but these. */
const mustEscape = /[^ !#-[\]-\uffff]/;

/** RFC 8785 section 3.2.2.2: only what must be escaped is, in its shortest form. */
function quote(text: string): string {
  if (!mustEscape.test(text)) return `"${text}"`;
  let out = '"';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const short = shortEscapes.get(unit);
    if (short !== undefined) out += short;
    else if (unit < 0x20) out += `\\u${unit.toString(16).padStart(4, '0')}`;
    else out += text[index] ?? '';
  }
  return `${out}"`;
}

/**
 * Reads canonical JSON strictly. Pure; never throws.
 * @param limit - most bytes, 65,536 unless the format has a larger limit
 * @returns the object, or GDO1001 (not canonical bytes) or GDO1003 (limit exceeded) with the place
 */
export function decodeCanonical(bytes: Uint8Array, limit: { readonly bytesMax: number } = { bytesMax: documentBytesMax }): Decoded {
  if (bytes.length > limit.bytesMax) return { kind: 'refused', code: 'GDO1003', offset: limit.bytesMax, reason: `it is longer than ${limit.bytesMax} bytes` };
  const isPlain = isPlainAscii(bytes);
  const text = isPlain ? asciiText(bytes) : utf8Decode(bytes);
  if (text === undefined) return { kind: 'refused', code: 'GDO1001', offset: 0, reason: 'the bytes are not UTF-8' };
  const reader = new Reader(text, isPlain);
  const value = reader.document();
  if (value === undefined || reader.refusal !== undefined) {
    const { code, offset, reason } = reader.refusal ?? { code: 'GDO1001', offset: 0, reason: 'it is not JSON' };
    return { kind: 'refused', code, offset, reason };
  }
  return { kind: 'ok', value };
}

/** True iff all bytes are printable ASCII and none is a backslash: such a text needs no look inside its strings. */
function isPlainAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 || byte >= 0x7f || byte === 0x5c) return false;
  }
  return true;
}

const [quoteUnit, minusUnit, comma, colon] = [0x22, 0x2d, 0x2c, 0x3a];
const [openingBrace, closingBrace, openingBracket, closingBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Reads one document left to right; the first refusal wins. It holds state because the position must live with its guard. */
class Reader {
  refusal: { readonly code: 'GDO1001' | 'GDO1003'; readonly offset: number; readonly reason: string } | undefined;
  private readonly text: string;
  private readonly isPlain: boolean;
  private at = 0;

  /** @param isPlain - the text holds no escape, no control and nothing beyond ASCII */
  constructor(text: string, isPlain: boolean) {
    this.text = text;
    this.isPlain = isPlain;
  }

  document(): JsonObject | undefined {
    if (this.text[0] !== '{') return this.refuse('the document is not an object');
    const value = this.object(1);
    if (value !== undefined && this.at !== this.text.length) return this.refuse('something follows the document');
    return value;
  }

  private refuse(reason: string, code: 'GDO1001' | 'GDO1003' = 'GDO1001'): undefined {
    this.refusal ??= { code, offset: this.at, reason };
    return undefined;
  }

  private value(depth: number): Json | undefined {
    const first = this.text.charCodeAt(this.at);
    if (first === quoteUnit) return this.string();
    if (first === minusUnit || isDigit(first)) return this.integer();
    if (first === openingBrace || first === openingBracket) {
      if (depth > depthMax) return this.refuse(`it is nested deeper than ${depthMax}`, 'GDO1003');
      return first === openingBrace ? this.object(depth) : this.list(depth);
    }
    if (this.takeWord('true')) return true;
    return this.takeWord('false') ? false : this.refuse('a value was expected');
  }

  private takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private object(depth: number): JsonObject | undefined {
    // No key of the profile is that of a prototype: they begin with a letter.
    const members: Record<string, Json> = {};
    let previous = '';
    this.at += 1;
    if (this.take(closingBrace)) return members;
    for (;;) {
      const start = this.at;
      const key = this.text.charCodeAt(this.at) === quoteUnit ? this.string() : this.refuse('a key was expected');
      if (key === undefined) return undefined;
      if (!isKey(key)) return this.refuseAt(start, 'a key does not have the form [a-z][A-Za-z0-9]*');
      if (previous >= key) return this.refuseAt(start, 'keys do not ascend, or one is repeated');
      previous = key;
      if (!this.take(colon)) return this.refuse('a colon was expected');
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      members[key] = value;
      if (this.take(closingBrace)) return members;
      if (!this.take(comma)) return this.refuse('a comma or the end of the object was expected');
    }
  }

  private list(depth: number): readonly Json[] | undefined {
    const values: Json[] = [];
    this.at += 1;
    if (this.take(closingBracket)) return values;
    for (;;) {
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      values.push(value);
      if (this.take(closingBracket)) return values;
      if (!this.take(comma)) return this.refuse('a comma or the end of the list was expected');
    }
  }

  private refuseAt(offset: number, reason: string): undefined {
    this.at = offset;
    return this.refuse(reason);
  }

  private take(unit: number): boolean {
    if (this.text.charCodeAt(this.at) !== unit) return false;
    this.at += 1;
    return true;
  }

  private integer(): number | undefined {
    const start = this.at;
    if (this.text[this.at] === '-') this.at += 1;
    const digits = this.at;
    while (this.at < this.text.length && isDigit(this.text.charCodeAt(this.at))) this.at += 1;
    const length = this.at - digits;
    if (length === 0) return this.refuseAt(start, 'a value was expected');
    if ('.eE'.includes(this.text[this.at] ?? ' ')) return this.refuse('numbers have no fraction and no exponent');
    if (this.text[digits] === '0' && (length > 1 || digits > start)) return this.refuseAt(start, 'a number has a leading zero or is -0');
    // 2^53-1 has 16 digits: more cannot fit, and parsing 16 digits is exact.
    const value = length > 16 ? Number.POSITIVE_INFINITY : Number(this.text.slice(start, this.at));
    if (!Number.isSafeInteger(value)) return this.refuseAt(start, 'a number is beyond 2^53-1');
    return value;
  }

  private string(): string | undefined {
    const start = this.at;
    this.at += 1;
    if (this.isPlain) {
      const end = this.text.indexOf('"', this.at);
      if (end < 0) return this.refuseAt(start, 'a string has no end');
      this.at = end + 1;
      return end - start === idLength + 1 ? keptId(this.text, start + 1) : this.text.slice(start + 1, end);
    }
    let value = '';
    // Text between escapes is taken in one piece: letter by letter it would be a chain of pieces, which every later comparison pays for.
    let from = this.at;
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (Number.isNaN(unit)) return this.refuseAt(start, 'a string has no end');
      if (unit < 0x20) return this.refuse('a control character must be escaped');
      if (unit !== 0x22 && unit !== 0x5c) {
        this.at += 1;
        continue;
      }
      value += this.text.slice(from, this.at);
      if (unit === 0x22) {
        this.at += 1;
        return value;
      }
      const escaped = this.escape();
      if (escaped === undefined) return undefined;
      value += escaped;
      from = this.at;
    }
  }

  /** Only the escapes the writer would choose are read: every other spelling of the same text has other bytes. */
  private escape(): string | undefined {
    for (const [unit, short] of shortEscapes) {
      if (this.text.startsWith(short, this.at)) {
        this.at += short.length;
        return String.fromCharCode(unit);
      }
    }
    const digits = this.text.slice(this.at + 2, this.at + 6);
    const unit = this.text[this.at + 1] === 'u' && digits.length === 4 ? controlOf(digits) : undefined;
    if (unit === undefined || shortEscapes.has(unit)) return this.refuse('a character is escaped that need not be');
    this.at += 6;
    return String.fromCharCode(unit);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** The control character of `00` and two lower-case hexadecimal digits, below 0x20. */
function controlOf(digits: string): number | undefined {
  const low = '0123456789abcdef'.indexOf(digits[3] ?? '-');
  const high = ['0', '1'].indexOf(digits[2] ?? '-');
  return digits.startsWith('00') && low >= 0 && high >= 0 ? high * 16 + low : undefined;
}
