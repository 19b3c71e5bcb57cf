// Pushes over HTTP as a node takes them in: several at one time in one transaction, each whole or not at all, and everything on the disk as git wants it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { buildPack } from '../../../node/git/pack.ts';
import { logRef } from '../../../node/ledger/append.ts';
import { signBatch, type SignedBatch } from '../../../node/ledger/batch.ts';
import { promoter } from '../../../node/receive/promotion.ts';
import { readPushRequest } from '../../../node/receive/push-request.ts';
import { hostileTarget, doorFact, type Target } from '../../hostile/target.ts';
import { watchMemory } from '../../hostile/memory.ts';
import { entryHead, httpDoor, kinds, none, packet, packOf, pushBytes } from '../../hostile/wire.ts';
import { git, removeFolder, signerOf, startMs, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

function batchOf(target: Target, name: string, count: number, prev?: SignedBatch): Promise<SignedBatch> {
  return signBatch(signerOf(target.ledger, name), {
    org: target.view.org,
    actor: name,
    seq: prev === undefined ? 1 : prev.batch.seq + prev.batch.count,
    prev: prev === undefined ? undefined : { id: prev.batch.id, commit: prev.commit },
    deps: [],
    base: target.view.tip.id,
    events: Array.from({ length: count }, () => ({ ...doorFact, tsMs: startMs })),
    attachments: [],
  });
}

function pushOf(target: Target, name: string, batches: readonly SignedBatch[], abilities?: string): Buffer {
  const command = { old: none, next: batches.at(-1)?.commit ?? '', ref: logRef(signerOf(target.ledger, name).device) };
  return pushBytes([command], buildPack(batches.flatMap((batch) => batch.objects)), abilities);
}

it('Q08, R92: pushes at one time are all taken, one of two for the same ref is told so, and git finds nothing wrong', async () => {
  const target = await hostileTarget(join(folder, 'together'));
  const door = httpDoor(target.path, target.view);
  const [one, other, ben] = [await batchOf(target, 'ada', 1), await batchOf(target, 'ada', 2), await batchOf(target, 'ben', 1)];
  const heard = await Promise.all([door(pushOf(target, 'ada', [one])), door(pushOf(target, 'ben', [ben])), door(pushOf(target, 'ada', [other]))]);
  const refused = heard.filter(({ status }) => status !== 0);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.text).toContain('GDO1043');
  expect(heard[1]?.text).toContain(`ok ${logRef(signerOf(target.ledger, 'ben').device)}`);
  expect([one.commit, other.commit]).toContain(git(target.path, 'rev-parse', logRef(signerOf(target.ledger, 'ada').device)).trim());
  expect(readdirSync(join(target.path, 'objects')).filter((name) => name.startsWith('tmp_'))).toEqual([]);
  git(target.path, 'fsck', '--strict', '--no-dangling');
  target.ledger.repository.close();
});

it('I08: a log of many batches comes as one pack, whose bases are all here, and is taken too', async () => {
  const target = await hostileTarget(join(folder, 'pack'));
  const batches: SignedBatch[] = [];
  for (let index = 0; index < 30; index += 1) batches.push(await batchOf(target, 'ben', 1, batches.at(-1)));
  const heard = await httpDoor(target.path, target.view)(pushOf(target, 'ben', batches, 'report-status'));
  expect(heard.text).toContain('unpack ok');
  expect(readdirSync(join(target.path, 'objects', 'pack')).filter((name) => name.endsWith('.idx'))).toHaveLength(1);
  git(target.path, 'fsck', '--strict', '--no-dangling');
  // Its last batch alone has its parents in neither place.
  const alone = await httpDoor(target.path, target.view)(pushOf(target, 'ada', [await batchOf(target, 'ada', 1, await batchOf(target, 'ada', 1))]));
  expect(alone.text).toContain('GDO1022');
  target.ledger.repository.close();
});

it('A push that meets a ref elsewhere does not hold up those that are taken in with it', async () => {
  const target = await hostileTarget(join(folder, 'rounds'));
  const { promote } = promoter(target.ledger.repository);
  const main = target.view.mainCommit;
  const moves = ['a', 'b', 'c', 'b'].map((name) =>
    promote({ objects: undefined, changes: [{ ref: `refs/gdo/proposal/${target.device}/${name}`, old: undefined, next: main }] }),
  );
  expect((await Promise.all(moves)).map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'conflict']);
  expect(git(target.path, 'for-each-ref', '--format=%(refname:lstrip=4)', 'refs/gdo/proposal').trim().split('\n')).toEqual(['a', 'b', 'c']);
  target.ledger.repository.close();
});

it('T29: a mebibyte that unpacks to a gibibyte in many objects, each of a size that is allowed, ends at a budget', async () => {
  const target = await hostileTarget(join(folder, 'spread'));
  const mebibytes = 16 * 1024 * 1024;
  const zeros = deflateSync(Buffer.alloc(mebibytes - 1), { level: 9 });
  const pack = packOf(Array.from({ length: 64 }, () => Buffer.concat([entryHead(kinds.blob, mebibytes - 1), zeros])));
  expect(pack.length).toBeLessThan(1.1 * 1024 * 1024);
  const stop = watchMemory();
  const heard = await httpDoor(
    target.path,
    target.view,
  )(pushBytes([{ old: none, next: '1'.repeat(40), ref: `refs/gdo/proposal/${target.device}/topic` }], pack));
  expect(stop()).toBeLessThan(200 * 1024 * 1024);
  expect(heard).toMatchObject({ status: 1 });
  expect(heard.text).toContain('GDO4011');
  expect(readdirSync(join(target.path, 'objects')).filter((name) => name.startsWith('tmp_'))).toEqual([]);
  target.ledger.repository.close();
});

it('T28: what is no push, or one of a kind that is not offered, is not read further', () => {
  const line = `${none} ${'1'.repeat(40)} refs/gdo/log/${'a'.repeat(64)}`;
  expect(readPushRequest(Buffer.from('0000')).kind).toBe('nothing');
  const pack = Buffer.from('PACK');
  const read = readPushRequest(Buffer.concat([packet(`${line}\0 report-status agent=git/2\n`), packet(line), Buffer.from('0000'), pack]));
  expect(read).toMatchObject({ kind: 'push', updates: [{ next: '1'.repeat(40), old: undefined }, {}] });
  expect(read.kind === 'push' ? [...read.abilities].includes('report-status') && read.packAt : 0).toBe(
    packet(`${line}\0 report-status agent=git/2\n`).length + packet(line).length + 4,
  );
  const others = ['', 'PACK', 'GET / HTTP/1.1', '0001', '0003', '0004', 'ffff', packet(`shallow ${'1'.repeat(40)}`), packet('push-cert\0'), packet(line)];
  for (const text of others) expect(readPushRequest(Buffer.from(text)).kind, text.toString()).toBe('unreadable');
});
