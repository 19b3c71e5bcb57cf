// One header block of a tar archive (POSIX.1-2017 pax, section "ustar Interchange Format"; GNU long names), read strictly. Bytes in, fields or a sentence out.

import { hasTarSum, tarSize } from '../../engine/index.ts';

/** What a header says, before longer names from headers in front of it are put in. Names are bytes as Latin-1. */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly linkName: string;
}

/** Reads a header. @returns one sentence that says what is wrong with it */
export function readTarHeader(block: Buffer): TarHeader | string {
  if (!hasTarSum(block)) return 'a header has a wrong checksum';
  const size = tarSize(block);
  if (size === undefined) return 'a header has no size';
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const isGnu = block.toString('latin1', 257, 265) === 'ustar  \0';
  if (!isPosix && !isGnu && block.subarray(257, 265).some((byte) => byte !== 0)) return 'a header is of an unknown form';
  const prefix = isPosix ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size, type, linkName: textAt(block, 157, 100) };
}

function textAt(block: Buffer, from: number, length: number): string {
  const end = block.indexOf(0, from);
  return block.toString('latin1', from, end < 0 || end > from + length ? from + length : end);
}

/** Reads pax records: `<length> <key>=<value>` and a line feed, one after the other. @returns undefined where that is not what the bytes are */
export function readPaxRecords(bytes: Buffer): ReadonlyMap<string, string> | undefined {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    const digits = blank < 0 || blank - at > 7 ? '' : bytes.toString('latin1', at, blank);
    const length = /^[1-9][0-9]*$/.test(digits) ? Number(digits) : 0;
    const equals = bytes.indexOf(0x3d, blank);
    if (length === 0 || at + length > bytes.length || equals < 0 || equals >= at + length || bytes[at + length - 1] !== 0x0a) return undefined;
    const key = bytes.toString('latin1', blank + 1, equals);
    if (records.has(key)) return undefined;
    records.set(key, bytes.toString('latin1', equals + 1, at + length - 1));
    at += length;
  }
  return records;
}
