// The index of a pack: rows in any order, and ids that begin alike, which real ones do in packs of millions.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { PackRows } from '../../../node/git/pack-index.ts';

const sumOf = (text: string): Buffer => createHash('sha1').update(text).digest();

/** The index as gitformat-pack(5) says it, put together row by row. */
function plainIndex(rows: readonly (readonly [id: Buffer, sum: number, offset: number])[], sum: Buffer): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const sorted = rows.toSorted(([left], [right]) => Buffer.compare(left, right));
  const fanout = Array.from({ length: 256 }, (_, byte) => number(rows.filter(([id]) => (id[0] ?? 0) <= byte).length));
  const body = [
    Buffer.from('ff744f6300000002', 'hex'),
    ...fanout,
    ...sorted.map(([id]) => id),
    ...sorted.map(([, crc]) => number(crc)),
    ...sorted.map(([, , offset]) => number(offset)),
    sum,
  ];
  return Buffer.concat([...body, createHash('sha1').update(Buffer.concat(body)).digest()]);
}

function check(ids: readonly Buffer[]): void {
  const rows = new PackRows();
  const given = ids.map((id, row) => [id, sumOf(`sum ${row}`).readUInt32BE(), 12 + row * 100] as const);
  for (const [id, sum, offset] of given) rows.add(id, sum, offset);
  const { bytes, rank } = rows.index(sumOf('pack'));
  expect(bytes.equals(plainIndex(given, sumOf('pack')))).toBe(true);
  const sorted = ids.toSorted((left, right) => Buffer.compare(left, right));
  expect(ids.map((id, row) => sorted[rank[row] ?? -1]?.equals(id))).toEqual(ids.map(() => true));
}

it('sorts no row, one row, and as many as make it grow', () => {
  for (const count of [0, 1, 2, 3_000]) check(Array.from({ length: count }, (_, row) => sumOf(`object ${row}`)));
});

it('sorts ids that begin alike by all of their bytes, the highest and the lowest among them', () => {
  // Alike in none, in some and in all of the bits that are sorted as numbers.
  const alike = [0, 3, 5, 6, 7, 19].flatMap((bytesCount) =>
    Array.from({ length: 40 }, (_, row) => {
      const id = sumOf(`object ${bytesCount} ${row}`);
      id.fill(0xff, 0, bytesCount);
      return id;
    }),
  );
  const distinct = [...new Map(alike.map((id) => [id.toString('hex'), id])).values()];
  check([...distinct, Buffer.alloc(20), Buffer.alloc(20, 0x7f), Buffer.from('f'.repeat(39) + 'e', 'hex')].filter((id) => !id.equals(Buffer.alloc(20, 0xff))));
  check(distinct.toReversed());
});
