// Cuts a stream of bytes into chunks: one buffer, filled again and again, whatever the length of the stream. It stores nothing.
import { chunkBytesMax, chunkEnd } from '../../engine/index.ts';

/** Bytes that come one after the other. `read` fills the front of what it is given and says how far; 0 is the end. */
export interface ByteSource {
  readonly read: (into: Uint8Array) => Promise<number> | number;
}

/** Large enough that reading costs little, and with room for the longest chunk that is not whole yet. */
const bufferBytes = 1024 * 1024;

/**
 * Reads a source to its end. `read` hears of bytes as they come, `chunk` of each chunk in order; both see the buffer itself, which is used again afterwards.
 * @returns how many bytes there were
 */
export async function cutSource(
  source: ByteSource,
  hear: { readonly read: (bytes: Uint8Array) => void; readonly chunk: (bytes: Uint8Array) => void },
): Promise<number> {
  const buffer = Buffer.alloc(bufferBytes);
  let [start, end, total] = [0, 0, 0];
  for (;;) {
    const count = await source.read(buffer.subarray(end));
    if (count === 0) break;
    hear.read(buffer.subarray(end, end + count));
    end += count;
    total += count;
    // A chunk is cut only where all of it is here that decides on its end.
    for (let cut; end - start >= chunkBytesMax; start = cut) {
      cut = chunkEnd(buffer, start, end);
      hear.chunk(buffer.subarray(start, cut));
    }
    if (end === buffer.length) {
      buffer.copyWithin(0, start, end);
      end -= start;
      start = 0;
    }
  }
  for (let cut; start < end; start = cut) {
    cut = chunkEnd(buffer, start, end);
    hear.chunk(buffer.subarray(start, cut));
  }
  return total;
}
