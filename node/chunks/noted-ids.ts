// Which git id the bytes of a SHA-256 have: pairs that this copy found itself, noted from one put to the next, since a second hash of what lies here already is a third of a
// put. Others cannot add to it, and whoever asks looks for the id among what is here before it counts; without the note ids are hashed as ever. docs/decisions/0134.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { leftoverAgeMs } from '../git/leftovers.ts';
import { copySum, type SumPlace } from './content-manifest.ts';
import { DraftFile } from './draft-file.ts';

const [nameBytes, idBytes] = [32, 20];
const pairBytes = nameBytes + idBytes;
/** Pairs of about a gigabyte of content: 8 MB of memory at most. */
const pairsMost = 131_072;
/** The note is written anew when so many are new: fewer are hashed again in two milliseconds. */
const freshLeast = 256;
/** Two for each pair of the note; three bytes of a name choose one. */
const slotsCount = 2 * pairsMost;
const title = 'gdo-noted-ids-v1';
const headBytes = title.length + 1 + 2 * nameBytes + 1;
const noteWord = 'noted-ids';
const draftWord = 'noted-ids-draft-';

/** Pairs of a SHA-256 and the git id of the same bytes as a blob. */
export class NotedIds {
  private readonly path: string;
  /** Those of the note, in its order. */
  private readonly pairs: Buffer;
  private readonly notedCount: number;
  /** By the first bytes of the name: the place of a pair of the note plus one, or 0. */
  private readonly slots: Uint32Array = new Uint32Array(slotsCount);
  /** The place behind the pair that was found last: what was noted one after the other mostly comes so again. */
  private next = 0;
  private readonly fresh: FreshPairs;

  /** Reads the note of a repository; what is torn, or of another form, is none. @param common - the folder of git that all work trees share */
  constructor(common: string) {
    this.path = join(common, 'gdo', noteWord);
    this.pairs = readPairs(this.path);
    this.notedCount = this.pairs.length / pairBytes;
    for (let place = 0; place < this.notedCount; place += 1) this.slots[this.freeSlot(place * pairBytes)] = place + 1;
    this.fresh = new FreshPairs(dirname(this.path));
  }

  /** Whether nothing was noted before. */
  isEmpty(): boolean {
    return this.notedCount === 0;
  }

  /** Looks for the id of a name. @param id - where it is put @returns whether it was noted before */
  find(name: SumPlace, id: SumPlace): boolean {
    const place = this.next < this.notedCount && this.isNamed(this.next, name) ? this.next + 1 : this.placeOf(name);
    if (place === 0) return false;
    this.next = place;
    copySum({ bytes: this.pairs, at: (place - 1) * pairBytes + nameBytes }, id, idBytes);
    return true;
  }

  /** Notes the id of a name, both made of the same bytes just now, as long as there is room. */
  note(name: SumPlace, id: SumPlace): void {
    if (this.placeOf(name) === 0) this.fresh.add(name, id);
  }

  /** Writes the new ones, and of the old ones as many as there is room for, in one step. */
  keep(): void {
    if (this.fresh.count >= freshLeast) this.fresh.keep(this.path, this.pairs);
    this.discard();
  }

  /** Forgets the new ones. */
  discard(): void {
    this.fresh.discard();
  }

  /** @returns the place of a pair of the note plus one, or 0 */
  private placeOf(name: SumPlace): number {
    let slot = firstSlot(name.bytes, name.at);
    let place = this.slots[slot] ?? 0;
    while (place !== 0 && !this.isNamed(place - 1, name)) {
      slot = (slot + 1) % slotsCount;
      place = this.slots[slot] ?? 0;
    }
    return place;
  }

  private isNamed(index: number, { bytes, at }: SumPlace): boolean {
    const from = index * pairBytes;
    for (let place = 0; place < nameBytes; place += 1) if (this.pairs[from + place] !== bytes[at + place]) return false;
    return true;
  }

  private freeSlot(at: number): number {
    let slot = firstSlot(this.pairs, at);
    while (this.slots[slot] !== 0) slot = (slot + 1) % slotsCount;
    return slot;
  }
}

/** Pairs are written in one go of so many. */
const pairsAtOnce = 1_024;
/** One for each pair that is new, and as many that stay empty. */
const printsCount = 2 * pairsMost;

/** The pairs that one put found, which wait in a file of their own: held, they would be as large as the note. */
class FreshPairs {
  /** How many there are. */
  count = 0;
  private readonly folder: string;
  private readonly part: Buffer = Buffer.allocUnsafeSlow(pairsAtOnce * pairBytes);
  private partCount = 0;
  /** Four bytes of the last name of each place: a chunk that comes again and again is noted once. One that looks like another is not noted, and hashed once more. */
  private readonly prints = new Uint32Array(printsCount);
  private readonly sum = createHash('sha256');
  private readonly draft: DraftFile;

  constructor(folder: string) {
    this.folder = folder;
    this.draft = new DraftFile(folder, draftWord);
  }

  add(name: SumPlace, id: SumPlace): void {
    if (this.count === pairsMost) return;
    const slot = firstSlot(name.bytes, name.at) % printsCount;
    const print = printOf(name.bytes, name.at);
    if (this.prints[slot] === print) return;
    this.prints[slot] = print;
    const at = this.partCount * pairBytes;
    copySum(name, { bytes: this.part, at }, nameBytes);
    copySum(id, { bytes: this.part, at: at + nameBytes }, idBytes);
    this.count += 1;
    this.partCount += 1;
    if (this.partCount === pairsAtOnce) this.write(this.flushed());
  }

  /** Makes a note of them, and of as many of those before as there is room for. */
  keep(path: string, before: Buffer): void {
    this.write(this.flushed());
    this.write(before.subarray(0, Math.min(before.length, (pairsMost - this.count) * pairBytes)));
    this.draft.writeFront(headOf(this.sum.digest('hex')));
    this.draft.keep(path);
    this.sweep(path);
  }

  discard(): void {
    this.draft.discard();
  }

  private flushed(): Buffer {
    const part = this.part.subarray(0, this.partCount * pairBytes);
    this.partCount = 0;
    return part;
  }

  private write(pairs: Uint8Array): void {
    // The sum of the rest stands in front, and is known at the end.
    if (!this.draft.isBegun()) this.draft.write(headOf(''));
    this.draft.write(pairs);
    this.sum.update(pairs);
  }

  /** Takes away what killed processes began, by the clock of the disk: the note was written just now. */
  private sweep(note: string): void {
    const nowMs = statSync(note, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      const changedMs = name.startsWith(draftWord) ? statSync(path, { throwIfNoEntry: false })?.mtimeMs : undefined;
      if (changedMs !== undefined && nowMs - changedMs > leftoverAgeMs) rmSync(path, { force: true });
    }
  }
}

/** @returns the pairs of a note, none of one that cannot be read */
function readPairs(path: string): Buffer {
  const none = Buffer.alloc(0);
  const bytesCount = existsSync(path) ? statSync(path).size - headBytes : 0;
  const count = bytesCount / pairBytes;
  if (!Number.isInteger(count) || count < 1 || count > pairsMost) return none;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    const pairs = Buffer.allocUnsafeSlow(bytesCount);
    const isRead = readSync(file, head, 0, headBytes, 0) === headBytes && readSync(file, pairs, 0, bytesCount, headBytes) === bytesCount;
    return isRead && head.equals(headOf(createHash('sha256').update(pairs).digest('hex'))) ? pairs : none;
  } finally {
    closeSync(file);
  }
}

function firstSlot(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) % slotsCount;
}

/** Four bytes of a name behind those that choose its place; never 0, which is an empty one. */
function printOf(bytes: Uint8Array, at: number): number {
  return (((bytes[at + 3] ?? 0) << 24) | ((bytes[at + 4] ?? 0) << 16) | ((bytes[at + 5] ?? 0) << 8) | (bytes[at + 6] ?? 0) | 1) >>> 0;
}

/** @param sum - of what follows, in hexadecimal digits; the room for one where it is empty */
function headOf(sum: string): Buffer {
  return Buffer.from(`${title} ${sum.padEnd(2 * nameBytes, '0')}\n`, 'latin1');
}
