// A content of the repository as a source of bytes: each chunk held against its name as it comes, the whole against its SHA-256 at the end.
import { createHash } from 'node:crypto';
import { WorldError } from '../cli/command.ts';
import type { Repository } from '../git/repository.ts';
import { chunksOf, partsOf, type OpenContent } from './content-parts.ts';
import type { ByteSource } from './cut-source.ts';
import { notTheContent } from './get-content.ts';

/** Gives the bytes of a content in order. Reading @throws WorldError GDO4030 where a chunk is missing or damaged, or the manifest is false */
export function contentSource(repository: Repository, content: OpenContent): ByteSource {
  const chunks = bytesOf(repository, content);
  let ahead: Uint8Array = new Uint8Array(0);
  return {
    read: async (into) => {
      if (ahead.length === 0) {
        const next = await chunks.next();
        if (next.done === true) return 0;
        ahead = next.value;
      }
      const part = ahead.subarray(0, into.length);
      into.set(part);
      ahead = ahead.subarray(part.length);
      return part.length;
    },
  };
}

async function* bytesOf(repository: Repository, content: OpenContent): AsyncGenerator<Uint8Array, void> {
  const whole = createHash('sha256');
  for await (const part of partsOf(repository, content)) {
    for await (const chunk of chunksOf(repository, part)) {
      if (chunk.kind !== 'ok')
        throw new WorldError(
          'GDO4030',
          `A chunk of content ${content.sha256.slice(0, 12)} is ${chunk.kind} here`,
          'bring it from another copy:  gdo store verify --repair PEER',
        );
      whole.update(chunk.bytes);
      yield chunk.bytes;
    }
  }
  if (whole.digest('hex') !== content.sha256) throw notTheContent(content);
}
