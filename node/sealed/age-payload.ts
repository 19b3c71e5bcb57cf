// The body of an age file: pieces of 64 KiB, each sealed by ChaCha20-Poly1305 under its number and whether it is the last one (the STREAM construction). Streams; no disk.
import type { ByteSource } from '../chunks/cut-source.ts';
import { derived, openedPiece, sealedPiece, tagBytes } from './age-cipher.ts';
import { ReadAhead } from './read-ahead.ts';

/** What a body begins with, drawn anew for each. */
export const payloadNonceBytes = 16;
const pieceBytes = 64 * 1024;
const numberBytes = 11;

/** What a body is sealed with. `nonce`: 16 random bytes, used once; `hear`: hears the plain bytes in order. */
export interface PayloadSeal {
  readonly fileKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly hear: (plain: Uint8Array) => void;
}

/** A source that gives the sealed bytes of another one, behind a head. */
export function sealedSource(plain: ByteSource, head: Uint8Array, { fileKey, nonce, hear }: PayloadSeal): ByteSource {
  const ahead = new ReadAhead(plain);
  const key = payloadKey(fileKey, nonce);
  let ready: Buffer = Buffer.concat([head, nonce]);
  let [number, isDone] = [0, false];
  return {
    read: async (into) => {
      if (ready.length === 0 && !isDone) {
        const next = await ahead.peek(pieceBytes + 1);
        isDone = next.length <= pieceBytes;
        const piece = next.subarray(0, pieceBytes);
        hear(piece);
        ready = sealedPiece(key, pieceNonce(number, isDone), piece);
        ahead.skip(piece.length);
        number += 1;
      }
      const count = ready.copy(into, 0, 0, into.length);
      ready = ready.subarray(count);
      return count;
    },
  };
}

/** Opens a body. What it heard before an end that is no end is not to be believed. @returns a sentence part where it was changed or cut off */
export async function openPayload(ahead: ReadAhead, fileKey: Uint8Array, hear: (plain: Uint8Array) => void): Promise<string | undefined> {
  const nonce = Buffer.from(await ahead.peek(payloadNonceBytes));
  if (nonce.length < payloadNonceBytes) return 'it ends before its body';
  ahead.skip(nonce.length);
  const key = payloadKey(fileKey, nonce);
  for (let number = 0; ; number += 1) {
    const next = await ahead.peek(pieceBytes + tagBytes + 1);
    const isLast = next.length <= pieceBytes + tagBytes;
    const piece = next.subarray(0, pieceBytes + tagBytes);
    const plain = openedPiece(key, pieceNonce(number, isLast), piece);
    if (plain === undefined) return `piece ${number + 1} of its body was changed, or its end is missing`;
    // A last piece without anything is what the end of another file looks like.
    if (plain.length === 0 && number > 0) return 'its last piece is empty';
    hear(plain);
    if (isLast) return undefined;
    ahead.skip(piece.length);
  }
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return derived(fileKey, nonce, 'payload');
}

function pieceNonce(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(numberBytes + 1);
  // 64 GiB are a million pieces.
  nonce.writeUInt32BE(number, numberBytes - 4);
  nonce[numberBytes] = isLast ? 1 : 0;
  return nonce;
}
