// The body of a request, whole before any work begins: a slow peer holds a connection and nothing else. Small ones stay in memory, large ones go to a file.
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { naming } from '../git/write-whole.ts';

/** Larger bodies go to a file. */
const memoryBytesMax = 1_048_576;

/** A body that has arrived. */
export type Spooled =
  | {
      readonly kind: 'whole';
      readonly bytesCount: number;
      /** The first bytes, as many as are kept in memory. */
      readonly head: () => Buffer;
      /** All from a place on. */
      readonly open: (from?: number) => Readable;
      readonly drop: () => void;
    }
  | { readonly kind: 'too large' }
  | { readonly kind: 'broken off' };

/** Reads a body to its end. @param bounds.folder - where a file may be made; it is on the disk of the ledger */
export async function spool(input: Readable, bounds: { readonly bytesMax: number; readonly folder: string }): Promise<Spooled> {
  const parts: Buffer[] = [];
  let bytesCount = 0;
  const source = input[Symbol.asyncIterator]();
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      const part: unknown = next.value;
      if (!(part instanceof Buffer)) continue;
      parts.push(part);
      bytesCount += part.length;
      if (bytesCount > memoryBytesMax) return await toFile(parts, source, bounds);
    }
  } catch (error) {
    if (isBroken(error)) return { kind: 'broken off' };
    throw error;
  }
  const whole = Buffer.concat(parts);
  const open = (from = 0): Readable => Readable.from(from < whole.length ? [whole.subarray(from)] : []);
  return { kind: 'whole', bytesCount, head: () => whole, open, drop: () => undefined };
}

async function toFile(
  parts: readonly Buffer[],
  source: AsyncIterator<unknown>,
  bounds: { readonly bytesMax: number; readonly folder: string },
): Promise<Spooled> {
  const folder = mkdtempSync(join(bounds.folder, 'gdo-spool-'));
  const file = join(folder, 'body');
  const drop = (): void => rmSync(folder, { recursive: true, force: true });
  let bytesCount = 0;
  let isOver = false;
  const all = async function* (): AsyncGenerator<Buffer> {
    for (const part of parts) {
      bytesCount += part.length;
      yield part;
    }
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      const part: unknown = next.value;
      if (!(part instanceof Buffer)) continue;
      bytesCount += part.length;
      isOver = bytesCount > bounds.bytesMax;
      if (isOver) return;
      yield part;
    }
  };
  try {
    await pipeline(all, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    drop();
    if (isBroken(error)) return { kind: 'broken off' };
    throw naming(error, file);
  }
  if (isOver) {
    drop();
    return { kind: 'too large' };
  }
  const head = Buffer.concat(parts);
  return { kind: 'whole', bytesCount, head: () => head, open: (from = 0) => createReadStream(file, { start: from }), drop };
}

/** A peer that goes away in the middle is no failure of ours. */
function isBroken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR')
  );
}
