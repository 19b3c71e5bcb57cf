// What a content in chunks is made of, as text: one line of canonical JSON, and one line per chunk (node.md section 6, docs/decisions/0155). Bytes in and out; no git.
import { chunkBytesMax, cutterName, decodeCanonical, encodeCanonical, isHex64, tarCutterName } from '../../engine/index.ts';

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

/** Collects the lines of one manifest. */
export class ChunkLines implements ChunkList {
  count = 0;
  bytesCount = 0;
  readonly hashes: Buffer = Buffer.alloc(linesMax * hashBytes);
  readonly sizes: Float64Array = new Float64Array(linesMax);

  add(hash: Uint8Array, size: number): void {
    this.hashes.set(hash, this.count * hashBytes);
    this.sizes[this.count] = size;
    this.count += 1;
    this.bytesCount += size;
  }
}

/** The hash of one line, 32 bytes. */
export function hashAt(list: ChunkList, index: number): Buffer {
  return list.hashes.subarray(index * hashBytes, (index + 1) * hashBytes);
}

/** Writes a manifest. Pure. */
export function encodeManifest({ kind, cutter, chunks, sha256, size, list }: ContentManifest): Uint8Array {
  const head = { chunks, cutter, ...(kind === 'large' ? { level: 1 } : {}), ...(kind === 'part' ? {} : { sha256 }), size, v: 1 };
  const first = Buffer.concat([encodeCanonical(head), Buffer.from('\n')]);
  const bytes = Buffer.alloc(first.length + list.count * lineBytesMax);
  let at = first.copy(bytes);
  for (let index = 0; index < list.count; index += 1)
    at += bytes.write(`${list.hashes.toString('hex', index * hashBytes, (index + 1) * hashBytes)} ${list.sizes[index] ?? 0}\n`, at, 'latin1');
  return bytes.subarray(0, at);
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
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < text.length;) {
    const end = text.indexOf(0x0a, at);
    if (end < 0 || end - at > 80 || lines.count === linesMax) return undefined;
    const match = /^([0-9a-f]{64}) ([1-9][0-9]{0,11})$/.exec(text.toString('latin1', at, end));
    if (match === null || Number(match[2]) > sizeMost) return undefined;
    lines.add(Buffer.from(match[1] ?? '', 'hex'), Number(match[2]));
    at = end + 1;
  }
  return lines;
}
