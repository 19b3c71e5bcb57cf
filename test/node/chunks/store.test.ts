// `gdo store` on real repositories: what goes in comes out, what is killed leaves nothing half-visible, and nothing hostile is believed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { chunksOf, openContent, partsOf } from '../../../node/chunks/content-parts.ts';
import { getContent } from '../../../node/chunks/get-content.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { blobObject, objectId, plainCommit, treeObject } from '../../../node/git/object.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { git } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { contentClones, type ContentClone } from './content-clones.ts';
import { damageObject } from './loose-objects.ts';

const clones = contentClones();
const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
afterAll(clones.remove);
let path: string;
let gdo: ContentClone['gdo'];
let repository: Repository;

beforeEach(async () => {
  ({ path, gdo } = await clones.begin());
  repository = openRepository(path);
  return () => repository.close();
});

const putBytes = (bytes: Uint8Array): ReturnType<typeof putContent> => putContent(repository, { source: bytesSource(bytes) });

function write(name: string, bytes: Uint8Array): string {
  writeFileSync(join(path, name), bytes);
  return name;
}

describe('gdo store', () => {
  it('gives back what was put, byte for byte, and says once more that it is here', async () => {
    const bytes = chance(1, 3_000_000);
    write('disk.img', bytes);
    const first = await gdo('store', 'put', 'disk.img', '--json');
    const put: { sha256: string; chunks: number } = JSON.parse(first.stdout);
    expect(put).toMatchObject({ schema: 'gdo-store-put/1', size: 3_000_000, isNew: true });
    expect((await gdo('store', 'put', 'disk.img')).stdout).toMatch(/^✓ Already here: disk\.img, 3\.0 MB in \d+ chunks; 0 B were new\.\n/);
    expect(await gdo('store', 'get', put.sha256.slice(0, 8), '--out', 'again.img')).toMatchObject({ exit: 0, stdout: '✓ Wrote again.img, 3.0 MB.\n' });
    expect(readFileSync(join(path, 'again.img')).equals(bytes)).toBe(true);
    expect(await gdo('store', 'verify')).toMatchObject({ exit: 0, stdout: `✓ 1 content whole: ${put.chunks} chunks have the bytes of their names.\n` });
    expect((await gdo('store', 'list')).stdout).toBe(`${put.sha256}  3.0 MB  ${put.chunks} chunks\n`);
  });

  it.each([
    ['nothing', 0],
    ['one byte', 1],
    ['less than one chunk', 2_000],
    ['more than fits into loose objects', 2_500_000],
  ])('keeps %s, and git finds nothing wrong', async (_, length) => {
    const { sha256 } = await putBytes(chance(2, length));
    expect(await getContent(repository, sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok', size: length });
    expect(readFileSync(join(path, 'out')).equals(chance(2, length))).toBe(true);
    git(path, 'fsck', '--full', '--strict');
  });

  it('keeps a content that has the same chunks again and again', async () => {
    const bytes = Buffer.concat([chance(14, 300_000), Buffer.alloc(1_000_000), chance(14, 300_000)]);
    const { sha256 } = await putContent(repository, { source: bytesSource(bytes), linesMost: 30 });
    expect(await getContent(repository, sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok' });
    expect(readFileSync(join(path, 'out')).equals(bytes)).toBe(true);
  });

  it('keeps contents of more chunks than one manifest names', async () => {
    const bytes = chance(3, 600_000);
    const { sha256, chunks } = await putContent(repository, { source: bytesSource(bytes), linesMost: 9 });
    expect(await getContent(repository, sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok', chunks });
    expect(readFileSync(join(path, 'out')).equals(bytes)).toBe(true);
    git(path, 'fsck', '--full', '--strict');
  });

  it('stores equal chunks once over all contents, wherever they stand', async () => {
    const [first, second] = [chance(4, 1_000_000), chance(5, 1_000_000)];
    await putBytes(Buffer.concat([first, second]));
    const { newBytes, chunks } = await putBytes(Buffer.concat([second, first]));
    // The seams, and names of chunks in trees and manifest.
    expect(newBytes).toBeLessThan(4 * 65_536 + chunks * 170);
  });

  it('two processes that put the same bytes at one time end with the same content', async () => {
    const bytes = chance(6, 2_000_000);
    const [left, right] = await Promise.all([putBytes(bytes), putBytes(bytes)]);
    expect(left.commit).toBe(right.commit);
    git(path, 'fsck', '--full', '--strict');
    expect(await getContent(repository, left.sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok' });
  });

  it.each([
    [['store'], 2, 'GDO5002'],
    [['store', 'put'], 2, 'GDO5002'],
    [['store', 'put', 'nowhere'], 3, 'GDO5022'],
    [['store', 'put', '.'], 3, 'GDO5022'],
    [['store', 'put', '/dev/zero'], 3, 'GDO5022'],
    [['store', 'get', 'abcd', '--out', 'x'], 2, 'GDO5003'],
    [['store', 'get', '../x', '--out', 'x'], 2, 'GDO5003'],
    [['store', 'steal'], 2, 'GDO5002'],
  ])('answers %j with exit %i and %s', async (words, exit, code) => {
    const outcome = await gdo(...words);
    expect({ exit: outcome.exit, stderr: outcome.stderr }).toEqual({ exit, stderr: expect.stringContaining(code) });
  });
});

describe('a process that is killed', () => {
  it('while it puts leaves no content, and what it had packed is not written again (T36)', async () => {
    const bytes = chance(7, 72_000_000);
    let read = 0;
    const broken = { read: (into: Uint8Array) => ((read += into.length) > 71_000_000 ? Promise.reject(new Error('power cut')) : source.read(into)) };
    const source = bytesSource(bytes);
    await expect(putContent(repository, { source: broken })).rejects.toThrow('power cut');
    expect(await repository.list('refs')).toEqual([]);
    const again = await putBytes(bytes);
    expect(again.newBytes).toBeLessThan(15_000_000);
    git(path, 'fsck', '--full', '--strict');
  });

  it('with kill -9 while it puts leaves a repository in which git finds nothing wrong (T36)', async () => {
    const child = spawn(process.execPath, [program, 'store', 'put', '-'], { cwd: path, stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.on('error', () => undefined);
    child.stdin.write(chance(8, 9_000_000));
    const packs = join(path, '.git', 'objects', 'pack');
    const drafts = (): readonly string[] => (existsSync(packs) ? readdirSync(packs) : []).filter((name) => name.startsWith('tmp_gdo_'));
    while (drafts().length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(drafts().length).toBeGreaterThan(0);
    expect(await repository.list('refs')).toEqual([]);
    git(path, 'fsck', '--full', '--strict');
    expect(await putBytes(chance(8, 9_000_000))).toMatchObject({ isNew: true });
  });

  it('while it gets leaves no file of that name, and what it wrote is used as far as it is right (T36)', async () => {
    const bytes = chance(9, 1_000_000);
    const { sha256 } = await putBytes(bytes);
    const draft = join(path, `.out.gdo-${sha256.slice(0, 16)}`);
    writeFileSync(draft, Buffer.concat([bytes.subarray(0, 500_000), chance(10, 700_000)]));
    const got = await getContent(repository, sha256, { path: join(path, 'out') });
    expect(got.kind === 'ok' ? got.resumedBytes : 0).toBeGreaterThan(400_000);
    expect(readFileSync(join(path, 'out')).equals(bytes)).toBe(true);
    expect(existsSync(draft)).toBe(false);
  });

  it('follows no link that somebody laid where it writes', async () => {
    const { sha256 } = await putBytes(chance(9, 100_000));
    writeFileSync(join(path, 'victim'), 'kept');
    symlinkSync(join(path, 'victim'), join(path, `.out.gdo-${sha256.slice(0, 16)}`));
    const refused = await gdo('store', 'get', sha256, '--out', 'out');
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('GDO5022') });
    expect(readFileSync(join(path, 'victim'), 'utf8')).toBe('kept');
  });
});

/** Names a content whose manifest and chunks are these, whatever they are. */
async function plant(sha256: string, manifest: string, chunks: readonly Uint8Array[], names: readonly string[]): Promise<void> {
  const blobs = [manifest, ...chunks].map((bytes) => blobObject(Buffer.from(bytes)));
  const folders = chunks.map((_, index) =>
    treeObject([{ mode: '100644', name: Buffer.from(names[index]?.slice(2) ?? ''), id: objectId(blobs[index + 1] ?? blobObject(Buffer.alloc(0))) }]),
  );
  const inner = treeObject(folders.map((tree, index) => ({ mode: '40000', name: Buffer.from(names[index]?.slice(0, 2) ?? ''), id: objectId(tree) })));
  const tree = treeObject([
    { mode: '40000', name: Buffer.from('c'), id: objectId(inner) },
    { mode: '100644', name: Buffer.from('manifest'), id: objectId(blobs[0] ?? blobObject(Buffer.alloc(0))) },
  ]);
  const commit = plainCommit({ tree: objectId(tree), parents: [], person: 'm <m@invalid>', seconds: 0, message: 'x' });
  await repository.writeObjects([...blobs, ...folders, inner, tree, commit]);
  await repository.updateRefs([{ ref: `refs/gdo/blob/${sha256}`, old: undefined, next: objectId(commit) }]);
}

const sum = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const head = (fields: object): string => `${JSON.stringify(fields)}\n`;

describe('a content that somebody made up', () => {
  const bytes = chance(12, 5_000);
  const name = sum(bytes);
  const fields = { chunks: 1, cutter: 'gear-1', sha256: name, size: 5_000, v: 1 };
  const cases: readonly (readonly [what: string, sha256: string, manifest: string, named: string, reason: RegExp])[] = [
    ['has a manifest of another content', '0'.repeat(64), head(fields) + `${name} 5000\n`, name, /that of another content/],
    [
      'names a chunk that is another one',
      name,
      head({ ...fields, sha256: name }) + `${'ab'.repeat(32)} 5000\n`,
      'ab'.repeat(32),
      /0 of 1 chunks missing, 1 damaged/,
    ],
    ['names a chunk that is not there', name, head(fields) + `${'cd'.repeat(32)} 5000\n`, name, /1 of 1 chunks missing/],
    ['is whole and not what its name says', sum('other'), head({ ...fields, sha256: sum('other') }) + `${name} 5000\n`, name, /its manifest is false/],
    ['has sizes that do not add up', name, head({ ...fields, size: 6_000 }) + `${name} 5000\n`, name, /do not add up/],
    ['claims chunks that are too large', name, head({ ...fields, size: 70_000 }) + `${name} 70000\n`, name, /does not name a chunk/],
    ['claims more than 64 GiB', name, head({ ...fields, size: 2 ** 40 }) + `${name} 5000\n`, name, /its size is no size/],
    ['has another field', name, head({ ...fields, zip: 'bomb' }) + `${name} 5000\n`, name, /another form/],
    ['has an unknown cutter', name, head({ ...fields, cutter: 'gear-9' }) + `${name} 5000\n`, name, /cutter is not known/],
    ['is no manifest', name, 'GIF89a', name, /no manifest/],
    [
      'leads to parts that are not there',
      name,
      head({ chunks: 3, cutter: 'gear-1', level: 1, sha256: name, size: 5_000, v: 1 }) + `${name} 5000\n`,
      name,
      /Part 1 of 1/,
    ],
  ];

  it.each(cases)('and that %s is not written anywhere (GDO4030)', async (_, sha256, manifest, named, reason) => {
    await plant(sha256, manifest, [bytes], [named]);
    const got = await gdo('store', 'get', sha256, '--out', 'out');
    expect({ exit: got.exit, stderr: got.stderr }).toEqual({ exit: 3, stderr: expect.stringMatching(reason) });
    expect(readdirSync(path)).toEqual(['.git']);
    const verified = await gdo('store', 'verify');
    expect({ exit: verified.exit, stdout: verified.stdout }).toEqual({ exit: 3, stdout: expect.stringContaining('GDO4030') });
  });

  it('has chunks that are read one by one, so that one that cannot be read hides no other', async () => {
    const { sha256 } = await putBytes(chance(13, 400_000));
    const opened = await openContent(repository, sha256);
    if (opened.kind !== 'ok') throw new Error(opened.kind);
    const ids: string[] = [];
    for await (const part of partsOf(repository, opened.content)) for (let at = 0; at < part.list.count; at += 1) ids.push(part.idOf(at) ?? '');
    const victim = ids[3] ?? '';
    damageObject(path, victim);
    const kinds: string[] = [];
    for await (const part of partsOf(repository, opened.content)) for await (const chunk of chunksOf(repository, part)) kinds.push(chunk.kind);
    expect(kinds).toEqual(ids.map((id) => (id === victim ? 'damaged' : 'ok')));
  });
});
