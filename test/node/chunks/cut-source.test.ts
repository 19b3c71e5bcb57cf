// Contents that are larger than the ring of blocks: cut by WebAssembly, hashed by other threads, and the same chunks as the published cutter gives.
import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chunkBytesMax, chunkEnd } from '../../../engine/index.ts';
import { beginCut, type ByteSource } from '../../../node/chunks/cut-source.ts';
import { quickCutter, tableBytes } from '../../../node/chunks/quick-cutter.ts';
import { sideThread } from '../../../node/chunks/side-thread.ts';
import { objectId } from '../../../node/git/object.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { fc } from '../../seeded.ts';

interface Line {
  readonly size: number;
  readonly id: string;
  readonly name: string;
}

interface Cut {
  readonly sha256: string;
  readonly lines: readonly Line[];
}

/** Cuts a source. Where threads made no id, it is hashed here. @param bytesCount - what is said before of how much will come */
async function cutAll(source: ByteSource, { wantsIds = (): boolean => true, bytesCount = 0 } = {}): Promise<Cut> {
  const lines: Line[] = [];
  const thread = sideThread();
  const cut = beginCut(bytesCount, thread);
  try {
    const sha256 = await cut.run(source, {
      read: () => undefined,
      wantsIds,
      chunk: ({ memory, from, end, id, name }) =>
        void lines.push({
          size: end - from,
          id: id === undefined ? objectId({ kind: 'blob', bytes: memory.subarray(from, end) }) : memory.toString('hex', id, id + 20),
          name: memory.toString('hex', name, name + 32),
        }),
    });
    return { sha256, lines };
  } finally {
    await thread.end();
  }
}

/** What the published cutter and plain hashes say. */
function expected(bytes: Uint8Array): Cut {
  const lines: Line[] = [];
  for (let from = 0; from < bytes.length;) {
    const chunk = bytes.subarray(from, chunkEnd(bytes, from, bytes.length));
    lines.push({ size: chunk.length, id: objectId({ kind: 'blob', bytes: chunk }), name: hash('sha256', chunk) });
    from += chunk.length;
  }
  return { sha256: hash('sha256', bytes), lines };
}

describe('the cutter in WebAssembly', () => {
  it('cuts wherever the published one cuts, from any place to any limit (R42)', () => {
    const { memory, chunkEnd: quick } = quickCutter(tableBytes + 200_000);
    const all = new Uint8Array(memory);
    const place = fc.integer({ min: 0, max: 199_000 });
    const [repeated, random] = [fc.constantFrom('\0', 'a', 'ab', 'abcdefghijklmnopqrstuvwxyz'), fc.integer({ min: 1, max: 255 })];
    fc.assert(
      fc.property(fc.oneof(repeated, random), place, fc.integer({ min: 1, max: 2 * chunkBytesMax }), (made, from, length) => {
        const bytes = typeof made === 'string' ? Buffer.alloc(200_000, made) : chance(made, 200_000);
        all.set(bytes, tableBytes);
        const end = Math.min(200_000, from + length);
        expect(quick(tableBytes + from, tableBytes + end) - tableBytes).toBe(chunkEnd(bytes, from, end));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a content that is larger than the ring', () => {
  const bytes = Buffer.concat([chance(21, 5_000_000), Buffer.alloc(3_000_000), chance(22, 4_100_000)]);

  it.each([bytes.length, 65_536, 1_048_577, 3_333])('is cut and hashed as one piece, where it comes in pieces of %i bytes (R42)', async (piece) => {
    expect(await cutAll(bytesSource(bytes, piece))).toEqual(expected(bytes));
  });

  it('is the same, whether ids are made for all of its blocks, for none or for some (R42)', async () => {
    let asked = 0;
    const wanted = [(): boolean => false, (): boolean => (asked += 1) % 3 === 0];
    for (const wantsIds of wanted) expect(await cutAll(bytesSource(bytes), { wantsIds })).toEqual(expected(bytes));
    expect(asked).toBeGreaterThan(6);
  });

  it.each([0, 3, 6_300_000, bytes.length, 2 ** 40])('is the same, if %i bytes were said to come (R42)', async (bytesCount) => {
    expect(await cutAll(bytesSource(bytes), { bytesCount })).toEqual(expected(bytes));
    expect(await cutAll(bytesSource(bytes.subarray(0, 1_000)), { bytesCount })).toEqual(expected(bytes.subarray(0, 1_000)));
  });

  it.each([1, 22, 23, 24, 25, 46])('ends where a block ends, after %i of them (R42)', async (blocks) => {
    const whole = bytes.subarray(0, blocks * 256 * 1024);
    for (const bytesCount of [0, whole.length]) expect(await cutAll(bytesSource(whole), { bytesCount })).toEqual(expected(whole));
  });

  it('is the same from a source that answers at once, and from one that takes its time now and then (R42)', async () => {
    let at = 0;
    const read = (into: Uint8Array): number => {
      const part = bytes.subarray(at, at + Math.min(into.length, 100_000));
      into.set(part);
      at += part.length;
      return part.length;
    };
    for (const source of [{ read }, { read: (into: Uint8Array) => (at % 3 === 0 ? Promise.resolve(read(into)) : read(into)) }]) {
      at = 0;
      expect(await cutAll(source, { bytesCount: bytes.length })).toEqual(expected(bytes));
    }
  });

  it('is not waited for when its thread has died', async () => {
    const thread = sideThread();
    const cut = beginCut(bytes.length, thread);
    await thread.end();
    const hear = { read: () => undefined, wantsIds: () => false, chunk: () => undefined };
    await expect(cut.run(bytesSource(bytes), hear)).rejects.toThrow('the thread was ended');
  });
});
