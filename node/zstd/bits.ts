// Bits of a Zstandard block, read from its end to its beginning or the other way round (RFC 8878 section 4.1).
import { zstdRefusal } from './refusal.ts';

/** Bits of a stream that is read backwards: the highest set bit of its last byte marks where it begins. */
export class BackwardBits {
  /** Bits that are not read yet. */
  left: number;
  private readonly bytes: Uint8Array;
  private readonly from: number;

  /** @param bytes - with three readable bytes after `end`, whatever they are */
  constructor(bytes: Uint8Array, from: number, end: number) {
    const last = end > from ? (bytes[end - 1] ?? 0) : 0;
    if (last === 0) throw zstdRefusal('a stream of bits has no end mark');
    this.bytes = bytes;
    this.from = from;
    this.left = (end - from - 1) * 8 + highBit(last);
  }

  /** The next bits as a number. @param count - 16 at most @throws WorldError GDO3012 where there are fewer */
  read(count: number): number {
    this.left -= count;
    if (this.left < 0) throw zstdRefusal('a stream of bits ends too early');
    return this.bitsAt(this.left) & ((1 << count) - 1);
  }

  /** The next bits without taking them; zeros where there are fewer. @param count - 16 at most */
  peek(count: number): number {
    const at = this.left - count;
    return (at >= 0 ? this.bitsAt(at) : this.bitsAt(0) << -at) & ((1 << count) - 1);
  }

  private bitsAt(at: number): number {
    const { bytes } = this;
    const place = this.from + (at >> 3);
    return ((bytes[place] ?? 0) | ((bytes[place + 1] ?? 0) << 8) | ((bytes[place + 2] ?? 0) << 16)) >> (at & 7);
  }
}

/** Bits that are read from the first byte on, the lowest of each byte first. */
export class ForwardBits {
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly from: number;
  private readonly end: number;

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.bytes = bytes;
    this.from = from;
    this.end = end;
  }

  /** The next bits as a number. @param count - 16 at most @throws WorldError GDO3012 where they lie behind the end */
  read(count: number): number {
    const place = this.from + (this.at >> 3);
    const value = ((this.bytes[place] ?? 0) | ((this.bytes[place + 1] ?? 0) << 8) | ((this.bytes[place + 2] ?? 0) << 16)) >> (this.at & 7);
    this.at += count;
    if (this.place() > this.end) throw zstdRefusal('a table is cut off');
    return value & ((1 << count) - 1);
  }

  /** Gives one bit back. */
  unread(): void {
    this.at -= 1;
  }

  /** The first byte of which nothing is read. */
  place(): number {
    return this.from + ((this.at + 7) >> 3);
  }
}

/** The place of the highest set bit of a number above zero. */
export function highBit(value: number): number {
  return 31 - Math.clz32(value);
}
