// The commit grammar and the SSH armour: every odd spelling is refused, whatever git would make of it.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import {
  armour,
  batchPayload,
  isBylawsName,
  isIdentifier,
  publicKeyText,
  readArmour,
  readBatchCommit,
  readPublicKey,
  signedCommit,
  signedData,
  toBase64,
  utf8Encode,
  zeros64,
  type BatchCommit,
} from '../../../engine/index.ts';

const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
});
const key = Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(12));
const hex = (digit: string): string => digit.repeat(64);

const commit: BatchCommit = {
  tree: 'a'.repeat(40),
  parents: ['b'.repeat(40), 'c'.repeat(40), 'd'.repeat(40)],
  seconds: 1_700_000_000,
  org: hex('1'),
  actor: 'ada',
  device: hex('2'),
  seq: 4,
  count: 2,
  prev: hex('3'),
  deps: [hex('4'), hex('5')],
  base: hex('6'),
  root: hex('7'),
};

function signed(of: BatchCommit): string {
  const payload = batchPayload(of);
  return signedCommit(payload, armour({ key, namespace: 'git', signature: Uint8Array.from(sign(null, signedData('git', utf8Encode(payload)), privateKey)) }));
}

const whole = signed(commit);
const code = (text: string): string => {
  const read = readBatchCommit(utf8Encode(text));
  return read.kind === 'ok' ? 'ok' : read.code;
};

describe('a batch commit', () => {
  it('reads back as it was written, with any number of parents', () => {
    for (const one of [commit, { ...commit, parents: [], deps: [], prev: zeros64 }, { ...commit, parents: commit.parents.slice(1), prev: zeros64 }]) {
      expect(readBatchCommit(utf8Encode(signed(one)))).toMatchObject({ kind: 'ok', commit: one, payload: batchPayload(one) });
    }
  });

  it('is refused with two committers, other headers, other dates, other line ends or any other odd spelling', () => {
    const line = (name: string): string => whole.split('\n').find((one) => one.startsWith(name)) ?? '';
    const odd: readonly (readonly [string, string])[] = [
      [line('committer'), `${line('committer')}\n${line('committer')}`],
      [line('author'), `${line('author')}\n${line('author')}`],
      [line('tree'), line('tree').toUpperCase().replace('TREE', 'tree')],
      [line('tree'), `${line('tree')}\n${line('tree')}`],
      ['1700000000 +0000\ncommitter', '1e9 +0000\ncommitter'],
      ['+0000', '+0100'],
      [line('committer'), `${line('committer')}\nencoding ISO-8859-1`],
      [line('committer'), `${line('committer')}\nmergetag object`],
      ['gpgsig -----BEGIN', 'gpgsig-sha256 -----BEGIN'],
      ['\n\ngdo batch', '\n\n\ngdo batch'],
      ['\n\ngdo batch', '\r\n\ngdo batch'],
      ['Gdo-Seq: 4 2', 'Gdo-Seq: 4  2'],
      ['Gdo-Seq: 4 2', 'Gdo-Seq: 04 2'],
      ['Gdo-Seq: 4 2', 'Gdo-Seq: 4 257'],
      ['Gdo-Seq: 4 2', 'Gdo-Seq: 0 2'],
      [`Gdo-Prev: ${hex('3')}`, `Gdo-Prev: ${hex('0')}`],
      [`Gdo-Dep: ${hex('4')}\nGdo-Dep: ${hex('5')}`, `Gdo-Dep: ${hex('5')}\nGdo-Dep: ${hex('4')}`],
      [`Gdo-Dep: ${hex('5')}`, `Gdo-Dep: ${hex('4')}`],
      [`Gdo-Base: ${hex('6')}\n`, ''],
      [`Gdo-Org: ${hex('1')}`, `Gdo-Org: ${hex('f')}`],
      ['Gdo-Actor: ada', 'Gdo-Actor: ben'],
      ['ada <ada@', 'Ada <ada@'],
      [`Gdo-Batch: ${hex('7')}\n`, `Gdo-Batch: ${hex('7')}`],
      [`Gdo-Batch: ${hex('7')}\n`, `Gdo-Batch: ${hex('7')}\nSigned-off-by: ada\n`],
      ['gdo batch', 'gdo  batch'],
      ['gdo batch', 'gdo\0batch'],
    ];
    expect(code(whole)).toBe('ok');
    for (const [from, to] of odd) {
      expect(whole).toContain(from);
      expect({ to, code: code(whole.replace(from, to)) }).toEqual({ to, code: 'GDO1010' });
    }
    expect(code(`${whole}${'x'.repeat(33_000)}`)).toBe('GDO1003');
    expect(code('')).toBe('GDO1010');
  });

  it('never means the same after any one byte is changed outside its signature', () => {
    const bytes = utf8Encode(whole);
    const [from, until] = [whole.indexOf('gpgsig'), whole.indexOf('\n\n')];
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), (place, byte) => {
        fc.pre(bytes[place] !== byte && (place < from || place >= until));
        const changed = Uint8Array.from(bytes);
        changed[place] = byte;
        const read = readBatchCommit(changed);
        if (read.kind === 'ok') expect(read.payload).not.toBe(batchPayload(commit));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the armour', () => {
  const good = armour({ key, namespace: 'git', signature: new Uint8Array(64) });

  it('reads back as it was written', () => {
    expect(readArmour(good)).toEqual({ kind: 'ok', signature: { key, namespace: 'git', signature: new Uint8Array(64) } });
    expect(
      good
        .split('\n')
        .slice(1, -3)
        .every((line) => line.length === 70),
    ).toBe(true);
  });

  it('that is read is the only text for what it says, whatever byte of it is changed, taken out or doubled', () => {
    const blob = Buffer.from(good.split('\n').slice(1, -2).join(''), 'base64');
    const texts = fc.record({ at: fc.nat(blob.length - 1), how: fc.constantFrom('change', 'remove', 'double'), byte: fc.nat(255) }).map(({ at, how, byte }) => {
      const middle = how === 'change' ? [byte] : how === 'double' ? [blob[at] ?? 0, blob[at] ?? 0] : [];
      const bytes = Buffer.concat([blob.subarray(0, at), Buffer.from(middle), blob.subarray(at + 1)]);
      return ['-----BEGIN SSH SIGNATURE-----', ...(bytes.toString('base64').match(/.{1,70}/g) ?? []), '-----END SSH SIGNATURE-----', ''].join('\n');
    });
    fc.assert(
      fc.property(texts, (text) => {
        const read = readArmour(text);
        return read.kind === 'refused' || armour(read.signature) === text;
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused re-wrapped, padded, with carriage returns, other bytes around it, another hash or another kind of key', () => {
    const lines = good.split('\n');
    const inner = lines.slice(1, -2).join('');
    const wrapped = (columns: number): string =>
      [lines[0], ...(inner.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []), '-----END SSH SIGNATURE-----', ''].join('\n');
    const blob = Buffer.from(inner, 'base64');
    const again = (bytes: Uint8Array): string =>
      [lines[0], ...(toBase64(Uint8Array.from(bytes)).match(/.{1,70}/g) ?? []), '-----END SSH SIGNATURE-----', ''].join('\n');
    expect(wrapped(70)).toBe(good);
    const sk = Buffer.from(blob.toString('latin1').replaceAll('ssh-ed25519', 'ssh-ed25518'), 'latin1');
    const sha256 = Buffer.from(blob.toString('latin1').replace('sha512', 'sha256'), 'latin1');
    const version = Buffer.from(blob.toString('latin1').replace('SSHSIG\0\0\0\u0001', 'SSHSIG\0\0\0\u0002'), 'latin1');
    // A byte more inside the field of the key, whose length stands at 10, or of the signature, whose length stands at 86.
    const longer = (length: number, end: number): Buffer => {
      const made = Buffer.concat([blob.subarray(0, end), Buffer.of(0), blob.subarray(end)]);
      made.writeUInt32BE(blob.readUInt32BE(length) + 1, length);
      return made;
    };
    expect([blob.readUInt32BE(10), blob.readUInt32BE(86)]).toEqual([51, 83]);
    for (const odd of [
      again(longer(10, 65)),
      again(longer(86, blob.length)),
      wrapped(76),
      wrapped(64),
      good.replaceAll('\n', '\r\n'),
      `${good}\n`,
      ` ${good}`,
      good.trimEnd(),
      again(Buffer.concat([blob, Buffer.of(0)])),
      again(sk),
      again(sha256),
      again(version),
      again(blob.subarray(0, -1)),
      '',
      'x',
    ]) {
      expect(readArmour(odd)).toMatchObject({ kind: 'refused', code: 'GDO1011' });
    }
  });

  it('is never read as the same signature after any one byte is changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }), (place, letter) => {
        fc.pre(good[place] !== letter);
        const read = readArmour(good.slice(0, place) + letter + good.slice(place + 1));
        if (read.kind === 'ok') expect(read.signature).not.toEqual({ key, namespace: 'git', signature: new Uint8Array(64) });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('names', () => {
  it('of keys are read from authorized_keys text', () => {
    expect(readPublicKey(publicKeyText(key))).toEqual(key);
    expect(readPublicKey(`${publicKeyText(key)} ada@example`)).toEqual(key);
    for (const odd of ['', 'ssh-rsa AAAA', 'ssh-ed25519', 'ssh-ed25519 AAAA', publicKeyText(key).slice(0, -4)]) expect(readPublicKey(odd)).toBe(undefined);
  });

  it('of members and of the bylaws are plain ASCII of at most 64 letters', () => {
    for (const good of ['a', '0', 'ada-l', 'a'.repeat(64)]) expect(isIdentifier(good)).toBe(true);
    for (const bad of ['', '-a', 'Ada', 'a_b', 'a'.repeat(65), 'ä', 'a\n', '\u212a', 7]) expect(isIdentifier(bad)).toBe(false);
    for (const good of ['A', 'release-Manager', 'constructor', 'x9']) expect(isBylawsName(good)).toBe(true);
    for (const bad of ['', '9x', '-x', 'a b', '\u212aelvin', 'x\u212a', 'a'.repeat(65), '__proto__']) expect(isBylawsName(bad)).toBe(false);
  });
});
