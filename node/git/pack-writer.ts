// Writes one pack with its index as the objects come, without holding them: gitformat-pack(5), versions 2, no deltas. Git itself is not asked, and sees the pack
// from the moment its index has its name.
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { GitObject } from './object.ts';
import { packEntry, packHeadBytes } from './pack.ts';
import { syncFolder } from './sync-folder.ts';

/** Written in one go. */
const bufferBytes = 256 * 1024;
const idBytes = 20;

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

/** Begins a pack in a folder `objects/pack`. */
export function packWriter(folder: string): PackWriter {
  mkdirSync(folder, { recursive: true });
  // The name is one that the sweep of leftovers knows.
  const draft = join(folder, `tmp_gdo_${randomBytes(8).toString('hex')}`);
  const file = openSync(`${draft}.pack`, 'wx+', 0o444);
  const buffer = Buffer.allocUnsafe(bufferBytes);
  const ids: Buffer[] = [];
  const sums: number[] = [];
  const offsets: number[] = [];
  let [used, flushed] = [0, 0];
  const flush = (): void => {
    writeAll(file, buffer.subarray(0, used), flushed);
    flushed += used;
    used = 0;
  };
  const put = (bytes: Uint8Array): void => {
    if (used + bytes.length > bufferBytes) flush();
    if (bytes.length > bufferBytes) {
      writeAll(file, bytes, flushed);
      flushed += bytes.length;
    } else {
      buffer.set(bytes, used);
      used += bytes.length;
    }
  };
  put(packHead(0));
  const drop = (): void => {
    closeSync(file);
    for (const end of ['pack', 'idx']) rmSync(`${draft}.${end}`, { force: true });
  };
  return {
    add: (object, id) => {
      const [head, content] = packEntry(object, object.kind === 'blob' ? 'quick' : 'usual');
      ids.push(Buffer.from(id));
      sums.push(crc32(content, crc32(head)));
      offsets.push(flushed + used);
      put(head);
      put(content);
    },
    bytesCount: () => flushed + used,
    objectsCount: () => ids.length,
    discard: drop,
    close: () => {
      let isWhole = false;
      try {
        flush();
        writeAll(file, packHead(ids.length), 0);
        const sum = sumOf(file, flushed);
        writeAll(file, sum, flushed);
        fsyncSync(file);
        const { bytes, rank } = indexOf({ ids, sums, offsets }, sum);
        const index = openSync(`${draft}.idx`, 'wx', 0o444);
        writeAll(index, bytes, 0);
        fsyncSync(index);
        closeSync(index);
        const name = join(folder, `pack-${sum.toString('hex')}`);
        renameSync(`${draft}.pack`, `${name}.pack`);
        // The index makes a pack visible, so it comes last.
        renameSync(`${draft}.idx`, `${name}.idx`);
        syncFolder(folder);
        isWhole = true;
        return { indexPath: `${name}.idx`, rank };
      } finally {
        if (isWhole) closeSync(file);
        else drop();
      }
    },
  };
}

function packHead(count: number): Buffer {
  const head = Buffer.alloc(packHeadBytes);
  head.write('PACK', 0, 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(count, 8);
  return head;
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, position + at);
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

/** Writes the index, version 2: how many ids begin with each byte or a smaller one, ids, CRC-32 of entries, offsets; both checksums. */
function indexOf(
  pack: { readonly ids: readonly Buffer[]; readonly sums: readonly number[]; readonly offsets: readonly number[] },
  sum: Buffer,
): { readonly bytes: Buffer; readonly rank: Uint32Array } {
  const count = pack.ids.length;
  const order = pack.ids.map((_, index) => index).toSorted((left, right) => Buffer.compare(pack.ids[left] ?? sum, pack.ids[right] ?? sum));
  const rank = new Uint32Array(count);
  const bytes = Buffer.alloc(8 + 1_024 + count * (idBytes + 8) + 2 * idBytes);
  bytes.writeUInt32BE(0xff744f63, 0);
  bytes.writeUInt32BE(2, 4);
  const counts = new Uint32Array(256);
  for (const [place, index] of order.entries()) {
    const id = pack.ids[index] ?? sum;
    rank[index] = place;
    counts[id[0] ?? 0] = (counts[id[0] ?? 0] ?? 0) + 1;
    bytes.set(id, 1_032 + place * idBytes);
    bytes.writeUInt32BE(pack.sums[index] ?? 0, 1_032 + count * idBytes + place * 4);
    // A pack of ours stays far below 2 GiB, where offsets would need eight bytes.
    bytes.writeUInt32BE(pack.offsets[index] ?? 0, 1_032 + count * (idBytes + 4) + place * 4);
  }
  let total = 0;
  for (const [byte, some] of counts.entries()) bytes.writeUInt32BE((total += some), 8 + byte * 4);
  sum.copy(bytes, bytes.length - 2 * idBytes);
  createHash('sha1')
    .update(bytes.subarray(0, -idBytes))
    .digest()
    .copy(bytes, bytes.length - idBytes);
  return { bytes, rank };
}
