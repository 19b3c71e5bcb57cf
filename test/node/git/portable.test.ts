// What git leaves on a disk is read without git, what is written without git is sound to git, and a machine that stops in the middle leaves all or nothing.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryFiles, type FileStore } from '../../../node/git/file-store.ts';
import { blobObject } from '../../../node/git/object.ts';
import { memoryRepository } from '../../../node/git/portable-repository.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { commitFiles, git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { openPortably } from './contract.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;

function fresh(...words: readonly string[]): string {
  count += 1;
  const path = join(folder, String(count));
  git(folder, 'init', '-q', '--initial-branch=main', ...words, path);
  git(path, 'config', 'user.name', 'Ada');
  git(path, 'config', 'user.email', 'ada@example.org');
  return path;
}

/** A clone with a few commits whose files differ a little, so that packing makes deltas. */
function history(...words: readonly string[]): string {
  const path = fresh(...words);
  const lines = Array.from({ length: 400 }, (_, index) => `line ${index} ${'x'.repeat(index % 50)}`);
  for (let round = 0; round < 6; round += 1) {
    lines[round * 50] = `changed in round ${round}`;
    writeFileSync(join(path, 'long.txt'), lines.join('\n'));
    git(path, 'add', '.');
    git(path, 'commit', '-q', '-m', `round ${round}`);
    git(path, 'update-ref', `refs/gdo/log/${String(round).repeat(64)}`, 'HEAD');
  }
  return path;
}

/** Both adapters on one repository, asked for everything that git says is there. */
async function expectAlike(path: string): Promise<void> {
  const [system, portable] = [openRepository(path), openPortably(path)];
  expect([system.adapter, portable.adapter]).toEqual(['system', 'portable']);
  const ids = git(path, 'rev-list', '--all', '--objects')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [line.slice(0, 40)]));
  expect(ids.length).toBeGreaterThan(10);
  expect(await portable.readMany(ids)).toEqual(await system.readMany(ids));
  const listed = await portable.list('refs');
  expect(listed).toEqual(await system.list('refs'));
  const heads = listed.map((entry) => entry.id);
  expect(new Set(await portable.walk(heads, []))).toEqual(new Set(await system.walk(heads, [])));
  for (const name of ['HEAD', 'main', 'HEAD~1', 'HEAD:long.txt', heads[0]?.slice(0, 9) ?? ''])
    expect(await portable.resolve(name), name).toBe(await system.resolve(name));
  for (const repository of [system, portable]) repository.close();
}

describe('Without git is read alike', () => {
  it('a clone with loose objects and loose refs', () => expectAlike(history()));

  it('one whose objects are deltas in packs and whose refs are packed, with an annotated tag', async () => {
    const path = history();
    git(path, 'tag', '-a', 'v1', '-m', 'first');
    git(path, 'gc', '-q', '--aggressive', '--prune=now');
    expect(git(path, 'count-objects', '-v')).toContain('count: 0\n');
    expect(git(path, 'verify-pack', '-v', ...packsOf(path))).toMatch(/chain length/);
    expect(readFileSync(join(path, '.git', 'packed-refs'), 'utf8')).toContain('^');
    await expectAlike(path);
  });

  it('one with several packs, a multi-pack index and a commit graph', async () => {
    const path = history();
    git(path, 'repack', '-q', '-d');
    writeFileSync(join(path, 'more.txt'), 'more');
    git(path, 'add', '.');
    git(path, 'commit', '-q', '-m', 'more');
    git(path, 'repack', '-q', '-d');
    git(path, 'multi-pack-index', 'write');
    git(path, 'commit-graph', 'write', '--reachable');
    expect(packsOf(path)).toHaveLength(2);
    await expectAlike(path);
  });

  it('one that borrows its objects from another repository, which borrows too', async () => {
    const [first, second, third] = [history(), join(folder, 'second'), join(folder, 'third')];
    git(folder, 'clone', '-q', '--shared', first, second);
    git(folder, 'clone', '-q', '--shared', second, third);
    expect(existsSync(join(third, '.git', 'objects', 'info', 'alternates'))).toBe(true);
    await expectAlike(third);
  });

  it('a linked working tree', async () => {
    const path = history();
    const linked = join(folder, 'linked');
    git(path, 'worktree', 'add', '-q', '-b', 'other', linked);
    await expectAlike(linked);
    expect(await openPortably(linked).currentBranch()).toBe('refs/heads/other');
  });

  it('a clone that is cut off after two commits', async () => {
    const path = join(folder, 'shallow');
    git(folder, 'clone', '-q', '--depth', '2', `file://${history()}`, path);
    const [system, portable] = [openRepository(path), openPortably(path)];
    const head = (await system.resolve('HEAD')) ?? '';
    expect(await portable.walk([head], [])).toEqual(await system.walk([head], []));
    expect(await portable.walk([head], [])).toHaveLength(2);
    system.close();
  });

  it('a HEAD that is a commit, and a ref that points at a ref', async () => {
    const path = history();
    git(path, 'symbolic-ref', 'refs/gdo/pointer', 'refs/heads/main');
    git(path, 'checkout', '-q', '--detach');
    await expectAlike(path);
    expect(await openPortably(path).currentBranch()).toBeUndefined();
  });

  it('a replaced commit as what it was before', async () => {
    const path = history();
    git(path, 'replace', 'HEAD', 'HEAD~3');
    const portable = openPortably(path);
    const [system, head] = [openRepository(path), git(path, '--no-replace-objects', 'rev-parse', 'HEAD').trim()];
    expect(await portable.readObject(head)).toEqual(await system.readObject(head));
    system.close();
  });

  it('settings with quotes, escapes, comments, several lines and several values', async () => {
    const path = history();
    appendFileSync(
      join(path, '.git', 'config'),
      '[Remote "ori\\"gin"] URL = one\n[remote "origin"]\n\turl = first\n\turl = "/a path/with # and ;" # said\n\tpushurl = a\\\n  b\\tc\n\tempty =\n\talone\n[x]y = z ; not\n',
    );
    const [system, portable] = [openRepository(path), openPortably(path)];
    const names = [
      'remote.origin.url',
      'remote.origin.pushurl',
      'remote.origin.alone',
      'x.y',
      'remote.ori"gin.url',
      'remote.origin.empty',
      'core.bare',
      'no.such',
    ];
    const read = (repository: Repository): Promise<readonly (string | undefined)[]> => Promise.all(names.map((name) => repository.setting(name)));
    const found = await read(portable);
    expect(found.slice(0, 2)).toEqual(['/a path/with # and ;', 'a  b\tc']);
    expect(found).toEqual(await read(system));
    system.close();
  });
});

function packsOf(path: string): readonly string[] {
  const place = join(path, '.git', 'objects', 'pack');
  return readdirSync(place).flatMap((name) => (name.endsWith('.pack') ? [join(place, name)] : []));
}

describe('What cannot be read without git', () => {
  it('is refused with a code: SHA-256 ids by both adapters, a broken object, a broken pack', async () => {
    const other = fresh('--object-format=sha256');
    expect(() => openRepository(other)).toThrow(expect.objectContaining({ code: 'GDO5020' }));
    const path = history();
    const id = git(path, 'rev-parse', 'HEAD').trim();
    const loose = join(path, '.git', 'objects', id.slice(0, 2), id.slice(2));
    const bytes = readFileSync(loose);
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
    removeFolder(loose);
    writeFileSync(loose, bytes);
    await expect(openPortably(path).readObject(id)).rejects.toMatchObject({ code: 'GDO5024', message: expect.stringContaining(id) });
    const packed = history();
    git(packed, 'gc', '-q');
    const [file = ''] = packsOf(packed);
    const inside = readFileSync(file);
    inside[inside.length - 30] = (inside.at(-30) ?? 0) ^ 1;
    removeFolder(file);
    writeFileSync(file, inside);
    const head = git(packed, 'rev-parse', 'HEAD').trim();
    await expect(openPortably(packed).readObject(head)).rejects.toMatchObject({ code: 'GDO5024' });
  });
});

describe('Without git is written', () => {
  it('what git finds sound: objects, refs beside packed ones, and one packed ref less', async () => {
    const path = history();
    git(path, 'pack-refs', '--all');
    const portable = openPortably(path);
    const [old = '', next] = [await portable.resolve('refs/heads/main'), await commitFiles(portable, [['a/b', 'c']])];
    const gone = `refs/gdo/log/${'3'.repeat(64)}`;
    const moves = [
      { ref: 'refs/heads/main', old, next },
      { ref: gone, old: await portable.resolve(gone), next: undefined },
      { ref: 'refs/gdo/new', old: undefined, next },
    ];
    expect(await portable.updateRefs(moves)).toEqual({ kind: 'ok' });
    expect(git(path, 'fsck', '--full', '--strict')).toBe('');
    expect(git(path, 'show', 'main:a/b')).toBe('c');
    expect(git(path, 'for-each-ref', '--format=%(refname)', 'refs/gdo').split('\n').filter(Boolean)).toEqual([
      ...['0', '1', '2', '4', '5'].map((digit) => `refs/gdo/log/${digit.repeat(64)}`),
      'refs/gdo/new',
    ]);
    expect(git(path, 'status', '--porcelain', '--untracked-files=all')).not.toContain('gdo-refs');
    expect((await openRepository(path).updateRefs([{ ref: 'refs/gdo/new', old: next, next: old }])).kind).toBe('ok');
  });

  it('nothing over the lock of a git that is at work, and over one that is dead after three seconds', async () => {
    const path = history();
    const portable = openPortably(path);
    const next = await commitFiles(portable, [['a', 'b']]);
    const lock = join(path, '.git', 'refs', 'gdo', 'held.lock');
    writeFileSync(lock, '');
    expect(await portable.updateRefs([{ ref: 'refs/gdo/held', old: undefined, next }])).toEqual({ kind: 'ok' });
    expect(existsSync(lock)).toBe(false);
  });
});

describe('I16: a machine that stops', () => {
  /** Files in memory that stop everything at the call of that number that changes them. */
  function stopping(files: FileStore, at: number): FileStore & { readonly calls: () => number } {
    let calls = 0;
    const counted = <Result>(act: () => Result): Result => {
      calls += 1;
      if (calls >= at) throw new Error('the power is gone');
      return act();
    };
    return {
      ...files,
      create: (path, bytes) => counted(() => files.create(path, bytes)),
      replace: (from, to) => counted(() => files.replace(from, to)),
      remove: (path) => counted(() => files.remove(path)),
      calls: () => calls,
    };
  }

  /** Plays a transaction of three refs that stops at one of its writes, and what comes after it. @returns whether it went through, and what was seen then */
  async function stoppedAt(at: number): Promise<{ readonly isWhole: boolean; readonly now: string }> {
    const files = memoryFiles();
    const first = memoryRepository(files);
    const [old, next] = [await commitFiles(first, [['a', 'a']]), await commitFiles(first, [['a', 'b']])];
    files.create('/memory.git/packed-refs', Buffer.from(`# pack-refs with: peeled fully-peeled sorted\n${old} refs/gdo/gone\n${old} refs/gdo/stays\n`));
    expect((await first.updateRefs([{ ref: 'refs/gdo/x', old: undefined, next: old }])).kind).toBe('ok');
    const changes = [
      { ref: 'refs/gdo/gone', old, next: undefined },
      { ref: 'refs/gdo/x', old, next },
      { ref: 'refs/gdo/y', old: undefined, next },
    ];
    const power = stopping(files, at);
    const ended = await memoryRepository(power)
      .updateRefs(changes)
      .catch((error: unknown) => error);
    const after = memoryRepository(files);
    const now = (await after.list('refs')).map((entry) => `${entry.ref.slice('refs/gdo/'.length)} ${entry.id === old ? 'old' : 'next'}`).join(', ');
    expect(['gone old, stays old, x old', 'stays old, x next, y next'], `stopped at write ${at}`).toContain(now);
    // Nobody has to remove anything by hand: it goes through when it is tried again.
    if (now.startsWith('gone')) expect(await after.updateRefs(changes)).toEqual({ kind: 'ok' });
    expect((await after.updateRefs([{ ref: 'refs/gdo/later', old: undefined, next }])).kind).toBe('ok');
    expect(files.names('/memory.git').filter((name) => /lock|gdo-refs/.test(name))).toEqual([]);
    expect(files.names('/memory.git/refs/gdo')).toEqual(['later', 'x', 'y']);
    return { isWhole: !(ended instanceof Error), now };
  }

  it('in the middle of a transaction of refs, at any write, leaves all of it or nothing', async () => {
    // Side by side, for each waits three seconds for a lock of the one that stopped; more places than there are writes.
    const ends = await Promise.all(Array.from({ length: 40 }, (_, index) => stoppedAt(index + 1)));
    const places = ends.findIndex(({ isWhole }) => isWhole);
    // Whoever goes past the last write stops nowhere.
    expect(ends.map(({ isWhole }) => isWhole)).toEqual(ends.map((_, index) => index >= places));
    expect(new Set(ends.map(({ now }) => now)).size).toBe(2);
    expect(places).toBeGreaterThanOrEqual(12);
  });

  it('after it was decided, is finished by the installed git', async () => {
    const path = fresh('--bare');
    const system = openRepository(path);
    const [old, next] = [await commitFiles(system, [['a', 'a']]), await commitFiles(system, [['a', 'b']])];
    await system.updateRefs([{ ref: 'refs/gdo/x', old: undefined, next: old }]);
    system.close();
    mkdirSync(join(path, 'refs', 'gdo'), { recursive: true });
    for (const name of ['x', 'y']) writeFileSync(join(path, 'refs', 'gdo', `${name}.lock`), `${next}\n`);
    writeFileSync(join(path, 'gdo-refs.journal'), `refs/gdo/x ${next}\nrefs/gdo/y ${next}\n`);
    const again = openRepository(path);
    expect(await again.list('refs')).toEqual([
      { ref: 'refs/gdo/x', id: next },
      { ref: 'refs/gdo/y', id: next },
    ]);
    expect(existsSync(join(path, 'gdo-refs.journal'))).toBe(false);
    again.close();
  });

  it('while objects are written, leaves no half object', async () => {
    let isWhole = false;
    for (let at = 1; !isWhole; at += 1) {
      const files = memoryFiles();
      memoryRepository(files);
      const objects = [blobObject(Buffer.from('one')), blobObject(Buffer.from('two'))];
      const ended = await Promise.resolve()
        .then(() => memoryRepository(stopping(files, at)).writeObjects(objects))
        .catch((error: unknown) => error);
      isWhole = Array.isArray(ended);
      const again = memoryRepository(files);
      const ids = await again.writeObjects(objects);
      expect((await again.readMany(ids)).map((object) => Buffer.from(object?.bytes ?? []).toString())).toEqual(['one', 'two']);
    }
  });
});

it('A hundred commits are written and walked in memory without any program', async () => {
  const repository = memoryRepository(memoryFiles());
  let parent: string | undefined;
  for (let index = 0; index < 100; index += 1) parent = await commitFiles(repository, [['n', String(index)]], parent);
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: parent }]);
  expect(await repository.walk([parent ?? ''], [])).toHaveLength(100);
});
