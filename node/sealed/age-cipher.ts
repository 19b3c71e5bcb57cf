// The two primitives that an age file is made of: HKDF-SHA-256 and ChaCha20-Poly1305, both the runtime's. No streams; no disk.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const cipherName = 'chacha20-poly1305';
/** The tag behind what is sealed. */
export const tagBytes = 16;
const options = { authTagLength: tagBytes } as const;

/** HKDF-SHA-256 (RFC 5869). @returns 32 bytes */
export function derived(secret: Uint8Array, salt: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
}

/** Seals one piece. @param nonce - 12 bytes, never used again with this key @returns it with the tag behind it */
export function sealedPiece(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(cipherName, key, nonce, options);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens one piece. @returns undefined where the tag does not hold */
export function openedPiece(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Buffer | undefined {
  const end = bytes.length - tagBytes;
  if (end < 0) return undefined;
  const decipher = createDecipheriv(cipherName, key, nonce, options);
  decipher.setAuthTag(bytes.subarray(end));
  const plain = decipher.update(bytes.subarray(0, end));
  try {
    decipher.final();
    return plain;
  } catch (error) {
    // Only by an error does the runtime say that the tag is another one.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
