// Which git id the bytes of a SHA-256 have: pairs that this copy found itself, noted from one put to the next, since a second hash of what lies here already is a third of a
// put. Others cannot add to it, and whoever asks looks for the id among what is here before it counts; without the note ids are hashed as ever. docs/decisions/0134.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from '../git/make-folders.ts';
import { copySum, type SumPlace } from './content-manifest.ts';

const [nameBytes, idBytes] = [32, 20];
const pairBytes = nameBytes + idBytes;
/** Pairs of about a gigabyte of content: with the new ones of one put 13 MB of memory at most. */
const pairsMost = 131_072;
/** The note is written anew when so many are new: fewer are hashed again in two milliseconds. */
const freshLeast = 256;
/** Four for each pair that one put can know; three bytes of a name choose one. */
const slotsCount = 4 * pairsMost;
const title = 'gdo-noted-ids-v1';
const headBytes = title.length + 1 + 2 * nameBytes + 1;

/** Pairs of a SHA-256 and the git id of the same bytes as a blob. */
export class NotedIds {
  private readonly path: string;
  /** Those of the note, in its order, and the new ones. Pages that nothing was written to take no memory. */
  private readonly pairs: Buffer = Buffer.allocUnsafeSlow(2 * pairsMost * pairBytes);
  /** By the first bytes of the name: the place of a pair plus one, or 0. */
  private readonly slots: Uint32Array = new Uint32Array(slotsCount);
  private readonly notedCount: number;
  private count = 0;

  /** Reads the note of a repository; what is torn, or of another form, is none. @param common - the folder of git that all work trees share */
  constructor(common: string) {
    this.path = join(common, 'gdo', 'noted-ids');
    const noted = this.readPairs();
    while (this.count < noted) this.insert(this.freeSlot(this.count * pairBytes));
    this.notedCount = noted;
  }

  /** Whether nothing was noted before. */
  isEmpty(): boolean {
    return this.notedCount === 0;
  }

  /** Looks for the id of a name. @param id - where it is put @returns whether it was found */
  find(name: SumPlace, id: SumPlace): boolean {
    const place = this.slots[this.slotOf(name)] ?? 0;
    if (place === 0) return false;
    copySum({ bytes: this.pairs, at: (place - 1) * pairBytes + nameBytes }, id, idBytes);
    return true;
  }

  /** Notes the id of a name, both made of the same bytes just now, as long as there is room. */
  note(name: SumPlace, id: SumPlace): void {
    const slot = this.slotOf(name);
    if (this.slots[slot] !== 0 || this.count === this.notedCount + pairsMost) return;
    const at = this.count * pairBytes;
    copySum(name, { bytes: this.pairs, at }, nameBytes);
    copySum(id, { bytes: this.pairs, at: at + nameBytes }, idBytes);
    this.insert(slot);
  }

  /** Writes the new ones, and of the old ones as many as there is room for, in one step. */
  keep(): void {
    const fresh = this.count - this.notedCount;
    if (fresh < freshLeast) return;
    const kept = Math.min(this.notedCount, pairsMost - fresh);
    const parts = [this.pairs.subarray(this.notedCount * pairBytes, this.count * pairBytes), this.pairs.subarray(0, kept * pairBytes)];
    makeFolders(dirname(this.path), 0o700);
    const draft = `${this.path}.${process.pid}`;
    writeFileSync(draft, Buffer.concat([headOf(parts), ...parts]), { mode: 0o600 });
    renameSync(draft, this.path);
  }

  /** The slot of a name: that of its pair, or the empty one where it would be. */
  private slotOf(name: SumPlace): number {
    let slot = firstSlot(name.bytes, name.at);
    for (let place = this.slots[slot] ?? 0; place !== 0 && !this.isNamed(place - 1, name); place = this.slots[slot] ?? 0) slot = (slot + 1) % slotsCount;
    return slot;
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

  private insert(slot: number): void {
    this.count += 1;
    this.slots[slot] = this.count;
  }

  /** @returns how many pairs the note has */
  private readPairs(): number {
    const bytesCount = existsSync(this.path) ? statSync(this.path).size - headBytes : 0;
    const count = bytesCount / pairBytes;
    if (!Number.isInteger(count) || count < 1 || count > pairsMost) return 0;
    const file = openSync(this.path, 'r');
    try {
      const head = Buffer.alloc(headBytes);
      const isRead = readSync(file, head, 0, headBytes, 0) === headBytes && readSync(file, this.pairs, 0, bytesCount, headBytes) === bytesCount;
      return isRead && head.equals(headOf([this.pairs.subarray(0, bytesCount)])) ? count : 0;
    } finally {
      closeSync(file);
    }
  }
}

function firstSlot(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) % slotsCount;
}

function headOf(parts: readonly Uint8Array[]): Buffer {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return Buffer.from(`${title} ${sum.digest('hex')}\n`, 'latin1');
}
