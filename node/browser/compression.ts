// Stands for `node:zlib` where gdo runs in a browser, with the few options that gdo uses: the streams of RFC 1950, unpacked no further than they may be.
import { Buffer } from 'buffer';
import { deflate, Inflate } from 'pako';

/** An error as Node has it where a stream is longer than the caller takes. */
class TooLarge extends Error {
  readonly code = 'ERR_BUFFER_TOO_LARGE';
}

/** What was unpacked, and how many bytes it took: the rest of the input belongs to somebody else. */
interface Unpacked {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Pieces in which it is unpacked: a small object must not cost a large one's memory. */
const pieceBytes = { least: 512, most: 65_536 } as const;

/**
 * Unpacks one stream. What follows it is not looked at.
 * @param options.maxOutputLength - more than this is not unpacked
 * @param options.info - whether the answer says where the stream ended
 * @throws an error, with the code ERR_BUFFER_TOO_LARGE where it would be longer
 */
export function inflateSync(bytes: Uint8Array, options: { readonly maxOutputLength: number; readonly info?: boolean }): Buffer | Unpacked {
  const { maxOutputLength } = options;
  const inflator = new Inflate({ chunkSize: Math.min(Math.max(maxOutputLength + 1, pieceBytes.least), pieceBytes.most) });
  const pieces: Uint8Array[] = [];
  let length = 0;
  inflator.onData = (piece) => {
    length += piece.length;
    // The library knows no other way out of its loop.
    if (length > maxOutputLength) throw new TooLarge(`it unpacks to more than ${maxOutputLength} bytes`);
    pieces.push(piece);
  };
  inflator.push(bytes, false);
  if (inflator.err !== 0) throw new Error(inflator.msg === '' ? 'incorrect data' : inflator.msg);
  if (!inflator.ended) throw new Error('unexpected end of file');
  const buffer = Buffer.concat(pieces, length);
  return options.info === true ? { buffer, engine: { bytesWritten: inflator.strm.next_in } } : buffer;
}

/** Packs bytes as one stream. */
export function deflateSync(bytes: Uint8Array, options: { readonly level?: number } = {}): Buffer {
  return Buffer.from(deflate(bytes, { level: options.level ?? -1 }));
}

/** The remainders of CRC-32 by byte (RFC 1952 section 8), its polynomial with the lowest power first. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum CRC-32 of bytes, as a number of 32 bits. @param before - the one of what stands in front of them */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  for (const byte of bytes) value = (value >>> 8) ^ (remainders[(value ^ byte) & 255] ?? 0);
  return ~value >>> 0;
}
