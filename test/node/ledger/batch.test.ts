// The worked example of ledger.md section 5.3, byte for byte, and git's own opinion of it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { encodeReceipt, receiptId, signedData } from '../../../engine/index.ts';
import { initRepository } from '../../../node/git/repository.ts';
import { checkBatch, signBatch, type BatchDraft, type SignedBatch } from '../../../node/ledger/batch.ts';
import { allowedSigners, seedSigner } from '../../../node/ledger/keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-batch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ada = seedSigner(createHash('sha256').update('gdo test key ada').digest());
const draft: BatchDraft = {
  org: '1'.repeat(64),
  actor: 'ada',
  seq: 1,
  prev: undefined,
  deps: [],
  base: '2'.repeat(64),
  events: [
    { kind: 'ballot', case: '3'.repeat(64), body: { choice: 'yes', stage: 2 }, tsMs: 1795248000000 },
    { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' }, tsMs: 1795248001000 },
  ],
  attachments: [],
};
const context = { org: '1'.repeat(64), batchAt: () => undefined, batch: () => undefined, isCheckpoint: (id: string) => id === '2'.repeat(64) };

async function stored(): Promise<{ readonly path: string; readonly signed: SignedBatch }> {
  const path = mkdtempSync(join(folder, 'repository-'));
  const repository = await initRepository(path, 'bare');
  const signed = await signBatch(ada, draft);
  await repository.writeObjects(signed.objects);
  await repository.updateRefs([{ ref: `refs/gdo/log/${ada.device}`, old: undefined, next: signed.commit }]);
  repository.close();
  return { path, signed };
}

it('The worked example of the ledger paper has its ids: events, tree, commit and batch', async () => {
  const signed = await signBatch(ada, draft);
  expect(ada.device).toBe('98041905c581bf6d12e8c92ac2c3916ff036c157ee419ae2ce7f10a56813a598');
  expect(signed.batch.events.map((event) => event.id)).toEqual([
    '4f95ede90869cb568c236285c779fc4a49d4cde21729642d517bb19b28fa0fe7',
    '7f04d1cf9578b2ad8a56f7ce5ea56f52d414156a69ae8654bdcc37283190afe9',
  ]);
  expect(signed.commit).toBe('ef3eaf7bd9f45979f0ff469003845b4275534fed');
  expect(signed.batch.id).toBe('4ebcf13c9861d84b418fdfe8a5e6d8e53314482ffa9ab87cf915d607fc26dc42');
});

it('Git says that the worked example is signed well and whole', async () => {
  const { path, signed } = await stored();
  const signers = join(folder, 'allowed_signers');
  writeFileSync(signers, allowedSigners([['ada', ada.publicKey]]));
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`, '--git-dir', path, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  expect(git('log', '-1', '--format=%G? %GS', signed.commit).trim()).toBe('G ada');
  expect(git('fsck', '--strict', '--no-dangling')).toBe('');
});

it('The worked receipt has its id, and stock ssh-keygen accepts it in its own namespace only', async () => {
  const bytes = encodeReceipt({
    org: '1'.repeat(64),
    witness: ada.device,
    seq: 1,
    prev: '0'.repeat(64),
    upToMs: 1795248002500,
    entries: [['4ebcf13c9861d84b418fdfe8a5e6d8e53314482ffa9ab87cf915d607fc26dc42', 1795248002500]],
  });
  expect(receiptId(bytes)).toBe('5f750d214ae68ce1eeb46078f412527e0af3593697f49388f2ab6d60b7cb2bdf');
  const signers = join(folder, 'signers');
  const signature = join(folder, 'receipt.sig');
  writeFileSync(signers, allowedSigners([['ada', ada.publicKey]]));
  writeFileSync(signature, await ada.sign('gdo-receipt-v1', bytes));
  const verify = (namespace: string): string =>
    execFileSync('ssh-keygen', ['-Y', 'verify', '-f', signers, '-I', 'ada', '-n', namespace, '-s', signature], {
      input: bytes,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  expect(verify('gdo-receipt-v1')).toContain('Good "gdo-receipt-v1" signature');
  expect(() => verify('git')).toThrow();
  expect(signedData('git', bytes)).not.toEqual(signedData('gdo-receipt-v1', bytes));
});

it('A stored batch passes its check, and any other one is refused with its code', async () => {
  const { path, signed } = await stored();
  const { openRepository } = await import('../../../node/git/repository.ts');
  const repository = openRepository(path);
  const good = await checkBatch(repository, signed.commit, context);
  expect(good).toMatchObject({ kind: 'ok', stored: { batch: signed.batch, commit: signed.commit } });
  expect(await checkBatch(repository, signed.commit, { ...context, org: '4'.repeat(64) })).toMatchObject({ kind: 'refused', code: 'GDO1014' });
  expect(await checkBatch(repository, signed.commit, { ...context, isCheckpoint: () => false })).toMatchObject({ kind: 'parked', code: 'GDO1023' });
  repository.close();
});
