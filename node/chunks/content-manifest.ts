// What a content in chunks is made of, as text: one line of canonical JSON, and one line per chunk (node.md section 6, docs/decisions/0155). Bytes in and out; no git.
import { chunkBytesMax, cutterName, decodeCanonical, encodeCanonical, isHex64, tarCutterName } from '../../engine/index.ts';
import { putHex, takeHex } from './hex-digits.ts';

/** Chunks, or parts, that one manifest names at most. */
export const linesMax = 65_536;
/** A larger content would have more parts than one manifest names in practice, and its trees would be too large. */
export const contentBytesMax: number = 64 * 1024 ** 3;
/** A full manifest has 4.7 MB. */
export const manifestBytesMax: number = 6 * 1024 * 1024;

const hashBytes = 32;
/** A name in hexadecimal digits, a blank, a size of at most twelve digits, a line feed. */
const lineBytesMax = 64 + 1 + 12 + 1;

/** Cutters that manifests may name. A reader needs none of them: it follows the list. */
const cutters: readonly string[] = [cutterName, tarCutterName];

/** A list of chunks or of parts, packed: 32 bytes of SHA-256 and a size for each. */
export interface ChunkList {
  readonly count: number;
  readonly hashes: Buffer;
  readonly sizes: Float64Array;
}

/**
 * One manifest. `content`: names chunks. `large`: names manifests of parts, each of which names chunks. `part`: one of those; what it is a part of it does not say.
 * `sha256` and `size` are those of the bytes that it stands for; a part has no hash of its own.
 */
export interface ContentManifest {
  readonly kind: 'content' | 'large' | 'part';
  readonly cutter: string;
  /** Chunks of the whole, of a part those in it. */
  readonly chunks: number;
  readonly sha256: string;
  readonly size: number;
  readonly list: ChunkList;
}

/** Where a SHA-256 or a git id stands. */
export interface SumPlace {
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** Copies so many bytes from one place to another: in a loop, for what is this short. Pure but for those. */
export function copySum(from: SumPlace, to: SumPlace, count: number): void {
  for (let index = 0; index < count; index += 1) to.bytes[to.at + index] = from.bytes[from.at + index] ?? 0;
}

/** Collects the lines of one manifest. */
export class ChunkLines implements ChunkList {
  count = 0;
  bytesCount = 0;
  readonly hashes: Buffer = Buffer.alloc(linesMax * hashBytes);
  readonly sizes: Float64Array = new Float64Array(linesMax);

  add(hash: SumPlace, size: number): void {
    copySum(hash, { bytes: this.hashes, at: this.count * hashBytes }, hashBytes);
    this.sizes[this.count] = size;
    this.count += 1;
    this.bytesCount += size;
  }

  clear(): void {
    this.count = 0;
    this.bytesCount = 0;
  }
}

/** The hash of one line, 32 bytes. */
export function hashAt(list: ChunkList, index: number): Buffer {
  return list.hashes.subarray(index * hashBytes, (index + 1) * hashBytes);
}

/** The lines of different chunks in the order of their names: of equal ones the first. Pure. */
export function linesByName({ hashes, count }: ChunkList): Uint32Array {
  const compare = (left: number, right: number): number =>
    hashes.compare(hashes, right * hashBytes, (right + 1) * hashBytes, left * hashBytes, (left + 1) * hashBytes) || left - right;
  // The first four bytes tell almost all names apart: numbers of them, each with its line behind, are sorted without a function.
  const starts = new Float64Array(count);
  for (let index = 0; index < count; index += 1) starts[index] = firstOf(hashes, index) * linesMax + index;
  const order = new Uint32Array(count);
  starts.sort();
  for (let place = 0; place < count; place += 1) order[place] = (starts[place] ?? 0) % linesMax;
  let length = 0;
  for (let from = 0, to = 0; from < count; from = to) {
    const first = firstOf(hashes, order[from] ?? 0);
    for (to = from + 1; to < count && firstOf(hashes, order[to] ?? 0) === first; to += 1) continue;
    if (to - from > 1) order.subarray(from, to).sort(compare);
    for (let place = from; place < to; place += 1) {
      const line = order[place] ?? 0;
      if (place === from || !sameName(hashes, order[length - 1] ?? 0, line)) order[length++] = line;
    }
  }
  return order.subarray(0, length);
}

function firstOf(hashes: Uint8Array, line: number): number {
  const at = line * hashBytes;
  return (((hashes[at] ?? 0) << 24) | ((hashes[at + 1] ?? 0) << 16) | ((hashes[at + 2] ?? 0) << 8) | (hashes[at + 3] ?? 0)) >>> 0;
}

function sameName(hashes: Buffer, left: number, right: number): boolean {
  return hashes.compare(hashes, right * hashBytes, (right + 1) * hashBytes, left * hashBytes, (left + 1) * hashBytes) === 0;
}

/** The place of a name among lines in the order of their names, or undefined where none has it. Pure. @param name - 32 bytes */
export function placeOfName({ hashes }: ChunkList, order: Uint32Array, name: Uint8Array): number | undefined {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = (order[middle] ?? 0) * hashBytes;
    const difference = hashes.compare(name, 0, hashBytes, at, at + hashBytes);
    if (difference === 0) return middle;
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/** Writes a manifest. Pure. */
export function encodeManifest({ kind, cutter, chunks, sha256, size, list }: ContentManifest): Uint8Array {
  const head = { chunks, cutter, ...(kind === 'large' ? { level: 1 } : {}), ...(kind === 'part' ? {} : { sha256 }), size, v: 1 };
  const first = Buffer.concat([encodeCanonical(head), Buffer.from('\n')]);
  const bytes = Buffer.alloc(first.length + list.count * lineBytesMax);
  let at = first.copy(bytes);
  for (let index = 0; index < list.count; index += 1) {
    at = putHex(bytes, at, { bytes: list.hashes, from: index * hashBytes, count: hashBytes });
    bytes[at++] = blank;
    at = putNumber(bytes, at, list.sizes[index] ?? 0);
    bytes[at++] = lineFeed;
  }
  return bytes.subarray(0, at);
}

/** Writes a number from 0 on in decimal digits. @returns where they end */
function putNumber(bytes: Uint8Array, at: number, value: number): number {
  let end = at + 1;
  for (let rest = Math.floor(value / 10); rest > 0; rest = Math.floor(rest / 10)) end += 1;
  for (let place = end - 1, rest = value; place >= at; place -= 1, rest = Math.floor(rest / 10)) bytes[place] = zero + (rest % 10);
  return end;
}

/** Reads a manifest: exactly what `encodeManifest` writes. @returns one sentence that says what is wrong with any other bytes */
export function decodeManifest(bytes: Uint8Array): ContentManifest | string {
  const lineEnd = bytes.indexOf(0x0a);
  if (lineEnd < 0 || bytes.length > manifestBytesMax) return 'it is no manifest';
  const decoded = decodeCanonical(bytes.subarray(0, lineEnd));
  if (decoded.kind === 'refused') return `its first line is not canonical JSON: ${decoded.reason}`;
  const { chunks, cutter, level, sha256, size, v } = decoded.value;
  const unknown = Object.keys(decoded.value).find((key) => !['chunks', 'cutter', 'level', 'sha256', 'size', 'v'].includes(key));
  if (unknown !== undefined || v !== 1) return 'its first line has another form';
  if (typeof cutter !== 'string' || !cutters.includes(cutter)) return 'its cutter is not known';
  if (typeof size !== 'number' || size < 0 || size > contentBytesMax || typeof chunks !== 'number' || chunks < 0) return 'its size is no size';
  if (level !== undefined && level !== 1) return 'its level is not known';
  if (sha256 === undefined ? level !== undefined : !isHex64(sha256)) return 'it has no SHA-256';
  const kind = level === 1 ? 'large' : sha256 === undefined ? 'part' : 'content';
  const list = readLines(bytes.subarray(lineEnd + 1), kind === 'large' ? contentBytesMax : chunkBytesMax);
  if (list === undefined) return 'a line does not name a chunk and its size';
  if (list.bytesCount !== size || (kind === 'large' ? chunks < list.count : chunks !== list.count)) return 'its sizes do not add up';
  return { kind, cutter, chunks, sha256: isHex64(sha256) ? sha256 : '', size, list };
}

function readLines(bytes: Uint8Array, sizeMost: number): ChunkLines | undefined {
  const lines = new ChunkLines();
  const name = { bytes: Buffer.alloc(hashBytes), at: 0 };
  for (let at = 0; at < bytes.length;) {
    if (lines.count === linesMax || !takeHex(bytes, at, { bytes: name.bytes, from: 0, count: hashBytes }) || bytes[at + sizeAt - 1] !== blank) return undefined;
    let size = 0;
    const from = at + sizeAt;
    for (at = from; bytes[at] !== lineFeed; at += 1) {
      const digit = (bytes[at] ?? 0) - zero;
      // No digit, no size that begins with 0, and none that is too long.
      if (digit < 0 || digit > 9 || (digit === 0 && at === from) || size > sizeMost) return undefined;
      size = size * 10 + digit;
    }
    if (at === from || size > sizeMost) return undefined;
    lines.add(name, size);
    at += 1;
  }
  return lines;
}

/** Where the size stands in a line, and letters of ASCII. */
const sizeAt = 2 * hashBytes + 1;
const [blank, lineFeed, zero] = [0x20, 0x0a, 0x30];
