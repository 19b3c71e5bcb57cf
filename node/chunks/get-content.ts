// Gets a content out of a repository into a file: each chunk is held against its name, the whole against its SHA-256, and the file has its name only when all of it is
// there and on the disk. What a killed process wrote is looked at and used.
import { createHash, hash } from 'node:crypto';
import { closeSync, constants, fsyncSync, ftruncateSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { chunkBytesMax } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import type { Repository } from '../git/repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { chunksOf, openContent, partsOf, type ContentPart, type OpenContent } from './content-parts.ts';
import { hashAt } from './content-manifest.ts';
import { writeWholeAt } from '../git/write-whole.ts';

/** How it ended. `wanting`: so many chunks are not here, or are not what their names say. */
export type GotContent =
  | { readonly kind: 'ok'; readonly size: number; readonly chunks: number; readonly resumedBytes: number }
  | { readonly kind: 'wanting'; readonly missing: number; readonly damaged: number; readonly chunks: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'bad'; readonly reason: string };

/** Chunks that are not here, and that are not what their names say. */
export interface ChunkFaults {
  readonly missing: number;
  readonly damaged: number;
}

/** Hears the bytes of a content one after the other. */
export type Listener = (bytes: Uint8Array) => void | Promise<void>;

/**
 * Reads a content from its beginning. Stops hearing at the first chunk that is wanting and counts on.
 * @throws WorldError GDO4030 where what was heard is not the content although each chunk is
 */
export async function readContent(repository: Repository, content: OpenContent, hear: Listener): Promise<ChunkFaults> {
  const whole = createHash('sha256');
  const faults = { missing: 0, damaged: 0 };
  for await (const part of partsOf(repository, content)) {
    for await (const chunk of chunksOf(repository, part)) {
      if (chunk.kind !== 'ok') faults[chunk.kind] += 1;
      else if (faults.missing + faults.damaged === 0) {
        whole.update(chunk.bytes);
        await hear(chunk.bytes);
      }
    }
  }
  if (faults.missing + faults.damaged === 0 && whole.digest('hex') !== content.sha256) throw notTheContent(content);
  return faults;
}

/** Writes a content into a file, which is replaced where it is there. @param progress - hears how many bytes are done */
export async function getContent(
  repository: Repository,
  sha256: string,
  to: { readonly path: string; readonly progress?: (bytesCount: number, size: number) => void },
): Promise<GotContent> {
  const opened = await openContent(repository, sha256);
  if (opened.kind !== 'ok') return opened;
  const { content } = opened;
  const draft = join(dirname(to.path), `.${basename(to.path)}.gdo-${sha256.slice(0, 16)}`);
  // A link that somebody planted under the name is not followed.
  const file = openSync(draft, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  try {
    const written = await writeParts(repository, content, { file, path: draft, progress: (bytesCount) => to.progress?.(bytesCount, content.size) });
    if (written.missing + written.damaged > 0) {
      rmSync(draft, { force: true });
      return { kind: 'wanting', missing: written.missing, damaged: written.damaged, chunks: content.chunks };
    }
    if (written.sha256 !== sha256) {
      throw notTheContent(content);
    }
    ftruncateSync(file, content.size);
    fsyncSync(file);
    moveInto(draft, to.path, content.size);
    syncFolder(dirname(to.path));
    return { kind: 'ok', size: content.size, chunks: content.chunks, resumedBytes: written.resumedBytes };
  } catch (error) {
    // What is no content has no use; whatever else stopped it may be over at the next attempt.
    if (error instanceof WorldError) rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Another process that gets the same content to the same place writes the same bytes, and may be there first. */
function moveInto(draft: string, path: string, size: number): void {
  try {
    renameSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT' && statSync(path, { throwIfNoEntry: false })?.size === size)) throw error;
  }
}

interface Written extends ChunkFaults {
  readonly sha256: string;
  readonly resumedBytes: number;
}

async function writeParts(
  repository: Repository,
  content: OpenContent,
  to: { readonly file: number; readonly path: string; readonly progress: (bytesCount: number) => void },
): Promise<Written> {
  const whole = createHash('sha256');
  const faults = { missing: 0, damaged: 0 };
  let [at, resumedBytes] = [0, 0];
  for await (const part of partsOf(repository, content)) {
    // What stands in the file from an earlier attempt counts as far as each chunk of it is right.
    const first = at === resumedBytes ? wholeChunks(part, to.file, { at, hear: (bytes) => void whole.update(bytes) }) : { count: 0, bytesCount: 0 };
    at += first.bytesCount;
    resumedBytes += first.bytesCount;
    to.progress(at);
    for await (const chunk of chunksOf(repository, part, first.count)) {
      if (chunk.kind !== 'ok') {
        faults[chunk.kind] += 1;
        continue;
      }
      whole.update(chunk.bytes);
      writeWholeAt(to.file, chunk.bytes, { path: to.path, position: at });
      at += chunk.bytes.length;
      to.progress(at);
    }
  }
  return { ...faults, sha256: whole.digest('hex'), resumedBytes };
}

function wholeChunks(
  part: ContentPart,
  file: number,
  from: { readonly at: number; readonly hear: (bytes: Uint8Array) => void },
): { readonly count: number; readonly bytesCount: number } {
  const buffer = Buffer.alloc(chunkBytesMax);
  let [count, bytesCount] = [0, 0];
  for (; count < part.list.count; count += 1) {
    const size = part.list.sizes[count] ?? 0;
    const bytes = buffer.subarray(0, size);
    if (readSync(file, bytes, 0, size, from.at + bytesCount) !== size) break;
    if (!hash('sha256', bytes, 'buffer').equals(hashAt(part.list, count))) break;
    from.hear(bytes);
    bytesCount += size;
  }
  return { count, bytesCount };
}

/** What to say of a content whose chunks are whole and make another one. */
export function notTheContent(content: OpenContent): WorldError {
  return new WorldError(
    'GDO4030',
    `The chunks of content ${content.sha256.slice(0, 12)} are whole and do not make it: its manifest is false`,
    'drop it here and fetch it from another copy',
  );
}
