// What is inside a gzip, as a source of bytes: read as fast as it is asked for.
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WorldError } from '../cli/command.ts';
import type { ByteSource } from './cut-source.ts';
import { passingBytes } from './passing-bytes.ts';
import { tarRefusal } from './tar-reader.ts';

/** The bytes inside a gzip. What is wrong with it is said by the next read, however late that comes. @throws WorldError GDO3012 by a read: no gzip, or cut off */
export function gunzipSource(source: ByteSource): ByteSource {
  const gunzip = createGunzip();
  // An iterator listens from its first step on only, and a pipeline until its end: an error outside of both would end the process. Whoever reads is told it then.
  gunzip.on('error', () => undefined);
  pipeline(Readable.from(partsOf(source), { objectMode: false }), gunzip, () => undefined);
  const parts = gunzip[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);
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
      pass(part.length);
      return part.length;
    },
  };
}

async function* partsOf(source: ByteSource): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(256 * 1024);
  for (let count; (count = await source.read(buffer)) > 0;) yield Buffer.from(buffer.subarray(0, count));
}
