// Ids: SHA-256 over a domain prefix, a zero byte and the bytes (ledger.md section 3). Commit ids of git are addresses and do not occur here.
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, utf8Encode } from './bytes.ts';

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
  return sha256(bytes);
}

/** SHA-256 as 64 lower-case hexadecimal digits, as `sha256sum` prints it. Pure. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

// A dozen prefixes, each written out once.
const domains: Map<DigestPrefix, Uint8Array> = new Map();

/** H(p, b) = SHA-256(ASCII(p) || 0x00 || b), as 32 bytes. */
export function digestBytes(prefix: DigestPrefix, bytes: Uint8Array): Uint8Array {
  const domain = domains.get(prefix) ?? utf8Encode(`${prefix}\0`);
  domains.set(prefix, domain);
  const whole = new Uint8Array(domain.length + bytes.length);
  whole.set(domain);
  whole.set(bytes, domain.length);
  return sha256(whole);
}

/** H(p, b) as 64 lower-case hexadecimal digits. Pure. Source: ledger.md section 3 */
export function digest(prefix: DigestPrefix, bytes: Uint8Array): string {
  return toHex(digestBytes(prefix, bytes));
}
