// Agreement of keys on the curve X25519 (RFC 7748), and what an Ed25519 key is on it: signing keys of SSH can then be sealed to. The arithmetic of agreement is the runtime's.
import { createPrivateKey, createPublicKey, diffieHellman, hash } from 'node:crypto';
import { etc } from '@noble/ed25519';

/** RFC 8410: the fixed heads of X25519 keys before their 32 bytes. */
const privateHead = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicHead = Buffer.from('302a300506032b656e032100', 'hex');
const basePoint: Uint8Array = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 9 : 0));
const prime = 2n ** 255n - 19n;

/** X25519 of a secret and a point, 32 bytes each. @returns undefined where the point is of small order, so that the result would be known to everybody */
export function x25519(secret: Uint8Array, point: Uint8Array): Uint8Array | undefined {
  const privateKey = createPrivateKey({ key: Buffer.concat([privateHead, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey({ key: Buffer.concat([publicHead, point]), format: 'der', type: 'spki' });
  try {
    return diffieHellman({ privateKey, publicKey });
  } catch (error) {
    // The runtime says by an error of its own that nothing but zeros came out (RFC 7748 section 6.1).
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_')) return undefined;
    throw error;
  }
}

/** The point that belongs to a secret. */
export function pointOf(secret: Uint8Array): Uint8Array | undefined {
  return x25519(secret, basePoint);
}

/** The point of an Ed25519 public key: u = (1 + y) / (1 - y) (RFC 7748 section 4.1). @param key - one that the signature rule accepts, so y is not 1. Pure. */
export function pointOfSigningKey(key: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(key);
  bytes[31] = (bytes[31] ?? 0) & 0x7f;
  const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const u = ((1n + y) * etc.invert(etc.mod(1n - y, prime), prime)) % prime;
  return Buffer.from(u.toString(16).padStart(64, '0'), 'hex').reverse();
}

/** The secret on X25519 of the seed of an Ed25519 key (RFC 8032 section 5.1.5). Its bits are fixed where it is used. */
export function secretOfSigningSeed(seed: Uint8Array): Uint8Array {
  return hash('sha512', seed, 'buffer').subarray(0, 32);
}
