// Unpacks one stream that lies among other bytes, no further than it may be, and says where it ended.
import { inflateSync } from 'node:zlib';

/** What a stream held, and where the bytes behind it begin; or why it could not be read. */
export type Inflated =
  | { readonly kind: 'ok'; readonly content: Uint8Array; readonly end: number }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken'; readonly reason: string };

/** Unpacks the stream that begins at a place. @param bytesMax - no more than this is unpacked */
export function inflateAt(bytes: Uint8Array, at: number, bytesMax: number): Inflated {
  try {
    const answer: unknown = inflateSync(bytes.subarray(at), { maxOutputLength: Math.max(bytesMax, 1), info: true });
    const { content, length } = partsOf(answer);
    return content.length > bytesMax ? { kind: 'too-large' } : { kind: 'ok', content, end: at + length };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large' };
    return { kind: 'broken', reason: error.message };
  }
}

/** The types of Node do not say that an answer with `info` has two parts. */
function partsOf(answer: unknown): { readonly content: Uint8Array; readonly length: number } {
  if (typeof answer === 'object' && answer !== null && 'buffer' in answer && 'engine' in answer) {
    const { buffer, engine } = answer;
    if (buffer instanceof Uint8Array && typeof engine === 'object' && engine !== null && 'bytesWritten' in engine)
      return { content: buffer, length: Number(engine.bytesWritten) };
  }
  throw new TypeError('zlib says where a stream ended');
}
