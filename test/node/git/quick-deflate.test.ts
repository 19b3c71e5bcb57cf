// The compressor of small objects: whatever it gives back, every reader of RFC 1950 reads, and the rest it leaves to the runtime's.
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { quickDeflate } from '../../../node/git/quick-deflate.ts';
import { fc } from '../../seeded.ts';

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
const text = (letters: readonly string[], lengths: { readonly minLength: number; readonly maxLength: number }) =>
  fc.array(fc.constantFrom(...letters), { ...lengths, size: 'max' }).map((all) => Buffer.from(all.join('')));

describe('a text of a ledger', () => {
  it('is read back as it was and is shorter, where it is mostly hashes', () => {
    const hashes = text('0123456789abcdef\n '.split(''), { minLength: 300, maxLength: 4_096 });
    fc.assert(
      fc.property(hashes, (bytes) => {
        const small = quickDeflate(bytes);
        expect(small?.length).toBeLessThan(bytes.length * 0.8);
        expect(inflateSync(small ?? bytes).equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is read back as it was, or is left to the runtime, whatever letters it has', () => {
    fc.assert(
      fc.property(text([...printable, '\n'], { minLength: 0, maxLength: 400 }), text('etaoin-'.split(''), { minLength: 0, maxLength: 400 }), (odd, plain) => {
        const bytes = Buffer.concat([plain, odd]);
        const small = quickDeflate(bytes);
        expect(small === undefined || (small.length < bytes.length && inflateSync(small).equals(bytes))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('is shorter by a tenth and more where it is a commit of a batch or a line of events', () => {
    const id = '4ebcf13c9861d84b418fdfe8a5e6d8e53314482ffa9ab87cf915d607fc26dc42';
    const line = Buffer.from(
      `{"actor":"ada","body":{"choice":"yes","stage":2},"case":"${id}","device":"${id}","kind":"ballot","org":"${id}","seq":1,"ts":1795248000000,"v":1}\n`,
    );
    const trailers = Buffer.from(
      `gdo batch 98041905c581bf6d 1+2\n\nGdo-Format: gdo-batch-v1\nGdo-Org: ${id}\nGdo-Actor: ada\nGdo-Device: ${id}\nGdo-Seq: 1 2\n`,
    );
    for (const bytes of [line, trailers]) expect((quickDeflate(bytes) ?? bytes).length).toBeLessThan(bytes.length * 0.9);
  });

  it('of the largest size and the highest letters has the right sum at its end', () => {
    const bytes = Buffer.from(`${'0'.repeat(3_000)}${'z'.repeat(1_096)}`);
    expect(inflateSync(quickDeflate(bytes) ?? Buffer.alloc(0)).equals(bytes)).toBe(true);
  });
});

it('bytes that are no such text are left to the runtime', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from([0]), Buffer.from('é'), Buffer.from('a\tb'), Buffer.from([0x7f]), Buffer.from('~'.repeat(300))]) {
    expect(quickDeflate(bytes)).toBe(undefined);
  }
});
