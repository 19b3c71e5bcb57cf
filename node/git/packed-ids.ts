// Which objects lie in the packs of a repository: one table in memory for all packs, 32 bits of each id and where the whole id stands on the disk. Asking costs no
// process and, for what is new, no look at the disk. Loose objects and borrowed ones are not in it: a "no" only means that it may have to be written once more.
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const idBytes = 20;
/** Where the ids begin in an index of version 2: behind its head and the table of first bytes. */
const idsAt = 1_032;
/** Read in one go while the table is filled. */
const idsAtOnce = 8_192;
/** More objects than 64 GiB of content have: beyond, packs are not looked into. */
const objectsMax = 16_000_000;
const sizeLeast = 1_024;
const waitingMark = 0xffffffff;

/** Ids that were looked at are kept, up to this much of them: a look at the disk costs more than a hash. */
const heldBytesMost: number = 4 * 1024 * 1024;
/** Looks into one pack before that: where everything is new, some ids look by chance like one that is here. */
const looksLeast = 4;
/** More than 4 GB of content have. */
const expectedMost = 600_000;

interface Source {
  readonly path: string;
  readonly from: number;
  readonly file: number;
  readonly count: number;
  /** All its ids, once some were looked at and there was room. */
  held: Buffer | undefined;
  /** How often it was looked into. */
  looks: number;
  /** Whether something that was asked for lies in it. */
  isUsed: boolean;
}

/** The ids of packed objects. Ids are 20 bytes. */
export class PackedIds {
  /** 32 bits of an id; and 0 where nothing is, its place in all indexes plus one, or `waitingMark` less its number among those that wait. */
  private prints = new Uint32Array(sizeLeast);
  private marks = new Uint32Array(sizeLeast);
  private count = 0;
  private taken = 0;
  private readonly sources: Source[] = [];
  /** Objects of the pack that is being written, which have no index yet. */
  private waiting: Buffer[] = [];
  private readonly found: Buffer = Buffer.alloc(idBytes);
  private heldBytes = 0;

  /** Reads the indexes of a folder `objects/pack`. @param expected - how many may be added: tables that are made anew leave holes in the memory */
  constructor(folder: string, expected = 0) {
    for (const name of packIndexes(folder)) this.open(join(folder, name));
    // Room for all of them at once: what grows is filled again and again.
    let size = sizeLeast;
    while ((this.taken + Math.min(expected, expectedMost)) * 3 > size * 2) size *= 2;
    this.prints = new Uint32Array(size);
    this.marks = new Uint32Array(size);
    for (const source of this.sources) this.fill(source);
  }

  /** Whether an object is packed here, or waits for it. @param from - where its id begins in these bytes */
  has(id: Uint8Array, from = 0): boolean {
    const print = printOf(id, from);
    const mask = this.prints.length - 1;
    for (let slot = slotOf(print, mask); this.marks[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.prints[slot] === print && this.isAt(this.marks[slot] ?? 0, id, from)) return true;
    }
    return false;
  }

  /** Notes an object that is written into a pack now. */
  add(id: Uint8Array): void {
    this.insert(printOf(id, 0), waitingMark - this.waiting.length);
    this.waiting.push(Buffer.from(id));
  }

  /** The pack with all that waited has its index, in which each has its rank. */
  sealed(indexPath: string, rank: Uint32Array): void {
    const mask = this.prints.length - 1;
    for (const [index, id] of this.waiting.entries()) {
      let slot = slotOf(printOf(id, 0), mask);
      // INVARIANT: `add` put exactly this mark on the way that begins here.
      while (this.marks[slot] !== waitingMark - index) slot = (slot + 1) & mask;
      this.marks[slot] = this.taken + (rank[index] ?? 0) + 1;
    }
    this.sources.push({
      path: indexPath,
      from: this.taken,
      file: openSync(indexPath, 'r'),
      count: this.waiting.length,
      held: undefined,
      looks: 0,
      isUsed: true,
    });
    this.taken += this.waiting.length;
    this.waiting = [];
  }

  /** The indexes of packs in which something was found that was asked for, or that were sealed here. */
  usedIndexes(): readonly string[] {
    return this.sources.flatMap(({ path, isUsed }) => (isUsed ? [path] : []));
  }

  /** Whether a pack that was looked into is gone. */
  lostPacks(): boolean {
    return this.sources.some(({ path }) => !existsSync(path));
  }

  /** Lets go of the files. */
  close(): void {
    for (const { file } of this.sources.splice(0)) closeSync(file);
  }

  private open(path: string): void {
    const file = openSync(path, 'r');
    const head = Buffer.alloc(idsAt);
    const isKnown = readSync(file, head, 0, idsAt, 0) === idsAt && head.readUInt32BE(0) === 0xff744f63 && head.readUInt32BE(4) === 2;
    const count = isKnown ? head.readUInt32BE(idsAt - 4) : 0;
    if (count === 0 || this.taken + count > objectsMax) return closeSync(file);
    this.sources.push({ path, from: this.taken, file, count, held: undefined, looks: 0, isUsed: false });
    this.taken += count;
  }

  private fill({ file, from, count }: Source): void {
    const part = Buffer.alloc(Math.min(count, idsAtOnce) * idBytes);
    for (let place = 0; place < count;) {
      const wanted = Math.min(count - place, idsAtOnce) * idBytes;
      if (readSync(file, part, 0, wanted, idsAt + place * idBytes) !== wanted) break;
      for (let at = 0; at < wanted; at += idBytes, place += 1) this.insert(part.readUInt32BE(at + printAt), from + place + 1);
    }
  }

  private isAt(mark: number, id: Uint8Array, from: number): boolean {
    if (mark > objectsMax) return sameId(this.waiting[waitingMark - mark] ?? noId, 0, id, from);
    const place = mark - 1;
    let last = this.sources.length - 1;
    while ((this.sources[last]?.from ?? 0) > place) last -= 1;
    const source = this.sources[last];
    if (source === undefined) return false;
    const isFound = this.isIn(source, (place - source.from) * idBytes, { id, from });
    source.isUsed ||= isFound;
    return isFound;
  }

  private isIn(source: Source, at: number, { id, from }: { readonly id: Uint8Array; readonly from: number }): boolean {
    source.looks += 1;
    if (source.looks > looksLeast) source.held ??= this.hold(source);
    if (source.held !== undefined) return sameId(source.held, at, id, from);
    return readSync(source.file, this.found, 0, idBytes, idsAt + at) === idBytes && sameId(this.found, 0, id, from);
  }

  private hold({ file, count }: Source): Buffer | undefined {
    const ids = count * idBytes <= heldBytesMost - this.heldBytes ? Buffer.allocUnsafeSlow(count * idBytes) : undefined;
    if (ids === undefined || readSync(file, ids, 0, ids.length, idsAt) !== ids.length) return undefined;
    this.heldBytes += ids.length;
    return ids;
  }

  private insert(print: number, mark: number): void {
    if (this.count * 3 > this.prints.length * 2) this.grow();
    const mask = this.prints.length - 1;
    let slot = slotOf(print, mask);
    while (this.marks[slot] !== 0) slot = (slot + 1) & mask;
    this.prints[slot] = print;
    this.marks[slot] = mark;
    this.count += 1;
  }

  private grow(): void {
    const [prints, marks] = [this.prints, this.marks];
    this.prints = new Uint32Array(prints.length * 2);
    this.marks = new Uint32Array(prints.length * 2);
    this.count = 0;
    for (const [slot, mark] of marks.entries()) if (mark !== 0) this.insert(prints[slot] ?? 0, mark);
  }
}

/** Names of pack indexes in a folder, none where there is no such folder. */
export function packIndexes(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^pack-[0-9a-f]+\.idx$/.test(name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Equal to none. */
const noId = new Uint8Array(0);

/** A loop, for what is this short: a call of the runtime costs more. */
function sameId(ids: Uint8Array, at: number, id: Uint8Array, from: number): boolean {
  for (let index = 0; index < idBytes; index += 1) if (ids[at + index] !== id[from + index]) return false;
  return true;
}

/** The first four bytes sort the ids of one pack: the next four are as good as chance. */
const printAt = 4;

function printOf(id: Uint8Array, from: number): number {
  const at = from + printAt;
  return (((id[at] ?? 0) << 24) | ((id[at + 1] ?? 0) << 16) | ((id[at + 2] ?? 0) << 8) | (id[at + 3] ?? 0)) >>> 0;
}

function slotOf(print: number, mask: number): number {
  return (Math.imul(print, 0x9e3779b1) >>> 7) & mask;
}
