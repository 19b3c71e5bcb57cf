// Batches that must be refused, each made from a sound one by one change, with the code that SPEC.md names for it.
import { createHash } from 'node:crypto';
import { Point } from '@noble/ed25519';
import {
  armour,
  batchPayload,
  encodeEvent,
  idsRoot,
  publicKeyText,
  readArmour,
  readBatchCommit,
  signedCommit,
  signedData,
  utf8Encode,
  zeros64,
  type BatchCommit,
} from '../../engine/index.ts';
import { signBatch, type BatchDraft, type SignedBatch } from '../../node/ledger/batch.ts';
import { filesAsTree } from '../../node/git/content.ts';
import { seedSigner } from '../../node/ledger/keys.ts';

/** One batch as bytes. `extra` is a file beside `batch.ndjson`. */
export interface BatchVector {
  readonly name: string;
  readonly code: string;
  readonly commit: string;
  readonly ndjson: string;
  readonly extra?: readonly [path: string, text: string];
}

/** What the vectors are judged against. `known` are sound batches that have arrived, `base` the checkpoint that is known. */
export interface BatchVectors {
  readonly org: string;
  readonly base: string;
  readonly known: readonly { readonly commit: string; readonly ndjson: string }[];
  readonly vectors: readonly BatchVector[];
}

const org = '1'.repeat(64);
const base = '2'.repeat(64);
const seedOf = (name: string): Buffer => createHash('sha256').update(`gdo test key ${name}`).digest();
const signer = seedSigner(seedOf('ada'));
const other = seedSigner(seedOf('ben'));
const tsMs = 1_795_248_000_000;

const first: BatchDraft = {
  org,
  actor: 'ada',
  seq: 1,
  prev: undefined,
  deps: [],
  base,
  events: [
    { kind: 'ballot', case: '3'.repeat(64), body: { choice: 'yes', stage: 2 }, tsMs },
    { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' }, tsMs: tsMs + 1_000 },
  ],
  attachments: [],
};

function textOf(batch: SignedBatch, kind: 'blob' | 'commit'): string {
  return Buffer.from(batch.objects.find((object) => object.kind === kind)?.bytes ?? []).toString('utf8');
}

const parts = (batch: SignedBatch): { readonly commit: string; readonly ndjson: string } => ({
  commit: textOf(batch, 'commit'),
  ndjson: textOf(batch, 'blob'),
});

/** A commit with other contents, soundly signed all the same. */
async function resigned(raw: string, change: (commit: BatchCommit) => BatchCommit, edit: (payload: string) => string = (payload) => payload): Promise<string> {
  const read = readBatchCommit(utf8Encode(raw));
  if (read.kind === 'refused') throw new Error('the sound batch can be read');
  const payload = edit(batchPayload(change(read.commit)));
  return signedCommit(payload, await signer.sign('git', utf8Encode(payload)));
}

/** A batch whose lines are others than its maker would write; root, tree and signature fit them. */
async function withLines(raw: string, ndjson: string): Promise<{ readonly commit: string; readonly ndjson: string }> {
  const ids = ndjson
    .trimEnd()
    .split('\n')
    .map((line) => createHash('sha256').update('gdo-event-v1\0').update(line).digest('hex'));
  const tree = filesAsTree([['batch.ndjson', utf8Encode(ndjson)]]).root;
  return { commit: await resigned(raw, (commit) => ({ ...commit, tree, root: idsRoot(ids) })), ndjson };
}

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

function scalarBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}

/** The signature with its R moved by a point of order 8: multiplied by the cofactor it still fits, so lax verifiers accept it. */
function torsioned(payload: string): string {
  const message = signedData('git', utf8Encode(payload));
  const hashed = createHash('sha512').update(seedOf('ada')).digest();
  const clamped = Uint8Array.from(hashed.subarray(0, 32));
  clamped[0] = (clamped[0] ?? 0) & 248;
  clamped[31] = ((clamped[31] ?? 0) & 127) | 64;
  const nonce = littleEndian(createHash('sha512').update(hashed.subarray(32)).update(message).digest()) % order;
  const low = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  const commitment = Point.BASE.multiply(nonce).add(low).toBytes();
  const challenge = littleEndian(createHash('sha512').update(commitment).update(signer.publicKey).update(message).digest()) % order;
  const scalar = (nonce + challenge * (littleEndian(clamped) % order)) % order;
  return signedCommit(payload, armour({ key: signer.publicKey, namespace: 'git', signature: Buffer.concat([commitment, scalarBytes(scalar)]) }));
}

/** The signature with S + L in place of S: the same point, other bytes. */
async function malleated(payload: string): Promise<string> {
  const read = readArmour(await signer.sign('git', utf8Encode(payload)));
  if (read.kind === 'refused') throw new Error('the sound signature can be read');
  const { signature } = read.signature;
  const larger = scalarBytes(littleEndian(signature.subarray(32)) + order);
  return signedCommit(payload, armour({ ...read.signature, signature: Buffer.concat([signature.subarray(0, 32), larger]) }));
}

/** Name, code and bytes. */
export type HostileCommit = readonly [name: string, code: string, commit: string];

/** A sound commit by ada in every form that no node may take, whatever it says. */
export async function hostileCommits(commit: string): Promise<readonly HostileCommit[]> {
  const read = readBatchCommit(utf8Encode(commit));
  if (read.kind === 'refused') throw new Error('the sound batch can be read');
  const { payload } = read;
  const rewrapped = (): string => {
    const body = commit.split('\ngpgsig ')[1]?.split('\n\n')[0] ?? '';
    const text = body.split('\n').map((line) => line.trim());
    const blob = text.slice(1, -1).join('');
    const wrapped = [text[0] ?? '', ...(blob.match(/.{1,76}/g) ?? []), text.at(-1) ?? ''].join('\n ');
    return commit.replace(body, wrapped);
  };
  const committer = /committer [^\n]*\n/.exec(commit)?.[0] ?? '';
  const gpgsig = /gpgsig (?:[^\n]*\n )*[^\n]*\n(?=\n)/.exec(commit)?.[0] ?? '';
  return [
    ['armour wrapped at 76 columns', 'GDO1011', rewrapped()],
    ['two committers', 'GDO1010', commit.replace(committer, committer + committer)],
    ['two signatures', 'GDO1010', commit.replace(gpgsig, gpgsig + gpgsig)],
    ['a NUL in the message', 'GDO1010', commit.replace('gdo batch', 'gdo\0batch')],
    ['a date with an exponent', 'GDO1010', commit.replaceAll(/ [0-9]+ \+0000/g, ' 1e3 +0000')],
    ['upper-case ids', 'GDO1010', commit.replace(`Gdo-Device: ${signer.device}`, `Gdo-Device: ${signer.device.toUpperCase()}`)],
    ['an encoding header', 'GDO1010', commit.replace('\ngpgsig', '\nencoding UTF-8\ngpgsig')],
    ['no last line feed', 'GDO1010', commit.slice(0, -1)],
    ['carriage returns', 'GDO1010', commit.replaceAll('\n', '\r\n')],
    ['no signature', 'GDO1010', payload],
    ['another author than committer', 'GDO1010', commit.replace('author ada', 'author ben')],
    ['R moved by a point of order 8', 'GDO1012', torsioned(payload)],
    ['S with the group order added', 'GDO1012', await malleated(payload)],
    ['a signature over other bytes', 'GDO1012', signedCommit(payload, await signer.sign('git', utf8Encode(`${payload} `)))],
    ['a signature for receipts', 'GDO1014', signedCommit(payload, await signer.sign('gdo-receipt-v1', utf8Encode(payload)))],
    ['signed by another key than the device', 'GDO1015', signedCommit(payload, await other.sign('git', utf8Encode(payload)))],
    ['a NUL in the armour', 'GDO1010', commit.replace('\n ', '\n \0')],
    ['a letter beyond ASCII in the armour', 'GDO1010', commit.replace('\n ', '\n é')],
  ];
}

/** A batch whose second event enrols a key, soundly and in each way that is none. */
async function enrolments(commit: string, first: string): Promise<readonly BatchVector[]> {
  const phone = seedSigner(seedOf('phone'));
  const claim = (device: string, of = org, member = 'ada'): Uint8Array => utf8Encode(`{"device":"${device}","member":"${member}","org":"${of}","v":1}`);
  const key = publicKeyText(phone.publicKey);
  const proof = await phone.sign('gdo-possession-v1', claim(phone.device));
  const cases: readonly (readonly [name: string, code: string, key: string, possession: string])[] = [
    ['a key enrolled with its proof', 'ok', key, proof],
    ['a key with a comment', 'GDO1013', `${key} phone`, proof],
    ['a key of another kind', 'GDO1013', key.replace('ssh-ed25519', 'ssh-rsa'), proof],
    ['a key of small order', 'GDO1013', publicKeyText(new Uint8Array(32)), proof],
    ['a proof that is no armour', 'GDO1011', key, 'yes'],
    ['a proof in another namespace', 'GDO1014', key, await phone.sign('git', claim(phone.device))],
    ['a proof by the enroller', 'GDO1015', key, await signer.sign('gdo-possession-v1', claim(phone.device))],
    ['a proof for another member', 'GDO1012', key, await phone.sign('gdo-possession-v1', claim(phone.device, org, 'eve'))],
    ['a proof from another organization', 'GDO1012', key, await phone.sign('gdo-possession-v1', claim(phone.device, '4'.repeat(64)))],
    ['a proof for another device', 'GDO1012', key, await phone.sign('gdo-possession-v1', claim(other.device))],
  ];
  return Promise.all(
    cases.map(async ([name, code, text, possession]) => {
      const body = { key: text, member: 'ada', possession };
      const line = encodeEvent({ actor: 'ada', body, device: signer.device, kind: 'key.enrol', org, seq: 2, tsMs: tsMs + 1_000 });
      return { name, code, ...(await withLines(commit, `${first}\n${Buffer.from(line).toString('utf8')}\n`)) };
    }),
  );
}

/** The vectors. The same bytes every time. */
export async function batchVectors(): Promise<BatchVectors> {
  const sound = await signBatch(signer, first);
  const { commit, ndjson } = parts(sound);
  const byBen = await signBatch(other, { ...first, actor: 'ben' });
  const after = async (change: Partial<BatchDraft>): Promise<{ readonly commit: string; readonly ndjson: string }> =>
    parts(await signBatch(signer, { ...first, seq: 3, prev: { id: sound.batch.id, commit: sound.commit }, ...change }));
  const lines = ndjson.trimEnd().split('\n');
  const replaced = async (from: string, to: string): Promise<{ readonly commit: string; readonly ndjson: string }> =>
    withLines(commit, ndjson.replace(from, to));
  const row = (name: string, code: string, batch: { readonly commit: string; readonly ndjson: string }): BatchVector => ({ name, code, ...batch });
  const raw = (name: string, code: string, changed: string): BatchVector => row(name, code, { commit: changed, ndjson });
  const extraTree = filesAsTree([
    ['batch.ndjson', utf8Encode(ndjson)],
    ['run.sh', utf8Encode('echo\n')],
  ]).root;
  return {
    org,
    base,
    known: [parts(sound), parts(byBen)],
    vectors: [
      raw('batch-1, the worked example', 'ok', commit),
      row('the next batch of the device', 'ok', await after({})),
      row('a batch that knows another device', 'ok', await after({ deps: [{ id: byBen.batch.id, commit: byBen.commit }] })),
      ...(await hostileCommits(commit)).map(([name, code, changed]) => raw(name, code, changed)),
      row('a batch of another organization', 'GDO1014', parts(await signBatch(signer, { ...first, org: '4'.repeat(64) }))),
      row('an event of another organization', 'GDO1014', await replaced(`"org":"${org}"`, `"org":"${'4'.repeat(64)}"`)),
      row('an event by another actor', 'GDO1015', await replaced('"actor":"ada"', '"actor":"eve"')),
      row('an event with another number', 'GDO1021', await replaced('"seq":2', '"seq":3')),
      row('a line with a space', 'GDO1001', await replaced('"v":1}', '"v":1 }')),
      row('a line with keys out of order', 'GDO1001', await replaced('{"choice":"yes","stage":2}', '{"stage":2,"choice":"yes"}')),
      row('a number with a fraction', 'GDO1001', await replaced('"stage":2', '"stage":2.0')),
      row('a field nobody knows', 'GDO1002', await replaced('"choice":"yes"', '"choice":"yes","colour":"red"')),
      row('a ballot without its case', 'GDO1002', await replaced(`,"case":"${'3'.repeat(64)}"`, '')),
      row('a kind nobody knows', 'GDO1002', await replaced('"kind":"fact"', '"kind":"facts"')),
      row('fewer lines than promised', 'GDO1021', await withLines(commit, `${lines[0] ?? ''}\n`)),
      raw('another Merkle root', 'GDO1020', await resigned(commit, (one) => ({ ...one, root: idsRoot([zeros64]) }))),
      raw('another time than its last event', 'GDO1010', await resigned(commit, (one) => ({ ...one, seconds: one.seconds + 1 }))),
      { ...raw('a file beside the batch', 'GDO1010', await resigned(commit, (one) => ({ ...one, tree: extraTree }))), extra: ['run.sh', 'echo\n'] },
      row('a gap in the numbers', 'GDO1021', await after({ seq: 4 })),
      row('a first batch that does not begin at 1', 'GDO1021', parts(await signBatch(signer, { ...first, seq: 2 }))),
      row('a parent that is another batch', 'GDO1022', await after({ prev: { id: byBen.batch.id, commit: sound.commit } })),
      row('a parent that has not arrived', 'GDO1022', await after({ prev: { id: sound.batch.id, commit: '5'.repeat(40) } })),
      row('a dependency on the own device', 'GDO1010', await after({ deps: [{ id: sound.batch.id, commit: sound.commit }] })),
      row('a base nobody knows', 'GDO1023', await after({ base: '6'.repeat(64) })),
      row('a previous batch of another device', 'GDO1021', await after({ prev: { id: byBen.batch.id, commit: byBen.commit } })),
      raw(
        'a parent too many',
        'GDO1010',
        await resigned(
          commit,
          (one) => one,
          (text) => text.replace('\nauthor', `\nparent ${'5'.repeat(40)}\nauthor`),
        ),
      ),
      row('a parent too few', 'GDO1010', {
        ...(await after({})),
        commit: await resigned(
          (await after({})).commit,
          (one) => one,
          (text) => text.replace(/\nparent [0-9a-f]{40}/, ''),
        ),
      }),
      row(
        'two wrong lines, the first one decides',
        'GDO1002',
        await withLines(commit, ndjson.replace('"choice":"yes"', '"choice":"a b"').replace('"seq":2', '"seq":3')),
      ),
      row('two wrong lines the other way round', 'GDO1021', await withLines(commit, ndjson.replace('"seq":1', '"seq":7').replace('"type"', '"typ"'))),
      row(
        'a wrong line in a batch of another organization inside',
        'GDO1014',
        await withLines(commit, ndjson.replace(`"org":"${org}"`, `"org":"${'4'.repeat(64)}"`).replace('"v":1}\n{', '"v":1}\n[{')),
      ),
      ...(await enrolments(commit, lines[0] ?? '')),
    ],
  };
}
