// Small pushes of many people, unpacked by one run of git: nobody's push hangs on what a neighbour sent.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { blobObject, objectId } from '../../../node/git/object.ts';
import { buildPack, joinPacks } from '../../../node/git/pack.ts';
import { logRef } from '../../../node/ledger/append.ts';
import { signBatch } from '../../../node/ledger/batch.ts';
import { recently } from '../../../node/ops/recently.ts';
import { togetherMax, unpackTogether } from '../../../node/receive/unpack-together.ts';
import { doorFact, hostileTarget, type Target } from '../../hostile/target.ts';
import { entry, entryHead, httpDoor, kinds, none, packOf, pushBytes, refDelta } from '../../hostile/wire.ts';
import { git, removeFolder, signerOf, startMs, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

/** A ballot-sized push: one batch of one event. */
async function honest(target: Target, name: string): Promise<{ readonly commit: string; readonly ref: string; readonly pack: Buffer }> {
  const signer = signerOf(target.ledger, name);
  const events = [{ ...doorFact, tsMs: startMs }];
  const { commit, objects } = await signBatch(signer, {
    org: target.view.org,
    actor: name,
    seq: 1,
    prev: undefined,
    deps: [],
    base: target.view.tip.id,
    events,
    attachments: [],
  });
  return { commit, ref: logRef(signer.device), pack: Buffer.from(buildPack(objects)) };
}

function bytesOf(push: { readonly commit: string; readonly ref: string; readonly pack: Buffer }): Buffer {
  return pushBytes([{ old: none, next: push.commit, ref: push.ref }], push.pack);
}

function quarantines(target: Target): readonly string[] {
  return readdirSync(join(target.path, 'objects')).filter((name) => name.startsWith('tmp_'));
}

it('T28, T29: what cannot be unpacked is refused with its code, and all that came with it is taken', async () => {
  const target = await hostileTarget(join(folder, 'spoilt'));
  const door = httpDoor(target.path, target.view);
  const [ada, ben] = [await honest(target, 'ada'), await honest(target, 'ben')];
  const ref = `refs/gdo/proposal/${target.device}/topic`;
  const spoilt = [
    packOf([entry(kinds.blob, Buffer.from('small\n'), 7)]),
    packOf([refDelta('1'.repeat(40), Buffer.from([6, 6]))]),
    packOf([entry(kinds.blob, Buffer.alloc(12 * 1024 * 1024))]),
  ].map((pack) => pushBytes([{ old: none, next: '1'.repeat(40), ref }], pack));
  const heard = await Promise.all([spoilt[0], bytesOf(ada), spoilt[1], bytesOf(ben), spoilt[2]].map((bytes) => door(bytes ?? Buffer.alloc(0))));
  expect(heard.map(({ status }) => status)).toEqual([1, 0, 1, 0, 1]);
  expect(heard.filter(({ status }) => status !== 0).map(({ text }) => /GDO\d{4}/.exec(text)?.[0])).toEqual(['GDO1010', 'GDO1022', 'GDO4011']);
  for (const { commit, ref: log } of [ada, ben]) expect(git(target.path, 'rev-parse', log).trim()).toBe(commit);
  expect(quarantines(target)).toEqual([]);
  git(target.path, 'fsck', '--strict', '--no-dangling');
  target.ledger.repository.close();
});

it('T29: a pack whose last entry reaches over the next one hides nobody', async () => {
  const target = await hostileTarget(join(folder, 'hidden'));
  const ben = await honest(target, 'ben');
  const entries = ben.pack.subarray(12, -20);
  // A stored block that begins in one push and has the entries of ben as its content; the sum of them comes with a third push, and as many blobs as ben had objects.
  const stored = Buffer.from([0x78, 0x01, 0x01, entries.length & 0xff, entries.length >> 8, ~entries.length & 0xff, (~entries.length >> 8) & 0xff]);
  const sum = deflateSync(entries, { level: 0 }).subarray(-4);
  const blobs = ['a', 'b', 'c'].map((text) => Buffer.from(text));
  const before = packOf([Buffer.concat([entryHead(kinds.blob, entries.length), stored])], { count: 1 });
  const after = packOf([sum, ...blobs.map((blob) => entry(kinds.blob, blob))], { count: 0 });
  const unpacks = unpackTogether(target.path);
  const head = objectId(blobObject(blobs[0] ?? Buffer.alloc(0)));
  const [first, own, last] = await Promise.all([unpacks(before, [objectId(blobObject(entries))]), unpacks(ben.pack, [ben.commit]), unpacks(after, [head])]);
  // Git took the three packs for one that is sound, and ben's objects were not in it.
  expect([...(first?.waiting.objects.keys() ?? []), ...(last?.waiting.objects.keys() ?? [])]).toEqual([objectId(blobObject(entries)), head]);
  expect(own).toBeUndefined();
  await first?.done();
  await last?.done();
  expect(quarantines(target)).toEqual([]);
  expect((await httpDoor(target.path, target.view)(bytesOf(ben))).status).toBe(0);
  target.ledger.repository.close();
});

it('T28: each push gets what its heads reach, and nothing else of it comes in', async () => {
  const target = await hostileTarget(join(folder, 'rest'));
  const [ada, ben] = [await honest(target, 'ada'), await honest(target, 'ben')];
  const junk = entry(kinds.blob, Buffer.from('nobody names this\n'));
  const more = packOf([ada.pack.subarray(12, -20), junk], { count: ada.pack.readUInt32BE(8) + 1 });
  const door = httpDoor(target.path, target.view);
  const heard = await Promise.all([door(bytesOf({ ...ada, pack: more })), door(bytesOf(ben))]);
  expect(heard.map(({ status }) => status)).toEqual([0, 0]);
  const id = objectId(blobObject(Buffer.from('nobody names this\n')));
  expect(existsSync(join(target.path, 'objects', id.slice(0, 2), id.slice(2)))).toBe(false);
  expect(git(target.path, 'fsck', '--strict', '--unreachable')).toBe('');
  target.ledger.repository.close();
});

it('T29: packs are joined by their sums and counts, and what has another sum, version or count is not', () => {
  const pack = Buffer.from(buildPack([blobObject(Buffer.from('a'))]));
  const other = packOf([entry(kinds.blob, Buffer.from('b'))]);
  const flipped = Buffer.from(other);
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  expect(joinPacks([pack, other], togetherMax.objectsCount)?.subarray(0, 12)).toEqual(packOf([], { count: 2 }).subarray(0, 12));
  const bad = [flipped, packOf([], { version: 3 }), packOf([], { count: togetherMax.objectsCount + 1 }), other.subarray(0, 30), Buffer.alloc(0)];
  for (const one of bad) expect(joinPacks([pack, one], togetherMax.objectsCount)).toBeUndefined();
});

it('A name is remembered for its time', () => {
  let nowMs = 5;
  const names = recently(100, () => nowMs);
  expect(names.has('a')).toBe(false);
  names.add('a');
  nowMs += 99;
  expect(names.has('a')).toBe(true);
  nowMs += 1;
  expect(names.has('a')).toBe(false);
});
