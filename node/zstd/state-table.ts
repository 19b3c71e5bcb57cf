// Tables of finite state entropy (FSE): how they are written, and what is read with them (RFC 8878 section 4.1).
import { ForwardBits, highBit } from './bits.ts';
import { zstdRefusal } from './refusal.ts';

/** A table of states. Each state says its symbol, how many bits lead to the next one, and from which number on they count. */
export interface StateTable {
  /** Bits of the first state. */
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** What a table may be. `symbolMax`: the largest symbol it may give. */
export interface StateTableBounds {
  readonly logMax: number;
  readonly symbolMax: number;
}

/** The table of one symbol that takes no bits. */
export function tableOfOne(symbol: number): StateTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/** Reads a table where it is described. @returns it, and the place behind its description @throws WorldError GDO3012 */
export function readStateTable(
  bytes: Uint8Array,
  { from, end }: { readonly from: number; readonly end: number },
  { logMax, symbolMax }: StateTableBounds,
): { readonly table: StateTable; readonly end: number } {
  const bits = new ForwardBits(bytes, from, end);
  const log = bits.read(4) + 5;
  if (log > logMax) throw zstdRefusal('a table is larger than it may be');
  const shares: number[] = [];
  let left = 1 << log;
  while (left > 0) {
    const width = highBit(left + 1) + 1;
    const low = (1 << (width - 1)) - 1;
    const short = (1 << width) - 1 - (left + 1);
    let value = bits.read(width);
    // Small numbers take one bit less.
    if ((value & low) < short) {
      bits.unread();
      value &= low;
    } else if (value > low) value -= short;
    const share = value - 1;
    left -= Math.abs(share);
    shares.push(share);
    for (let again = share === 0 ? 3 : 0; again === 3;) {
      again = bits.read(2);
      for (let index = 0; index < again; index += 1) shares.push(0);
    }
    if (shares.length > symbolMax + 1) throw zstdRefusal('a table has a symbol that there is not');
  }
  if (left !== 0) throw zstdRefusal('the shares of a table are more than all');
  return { table: stateTable(shares, log), end: bits.place() };
}

/** Makes a table of shares: of each symbol how many states give it; -1 is one state that counts as less than one. */
export function stateTable(shares: readonly number[], log: number): StateTable {
  const size = 1 << log;
  const table = { log, symbols: new Uint8Array(size), bits: new Uint8Array(size), bases: new Uint16Array(size) };
  const next = shares.map((share) => Math.abs(share));
  let high = size;
  for (const [symbol, share] of shares.entries()) if (share === -1) table.symbols[(high -= 1)] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, share] of shares.entries()) {
    for (let index = 0; index < share; index += 1) {
      table.symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  if (at !== 0) throw zstdRefusal('the shares of a table do not fill it');
  for (let state = 0; state < size; state += 1) {
    const symbol = table.symbols[state] ?? 0;
    const count = next[symbol] ?? 1;
    next[symbol] = count + 1;
    const width = log - highBit(count);
    table.bits[state] = width;
    table.bases[state] = (count << width) - size;
  }
  return table;
}
