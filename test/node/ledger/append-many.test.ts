// Appending much at once: what git finds in the repository afterwards, and what is left where it was not finished. Real git, real keys.
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { batchPayload, readBatchCommit, zeros64 } from '../../../engine/index.ts';
import { appendBatches, logRef, type Append } from '../../../node/ledger/append.ts';
import { batchChain, unsignedBlock } from '../../../node/ledger/batch-chain.ts';
import { signBatch, type BatchDraft, type SignedBatch } from '../../../node/ledger/batch.ts';
import { heldKey } from '../../../node/ledger/keys.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** A small file, the same with every other batch, and one that no quick code compresses. */
const reasons = [Buffer.from('The door was open'), Buffer.from(Array.from({ length: 9_000 }, (_, at) => (at * at) % 251))];
const many: readonly Append[] = Array.from({ length: 120 }, (_, index) => ({
  events: Array.from({ length: 1 + (index % 3) }, () => door),
  attachments: reasons.slice(0, index % 3),
  clockMs: startMs + index,
}));

function found(name: string): Promise<SmallLedger> {
  return foundSmall(join(folder, name), { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
}

const packFiles = (ledger: SmallLedger): readonly string[] => readdirSync(join(ledger.path, 'objects', 'pack'));

it('leaves one pack, with each object once, in which `git fsck --strict` and `verify-pack` find nothing wrong', async () => {
  const ledger = await found('many');
  const { stored, view } = await appendBatches(ledger.view, signerOf(ledger, 'ben'), many);
  const [index = '', pack = '', ...others] = packFiles(ledger).toSorted();
  expect({ index, pack, others }).toEqual({ index: expect.stringMatching(/\.idx$/), pack: expect.stringMatching(/\.pack$/), others: [] });
  expect(git(ledger.path, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  const rows = git(ledger.path, 'verify-pack', '-v', join('objects', 'pack', index))
    .split('\n')
    .filter((line) => /^[0-9a-f]{40} /.test(line));
  // A commit, a tree and the events of each; two files, and the folder `att` with one or both of them.
  expect(rows.length).toBe(3 * many.length + 2 + 2);
  // The index is the one that git would have written.
  git(ledger.path, 'index-pack', '-o', join(folder, 'other.idx'), join('objects', 'pack', pack));
  expect(readFileSync(join(folder, 'other.idx')).equals(readFileSync(join(ledger.path, 'objects', 'pack', index)))).toBe(true);
  const again = await openLedger(ledger.repository);
  expect([...again.batches.keys()]).toEqual(stored.map(({ batch }) => batch.id));
  expect(again.heads.get(signerOf(ledger, 'ben').device)?.batch.id).toBe(view.heads.get(signerOf(ledger, 'ben').device)?.batch.id);
  ledger.repository.close();
});

it('leaves nothing where the key stops signing in between', async () => {
  const ledger = await found('stopped');
  const ben = signerOf(ledger, 'ben');
  let left = 100;
  const tired = {
    ...ben,
    sign: (namespace: string, message: Uint8Array) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('the agent has gone')) : ben.sign(namespace, message);
    },
  };
  await expect(appendBatches(ledger.view, tired, many)).rejects.toThrow('the agent has gone');
  expect(packFiles(ledger)).toEqual([]);
  expect(await ledger.repository.resolve(logRef(ben.device))).toBe(undefined);
  const { stored } = await appendBatches(ledger.view, ben, many.slice(0, 2));
  expect(stored.map(({ batch }) => batch.seq)).toEqual([1, 2]);
  ledger.repository.close();
});

/** More than are signed without a thread; blocks of them end by number and by size. */
const hundreds: readonly Append[] = Array.from({ length: 600 }, (_, index) => ({
  events: Array.from({ length: 1 + (index % 2) }, () => ({ ...door, body: { ...door.body, subject: `person-${index}` } })),
  attachments: index % 100 === 50 ? [Buffer.alloc(200_000 + index, 'x')] : [],
  clockMs: startMs + index * 700,
}));

it('stores the same batches where a thread signs them as where the key signs each by itself (ledger.md section 5)', async () => {
  const ledger = await found('thread');
  const ben = signerOf(ledger, 'ben');
  // What signs through a function of somebody else is asked for each signature.
  let asked = 0;
  const slow = { ...ben, sign: (namespace: string, message: Uint8Array) => ((asked += 1), ben.sign(namespace, message)) };
  const before = await appendBatches(ledger.view, slow, [{ events: [door], clockMs: startMs }]);
  const one = await appendBatches(before.view, slow, hundreds);
  expect(asked).toBe(601);
  await ledger.repository.updateRefs([{ ref: logRef(ben.device), old: one.stored.at(-1)?.commit, next: before.stored[0]?.commit }]);
  const other = await appendBatches(before.view, ben, hundreds);
  expect(other.stored).toEqual(one.stored);
  expect(git(ledger.path, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  const again = await openLedger(ledger.repository);
  expect([again.batches.size, again.rejected]).toEqual([601, []]);
  expect(again.heads.get(ben.device)?.batch.id).toBe(other.stored.at(-1)?.batch.id);
  ledger.repository.close();
});

/** Payloads of a chain as they are given to a thread, and what comes of signing each by itself. */
async function chainOf(
  ledger: SmallLedger,
): Promise<{ readonly first: SignedBatch; readonly payloads: readonly string[]; readonly signed: readonly SignedBatch[] }> {
  const ben = signerOf(ledger, 'ben');
  const event = { ...door, tsMs: startMs };
  const draft: BatchDraft = {
    org: ledger.view.org,
    actor: 'ben',
    seq: 1,
    prev: undefined,
    deps: [],
    base: ledger.view.tip.id,
    events: [event],
    attachments: [],
  };
  const first = await signBatch(ben, draft);
  const signed: SignedBatch[] = [];
  for (let seq = 2; seq < 40; seq += 1) {
    const prev = signed.at(-1) ?? first;
    signed.push(await signBatch(ben, { ...draft, seq, prev: { id: prev.batch.id, commit: prev.commit } }));
  }
  const payloads = signed.map(({ objects }) => {
    const read = readBatchCommit(objects.at(-1)?.bytes ?? new Uint8Array());
    return read.kind === 'ok' ? batchPayload({ ...read.commit, parents: ['0'.repeat(40)], prev: zeros64 }) : read.reason;
  });
  return { first, payloads, signed };
}

it('signs blocks of a chain in the order in which they are given, however long they are', async () => {
  const ledger = await found('blocks');
  const ben = signerOf(ledger, 'ben');
  const key = heldKey(ben);
  if (key === undefined) throw new Error('the key of a seed is held');
  const { first, payloads, signed } = await chainOf(ledger);
  const chain = batchChain({ commit: first.commit, id: first.batch.id, key, publicKey: ben.publicKey });
  const sizes = [1, 2, 30, 5];
  for (let from = 0, index = 0; from < payloads.length; from += sizes[index++] ?? 1)
    chain.give(unsignedBlock(payloads.slice(from, from + (sizes[index] ?? 1))));
  const made: unknown[] = [];
  for (let rounds = 0; rounds < sizes.length; rounds += 1) {
    const { bytes, places, commits, ids } = await chain.take();
    for (const [index, commit] of commits.entries())
      made.push([ids[index], commit, Buffer.from(bytes.subarray(places[2 * index], places[2 * index + 1])).toString('latin1')]);
  }
  await chain.end();
  expect(made).toEqual(signed.map(({ batch, commit, objects }) => [batch.id, commit, Buffer.from(objects.at(-1)?.bytes ?? []).toString('latin1')]));
  ledger.repository.close();
});

it('says so where the thread cannot sign, and where it ends in between', async () => {
  const ledger = await found('broken');
  const { first, payloads } = await chainOf(ledger);
  const start = { commit: first.commit, id: first.batch.id, publicKey: signerOf(ledger, 'ben').publicKey };
  const unfit = batchChain({ ...start, key: generateKeyPairSync('x25519').privateKey });
  unfit.give(unsignedBlock(payloads));
  unfit.give(unsignedBlock(payloads));
  await expect(unfit.take()).rejects.toThrow(/./);
  await expect(unfit.take()).rejects.toThrow(/./);
  await unfit.end();
  const ended = batchChain({ ...start, key: generateKeyPairSync('ed25519').privateKey });
  const waiting = ended.take();
  await ended.end();
  await expect(waiting).rejects.toThrow('the thread that signs has ended');
  ledger.repository.close();
});
