// What only the installed git does, and what it says itself about what gdo wrote. What both adapters answer alike is in contract.test.ts.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { blobObject, readTree, treeObject } from '../../../node/git/object.ts';
import { runGit } from '../../../node/git/child.ts';
import { findGitDirectory } from '../../../node/git/git-place.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { listRemote } from '../../../node/git/transport.ts';
import { commitFiles, git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;

async function withRepository(run: (repository: Repository, path: string) => Promise<void>): Promise<void> {
  count += 1;
  const path = join(folder, String(count));
  const repository = await initRepository(path, 'bare');
  try {
    await run(repository, path);
  } finally {
    repository.close();
  }
}

it('Objects have the ids that git gives them', () =>
  withRepository(async (repository, path) => {
    const file = join(folder, 'content');
    for (const text of ['', 'a', 'ä\n', 'x'.repeat(100_000)]) {
      writeFileSync(file, text);
      expect(await repository.writeObjects([blobObject(Buffer.from(text))])).toEqual([git(path, 'hash-object', file).trim()]);
    }
  }));

it('Objects of every small size are stored so that git finds nothing wrong with them', () =>
  withRepository(async (repository, path) => {
    // All bytes there are, and sizes on both sides of where compressing begins to pay.
    const blobs = Array.from({ length: 300 }, (_, size) => blobObject(Buffer.from(Array.from({ length: size }, (_value, at) => (at * 7 + size) % 256))));
    const ids = await repository.writeObjects(blobs);
    expect(git(path, 'fsck', '--full', '--strict', '--no-dangling').trim()).toBe('');
    const read = await repository.readMany(ids);
    expect(read.map((object) => Buffer.from(object?.bytes ?? []))).toEqual(blobs.map(({ bytes }) => Buffer.from(bytes)));
  }));

it('A clone is found with its working tree, and a folder without a repository is GDO5020', () =>
  withRepository(async (repository, path) => {
    const commit = await commitFiles(repository, [['a', 'a']]);
    await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: commit }]);
    const clone = join(folder, 'clone');
    git(folder, 'clone', '-q', path, clone);
    expect(findGitDirectory(clone)).toEqual({ gitDirectory: join(clone, '.git'), workTree: clone });
    expect(() => openRepository(folder)).toThrow(expect.objectContaining({ code: 'GDO5020' }));
  }));

it('More than 256 objects become one pack', () =>
  withRepository(async (repository, path) => {
    const blobs = Array.from({ length: 300 }, (_, index) => blobObject(Buffer.from(`blob ${index}`)));
    const ids = await repository.writeObjects(blobs);
    expect(git(path, 'count-objects', '-v')).toMatch(/packs: 1/);
    expect((await repository.readMany(ids)).every((object) => object?.kind === 'blob')).toBe(true);
  }));

it("T31: traps in a repository's configuration and foreign transports run nothing", () =>
  withRepository(async (repository, path) => {
    const trap = join(folder, 'trap');
    const command = `touch ${trap}`;
    for (const [name, value] of [
      ['core.fsmonitor', command],
      ['core.sshCommand', command],
      ['uploadpack.packObjectsHook', command],
      ['core.hooksPath', folder],
    ] as const)
      git(path, 'config', name, value);
    const commit = await commitFiles(repository, [['a', 'a']]);
    await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: commit }]);
    expect(await listRemote(repository, { address: path })).toEqual([{ ref: 'refs/heads/main', id: commit }]);
    await expect(listRemote(repository, { address: `ext::sh -c '${command}'` })).rejects.toMatchObject({ code: 'GDO4002' });
    for (const address of [`--upload-pack=${command}`, `-oProxyCommand=${command}:x`, `fd::17`, `git://example.org/x`])
      await expect(listRemote(repository, { address }), address).rejects.toMatchObject({
        message: expect.stringContaining('is no address that gdo fetches from'),
      });
    expect(() => execFileSync('test', ['-e', trap])).toThrow();
  }));

it('A ref of ours means what git says, wherever and however it stands', () =>
  withRepository(async (repository, path) => {
    const commits = await Promise.all(['a', 'b'].map((text) => commitFiles(repository, [['a', text]])));
    const [first = '', second = ''] = commits;
    for (const name of ['loose', 'packed', 'both', 'folder/in']) git(path, 'update-ref', `refs/gdo/${name}`, first);
    git(path, 'pack-refs', '--all');
    git(path, 'update-ref', 'refs/gdo/loose', second);
    git(path, 'update-ref', 'refs/gdo/both', second);
    git(path, 'symbolic-ref', 'refs/gdo/symbolic', 'refs/gdo/packed');
    for (const [name, text] of [
      ['torn', first.slice(0, 20)],
      ['empty', ''],
      ['long', `${first}\n${second}\n`],
      ['absent', `${'1'.repeat(40)}\n`],
    ] as const)
      writeFileSync(join(path, 'refs/gdo', name), text);
    const tree = join(folder, 'tree');
    git(path, 'update-ref', 'refs/heads/main', first);
    git(path, 'worktree', 'add', '-q', tree, 'main');
    const beside = openRepository(tree);
    for (const name of ['loose', 'packed', 'both', 'folder/in', 'folder', 'symbolic', 'torn', 'empty', 'long', 'absent', 'none', '../heads/main']) {
      const end = await runGit({ gitDirectory: path, arguments: ['rev-parse', '--verify', '--quiet', `refs/gdo/${name}`] });
      const said = end.code === 0 ? end.output.toString('latin1').trim() : undefined;
      for (const one of [repository, beside]) expect([name, await one.resolve(`refs/gdo/${name}`)]).toEqual([name, said]);
    }
    expect(await repository.resolve('refs/gdo/both')).toBe(second);
    beside.close();
  }));

it('A tree read and written again has the same bytes', () => {
  const tree = treeObject([
    { mode: '40000', name: Buffer.from('a'), id: '1'.repeat(40) },
    { mode: '100644', name: Buffer.from('a.b'), id: '2'.repeat(40) },
  ]);
  expect(readTree(tree.bytes)?.map((entry) => Buffer.from(entry.name).toString())).toEqual(['a.b', 'a']);
  expect(treeObject(readTree(tree.bytes) ?? []).bytes).toEqual(tree.bytes);
  expect(readTree(tree.bytes.slice(0, 10))).toBeUndefined();
});

it('What a child says for people without end is kept to its last words', async () => {
  const flood = 'alias.flood=!head -c 8000000 /dev/zero | tr "\\0" x >&2; echo; echo last words >&2; exit 3';
  const end = await runGit({ arguments: ['-c', flood, 'flood'] });
  expect(end.code).toBe(3);
  expect(end.errors.length).toBeLessThanOrEqual(1024 * 1024);
  expect(end.errors).toMatch(/x{1000}last words\n$/);
});
