// Who can open an age file: the file key, wrapped to one ssh-ed25519 key each (the stanza `ssh-ed25519` of age). Bytes only; no disk.
import { hash } from 'node:crypto';
import { invariant, publicKeyBlob } from '../../engine/index.ts';
import { derived, openedPiece, sealedPiece } from './age-cipher.ts';
import { fromBare64, toBare64, type Stanza } from './age-header.ts';
import { pointOf, pointOfSigningKey, secretOfSigningSeed, x25519 } from './x25519.ts';

const stanzaKind = 'ssh-ed25519';
const label = 'age-encryption.org/v1/ssh-ed25519';
/** The wrapping key is used once. */
const nonce: Uint8Array = new Uint8Array(12);
/** A file key and the tag over it: anything longer could be made to open with several keys. */
const wrappedBytes = 32;

/** A private key as it opens: 32 bytes each. */
export interface OpeningKey {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Wraps a file key to a public key that the signature rule accepts. @param chance - 32 random bytes, used once */
export function wrapFor(publicKey: Uint8Array, fileKey: Uint8Array, chance: Uint8Array): Stanza {
  const point = pointOfSigningKey(publicKey);
  const [share, agreed] = [pointOf(chance), x25519(chance, point)];
  const key = share === undefined || agreed === undefined ? undefined : wrappingKey(publicKey, { agreed, share, point });
  // A key of small order is refused when it is enrolled (T05).
  invariant(share !== undefined && key !== undefined, 'a key of prime order agrees with every secret');
  return { words: [stanzaKind, keyTag(publicKey), toBare64(share)], body: sealedPiece(key, nonce, fileKey) };
}

/** The file key in a stanza, or undefined where it is for another key or was changed. */
export function unwrapWith({ seed, publicKey }: OpeningKey, { words, body }: Stanza): Uint8Array | undefined {
  const [kind, tag, word, ...more] = words;
  if (kind !== stanzaKind || tag !== keyTag(publicKey) || more.length > 0 || body.length !== wrappedBytes) return undefined;
  const share = fromBare64(word ?? '');
  if (share?.length !== 32) return undefined;
  const secret = secretOfSigningSeed(seed);
  const [agreed, point] = [x25519(secret, share), pointOf(secret)];
  const key = agreed === undefined || point === undefined ? undefined : wrappingKey(publicKey, { agreed, share, point });
  return key === undefined ? undefined : openedPiece(key, nonce, body);
}

function wrappingKey(
  publicKey: Uint8Array,
  { agreed, share, point }: { readonly agreed: Uint8Array; readonly share: Uint8Array; readonly point: Uint8Array },
): Buffer | undefined {
  // Bound to the SSH key as a whole, so that a stanza for its point alone opens nothing.
  const tweak = derived(new Uint8Array(0), publicKeyBlob(publicKey), label);
  const tweaked = x25519(tweak, agreed);
  return tweaked === undefined ? undefined : derived(tweaked, Buffer.concat([share, point]), label);
}

/** Four bytes of the hash of a key: whoever has many keys tries the right one. */
function keyTag(publicKey: Uint8Array): string {
  return toBare64(hash('sha256', publicKeyBlob(publicKey), 'buffer').subarray(0, 4));
}
