// Packs that nobody should unpack, built byte by byte, and a server that sends them to whoever fetches. It tests nothing itself.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deflateSync } from 'node:zlib';
import { flushPacket, packetOf } from '../../../node/git/packet.ts';

/** One pack and the code it ends in. */
export interface Bomb {
  readonly name: string;
  readonly code: 'GDO4011' | 'GDO5024';
  readonly pack: () => Uint8Array;
}

const mebibyte = 1024 * 1024;
const blobKind = 3;
const deltaKind = 6;

/** The head of an entry: kind in three bits, size in four and then seven bits each. */
function entryHead(kind: number, size: number): Buffer {
  const bytes: number[] = [];
  let [byte, rest] = [(kind << 4) | (size % 16), Math.floor(size / 16)];
  for (; rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
  }
  return Buffer.from([...bytes, byte]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** The way back to the base of a delta, the highest digits first. */
function offset(back: number): Buffer {
  const bytes = [back % 128];
  for (let rest = Math.floor(back / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1;
    bytes.unshift((rest % 128) | 0x80);
  }
  return Buffer.from(bytes);
}

/** Puts entries together. @param claimed - how many the head speaks of */
function packOf(entries: readonly Uint8Array[], claimed = entries.length): Uint8Array {
  const head = Buffer.from('PACK\0\0\0\u0002\0\0\0\0', 'latin1');
  head.writeUInt32BE(claimed, 8);
  const body = Buffer.concat([head, ...entries]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

function blob(content: Uint8Array, claimed = content.length): Buffer {
  return Buffer.concat([entryHead(blobKind, claimed), deflateSync(content)]);
}

function delta(back: number, content: Uint8Array): Buffer {
  return Buffer.concat([entryHead(deltaKind, content.length), offset(back), deflateSync(content)]);
}

/** A base of 1 MiB that is no zeros, and deltas behind it that each copy all of it over and over. */
function multiplied(result: number, deltas: number): Uint8Array {
  const base = blob(
    Buffer.from(
      Array.from({ length: mebibyte / 4 }, (_, index) => (index * 2_654_435_761) >>> 0).flatMap((one) => [
        one >>> 24,
        (one >>> 16) & 255,
        (one >>> 8) & 255,
        one & 255,
      ]),
    ),
  );
  // One byte that copies the first 64 KiB of the base.
  const steps = Buffer.alloc(result / 65_536, 0x80);
  const whole = Buffer.concat([varint(mebibyte), varint(result), steps]);
  const entries: Buffer[] = [base];
  let length = base.length;
  for (let index = 0; index < deltas; index += 1) {
    const one = delta(length, whole);
    length += one.length;
    entries.push(one);
  }
  return packOf(entries);
}

/** What packs of strangers can be. */
export const bombs: readonly Bomb[] = [
  { name: 'an object that says it has a gibibyte', code: 'GDO4011', pack: () => packOf([blob(Buffer.alloc(16), 1024 * mebibyte)]) },
  { name: 'sixteen mebibytes of zeros in sixteen kibibytes', code: 'GDO4011', pack: () => packOf([blob(Buffer.alloc(16 * mebibyte))]) },
  { name: 'an object longer than it says', code: 'GDO5024', pack: () => packOf([blob(Buffer.alloc(64 * mebibyte), 8)]) },
  { name: 'deltas that make a gibibyte of one mebibyte', code: 'GDO4011', pack: () => multiplied(16 * mebibyte, 64) },
  { name: 'a delta that says less than it makes', code: 'GDO5024', pack: () => packOf(lying()) },
  { name: 'a delta of millions of steps', code: 'GDO4011', pack: () => packOf(stepped()) },
  { name: 'a chain of a thousand deltas', code: 'GDO4011', pack: () => packOf(chained(1000)) },
  { name: 'a delta whose base is itself', code: 'GDO5024', pack: () => packOf([delta(0, Buffer.concat([varint(1), varint(1), Buffer.from([0x80])]))]) },
  { name: 'a number of objects beyond any ledger', code: 'GDO4011', pack: () => packOf([blob(Buffer.from('x'))], 1_000_000_000) },
  { name: 'fewer objects than it says', code: 'GDO5024', pack: () => packOf([blob(Buffer.from('x'))], 2) },
];

function lying(): readonly Buffer[] {
  const base = blob(Buffer.alloc(65_536, 'base'));
  return [base, delta(base.length, Buffer.concat([varint(65_536), varint(65_536), Buffer.alloc(15 * mebibyte, 0x80)]))];
}

function stepped(): readonly Buffer[] {
  const base = blob(Buffer.alloc(65_536, 'base'));
  const count = 4 * mebibyte;
  // Each step brings one byte of its own.
  return [base, delta(base.length, Buffer.concat([varint(65_536), varint(count), Buffer.alloc(2 * count, Buffer.from([1, 65]))]))];
}

function chained(count: number): readonly Buffer[] {
  const entries = [blob(Buffer.from('a'))];
  for (let index = 0; index < count; index += 1)
    entries.push(delta(entries.at(-1)?.length ?? 0, Buffer.concat([varint(1 + index), varint(2 + index), copy(1 + index), Buffer.from([1, 66])])));
  return entries;
}

/** Copies so many bytes from the start of the base. */
function copy(length: number): Buffer {
  return Buffer.from([0x80 | 0x30, length % 256, Math.floor(length / 256)]);
}

/** Answers as git's web backend does, with one ref and this pack for whatever is asked. */
export function serveBomb(path: string, pack: Uint8Array): Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> {
  const id = '1'.repeat(40);
  const list = Buffer.concat([
    packetOf('# service=git-upload-pack\n'),
    flushPacket,
    packetOf(`${id} refs/gdo/genesis\0side-band-64k ofs-delta\n`),
    flushPacket,
  ]);
  const pieces: Uint8Array[] = [packetOf('NAK\n')];
  for (let at = 0; at < pack.length; at += 65_000) {
    const piece = pack.subarray(at, at + 65_000);
    pieces.push(Buffer.from((piece.length + 5).toString(16).padStart(4, '0'), 'latin1'), Buffer.from([1]), piece);
  }
  const answer = Buffer.concat([...pieces, flushPacket]);
  return {
    [`${path}/info/refs`]: (_, response) => void response.end(list),
    [`${path}/git-upload-pack`]: (request, response) => {
      request.resume();
      response.end(answer);
    },
  };
}
