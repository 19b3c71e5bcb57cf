// A gzip as a source: what is wrong with it reaches whoever reads, and nobody else.
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../node/chunks/cut-source.ts';
import { gunzipSource } from '../../../node/chunks/gunzip-source.ts';
import { bytesSource, chance } from './bytes-source.ts';

const inside = chance(3, 1_000_000);
const packed = gzipSync(inside);

async function readAll(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  const into = Buffer.alloc(10_000);
  for (let count; (count = await source.read(into)) > 0;) parts.push(Buffer.from(into.subarray(0, count)));
  return Buffer.concat(parts);
}

describe('the inside of a gzip', () => {
  it('is read whole, in parts of any size (R43)', async () => {
    expect(Buffer.compare(await readAll(gunzipSource(bytesSource(packed))), inside)).toBe(0);
  });

  it.each([
    ['is cut off', packed.subarray(0, 5_000)],
    ['has another byte', Buffer.from(packed).fill(0x55, 5_000, 5_010)],
    ['is nothing but a head', packed.subarray(0, 10)],
  ])('that %s is refused by the read, also where that comes long after the bytes were looked at (T22, GDO3012)', async (_, bytes) => {
    const source = gunzipSource(bytesSource(bytes));
    await pause(100);
    await expect(readAll(source)).rejects.toMatchObject({ code: 'GDO3012', message: expect.stringMatching(/a layer is no gzip/) });
  });

  it('says what its own source says, where that cannot be read', async () => {
    const broken: ByteSource = { read: () => Promise.reject(new Error('the disk is gone')) };
    const source = gunzipSource(broken);
    await pause(100);
    await expect(readAll(source)).rejects.toMatchObject({ message: expect.stringMatching(/the disk is gone/) });
  });
});
