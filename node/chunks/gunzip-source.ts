// What is inside a gzip, as a source of bytes: read as fast as it is asked for, and given up where it unpacks to far more than it is.
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WorldError } from '../cli/command.ts';
import type { ByteSource } from './cut-source.ts';
import { passingBytes } from './passing-bytes.ts';
import { tarRefusal } from './tar-reader.ts';

/** A compressed layer may be this many times smaller than what is in it; gzip itself reaches 1,032. */
const ratioMax = 200;
/** Below this a ratio says nothing. */
const ratioFromBytes: number = 16 * 1024 * 1024;

/**
 * The bytes inside a gzip of `size` bytes. What is wrong with it is said by the next read, however late that comes.
 * @throws WorldError GDO3012 by a read: no gzip, cut off, or unpacking to more than 200 times its size
 */
export function gunzipSource(source: ByteSource, size: number): ByteSource {
  const gunzip = createGunzip();
  // An iterator listens from its first step on only, and a pipeline until its end: an error outside of both would end the process. Whoever reads is told it then.
  gunzip.on('error', () => undefined);
  pipeline(Readable.from(partsOf(source), { objectMode: false }), gunzip, () => undefined);
  const parts = gunzip[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);
  let total = 0;
  const pass = passingBytes('buffers');
  return {
    read: async (into) => {
      while (rest.length === 0) {
        const next = await parts.next().catch((error: unknown) => {
          throw error instanceof WorldError ? error : tarRefusal(`a layer is no gzip: ${error instanceof Error ? error.message : String(error)}`);
        });
        if (next.done === true) return 0;
        rest = Buffer.from(next.value);
      }
      const part = rest.subarray(0, into.length);
      into.set(part);
      rest = rest.subarray(part.length);
      total += part.length;
      pass(part.length);
      if (total > ratioFromBytes && total > ratioMax * size) throw tarRefusal(`a layer of ${size} bytes unpacks to more than ${ratioMax} times as many`);
      return part.length;
    },
  };
}

async function* partsOf(source: ByteSource): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(256 * 1024);
  for (let count; (count = await source.read(buffer)) > 0;) yield Buffer.from(buffer.subarray(0, count));
}
