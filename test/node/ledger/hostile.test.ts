// T01 to T09: batches that lie, each refused with its code. The attacker holds a real key and may store any bytes.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { armour, readArmour, signedCommit, utf8Encode } from '../../../engine/index.ts';
import { filesAsTree } from '../../../node/git/content.ts';
import { contentHash, objectId } from '../../../node/git/object.ts';
import { initRepository, mustRead, type Repository } from '../../../node/git/repository.ts';
import { checkBatch, signBatch, type BatchContext, type BatchDraft } from '../../../node/ledger/batch.ts';
import { removeFolder, startMs, temporaryFolder, testSigner } from './small-ledger.ts';

const folder = temporaryFolder();
const ada = testSigner('ada');
const mallory = testSigner('mallory');
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' }, tsMs: startMs } as const;
const draft: BatchDraft = { org: '1'.repeat(64), actor: 'ada', seq: 1, prev: undefined, deps: [], base: '2'.repeat(64), events: [fact], attachments: [] };
const context: BatchContext = { org: draft.org, batchAt: () => undefined, batch: () => undefined, isCheckpoint: () => true };
let repository: Repository;
let raw = '';
let payload = '';
let line = '';

beforeAll(async () => {
  repository = await initRepository(join(folder, 'repository'), 'bare');
  const signed = await signBatch(ada, draft);
  await repository.writeObjects(signed.objects);
  raw = Buffer.from(await mustRead(repository, signed.commit, 'commit')).toString('utf8');
  payload = raw.replace(/gpgsig [^\0]*?-----END SSH SIGNATURE-----\n/, '');
  const lineObject = signed.objects.find((object) => object.kind === 'blob');
  line = Buffer.from(lineObject?.bytes ?? [])
    .toString('utf8')
    .trimEnd();
});

afterAll(() => {
  repository.close();
  removeFolder(folder);
});

async function codeOfCommit(text: string, given: BatchContext = context): Promise<string> {
  const [id = ''] = await repository.writeObjects([{ kind: 'commit', bytes: Buffer.from(text, 'utf8') }]);
  const checked = await checkBatch(repository, id, given);
  return checked.kind === 'ok' ? 'ok' : checked.code;
}

/** Signs an altered payload with a real key, as its owner could. */
async function signedAs(altered: string, signer = ada, namespace = 'git'): Promise<string> {
  return signedCommit(altered, await signer.sign(namespace, utf8Encode(altered)));
}

/** A payload whose tree holds other files. */
async function withFiles(files: readonly (readonly [string, string])[]): Promise<string> {
  const tree = filesAsTree(files.map(([path, text]) => [path, Buffer.from(text)] as const));
  await repository.writeObjects(tree.objects);
  return payload.replace(/^tree [0-9a-f]{40}/, `tree ${tree.root}`);
}

it('T01: the untouched batch passes, and a flip of any byte of the commit is refused', async () => {
  expect(await codeOfCommit(raw)).toBe('ok');
  const bytes = Buffer.from(raw, 'utf8');
  const codes = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += 3) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    const [id = ''] = await repository.writeObjects([{ kind: 'commit', bytes: flipped }]);
    const checked = await checkBatch(repository, id, context);
    const code = checked.kind === 'ok' ? `ok at ${at}` : checked.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  expect([...codes.keys()].toSorted()).toEqual(['GDO1010', 'GDO1011', 'GDO1012', 'GDO1013', 'GDO1014', 'GDO1015'].filter((code) => codes.has(code)));
});

it("T02: a valid key under another person's name or another device is refused", async () => {
  expect(await codeOfCommit(await signedAs(payload, mallory))).toBe('GDO1015');
  expect(await codeOfCommit(await signedAs(payload.replace(/^(author|committer) ada <ada@/gm, '$1 ben <ben@')))).toBe('GDO1010');
  expect(await codeOfCommit(await signedAs(payload.replace(/\bada\b/g, 'ben')))).toBe('GDO1015');
});

it('T03: armour that is wrapped otherwise, or carries another namespace, is refused', async () => {
  const signature = await ada.sign('git', utf8Encode(payload));
  const body = signature.split('\n').slice(1, -2).join('');
  const rewrapped = ['-----BEGIN SSH SIGNATURE-----', ...(body.match(/.{1,64}/g) ?? []), '-----END SSH SIGNATURE-----', ''].join('\n');
  expect(await codeOfCommit(signedCommit(payload, rewrapped))).toBe('GDO1011');
  expect(await codeOfCommit(await signedAs(payload, ada, 'gdo-receipt-v1'))).toBe('GDO1014');
  const read = readArmour(signature);
  if (read.kind !== 'ok') throw new Error('the armour is ours');
  const forged = Uint8Array.from(read.signature.signature);
  forged[63] = (forged[63] ?? 0) | 0x80;
  expect(await codeOfCommit(signedCommit(payload, armour({ ...read.signature, signature: forged })))).toBe('GDO1012');
});

it('T06: commits that two readers of git could understand differently are refused', async () => {
  const committer = /^committer .*$/m.exec(payload)?.[0] ?? '';
  const variants = [
    payload.replace(committer, `${committer}\n${committer}`),
    payload.replace(/^tree ([0-9a-f]{40})/, (whole) => whole.toUpperCase().replace('TREE', 'tree')),
    payload.replace(/ \d+ \+0000$/gm, ' 1e3 +0000'),
    payload.replace('\n\n', '\nencoding UTF-8\n\n'),
    payload.replace(' +0000', ' -0000'),
    payload.replace('\nGdo-Format', '\n\nGdo-Format'),
    payload.replace('Gdo-Seq: 1 1', 'Gdo-Seq: 01 1'),
    `${payload}Gdo-Extra: 1\n`,
    payload.trimEnd(),
    payload.replace('gdo batch', 'gdo  batch'),
    payload.replaceAll('\n', '\r\n'),
  ];
  for (const variant of variants) expect(await codeOfCommit(await signedAs(variant)), variant).toBe('GDO1010');
  expect(await codeOfCommit(raw.replace('gpgsig ', 'gpgsig x\ngpgsig '))).toBe('GDO1010');
  expect(await codeOfCommit(payload)).toBe('GDO1010');
  expect(await codeOfCommit(await signedAs(`${payload}${'x'.repeat(40_000)}`))).toBe('GDO1003');
});

it('T07 and T08: what the tree holds must be what was signed', async () => {
  const code = async (files: readonly (readonly [string, string])[]): Promise<string> => codeOfCommit(await signedAs(await withFiles(files)));
  expect(await code([['batch.ndjson', `${line.replace('front', 'back!')}\n`]])).toBe('GDO1020');
  expect(
    await code([
      ['batch.ndjson', `${line}\n`],
      ['README.md', 'x'],
    ]),
  ).toBe('GDO1010');
  expect(await code([['batch.ndjson', line]])).toBe('GDO1001');
  expect(await code([['batch.ndjson', `${line.replace('{"actor"', '{ "actor"')}\n`]])).toBe('GDO1001');
  expect(await code([['batch.ndjson', `${line.replace('"v":1', '"v":1,"w":2')}\n`]])).toBe('GDO1002');
  expect(await code([['batch.ndjson', `${line}\n${line}\n`]])).toBe('GDO1021');
  expect(await code([['batch.ndjson', `${line.replace('"seq":1', '"seq":2')}\n`]])).toBe('GDO1021');
  expect(await code([['batch.ndjson', `${line.replaceAll('1'.repeat(64), '4'.repeat(64))}\n`]])).toBe('GDO1014');
  expect(
    await code([
      ['batch.ndjson', `${line}\n`],
      [`att/${contentHash(Buffer.from('a'))}`, 'b'],
    ]),
  ).toBe('GDO1010');
  expect(
    await code([
      ['batch.ndjson', `${line}\n`],
      [`att/${contentHash(Buffer.from('a'))}`, 'a'],
    ]),
  ).toBe('ok');
});

it('T09: another organization, a sequence that does not start at one, an unknown parent or base', async () => {
  expect(await codeOfCommit(raw, { ...context, org: '4'.repeat(64) })).toBe('GDO1014');
  const later = await signBatch(ada, { ...draft, seq: 2 });
  await repository.writeObjects(later.objects);
  expect(await checkBatch(repository, later.commit, context)).toMatchObject({ kind: 'refused', code: 'GDO1021' });
  const orphan = await signBatch(ada, { ...draft, seq: 2, prev: { id: '5'.repeat(64), commit: objectId({ kind: 'commit', bytes: Buffer.from(raw) }) } });
  await repository.writeObjects(orphan.objects);
  expect(await checkBatch(repository, orphan.commit, context)).toMatchObject({ kind: 'parked', code: 'GDO1022' });
  expect(await checkBatch(repository, orphan.commit, { ...context, batchAt: () => '6'.repeat(64) })).toMatchObject({ kind: 'refused', code: 'GDO1022' });
  expect(await codeOfCommit(raw, { ...context, isCheckpoint: () => false })).toBe('GDO1023');
});
