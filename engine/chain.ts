// Ids: SHA-256 over a domain prefix, a zero byte and the bytes (ledger.md section 3). Commit ids of git are addresses and do not occur here.
import { toHex, utf8Encode } from './bytes.ts';
import { bytesOfWords, sha256Words } from './sha256.ts';

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

/** SHA-256 as bytes. Pure. */
export function sha256Bytes(bytes: Uint8Array): Uint8Array {
  return bytesOfWords(sha256Words(bytes, bytes.length));
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

/** H(p, b) as eight words. Pure. */
function digestOfBytes(prefix: DigestPrefix, bytes: Uint8Array): Int32Array {
  const domain = domainOf(prefix);
  const length = domain.length + bytes.length;
  const whole = length <= room.length ? room : new Uint8Array(length);
  whole.set(domain);
  whole.set(bytes, domain.length);
  return sha256Words(whole, length);
}

/** H(p, UTF-8 of a text) as eight words of 32 bits. Pure. */
export function digestOfText(prefix: DigestPrefix, text: string): Int32Array {
  const domain = domainOf(prefix);
  const length = domain.length + text.length;
  if (length > room.length) return digestOfBytes(prefix, utf8Encode(text));
  room.set(domain);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return digestOfBytes(prefix, utf8Encode(text));
    room[domain.length + at] = unit;
  }
  return sha256Words(room, length);
}

/** H(p, b) = SHA-256(ASCII(p) || 0x00 || b), as 32 bytes. */
export function digestBytes(prefix: DigestPrefix, bytes: Uint8Array): Uint8Array {
  return bytesOfWords(digestOfBytes(prefix, bytes));
}

/** H(p, b) as 64 lower-case hexadecimal digits. Pure. Source: ledger.md section 3 */
export function digest(prefix: DigestPrefix, bytes: Uint8Array): string {
  return toHex(digestBytes(prefix, bytes));
}
