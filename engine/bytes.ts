// Text and bytes without the runtime's encoders, which do not exist in a pure folder: UTF-8, hexadecimal, base64. Exact, no replacement characters.
import { invariant } from './invariant.ts';

/** Encodes text as UTF-8. @returns undefined for text with a lone surrogate, which has no encoding */
export function utf8Bytes(text: string): Uint8Array | undefined {
  return beyondAscii.test(text) ? longBytes(text) : asciiBytes(text);
}

const beyondAscii = /[\u0080-\uffff]/;

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function longBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    let point = text.charCodeAt(index);
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = text.charCodeAt(index + 1);
      if (point >= 0xdc00 || !(low >= 0xdc00 && low <= 0xdfff)) return undefined;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
      index += 1;
    }
    if (point < 0x80) {
      bytes[length++] = point;
    } else if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6);
      bytes[length++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[length++] = 0xe0 | (point >> 12);
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[length++] = 0x80 | (point & 0x3f);
    } else {
      bytes[length++] = 0xf0 | (point >> 18);
      bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[length++] = 0x80 | (point & 0x3f);
    }
  }
  return bytes.slice(0, length);
}

/** Encodes text of ours as UTF-8. @throws Bug for a lone surrogate: text from outside goes through `utf8Bytes` */
export function utf8Encode(text: string): Uint8Array {
  const bytes = utf8Bytes(text);
  invariant(bytes !== undefined, 'text of ours holds only Unicode scalar values');
  return bytes;
}

/** Reads bytes below 0x80 as text; sixteen at a time, which is the fastest way that has no bound. */
export function asciiText(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  for (; at + 16 <= bytes.length; at += 16) {
    const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    const [e = 0, f = 0, g = 0, h = 0] = [bytes[at + 4], bytes[at + 5], bytes[at + 6], bytes[at + 7]];
    const [i = 0, j = 0, k = 0, l = 0] = [bytes[at + 8], bytes[at + 9], bytes[at + 10], bytes[at + 11]];
    const [m = 0, n = 0, o = 0, p = 0] = [bytes[at + 12], bytes[at + 13], bytes[at + 14], bytes[at + 15]];
    text += String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  }
  for (; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** True iff all bytes are below 0x80. */
export function isAscii(bytes: Uint8Array): boolean {
  let all = 0;
  for (let at = 0; at < bytes.length; at += 1) all |= bytes[at] ?? 0;
  return all < 0x80;
}

/** Decodes UTF-8 strictly: no overlong forms, surrogates or values above U+10FFFF. @returns undefined where the bytes are not UTF-8 */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  return isAscii(bytes) ? asciiText(bytes) : longText(bytes);
}

function longText(bytes: Uint8Array): string | undefined {
  const units: string[] = [];
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index] ?? 0;
    index += 1;
    if (first < 0x80) {
      units.push(String.fromCharCode(first));
      continue;
    }
    const more = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
    if (more === 0 || index + more > bytes.length) return undefined;
    let point = first & (0x3f >> more);
    for (let step = 0; step < more; step += 1) {
      const next = bytes[index + step] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (next & 0x3f);
    }
    index += more;
    const least = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
    if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    units.push(String.fromCodePoint(point));
  }
  return units.join('');
}

function hexUnit(digit: number): number {
  return digit + (digit < 10 ? 0x30 : 0x57);
}

/** Writes bytes as lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  const units = new Uint8Array(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    units[at * 2] = hexUnit(byte >> 4);
    units[at * 2 + 1] = hexUnit(byte & 15);
  }
  return asciiText(units);
}

/** The value of a hexadecimal digit by its code unit; -1 for any other. */
function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  return unit >= 0x61 && unit <= 0x66 ? unit - 0x57 : -1;
}

/** Reads lower-case hexadecimal. @returns undefined for anything else */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = hexValue(text.charCodeAt(index * 2));
    const low = hexValue(text.charCodeAt(index * 2 + 1));
    if (high < 0 || low < 0) return undefined;
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

/** True for exactly 64 lower-case hexadecimal digits. */
export function isHex64(text: unknown): text is string {
  return typeof text === 'string' && text.length === 64 && !notHex.test(text);
}

const notHex = /[^0-9a-f]/;

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const padUnit = 0x3d;
/** The code units of the digits, and the value of each by its code unit. */
const base64Units: Uint8Array = Uint8Array.from(base64Digits, (digit) => digit.charCodeAt(0));
const noDigit = 64;
const base64Values: Uint8Array = new Uint8Array(128).fill(noDigit);
for (const [value, unit] of base64Units.entries()) base64Values[unit] = value;

/** Writes bytes as base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  const units = new Uint8Array(Math.floor((bytes.length + 2) / 3) * 4);
  for (let index = 0, at = 0; index < bytes.length; index += 3, at += 4) {
    const bits = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    units[at] = base64Units[bits >> 18] ?? 0;
    units[at + 1] = base64Units[(bits >> 12) & 63] ?? 0;
    units[at + 2] = index + 1 < bytes.length ? (base64Units[(bits >> 6) & 63] ?? 0) : padUnit;
    units[at + 3] = index + 2 < bytes.length ? (base64Units[bits & 63] ?? 0) : padUnit;
  }
  return asciiText(units);
}

/** Reads base64 with padding, only in the one form `toBase64` writes. @returns undefined for anything else */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let length = 0;
  let bits = 0;
  for (let index = 0; index < digits; index += 1) {
    const value = base64Values[text.charCodeAt(index)] ?? noDigit;
    if (value === noDigit) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    if (index % 4 > 0) bytes[length++] = bits >> (6 - (index % 4) * 2);
  }
  // A last group with stray low bits would be a second spelling of the same bytes.
  const stray = padding === 2 ? bits & 15 : padding === 1 ? bits & 3 : 0;
  return stray === 0 ? bytes : undefined;
}

/** Orders byte strings; a prefix comes first. */
export function byBytes(left: Uint8Array, right: Uint8Array): number {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
