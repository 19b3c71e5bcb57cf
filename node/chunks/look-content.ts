// Looks at the chunks of a content that lies here, from one on and as far as is allowed, and says which are not what they should be. It writes nothing.
import type { Repository } from '../git/repository.ts';
import type { WantedChunk } from './bring-pieces.ts';
import { hashAt } from './content-manifest.ts';
import { chunksOf, partsOf, type OpenContent } from './content-parts.ts';

/** What was seen. `next`: the chunk after the last one looked at, or undefined at the end; `unnamed`: chunks that no tree here names. */
export interface ContentLook {
  readonly next: number | undefined;
  readonly bytes: number;
  readonly wrong: readonly WantedChunk[];
  readonly unnamed: number;
}

/** Where to begin, how many bytes to read at most, and who hears each chunk that is right. */
export interface LookRange {
  readonly from: number;
  readonly bytesMost: number;
  readonly hear?: (bytes: Uint8Array) => void;
}

/** Looks at a content. @throws WorldError GDO4030 where a part of it cannot be read */
export async function lookAtContent(repository: Repository, content: OpenContent, { from, bytesMost, hear }: LookRange): Promise<ContentLook> {
  const wrong = new Map<string, WantedChunk>();
  let [unnamed, bytes, before] = [0, 0, 0];
  for await (const part of partsOf(repository, content)) {
    const first = Math.max(0, from - before);
    let index = first;
    if (first < part.list.count) {
      for await (const chunk of chunksOf(repository, part, first)) {
        const size = part.list.sizes[index] ?? 0;
        const id = part.idOf(index);
        if (chunk.kind === 'ok') hear?.(chunk.bytes);
        else if (id === undefined) unnamed += 1;
        else wrong.set(id, { id, name: Buffer.from(hashAt(part.list, index)), size });
        index += 1;
        bytes += size;
        if (bytes < bytesMost) continue;
        const next = before + index;
        return { next: next < content.chunks ? next : undefined, bytes, wrong: [...wrong.values()], unnamed };
      }
    }
    before += part.list.count;
  }
  return { next: undefined, bytes, wrong: [...wrong.values()], unnamed };
}
