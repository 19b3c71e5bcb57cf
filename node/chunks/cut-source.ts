// Cuts a stream of bytes into chunks: one buffer, filled again and again, whatever the length of the stream. What begins as a tar archive is also cut at its members.
// It stores nothing.
import { chunkBytesMax, chunkEnd, cutterName, tarCutterName, TarMarks } from '../../engine/index.ts';

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
  hear: { readonly read: (bytes: Uint8Array) => void; readonly chunk: (bytes: Uint8Array, cutter: string) => void },
): Promise<number> {
  const buffer = Buffer.alloc(bufferBytes);
  const marks = new TarMarks();
  /** Where the buffer begins in the content, and what of it is not cut yet. */
  let [base, start, end] = [0, 0, 0];
  const cutTo = (isEnd: boolean): void => {
    while (start < end) {
      const mark = marks.next(base + start);
      const limit = mark === undefined ? end : Math.min(end, mark - base);
      // A chunk is cut only where all of it is here that decides on its end.
      if (!isEnd && limit === end && limit - start < chunkBytesMax) return;
      const cut = chunkEnd(buffer, start, limit);
      hear.chunk(buffer.subarray(start, cut), marks.isTar === true ? tarCutterName : cutterName);
      start = cut;
    }
  };
  for (;;) {
    const count = await source.read(buffer.subarray(end));
    if (count === 0) break;
    hear.read(buffer.subarray(end, end + count));
    marks.take(buffer.subarray(end, end + count));
    end += count;
    cutTo(false);
    if (end === buffer.length) {
      buffer.copyWithin(0, start, end);
      base += start;
      end -= start;
      start = 0;
    }
  }
  cutTo(true);
  return base + end;
}
