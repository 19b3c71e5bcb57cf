// The Ed25519 rule `gdo-strict-ed25519-v1` (ledger.md section 4.1): the conditions on key and signature, and the portable equation on points.
// The faster native equation is passed in from node/ and stands under the same conditions.
import { Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { joined } from './merkle.ts';

/** The answer of the rule. GDO1012: signature refused. GDO1013: key refused (order, encoding). */
export type SignatureVerdict = { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly code: 'GDO1012' | 'GDO1013'; readonly reason: string };

/** One signature to judge: 32 bytes of key, any message, 64 bytes of signature. */
export interface SignedMessage {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** The cofactorless equation with byte comparison of R, as node:crypto computes it. It is asked only after the conditions hold. */
export type NativeEquation = (signed: SignedMessage) => boolean;

/** The order of the base point, RFC 8032 section 5.1. */
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The prime of the field. */
const prime = 2n ** 255n - 19n;
const curveD = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let index = bytes.length - 1; index >= 0; index -= 1) value = (value << 8n) | BigInt(bytes[index] ?? 0);
  return value;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % prime;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

/** True where x^2 = (y^2-1)/(dy^2+1) has a root: asked first, so that decoding the point cannot throw. */
function hasPoint(y: bigint): boolean {
  const square = (y * y) % prime;
  const above = (square + prime - 1n) % prime;
  const below = (curveD * square + 1n) % prime;
  return power((above * below) % prime, (prime - 1n) / 2n) !== prime - 1n;
}

function refused(code: 'GDO1012' | 'GDO1013', reason: string): SignatureVerdict {
  return { kind: 'refused', code, reason };
}

const orderBytes: Uint8Array = Uint8Array.from({ length: 32 }, (_, index) => Number((groupOrder >> (8n * BigInt(index))) & 255n));

/** True iff the second half of a signature, the least byte first, is below the group order. */
function isBelowOrder(signature: Uint8Array): boolean {
  for (let index = 31; index >= 0; index -= 1) {
    const difference = (signature[32 + index] ?? 0) - (orderBytes[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function isIdentity(bytes: Uint8Array): boolean {
  return bytes[0] === 1 && bytes.subarray(1).every((byte) => byte === 0);
}

/**
 * Judges a public key: condition 3 of the rule. Callers memoise it per key. Pure.
 * @returns ok, or GDO1013 where the encoding is not the only one, the point does not exist, or it is not in the prime-order subgroup
 */
export function checkKey(key: Uint8Array): SignatureVerdict {
  if (key.length !== 32) return refused('GDO1013', 'a public key has 32 bytes');
  const sign = (key[31] ?? 0) >> 7;
  const unsigned = Uint8Array.from(key);
  unsigned[31] = (key[31] ?? 0) & 0x7f;
  const y = littleEndian(unsigned);
  if (y >= prime) return refused('GDO1013', 'the key is not encoded canonically');
  if (sign === 1 && (y === 1n || y === prime - 1n)) return refused('GDO1013', 'the key is x = 0 with its sign bit set');
  if (!hasPoint(y)) return refused('GDO1013', 'the key is not a point of the curve');
  const point = Point.fromBytes(key);
  if (point.is0()) return refused('GDO1013', 'the key is the identity');
  if (!point.isTorsionFree()) return refused('GDO1013', 'the key is not in the prime-order subgroup');
  return { kind: 'ok' };
}

/** Conditions 1 and 2: lengths, S below the order, R not the identity. */
function checkShape(signed: SignedMessage): SignatureVerdict {
  if (signed.key.length !== 32) return refused('GDO1013', 'a public key has 32 bytes');
  if (signed.signature.length !== 64) return refused('GDO1012', 'a signature has 64 bytes');
  if (!isBelowOrder(signed.signature)) return refused('GDO1012', 'the second half of the signature is not below the group order');
  if (isIdentity(signed.signature.subarray(0, 32))) return refused('GDO1012', 'the first half of the signature is the identity');
  return { kind: 'ok' };
}

const fails: SignatureVerdict = { kind: 'refused', code: 'GDO1012', reason: 'the signature does not fit the key and the message' };

/**
 * Judges a signature on points alone: encode([S]B - [k]A) equals the bytes of R. Pure; about 19 times slower than the native path.
 * `noble.verify` is not used: it multiplies by the cofactor and accepts signatures that OpenSSL refuses.
 */
export function verifyPortable(signed: SignedMessage): SignatureVerdict {
  const shape = checkShape(signed);
  if (shape.kind === 'refused') return shape;
  const key = checkKey(signed.key);
  if (key.kind === 'refused') return key;
  const commitment = signed.signature.subarray(0, 32);
  const scalar = littleEndian(signed.signature.subarray(32));
  const challenge = littleEndian(sha512(joined([commitment, signed.key, signed.message]))) % groupOrder;
  const expected = Point.BASE.multiply(scalar, false).subtract(Point.fromBytes(signed.key).multiply(challenge, false)).toBytes();
  return expected.every((byte, index) => byte === commitment[index]) ? { kind: 'ok' } : fails;
}

/**
 * Judges a signature with a native equation under the same conditions.
 * @param keyVerdict - the memoised answer of `checkKey` for this key
 */
export function verifyWith(native: NativeEquation, keyVerdict: SignatureVerdict, signed: SignedMessage): SignatureVerdict {
  const shape = checkShape(signed);
  if (shape.kind === 'refused') return shape;
  if (keyVerdict.kind === 'refused') return keyVerdict;
  return native(signed) ? { kind: 'ok' } : fails;
}
