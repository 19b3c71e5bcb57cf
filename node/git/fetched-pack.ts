// Measures a fetched pack before the library may unpack it (gitformat-pack(5)): what each object and all of them will take, how long its chains of deltas are, and that each
// delta makes what it claims. It gives no content away and trusts no size that the pack states about itself.
import { inflateAt } from './inflate.ts';
import { objectBytesMax } from './object-reader.ts';
import { judgeSizes, type ObjectSize } from './pack-budgets.ts';

/** Whether a pack may be unpacked in memory. `broken`: git would not read it either. */
export type FetchedMeasure =
  | { readonly kind: 'within' }
  | { readonly kind: 'over'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string };

/** All that a pack unpacks to lies in the memory of a program or a tab; a node's own budget is four times as much and on a disk. */
const bytesMax = 256 * 1024 * 1024;
/** Git makes chains of 50, and made some of 250 when it was asked to try hard. */
const chainMax = 256;
/** The library keeps each step of a delta until it puts them together: a hundred bytes for one that stands for a single byte. */
const stepsMax = { ofDelta: 262_144, ofPack: 8_388_608 } as const;
/** Name, version, number of objects; and the checksum at the end. */
const headBytes = 12;
const checksumBytes = 20;
/** A size or an offset in more bytes than this is beyond any pack. */
const digitsMax = 8;

class Broken extends Error {}

interface Entry {
  readonly size: number;
  /** How many deltas lead to it. */
  readonly depth: number;
}

interface ReadEntry {
  readonly entry: Entry;
  /** Bytes that are unpacked for it: its own, and those of the delta that makes it. */
  readonly bytes: number;
  readonly steps: number;
  readonly end: number;
}

/** Measures a pack whose checksum holds. */
export function measureFetchedPack(pack: Uint8Array): FetchedMeasure {
  try {
    const sizes: ObjectSize[] = [];
    let [bytesCount, stepsCount, at] = [0, 0, headBytes];
    const entries = new Map<number, Entry>();
    const count = new DataView(pack.buffer, pack.byteOffset, pack.byteLength).getUint32(8);
    for (let index = 0; index < count; index += 1) {
      const read = readEntry(pack, at, entries);
      if (typeof read === 'string') return { kind: 'over', reason: read };
      entries.set(at, read.entry);
      sizes.push({ bytes: read.entry.size, onDisk: read.end - at, isWhole: read.entry.depth === 0 });
      bytesCount += read.bytes;
      stepsCount += read.steps;
      if (bytesCount > bytesMax) return { kind: 'over', reason: `without git at most ${bytesMax} bytes are unpacked` };
      if (stepsCount > stepsMax.ofPack) return { kind: 'over', reason: `its deltas have at most ${stepsMax.ofPack} steps` };
      at = read.end;
    }
    if (at !== pack.length - checksumBytes) return { kind: 'broken', reason: 'it holds more than it says' };
    const measure = judgeSizes(sizes);
    return measure.kind === 'over' ? measure : { kind: 'within' };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { kind: 'broken', reason: error.message };
  }
}

const [offsetDelta, firstKind, lastKind] = [6, 1, 4];

/** Reads one object. @returns what it will be, or which budget it is over */
function readEntry(pack: Uint8Array, start: number, before: ReadonlyMap<number, Entry>): ReadEntry | string {
  const body = pack.subarray(0, pack.length - checksumBytes);
  let at = start;
  const next = (): number => {
    const byte = body[at];
    if (byte === undefined) throw new Broken('it ends in the middle of an object');
    at += 1;
    return byte;
  };
  const first = next();
  const kind = (first >> 4) & 7;
  let claimed = first & 0x0f;
  for (let byte = first, unit = 16, digits = 0; byte >= 0x80; unit *= 128, digits += 1) {
    if (digits > digitsMax) throw new Broken('the size of an object has no end');
    byte = next();
    claimed += (byte & 0x7f) * unit;
  }
  if (claimed > objectBytesMax) return `an object has at most ${objectBytesMax} bytes`;
  const base = kind === offsetDelta ? before.get(start - readOffset(next)) : undefined;
  // Deltas of an object that is named by its id are for packs that lack their base: nobody was asked for such a one.
  if (kind !== offsetDelta && (kind < firstKind || kind > lastKind)) throw new Broken(`it holds an object of the unasked kind ${kind}`);
  if (kind === offsetDelta && base === undefined) throw new Broken('a delta has no base');
  const inflated = inflateAt(body, at, claimed);
  if (inflated.kind !== 'ok') throw new Broken(inflated.kind === 'broken' ? inflated.reason : 'an object is longer than it says');
  if (inflated.content.length !== claimed) throw new Broken('an object is shorter than it says');
  if (base === undefined) return { entry: { size: claimed, depth: 0 }, bytes: claimed, steps: 0, end: inflated.end };
  if (base.depth >= chainMax) return `a chain of deltas has at most ${chainMax} of them`;
  const made = readDelta(inflated.content, base.size);
  if (typeof made === 'string') return made;
  return { entry: { size: made.size, depth: base.depth + 1 }, bytes: claimed + made.size, steps: made.steps, end: inflated.end };
}

/** An offset is written with the highest digits first, and each further digit adds one. */
function readOffset(next: () => number): number {
  let byte = next();
  let offset = byte & 0x7f;
  for (let digits = 0; byte >= 0x80; digits += 1) {
    if (digits > digitsMax) throw new Broken('an offset has no end');
    byte = next();
    offset = (offset + 1) * 128 + (byte & 0x7f);
  }
  return offset;
}

/** What a delta makes of its base, step by step without making it. @returns its size and its steps, or which budget it is over */
function readDelta(delta: Uint8Array, baseSize: number): { readonly size: number; readonly steps: number } | string {
  let at = 0;
  const next = (): number => {
    const byte = delta[at];
    if (byte === undefined) throw new Broken('a delta ends in the middle');
    at += 1;
    return byte;
  };
  const size = (): number => {
    let value = 0;
    for (let unit = 1, digits = 0, byte = 0x80; byte >= 0x80; unit *= 128, digits += 1) {
      if (digits > digitsMax) throw new Broken('a size in a delta has no end');
      byte = next();
      value += (byte & 0x7f) * unit;
    }
    return value;
  };
  if (size() !== baseSize) throw new Broken('a delta is for another base');
  const result = size();
  if (result > objectBytesMax) return `an object has at most ${objectBytesMax} bytes`;
  let [made, steps] = [0, 0];
  while (at < delta.length) {
    steps += 1;
    if (steps > stepsMax.ofDelta) return `a delta has at most ${stepsMax.ofDelta} steps`;
    made += stepBytes(next, baseSize, (count) => {
      at += count;
      if (at > delta.length) throw new Broken('a delta ends in the middle');
    });
    // A step of one byte can copy 64 KiB: whoever believes the result's size first collects millions of them.
    if (made > result) throw new Broken('a delta makes more than it says');
  }
  if (made !== result) throw new Broken('a delta makes less than it says');
  return { size: result, steps };
}

/** One step of a delta: so many bytes of its own, or of the base. */
function stepBytes(next: () => number, baseSize: number, skip: (count: number) => void): number {
  const step = next();
  if (step === 0) throw new Broken('a delta has a step that nobody knows');
  if (step < 0x80) {
    skip(step);
    return step;
  }
  let [from, length] = [0, 0];
  for (let bit = 0; bit < 4; bit += 1) if ((step & (1 << bit)) !== 0) from += next() * 256 ** bit;
  for (let bit = 0; bit < 3; bit += 1) if ((step & (16 << bit)) !== 0) length += next() * 256 ** bit;
  if (length === 0) length = 65_536;
  if (from + length > baseSize) throw new Broken('a delta copies what its base does not have');
  return length;
}
