// Builds a git pack of whole objects, version 2, without deltas: gitformat-pack(5). Reading packs is left to git.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { GitObject, ObjectKind } from './object.ts';

const kindNumber: Readonly<Record<ObjectKind, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** Packs objects in the order given. @returns the bytes of one pack, checksum included */
export function buildPack(objects: readonly GitObject[]): Uint8Array {
  const header = Buffer.alloc(12);
  header.write('PACK', 0, 'latin1');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const body = Buffer.concat([header, ...objects.flatMap((object) => [entryHeader(object), deflateSync(object.bytes)])]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

/** Kind in bits 4-6 of the first byte, size in 4 bits and then 7 bits per byte, least significant first. */
function entryHeader(object: GitObject): Uint8Array {
  let size = object.bytes.length;
  let byte = (kindNumber[object.kind] << 4) | (size & 0x0f);
  size = Math.floor(size / 16);
  const bytes: number[] = [];
  while (size > 0) {
    bytes.push(byte | 0x80);
    byte = size & 0x7f;
    size = Math.floor(size / 128);
  }
  bytes.push(byte);
  return Uint8Array.from(bytes);
}
