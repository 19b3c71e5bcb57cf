// The head of an age file (age-encryption.org/v1): a line, one stanza per key that opens it, and a sum by the file key over all of it. Text in and out; no disk.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { derived } from './age-cipher.ts';

/** One part of the head. The first word is its kind; kinds that nobody knows are passed over. */
export interface Stanza {
  readonly words: readonly string[];
  readonly body: Uint8Array;
}

/** A head that was read. `bytesCount`: how long it is; its sum is judged when the file key is known. */
export interface AgeHeader {
  readonly stanzas: readonly Stanza[];
  readonly bytesCount: number;
  readonly summed: string;
  readonly sum: Uint8Array;
}

/** What came of reading one. `more`: it does not end in these bytes. */
export type ReadHeader =
  | { readonly kind: 'ok'; readonly header: AgeHeader }
  | { readonly kind: 'more' }
  | { readonly kind: 'refused'; readonly reason: string };

const firstLine = 'age-encryption.org/v1\n';
const columns = 64;
/** Two thousand keys fit. */
export const headerBytesMax: number = 256 * 1024;

/** Base64 without padding, as age writes it. */
export function toBare64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Reads it: exactly what `toBare64` writes, and undefined for any other text. */
export function fromBare64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return toBare64(bytes) === text ? bytes : undefined;
}

/** Writes a head. @param fileKey - 16 bytes */
export function encodeHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Buffer {
  const summed = `${firstLine}${stanzas.map(stanzaText).join('')}---`;
  return Buffer.from(`${summed} ${toBare64(sumOf(summed, fileKey))}\n`, 'latin1');
}

/** Reads a head from the front of a file. */
export function readHeader(bytes: Uint8Array): ReadHeader {
  const text = Buffer.from(bytes.subarray(0, headerBytesMax)).toString('latin1');
  if (!text.startsWith(firstLine.slice(0, text.length))) return refused('it is no age file');
  const end = text.indexOf('\n--- ');
  const lineEnd = end < 0 ? -1 : text.indexOf('\n', end + 1);
  if (lineEnd < 0) return text.length < headerBytesMax ? { kind: 'more' } : refused('its head does not end');
  const stanzas = readStanzas(
    text
      .slice(firstLine.length, end + 1)
      .split('\n')
      .slice(0, -1),
  );
  const sum = fromBare64(text.slice(end + '\n--- '.length, lineEnd));
  if (stanzas === undefined || sum?.length !== 32) return refused('its head has another form');
  return { kind: 'ok', header: { stanzas, bytesCount: lineEnd + 1, summed: text.slice(0, end + '\n---'.length), sum } };
}

/** Whether a head is the one that was written with this file key. */
export function hasSum({ summed, sum }: AgeHeader, fileKey: Uint8Array): boolean {
  return timingSafeEqual(sumOf(summed, fileKey), sum);
}

function refused(reason: string): ReadHeader {
  return { kind: 'refused', reason };
}

function sumOf(summed: string, fileKey: Uint8Array): Buffer {
  return createHmac('sha256', derived(fileKey, new Uint8Array(0), 'header'))
    .update(summed, 'latin1')
    .digest();
}

/** The last line of a body is shorter than the others, if need be empty: by that its end is known. */
function stanzaText({ words, body }: Stanza): string {
  const text = toBare64(body);
  const lines = Array.from({ length: Math.floor(text.length / columns) + 1 }, (_, index) => text.slice(index * columns, (index + 1) * columns));
  return `-> ${words.join(' ')}\n${lines.join('\n')}\n`;
}

function readStanzas(lines: readonly string[]): readonly Stanza[] | undefined {
  const stanzas: Stanza[] = [];
  for (let at = 0; at < lines.length;) {
    const [arrow, ...words] = (lines[at++] ?? '').split(' ');
    if (arrow !== '->' || words.length === 0 || !words.every((word) => /^[\x21-\x7e]+$/.test(word))) return undefined;
    let text = '';
    let line: string | undefined;
    do {
      line = lines[at++];
      if (line === undefined || line.length > columns) return undefined;
      text += line;
    } while (line.length === columns);
    const body = fromBare64(text);
    if (body === undefined) return undefined;
    stanzas.push({ words, body });
  }
  return stanzas;
}
