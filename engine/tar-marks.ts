// Where the members of a tar archive begin and end, as its bytes come: a cutter that also cuts there keeps a file apart from its header and from its neighbours, so that an
// edit changes the chunks of one file. It judges nothing: a header that is none only ends the marks. Pure.

/** Bytes of a block. */
export const tarBlockBytes = 512;

/** Shorter members are not worth a chunk of their own. */
const markedBytesMin = 2_048;

/** Largest number that a header may hold: more than any content has. */
const numberMax: number = 2 ** 40;

/** Where the checksum of a header stands, and how many bytes it takes; they count as blanks. */
const [sumAt, sumBytes] = [148, 8];
const [sizeAt, sizeBytes] = [124, 12];

/** A loop and no closure: images end in long stretches of zeros. */
function isZeros(block: Uint8Array): boolean {
  for (let at = 0; at < tarBlockBytes; at += 1) if (block[at] !== 0) return false;
  return true;
}

/** Whether a block has the checksum of its bytes, as every header of tar has. */
export function hasTarSum(block: Uint8Array): boolean {
  let sum = sumBytes * 0x20;
  for (let at = 0; at < tarBlockBytes; at += 1) if (at < sumAt || at >= sumAt + sumBytes) sum += block[at] ?? 0;
  return tarNumber(block, sumAt, sumBytes) === sum;
}

/** The size that a header says. @returns undefined where that is no number */
export function tarSize(block: Uint8Array): number | undefined {
  return tarNumber(block, sizeAt, sizeBytes);
}

/** Octal digits, after blanks and before blanks or NUL, or GNU's form of larger numbers: the top bit, and then the number itself. */
function tarNumber(block: Uint8Array, from: number, length: number): number | undefined {
  const first = block[from] ?? 0;
  let value = 0;
  if (first >= 0x80) {
    value = first - 0x80;
    for (let at = from + 1; at < from + length; at += 1) {
      value = value * 256 + (block[at] ?? 0);
      if (value > numberMax) return undefined;
    }
    return value;
  }
  let at = from;
  while (at < from + length && block[at] === 0x20) at += 1;
  for (; at < from + length && (block[at] ?? 0) >= 0x30 && (block[at] ?? 0) <= 0x37; at += 1) value = value * 8 + (block[at] ?? 0) - 0x30;
  for (; at < from + length; at += 1) if (block[at] !== 0x20 && block[at] !== 0) return undefined;
  return value > numberMax ? undefined : value;
}

/**
 * Follows a content. Where its first block is a header of tar with the word `ustar`, the content of every member of 2,048 bytes or more has a mark at its beginning and
 * one at the end of its padding; up to the first block that should be a header and is neither one nor zeros.
 */
export class TarMarks {
  /** Undefined until the first block is here. */
  isTar: boolean | undefined;
  private readonly block: Uint8Array = new Uint8Array(tarBlockBytes);
  private filled = 0;
  /** Bytes of members that are passed over. */
  private left = 0;
  private at = 0;
  private marks: number[] = [];

  /** The next bytes of the content. */
  take(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length && this.isTar !== false) {
      const wanted = this.left > 0 ? this.left : tarBlockBytes - this.filled;
      const count = wanted < bytes.length - from ? wanted : bytes.length - from;
      if (this.left > 0) {
        this.left -= count;
      } else {
        this.block.set(bytes.subarray(from, from + count), this.filled);
        this.filled += count;
      }
      from += count;
      this.at += count;
      if (this.filled === tarBlockBytes) this.header();
    }
  }

  /** The first mark behind a place in the content. Marks up to there are forgotten. @returns undefined where none is known yet */
  next(place: number): number | undefined {
    let known = 0;
    while (known < this.marks.length && (this.marks[known] ?? 0) <= place) known += 1;
    if (known > 0) this.marks = this.marks.slice(known);
    return this.marks[0];
  }

  private header(): void {
    const { block } = this;
    this.filled = 0;
    if (this.isTar === undefined) {
      this.isTar = hasTarSum(block) && [0x75, 0x73, 0x74, 0x61, 0x72].every((letter, index) => block[257 + index] === letter);
      if (!this.isTar) return;
    }
    if (isZeros(block)) return;
    const size = hasTarSum(block) ? tarSize(block) : undefined;
    if (size === undefined) {
      // What follows is cut as any content; that it began as an archive still holds.
      this.left = numberMax;
      return;
    }
    this.left = size + ((tarBlockBytes - (size % tarBlockBytes)) % tarBlockBytes);
    if (size >= markedBytesMin) this.marks.push(this.at, this.at + this.left);
  }
}
