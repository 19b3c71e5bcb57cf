// Prefix codes (Huffman) of literals: how they are written, and what is read with them (RFC 8878 section 4.2).
import { BackwardBits, highBit } from './bits.ts';
import { zstdRefusal } from './refusal.ts';
import { readStateTable } from './state-table.ts';

/** A code: for each of the next `log` bits the byte that they begin with, and how many bits that takes. */
export interface PrefixCode {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const logMax = 11;
const weightsMax = 255;
/** From here on the first byte counts weights that are written as they are, two in a byte. */
const plainFrom = 128;
/** Weights that are written with a table of states. */
const weightBounds = { logMax: 6, symbolMax: logMax } as const;

/** Reads a code where it is described. @returns it, and the place behind its description @throws WorldError GDO3012 */
export function readPrefixCode(bytes: Uint8Array, from: number, end: number): { readonly code: PrefixCode; readonly end: number } {
  const head = bytes[from] ?? 0;
  const length = head < plainFrom ? head : (head - plainFrom + 2) >> 1;
  const stop = from + 1 + length;
  if (from >= end || stop > end) throw zstdRefusal('the code of its literals is cut off');
  const weights = head < plainFrom ? packedWeights(bytes, from + 1, stop) : plainWeights(bytes, from + 1, head - plainFrom + 1);
  return { code: codeOf(weights), end: stop };
}

function plainWeights(bytes: Uint8Array, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const pair = bytes[from + (index >> 1)] ?? 0;
    return index % 2 === 0 ? pair >> 4 : pair & 15;
  });
}

/** Two states take turns until the bits are used up. */
function packedWeights(bytes: Uint8Array, from: number, end: number): number[] {
  const { table, end: start } = readStateTable(bytes, { from, end }, weightBounds);
  const bits = new BackwardBits(bytes, start, end);
  const states = [bits.read(table.log), bits.read(table.log)];
  const weights: number[] = [];
  for (let turn = 0; ; turn ^= 1) {
    if (weights.length > weightsMax - 1) throw zstdRefusal('the code of its literals has too many weights');
    const state = states[turn] ?? 0;
    weights.push(table.symbols[state] ?? 0);
    const width = table.bits[state] ?? 0;
    if (bits.left < width) {
      weights.push(table.symbols[states[turn ^ 1] ?? 0] ?? 0);
      return weights;
    }
    states[turn] = (table.bases[state] ?? 0) + bits.read(width);
  }
}

/** The weight of the last symbol is not written: it is what is missing to a power of two. */
function codeOf(weights: readonly number[]): PrefixCode {
  if (weights.length > weightsMax || weights.some((weight) => weight > logMax)) throw zstdRefusal('the code of its literals has a weight that there is not');
  const sum = weights.reduce((total, weight) => total + (weight > 0 ? 1 << (weight - 1) : 0), 0);
  const log = sum === 0 ? 0 : highBit(sum) + 1;
  const rest = (1 << log) - sum;
  if (sum === 0 || log > logMax || (rest & (rest - 1)) !== 0) throw zstdRefusal('the weights of its literals make no code');
  const all = [...weights, highBit(rest) + 1];
  if (all.filter((weight) => weight === 1).length < 2) throw zstdRefusal('the weights of its literals make no code');
  const code = { log, symbols: new Uint8Array(1 << log), bits: new Uint8Array(1 << log) };
  let at = 0;
  for (let weight = 1; weight <= log; weight += 1) {
    for (const [symbol, own] of all.entries()) {
      if (own !== weight) continue;
      const end = at + (1 << (weight - 1));
      code.symbols.fill(symbol, at, end);
      code.bits.fill(log + 1 - weight, at, end);
      at = end;
    }
  }
  return code;
}

/** Reads so many bytes from a stream, which has no bit more than they take. @throws WorldError GDO3012 */
export function readCoded(
  { log, symbols, bits: widths }: PrefixCode,
  bytes: Uint8Array,
  { from, end }: { readonly from: number; readonly end: number },
  into: Uint8Array,
): void {
  const bits = new BackwardBits(bytes, from, end);
  for (let index = 0; index < into.length; index += 1) {
    const next = bits.peek(log);
    into[index] = symbols[next] ?? 0;
    bits.left -= widths[next] ?? 0;
    if (bits.left < 0) throw zstdRefusal('a stream of literals ends too early');
  }
  if (bits.left !== 0) throw zstdRefusal('a stream of literals has bits that are nothing');
}
