// Writes one pack with its index as the objects come, without holding them: gitformat-pack(5), versions 2, no deltas. Git itself is not asked, and sees the pack
// from the moment its index has its name.
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolders } from './make-folders.ts';
import type { GitObject } from './object.ts';
import { PackRows } from './pack-index.ts';
import { packEntry, packHeadBytes, putSmallEntry, smallEntryBytesMax } from './pack.ts';
import { syncFolder } from './sync-folder.ts';
import { beginUnfinished } from './unfinished.ts';
import { writeWholeAt } from './write-whole.ts';

/** Written in one go. */
const bufferBytes = 256 * 1024;

/** A pack that is on the disk. `rank` says at which place of the index each object stands, in the order of writing. */
export interface WrittenPack {
  readonly indexPath: string;
  readonly rank: Uint32Array;
}

/** A pack that is being written. Until `close` nothing of it is visible; a process that is killed leaves a file that the sweep of leftovers knows. */
export interface PackWriter {
  /** Adds an object. @param id - its id, 20 bytes; no object twice */
  readonly add: (object: GitObject, id: Uint8Array) => void;
  readonly bytesCount: () => number;
  readonly objectsCount: () => number;
  /** Finishes the pack: it is on the disk when this returns. */
  readonly close: () => WrittenPack;
  /** Forgets it. */
  readonly discard: () => void;
}

/** Begins a pack in a folder `objects/pack`. @param content - `cut`: pieces of large files, which are compressed as fast as zlib can */
export function packWriter(folder: string, content: 'cut' | 'ledger'): PackWriter {
  const { draft, file, keep, drop } = beginDraft(folder);
  const buffer = Buffer.allocUnsafe(bufferBytes);
  const rows = new PackRows();
  let [used, flushed] = [0, 0];
  const path = `${draft}.pack`;
  const flush = (): void => {
    writeWholeAt(file, buffer.subarray(0, used), { path, position: flushed });
    flushed += used;
    used = 0;
  };
  const put = (bytes: Uint8Array): void => {
    if (used + bytes.length > bufferBytes) flush();
    if (bytes.length > bufferBytes) {
      writeWholeAt(file, bytes, { path, position: flushed });
      flushed += bytes.length;
    } else {
      buffer.set(bytes, used);
      used += bytes.length;
    }
  };
  put(packHead(0));
  return {
    add: (object, id) => {
      if (used + smallEntryBytesMax > bufferBytes) flush();
      const end = content === 'ledger' ? putSmallEntry(object, buffer, used) : undefined;
      if (end !== undefined) {
        rows.add(id, crc32(buffer.subarray(used, end)), flushed + used);
        used = end;
        return;
      }
      const parts = packEntry(object, content === 'cut' && object.kind === 'blob' ? 'quick' : 'usual');
      rows.add(
        id,
        parts.reduce((sum, part) => crc32(part, sum), 0),
        flushed + used,
      );
      for (const part of parts) put(part);
    },
    bytesCount: () => flushed + used,
    objectsCount: () => rows.count,
    discard: drop,
    close: () => {
      let isWhole = false;
      try {
        flush();
        writeWholeAt(file, packHead(rows.count), { path, position: 0 });
        const sum = sumOf(file, flushed);
        writeWholeAt(file, sum, { path, position: flushed });
        fsyncSync(file);
        const { bytes, rank } = rows.index(sum);
        const name = join(folder, `pack-${sum.toString('hex')}`);
        publish(draft, name, bytes);
        syncFolder(folder);
        isWhole = true;
        return { indexPath: `${name}.idx`, rank };
      } finally {
        if (isWhole) keep();
        else drop();
      }
    },
  };
}

/** Opens the file of a pack. `keep`: both files have their names; `drop`: neither is needed. */
function beginDraft(folder: string): { readonly draft: string; readonly file: number; readonly keep: () => void; readonly drop: () => void } {
  makeFolders(folder);
  // The name is one that the sweep of leftovers knows.
  const draft = join(folder, `tmp_gdo_${randomBytes(8).toString('hex')}`);
  const halves = [`${draft}.pack`, `${draft}.idx`];
  const finished = beginUnfinished(...halves);
  const file = openSync(`${draft}.pack`, 'wx+', 0o444);
  const keep = (): void => {
    closeSync(file);
    finished();
  };
  const drop = (): void => {
    for (const half of halves) rmSync(half, { force: true });
    keep();
  };
  return { draft, file, keep, drop };
}

/** Writes the index, and gives both files their names. The index makes a pack visible, so it comes last. */
function publish(draft: string, name: string, indexBytes: Buffer): void {
  const path = `${draft}.idx`;
  const index = openSync(path, 'wx', 0o444);
  writeWholeAt(index, indexBytes, { path, position: 0 });
  fsyncSync(index);
  closeSync(index);
  renameSync(`${draft}.pack`, `${name}.pack`);
  renameSync(`${draft}.idx`, `${name}.idx`);
}

function packHead(count: number): Buffer {
  const head = Buffer.alloc(packHeadBytes);
  head.write('PACK', 0, 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(count, 8);
  return head;
}

/** The checksum that ends a pack. The number of objects stands in front of it, so that it is known only at the end. */
function sumOf(file: number, length: number): Buffer {
  const sum = createHash('sha1');
  const part = Buffer.allocUnsafe(bufferBytes);
  for (let at = 0; at < length;) {
    const count = readSync(file, part, 0, Math.min(part.length, length - at), at);
    sum.update(part.subarray(0, count));
    at += count;
  }
  return sum.digest();
}
