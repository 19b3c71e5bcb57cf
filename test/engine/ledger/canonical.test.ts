// Canonical JSON against the JSON test suite, RFC 8785's own data and an oracle written from section 3 of the ledger's paper.
import { readFileSync, readdirSync } from 'node:fs';
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import {
  canonicalText,
  decodeCanonical,
  encodeCanonical,
  fromBase64,
  fromHex,
  toBase64,
  toHex,
  utf8Bytes,
  utf8Decode,
  type Json,
  type JsonObject,
} from '../../../engine/index.ts';
import { itShared } from '../../shared.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** True for text without lone surrogates. */
function isWell(text: string): boolean {
  return Buffer.from(text, 'utf8').toString('utf8') === text;
}

/** The profile by the book, on the runtime's own JSON: the bytes are accepted iff they are the sorted, minimal spelling of a value of the profile. */
function oracle(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return text.startsWith('{') && inProfile(value, 1) && spelled(value) === text;
  } catch {
    return false;
  }
}

function inProfile(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isWell(value);
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (value === null || typeof value !== 'object' || depth > 32) return false;
  if (Array.isArray(value)) return value.every((one) => inProfile(one, depth + 1));
  return Object.entries(value).every(([key, one]) => /^[a-z][A-Za-z0-9]{0,39}$/.test(key) && inProfile(one, depth + 1));
}

function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spelled).join(',')}]`;
  const keys = Object.keys(value).toSorted((left, right) => (left < right ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${spelled(Reflect.get(value, key))}`).join(',')}}`;
}

function agrees(bytes: Uint8Array, name: string): boolean {
  const decoded = decodeCanonical(bytes);
  const accepted = decoded.kind === 'ok';
  expect({ name, accepted }).toEqual({ name, accepted: oracle(bytes) });
  if (decoded.kind === 'ok') expect(toHex(encodeCanonical(decoded.value))).toBe(toHex(bytes));
  return accepted;
}

describe('the strict reader', () => {
  itShared(
    'cases/vectors/json/test_parsing',
    'accepts of the JSON test suite, as it is and inside an object, what the profile allows and nothing else',
    (folder) => {
      const counts = { accepted: 0, files: 0 };
      for (const name of readdirSync(folder).toSorted()) {
        const file = readFileSync(`${folder}/${name}`);
        const inside = Uint8Array.from(Buffer.concat([ascii('{"a":'), file, ascii('}')]));
        for (const bytes of [Uint8Array.from(file), inside]) {
          const accepted = agrees(bytes, name);
          if (name.startsWith('n_')) expect({ name, accepted }).toEqual({ name, accepted: false });
          if (accepted) counts.accepted += 1;
        }
        counts.files += 1;
      }
      expect(counts.files).toBe(318);
      expect(counts.accepted).toBeGreaterThan(15);
    },
  );

  itShared('cases/vectors/jcs', 'writes the strings of RFC 8785 as its authors do, and refuses files with other keys, fractions or another root', (folder) => {
    for (const name of readdirSync(`${folder}/input`)) {
      const output = readFileSync(`${folder}/output/${name}`);
      agrees(Uint8Array.from(output), name);
      const strings: string[] = [];
      JSON.parse(output.toString('utf8'), (key: string, value: unknown) => {
        strings.push(key);
        if (typeof value === 'string') strings.push(value);
        return value;
      });
      for (const text of strings) expect(output.includes(text === '' ? '' : canonicalText(text)) || /^[0-9]+$/.test(text)).toBe(true);
    }
    expect(decodeCanonical(Uint8Array.from(readFileSync(`${folder}/output/values.json`)))).toMatchObject({ kind: 'refused', code: 'GDO1001' });
  });

  it('refuses every trap of the threat list with its code', () => {
    const nested = (depth: number): string => '{"a":'.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1);
    const traps: readonly (readonly [string, string])[] = [
      ['{"a":1,"a":1}', 'GDO1001'],
      ['{"\\u0061":1}', 'GDO1001'],
      ['{"b":1,"a":1}', 'GDO1001'],
      ['{"a":9007199254740992}', 'GDO1001'],
      ['{"a":9007199254740993}', 'GDO1001'],
      ['{"a":-0}', 'GDO1001'],
      ['{"a":1e2}', 'GDO1001'],
      ['{"a":1.0}', 'GDO1001'],
      ['{"a":01}', 'GDO1001'],
      ['{"a":"\\ud800"}', 'GDO1001'],
      ['{"a":null}', 'GDO1001'],
      ['{"__proto__":1}', 'GDO1001'],
      ['{"A":1}', 'GDO1001'],
      ['{"":1}', 'GDO1001'],
      ['{"a":"\\/"}', 'GDO1001'],
      ['{"a":"\\u000A"}', 'GDO1001'],
      ['{"a":"\\u001F"}', 'GDO1001'],
      ['{"a":"\\u007f"}', 'GDO1001'],
      ['{"a":"\t"}', 'GDO1001'],
      ['{"a":1}\n', 'GDO1001'],
      [' {"a":1}', 'GDO1001'],
      ['{"a": 1}', 'GDO1001'],
      ['\ufeff{}', 'GDO1001'],
      ['[]', 'GDO1001'],
      ['', 'GDO1001'],
      [nested(33), 'GDO1003'],
      [`{"a":"${'x'.repeat(65_530)}"}`, 'GDO1003'],
      [`{"${'a'.repeat(41)}":1}`, 'GDO1001'],
    ];
    for (const [text, code] of traps)
      expect({ text: text.slice(0, 30), answer: decodeCanonical(ascii(text)) }).toMatchObject({ answer: { kind: 'refused', code } });
    for (const text of [
      '{}',
      nested(32),
      '{"a":9007199254740991,"b":-9007199254740991,"c":0}',
      '{"a":"\\u001f\\n\\b\\"\\\\\u007f\u2028"}',
      `{"${'a'.repeat(40)}":true}`,
      '{"constructor":1}',
    ]) {
      expect(decodeCanonical(ascii(text)).kind).toBe('ok');
    }
    expect(decodeCanonical(Uint8Array.of(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d))).toMatchObject({ code: 'GDO1001' });
  });

  it('reads back what it wrote, and refuses or re-reads every one-byte change', () => {
    const key = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,5}$/);
    const { value } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }).filter((text) => isWell(text)),
        fc.maxSafeInteger().filter((one) => !Object.is(one, -0)),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 0, max: 255 }), (inner, place, byte) => {
        const bytes = encodeCanonical({ v: inner });
        const decoded = decodeCanonical(bytes);
        expect(decoded).toEqual({ kind: 'ok', value: { v: inner } });
        const changed = Uint8Array.from(bytes);
        changed[place % bytes.length] = byte;
        agrees(changed, 'changed');
      }),
      { numRuns: 300 },
    );
  });
});

describe('bytes', () => {
  it('are UTF-8, hexadecimal and base64 exactly as the runtime has them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }), (bytes, text) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        const well = isWell(text);
        expect(utf8Bytes(text)).toEqual(well ? Uint8Array.from(Buffer.from(text, 'utf8')) : undefined);
        let decoded: string | undefined;
        try {
          decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          decoded = undefined;
        }
        expect(utf8Decode(bytes)).toBe(decoded);
      }),
      { numRuns: 500 },
    );
    for (const other of ['A', 'AA=', 'AB==', 'AA==\n', 'A-==', '=AAA', 'AAA==']) expect(fromBase64(other)).toBe(undefined);
    for (const other of ['a', 'AB', '0g']) expect(fromHex(other)).toBe(undefined);
  });
});
