// Sealed bytes are age files for SSH keys: age opens ours and we open age's. Whoever changes one byte of one, cuts it off or mixes two gets nothing that is believed.
import { execFileSync } from 'node:child_process';
import { createHash, hkdfSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import { publicKeyLine } from '../../../node/ledger/key-file.ts';
import { createKey, readPublicKey, seedSigner } from '../../../node/ledger/keys.ts';
import { encodeHeader, fromBare64, readHeader, toBare64, type Stanza } from '../../../node/sealed/age-header.ts';
import { openPayload } from '../../../node/sealed/age-payload.ts';
import { unwrapWith, wrapFor, type OpeningKey } from '../../../node/sealed/age-recipient.ts';
import { ReadAhead } from '../../../node/sealed/read-ahead.ts';
import { readPlain, sealSource, unlock, unlockSource, type Unlocking } from '../../../node/sealed/sealed-content.ts';
import { pointOf, pointOfSigningKey, secretOfSigningSeed, x25519 } from '../../../node/sealed/x25519.ts';
import { bytesSource, chance as chanceBytes } from '../chunks/bytes-source.ts';
import { getContent } from '../../../node/chunks/get-content.ts';
import { blobRefs } from '../../../node/chunks/put-content.ts';
import { git, removeFolder, temporaryFolder, testSeed } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let repository: Repository;
beforeAll(async () => {
  repository = await initRepository(join(folder, 'repository'), 'bare');
  return () => repository.close();
});

function hasAge(): boolean {
  try {
    execFileSync('age', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    if (process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and age is missing', { cause: error });
    process.stderr.write('SKIPPED: no age is installed; sealed files are held against a file that it wrote, and not against itself.\n');
    return false;
  }
}

const keyOf = (name: string): OpeningKey => ({ seed: testSeed(name), publicKey: seedSigner(testSeed(name)).publicKey });
const [ada, ben, eve] = [keyOf('ada'), keyOf('ben'), keyOf('eve')];

/** Bytes by chance, other ones at each call, the same in each run. */
function dice(seed: number): (count: number) => Uint8Array {
  let calls = 0;
  return (count) => chanceBytes(seed * 100 + (calls += 1), count);
}

/** Seals bytes. @returns the SHA-256 of the sealed ones, and they */
async function sealed(plain: Uint8Array, keys: readonly OpeningKey[], seed = 1): Promise<{ sha256: string; bytes: Buffer; commitment: string }> {
  const { content, commitment } = await sealSource(repository, {
    source: bytesSource(plain, 10_000),
    keys: keys.map(({ publicKey }) => publicKey),
    chance: dice(seed),
  });
  // Sealing names nothing: the bytes get their name together with the record of them.
  await repository.updateRefs([{ ref: `${blobRefs}/${content.sha256}`, old: undefined, next: content.commit }]);
  const path = join(folder, 'sealed.age');
  expect(await getContent(repository, content.sha256, { path })).toMatchObject({ kind: 'ok' });
  return { sha256: content.sha256, bytes: readFileSync(path), commitment };
}

/** What came of opening: the plain bytes and their commitment, or how it failed. */
async function outcome(unlocking: Unlocking): Promise<readonly [plain: string, commitment: string] | string> {
  if (unlocking.kind !== 'ok') return unlocking.kind;
  const parts: Buffer[] = [];
  const plain = await readPlain(unlocking, (bytes) => void parts.push(Buffer.from(bytes)));
  return plain.kind === 'ok' ? [Buffer.concat(parts).toString('base64'), plain.commitment] : plain.kind;
}

const openedBytes = async (bytes: Uint8Array, key: OpeningKey): ReturnType<typeof outcome> => outcome(await unlockSource(bytesSource(bytes, 999), key));

/** About nothing, one piece of 64 KiB, and several. */
const sizes: readonly number[] = [0, 65_535, 65_536, 65_537, 200_000];

describe('a sealed file (R63)', () => {
  it.each(sizes)('of %i bytes opens for each of its keys, whole, and for no other', async (size) => {
    const plain = chanceBytes(7, size);
    const { sha256, commitment } = await sealed(plain, [ada, ben]);
    for (const key of [ada, ben]) expect(await outcome(await unlock(repository, sha256, key))).toEqual([plain.toString('base64'), commitment]);
    expect(await outcome(await unlock(repository, sha256, eve))).toBe('not yours');
    expect(await outcome(await unlock(repository, '0'.repeat(64), ada))).toBe('absent');
  });

  it('has other bytes, another name and another commitment each time, also where what is in it is the same', async () => {
    const all = await Promise.all([1, 2].map((seed) => sealed(Buffer.from('yes'), [ada], seed)));
    expect(new Set(all.map(({ commitment }) => commitment)).size).toBe(2);
    expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(2);
  });

  it('has a commitment that is the SHA-256 of 32 bytes which follow from the file key, and the plain ones', async () => {
    const fileKey = dice(5)(16);
    const { commitment } = await sealed(Buffer.from('0004518627'), [ada], 5);
    const salt = Buffer.from(hkdfSync('sha256', fileKey, '', 'gdo-sealed-file-v1 commitment', 32));
    expect(commitment).toBe(createHash('sha256').update(salt).update('0004518627').digest('hex'));
    expect(commitment).not.toBe(createHash('sha256').update('0004518627').digest('hex'));
  });

  it('is not believed with any byte of it changed, cut off anywhere, or with more behind it (GDO4033)', async () => {
    const { bytes } = await sealed(Buffer.from('A medical note'), [ada, ben]);
    const isBelieved = async (changed: Uint8Array): Promise<boolean> => typeof (await openedBytes(changed, ada)) !== 'string';
    expect(await isBelieved(bytes)).toBe(true);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect([at, await isBelieved(changed)]).toEqual([at, false]);
    }
    for (let length = 0; length < bytes.length; length += 5) expect([length, await isBelieved(bytes.subarray(0, length))]).toEqual([length, false]);
    for (const more of ['x', 'x'.repeat(16), 'x'.repeat(70_000)]) expect(await isBelieved(Buffer.concat([bytes, Buffer.from(more)]))).toBe(false);
  });

  it('is not believed with its pieces in another order, without the last one, or with those of another file', async () => {
    const [one, other] = [await sealed(chanceBytes(1, 200_000), [ada], 1), await sealed(chanceBytes(2, 200_000), [ada], 2)];
    const piece = 65_552;
    const start = one.bytes.length - (200_000 + 4 * 16);
    const pieces = (bytes: Buffer): readonly Buffer[] => [0, 1, 2, 3].map((index) => bytes.subarray(start + index * piece, start + (index + 1) * piece));
    const head = one.bytes.subarray(0, start);
    const [a = head, b = head, c = head, last = head] = pieces(one.bytes);
    const [, foreign = head] = pieces(other.bytes);
    expect(await openedBytes(Buffer.concat([head, a, b, c, last]), ada)).toEqual([chanceBytes(1, 200_000).toString('base64'), one.commitment]);
    for (const order of [[b, a, c, last], [a, b, c], [a, b, last], [a, foreign, c, last], [a, a, c, last], [last]])
      expect(await openedBytes(Buffer.concat([head, ...order]), ada)).toBe('false');
  });

  it('that says it is another sealed file than its key makes it opens for nobody', async () => {
    const fileKey = dice(3)(16);
    const name: Stanza = { words: ['gdo-sealed-file', toBare64(Buffer.alloc(32, 9))], body: new Uint8Array(0) };
    const wrapped = wrapFor(ada.publicKey, fileKey, dice(4)(32));
    for (const stanzas of [[name, wrapped], [wrapped], [name, name, wrapped]])
      expect(await openedBytes(Buffer.concat([encodeHeader(stanzas, fileKey), Buffer.alloc(40)]), ada)).toBe('false');
  });
});

describe('an age file', () => {
  /** Written by `age -R ada.pub -R other.pub` of age 1.1.1. */
  const byAge = `YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNzaC1lZDI1NTE5IG1BUVpCUSB2RllyY0oySDloVCtoOHNGRk5iZFE4SHJ6bzJOYXNh
WmVra2c0M2xvWUd3CnZINUt3UmMvSytxTE84Y0RWb1I5OUtFbU1LMVczK0NDZ3hMU09tNHJjTDAKLT4gc3NoLWVkMjU1MTkgT1pM
djRRIGJnWnpISzdmdjZDUml1alNlKzRPdGtHd3hROFl5a0VSaEowU2NBWDRNM0kKbnpjblIrRzIva2cwUW9DV0FmK0F0Y3UyZUt1
NEM1V0V5SHhmMmZlVUZLMAotLS0gc0FBSWUzdmpKeDQ1ejE4cjVUREN0Z0VBcWh1KzYrNXQwS3k0Q0p5allvYwrF+5x0etfRo7Q3
23M0RCmW1Q3QDomAS3boQG1JYZqgykocQy/aTLJ7H6YG2GtSNaAg0UsViVQ=`;

  async function plainOf(bytes: Buffer, key: OpeningKey): Promise<string | undefined> {
    const read = readHeader(bytes);
    if (read.kind !== 'ok') return undefined;
    const [fileKey] = read.header.stanzas.flatMap((stanza) => unwrapWith(key, stanza) ?? []);
    if (fileKey === undefined) return undefined;
    const parts: Buffer[] = [];
    const body = new ReadAhead(bytesSource(bytes.subarray(read.header.bytesCount)));
    const fault = await openPayload(body, fileKey, (plain) => void parts.push(Buffer.from(plain)));
    return fault ?? Buffer.concat(parts).toString('utf8');
  }

  it('that age wrote opens for the key that it names first, and for no other', async () => {
    const bytes = Buffer.from(byAge, 'base64');
    expect(await plainOf(bytes, ada)).toBe('Written by age 1.1.1.\n');
    expect(await plainOf(bytes, ben)).toBeUndefined();
    expect(await openedBytes(bytes, ada)).toBe('false');
  });

  it.skipIf(!hasAge()).each(sizes)('of ours, of %i bytes, is opened by age with keys of ssh-keygen and of gdo, and the other way round', async (size) => {
    const paths = ['made-by-gdo', 'made-by-ssh'].map((name) => join(folder, `${name}-${size}`));
    const [first = '', second = ''] = paths;
    createKey(first, { seed: testSeed('ada'), comment: 'ada' });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', second]);
    const plain = chanceBytes(11, size);
    const { bytes } = await sealed(plain, [ada, { seed: new Uint8Array(32), publicKey: readPublicKey(second) }]);
    const file = join(folder, `${size}.age`);
    writeFileSync(file, bytes);
    for (const path of paths) expect(execFileSync('age', ['-d', '-i', path, file]).equals(plain)).toBe(true);
    writeFileSync(`${first}.list`, `${publicKeyLine(ben.publicKey, 'ben')}\n${publicKeyLine(ada.publicKey, 'ada')}\n`);
    const theirs = execFileSync('age', ['-R', `${first}.list`], { input: plain.toString('base64') });
    expect(await plainOf(theirs, ada)).toBe(plain.toString('base64'));
    expect(await plainOf(theirs, ben)).toBe(plain.toString('base64'));
  });

  it('has a head of one form only', () => {
    const fileKey = dice(6)(16);
    const stanzas = [0, 47, 48, 49, 96].map((size) => ({ words: ['kind', `of-${size}`], body: chanceBytes(3, size) }));
    const head = encodeHeader(stanzas, fileKey);
    const read = readHeader(Buffer.concat([head, Buffer.from('\n--- and more')]));
    expect(read.kind === 'ok' && [read.header.bytesCount, read.header.stanzas.map(({ words, body }) => [words, Buffer.from(body)])]).toEqual([
      head.length,
      stanzas.map(({ words, body }) => [words, body]),
    ]);
    const text = head.toString('latin1');
    for (const changed of [
      text.replace('age-encryption.org/v1', 'age-encryption.org/v2'),
      text.replace('-> kind of-0\n\n', '-> kind of-0\n'),
      text.replace('-> kind of-0\n', '-> kind  of-0\n'),
      text.replace('-> kind of-0\n', '->\n'),
      text.replace('-> kind of-0\n', '-> kind of\u00e40\n'),
      text.replace('-> kind of-0\n', '-> kind of-0\r\n'),
      text.replace(/(\n--- .*).\n$/, '$1\n'),
      text.replace(/(\n--- .*)\n$/, '$1=\n'),
    ])
      expect(readHeader(Buffer.from(changed, 'latin1')).kind).toBe('refused');
    expect(readHeader(head.subarray(0, -1)).kind).toBe('more');
    expect(readHeader(Buffer.from(`age-encryption.org/v1\n${'-> a\n\n'.repeat(60_000)}`)).kind).toBe('refused');
    // Bits behind the last byte would make two texts of one.
    expect([fromBare64('AA')?.length, fromBare64('AB'), fromBare64('A'), fromBare64('AA=='), fromBare64('A A')]).toEqual([
      1,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('with a share of small order is for nobody', () => {
    const fileKey = dice(8)(16);
    const { words, body } = wrapFor(ada.publicKey, fileKey, dice(9)(32));
    expect(unwrapWith(ada, { words, body })).toEqual(Buffer.from(fileKey));
    for (const share of [Buffer.alloc(32), Buffer.from(`01${'00'.repeat(31)}`, 'hex'), Buffer.from(`ecff${'ff'.repeat(29)}7f`, 'hex')]) {
      expect(x25519(ada.seed, share)).toBeUndefined();
      expect(unwrapWith(ada, { words: [...words.slice(0, 2), toBare64(share)], body })).toBeUndefined();
    }
    for (const changed of [[...words, 'more'], words.slice(0, 2), ['ssh-rsa', ...words.slice(1)]])
      expect(unwrapWith(ada, { words: changed, body })).toBeUndefined();
    expect(unwrapWith(ada, { words, body: Buffer.concat([body, Buffer.alloc(16)]) })).toBeUndefined();
  });

  it('is sealed to the point of a signing key that its seed leads to as well, of either sign', () => {
    const signs = new Set<number>();
    for (let number = 0; number < 20; number += 1) {
      const { seed, publicKey } = keyOf(`person-${number}`);
      signs.add((publicKey[31] ?? 0) >> 7);
      expect(pointOf(secretOfSigningSeed(seed))).toEqual(Buffer.from(pointOfSigningKey(publicKey)));
    }
    expect(signs).toEqual(new Set([0, 1]));
  });
});

it('A sealed file in a repository is what git finds nothing wrong with', () => {
  git(join(folder, 'repository'), 'fsck', '--full', '--strict');
});
