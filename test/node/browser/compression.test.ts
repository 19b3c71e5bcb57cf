// What stands for `node:zlib` in a page, beside Node's own.
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { crc32 as pageCrc32 } from '../../../node/browser/compression.ts';
import { fc } from '../../seeded.ts';

it('A page comes to the CRC-32 that Node comes to, of bytes in one piece and in two', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (one, other) => {
      expect(pageCrc32(one)).toBe(crc32(one));
      expect(pageCrc32(other, pageCrc32(one))).toBe(crc32(Buffer.concat([one, other])));
    }),
  );
});
