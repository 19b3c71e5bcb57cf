// Ids: SHA-256 over a domain prefix, a zero byte and the bytes (ledger.md section 3). Commit ids of git are addresses and do not occur here.
import { toHex, utf8Encode } from './bytes.ts';
import { bytesOfWords, sha256Into } from './sha256.ts';

/** The domain prefixes of ledger.md section 3. */
export type DigestPrefix =
  | 'gdo-genesis-v1'
  | 'gdo-event-v1'
  | 'gdo-batch-v1'
  | 'gdo-receipt-v1'
  | 'gdo-checkpoint-v1'
  | 'gdo-cosign-v1'
  | 'gdo-bylaws-v1'
  | 'gdo-change-v1'
  | 'gdo-witnesses-v1'
  | 'gdo-key-v1'
  | 'gdo-value-v1'
  | 'gdo-lot-v1'
  | 'gdo-ballot-v1'
  | 'gdo-draw-v1';

/** The id that stands for "none", such as the previous batch of a device's first batch. */
export const zeros64: string = '0'.repeat(64);

// Written before it is read, as `room` is.
const hash = new Int32Array(8);

/** SHA-256 as bytes. Pure. */
export function sha256Bytes(bytes: Uint8Array): Uint8Array {
  sha256Into(hash, bytes, bytes.length);
  return bytesOfWords(hash, 0);
}

/** SHA-256 as 64 lower-case hexadecimal digits, as `sha256sum` prints it. Pure. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(sha256Bytes(bytes));
}

// A dozen prefixes, each written out once.
const domains: Map<DigestPrefix, Uint8Array> = new Map();

function domainOf(prefix: DigestPrefix): Uint8Array {
  const known = domains.get(prefix);
  if (known !== undefined) return known;
  const made = utf8Encode(`${prefix}\0`);
  domains.set(prefix, made);
  return made;
}

/** Room for what most digests are of, written before it is read. */
const room = new Uint8Array(2_048);

function digestInto(words: Int32Array, prefix: DigestPrefix, bytes: Uint8Array): void {
  const domain = domainOf(prefix);
  const length = domain.length + bytes.length;
  const whole = length <= room.length ? room : new Uint8Array(length);
  whole.set(domain);
  whole.set(bytes, domain.length);
  sha256Into(words, whole, length);
}

/** Writes the units of a text into the room from `at` on. @returns false where one is beyond ASCII */
function putAscii(text: string, at: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return false;
    room[at + index] = unit;
  }
  return true;
}

/** H(p, UTF-8 of a text) as eight words of 32 bits at the start of `words`. @param text - in two parts, so that nobody has to join them */
export function digestTextInto(words: Int32Array, prefix: DigestPrefix, text: string, rest: string): void {
  const domain = domainOf(prefix);
  const length = domain.length + text.length + rest.length;
  if (length <= room.length) {
    room.set(domain);
    if (putAscii(text, domain.length) && putAscii(rest, domain.length + text.length)) {
      sha256Into(words, room, length);
      return;
    }
  }
  digestInto(words, prefix, utf8Encode(text + rest));
}

/** H(p, UTF-8 of a text) as 64 lower-case hexadecimal digits. Pure. */
export function digestOfText(prefix: DigestPrefix, text: string): string {
  digestTextInto(hash, prefix, text, '');
  return toHex(bytesOfWords(hash, 0));
}

/** H(p, b) = SHA-256(ASCII(p) || 0x00 || b), as 32 bytes. */
export function digestBytes(prefix: DigestPrefix, bytes: Uint8Array): Uint8Array {
  digestInto(hash, prefix, bytes);
  return bytesOfWords(hash, 0);
}

/** SHA-256 as 64 lower-case hexadecimal digits. `node/` passes in the runtime's own, which costs half as much for what is longer than two blocks. */
export type HexDigest = (bytes: Uint8Array) => string;

/** H(p, b) as 64 lower-case hexadecimal digits. Pure. Source: ledger.md section 3 */
export function digest(prefix: DigestPrefix, bytes: Uint8Array, hash: HexDigest = sha256Hex): string {
  const domain = domainOf(prefix);
  const length = domain.length + bytes.length;
  const whole = length <= room.length ? room.subarray(0, length) : new Uint8Array(length);
  whole.set(domain);
  whole.set(bytes, domain.length);
  return hash(whole);
}
