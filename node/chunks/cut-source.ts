// Cuts a stream of bytes into chunks and has them hashed: a ring of blocks, filled again and again, whatever the length of the stream. While one block is filled and cut, those
// before it are hashed by another thread, and whoever cuts helps with that before it waits. What begins as a tar archive is also cut at its members. It stores nothing.
import * as crypto from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { chunkBytesMax, cutterName, invariant, tarCutterName, TarMarks } from '../../engine/index.ts';
import { ringControls, ringForm, ringHasher, ringRow, ringThreadText, type RingForm, type RingHasher } from './block-hashes.ts';
import { quickCutter, tableBytes } from './quick-cutter.ts';
import type { SideThread } from './side-thread.ts';

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

/** Read in one go: it still lies near when it is cut. */
const blockBytes = 256 * 1024;
/** A content that fits into the ring is hashed without another thread, which takes a while to start. */
const blocksCount = 24;
/**
 * A chunk may begin in the block before the one in which it ends. Blocks stand one behind the other, and before the first one there is room for what was not cut of the last one.
 * Chunks of a block are at most one for 2,048 bytes, and two more for each member of an archive, which has 2,560 bytes at least.
 */
const carryBytes = chunkBytesMax;
const chunksMost = Math.ceil((blockBytes + carryBytes) / 512);
const bytesAt: number = tableBytes + carryBytes;
const form: RingForm = ringForm({ from: bytesAt + blocksCount * blockBytes, blocks: blocksCount, chunksMost });
/** Blocks that were cut and not heard of: one is being filled, and the last chunk of the one before that may begin in the next. */
const waitingMost = blocksCount - 2;
/** How long a wait for the thread may be before it is looked whether the thread is still there. */
const waitMs = 5;
/** Others who run here have their turn after so many blocks. */
const blocksBetweenTurns = 4;

const placeOf = (block: number): number => bytesAt + (block % blocksCount) * blockBytes;

/** The ring: memory, what of it is cut and not heard of yet, and who hashes it. */
class CutRing {
  readonly all: Buffer;
  private readonly memory: SharedArrayBuffer;
  private readonly counts: Int32Array;
  private readonly chunkEnd: (from: number, end: number) => number;
  private readonly marks = new TarMarks();
  private readonly hasher: RingHasher;
  private readonly thread: SideThread;
  /** What the thread came to, once it is asked for; undefined while everything is hashed here. */
  private beside: Promise<void> | undefined;
  private failure: { readonly error: unknown } | undefined;
  /** Blocks that were cut, and those that were heard of; by place, with which cutter. */
  private cutCount = 0;
  private heardCount = 0;
  private readonly cutters: string[] = [];
  /** Where the next chunk begins: in the memory, and in the content. */
  private start: number = placeOf(0);
  private startOffset = 0;

  constructor(thread: SideThread) {
    const { memory, chunkEnd } = quickCutter(form.end);
    this.memory = memory;
    this.chunkEnd = chunkEnd;
    this.thread = thread;
    this.all = Buffer.from(memory);
    this.counts = new Int32Array(memory, form.controls, ringControls.count + blocksCount * ringRow.count);
    this.hasher = ringHasher(crypto, { memory, form, controls: ringControls, row: ringRow });
  }

  /** Has a thread hash from now on. It takes what was cut before, too. */
  startThread(): void {
    this.beside = this.thread.run(ringThreadText(), { memory: this.memory, form, controls: ringControls, row: ringRow });
    this.beside.catch((error: unknown) => (this.failure = { error }));
  }

  /** Whether no block can be filled before one was heard of. */
  isFull(): boolean {
    return this.cutCount - this.heardCount >= waitingMost;
  }

  /** Cuts what lies from the last cut on to the end of a block, up to where a chunk could be longer than what is here. */
  cut(block: number, filled: number, { place, withIds }: { readonly place: 'more' | 'last'; readonly withIds: boolean }): void {
    const at = block % blocksCount;
    const end = placeOf(block) + filled;
    this.marks.take(this.all.subarray(end - filled, end));
    const ends = new Uint32Array(this.memory, form.numbers + at * form.numbersBytes, chunksMost);
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
    const row = rowOf(block);
    this.counts[row + ringRow.from] = from;
    this.counts[row + ringRow.chunks] = count;
    this.counts[row + ringRow.withIds] = withIds ? 1 : 0;
    this.cutters[at] = this.marks.isTar === true ? tarCutterName : cutterName;
    // From here on the thread may read all that was written before.
    Atomics.store(this.counts, row + ringRow.names, 0);
    this.cutCount += 1;
    Atomics.store(this.counts, ringControls.cut, this.cutCount);
    this.call();
  }

  /** Puts what was not cut of the last block of the ring before the first one. */
  carry(block: number): void {
    if ((block + 1) % blocksCount !== 0) return;
    const end = placeOf(block) + blockBytes;
    const next = placeOf(0) - (end - this.start);
    this.all.copy(this.all, next, this.start, end);
    this.start = next;
  }

  /** Hears of the block that was cut first. */
  async take(hear: CutListener): Promise<void> {
    const block = this.heardCount;
    const [row, at] = [rowOf(block), block % blocksCount];
    if (this.beside === undefined) {
      this.hasher.pass(at);
      this.hasher.names(at);
    } else await this.waitUntil(() => Atomics.load(this.counts, ringControls.passed) > block && Atomics.load(this.counts, row + ringRow.names) === 2);
    const numbers = form.numbers + at * form.numbersBytes;
    const [ids, names] = [numbers + form.idsFrom, numbers + form.namesFrom];
    const [from = 0, count = 0, withIds] = this.counts.subarray(row, row + ringRow.count);
    const ends = new Uint32Array(this.memory, numbers, count);
    let start = from;
    for (let index = 0; index < count; index += 1) {
      const end = ends[index] ?? start;
      const id = withIds === 1 ? ids + index * idBytes : undefined;
      hear.chunk({ memory: this.all, from: start, end, name: names + index * nameBytes, id }, this.cutters[at] ?? cutterName);
      start = end;
    }
    this.heardCount += 1;
  }

  /** Hears of all that is left. @returns the SHA-256 of the content */
  async finish(hear: CutListener): Promise<string> {
    // The thread goes on to its end while this one hears.
    Atomics.store(this.counts, ringControls.ended, 1);
    this.call();
    while (this.heardCount < this.cutCount) await this.take(hear);
    if (this.beside === undefined) return this.hasher.whole().toString('hex');
    await this.waitUntil(() => Atomics.load(this.counts, ringControls.ended) === 2);
    return this.all.toString('hex', form.sum, form.sum + nameBytes);
  }

  private call(): void {
    Atomics.add(this.counts, ringControls.called, 1);
    Atomics.notify(this.counts, ringControls.called);
  }

  /** Makes sums of the chunks that nobody has begun with, until the thread is so far. */
  private async waitUntil(isSoFar: () => boolean): Promise<void> {
    for (;;) {
      const moved = Atomics.load(this.counts, ringControls.moved);
      if (isSoFar()) return;
      if (this.hashOne()) continue;
      if (Atomics.wait(this.counts, ringControls.moved, moved, waitMs) !== 'timed-out') continue;
      await setImmediate();
      if (this.failure !== undefined) throw this.failure.error;
    }
  }

  private hashOne(): boolean {
    for (let block = this.heardCount; block < this.cutCount; block += 1) if (this.hasher.names(block % blocksCount)) return true;
    return false;
  }
}

/** Where the row of a block stands among the controls. */
function rowOf(block: number): number {
  return ringControls.count + (block % blocksCount) * ringRow.count;
}

/** A cut that has begun. */
export interface BegunCut {
  /** Reads a source to its end. @returns the SHA-256 of all of it, in hexadecimal digits */
  readonly run: (source: ByteSource, hear: CutListener) => Promise<string>;
}

/**
 * Gets ready to cut a content.
 * @param bytesCount - how much of it there is: for one that is larger than the ring, the thread starts before the first byte comes; 0 where it is not known
 * @param thread - hashes what is large; whoever asked ends it
 */
export function beginCut(bytesCount: number, thread: SideThread): BegunCut {
  const ring = new CutRing(thread);
  const isLarge = bytesCount > blocksCount * blockBytes;
  if (isLarge) ring.startThread();
  return { run: (source, hear) => cutSource(ring, { source, hear, isLarge }) };
}

interface Cutting {
  readonly source: ByteSource;
  readonly hear: CutListener;
  /** Whether the thread runs. */
  readonly isLarge: boolean;
}

async function cutSource(ring: CutRing, { source, hear, isLarge }: Cutting): Promise<string> {
  const fillBlock = (block: number): Promise<number> | number => {
    const filling = fill(source, ring.all.subarray(placeOf(block), placeOf(block) + blockBytes), hear);
    // It is waited for below, if nothing else goes wrong before.
    if (typeof filling !== 'number') filling.catch(() => undefined);
    return filling;
  };
  let hasThread = isLarge;
  let filled = await fillBlock(0);
  if (filled < blockBytes) ring.cut(0, filled, { place: 'last', withIds: hear.wantsIds() });
  for (let block = 0; filled === blockBytes; block += 1) {
    if (ring.isFull()) {
      if (!hasThread) ring.startThread();
      hasThread = true;
      await ring.take(hear);
    }
    // A source that takes its time fills the next block while this one is cut.
    const next = fillBlock(block + 1);
    ring.cut(block, filled, { place: 'more', withIds: hear.wantsIds() });
    ring.carry(block);
    const more = typeof next === 'number' ? next : await next;
    if (more < blockBytes) ring.cut(block + 1, more, { place: 'last', withIds: hear.wantsIds() });
    if (block % blocksBetweenTurns === 0) await setImmediate();
    filled = more;
  }
  return ring.finish(hear);
}

/** Fills a block, at once where the source answers at once. @returns how many bytes there were: less than a block only at the end of the content */
function fill(source: ByteSource, block: Uint8Array, hear: CutListener): Promise<number> | number {
  for (let filled = 0; filled < block.length;) {
    const count = source.read(block.subarray(filled));
    if (typeof count !== 'number') return fillOn(source, { block, filled, reading: count }, hear);
    if (count === 0) return filled;
    filled += count;
    hear.read(count);
  }
  return block.length;
}

interface Filling {
  readonly block: Uint8Array;
  readonly filled: number;
  readonly reading: Promise<number>;
}

async function fillOn(source: ByteSource, { block, filled: before, reading }: Filling, hear: CutListener): Promise<number> {
  let filled = before;
  for (let count = await reading; count > 0; count = await source.read(block.subarray(filled))) {
    filled += count;
    hear.read(count);
    if (filled === block.length) break;
  }
  return filled;
}
