// The worked example of the ledger's paper, section 5.3: every number of its table, made from the seed alone.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  armour,
  batchId,
  batchPayload,
  decodeCanonical,
  decodeEvent,
  decodeReceipt,
  deviceOf,
  emptyState,
  encodeEvent,
  encodeReceipt,
  eventId,
  idsRoot,
  readArmour,
  readBatchCommit,
  receiptId,
  sha256Hex,
  signedCommit,
  signedData,
  stateRoot,
  utf8Encode,
  verifyPortable,
  writeEntry,
  zeros64,
  type BatchCommit,
  type LedgerEvent,
} from '../../../engine/index.ts';

const seed = createHash('sha256').update('gdo test key ada').digest();
const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
const publicKey = Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(12));
const device = '98041905c581bf6d12e8c92ac2c3916ff036c157ee419ae2ce7f10a56813a598';
const org = '1'.repeat(64);

const signInNamespace = (namespace: string, message: Uint8Array): string =>
  armour({ key: publicKey, namespace, signature: Uint8Array.from(sign(null, signedData(namespace, message), privateKey)) });

const events: readonly Omit<LedgerEvent, 'id'>[] = [
  { org, actor: 'ada', device, seq: 1, kind: 'ballot', case: '3'.repeat(64), body: { choice: 'yes', stage: 2 }, tsMs: 1_795_248_000_000 },
  { org, actor: 'ada', device, seq: 2, kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' }, tsMs: 1_795_248_001_000 },
];
const lines = events.map(encodeEvent);

function gitId(kind: string, bytes: Uint8Array): string {
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
}

const ndjson = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
const tree = gitId('tree', Buffer.concat([Buffer.from('100644 batch.ndjson\0'), Buffer.from(gitId('blob', ndjson), 'hex')]));

const commit: BatchCommit = {
  tree,
  parents: [],
  seconds: 1_795_248_001,
  org,
  actor: 'ada',
  device,
  seq: 1,
  count: 2,
  prev: zeros64,
  deps: [],
  base: '2'.repeat(64),
  root: idsRoot(lines.map((line) => eventId(line))),
};
const payload = batchPayload(commit);
const raw = utf8Encode(signedCommit(payload, signInNamespace('git', utf8Encode(payload))));

describe('the worked example', () => {
  it('has the device of the seed', () => {
    expect(deviceOf(publicKey)).toBe(device);
  });

  it('has event lines of 321 and 265 bytes with the published ids, which read back as the same events', () => {
    expect(lines.map((line) => line.length)).toEqual([321, 265]);
    expect(lines.map((line) => eventId(line))).toEqual([
      '4f95ede90869cb568c236285c779fc4a49d4cde21729642d517bb19b28fa0fe7',
      '7f04d1cf9578b2ad8a56f7ce5ea56f52d414156a69ae8654bdcc37283190afe9',
    ]);
    expect(lines.map((line) => decodeEvent(line))).toEqual(
      events.map((event, index) => ({ kind: 'ok', event: { id: lines.map((line) => eventId(line))[index], ...event } })),
    );
    expect(decodeCanonical(lines[0] ?? new Uint8Array()).kind).toBe('ok');
  });

  it('has the Merkle root, the tree, the commit and the batch id', () => {
    expect(commit.root).toBe('e0739b0fcd52cdf6240c8df9fd3220a6a7fd38aecb24b1bcfa9a21aa37ae9967');
    expect(tree).toBe('b822c02734432690fd07a950fb52882cb639fc4e');
    expect(gitId('commit', raw)).toBe('ef3eaf7bd9f45979f0ff469003845b4275534fed');
    expect(batchId(payload)).toBe('4ebcf13c9861d84b418fdfe8a5e6d8e53314482ffa9ab87cf915d607fc26dc42');
  });

  it('reads back as the same commit, payload and signature', () => {
    const read = readBatchCommit(raw);
    expect(read).toMatchObject({ kind: 'ok', commit, payload });
    const signature = readArmour(read.kind === 'ok' ? read.armour : '');
    expect(signature).toMatchObject({ kind: 'ok', signature: { namespace: 'git' } });
    if (signature.kind !== 'ok') return;
    expect(verifyPortable({ key: publicKey, message: signedData('git', utf8Encode(payload)), signature: signature.signature.signature })).toEqual({
      kind: 'ok',
    });
    expect(
      verifyPortable({ key: publicKey, message: signedData('gdo-receipt-v1', utf8Encode(payload)), signature: signature.signature.signature }),
    ).toMatchObject({ code: 'GDO1012' });
  });

  it('has the receipt id, and the receipt reads back', () => {
    const receipt = { org, witness: device, seq: 1, prev: zeros64, upToMs: 1_795_248_002_500, entries: [[batchId(payload), 1_795_248_002_500]] } as const;
    const bytes = encodeReceipt(receipt);
    expect(receiptId(bytes)).toBe('5f750d214ae68ce1eeb46078f412527e0af3593697f49388f2ab6d60b7cb2bdf');
    expect(decodeReceipt(bytes)).toEqual({ kind: 'ok', statement: receipt });
  });

  it('has the state root of two members', () => {
    const state = writeEntry(writeEntry(emptyState, 'member/ada', { since: 1 }), 'member/ben', { since: 1 });
    expect(stateRoot(state)).toBe('d614163416b7f69dbaaf8a45ab883d141bb5a4bedc0c08058b28f8192893c794');
  });

  it('is the same text as the digest of its parts says', () => {
    expect(sha256Hex(raw)).toBe(createHash('sha256').update(raw).digest('hex'));
  });
});
