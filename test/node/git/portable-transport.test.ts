// Fetching and pushing without an installed git, against git's own web backend: the same words, the same refs, nothing half.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchArrival } from '../../../node/git/arrival.ts';
import { memoryFiles } from '../../../node/git/file-store.ts';
import { buildPack } from '../../../node/git/pack.ts';
import { memoryRepository } from '../../../node/git/portable-repository.ts';
import { blobObject, plainCommit } from '../../../node/git/object.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { listRemote, pushRefs, type Remote } from '../../../node/git/transport.ts';
import { commitFiles, git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { bombs } from './bombs.ts';
import { openHttpDoor, type HttpDoor } from './http-door.ts';

const folder = temporaryFolder();
let door: HttpDoor;
beforeAll(async () => {
  door = await openHttpDoor(folder);
});
afterAll(async () => {
  await door.close();
  removeFolder(folder);
});
let count = 0;

interface Far {
  readonly repository: Repository;
  readonly path: string;
  readonly remote: Remote;
  readonly commits: readonly string[];
}

/** A repository behind the door with three commits on main and three logs. */
async function far(): Promise<Far> {
  count += 1;
  const path = join(folder, `${count}.git`);
  const repository = await initRepository(path, 'bare');
  git(path, 'config', 'http.receivepack', 'true');
  const commits: string[] = [];
  for (const text of ['one', 'two', 'three'])
    commits.push(
      await commitFiles(
        repository,
        [
          ['a', text],
          ['same/b', 'b'],
        ],
        commits.at(-1),
      ),
    );
  const logs = commits.map((id, index) => ({ ref: `refs/gdo/log/${index}`, old: undefined, next: id }));
  await repository.updateRefs([...logs, { ref: 'refs/heads/main', old: undefined, next: commits[2] }]);
  return { repository, path, remote: { address: `${door.address}/${count}.git` }, commits };
}

const near = (): Repository => memoryRepository(memoryFiles());

it('Refs are listed as the installed git lists them', async () => {
  const there = await far();
  git(there.path, 'tag', '-a', 'v1', '-m', 'first', 'main');
  const listed = await listRemote(near(), there.remote);
  expect(listed).toEqual(await listRemote(there.repository, there.remote));
  expect(listed.map((entry) => entry.ref)).toEqual(['refs/gdo/log/0', 'refs/gdo/log/1', 'refs/gdo/log/2', 'refs/heads/main', 'refs/tags/v1']);
});

/** Fetches refs, takes in what arrived, and sets `refs/gdo-incoming/...` to them. */
async function fetchInto(here: Repository, there: Far, ...names: readonly string[]): Promise<void> {
  const arrival = await fetchArrival(here, there.remote, names);
  arrival.promote();
  arrival.discard();
  for (const name of names) {
    const ref = name.replace('refs/', 'refs/gdo-incoming/');
    const moved = await here.updateRefs([{ ref, old: await here.resolve(ref), next: await there.repository.resolve(name) }]);
    expect(moved).toEqual({ kind: 'ok' });
  }
}

describe('A fetch', () => {
  it('brings what is new, again and again', async () => {
    const there = await far();
    const here = near();
    await fetchInto(here, there, 'refs/gdo/log/0');
    expect(await here.list('refs')).toEqual([{ ref: 'refs/gdo-incoming/gdo/log/0', id: there.commits[0] }]);
    expect(await here.readObject(there.commits[1] ?? '')).toBeUndefined();
    await fetchInto(here, there, 'refs/gdo/log/0', 'refs/heads/main');
    expect(await here.walk([there.commits[2] ?? ''], [])).toHaveLength(3);
    expect(await here.resolve(`${there.commits[2] ?? ''}:same/b`)).toBe(await there.repository.resolve('main:same/b'));
    const files = [
      ['a', 'four'],
      ['same/b', 'b'],
    ] as const;
    const next = await commitFiles(there.repository, files, there.commits[2]);
    await there.repository.updateRefs([{ ref: 'refs/heads/main', old: there.commits[2], next }]);
    await fetchInto(here, there, 'refs/heads/main');
    expect(await here.walk([next], [])).toHaveLength(4);
  });

  it('is seen by whoever judges it, beside what was here, and is gone where it is not taken in', async () => {
    const there = await far();
    const here = near();
    await fetchInto(here, there, 'refs/gdo/log/0');
    const arrival = await fetchArrival(here, there.remote, ['refs/heads/main']);
    expect(await arrival.repository.walk([there.commits[2] ?? ''], [])).toEqual(there.commits);
    expect(arrival.objectsCount).toBeGreaterThan(0);
    arrival.discard();
    expect(await here.readObject(there.commits[2] ?? '')).toBeUndefined();
  });

  it('of a pack in which something is missing, that was cut, or that is none changes nothing', async () => {
    const commit = plainCommit({ tree: '1'.repeat(40), parents: [], person: 'a <a>', seconds: 1, message: 'no tree\n' });
    const here = near();
    const { openPack } = here;
    const id = (await memoryRepository(memoryFiles()).writeObjects([commit]))[0] ?? '';
    const whole = buildPack([commit]);
    await expect(openPack?.(whole, [id])).rejects.toMatchObject({ code: 'GDO5024', message: expect.stringContaining('1'.repeat(40)) });
    await expect(openPack?.(whole.subarray(0, -9), [id])).rejects.toMatchObject({ code: 'GDO5024' });
    await expect(openPack?.(Buffer.from('<html>'), [id])).rejects.toMatchObject({ code: 'GDO5024' });
    await expect(openPack?.(buildPack([]), [id])).rejects.toMatchObject({ code: 'GDO5024' });
    const claims = Buffer.from(buildPack([blobObject(Buffer.from('x'))]));
    claims.writeUInt32BE(1_000_000_000, 8);
    await expect(openPack?.(claims, [id])).rejects.toMatchObject({ code: 'GDO4011' });
    expect(await here.readObject(id)).toBeUndefined();
  });
});

it.each(bombs)('T28: a fetched pack with $name ends in $code, and nothing of it is stored', async ({ code, pack }) => {
  const here = near();
  await expect(here.openPack?.(pack(), ['1'.repeat(40)])).rejects.toMatchObject({ code });
  expect(await here.resolve('0'.repeat(4))).toBeUndefined();
  expect(await here.list('refs')).toEqual([]);
});

it('A pack with chains of deltas as git makes them is taken in', async () => {
  const there = await far();
  let parent = there.commits[2];
  for (let index = 0; index < 60; index += 1) {
    const lines = Array.from({ length: 400 }, (_, line) => `line ${line} ${line % 60 === index ? `changed ${index}` : ''}\n`);
    parent = await commitFiles(there.repository, [['a', lines.join('')]], parent);
  }
  await there.repository.updateRefs([{ ref: 'refs/heads/main', old: there.commits[2], next: parent }]);
  git(there.path, 'repack', '-adfq', '--depth=50', '--window=60');
  const rows = git(there.path, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(deltabase)').split('\n');
  const bases = new Map(rows.map((row) => [row.slice(0, 40), row.slice(41)]));
  expect([...bases.values()].filter((base) => (bases.get(base) ?? '').replaceAll('0', '') !== '').length).toBeGreaterThan(3);
  const here = near();
  await fetchInto(here, there, 'refs/heads/main');
  expect(await here.walk([parent ?? ''], [])).toHaveLength(63);
  expect(await here.resolve(`${parent ?? ''}:a`)).toBe(await there.repository.resolve('main:a'));
});

describe('A push', () => {
  it('of several refs sends what the other side lacks, and nothing twice', async () => {
    const there = await far();
    const here = near();
    await fetchInto(here, there, 'refs/heads/main');
    const next = await commitFiles(
      here,
      [
        ['a', 'mine'],
        ['same/b', 'b'],
      ],
      there.commits[2],
    );
    await here.updateRefs([
      { ref: 'refs/gdo/log/9', old: undefined, next },
      { ref: 'refs/gdo/proposal/9/x', old: undefined, next },
    ]);
    const pushed = await pushRefs(here, there.remote, ['refs/gdo/proposal/9/x:refs/gdo/proposal/9/x', 'refs/gdo/log/9:refs/gdo/log/9']);
    expect(pushed.refs.map(({ ref, accepted }) => [ref, accepted])).toEqual([
      ['refs/gdo/proposal/9/x', true],
      ['refs/gdo/log/9', true],
    ]);
    expect(git(there.path, 'fsck', '--full', '--strict')).toBe('');
    expect(git(there.path, 'show', 'refs/gdo/log/9:a')).toBe('mine');
    expect(git(there.path, 'cat-file', '--batch-all-objects', '--batch-check').split('\n').filter(Boolean)).toHaveLength(3 * 3 + 2 + 3);
    expect((await pushRefs(here, there.remote, ['refs/gdo/log/9:refs/gdo/log/9'])).refs).toEqual([
      { ref: 'refs/gdo/log/9', accepted: true, reason: '[up to date]' },
    ]);
  });

  it('that a hook refuses brings back its words', async () => {
    const there = await far();
    mkdirSync(join(there.path, 'hooks'), { recursive: true });
    const hook = join(there.path, 'hooks', 'pre-receive');
    writeFileSync(hook, '#!/bin/sh\necho "GDO2015 not this one" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const here = near();
    const next = await commitFiles(here, [['a', 'mine']]);
    await here.updateRefs([{ ref: 'refs/gdo/log/9', old: undefined, next }]);
    const pushed = await pushRefs(here, there.remote, ['refs/gdo/log/9:refs/gdo/log/9']);
    expect(pushed).toEqual({
      refs: [{ ref: 'refs/gdo/log/9', accepted: false, reason: '[remote rejected] (pre-receive hook declined)' }],
      messages: ['GDO2015 not this one'],
    });
  });

  it('of a log that went on elsewhere is refused here, in the words of git', async () => {
    const there = await far();
    const here = near();
    const next = await commitFiles(here, [['a', 'mine']]);
    await here.updateRefs([{ ref: 'refs/gdo/log/0', old: undefined, next }]);
    expect((await pushRefs(here, there.remote, ['refs/gdo/log/0:refs/gdo/log/0'])).refs[0]).toMatchObject({
      accepted: false,
      reason: '[rejected] (fetch first)',
    });
    await fetchInto(here, there, 'refs/heads/main');
    expect((await pushRefs(here, there.remote, ['refs/gdo/log/0:refs/gdo/log/0'])).refs[0]).toMatchObject({
      accepted: false,
      reason: '[rejected] (non-fast-forward)',
    });
    expect(await there.repository.resolve('refs/gdo/log/0')).toBe(there.commits[0]);
  });
});

describe('The other side', () => {
  it('is GDO4002 where nobody listens, where it is no repository, and where it sends on to another place', async () => {
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/moved') === true) response.writeHead(302, { location: `${door.address}/1.git/info/refs?service=git-upload-pack` }).end();
      else response.writeHead(200).end('<html>hello</html>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const address of [`http://127.0.0.1:${port}/page`, `http://127.0.0.1:${port}/moved`, `${door.address}/none.git`])
      await expect(listRemote(near(), { address }), address).rejects.toMatchObject({ code: 'GDO4002' });
    server.close();
    await once(server, 'close');
    await expect(listRemote(near(), { address: `http://127.0.0.1:${port}/page` })).rejects.toMatchObject({ code: 'GDO4002' });
  });

  it('is GDO4011 where it sends more than 64 MiB, and is not listened to any longer', async () => {
    let sent = 0;
    const server = createServer((_, response) => {
      const more = (): void => {
        sent += 1;
        if (response.write(Buffer.alloc(1024 * 1024))) setImmediate(more);
      };
      response.on('drain', more);
      more();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(listRemote(near(), { address: `http://127.0.0.1:${port}` })).rejects.toMatchObject({ code: 'GDO4011' });
    expect(sent).toBeLessThan(200);
    server.closeAllConnections();
    server.close();
  });

  it('that only git reaches is GDO5024 with what to do', async () => {
    for (const address of ['/srv/ledger.git', 'file:///srv/ledger.git', 'git@example.org:ledger.git'])
      await expect(listRemote(near(), { address })).rejects.toMatchObject({ code: 'GDO5024', help: expect.stringContaining('https://') });
    expect(openRepository((await far()).path).openPack).toBeUndefined();
  });
});
