// Trails: a file that is put again is compared with what was put before, and makes what a put makes that knows nothing. Nothing that is written in a trail, missing from it or
// wrong about it changes a manifest, a commit or a ref.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentTraces } from '../../../node/chunks/content-traces.ts';
import { eraseContents } from '../../../node/chunks/erase-contents.ts';
import { getContent } from '../../../node/chunks/get-content.ts';
import { pruneUnnamed } from '../../../node/chunks/prune-contents.ts';
import { putContent, type PutContent, type PutRequest } from '../../../node/chunks/put-content.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { killer } from './killer.ts';
import { ageObjects, dropObject, loosen } from './loose-objects.ts';
import { fc } from '../../seeded.ts';

const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
let path: string;
let repository: Repository;
/** Where contents are put that no trail was ever asked about: what it makes is what has to come out. */
let plain: Repository;

beforeAll(async () => {
  plain = await initRepository(join(folder, 'plain'), 'clone');
  return () => plain.close();
});
beforeEach(async () => {
  path = join(folder, String((count += 1)));
  repository = await initRepository(path, 'clone');
  return () => repository.close();
});

interface Put extends PutContent {
  /** Whether it had to be read by the source, and so cut. */
  readonly isCut: boolean;
}

/** Puts a file as the command does. @param request - what is different this time */
async function putFile(name: string, request: Partial<PutRequest> = {}, size?: number): Promise<Put> {
  const file = openSync(name, 'r');
  let isCut = false;
  try {
    const stretch = { file, from: 0, size: size ?? fstatSync(file).size, isWhole: true };
    const source = { read: (into: Uint8Array) => readSync(file, into) };
    return { ...(await putContent(repository, { source, stretch, accept: (_, isRead) => void (isCut = isRead), ...request })), isCut };
  } finally {
    closeSync(file);
  }
}

function write(bytes: Uint8Array): string {
  const name = join(folder, 'file');
  writeFileSync(name, bytes);
  return name;
}

const put = (bytes: Uint8Array): Promise<Put> => putFile(write(bytes));
const expectedOf = async (bytes: Uint8Array): Promise<Pick<PutContent, 'sha256' | 'commit' | 'chunks' | 'size'>> => {
  const { sha256, commit, chunks, size } = await putContent(plain, { source: bytesSource(bytes) });
  return { sha256, commit, chunks, size };
};
const trailsOf = (of: string): readonly string[] => {
  const trails = join(of, '.git', 'gdo', 'trails');
  return existsSync(trails) ? readdirSync(trails).map((name) => join(trails, name)) : [];
};
const onlyTrail = (): string => {
  const [trail, ...more] = trailsOf(path);
  if (trail === undefined || more.length > 0) throw new Error('one trail was expected');
  return trail;
};

/** Five pages of chunks, most of which are equal, so that little of it has to be packed. */
const content = Buffer.concat([Buffer.alloc(18_000_000, chance(31, 40_000)), chance(32, 100_000)]);
const small = Buffer.concat([chance(33, 800_000), Buffer.alloc(200_000), chance(34, 100_000)]);

describe('a content that is put again', () => {
  it.each([
    ['by one thread', small],
    ['by two', content],
  ])('is recognised without cutting it, %s, and nothing is new (R42)', async (_, bytes) => {
    const expected = await expectedOf(bytes);
    expect(await put(bytes)).toMatchObject({ ...expected, isNew: true, isCut: true });
    expect(await put(bytes)).toEqual({ ...expected, isNew: false, newObjects: 0, newBytes: 0, isCut: false });
    expect(await repository.list('refs')).toEqual([{ ref: `refs/gdo/blob/${expected.sha256}`, id: expected.commit }]);
  });

  it('says how far it is while it is compared', async () => {
    await put(content);
    const heard: number[] = [];
    expect(await putFile(write(content), { progress: (done) => void heard.push(done) })).toMatchObject({ isCut: false });
    expect(heard.length).toBeGreaterThan(1);
    expect(heard).toEqual(heard.toSorted((left, right) => left - right));
    expect(heard.at(-1)).toBe(content.length);
  });

  it('is recognised among others of its length, and each of them too (R42)', async () => {
    const others = [1, 2].map((seed) => Buffer.concat([small.subarray(0, 700_000), chance(seed, small.length - 700_000)]));
    for (const bytes of [small, ...others]) await put(bytes);
    for (const bytes of [small, ...others]) expect(await put(bytes)).toMatchObject({ ...(await expectedOf(bytes)), isCut: false });
  });

  it.each([
    ['at its last byte', content.length - 1],
    ['at its first byte', 0],
    ['inside of a page that is not looked at first', 6_000_000],
  ])('and differs %s is cut, and is what it is without a trail (R42)', async (_, at) => {
    await put(content);
    const other = Buffer.from(content);
    other[at] = (other[at] ?? 0) ^ 1;
    expect(await put(other)).toMatchObject({ ...(await expectedOf(other)), isCut: true, isNew: true });
  });

  it('is the same as without trails, however it was edited in between (R42)', async () => {
    await put(small);
    const place = fc.integer({ min: 0, max: small.length });
    const edit = fc.record({
      kind: fc.constantFrom('insert', 'delete', 'change', 'swap', 'truncate', 'append', 'none'),
      at: place,
      other: place,
      seed: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(edit, async (one) => {
        const bytes = edited(one);
        const expected = await expectedOf(bytes);
        expect(await put(bytes)).toMatchObject(expected);
        // Now it has a trail of its own, if it is not too small for one.
        expect(await put(bytes)).toMatchObject({ ...expected, isNew: false, isCut: bytes.length < 1024 * 1024 });
      }),
      { numRuns: 6 },
    );
    git(path, 'fsck', '--full', '--strict');
  });
});

interface Edit {
  readonly kind: 'insert' | 'delete' | 'change' | 'swap' | 'truncate' | 'append' | 'none';
  readonly at: number;
  readonly other: number;
  readonly seed: number;
}

function edited({ kind, at, other, seed }: Edit): Buffer {
  const [from, to] = [Math.min(at, other), Math.max(at, other)];
  const some = chance(seed, 1 + (at % 5_000));
  switch (kind) {
    case 'insert':
      return Buffer.concat([small.subarray(0, at), some, small.subarray(at)]);
    case 'delete':
      return Buffer.concat([small.subarray(0, from), small.subarray(to)]);
    case 'change':
      return Buffer.concat([small.subarray(0, at), some, small.subarray(at + some.length)]).subarray(0, small.length);
    case 'swap':
      return Buffer.concat([small.subarray(to), small.subarray(from, to), small.subarray(0, from)]);
    case 'truncate':
      return small.subarray(0, at);
    case 'append':
      return Buffer.concat([small, some]);
    case 'none':
      return small;
  }
}

describe('a file that changes while it is put', () => {
  const name = (): string => join(folder, 'file');

  it.each([
    ['grows', (): void => appendFileSync(name(), 'more'), Buffer.concat([small, Buffer.from('more')])],
    ['shrinks', (): void => truncateSync(name(), 900_000), small.subarray(0, 900_000)],
  ])('and %s after its length was read is what the source gives (R42)', async (_, change, bytes) => {
    await put(small);
    write(small);
    change();
    expect(await putFile(name(), {}, small.length)).toMatchObject({ ...(await expectedOf(bytes)), isCut: true });
  });

  it('after most of it was compared is what the source gives, and not what was compared (R42)', async () => {
    await put(content);
    const [compared, after] = [Buffer.from(content), Buffer.from(content)];
    compared[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
    after.write('another beginning', 5_000, 'latin1');
    const file = openSync(write(compared), 'r+');
    try {
      let isChanged = false;
      const source = {
        read: (into: Uint8Array): number => {
          if (!isChanged) writeSync(file, after, 0, after.length, 0);
          isChanged = true;
          return readSync(file, into);
        },
      };
      const stretch = { file, from: 0, size: compared.length, isWhole: true };
      expect(await putContent(repository, { source, stretch })).toMatchObject(await expectedOf(after));
    } finally {
      closeSync(file);
    }
  });
});

describe('a trail', () => {
  const flip = (bytes: Buffer, at: number): Buffer => {
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    return bytes;
  };
  const damages: readonly (readonly [what: string, damage: (trail: Buffer) => Uint8Array])[] = [
    ['is empty', () => new Uint8Array(0)],
    ['is cut off', (trail) => trail.subarray(0, trail.length - 1)],
    ['has lost its first page', (trail) => trail.subarray(1_000)],
    ['has a name that flipped', (trail) => flip(trail, 0)],
    ['has a length that flipped', (trail) => flip(trail, 35)],
    ['has the mark of a pack that flipped', (trail) => flip(trail, trail.indexOf('\ngdo-trail') - 70 - 1)],
    ['has a commit that flipped', (trail) => flip(trail, trail.indexOf('\ngdo-trail') - 70 - 60 - 1)],
    ['has a row that flipped', (trail) => flip(trail, trail.indexOf('\ngdo-trail') - 1)],
    ['has a sum that flipped', (trail) => flip(trail, -2)],
    ['says another SHA-256', (trail) => flip(trail, trail.indexOf('\ngdo-trail') + 40)],
    ['is of another version', (trail) => (trail.write('\ngdo-trail-v2', trail.indexOf('\ngdo-trail'), 'latin1'), trail)],
    ['is something else', () => Buffer.alloc(100_000, 'x')],
  ];

  it('that is torn, flipped or something else is none, and a good one is written (R42)', async () => {
    const { commit } = await put(small);
    const good = readFileSync(onlyTrail());
    for (const [what, damage] of damages) {
      writeFileSync(onlyTrail(), damage(Buffer.from(good)));
      const { isNew, newObjects, isCut, ...made } = await put(small);
      expect({ what, commit: made.commit, isNew, newObjects, isCut }).toEqual({ what, commit, isNew: false, newObjects: 0, isCut: true });
      expect(readFileSync(onlyTrail()).equals(good)).toBe(true);
    }
  });

  it('of another content under the name of this one leads nowhere else (R42)', async () => {
    await put(small);
    const [trail, other] = [onlyTrail(), chance(35, small.length)];
    await put(other);
    const foreign = trailsOf(path).find((name) => name !== trail) ?? '';
    writeFileSync(trail, readFileSync(foreign));
    rmSync(foreign);
    expect(await put(small)).toMatchObject({ ...(await expectedOf(small)), isCut: true });
    expect(await put(other)).toMatchObject(await expectedOf(other));
  });

  it('of a content whose chunks were pruned is none, and they are written again (T36)', async () => {
    const { sha256, commit } = await put(small);
    git(path, 'update-ref', '-d', `refs/gdo/blob/${sha256}`);
    ageObjects(path);
    await pruneUnnamed(repository);
    repository.close();
    repository = openRepository(path);
    expect(await put(small)).toMatchObject({ commit, isNew: true, isCut: true });
    expect(await getContent(repository, sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok' });
    expect(readFileSync(join(path, 'out')).equals(small)).toBe(true);
  });

  it('of a content that was dropped and lies here still names it again (R42)', async () => {
    const { sha256, commit } = await put(small);
    git(path, 'update-ref', '-d', `refs/gdo/blob/${sha256}`);
    expect(await put(small)).toMatchObject({ sha256, commit, isNew: true, newObjects: 0, isCut: false });
    expect(await repository.resolve(`refs/gdo/blob/${sha256}`)).toBe(commit);
  });

  it.each([
    ['git gc', (): string => git(path, 'gc', '-q')],
    ['git unpacked it', (): void => loosen(path)],
  ])('is followed as well after %s (R42)', async (_, move) => {
    const { commit } = await put(small);
    move();
    expect(await put(small)).toMatchObject({ commit, isNew: false, isCut: false });
  });

  it('with an id that flipped is none where ids are needed, because packs are others now (R42)', async () => {
    const { commit, chunks } = await put(small);
    // Ids stand behind the names and lengths of their page.
    writeFileSync(onlyTrail(), flip(readFileSync(onlyTrail()), chunks * 36 + 5));
    git(path, 'gc', '-q');
    expect(await put(small)).toMatchObject({ commit, isNew: false, isCut: true });
  });

  it('of a content with some objects in no pack is followed as long as they lie here (T36)', async () => {
    await put(small);
    const other = Buffer.concat([small.subarray(0, small.length - 3), Buffer.from('end')]);
    const { commit } = await put(other);
    expect(await put(other)).toMatchObject({ commit, isCut: false });
    const loose = git(path, 'rev-parse', `${commit}:manifest`).trim();
    rmSync(join(path, '.git', 'objects', loose.slice(0, 2), loose.slice(2)));
    expect(await put(other)).toMatchObject({ commit, isCut: true });
    git(path, 'fsck', '--full', '--strict');
  });

  it('of a content whose pack has another index now looks for each of its objects (T36)', async () => {
    const { sha256, commit } = await put(small);
    const packs = join(path, '.git', 'objects', 'pack');
    const index = readdirSync(packs).find((name) => name.endsWith('.idx')) ?? '';
    await put(chance(39, 1_100_000));
    const other = readdirSync(packs).find((name) => name.endsWith('.idx') && name !== index) ?? '';
    // An index that leads nowhere: what is asked for is in no pack then, and is written again.
    rmSync(join(packs, index));
    writeFileSync(join(packs, index), readFileSync(join(packs, other)));
    expect(await put(small)).toMatchObject({ commit, isCut: true });
    expect(await getContent(repository, sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok' });
  });

  it.each(['manifest', 'c'])('of a content whose %s lies here no more is none (T36)', async (name) => {
    const { sha256, commit } = await put(small);
    const id = git(path, 'rev-parse', `${commit}:${name}`).trim();
    dropObject(path, id);
    expect(await put(small)).toMatchObject({ commit, isCut: true });
    expect(await getContent(repository, sha256, { path: join(path, 'out') })).toMatchObject({ kind: 'ok' });
    git(path, 'fsck', '--full', '--strict');
  });

  it('of a content that is erased goes with it (T37)', async () => {
    const [{ sha256 }, other] = [await put(small), await put(chance(38, 1_100_000))];
    await eraseContents(repository, await contentTraces(repository, new Set([sha256])));
    expect(onlyTrail().endsWith(other.sha256)).toBe(true);
  });

  it('that a killed process had not named yet is none; its content is whole (T36)', async () => {
    const preload = join(folder, 'kill.cjs');
    writeFileSync(preload, killer('fs', 'renameSync', 'trails'));
    const killed = spawnSync(process.execPath, ['--require', preload, program, 'store', 'put', write(small)], { cwd: path });
    expect({ signal: killed.signal ?? killed.stderr.toString('utf8'), draft: onlyTrail().includes('draft-') }).toEqual({ signal: 'SIGKILL', draft: true });
    expect(await put(small)).toMatchObject({ ...(await expectedOf(small)), isNew: false, newObjects: 0, isCut: true });
    expect(await put(small)).toMatchObject({ isCut: false });
    git(path, 'fsck', '--full', '--strict');
  });

  it('is written for what is a megabyte or more, and not for less', async () => {
    await put(chance(36, 1024 * 1024 - 1));
    expect(trailsOf(path)).toEqual([]);
    const { sha256 } = await put(chance(36, 1024 * 1024));
    expect(onlyTrail().endsWith(`1048576-${sha256}`)).toBe(true);
  });

  it('may be taken away by another put while it is followed', async () => {
    const { sha256, commit } = await put(small);
    const trail = onlyTrail();
    let isRead: boolean | undefined;
    const accept: PutRequest['accept'] = (_, read) => {
      isRead = read;
      rmSync(trail);
    };
    expect(await putFile(write(small), { accept })).toMatchObject({ sha256, commit });
    expect(isRead).toBe(false);
    expect(await put(small)).toMatchObject({ commit, isCut: true });
  });

  it('goes where there are more than 256, the one first that was not used for longest, and drafts of an hour ago', async () => {
    const { sha256 } = await put(small);
    const trail = onlyTrail();
    const old = (name: string, hours: number): void => {
      const then = new Date(Date.now() - hours * 3_600_000);
      writeFileSync(name, 'x');
      utimesSync(name, then, then);
    };
    for (let number = 0; number < 255; number += 1) old(join(trail, '..', `${number}-x`), 300 - number);
    old(join(trail, '..', 'draft-1'), 2);
    old(join(trail, '..', 'draft-2'), 0);
    await put(small);
    await put(chance(37, 1_100_000));
    const left = trailsOf(path).map((name) => name.slice(name.lastIndexOf('/') + 1));
    expect(left).toHaveLength(257);
    expect({ oldest: left.includes('0-x'), next: left.includes('1-x'), used: left.includes(`${small.length}-${sha256}`) }).toEqual({
      oldest: false,
      next: true,
      used: true,
    });
    expect(left.filter((name) => name.startsWith('draft-'))).toEqual(['draft-2']);
  });
});
