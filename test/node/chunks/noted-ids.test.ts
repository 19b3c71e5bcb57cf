// The note of which git id the bytes of a SHA-256 have: it saves hashing, and nothing that stands in it, is missing from it or is wrong about it changes what a put makes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chunkEnd } from '../../../engine/index.ts';
import type { SumPlace } from '../../../node/chunks/content-manifest.ts';
import { getContent } from '../../../node/chunks/get-content.ts';
import { NotedIds } from '../../../node/chunks/noted-ids.ts';
import { putContent, type PutContent } from '../../../node/chunks/put-content.ts';
import { blobObject, objectId, plainCommit, treeObject } from '../../../node/git/object.ts';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
let path: string;
let repository: Repository;

async function begin(): Promise<void> {
  count += 1;
  path = join(folder, String(count));
  repository = await initRepository(path, 'clone');
}

const noteOf = (of: string): string => join(of, '.git', 'gdo', 'noted-ids');
const put = (bytes: Uint8Array): Promise<PutContent> => putContent(repository, { source: bytesSource(bytes) });
const [first, second] = [chance(1, 3_500_000), chance(2, 3_000_000)];
/** Has chunks of `first` and of its own, in turn. */
const mixed = Buffer.concat([first.subarray(0, 1_500_000), second, first.subarray(1_500_000)]);
/** What a repository without any note makes of it. */
let expected: PutContent;

beforeAll(async () => {
  await begin();
  expected = await put(mixed);
  repository.close();
});
beforeEach(async () => {
  await begin();
  return () => repository.close();
});

describe('a put in a repository with a note of ids', () => {
  it('makes the same of known and new chunks as one without it, and nothing new the second time (R42)', async () => {
    await put(first);
    expect(existsSync(noteOf(path))).toBe(true);
    const { commit, sha256, newBytes } = await put(mixed);
    expect({ commit, sha256 }).toEqual({ commit: expected.commit, sha256: expected.sha256 });
    expect(newBytes).toBeLessThan(second.length + 500_000);
    const note = readFileSync(noteOf(path));
    expect(await put(mixed)).toMatchObject({ commit, isNew: false, newObjects: 0 });
    // What teaches nothing is not written again.
    expect(readFileSync(noteOf(path)).equals(note)).toBe(true);
    git(path, 'fsck', '--full', '--strict');
  });

  const damages: readonly (readonly [what: string, damage: (note: Buffer) => Uint8Array])[] = [
    ['is cut off', (note) => note.subarray(0, note.length - 1)],
    ['has lost a pair', (note) => note.subarray(0, note.length - 52)],
    ['has a bit that flipped in an id', (note) => ((note[note.length - 1] = (note.at(-1) ?? 0) ^ 1), note)],
    ['has a bit that flipped in a name', (note) => ((note[note.length - 52] = (note.at(-52) ?? 0) ^ 1), note)],
    ['is of another version', (note) => (note.write('gdo-noted-ids-v2', 'latin1'), note)],
    ['is empty', () => new Uint8Array(0)],
    ['is longer than any', (note) => Buffer.concat([note, Buffer.alloc(8_000_000)])],
  ];

  it.each(damages)('that %s makes the same, and writes a good one (R42)', async (_, damage) => {
    await put(first);
    const good = readFileSync(noteOf(path));
    writeFileSync(noteOf(path), damage(Buffer.from(good)));
    expect(await put(first)).toMatchObject({ isNew: false, newObjects: 0 });
    expect(readFileSync(noteOf(path)).equals(good)).toBe(true);
    expect((await put(mixed)).commit).toBe(expected.commit);
  });

  it('writes chunks that are noted and lie here no more (T36)', async () => {
    await put(mixed);
    const packs = join(path, '.git', 'objects', 'pack');
    for (const name of readdirSync(packs)) rmSync(join(packs, name), { force: true });
    const again = await initRepository(path, 'clone');
    try {
      const { commit, newBytes } = await putContent(again, { source: bytesSource(mixed) });
      expect({ commit, wroteAll: newBytes > mixed.length }).toEqual({ commit: expected.commit, wroteAll: true });
      expect(await getContent(again, expected.sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok' });
    } finally {
      again.close();
    }
    expect(readFileSync(join(path, 'out')).equals(mixed)).toBe(true);
    git(path, 'fsck', '--full', '--strict');
  });

  it('does not believe a tree of others that gives a chunk another id (R42)', async () => {
    const chunk = mixed.subarray(0, chunkEnd(mixed, 0, mixed.length));
    const [name, other] = [createHash('sha256').update(chunk).digest('hex'), blobObject(chance(9, 3_000))];
    const inner = treeObject([{ mode: '100644', name: Buffer.from(name.slice(2)), id: objectId(other) }]);
    const outer = treeObject([{ mode: '40000', name: Buffer.from(name.slice(0, 2)), id: objectId(inner) }]);
    const tree = treeObject([{ mode: '40000', name: Buffer.from('c'), id: objectId(outer) }]);
    const commit = plainCommit({ tree: objectId(tree), parents: [], person: 'm <m@invalid>', seconds: 0, message: 'x' });
    await repository.writeObjects([other, inner, outer, tree, commit]);
    await repository.updateRefs([{ ref: `refs/gdo/blob/${expected.sha256}`, old: undefined, next: objectId(commit) }]);
    expect(await put(mixed)).toMatchObject({ commit: expected.commit, isNew: true });
    expect(await repository.resolve(`refs/gdo/blob/${expected.sha256}`)).toBe(expected.commit);
  });
});

describe('the note', () => {
  const sumOf = (kind: string, number: number): SumPlace => ({ bytes: createHash(kind).update(String(number)).digest(), at: 0 });

  it('keeps the newest pairs of about a gigabyte, and finds each of them', () => {
    const common = join(path, '.git');
    mkdirSync(common, { recursive: true });
    const found = (noted: NotedIds, number: number): string => {
      const id = { bytes: Buffer.alloc(24), at: 4 };
      return noted.find(sumOf('sha256', number), id) ? id.bytes.toString('hex', 4) : 'absent';
    };
    const addAll = (from: number, end: number): void => {
      const noted = new NotedIds(common);
      for (let number = from; number < end; number += 1) noted.note(sumOf('sha256', number), sumOf('sha1', number));
      noted.keep();
    };
    const idOf = (number: number): string => Buffer.from(sumOf('sha1', number).bytes).toString('hex');
    addAll(0, 1_000);
    addAll(1_000, 1_100);
    // A hundred are fewer than what is worth a note.
    expect(found(new NotedIds(common), 1_050)).toBe('absent');
    addAll(1_000, 131_500);
    const noted = new NotedIds(common);
    for (const number of [0, 571, 1_000, 77_777, 131_499]) expect(found(noted, number)).toBe(idOf(number));
    for (const number of [572, 999, 131_500]) expect(found(noted, number)).toBe('absent');
    expect(readFileSync(noteOf(path)).length).toBeLessThan(7_000_000);
  });

  it('of a repository that was never put to is empty, and asking makes no file', () => {
    const noted = new NotedIds(join(path, '.git'));
    expect({ isEmpty: noted.isEmpty(), found: noted.find(sumOf('sha256', 1), { bytes: Buffer.alloc(20), at: 0 }) }).toEqual({ isEmpty: true, found: false });
    noted.keep();
    expect(existsSync(dirname(noteOf(path)))).toBe(false);
  });
});
