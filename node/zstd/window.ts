// What a frame has given so far, as far back as its copies may reach, and what nobody has read of it yet.
import { zstdRefusal } from './refusal.ts';

/** Bytes that a block gives at most (RFC 8878 section 3.1.1.2.4). */
export const blockBytesMost = 131_072;
/** A copy of so many bytes is left to the runtime. */
const longCopy = 48;

/** The window of one frame after another. It grows to the largest of them and is used again. */
export class FrameWindow {
  private bytes: Uint8Array = new Uint8Array(0);
  private reach = 0;
  /** Where the next byte goes, the first that is not read yet, and the first of this frame that is still here. */
  private end = 0;
  private unread = 0;
  private start = 0;
  private limit = 0;

  /** Begins a frame. @param reach - how far back its copies may reach */
  begin(reach: number): void {
    this.reach = reach;
    // What slides back to the front is at most four times what came since.
    const size = reach + Math.max(4 * blockBytesMost, reach >> 2);
    if (this.bytes.length < size) this.bytes = new Uint8Array(size);
    this.end = 0;
    this.unread = 0;
    this.start = 0;
  }

  /** Makes room for a block. All that came before has been read. */
  beginBlock(): void {
    if (this.end + blockBytesMost > this.bytes.length) {
      const kept = Math.min(this.reach, this.end);
      this.bytes.copyWithin(0, this.end - kept, this.end);
      this.end = kept;
      this.unread = kept;
    }
    this.start = this.end;
    this.limit = this.end + Math.min(blockBytesMost, Math.max(this.reach, 1));
  }

  /** Bytes that this block gave. */
  blockBytes(): number {
    return this.end - this.start;
  }

  /** Takes bytes as they are. @throws WorldError GDO3012 where the block gets too large */
  add(from: Uint8Array, at: number, count: number): void {
    this.mustFit(count);
    if (count < longCopy) for (let index = 0; index < count; index += 1) this.bytes[this.end + index] = from[at + index] ?? 0;
    else this.bytes.set(from.subarray(at, at + count), this.end);
    this.end += count;
  }

  /** Takes one byte many times. @throws WorldError GDO3012 where the block gets too large */
  repeat(byte: number, count: number): void {
    this.mustFit(count);
    this.bytes.fill(byte, this.end, this.end + count);
    this.end += count;
  }

  /** Copies from a distance back; what it copies may be what it has just written. @throws WorldError GDO3012 where nothing lies there */
  copy(distance: number, count: number): void {
    this.mustFit(count);
    const { bytes, end } = this;
    if (distance < 1 || distance > end || distance > this.reach) throw zstdRefusal('it copies what lies further back than its window');
    if (count >= longCopy && distance >= count) bytes.copyWithin(end, end - distance, end - distance + count);
    else for (let index = end; index < end + count; index += 1) bytes[index] = bytes[index - distance] ?? 0;
    this.end += count;
  }

  /** Gives what was not read yet, as much as there is room for. @returns how many bytes */
  read(into: Uint8Array): number {
    const count = Math.min(into.length, this.end - this.unread);
    into.set(this.bytes.subarray(this.unread, this.unread + count));
    this.unread += count;
    return count;
  }

  private mustFit(count: number): void {
    if (this.end + count > this.limit) throw zstdRefusal('a block of it is larger than it may be');
  }
}
