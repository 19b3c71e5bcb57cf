// The housekeeping of a node (node.md section 8): a ledger of many files, packed beside pushes, killed in the middle, and what its operator sees of it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clutterOf, isCluttered, packLooseObjects, removeDuplicates } from '../../../node/git/maintenance.ts';
import { blobObject, objectId } from '../../../node/git/object.ts';
import { buildPack } from '../../../node/git/pack.ts';
import { initRepository, openRepository } from '../../../node/git/repository.ts';
import { pushRefs } from '../../../node/git/transport.ts';
import { appendEvents, logRef } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { eventually, program, runningNode, statusOf, writeTestKey, type RunningNode } from '../../nodes/running.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { bareCharter, commitFiles, foundSmall, git, removeFolder, signerOf, temporaryFolder, type SmallLedger } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
const place = join(folder, 'node', 'data', 'maple', 'ledger.git');
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
let founded: SmallLedger;
let running: RunningNode | undefined;

/** More objects than a node leaves loose, as pushes leave them: a file each, which nothing names. */
function strew(gitDirectory: string, count: number, start: number): void {
  for (let index = start; index < start + count; index += 1) {
    const object = blobObject(Buffer.from(`object ${index}\n`));
    const id = objectId(object);
    const place = join(gitDirectory, 'objects', id.slice(0, 2));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, id.slice(2)), deflateSync(Buffer.concat([Buffer.from(`blob ${object.bytes.length}\0`), object.bytes])));
  }
}

beforeAll(async () => {
  ensureInstallable();
  founded = await foundSmall(place, { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['a.md', 'A\n']], foundedMs: Date.now() - 60_000 });
  founded.repository.close();
  writeTestKey(join(folder, 'ada'), 'ada');
});
afterAll(async () => {
  await running?.end('SIGKILL');
  removeFolder(folder);
});

describe('Packing a repository', () => {
  it('keeps every object, named or not, and every ref, and leaves few files', async () => {
    const path = join(folder, 'alone.git');
    const repository = await initRepository(path, 'bare');
    const [orphan = ''] = await repository.writeObjects([blobObject(Buffer.from('nothing names this'))]);
    const commit = await commitFiles(repository, [['a', 'a']]);
    const names = Array.from({ length: 40 }, (_, index) => `refs/gdo/log/${String(index).repeat(32).slice(0, 64).padEnd(64, '0')}`);
    await repository.updateRefs([...new Set(names)].map((ref) => ({ ref, old: undefined, next: commit })));
    strew(path, 300, 0);
    const before = { objects: git(path, 'cat-file', '--batch-all-objects', '--batch-check'), refs: await repository.list('refs') };
    expect(clutterOf(path)).toEqual({ looseObjects: 304, looseRefs: before.refs.length, packs: 0 });
    expect(await packLooseObjects(path)).toBe(304);
    // A kill here leaves everything twice, and nothing less.
    expect(git(path, 'fsck', '--full', '--strict', '--no-dangling').trim()).toBe('');
    // A reader that was open before goes on.
    expect((await repository.readObject(orphan))?.bytes.length).toBe(18);
    writeFileSync(join(path, 'packed-refs.lock'), '');
    await removeDuplicates(path);
    expect(clutterOf(path)).toEqual({ looseObjects: 0, looseRefs: 0, packs: 1 });
    expect(git(path, 'cat-file', '--batch-all-objects', '--batch-check')).toBe(before.objects);
    expect(await repository.list('refs')).toEqual(before.refs);
    expect((await repository.readObject(orphan))?.bytes.length).toBe(18);
    expect(await packLooseObjects(path)).toBe(0);
    repository.close();
  });

  it('puts many packs together, but none of a copy that has dropped what batches say', async () => {
    const path = join(folder, 'packs.git');
    (await initRepository(path, 'bare')).close();
    for (let index = 0; index < 52; index += 1)
      execFileSync('git', ['--git-dir', path, 'index-pack', '--stdin'], {
        input: buildPack([blobObject(Buffer.from(`pack ${index}\n`))]),
        stdio: ['pipe', 'ignore', 'inherit'],
      });
    expect(isCluttered(clutterOf(path))).toBe(true);
    const all = git(path, 'cat-file', '--batch-all-objects', '--batch-check');
    const [first = ''] = readdirSync(join(path, 'objects', 'pack')).filter((name) => name.endsWith('.idx'));
    const promisor = join(path, 'objects', 'pack', first.replace(/idx$/, 'promisor'));
    writeFileSync(promisor, '');
    await removeDuplicates(path);
    expect(clutterOf(path).packs).toBe(52);
    rmSync(promisor);
    await removeDuplicates(path);
    expect(clutterOf(path).packs).toBeLessThan(10);
    expect(git(path, 'cat-file', '--batch-all-objects', '--batch-check')).toBe(all);
  });
});

it('T36: a node packs its ledger beside pushes, goes on after kill -9 in the middle of it, and says so', async () => {
  strew(place, 5_100, 1_000);
  const configuration = { organizations: [{ name: 'maple', genesis: founded.view.org, role: 'witness', key: join(folder, 'ada') }] };
  const first = await runningNode(join(folder, 'node'), configuration);
  running = first;
  await eventually('it packs', () => Promise.resolve(first.lines().some((line) => line['what'] === 'packing') || undefined));
  await first.end('SIGKILL');
  expect(git(place, 'fsck', '--full', '--strict', '--no-dangling').trim()).toBe('');
  // Where the kill came too late there is something to pack again.
  strew(place, 5_100, 10_000);
  const node = await runningNode(join(folder, 'node'), configuration);
  running = node;
  const remote = { address: `${node.address}/git/maple` };
  const clone = await initRepository(join(folder, 'clone'), 'clone');
  const { view } = await fetchLedger({ repository: clone, remote, from: 'origin' });
  const signer = signerOf(founded, 'ben');
  let now = view;
  for (let index = 0; index < 5; index += 1) {
    now = (await appendEvents(now, signer, { events: [fact], clockMs: Date.now() })).view;
    const pushed = await pushRefs(clone, remote, [`${logRef(signer.device)}:${logRef(signer.device)}`]);
    expect(pushed.refs).toMatchObject([{ accepted: true }]);
  }
  clone.close();
  await eventually('it has packed', () => Promise.resolve(node.lines().some((line) => line['what'] === 'packed') || undefined));
  await eventually('all is final', async () => ((await statusOf(node, 'maple')).events === 5 ? true : undefined));
  const metrics = await (await fetch(`${node.address}/metrics`)).text();
  expect(metrics).toMatch(/\ngdo_packed_objects_total\{org="maple"\} [1-9][0-9]{3,}\n/);
  expect(metrics).toMatch(/\ngdo_loose_objects\{org="maple"\} [0-9]{1,3}\n/);
  const said = execFileSync(process.execPath, [program, 'node', 'doctor', '--config', join(folder, 'node', 'gdo-node.json')], { encoding: 'utf8' });
  expect(said).toMatch(/maple: files .*loose objects?,/);
  expect(await node.end('SIGTERM')).toBe(0);
  expect(git(place, 'fsck', '--full', '--strict', '--no-dangling').trim()).toBe('');
  const repository = openRepository(place);
  expect((await openLedger(repository)).tip.statement.events).toBe(5);
  repository.close();
});
