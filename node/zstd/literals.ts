// The first part of a compressed block: its literals, which its sequences lay between copies of what came before (RFC 8878 section 3.1.1.3.1).
import { readCoded, readPrefixCode, type PrefixCode } from './prefix-code.ts';
import { zstdRefusal } from './refusal.ts';

/** Literals, the place behind them, and the code that later blocks may use again. */
export interface Literals {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly code: PrefixCode | undefined;
}

/** Where a block lies. `bytes` has three more bytes behind it. */
export interface BlockPlace {
  readonly bytes: Uint8Array;
  readonly end: number;
}

/** How the sizes stand in the head, by its third and fourth bit: bytes of the head, bits of each size, and streams. */
const codedForms = [
  { head: 3, width: 10, streams: 1 },
  { head: 3, width: 10, streams: 4 },
  { head: 4, width: 14, streams: 4 },
  { head: 5, width: 18, streams: 4 },
] as const;
const jumpBytes = 6;

/** Reads them. @param before - the code of the blocks before it in the frame @param most - bytes that a block may hold @throws WorldError GDO3012 */
export function readLiterals({ bytes, end }: BlockPlace, before: PrefixCode | undefined, most: number): Literals {
  const first = bytes[0] ?? 0;
  const kind = first & 3;
  const form = (first >> 2) & 3;
  if (kind >= 2) return codedLiterals({ bytes, end }, { before, most, form: codedForms[form] ?? codedForms[0], isNew: kind === 2 });
  const head = form === 1 ? 2 : form === 3 ? 3 : 1;
  const size = head === 1 ? first >> 3 : numberAt(bytes, 0, head) >> 4;
  const stop = head + (kind === 0 ? size : 1);
  if (size > most || stop > end) throw zstdRefusal('its literals are cut off');
  return { bytes: kind === 0 ? bytes.subarray(head, stop) : new Uint8Array(size).fill(bytes[head] ?? 0), end: stop, code: before };
}

interface CodedForm {
  readonly before: PrefixCode | undefined;
  readonly most: number;
  readonly form: (typeof codedForms)[number];
  readonly isNew: boolean;
}

function codedLiterals({ bytes, end }: BlockPlace, { before, most, form, isNew }: CodedForm): Literals {
  const { head, width, streams } = form;
  // Above 32 bits: the larger of the two sizes is read from where it begins.
  const size = (numberAt(bytes, 0, 3) >> 4) & ((1 << width) - 1);
  const stored = (numberAt(bytes, (4 + width) >> 3, 3) >> ((4 + width) & 7)) & ((1 << width) - 1);
  const stop = head + stored;
  if (size > most || stop > end) throw zstdRefusal('its literals are cut off');
  const read = isNew ? readPrefixCode(bytes, head, stop) : { code: before, end: head };
  const { code } = read;
  if (code === undefined) throw zstdRefusal('its literals use a code that no block before has');
  const into = new Uint8Array(size);
  if (streams === 1) readCoded(code, bytes, { from: read.end, end: stop }, into);
  else readStreams(code, bytes, { from: read.end, end: stop }, into);
  return { bytes: into, end: stop, code };
}

/** Four streams, of which the first three say how long they are. */
function readStreams(code: PrefixCode, bytes: Uint8Array, { from, end }: { readonly from: number; readonly end: number }, into: Uint8Array): void {
  const part = (into.length + 3) >> 2;
  const lengths = [0, 2, 4].map((at) => numberAt(bytes, from + at, 2));
  const starts = [from + jumpBytes];
  for (const length of lengths) starts.push((starts.at(-1) ?? 0) + length);
  if ((starts[3] ?? 0) > end || into.length < 3 * part) throw zstdRefusal('the streams of its literals are longer than their block');
  for (let index = 0; index < 4; index += 1) {
    const stop = index === 3 ? end : (starts[index + 1] ?? 0);
    readCoded(code, bytes, { from: starts[index] ?? 0, end: stop }, into.subarray(index * part, index === 3 ? into.length : (index + 1) * part));
  }
}

/** A number of up to three bytes, the lowest first. */
export function numberAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index += 1) value |= (bytes[at + index] ?? 0) << (8 * index);
  return value;
}
