// Builds a git pack of whole objects, version 2, without deltas: gitformat-pack(5). Reading packs is left to git.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { GitObject, ObjectKind } from './object.ts';
import { quickDeflate, quickDeflateInto, quickDeflateRoom } from './quick-deflate.ts';

const kindNumber: Readonly<Record<ObjectKind, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** Packs objects in the order given. @returns the bytes of one pack, checksum included */
export function buildPack(objects: readonly GitObject[]): Uint8Array {
  const header = Buffer.alloc(packHeadBytes);
  header.write('PACK', 0, 'latin1');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const parts: Uint8Array[] = [header];
  let length = packHeadBytes;
  for (const object of objects) {
    for (const part of packEntry(object)) {
      parts.push(part);
      length += part.length;
    }
  }
  const pack = Buffer.concat(parts, length + checksumBytes);
  createHash('sha1').update(pack.subarray(0, length)).digest().copy(pack, length);
  return pack;
}

/** Bytes before the first entry of a pack: name, version, number of objects. */
export const packHeadBytes = 12;
const checksumBytes = 20;
/** Sizes below 2^53. */
const entryHeadBytesMax = 8;

/**
 * Joins packs into one: their entries stand one behind the other, and are not looked at. An entry that names another one by its distance stays as it is.
 * @returns undefined where one of them has another sum or version than it should, or claims more objects
 */
export function joinPacks(packs: readonly Buffer[], objectsMax: number): Uint8Array | undefined {
  let objectsCount = 0;
  const head = Buffer.from('PACK\0\0\0\u0002\0\0\0\0', 'latin1');
  for (const pack of packs) {
    const end = pack.length - checksumBytes;
    if (end < packHeadBytes || !pack.subarray(0, 8).equals(head.subarray(0, 8)) || pack.readUInt32BE(8) > objectsMax) return undefined;
    if (!createHash('sha1').update(pack.subarray(0, end)).digest().equals(pack.subarray(end))) return undefined;
    objectsCount += pack.readUInt32BE(8);
  }
  head.writeUInt32BE(objectsCount, 8);
  const body = Buffer.concat([head, ...packs.map((pack) => pack.subarray(packHeadBytes, -checksumBytes))]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

/** One entry of a pack, in parts: its head, and its content compressed. @param effort - `quick`: what was cut from large files is packed as fast as zlib can */
export function packEntry(object: GitObject, effort: 'usual' | 'quick' = 'usual'): readonly Uint8Array[] {
  const { bytes } = object;
  if (effort === 'usual') return [entryHead(object), compressed(bytes)];
  const quick = deflateSync(bytes, { level: 1, chunkSize: bytes.length + 64 });
  if (quick.length < bytes.length || bytes.length > storedBlockMax) return [entryHead(object), quick];
  // Images and recordings are often compressed already. They are not copied: both forms end with the same sum of the bytes.
  return [entryHead(object), putStoredHead(bytes.length, Buffer.alloc(7), 0), bytes, quick.subarray(-4)];
}

/** A stored block says its length in 16 bits. */
const storedBlockMax = 65_535;

/** Up to here a tree of one file is no shorter when it is compressed, and setting the compressor up takes longer than all else. */
const storedBytesMax = 64;

/** Commits and lines of events are mostly hashes: trying harder finds nothing more in them. */
const quickBytesMax = 4_096;

/** What `putSmallEntry` writes into, at most. */
export const smallEntryBytesMax: number = quickDeflateRoom(quickBytesMax) + entryHeadBytesMax;

/**
 * Writes the entry of a small object where it is to stand, so that nothing is allocated for it.
 * @param target - has room for `smallEntryBytesMax` from `at` on
 * @returns where the entry ends, or undefined where `packEntry` has to make it
 */
export function putSmallEntry(object: GitObject, target: Buffer, at: number): number | undefined {
  const { bytes } = object;
  if (bytes.length > quickBytesMax) return undefined;
  const from = putEntryHead(object, target, at);
  return bytes.length <= storedBytesMax ? putStored(bytes, target, from) : quickDeflateInto(bytes, target, from);
}

function compressed(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= storedBytesMax) return stored(bytes);
  return (bytes.length <= quickBytesMax ? quickDeflate(bytes) : undefined) ?? deflateSync(bytes);
}

/** What is around bytes that are stored as they are. */
const aroundStored = 11;

function stored(bytes: Uint8Array): Uint8Array {
  const whole = Buffer.allocUnsafe(bytes.length + aroundStored);
  putStored(bytes, whole, 0);
  return whole;
}

function putStoredHead(length: number, target: Buffer, at: number): Buffer {
  target[at] = 0x78;
  target[at + 1] = 0x01;
  target[at + 2] = 0x01;
  target.writeUInt16LE(length, at + 3);
  target.writeUInt16LE(length ^ 0xffff, at + 5);
  return target;
}

/** Bytes as they are, in the form of something compressed: RFC 1950 around one stored block of RFC 1951 section 3.2.4. @returns where it ends */
function putStored(bytes: Uint8Array, target: Buffer, at: number): number {
  putStoredHead(bytes.length, target, at);
  target.set(bytes, at + 7);
  return target.writeUInt32BE(adler32(bytes), at + 7 + bytes.length);
}

/** RFC 1950 section 8. The sums of what a stored block can hold are exact without being reduced in between. */
function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (let index = 0; index < bytes.length; index += 1) {
    low += bytes[index] ?? 0;
    high += low;
  }
  return (high % 65_521) * 65_536 + (low % 65_521);
}

function entryHead(object: GitObject): Uint8Array {
  const head = Buffer.allocUnsafe(entryHeadBytesMax);
  return head.subarray(0, putEntryHead(object, head, 0));
}

/** Kind in bits 4-6 of the first byte, size in 4 bits and then 7 bits per byte, least significant first. @returns where the head ends */
function putEntryHead(object: GitObject, target: Buffer, at: number): number {
  let size = object.bytes.length;
  let byte = (kindNumber[object.kind] << 4) | (size & 0x0f);
  size = Math.floor(size / 16);
  let end = at;
  while (size > 0) {
    target[end++] = byte | 0x80;
    byte = size & 0x7f;
    size = Math.floor(size / 128);
  }
  target[end++] = byte;
  return end;
}
