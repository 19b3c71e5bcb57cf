// `gdo store prune`: what nothing names goes, everything else stays; and `store` commands that are killed at a chosen call leave a whole repository, in which the same
// command does the rest.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentsHere } from '../../../node/chunks/contents.ts';
import { eraseContents } from '../../../node/chunks/erase-contents.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { openRepository } from '../../../node/git/repository.ts';
import type { Outcome } from '../cli/virtual-world.ts';
import { git } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { contentClones, type ContentClone } from './content-clones.ts';
import { killer } from './killer.ts';
import { ageObjects, dropObject } from './loose-objects.ts';

const clones = contentClones();
const { folder } = clones;
const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
afterAll(clones.remove);
let path: string;
let gdo: ContentClone['gdo'];
let put: ContentClone['put'];

/** An empty clone for what follows. */
async function begin(): Promise<void> {
  ({ path, gdo, put } = await clones.begin());
}

/** Takes a content's name away, as `drop` does where another copy has it. */
const forget = (sha256: string): string => git(path, 'update-ref', '-d', `refs/gdo/blob/${sha256}`);
const objectsHere = (): readonly string[] => git(path, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n').filter(Boolean);
const namedHere = (): readonly string[] => git(path, 'rev-list', '--objects', '--no-object-names', '--all').split('\n').filter(Boolean);

async function pruned(...words: readonly string[]): Promise<{ objects: number; bytes: number; young: { objects: number } }> {
  const outcome = await gdo('store', 'prune', '--json', ...words);
  expect(outcome).toMatchObject({ exit: 0 });
  return JSON.parse(outcome.stdout);
}

describe('gdo store prune', () => {
  beforeEach(begin);

  it.each([
    ['in packs of their own', () => undefined],
    ['in one pack, after git gc', () => git(path, 'gc', '-q')],
    ['as loose objects', () => dropObject(path, git(path, 'hash-object', '-w', 'file').trim())],
  ])('takes away the chunks of a dropped content and keeps those that another one shares: %s (R36)', async (_, arrange) => {
    const shared = chance(1, 1_200_000);
    const kept = await put(Buffer.concat([shared, chance(2, 400_000)]));
    const dropped = await put(Buffer.concat([shared, chance(3, 1_300_000)]));
    arrange();
    forget(dropped);
    ageObjects(path);
    const unnamed = objectsHere().length - namedHere().length;
    expect(unnamed).toBeGreaterThan(100);
    const looked = await pruned('--dry-run');
    expect(looked).toMatchObject({ pruned: false, objects: unnamed, young: { objects: 0 } });
    expect(looked.bytes).toBeGreaterThan(1_200_000);
    expect(objectsHere().length - namedHere().length).toBe(unnamed);
    expect(await pruned()).toEqual({ ...looked, pruned: true });
    expect(objectsHere().toSorted()).toEqual(namedHere().toSorted());
    git(path, 'fsck', '--full', '--strict');
    expect((await gdo('store', 'get', kept, '--out', 'out')).exit).toBe(0);
    expect(readFileSync(join(path, 'out')).equals(Buffer.concat([shared, chance(2, 400_000)]))).toBe(true);
    expect(await gdo('store', 'prune')).toMatchObject({ exit: 0, stdout: 'Nothing can go: all that is older than an hour is named.\n' });
  });

  it('keeps what came within the hour, which a push or a put may be about to name', async () => {
    forget(await put(chance(4, 300_000)));
    const before = objectsHere();
    const outcome = await gdo('store', 'prune');
    expect(outcome.stdout).toMatch(/^Nothing can go[^]* \d+ objects more, \d+ kB, came within the hour and stay/);
    expect(objectsHere()).toEqual(before);
  });

  it('keeps what only a reflog, a tag or the index still names', async () => {
    const sha256 = await put(chance(5, 100_000));
    git(path, 'tag', 'kept', `refs/gdo/blob/${sha256}`);
    forget(sha256);
    git(path, 'add', 'file');
    const before = objectsHere();
    ageObjects(path);
    expect(await pruned()).toMatchObject({ objects: 0 });
    expect(objectsHere()).toEqual(before);
  });

  it('waits for its turn: not beside a put, whose chunks nothing names yet (GDO5024)', async () => {
    forget(await put(chance(6, 2_000_000)));
    ageObjects(path);
    const repository = openRepository(path);
    const source = bytesSource(chance(6, 2_000_000));
    let beside: Outcome | undefined;
    const read = async (into: Uint8Array): Promise<number> => {
      beside ??= await gdo('store', 'prune');
      return source.read(into);
    };
    expect(await putContent(repository, { source: { read } })).toMatchObject({ newBytes: 0 });
    repository.close();
    expect(beside).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5024[^]*Contents are put here now/) });
    expect((await pruned()).objects).toBe(0);
    expect((await gdo('store', 'verify')).exit).toBe(0);
  });

  it('takes nothing away where something that is named is missing, since what it names is not known (GDO5024)', async () => {
    const sha256 = await put(chance(7, 300_000));
    forget(await put(chance(8, 300_000)));
    dropObject(path, git(path, 'rev-parse', `refs/gdo/blob/${sha256}:c`).trim());
    ageObjects(path);
    const before = objectsHere();
    expect(await gdo('store', 'prune')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5024') });
    expect(objectsHere()).toEqual(before);
  });
});

describe('contents that are erased (R63)', () => {
  beforeEach(begin);

  /** Erases contents by their names. */
  async function erase(...names: readonly string[]): ReturnType<typeof eraseContents> {
    const repository = openRepository(path);
    try {
      const contents = (await contentsHere(repository)).filter(({ sha256 }) => names.includes(sha256));
      expect(contents.length).toBe(names.length);
      return await eraseContents(repository, contents);
    } finally {
      repository.close();
    }
  }

  it.each([
    ['in packs of their own', () => undefined],
    ['in one pack, after git gc', () => git(path, 'gc', '-q')],
  ])('leave the disk at once, and nothing else does, named or not: %s', async (_, arrange) => {
    const shared = chance(21, 600_000);
    const kept = await put(Buffer.concat([shared, chance(22, 300_000)]));
    const young = await put(chance(23, 300_000));
    const erased = [await put(Buffer.concat([shared, chance(24, 1_300_000)])), await put(chance(25, 50_000))];
    const ids = new Set(
      erased.flatMap((sha256) => git(path, 'rev-list', '--objects', '--no-object-names', `refs/gdo/blob/${sha256}`).split('\n').filter(Boolean)),
    );
    arrange();
    forget(young);
    const before = objectsHere();
    const gone = await erase(...erased);
    const here = new Set(namedHere());
    expect(objectsHere().toSorted()).toEqual(before.filter((id) => !ids.has(id) || here.has(id)).toSorted());
    expect(gone).toMatchObject({ objects: before.length - objectsHere().length, left: 0 });
    expect(gone.objects).toBeGreaterThan(100);
    git(path, 'fsck', '--full', '--strict');
    expect((await gdo('store', 'get', kept, '--out', 'out')).exit).toBe(0);
  });

  it('go although a chunk of theirs is missing, and stay as they are where something else is, which could not be told from theirs (GDO5024)', async () => {
    const [first, second] = [await put(chance(26, 300_000)), await put(chance(27, 300_000))];
    dropObject(path, git(path, 'rev-parse', `refs/gdo/blob/${first}:c`).trim());
    await expect(erase(second)).rejects.toThrow('Git refused `rev-list`');
    expect(git(path, 'for-each-ref')).toContain(second);
    expect(await erase(first)).toMatchObject({ left: 0, missing: 1 });
    expect(await erase(second)).toMatchObject({ left: 0, missing: 0 });
    expect(namedHere()).toEqual([]);
  });

  it('are said to be here still where a pack is kept', async () => {
    const sha256 = await put(chance(28, 1_200_000));
    const packs = join(path, '.git', 'objects', 'pack');
    for (const name of readdirSync(packs)) if (name.endsWith('.pack')) writeFileSync(join(packs, name.replace(/pack$/, 'keep')), '');
    expect((await erase(sha256)).left).toBeGreaterThan(100);
  });
});

describe('kill -9', () => {
  let whole: string;
  let content: string;
  let lost: string;
  let count = 0;

  // Each case gets a copy of one repository: none of them writes to the mirror.
  beforeAll(async () => {
    await begin();
    content = await put(chance(9, 1_200_000), '--copies', '2');
    lost = await put(chance(10, 1_400_000), '--copies', '2');
    for (const sha256 of [lost, await put(chance(11, 50_000))]) forget(sha256);
    writeFileSync(join(path, 'lost'), chance(10, 1_400_000));
    writeFileSync(join(path, 'next'), Buffer.concat([chance(9, 1_200_000), chance(12, 1_500_000)]));
    whole = path;
  });

  // Each leaves something that no other leaves: a pack without its index, chunks without a name, a content that was recognised and has no name yet, a draft, what was brought and has no name yet, half of a pack taken away, and
  // some of the loose objects. A killed put with the draft of a pack is in store.test.ts.
  const places: readonly (readonly [words: readonly string[], module: string, name: string, pattern: string])[] = [
    [['store', 'put', 'next'], 'fs', 'renameSync', 'pack-[0-9a-f]+\\.idx'],
    [['store', 'put', 'next'], 'child_process', 'spawn', 'update-ref'],
    [['store', 'put', 'lost'], 'child_process', 'spawn', 'update-ref'],
    [['store', 'get', 'CONTENT', '--out', 'out'], 'fs', 'renameSync', 'out$'],
    [['store', 'fetch', 'LOST'], 'child_process', 'spawn', 'update-ref'],
    [['store', 'prune'], 'fs', 'rmSync', 'pack-[0-9a-f]+\\.pack'],
    [['store', 'prune'], 'fs', 'rmSync', 'objects/[0-9a-f]{2}/'],
  ];

  it.each(places)('in %j, where it calls %s.%s with %s, leaves a whole repository, and the same command does the rest (T36)', async (words, ...place) => {
    cpSync(whole, join(folder, `${(count += 1)}`), { recursive: true });
    ({ path, gdo } = clones.at(join(folder, String(count))));
    ageObjects(path);
    if (words[1] === 'fetch') await pruned();
    const preload = join(folder, `${count}-kill.cjs`);
    writeFileSync(preload, killer(...place));
    const given = words.map((word) => ({ CONTENT: content, LOST: lost })[word] ?? word);
    const refs = git(path, 'for-each-ref');
    const killed = spawnSync(process.execPath, ['--require', preload, program, ...given], { cwd: path });
    expect({ signal: killed.signal ?? killed.stderr.toString('utf8'), refs: git(path, 'for-each-ref') }).toEqual({ signal: 'SIGKILL', refs });
    expect(existsSync(join(path, 'out'))).toBe(false);
    git(path, 'fsck', '--full', '--strict');
    ageObjects(path);
    expect(await gdo(...given)).toMatchObject({ exit: 0 });
    expect((await gdo('store', 'verify')).exit).toBe(0);
    git(path, 'fsck', '--full', '--strict');
    if (words[1] === 'prune') expect(objectsHere().toSorted()).toEqual(namedHere().toSorted());
  });
});
