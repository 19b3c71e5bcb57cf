// Cuts a stream of bytes into chunks and has them hashed: a ring of blocks, filled again and again, whatever the length of the stream. While one block is filled, the one
// before it is cut, and those before that are hashed by other threads. What begins as a tar archive is also cut at its members. It stores nothing.
import { chunkBytesMax, cutterName, invariant, tarCutterName, TarMarks } from '../../engine/index.ts';
import { hashingHere, hashingThreads, type Hashing, type HashJob } from './block-hashes.ts';
import { quickCutter, tableBytes } from './quick-cutter.ts';

/** Bytes that come one after the other. `read` fills the front of what it is given and says how far; 0 is the end. */
export interface ByteSource {
  readonly read: (into: Uint8Array) => Promise<number> | number;
}

/**
 * One chunk, by places in memory that is used again afterwards: its bytes are those from `from` on before `end`, `name` is where its SHA-256 stands, `id` where git's id of it
 * as a blob does, undefined where nobody asked for it.
 */
export interface CutChunk {
  readonly memory: Buffer;
  readonly from: number;
  readonly end: number;
  readonly name: number;
  readonly id: number | undefined;
}

/** What hears of a content as it is cut: how many bytes were read; and each chunk, in order. `wantsIds` is asked of each block, before its chunks are heard of. */
export interface CutListener {
  readonly read: (bytesCount: number) => void;
  readonly wantsIds: () => boolean;
  readonly chunk: (chunk: CutChunk, cutter: string) => void;
}

const [idBytes, nameBytes] = [20, 32];

/** Read in one go. */
const blockBytes = 1024 * 1024;
/** A content that fits into the ring is hashed without other threads, which take a while to start. */
const blocksCount = 6;
/**
 * Before the bytes of a block there is room for what was not cut of the block before it.
 * Chunks of a block are at most one for 2,048 bytes, and two more for each member of an archive, which has 2,560 bytes at least.
 */
const carryBytes = chunkBytesMax;
const chunksMost = Math.ceil((blockBytes + carryBytes) / 512);
const blockStride = carryBytes + blockBytes + chunksMost * (4 + idBytes + nameBytes);

/** One block of the ring: its job, and when the sums of it are there. */
interface CutBlock {
  readonly job: HashJob;
  readonly cutter: string;
  hashed: Promise<void>;
}

/** The ring: memory, what of it is cut and not heard of yet, and who hashes it. */
class CutRing {
  readonly all: Buffer;
  private readonly memory: SharedArrayBuffer;
  private readonly chunkEnd: (from: number, end: number) => number;
  private readonly marks = new TarMarks();
  private readonly waiting: CutBlock[] = [];
  private hashing: Hashing | undefined;
  private threads: Hashing | undefined;
  /** Where the next chunk begins: in the memory, and in the content. */
  private start: number = placeOf(0);
  private startOffset = 0;

  constructor() {
    const { memory, chunkEnd } = quickCutter(tableBytes + blocksCount * blockStride);
    this.memory = memory;
    this.chunkEnd = chunkEnd;
    this.all = Buffer.from(memory);
  }

  /** Starts the threads, which takes them a while. */
  startThreads(): void {
    this.threads = hashingThreads(this.memory);
  }

  /** Whether no block can be filled before one was heard of. */
  isFull(): boolean {
    return this.waiting.length === blocksCount - 1;
  }

  /** Cuts what lies from the last cut on to the end of a block, up to where a chunk could be longer than what is here. */
  cut(block: number, filled: number, { place, withIds }: { readonly place: 'more' | 'last'; readonly withIds: boolean }): void {
    const end = placeOf(block) + filled;
    this.marks.take(this.all.subarray(end - filled, end));
    const numbers = placeOf(block) + blockBytes;
    const ends = new Uint32Array(this.memory, numbers, chunksMost);
    const from = this.start;
    let count = 0;
    while (this.start < end) {
      const mark = this.marks.next(this.startOffset);
      const limit = mark === undefined ? end : Math.min(end, this.start + mark - this.startOffset);
      // A chunk is cut only where all of it is here that decides on its end.
      if (place === 'more' && limit === end && limit - this.start < chunkBytesMax) break;
      const next = this.chunkEnd(this.start, limit);
      this.startOffset += next - this.start;
      this.start = next;
      invariant(count < chunksMost, 'a block has no more chunks than its bytes allow');
      ends[count] = next;
      count += 1;
    }
    const ids = numbers + chunksMost * 4;
    const job = { from, count, ends: numbers, ids, names: ids + chunksMost * idBytes, withIds };
    const waiting = { job, cutter: this.marks.isTar === true ? tarCutterName : cutterName, hashed: Promise.resolve() };
    this.waiting.push(waiting);
    if (this.hashing !== undefined) hashBlock(this.hashing, waiting);
  }

  /** Puts what was not cut of a block before the next one. */
  carry(block: number, filled: number): void {
    const end = placeOf(block) + filled;
    const next = placeOf(block + 1) - (end - this.start);
    this.all.copy(this.all, next, this.start, end);
    this.start = next;
  }

  /** Hears of the block that was cut first. @param where - who hashes from now on, if nobody does yet */
  async take(hear: CutListener, where: (memory: SharedArrayBuffer) => Hashing): Promise<void> {
    if (this.hashing === undefined) {
      this.hashing = this.threads ?? where(this.memory);
      for (const block of this.waiting) hashBlock(this.hashing, block);
    }
    const block = this.waiting.shift();
    if (block === undefined) return;
    await block.hashed;
    const { job } = block;
    let from = job.from;
    const ends = new Uint32Array(this.memory, job.ends, job.count);
    for (let index = 0; index < job.count; index += 1) {
      const end = ends[index] ?? from;
      const id = job.withIds ? job.ids + index * idBytes : undefined;
      hear.chunk({ memory: this.all, from, end, name: job.names + index * nameBytes, id }, block.cutter);
      from = end;
    }
  }

  /** Hears of all that is left. @returns the SHA-256 of the content */
  async finish(hear: CutListener): Promise<string> {
    while (this.waiting.length > 0) await this.take(hear, hashingHere);
    invariant(this.hashing !== undefined, 'every content has a block, if an empty one');
    return this.hashing.whole();
  }

  async end(): Promise<void> {
    await Promise.all([this.hashing?.end(), this.threads?.end()]);
  }
}

function placeOf(block: number): number {
  return tableBytes + (block % blocksCount) * blockStride + carryBytes;
}

function hashBlock(hashing: Hashing, block: CutBlock): void {
  block.hashed = hashing.hash(block.job);
  // Whoever waits for the block hears of it.
  block.hashed.catch(() => undefined);
}

/** A cut that has begun. */
export interface BegunCut {
  /** Reads a source to its end. @returns the SHA-256 of all of it, in hexadecimal digits */
  readonly run: (source: ByteSource, hear: CutListener) => Promise<string>;
  /** Lets go of the threads. */
  readonly end: () => Promise<void>;
}

/** Gets ready to cut a content. @param bytesCount - how much of it there is: for one that is larger than the ring, threads start before the first byte comes; 0 where it is not known */
export function beginCut(bytesCount: number): BegunCut {
  const ring = new CutRing();
  if (bytesCount > blocksCount * blockBytes) ring.startThreads();
  return { run: (source, hear) => cutSource(ring, source, hear), end: () => ring.end() };
}

async function cutSource(ring: CutRing, source: ByteSource, hear: CutListener): Promise<string> {
  const fillBlock = (block: number): Promise<number> => {
    const filling = fill(source, ring.all.subarray(placeOf(block), placeOf(block) + blockBytes), hear);
    // It is waited for below, if nothing else goes wrong before.
    filling.catch(() => undefined);
    return filling;
  };
  let filled = await fillBlock(0);
  if (filled < blockBytes) ring.cut(0, filled, { place: 'last', withIds: hear.wantsIds() });
  for (let block = 0; filled === blockBytes; block += 1) {
    if (ring.isFull()) await ring.take(hear, hashingThreads);
    // The next block is filled while this one is cut.
    const next = fillBlock(block + 1);
    ring.cut(block, filled, { place: 'more', withIds: hear.wantsIds() });
    const more = await next;
    ring.carry(block, filled);
    if (more < blockBytes) ring.cut(block + 1, more, { place: 'last', withIds: hear.wantsIds() });
    filled = more;
  }
  return ring.finish(hear);
}

/** Fills a block. @returns how many bytes there were: less than a block only at the end of the content */
async function fill(source: ByteSource, block: Uint8Array, hear: CutListener): Promise<number> {
  let filled = 0;
  while (filled < block.length) {
    const count = await source.read(block.subarray(filled));
    if (count === 0) break;
    filled += count;
    hear.read(count);
  }
  return filled;
}
