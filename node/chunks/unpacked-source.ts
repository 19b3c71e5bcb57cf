// What is inside a layer, as it lies in an archive: plain, in gzip or in Zstandard. It is given up where it unpacks to far more than it is.
import { isZstd, unzstdSource } from '../zstd/unzstd-source.ts';
import type { ByteSource } from './cut-source.ts';
import { gunzipSource } from './gunzip-source.ts';
import { tarRefusal } from './tar-reader.ts';

/** A compressed layer may be this many times smaller than what is in it; gzip itself reaches 1,032, and Zstandard 32,768. */
const ratioMax = 200;
/** Below this a ratio says nothing. */
const ratioFromBytes: number = 16 * 1024 * 1024;
const headBytes = 4;

/** The bytes inside a layer of `size` bytes. @throws WorldError GDO3012 by a read: damaged, or unpacking to more than 200 times its size */
export async function unpackedSource(source: ByteSource, size: number): Promise<ByteSource> {
  const head = Buffer.alloc(headBytes);
  let filled = 0;
  for (let count; filled < head.length && (count = await source.read(head.subarray(filled))) > 0;) filled += count;
  const first = head.subarray(0, filled);
  const whole = following(first, source);
  if (isZstd(first)) return bounded(unzstdSource(whole), size);
  return first[0] === 0x1f && first[1] === 0x8b ? bounded(gunzipSource(whole), size) : whole;
}

function bounded(source: ByteSource, size: number): ByteSource {
  let total = 0;
  return {
    read: async (into) => {
      const count = await source.read(into);
      total += count;
      if (total > ratioFromBytes && total > ratioMax * size) throw tarRefusal(`a layer of ${size} bytes unpacks to more than ${ratioMax} times as many`);
      return count;
    },
  };
}

function following(first: Buffer, source: ByteSource): ByteSource {
  let rest = first;
  return {
    read: (into) => {
      if (rest.length === 0) return source.read(into);
      const part = rest.subarray(0, into.length);
      into.set(part);
      rest = rest.subarray(part.length);
      return part.length;
    },
  };
}
