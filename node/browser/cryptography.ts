// Stands for `node:crypto` where gdo runs in a browser: hashes by noble, and Ed25519 by the engine's own equation on points. The browser's own cryptography answers
// later, with promises, and a replay cannot wait for each signature.
import { Buffer } from 'buffer';
import { getPublicKey, hashes, sign as signEd25519 } from '@noble/ed25519';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { invariant, verifyPortable } from '../../engine/index.ts';

hashes.sha512 = sha512;

type Algorithm = 'sha1' | 'sha256' | 'sha512';
const known: Readonly<Record<Algorithm, typeof sha1 | typeof sha256 | typeof sha512>> = { sha1, sha256, sha512 };
type Encoding = 'utf8' | 'latin1';

/** A hash that is fed in parts. */
interface Hash {
  readonly update: (part: Uint8Array | string, encoding?: Encoding) => Hash;
  digest(): Buffer;
  digest(encoding: 'hex'): string;
}

/** Begins a hash. */
export function createHash(algorithm: Algorithm): Hash {
  const state = known[algorithm].create();
  function digest(): Buffer;
  function digest(encoding: 'hex'): string;
  function digest(encoding?: 'hex'): Buffer | string {
    const bytes = Buffer.from(state.digest());
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
  const made: Hash = {
    update: (part, encoding = 'utf8') => {
      state.update(typeof part === 'string' ? Buffer.from(part, encoding) : part);
      return made;
    },
    digest,
  };
  return made;
}

/** Hashes bytes in one call. */
export function hash(algorithm: Algorithm, bytes: Uint8Array, encoding: 'hex' | 'buffer' = 'hex'): Buffer | string {
  const made = Buffer.from(known[algorithm](bytes));
  return encoding === 'buffer' ? made : made.toString('hex');
}

/** RFC 8410: heads of the only two forms that gdo gives and takes, before 32 bytes. */
const heads = { pkcs8: '302e020100300506032b657004220420', spki: '302a300506032b6570032100' } as const;

interface EncodedKey {
  readonly key: Uint8Array;
  readonly format: 'der';
  readonly type: keyof typeof heads;
}

/** A key as Node hands it about. `seed` is undefined for a public one. */
export interface KeyObject {
  readonly seed: Uint8Array | undefined;
  readonly publicKey: Uint8Array;
  readonly export: (options: { readonly format: 'der'; readonly type: 'spki' }) => Buffer;
}

function keyObject(seed: Uint8Array | undefined, publicKey: Uint8Array): KeyObject {
  return { seed, publicKey, export: () => Buffer.concat([Buffer.from(heads.spki, 'hex'), publicKey]) };
}

function content({ key, type }: EncodedKey): Uint8Array {
  const bytes = Buffer.from(key);
  invariant(bytes.length === heads[type].length / 2 + 32 && bytes.toString('hex').startsWith(heads[type]), 'gdo makes keys of ed25519 only');
  return Uint8Array.from(bytes.subarray(-32));
}

/** A private key from PKCS #8. */
export function createPrivateKey(encoded: EncodedKey): KeyObject {
  const seed = content(encoded);
  return keyObject(seed, getPublicKey(seed));
}

/** A public key from SPKI, or that of a private one. */
export function createPublicKey(from: EncodedKey | KeyObject): KeyObject {
  return keyObject(undefined, 'publicKey' in from ? from.publicKey : content(from));
}

/** Signs by RFC 8032. */
export function sign(_algorithm: null, message: Uint8Array, key: KeyObject): Buffer {
  invariant(key.seed !== undefined, 'what signs is a private key');
  return Buffer.from(signEd25519(message, key.seed));
}

/** Judges a signature by the engine's equation, which is the rule of ledger.md section 4.1 whole. */
export function verify(_algorithm: null, message: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  return verifyPortable({ key: key.publicKey, message, signature }).kind === 'ok';
}

/** Random bytes of the browser. */
export function randomBytes(count: number): Buffer {
  return Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(count)));
}
