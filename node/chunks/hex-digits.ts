// Hexadecimal digits to bytes and back, where they stand: a manifest has 65,536 names, and a string and a buffer for each of them would be most of the memory.

const digits: Uint8Array = Buffer.from('0123456789abcdef', 'latin1');
const notDigit = 0xff;
const values: Uint8Array = new Uint8Array(256).fill(notDigit);
for (const [value, digit] of digits.entries()) values[digit] = value;

/** Bytes that stand somewhere in a buffer. */
export interface Stretch {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly count: number;
}

/** Writes bytes as digits, in small letters. Pure but for `target`. @returns where they end */
export function putHex(target: Uint8Array, at: number, { bytes, from, count }: Stretch): number {
  for (let index = 0; index < count; index += 1) {
    const byte = bytes[from + index] ?? 0;
    target[at + 2 * index] = digits[byte >> 4] ?? 0;
    target[at + 2 * index + 1] = digits[byte & 15] ?? 0;
  }
  return at + 2 * count;
}

/** Reads digits, in small letters, into so many bytes. Pure but for them. @returns whether all of them were digits */
export function takeHex(text: Uint8Array, at: number, { bytes, from, count }: Stretch): boolean {
  for (let index = 0; index < count; index += 1) {
    const [high, low] = [values[text[at + 2 * index] ?? 0] ?? notDigit, values[text[at + 2 * index + 1] ?? 0] ?? notDigit];
    if (high === notDigit || low === notDigit) return false;
    bytes[from + index] = (high << 4) | low;
  }
  return true;
}
