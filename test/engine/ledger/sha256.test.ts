// SHA-256 of the engine against the published examples, the runtime's own and that of another library: every length around a block, and long ones.
import { createHash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import {
  batchId,
  decodeEvent,
  digest,
  encodeEvent,
  eventId,
  joined,
  merkleRoot,
  sha256Bytes,
  sha256Hex,
  signedData,
  toHex,
  utf8Encode,
  zeros64,
} from '../../../engine/index.ts';

const native = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes without a pattern, the same ones in every run. */
const scrambled = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => ((index + length) * 2_654_435_761) >>> 24);

describe('SHA-256', () => {
  it('gives the digests of the examples of FIPS 180-4 and of the empty message', () => {
    expect(sha256Hex(utf8Encode(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256Hex(utf8Encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex(utf8Encode('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(sha256Hex(utf8Encode('a'.repeat(1_000_000)))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  it('agrees with the runtime and with another library on every length up to five blocks', () => {
    for (let length = 0; length <= 320; length += 1) {
      for (const bytes of [new Uint8Array(length), new Uint8Array(length).fill(255), scrambled(length)]) {
        expect({ length, hash: sha256Hex(bytes) }).toEqual({ length, hash: native(bytes) });
        expect(toHex(sha256Bytes(bytes))).toBe(toHex(sha256(bytes)));
      }
    }
  });

  it('agrees on long messages and on a part of a larger buffer', () => {
    for (const length of [4_095, 65_537, 300_001]) {
      const bytes = scrambled(length + 7).subarray(7);
      expect(sha256Hex(bytes)).toBe(native(bytes));
    }
  });

  it('agrees on inner nodes, whose second block is prepared by their last byte', () => {
    const left = native(Buffer.from('00', 'hex'));
    const lasts = new Set<string>();
    for (let index = 0; index < 4_000; index += 1) {
      const leaf = Uint8Array.of(index >> 8, index & 255);
      const right = native(joined([Uint8Array.of(0), leaf]));
      lasts.add(right.slice(-2));
      expect(merkleRoot([new Uint8Array(), leaf])).toBe(native(Buffer.from(`01${left}${right}`, 'hex')));
    }
    expect(lasts.size).toBe(256);
  });

  it('keeps the domains apart, for short bytes and for long ones', () => {
    for (const length of [0, 1, 54, 2_034, 2_035, 2_036, 5_000]) {
      const bytes = scrambled(length);
      expect(digest('gdo-event-v1', bytes)).toBe(native(Buffer.concat([Buffer.from('gdo-event-v1\0'), bytes])));
    }
  });

  it('gives the same ids and the same signed bytes where the runtime hashes', () => {
    const sha512 = (bytes: Uint8Array): Uint8Array => createHash('sha512').update(bytes).digest();
    for (const length of [1, 40, 1_900, 8_000]) {
      const event = {
        org: zeros64,
        actor: 'ada',
        device: zeros64,
        seq: 1,
        kind: 'complaint',
        body: { about: zeros64, text: 'é'.repeat(length / 2) },
        tsMs: 7,
      } as const;
      const line = encodeEvent(event);
      const read = decodeEvent(line, native);
      expect(read).toEqual(decodeEvent(line));
      expect(read).toMatchObject({ kind: 'ok', event: { id: eventId(line) } });
      const payload = scrambled(length);
      expect(batchId(payload, native)).toBe(batchId(payload));
      expect(toHex(signedData('git', payload, sha512))).toBe(toHex(signedData('git', payload)));
    }
  });
});
