// The Ed25519 rule against every published set, the crafted set and node:crypto: one answer on both paths, and `noble.verify` is visibly another rule.
import { createPublicKey, verify as verifyNatively } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { verify as nobleVerify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { hashes } from '@noble/ed25519';
import { describe, expect } from 'vitest';
import { checkKey, fromHex, toHex, utf8Encode, verifyPortable, verifyWith, type NativeEquation, type SignedMessage } from '../../../engine/index.ts';
import { itShared } from '../../shared.ts';

hashes.sha512 = sha512;

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

const native: NativeEquation = ({ key, message, signature }) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
  return verifyNatively(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
};

/** Both paths; they must agree. */
function judge(signed: SignedMessage): boolean {
  const portable = verifyPortable(signed);
  const withNative = verifyWith(native, checkKey(signed.key), signed);
  expect(withNative).toEqual(portable);
  return portable.kind === 'ok';
}

function read(path: string): readonly Record<string, unknown>[] {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return Array.isArray(parsed) ? parsed : [];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const folder = 'cases/vectors/ed25519';

describe('the rule gdo-strict-ed25519-v1', () => {
  itShared(`${folder}/noble-rfc8032-ed25519.json`, 'accepts the vectors of RFC 8032', (path) => {
    for (const row of read(path))
      expect(judge({ key: bytes(text(row['pub'])), message: bytes(text(row['msg'])), signature: bytes(text(row['sig'])) })).toBe(true);
  });

  itShared(`${folder}/wycheproof-ed25519_test.json`, 'gives the published answer to all 151 cases of Wycheproof', (path) => {
    const { testGroups } = JSON.parse(readFileSync(path, 'utf8'));
    let count = 0;
    for (const group of testGroups) {
      for (const test of group.tests) {
        const answer = judge({ key: bytes(group.publicKey.pk), message: bytes(test.msg), signature: bytes(test.sig) });
        expect({ test: test.tcId, answer }).toEqual({ test: test.tcId, answer: test.result === 'valid' });
        count += 1;
      }
    }
    expect(count).toBe(151);
  });

  itShared(`${folder}/speccheck-cases.json`, 'refuses all 12 speccheck cases: each has a key or an R outside the rule', (path) => {
    const accepted = read(path).map((row) =>
      judge({ key: bytes(text(row['pub_key'])), message: bytes(text(row['message'])), signature: bytes(text(row['signature'])) }),
    );
    expect(accepted).toHaveLength(12);
    expect(accepted.filter(Boolean)).toEqual([]);
  });

  itShared(`${folder}/noble-zip215.json`, 'refuses all 196 small-order and non-canonical cases', (path) => {
    const answers = read(path).map((row) =>
      judge({ key: bytes(text(row['vk_bytes'])), message: utf8Encode('Zcash'), signature: bytes(text(row['sig_bytes'])) }),
    );
    expect(answers).toHaveLength(196);
    expect(answers.filter(Boolean)).toEqual([]);
  });

  itShared(
    `${folder}/gdo-strict-crafted-seed20261121.json`,
    'agrees with the crafted set on both paths, where noble.verify does not in either of its modes',
    async (path) => {
      const rows = read(path);
      const differs = { strict: 0, zip215: 0 };
      for (const row of rows) {
        const signed = { key: bytes(text(row['publicKey'])), message: bytes(text(row['message'])), signature: bytes(text(row['signature'])) };
        const answer = judge(signed);
        expect({ id: row['id'], answer }).toEqual({ id: row['id'], answer: row['gdoStrict'] });
        if (nobleAccepts(signed, false) !== answer) differs.strict += 1;
        if (nobleAccepts(signed, true) !== answer) differs.zip215 += 1;
      }
      expect(rows).toHaveLength(300);
      // A mutant that uses noble.verify fails this set; the published sets alone would not show it.
      expect(differs.strict).toBeGreaterThan(20);
      expect(differs.zip215).toBeGreaterThan(20);
    },
  );
});

function nobleAccepts({ key, message, signature }: SignedMessage, zip215: boolean): boolean {
  try {
    return nobleVerify(signature, message, key, { zip215 });
  } catch {
    return false;
  }
}

describe('a key', () => {
  itShared(`${folder}/noble-rfc8032-ed25519.json`, 'plus any point of small order is refused, and so is any other encoding', (path) => {
    const lows = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      '0000000000000000000000000000000000000000000000000000000000000080',
      '0100000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000080',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      '02',
    ];
    for (const low of lows) expect(checkKey(bytes(low))).toMatchObject({ kind: 'refused', code: 'GDO1013' });
    const [first] = read(path);
    const key = bytes(text(first?.['pub']));
    expect(checkKey(key)).toEqual({ kind: 'ok' });
    expect(toHex(key)).toHaveLength(64);
  });
});
