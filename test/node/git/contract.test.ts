// The contract of a repository (node.md section 2), on the installed git and on the portable adapter: both answer alike.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { contentTree, filesAsTree } from '../../../node/git/content.ts';
import { blobObject, objectId, plainCommit, treeObject, type GitObject } from '../../../node/git/object.ts';
import type { RefChange, Repository } from '../../../node/git/repository.ts';
import { Dice } from '../../vectors/dice.ts';
import { commitFiles, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { kinds } from './contract.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;

const blob = (text: string): GitObject => blobObject(Buffer.from(text, 'utf8'));
const commit = (tree: string, parents: readonly string[], message: string): GitObject =>
  plainCommit({ tree, parents, person: 'Ada <ada@example.org>', seconds: 1_795_251_600, message });
const moved = (ref: string, old: string | undefined, next: string | undefined): RefChange => ({ ref, old, next });

describe.each(kinds)('A repository of $name', ({ make, reopen }) => {
  let repository: Repository;
  beforeEach(async () => {
    count += 1;
    const place = join(folder, String(count));
    mkdirSync(place);
    repository = await make(place);
    return () => repository.close();
  });
  const treeOf = async (...files: readonly (readonly [string, string])[]): Promise<string> => {
    const tree = filesAsTree(files.map(([path, text]) => [path, Buffer.from(text)] as const));
    await repository.writeObjects(tree.objects);
    return tree.root;
  };
  const refs = async (prefix = 'refs'): Promise<readonly string[]> => (await repository.list(prefix)).map((entry) => entry.ref);

  it('gives objects back byte for byte in request order, with their sizes, and none for what is absent', async () => {
    const blobs = ['', 'a', 'ä\n', 'x'.repeat(100_000)].map(blob);
    const ids = await repository.writeObjects(blobs);
    expect(ids).toEqual(blobs.map(objectId));
    const absent = '0'.repeat(40);
    const read = await repository.readMany([...ids.toReversed(), absent, ...ids]);
    expect(read.map((object) => object && objectId(object))).toEqual([...ids.toReversed(), undefined, ...ids]);
    expect(await repository.sizes([...ids, absent])).toEqual([0, 1, 3, 100_000, undefined]);
    expect(await repository.writeObjects([])).toEqual([]);
    expect(await repository.writeObjects(blobs)).toEqual(ids);
  });

  it('refuses an object above 16 MiB with GDO4011, and reads the next one', async () => {
    const [large = '', small = ''] = await repository.writeObjects([blobObject(Buffer.alloc(16 * 1024 * 1024 + 1)), blob('small')]);
    await expect(repository.readObject(large)).rejects.toMatchObject({ code: 'GDO4011' });
    expect((await repository.readObject(small))?.bytes.length).toBe(5);
  });

  it('knows the empty tree that nobody wrote', async () => {
    expect(await repository.readObject(filesAsTree([]).root)).toMatchObject({ kind: 'tree', bytes: { length: 0 } });
  });

  it.each([
    ['an author in Latin-1', Buffer.from('author Zo\u00eb <z@example.org> 1 +0000', 'latin1')],
    ['a time zone west of all', Buffer.from('author Z <z> 1 -1530')],
    ['a time zone that is none', Buffer.from('author Z <z> 1 +9999')],
    ['a time before 1970', Buffer.from('author Z <z> -1 +0000')],
    ['no author line at all', Buffer.from('encoding UTF-16')],
    [
      'a signature in its header',
      Buffer.from('author Z <z> 1 +0000\ncommitter Z <z> 1 +0000\ngpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lH\n -----END SSH SIGNATURE-----'),
    ],
    ['a line end of another system', Buffer.from('author Z <z> 1 +0000\r\ncommitter Z <z> 1 +0000\r')],
  ])('keeps a commit with %s as it was written', async (_, words) => {
    const bytes = Buffer.concat([Buffer.from(`tree ${await treeOf(['a', 'a'])}\n`), words, Buffer.from('\n\nm\n')]);
    const [id = ''] = await repository.writeObjects([{ kind: 'commit', bytes }]);
    expect(Buffer.from((await repository.readObject(id))?.bytes ?? [])).toEqual(bytes);
    expect(await repository.walk([id], [])).toEqual([id]);
  });

  it('walks from a commit with 200 parents, ancestors first', async () => {
    const tree = await treeOf();
    const parents = Array.from({ length: 200 }, (_, index) => commit(tree, [], `${index}\n`));
    const octopus = commit(tree, parents.map(objectId), 'octopus\n');
    await repository.writeObjects([...parents, octopus]);
    const walked = await repository.walk([objectId(octopus)], []);
    expect(walked).toHaveLength(201);
    expect(walked.at(-1)).toBe(objectId(octopus));
  });

  it('walks any graph as its definition says: reachable from heads, not from the others, each after its parents', async () => {
    const dice = new Dice(7);
    const tree = await treeOf();
    const commits: { readonly id: string; readonly object: GitObject; readonly parents: readonly string[] }[] = [];
    for (let index = 0; index < 60; index += 1) {
      const parents = [...new Set(Array.from({ length: dice.below(4) }, () => commits[dice.below(Math.max(1, commits.length))]?.id ?? ''))].filter(Boolean);
      const object = commit(tree, parents, `${index}\n`);
      commits.push({ id: objectId(object), object, parents });
    }
    await repository.writeObjects(commits.map((one) => one.object));
    const parentsOf = new Map(commits.map((one) => [one.id, one.parents]));
    const closure = (ids: readonly string[]): ReadonlySet<string> => {
      const reached = new Set<string>();
      const open = [...ids];
      for (let id = open.pop(); id !== undefined; id = open.pop()) if (reached.size < reached.add(id).size) open.push(...(parentsOf.get(id) ?? []));
      return reached;
    };
    const some = (): readonly string[] => Array.from({ length: dice.below(4) }, () => commits[dice.below(60)]?.id ?? '');
    for (let round = 0; round < 12; round += 1) {
      const [heads, not] = [some(), some()];
      const walked = await repository.walk(heads, not);
      const beyond = closure(not);
      expect(new Set(walked)).toEqual(new Set([...closure(heads)].filter((id) => !beyond.has(id))));
      expect(walked.every((id, index) => (parentsOf.get(id) ?? []).every((parent) => beyond.has(parent) || walked.indexOf(parent) < index))).toBe(true);
      const [old = '', next = ''] = [commits[dice.below(60)]?.id, commits[dice.below(60)]?.id];
      expect(await repository.isAncestor(old, next)).toBe(closure([next]).has(old));
    }
  });

  it('says with GDO5024 which commit is missing on a walk', async () => {
    const absent = '1'.repeat(40);
    const [id = ''] = await repository.writeObjects([commit(await treeOf(), [absent], 'orphan\n')]);
    await expect(repository.walk([id], [])).rejects.toMatchObject({ code: 'GDO5024', message: expect.stringContaining(absent) });
  });

  it('moves nothing in a transaction of refs in which the third of five conflicts', async () => {
    const [one, other] = [await commitFiles(repository, [['a', 'a']]), await commitFiles(repository, [['a', 'b']])];
    const names = [1, 2, 3, 4, 5].map((number) => `refs/gdo/log/${String(number).repeat(64)}`);
    expect(await repository.updateRefs([moved(names[2] ?? '', undefined, other)])).toEqual({ kind: 'ok' });
    expect((await repository.updateRefs(names.map((ref) => moved(ref, undefined, one)))).kind).toBe('conflict');
    expect(await repository.list('refs/gdo')).toEqual([{ ref: names[2], id: other }]);
    expect(await reopen(repository).updateRefs(names.map((ref, index) => moved(ref, index === 2 ? other : undefined, one)))).toEqual({ kind: 'ok' });
    expect((await repository.list('refs/gdo')).map((entry) => entry.id)).toEqual(names.map(() => one));
  });

  it('lets exactly one of four writers win who race for one ref', async () => {
    const old = await commitFiles(repository, [['a', 'a']]);
    await repository.updateRefs([moved('refs/heads/main', undefined, old)]);
    const nexts = await Promise.all([1, 2, 3, 4].map((number) => commitFiles(repository, [['a', String(number)]])));
    const writers = nexts.map(() => reopen(repository));
    const ends = await Promise.all(writers.map((writer, index) => writer.updateRefs([moved('refs/heads/main', old, nexts[index])])));
    for (const writer of writers) writer.close();
    expect(ends.filter((end) => end.kind === 'ok')).toHaveLength(1);
    expect(nexts[ends.findIndex((end) => end.kind === 'ok')]).toBe(await repository.resolve('refs/heads/main'));
  });

  it('lets four writers through who move four refs at once', async () => {
    const id = await commitFiles(repository, [['a', 'a']]);
    const ends = await Promise.all([1, 2, 3, 4].map((number) => reopen(repository).updateRefs([moved(`refs/gdo/log/${number}`, undefined, id)])));
    expect(ends.map((end) => end.kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('lists a thousand refs by whole parts of their names, ascending', async () => {
    const id = await commitFiles(repository, [['a', 'a']]);
    const names = Array.from({ length: 1000 }, (_, index) => `refs/gdo/log/${String(index).padStart(4, '0')}`);
    await repository.updateRefs([...names.toReversed(), 'refs/gdo/logger', 'refs/gdo/a'].map((ref) => moved(ref, undefined, id)));
    expect(await refs('refs/gdo/log')).toEqual(names);
    expect(await refs('refs/gdo/logger')).toEqual(['refs/gdo/logger']);
    expect(await refs()).toEqual(['refs/gdo/a', ...names, 'refs/gdo/logger']);
    expect(await refs('refs/none')).toEqual([]);
  });

  it('takes a ref away only from the value that was expected', async () => {
    const [one, other] = [await commitFiles(repository, [['a', 'a']]), await commitFiles(repository, [['a', 'b']])];
    await repository.updateRefs([moved('refs/gdo/x/y', undefined, one), moved('refs/gdo/z', undefined, one)]);
    expect((await repository.updateRefs([moved('refs/gdo/x/y', other, undefined)])).kind).toBe('conflict');
    expect(await repository.updateRefs([moved('refs/gdo/x/y', one, undefined), moved('refs/gdo/z', one, other)])).toEqual({ kind: 'ok' });
    expect(await repository.list('refs')).toEqual([{ ref: 'refs/gdo/z', id: other }]);
    expect((await repository.updateRefs([moved('refs/gdo/x/y', one, other)])).kind).toBe('conflict');
  });

  it.each([
    'refs/gdo/a..b',
    'refs/gdo/.a',
    'refs/gdo/a.lock',
    'refs/gdo//a',
    'refs/gdo/a b',
    'refs/gdo/a~1',
    'refs/gdo/a:b',
    'refs/gdo/a?',
    'refs/gdo/a\\b',
    'refs/gdo/a@{1}',
    'refs/gdo/',
    'refs/../../out',
  ])('makes no ref called %j', async (ref) => {
    const id = await commitFiles(repository, [['a', 'a']]);
    expect((await repository.updateRefs([moved('refs/gdo/good', undefined, id), moved(ref, undefined, id)])).kind).toBe('conflict');
    expect(await refs()).toEqual([]);
  });

  it('makes no ref to an object that is not there, no branch of a file, and none beside a ref that is its folder', async () => {
    const id = await commitFiles(repository, [['a', 'a']]);
    const [file = ''] = await repository.writeObjects([blob('file')]);
    expect((await repository.updateRefs([moved('refs/gdo/a', undefined, '1'.repeat(40))])).kind).toBe('conflict');
    expect((await repository.updateRefs([moved('refs/heads/a', undefined, file)])).kind).toBe('conflict');
    expect((await repository.updateRefs([moved('refs/gdo/file', undefined, file), moved('refs/gdo/b', undefined, id)])).kind).toBe('ok');
    expect((await repository.updateRefs([moved('refs/gdo/b/c', undefined, id)])).kind).toBe('conflict');
    expect((await repository.updateRefs([moved('refs/gdo', undefined, id)])).kind).toBe('conflict');
    expect((await repository.updateRefs([moved('refs/gdo/d', undefined, id), moved('refs/gdo/d', undefined, id)])).kind).toBe('conflict');
    expect(await refs()).toEqual(['refs/gdo/b', 'refs/gdo/file']);
  });

  it('has an unborn HEAD with only ledger refs', async () => {
    const id = await commitFiles(repository, [['a', 'a']]);
    await repository.updateRefs([moved('refs/gdo/genesis', undefined, id)]);
    expect(await repository.resolve('HEAD')).toBeUndefined();
    expect(await repository.currentBranch()).toBe('refs/heads/main');
    expect(await repository.resolve('refs/gdo/genesis')).toBe(id);
  });

  it('finds what people write: refs, branches, ids and their beginnings, with what git lets stand behind them', async () => {
    const first = await commitFiles(repository, [['bylaws/a.gdo', 'a']]);
    const second = await commitFiles(repository, [['bylaws/a.gdo', 'b']], first);
    const third = await commitFiles(repository, [['bylaws/a.gdo', 'c']], second);
    const tag: GitObject = { kind: 'tag', bytes: Buffer.from(`object ${third}\ntype commit\ntag v1\ntagger A <a> 1 +0000\n\nv1\n`) };
    const [tagId = ''] = await repository.writeObjects([tag]);
    await repository.updateRefs([
      moved('refs/heads/main', undefined, third),
      moved('refs/tags/v1', undefined, tagId),
      moved('refs/remotes/origin/next', undefined, second),
    ]);
    const tree = filesAsTree([['a.gdo', Buffer.from('c')]]);
    for (const [name, id] of [
      ['HEAD', third],
      ['main', third],
      ['heads/main', third],
      ['origin/next', second],
      [third, third],
      [third.slice(0, 12), third],
      ['v1', tagId],
      ['v1^{}', third],
      ['v1^{commit}', third],
      ['main~2', first],
      ['main^^', first],
      ['main^2', undefined],
      ['main~3', undefined],
      ['main:bylaws', tree.root],
      ['main:bylaws/a.gdo', objectId(blob('c'))],
      ['main:nothing', undefined],
      ['nothing', undefined],
      ['0000', undefined],
      ['--help', undefined],
      [`${'2'.repeat(40)}^{commit}`, undefined],
    ] as const)
      expect(await repository.resolve(name), name).toBe(id);
  });

  it('reads no setting that is not there', async () => {
    expect(await repository.setting('remote.origin.url')).toBeUndefined();
    expect(await repository.setting('core.bare')).toBe('true');
  });

  it('T30: refuses trees with names, modes or neighbours that some system cannot hold, whatever git thinks of them', async () => {
    const [id = ''] = await repository.writeObjects([blob('x')]);
    const fault = async (...entries: readonly (readonly [mode: string, name: string])[]): Promise<string> => {
      const tree = treeObject(entries.map(([mode, name]) => ({ mode, name: Buffer.from(name, 'utf8'), id })));
      const whole = commit(objectId(tree), [], 'x\n');
      await repository.writeObjects([tree, whole]);
      const walked = await contentTree(repository, objectId(whole));
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
  });

  it('T28: refuses a tree that names ten thousand million files, and does not walk it', async () => {
    const objects = [blob('x')];
    let entry = { mode: '100644', id: objectId(blob('x')) };
    for (let level = 0; level < 10; level += 1) {
      const tree = treeObject(Array.from({ length: 10 }, (_, index) => ({ ...entry, name: Buffer.from(String(index)) })));
      objects.push(tree);
      entry = { mode: '40000', id: objectId(tree) };
    }
    const whole = commit(entry.id, [], 'x\n');
    await repository.writeObjects([...objects, whole]);
    expect(await contentTree(repository, objectId(whole))).toMatchObject({
      kind: 'refused',
      code: 'GDO2014',
      reason: 'the tree names more than 100000 files',
    });
  });
});
