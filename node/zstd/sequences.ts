// The second part of a compressed block: sequences, each of some literals and a copy of what came before (RFC 8878 sections 3.1.1.3.2, 3.1.1.4 and 3.1.1.5).
import { BackwardBits } from './bits.ts';
import { numberAt } from './literals.ts';
import { zstdRefusal } from './refusal.ts';
import { readStateTable, stateTable, tableOfOne, type StateTable } from './state-table.ts';

/** The three tables of a block; the next one may use them again. */
export interface SequenceTables {
  readonly literals: StateTable;
  readonly offsets: StateTable;
  readonly matches: StateTable;
}

/** What decodes one of them: the table that everybody knows, and bounds of one that is written. */
interface TableKind {
  readonly usual: StateTable;
  readonly logMax: number;
  readonly symbolMax: number;
}

const none: readonly number[] = [-1, -1, -1, -1];
const ones = (count: number): readonly number[] => Array.from({ length: count }, () => 1);
const twos = (count: number): readonly number[] => Array.from({ length: count }, () => 2);
const kinds: Readonly<Record<keyof SequenceTables, TableKind>> = {
  literals: { usual: stateTable([4, 3, ...twos(11), 1, 1, 1, ...twos(9), 3, 2, ...ones(5), ...none], 6), logMax: 9, symbolMax: 35 },
  offsets: { usual: stateTable([...ones(6), 2, 2, 2, ...ones(15), ...none, -1], 5), logMax: 8, symbolMax: 31 },
  matches: { usual: stateTable([1, 4, 3, ...twos(6), ...ones(37), ...none, -1, -1, -1], 6), logMax: 9, symbolMax: 52 },
};

/** Extra bits of the codes of lengths, and where each code begins. */
function lengthCodes(extra: readonly number[], first: number): { readonly bits: Uint8Array; readonly bases: Uint32Array } {
  const bases = new Uint32Array(extra.length);
  let base = first;
  for (const [code, bits] of extra.entries()) {
    bases[code] = base;
    base += 1 << bits;
  }
  return { bits: Uint8Array.from(extra), bases };
}
const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);
const literalCodes = lengthCodes([...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 0);
const matchCodes = lengthCodes([...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 3);
/** A window has 2 ** 25 bytes at most: what is further away is in none. */
const offsetCodeMax = 26;

/** Where the bytes of a frame go: literals as they are, and copies from a distance back. */
export interface SequenceTarget {
  readonly literals: (from: number, count: number) => void;
  readonly copy: (distance: number, count: number) => void;
}

/** How many sequences a block has, their tables, and where their bits begin. */
export interface SequenceHead {
  readonly count: number;
  readonly tables: SequenceTables | undefined;
  readonly from: number;
}

/** Reads what stands before the sequences. @param before - the tables of the block before it @throws WorldError GDO3012 */
export function readSequenceHead(bytes: Uint8Array, from: number, end: number, before: SequenceTables | undefined): SequenceHead {
  if (from >= end) throw zstdRefusal('its sequences are cut off');
  const first = bytes[from] ?? 0;
  const head = first < 128 ? 1 : first < 255 ? 2 : 3;
  const count = head === 1 ? first : head === 2 ? ((first - 128) << 8) + (bytes[from + 1] ?? 0) : numberAt(bytes, from + 1, 2) + 0x7f00;
  if (count === 0) {
    if (from + head !== end) throw zstdRefusal('something follows its literals');
    return { count, tables: before, from: end };
  }
  let at = from + head + 1;
  if (at > end) throw zstdRefusal('its sequences are cut off');
  const modes = bytes[at - 1] ?? 0;
  if ((modes & 3) !== 0) throw zstdRefusal('its sequences are written in a way that there is not');
  const table = (kind: keyof SequenceTables, mode: number): StateTable => {
    const { usual, ...bounds } = kinds[kind];
    if (mode === 0) return usual;
    if (mode === 2) {
      const read = readStateTable(bytes, { from: at, end }, bounds);
      at = read.end;
      return read.table;
    }
    if (mode === 1) {
      const symbol = bytes[at] ?? 0;
      at += 1;
      if (at > end || symbol > bounds.symbolMax) throw zstdRefusal('a table has a symbol that there is not');
      return tableOfOne(symbol);
    }
    if (before === undefined) throw zstdRefusal('its sequences use tables that no block before has');
    return before[kind];
  };
  // They stand in this order.
  const literals = table('literals', modes >> 6);
  const offsets = table('offsets', (modes >> 4) & 3);
  const matches = table('matches', (modes >> 2) & 3);
  return { count, tables: { literals, offsets, matches }, from: at };
}

/**
 * Plays sequences. @param recent - the last three distances, which change
 * @returns how many literals they took @throws WorldError GDO3012
 */
export function playSequences(
  { count, tables, from }: SequenceHead,
  { bytes, end }: { readonly bytes: Uint8Array; readonly end: number },
  { recent, literalsCount, target }: { readonly recent: Uint32Array; readonly literalsCount: number; readonly target: SequenceTarget },
): number {
  if (count === 0 || tables === undefined) return 0;
  const { literals, offsets, matches } = tables;
  const bits = new BackwardBits(bytes, from, end);
  let literal = bits.read(literals.log);
  let offset = bits.read(offsets.log);
  let match = bits.read(matches.log);
  let taken = 0;
  for (let left = count; left > 0; left -= 1) {
    const value = offsetValue(bits, offsets.symbols[offset] ?? 0);
    const matchCode = matches.symbols[match] ?? 0;
    const copied = (matchCodes.bases[matchCode] ?? 0) + bits.read(matchCodes.bits[matchCode] ?? 0);
    const literalCode = literals.symbols[literal] ?? 0;
    const laid = (literalCodes.bases[literalCode] ?? 0) + bits.read(literalCodes.bits[literalCode] ?? 0);
    if (taken + laid > literalsCount) throw zstdRefusal('its sequences take more literals than there are');
    target.literals(taken, laid);
    taken += laid;
    target.copy(distanceOf(value, laid, recent), copied);
    if (left === 1) break;
    literal = (literals.bases[literal] ?? 0) + bits.read(literals.bits[literal] ?? 0);
    match = (matches.bases[match] ?? 0) + bits.read(matches.bits[match] ?? 0);
    offset = (offsets.bases[offset] ?? 0) + bits.read(offsets.bits[offset] ?? 0);
  }
  if (bits.left !== 0) throw zstdRefusal('its sequences have bits that are nothing');
  return taken;
}

function offsetValue(bits: BackwardBits, code: number): number {
  if (code > offsetCodeMax) throw zstdRefusal('it copies what lies further back than its window');
  if (code <= 16) return (1 << code) + bits.read(code);
  const high = bits.read(code - 16);
  return (1 << code) + (high << 16) + bits.read(16);
}

/** The distance that a value means: one of the last three where it is small, counted otherwise where no literals come before it. */
function distanceOf(value: number, laid: number, recent: Uint32Array): number {
  const first = recent[0] ?? 0;
  const second = recent[1] ?? 0;
  const place = value > 3 ? 4 : laid === 0 ? value + 1 : value;
  if (place === 1) return first;
  const distance = value > 3 ? value - 3 : place === 2 ? second : place === 3 ? (recent[2] ?? 0) : first - 1;
  if (place !== 2) recent[2] = second;
  recent[1] = first;
  recent[0] = distance;
  return distance;
}
