// Compresses what a ledger is made of, commits and lines of events, in one pass: a Huffman code made once for such text (RFC 1951 section 3.2.7), since the
// hashes in it repeat nothing, and a general compressor asks for 256 KB of memory for each of them. Reading it back is left to git.

/** How often what stands in a ledger, of some 5,000 letters: hashes, armour, words and what is between them. Anything else is not compressed here. */
const frequencies: readonly (readonly [letters: string, count: number])[] = [
  ['0123456789abcdef', 180],
  ['" -', 130],
  ['\n', 88],
  ['ort:', 75],
  ['Gginv', 50],
  [',AEINSphs', 32],
  ['BCDFHJKLMOPQRTUVWXYZjklmquwxyz+/=', 20],
  ['{}<>@.', 10],
  ["!#$%&'()*;?[\\]^_`|~", 4],
];

const literals = 257;
const endOfBlock = 256;

/** The lengths of a Huffman code by symbol; 0 for what never occurs. */
function codeLengths(counts: readonly number[]): readonly number[] {
  const lengths = counts.map(() => 0);
  const open = counts.flatMap((count, symbol) => (count > 0 ? [{ count, symbols: [symbol] }] : []));
  while (open.length > 1) {
    open.sort((left, right) => right.count - left.count || (right.symbols[0] ?? 0) - (left.symbols[0] ?? 0));
    const [one, other] = open.splice(-2);
    const symbols = [...(one?.symbols ?? []), ...(other?.symbols ?? [])];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    open.push({ count: (one?.count ?? 0) + (other?.count ?? 0), symbols });
  }
  return lengths;
}

/** The codes that lengths stand for (RFC 1951 section 3.2.2), their bits in the order in which they are written. */
function codesOf(lengths: readonly number[]): readonly number[] {
  const codes = lengths.map(() => 0);
  let next = 0;
  for (let length = 1; length <= 15; length += 1) {
    next *= 2;
    for (const [symbol, own] of lengths.entries()) {
      if (own !== length) continue;
      codes[symbol] = Number.parseInt(next.toString(2).padStart(length, '0').split('').toReversed().join(''), 2);
      next += 1;
    }
  }
  return codes;
}

/** Bits, the lowest of each byte first. */
class Bits {
  readonly bytes: number[] = [];
  held = 0;
  heldCount = 0;

  put(value: number, count: number): void {
    this.held |= value << this.heldCount;
    for (this.heldCount += count; this.heldCount >= 8; this.heldCount -= 8) {
      this.bytes.push(this.held & 255);
      this.held >>>= 8;
    }
  }
}

/** How often a row stands there; of those that do never less than a fortieth, so that no code has more than the 7 bits that it may have. */
function shareOf(rows: readonly (readonly [symbol: number, ...rest: readonly number[]])[], symbol: number): number {
  const count = rows.filter(([one]) => one === symbol).length;
  return count === 0 ? 0 : Math.max(count, rows.length / 40);
}

interface Table {
  /** By symbol: the code, and below it in 4 bits its length; 0 for what has none. */
  readonly codes: Int32Array;
  /** Everything before the first letter: the head of RFC 1950, and that of the block with the code. */
  readonly head: Bits;
}

/** The order in which the lengths of the code of code lengths are written, RFC 1951 section 3.2.7. */
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;

/** Lengths of a code as rows of symbol, extra bits and their number: a run of zeros is one row. */
function runsOf(lengths: readonly number[]): readonly (readonly [symbol: number, extra: number, bits: number])[] {
  const rows: (readonly [number, number, number])[] = [];
  for (let at = 0; at < lengths.length;) {
    let run = 0;
    while (lengths[at + run] === 0 && run < 138) run += 1;
    if (run >= 11) rows.push([18, run - 11, 7]);
    else if (run >= 3) rows.push([17, run - 3, 3]);
    else {
      rows.push([lengths[at] ?? 0, 0, 0]);
      run = 1;
    }
    at += run;
  }
  return rows;
}

function makeTable(): Table {
  const counts = Array.from({ length: literals }, () => 0);
  for (const [letters, count] of frequencies) for (const letter of letters) counts[letter.charCodeAt(0)] = count;
  counts[endOfBlock] = 1;
  const lengths = codeLengths(counts);
  // One distance code, which is never used.
  const rows = runsOf([...lengths, 1]);
  const seldom = codeLengths(Array.from({ length: 19 }, (_, symbol) => shareOf(rows, symbol)));
  const codes = codesOf(seldom);
  const head = new Bits();
  head.put(0x78, 8);
  head.put(0x01, 8);
  head.put(0b101, 3);
  head.put(literals - 257, 5);
  head.put(0, 5);
  head.put(orderOfLengths.length - 4, 4);
  for (const symbol of orderOfLengths) head.put(seldom[symbol] ?? 0, 3);
  for (const [symbol, extra, bits] of rows) {
    head.put(codes[symbol] ?? 0, seldom[symbol] ?? 0);
    head.put(extra, bits);
  }
  return { codes: Int32Array.from(codesOf(lengths), (code, symbol) => code * 16 + (lengths[symbol] ?? 0)), head };
}

let made: Table | undefined;

/** The head with the code is half as long. */
const headBytesMax = 128;

/** Most bytes that compressing so many is written into: no code has more than 15 bits. */
export function quickDeflateRoom(length: number): number {
  return headBytesMax + length * 2 + 8;
}

/**
 * Compresses text of a ledger. Pure.
 * @param bytes - at most 4 KB
 * @returns undefined where it holds anything but printable ASCII and line feeds, or would not become shorter
 */
export function quickDeflate(bytes: Uint8Array): Uint8Array | undefined {
  const whole = Buffer.allocUnsafe(quickDeflateRoom(bytes.length));
  const end = quickDeflateInto(bytes, whole, 0);
  return end === undefined ? undefined : whole.subarray(0, end);
}

/**
 * The same, to where it is to stand.
 * @param target - has the room of `quickDeflateRoom` from `from` on
 * @returns where it ends
 */
export function quickDeflateInto(bytes: Uint8Array, target: Buffer, from: number): number | undefined {
  made ??= makeTable();
  const { codes, head } = made;
  target.set(head.bytes, from);
  let [at, held, heldCount] = [from + head.bytes.length, head.held, head.heldCount];
  let [low, high] = [1, 0];
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const code = codes[byte] ?? 0;
    if (code === 0) return undefined;
    held |= (code >> 4) << heldCount;
    heldCount += code & 15;
    if (heldCount >= 16) {
      target[at] = held;
      target[at + 1] = held >> 8;
      at += 2;
      held >>>= 16;
      heldCount -= 16;
    }
    low += byte;
    high += low;
  }
  const last = codes[endOfBlock] ?? 0;
  held |= (last >> 4) << heldCount;
  for (heldCount += last & 15; heldCount > 0; heldCount -= 8) {
    target[at++] = held;
    held >>>= 8;
  }
  // RFC 1950 section 8: the sums of at most 4 KB are exact without being reduced in between.
  const end = target.writeUInt32BE((high % 65_521) * 65_536 + (low % 65_521), at);
  return end - from < bytes.length ? end : undefined;
}
