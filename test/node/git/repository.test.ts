// The contract of a repository (node.md section 2), on the installed git.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { contentTree, filesAsTree } from '../../../node/git/content.ts';
import { blobObject, objectId, plainCommit, readTree, treeObject } from '../../../node/git/object.ts';
import { findGitDirectory, initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
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

it('Objects have the ids that git gives them, and come back byte for byte in request order', () =>
  withRepository(async (repository, path) => {
    const blobs = ['', 'a', 'ä\n', 'x'.repeat(100_000)].map((text) => blobObject(Buffer.from(text)));
    const ids = await repository.writeObjects(blobs);
    const file = join(folder, 'content');
    for (const [index, blob] of blobs.entries()) {
      writeFileSync(file, blob.bytes);
      expect(git(path, 'hash-object', file).trim()).toBe(ids[index]);
    }
    const read = await repository.readMany([...ids.toReversed(), '0'.repeat(40), ...ids]);
    expect(read.map((object) => object && objectId(object))).toEqual([...ids.toReversed(), undefined, ...ids]);
  }));

it('An object above 16 MiB is refused with GDO4011, and the next read works', () =>
  withRepository(async (repository) => {
    const [large = '', small = ''] = await repository.writeObjects([blobObject(Buffer.alloc(16 * 1024 * 1024 + 1)), blobObject(Buffer.from('small'))]);
    await expect(repository.readObject(large)).rejects.toMatchObject({ code: 'GDO4011' });
    expect((await repository.readObject(small))?.bytes.length).toBe(5);
  }));

it('More than 256 objects become one pack', () =>
  withRepository(async (repository, path) => {
    const blobs = Array.from({ length: 300 }, (_, index) => blobObject(Buffer.from(`blob ${index}`)));
    const ids = await repository.writeObjects(blobs);
    expect(git(path, 'count-objects', '-v')).toMatch(/packs: 1/);
    expect((await repository.readMany(ids)).every((object) => object?.kind === 'blob')).toBe(true);
  }));

it('A commit with 200 parents and Unicode in its author is written as given', () =>
  withRepository(async (repository, path) => {
    const tree = filesAsTree([]);
    const one = (message: string, parents: readonly string[] = []): ReturnType<typeof plainCommit> =>
      plainCommit({ tree: tree.root, parents, person: 'Zoë 李 <z@example.org>', seconds: 1, message });
    const parents = Array.from({ length: 200 }, (_, index) => one(`${index}\n`));
    const octopus = one('octopus\n', parents.map(objectId));
    await repository.writeObjects([...tree.objects, ...parents, octopus]);
    expect(git(path, 'cat-file', 'commit', objectId(octopus))).toBe(Buffer.from(octopus.bytes).toString('utf8'));
    expect(await repository.walk([objectId(octopus)], [])).toHaveLength(201);
  }));

it('A ref transaction in which the third of five conflicts moves nothing', () =>
  withRepository(async (repository) => {
    const commit = await commitFiles(repository, [['a', 'a']]);
    const other = await commitFiles(repository, [['a', 'b']]);
    const refs = [1, 2, 3, 4, 5].map((number) => `refs/gdo/log/${String(number).repeat(64)}`);
    expect(await repository.updateRefs([{ ref: refs[2] ?? '', old: undefined, next: other }])).toEqual({ kind: 'ok' });
    const all = await repository.updateRefs(refs.map((ref) => ({ ref, old: undefined, next: commit })));
    expect(all.kind).toBe('conflict');
    expect(await repository.list('refs/gdo')).toEqual([{ ref: refs[2], id: other }]);
  }));

it('Of two writers who race for one ref exactly one wins', () =>
  withRepository(async (repository, path) => {
    const old = await commitFiles(repository, [['a', 'a']]);
    await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: old }]);
    const nexts = await Promise.all([1, 2, 3, 4].map((number) => commitFiles(repository, [['a', String(number)]])));
    const writers = nexts.map(() => openRepository(path));
    const ends = await Promise.all(nexts.map((next, index) => (writers[index] ?? repository).updateRefs([{ ref: 'refs/heads/main', old, next }])));
    for (const writer of writers) writer.close();
    expect(ends.filter((end) => end.kind === 'ok')).toHaveLength(1);
  }));

it('An unborn HEAD with only ledger refs, and a clone with its working tree, are both opened', () =>
  withRepository(async (repository, path) => {
    const commit = await commitFiles(repository, [['a', 'a']]);
    await repository.updateRefs([{ ref: 'refs/gdo/genesis', old: undefined, next: commit }]);
    expect(await repository.resolve('HEAD')).toBeUndefined();
    expect(await repository.resolve('refs/gdo/genesis')).toBe(commit);
    const clone = join(folder, 'clone');
    execFileSync('git', ['clone', '-q', path, clone], { stdio: 'ignore' });
    expect(findGitDirectory(clone)).toEqual({ gitDirectory: join(clone, '.git'), workTree: clone });
    expect(() => openRepository(folder)).toThrow('There is no git repository');
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
    await expect(listRemote(repository, { address: `--upload-pack=${command}` })).rejects.toMatchObject({ code: 'GDO4002' });
    expect(() => execFileSync('test', ['-e', trap])).toThrow();
  }));

it('T30: trees with names, modes or neighbours that some system cannot hold are refused, whatever git thinks of them', () =>
  withRepository(async (repository) => {
    const blob = blobObject(Buffer.from('x'));
    const id = objectId(blob);
    await repository.writeObjects([blob]);
    const fault = async (...entries: readonly (readonly [mode: string, name: string])[]): Promise<string> => {
      const tree = treeObject(entries.map(([mode, name]) => ({ mode, name: Buffer.from(name, 'utf8'), id })));
      const commit = plainCommit({ tree: objectId(tree), parents: [], person: 'a <a>', seconds: 1, message: 'x\n' });
      await repository.writeObjects([tree, commit]);
      const walked = await contentTree(repository, objectId(commit));
      return walked.kind === 'ok' ? 'ok' : walked.reason;
    };
    expect(await fault(['100644', 'a'], ['100755', 'b.sh'], ['100644', 'größe'])).toBe('ok');
    expect(await fault(['120000', 'link'])).toBe('is a symbolic link');
    expect(await fault(['160000', 'module'])).toBe('is a submodule');
    expect(await fault(['100664', 'a'])).toBe('has mode 100664');
    for (const name of ['.git', '.GIT', 'git~1', '.g\u200cit', '.git ', '.git.', '.gitmodules']) expect(await fault(['100644', name]), name).not.toBe('ok');
    for (const name of [
      'con',
      'NUL.txt',
      'com1',
      'a:b',
      'a\\b',
      'a*',
      'a ',
      ' a',
      'a.',
      '..',
      '\u0007',
      'e\u0301',
      'a\ud800'.slice(0, 1) + '\u0085',
      'x'.repeat(256),
    ])
      expect(await fault(['100644', name]), name).not.toBe('ok');
    expect(await fault(['100644', 'README.md'], ['100644', 'readme.md'])).toContain('neighbour');
    expect(await fault(['100644', 'straße'], ['100644', 'STRASSE'])).toContain('neighbour');
  }));

it('T28: a tree that names ten thousand million files is refused and not walked', () =>
  withRepository(async (repository) => {
    const blob = blobObject(Buffer.from('x'));
    const objects = [blob];
    let entry = { mode: '100644', id: objectId(blob) };
    for (let level = 0; level < 10; level += 1) {
      const tree = treeObject(Array.from({ length: 10 }, (_, index) => ({ ...entry, name: Buffer.from(String(index)) })));
      objects.push(tree);
      entry = { mode: '40000', id: objectId(tree) };
    }
    const commit = plainCommit({ tree: entry.id, parents: [], person: 'a <a>', seconds: 1, message: 'x\n' });
    await repository.writeObjects([...objects, commit]);
    expect(await contentTree(repository, objectId(commit))).toMatchObject({
      kind: 'refused',
      code: 'GDO2014',
      reason: 'the tree names more than 100000 files',
    });
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
