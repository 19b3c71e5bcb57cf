// Bytes in memory as a source to cut, in pieces as a pipe would give them; and bytes by chance from a seed, as fast as they are used.
import { createCipheriv } from 'node:crypto';
import type { ByteSource } from '../../../node/chunks/cut-source.ts';

/** A source of these bytes, at most `piece` at a time. */
export function bytesSource(bytes: Uint8Array, piece: number = bytes.length): ByteSource {
  let at = 0;
  return {
    read: (into) => {
      const part = bytes.subarray(at, at + Math.min(piece, into.length));
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
}

/** The same bytes for the same seed: AES in counter mode over zeros. */
export function chance(seed: number, length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(length));
}
