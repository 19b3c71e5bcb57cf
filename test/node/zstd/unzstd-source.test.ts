// A Zstandard file as a source: what the program `zstd` writes is read to the last byte; what is cut off, damaged or made to harm is refused by the read, whatever it is.
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../node/chunks/cut-source.ts';
import { unpackedSource } from '../../../node/chunks/unpacked-source.ts';
import { isZstd, unzstdSource } from '../../../node/zstd/unzstd-source.ts';
import { bytesSource, chance } from '../chunks/bytes-source.ts';
import { block, frame, little, rawFrame, skipped } from './frames.ts';
import { packedTexts } from './packed-texts.ts';

async function readAll(source: ByteSource, atOnce = 100_000): Promise<Buffer> {
  const parts: Buffer[] = [];
  const into = Buffer.alloc(atOnce);
  for (let count; (count = await source.read(into)) > 0;) parts.push(Buffer.from(into.subarray(0, count)));
  return Buffer.concat(parts);
}

const inside = (bytes: Uint8Array): Promise<Buffer> => readAll(unzstdSource(bytesSource(bytes)));
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const [shelves] = packedTexts;
const packed = shelves?.packed ?? Buffer.alloc(0);

describe('the inside of a Zstandard file', () => {
  it.each(packedTexts)('is what the program packed, in pieces of any size: $name (R43)', async ({ plain, packed: bytes }) => {
    expect(Buffer.compare(await inside(bytes), plain)).toBe(0);
    expect(Buffer.compare(await readAll(unzstdSource(bytesSource(bytes, 7)), 1_009), plain)).toBe(0);
  });

  it('is that of all its frames, without those that are passed over, however many there are', async () => {
    const empty = frame([block('raw', Buffer.alloc(0))]);
    const many = Buffer.concat([skipped(Buffer.from('hello'), 15), rawFrame(Buffer.from('one, ')), packed, ...Array.from({ length: 20_000 }, () => empty)]);
    const all = Buffer.concat([many, ...Array.from({ length: 20_000 }, () => skipped(Buffer.alloc(0))), rawFrame(Buffer.from(', two'))]);
    expect((await inside(all)).equals(Buffer.concat([Buffer.from('one, '), shelves?.plain ?? Buffer.alloc(0), Buffer.from(', two')]))).toBe(true);
  });

  it('has weights of its literals written as they are, runs, and sizes in each of their forms', async () => {
    // Two symbols of one bit each, in one stream: 0 1 1 0 1.
    expect(await inside(hex('28b52ffd 20 05 3d0000 52c000 80 10 2d 00'))).toEqual(hex('0001010001'));
    const run = block('run', hex('67'), 1_000);
    for (const head of [
      Buffer.concat([hex('40 50'), little(1_000 - 256, 2)]),
      Buffer.concat([hex('a0'), little(1_000, 4)]),
      Buffer.concat([hex('e0'), little(1_000, 8)]),
    ])
      expect((await inside(frame([run], head))).equals(Buffer.alloc(1_000, 'g'))).toBe(true);
  });

  it('is told by its beginning, also where that is to be passed over', () => {
    expect(['28b52ffd', '502a4d18', '5f2a4d18', '602a4d18', '1f8b0800', '28b52f'].map((text) => isZstd(hex(text)))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a Zstandard file is refused (T22, GDO3012)', () => {
  /** A block of nothing but literals and what follows them. */
  const literals = (text: string): Buffer => frame([block('packed', hex(text))]);

  it.each([
    ['of a later form', frame([block('raw', hex('00'))], hex('08 50')), 'later form'],
    ['for a dictionary', frame([block('raw', hex('00'))], hex('01 50 07')), 'dictionary'],
    ['with a window of 64 MiB', frame([block('raw', hex('00'))], Buffer.from([0, 16 << 3])), 'window of 64 MiB'],
    ['with a window of 3.75 TiB', frame([block('raw', hex('00'))], hex('00 ff')), 'MiB is the most'],
    ['of one segment of 1 TiB', frame([block('raw', hex('00'))], Buffer.concat([hex('e0'), little(2 ** 40, 8)])), 'MiB is the most'],
    ['with a block of a kind that there is not', frame([block('reserved', hex('00'))]), 'larger than it may be'],
    ['with a block above 128 KiB', frame([block('raw', Buffer.alloc(131_073))]), 'larger than it may be'],
    ['with a run above 128 KiB', frame([block('run', hex('00'), 2 ** 20)]), 'larger than it may be'],
    ['with a block above its window', frame([block('raw', Buffer.alloc(1_100))], hex('00 00')), 'larger than it may be'],
    ['that gives less than it says', frame([block('raw', hex('0000'))], hex('20 03')), 'less than it says'],
    ['that gives more than it says', frame([block('raw', hex('0000'))], hex('20 01')), 'more than it says'],
    ['with something behind it', Buffer.concat([rawFrame(hex('00')), hex('00000000')]), 'something else follows'],
    ['with an empty packed block', literals(''), 'cut off'],
    ['with literals above their block', literals('f8 00'), 'literals are cut off'],
    ['with literals above 128 KiB', literals('0d 01 20 00'), 'literals are cut off'],
    ['that uses a code of no block', literals('53 4000 2d 00'), 'a code that no block before has'],
    ['that uses tables of no block', literals('08 67 01 fc 80'), 'tables that no block before has'],
    ['with sequences in a way that there is not', literals('08 67 01 03 80'), 'a way that there is not'],
    ['with something behind its literals', literals('08 67 00 00'), 'follows its literals'],
    ['with weights that make no code', literals('52c000 80 00 2d 00'), 'make no code'],
    ['with a weight of twelve', literals('52c000 80 c0 2d 00'), 'a weight that there is not'],
    ['with bits of literals that are nothing', literals('52c000 80 10 6d 00'), 'bits that are nothing'],
    ['with too few bits of literals', literals('52c000 80 10 0d 00'), 'ends too early'],
    ['with a stream without an end mark', literals('52c000 80 10 00 00'), 'no end mark'],
    ['with a table too large', literals('08 67 01 80 0f 80'), 'larger than it may be'],
    // One sequence of runs of one symbol each: of literals, of a distance, of a length.
    ['that copies from before its beginning', literals('08 67 01 54 01 04 00 10'), 'further back than its window'],
    ['that copies from 2 GiB back', literals('08 67 01 54 01 1f 00 0000000080'), 'further back than its window'],
    ['that takes more literals than there are', literals('08 67 01 54 02 00 00 01'), 'more literals than there are'],
    ['with a symbol that there is not', literals('08 67 01 54 24 00 00 01'), 'a symbol that there is not'],
  ])('%s', async (_what, bytes, reason) => {
    await expect(inside(bytes)).rejects.toMatchObject({ code: 'GDO3012', message: expect.stringContaining(reason) });
  });

  it('cut off at each of its bytes', async () => {
    for (let end = 1; end < packed.length; end += 1) await expect(inside(packed.subarray(0, end))).rejects.toMatchObject({ code: 'GDO3012' });
  });

  it('or is another text, whichever bit of it is another one, and never fails otherwise', async () => {
    const codes = new Set<unknown>();
    for (let at = 0; at < 8 * packed.length; at += 3) {
      const bytes = Buffer.from(packed);
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
      codes.add(
        await inside(bytes).then(
          () => 'read',
          (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
        ),
      );
    }
    expect(codes).toEqual(new Set(['GDO3012', 'read']));
  });

  it('that unpacks to more than 200 times its size, before more of it is read', async () => {
    const bomb = frame(Array.from({ length: 2_000 }, () => block('run', hex('00'), 131_072)));
    let given = 0;
    const source = await unpackedSource(bytesSource(bomb), bomb.length);
    const into = Buffer.alloc(65_536);
    const read = async (): Promise<void> => {
      for (let count; (count = await source.read(into)) > 0;) given += count;
    };
    await expect(read()).rejects.toMatchObject({ code: 'GDO3012', message: expect.stringContaining('200 times') });
    expect(given).toBeLessThan(17 * 1024 * 1024);
  });

  it('that cannot be read to its end, with the reason of its own source', async () => {
    const broken: ByteSource = { read: () => Promise.reject(new Error('the disk is gone')) };
    await expect(readAll(unzstdSource(broken))).rejects.toThrow('the disk is gone');
    expect((await readAll(await unpackedSource(bytesSource(chance(5, 3)), 3))).equals(chance(5, 3))).toBe(true);
  });
});
