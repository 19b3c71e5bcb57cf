// Turns in which a node takes contents from others, mends what lies in it, and lets go what is too much: on real repositories, each turn as a node plays it.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RoundNote } from '../../../node/chunks/content-note.ts';
import { contentRound, type RoundEnd, type RoundRequest } from '../../../node/chunks/content-round.ts';
import { contentsHere } from '../../../node/chunks/contents.ts';
import { getContent } from '../../../node/chunks/get-content.ts';
import { leavingContents, settle, withdraw } from '../../../node/chunks/let-go.ts';
import { bringContent } from '../../../node/chunks/bring-content.ts';
import { eraseContents } from '../../../node/chunks/erase-contents.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { offerPieces } from '../../../node/ops/offer-pieces.ts';
import { bareCharter, foundSmall, git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { dropObject, loosen } from './loose-objects.ts';
import { imageConfig, sha256Of, tarOf } from './tar-archive.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
let open: Repository[] = [];

beforeEach(() => {
  open = [];
  return () => open.forEach((repository) => repository.close());
});

async function place(): Promise<Repository> {
  const repository = await initRepository(join(folder, `${(count += 1)}.git`), 'bare');
  await offerPieces(repository);
  open.push(repository);
  return repository;
}

const put = (repository: Repository, bytes: Uint8Array, linesMost = 65_536): ReturnType<typeof putContent> =>
  putContent(repository, { source: bytesSource(bytes), linesMost });

/** Plays turns until nothing is left to take at once. */
async function turns(
  repository: Repository,
  others: readonly Repository[],
  terms: Partial<RoundRequest> = {},
): Promise<{ notes: readonly RoundNote[]; end: RoundEnd }> {
  const notes: RoundNote[] = [];
  for (let turn = 0; turn < 40; turn += 1) {
    // Each turn is a process of its own.
    const opened = openRepository(repository.gitDirectory);
    open.push(opened);
    const end = await contentRound(
      {
        repository: opened,
        copies: others.map(({ gitDirectory }, index) => ({ name: `peer-${index}`, remote: { address: gitDirectory } })),
        keep: 'all',
        bytesMost: undefined,
        bytesPerTurn: 64 * 1024 * 1024,
        copiesLeast: 1,
        hasRoom: () => true,
        sealedName: () => Promise.resolve(undefined),
        ...terms,
      },
      (note) => notes.push(note),
    );
    if (end.isDone) return { notes, end };
  }
  throw new Error(`it did not end: ${JSON.stringify(notes.at(-1))}`);
}

const said = (notes: readonly RoundNote[]): readonly string[] => notes.filter(({ level }) => level !== 'debug').map(({ what }) => what);

/** What a repository gives for a content: its SHA-256, or why it gives nothing. */
async function got(repository: Repository, sha256: string): Promise<string> {
  const path = join(folder, 'out');
  const result = await getContent(repository, sha256, { path });
  return result.kind === 'ok' ? createHash('sha256').update(readFileSync(path)).digest('hex') : result.kind;
}

const names = async (repository: Repository): Promise<readonly string[]> => (await contentsHere(repository)).map(({ sha256 }) => sha256);
const chunkIds = ({ gitDirectory }: Repository, sha256: string): readonly string[] =>
  git(gitDirectory, 'ls-tree', '-r', `refs/gdo/blob/${sha256}`)
    .split('\n')
    .flatMap((line) => /blob ([0-9a-f]{40})\t(?:p\/\d{4}\/)?c\//.exec(line)?.[1] ?? []);

describe('Taking contents', () => {
  it('brings nothing back that was erased here, whoever still has it, until a person fetches it (R63)', async () => {
    const [one, two] = [await place(), await place()];
    const [erased, other] = [await put(one, chance(1, 100_000)), await put(one, chance(2, 100_000))];
    await turns(two, [one]);
    expect(await names(two)).toEqual(expect.arrayContaining([erased.sha256, other.sha256]));
    const contents = (await contentsHere(two)).filter(({ sha256 }) => sha256 === erased.sha256);
    expect(await eraseContents(two, contents)).toMatchObject({ left: 0 });
    expect((await turns(two, [one])).end.count).toBe(1);
    expect(await names(two)).toEqual([other.sha256]);
    expect(await bringContent(two, { address: one.gitDirectory }, erased.sha256)).toMatchObject({ kind: 'ok' });
    expect(await got(two, erased.sha256)).toBe(erased.sha256);
  });

  it('brings what another copy has, in turns of bounded size, and asks for no chunk that is here (R36)', async () => {
    const [one, two] = [await place(), await place()];
    const shared = chance(1, 400_000);
    await put(two, shared);
    const whole = Buffer.concat([shared, chance(2, 600_000)]);
    const { sha256 } = await put(one, whole);
    const { notes, end } = await turns(two, [one], { bytesPerTurn: 262_144 });
    expect(await got(two, sha256)).toBe(sha256);
    expect(end.count).toBe(2);
    const taken = notes.filter(({ what }) => what.startsWith('content taken'));
    expect(taken.length).toBeGreaterThan(2);
    expect(Math.max(...taken.map(({ bytes = 0 }) => bytes))).toBeLessThanOrEqual(262_144 + 65_536);
    // One seam and what is new.
    expect(taken.reduce((sum, { bytes = 0 }) => sum + bytes, 0)).toBeLessThan(600_000 + 2 * 65_536);
    expect(existsSync(join(two.gitDirectory, 'gdo', 'arriving')) ? readdirSync(join(two.gitDirectory, 'gdo', 'arriving')) : []).toEqual([]);
    git(two.gitDirectory, 'fsck', '--full', '--strict');
    expect(git(two.gitDirectory, 'config', '--list')).not.toContain('promisor');
  });

  it('goes on where it was in a content of many parts, of which nothing is seen before all of it is here', async () => {
    const [one, two] = [await place(), await place()];
    const { sha256 } = await put(one, chance(3, 800_000), 20);
    const first: RoundNote[] = [];
    const terms = { keep: 'all', bytesMost: undefined, copiesLeast: 1, hasRoom: () => true, sealedName: () => Promise.resolve(undefined) } as const;
    const copies = [{ name: 'one', remote: { address: one.gitDirectory } }];
    expect(await contentRound({ ...terms, repository: two, copies, bytesPerTurn: 400_000 }, (note) => first.push(note))).toMatchObject({
      isDone: false,
      count: 0,
    });
    expect(git(two.gitDirectory, 'for-each-ref')).toBe('');
    expect(git(two.gitDirectory, 'count-objects', '-v')).toMatch(/^count: 0\n[^]*in-pack: 0\n/);
    // Somebody prunes meanwhile: what arrives is not touched.
    git(two.gitDirectory, 'gc', '-q', '--prune=now');
    const { notes } = await turns(two, [one]);
    expect(notes[0]).toMatchObject({ what: 'content taken' });
    expect(notes[0]?.bytes).toBeLessThanOrEqual(800_000 - (first[0]?.bytes ?? 0));
    expect(await got(two, sha256)).toBe(sha256);
    git(two.gitDirectory, 'fsck', '--full', '--strict');
  });

  it('takes each piece from whoever has it, and says who lacks what where nobody does (GDO4030)', async () => {
    const [one, two, three] = [await place(), await place(), await place()];
    const { sha256 } = await put(one, chance(4, 400_000));
    await put(two, chance(4, 400_000));
    const ids = chunkIds(one, sha256);
    dropObject(one.gitDirectory, ids[3] ?? '');
    dropObject(two.gitDirectory, ids[7] ?? '');
    const alone = await turns(three, [one]);
    expect(said(alone.notes)).toEqual(['content not taken']);
    expect(alone.notes[0]).toMatchObject({ code: 'GDO4030', reason: expect.stringContaining('peer-0') });
    expect(await names(three)).toEqual([]);
    // What was not had stands behind everything else, also where its name comes first.
    const next = await put(one, chance(19, 20_000));
    expect(next.sha256 > sha256).toBe(true);
    expect(said((await turns(three, [one])).notes)).toEqual(['content taken', 'content not taken']);
    expect(said((await turns(three, [one, two])).notes)).toEqual(['content taken']);
    expect(await got(three, sha256)).toBe(sha256);
  });

  it('believes no content that is another one than its name says, and brings it once only (GDO4030)', async () => {
    const [one, two] = [await place(), await place()];
    const { commit } = await put(one, chance(5, 300_000));
    const other = createHash('sha256').update('other').digest('hex');
    git(one.gitDirectory, 'update-ref', `refs/gdo/blob/${other}`, commit);
    const { notes } = await turns(two, [one]);
    expect(said(notes).toSorted()).toEqual(['content is false', 'content taken']);
    expect(await names(two)).not.toContain(other);
    expect(said((await turns(two, [one])).notes)).toEqual(['content is false']);
    expect(readdirSync(join(two.gitDirectory, 'gdo', 'arriving', `${other}-${commit}`, 'pack'))).toEqual([]);
    git(one.gitDirectory, 'update-ref', '-d', `refs/gdo/blob/${other}`);
    expect(said((await turns(two, [one])).notes)).toEqual([]);
    expect(readdirSync(join(two.gitDirectory, 'gdo', 'arriving'))).toEqual([]);
  });

  it('is left out by depth for a node, and by nothing else for anybody: other filters would let strangers choose what the server walks', async () => {
    const one = await place();
    const { sha256 } = await put(one, chance(31, 300_000));
    const asked = (filter: string): string => {
      const into = join(folder, `asked-${filter.replaceAll(/[^a-z0-9]/g, '-')}`);
      execFileSync('git', ['init', '-q', '--bare', into]);
      const remote = ['-c', 'remote.copy.promisor=true', '-c', `remote.copy.url=file://${one.gitDirectory}`];
      const words = ['--git-dir', into, ...remote, 'fetch', '-q', `--filter=${filter}`, 'copy', `refs/gdo/blob/${sha256}`];
      const { status, stderr } = spawnSync('git', words, { encoding: 'utf8' });
      return status === 0 ? 'given' : (/filter '[^']*' not supported|tree filter allows max depth [0-9]+/.exec(stderr)?.[0] ?? stderr);
    };
    expect(asked('tree:3')).toBe('given');
    expect(asked('tree:4')).toBe('tree filter allows max depth 3');
    expect(asked('blob:none')).toBe("filter 'blob:none' not supported");
    expect(asked('blob:limit=1k')).toBe("filter 'blob:limit' not supported");
    expect(asked('object:type=tree')).toBe("filter 'object:type' not supported");
    expect(asked('combine:tree:1+blob:none')).toBe("filter 'combine' not supported");
    expect(asked(`sparse:oid=${git(one.gitDirectory, 'rev-parse', `refs/gdo/blob/${sha256}:manifest`)}`)).toBe("filter 'sparse:oid' not supported");
  });

  it('takes one from a copy that gives no pieces, such as a plain mirror', async () => {
    const [one, two] = [await place(), await place()];
    git(one.gitDirectory, 'config', '--unset', 'uploadpack.allowFilter');
    const { sha256 } = await put(one, chance(13, 300_000));
    expect(said((await turns(two, [one])).notes)).toEqual(['content taken']);
    expect(await got(two, sha256)).toBe(sha256);
  });

  it('takes one from a host that leaves out other things, but not these', async () => {
    const [one, two, three] = [await place(), await place(), await place()];
    git(one.gitDirectory, 'config', 'uploadpackfilter.tree.allow', 'false');
    const { sha256 } = await put(one, chance(23, 300_000));
    expect(said((await turns(two, [one])).notes)).toEqual(['content taken']);
    git(one.gitDirectory, 'config', 'uploadpackfilter.tree.allow', 'true');
    git(one.gitDirectory, 'config', 'uploadpackfilter.tree.maxDepth', '0');
    expect(said((await turns(three, [one])).notes)).toEqual(['content taken']);
    expect([await got(two, sha256), await got(three, sha256)]).toEqual([sha256, sha256]);
  });

  it('takes one from a host that neither leaves things out nor gives single objects, as behind an sshd that drops the version of the protocol', async () => {
    const [one, two] = [await place(), await place()];
    git(one.gitDirectory, 'config', '--unset', 'uploadpack.allowFilter');
    const { sha256 } = await put(one, chance(21, 300_000));
    const sshCommand = join(folder, 'old-host');
    writeFileSync(sshCommand, '#!/bin/sh\nfor last; do :; done\nunset GIT_PROTOCOL\nexec sh -c "$last"\n', { mode: 0o755 });
    const copies = [{ name: 'old', remote: { address: `ssh://old${one.gitDirectory}`, sshCommand } }];
    expect(said((await turns(two, [], { copies })).notes)).toEqual(['content taken']);
    expect(await got(two, sha256)).toBe(sha256);
    git(two.gitDirectory, 'fsck', '--full', '--strict');
  });

  it('takes nothing where the disk is nearly full, and nothing but images of the bylaws where only those are kept (GDO4021)', async () => {
    const [one, two] = [await place(), await place()];
    await put(one, chance(6, 50_000));
    expect(said((await turns(two, [one], { hasRoom: () => false })).notes)).toEqual(['no contents taken']);
    expect(said((await turns(two, [one], { keep: 'images' })).notes)).toEqual([]);
    expect(await names(two)).toEqual([]);
  });
});

/** What git prints of what it reads, without the last line feed. */
function gitWith(path: string, input: string, ...words: readonly string[]): string {
  return execFileSync('git', [...words], { cwd: path, input, encoding: 'utf8' }).trim();
}

/** Flips one bit in the bytes of a packed object. */
function flip({ gitDirectory }: Repository, id: string): void {
  const packs = join(gitDirectory, 'objects', 'pack');
  for (const name of readdirSync(packs).filter((one) => one.endsWith('.pack'))) {
    const row = git(gitDirectory, 'verify-pack', '-v', join(packs, name))
      .split('\n')
      .find((line) => line.startsWith(id));
    const [, , , length = '', offset = ''] = row?.split(/ +/) ?? [];
    if (row === undefined) continue;
    const path = join(packs, name);
    const bytes = readFileSync(path);
    const at = Number(offset) + Math.floor(Number(length) / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 0x04;
    chmodSync(path, 0o644);
    writeFileSync(path, bytes);
  }
}

describe('Damage', () => {
  it.each([
    ['a chunk in a pack', (ids: readonly string[]) => ids[5] ?? '', 'pack'],
    ['a chunk of its own', (ids: readonly string[]) => ids[5] ?? '', 'loose'],
    [
      'a folder that names chunks',
      (_ids: readonly string[], at: Repository, sha256: string) =>
        git(
          at.gitDirectory,
          'rev-parse',
          `refs/gdo/blob/${sha256}:c/${git(at.gitDirectory, 'ls-tree', '--name-only', `refs/gdo/blob/${sha256}:c`).slice(0, 2)}`,
        ).trim(),
      'pack',
    ],
  ] as const)('of one bit in %s is found, mended from another copy, and git finds nothing wrong afterwards (R36)', async (_what, victim, where) => {
    const [one, two] = [await place(), await place()];
    const { sha256 } = await put(one, chance(7, 1_400_000));
    await turns(two, [one]);
    const id = victim(chunkIds(two, sha256), two, sha256);
    if (where === 'loose') {
      loosen(two.gitDirectory);
      const path = join(two.gitDirectory, 'objects', id.slice(0, 2), id.slice(2));
      const bytes = readFileSync(path);
      bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 0x10;
      chmodSync(path, 0o644);
      writeFileSync(path, bytes);
    } else flip(two, id);
    const { notes } = await turns(two, [one]);
    expect(said(notes)).toEqual(['content mended']);
    git(two.gitDirectory, 'fsck', '--full', '--strict');
    expect(await got(two, sha256)).toBe(sha256);
    expect(said((await turns(two, [one])).notes)).toEqual([]);
  });

  it('of a content whose trees leave out chunks is no damage that another copy mends, and is told as what it is (GDO4030)', async () => {
    const [one, two] = [await place(), await place()];
    const { sha256 } = await put(one, chance(22, 1_400_000));
    await turns(two, [one]);
    for (const { gitDirectory } of [one, two]) {
      const of = `refs/gdo/blob/${sha256}`;
      const fewer = git(gitDirectory, 'ls-tree', `${of}:c`).split('\n').slice(1).join('\n');
      const folders = gitWith(gitDirectory, fewer, 'mktree');
      const tree = gitWith(gitDirectory, git(gitDirectory, 'ls-tree', of).replace(/[0-9a-f]{40}\tc$/m, `${folders}\tc`), 'mktree');
      // With a time of its own, each copy would have another commit where a second begins between the two.
      const who = 'a <a@b.example> 0 +0000';
      const commit = gitWith(gitDirectory, `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nfalse\n`, 'hash-object', '-t', 'commit', '-w', '--stdin');
      git(gitDirectory, 'update-ref', of, commit);
    }
    const { notes } = await turns(two, [one]);
    expect(said(notes)).toEqual(['content damaged']);
    expect(notes).toContainEqual(expect.objectContaining({ code: 'GDO4030', reason: 'its trees do not name all of its chunks' }));
  });

  it('that no other copy can mend is said in each turn (GDO4030), and a turn reads no more than it may', async () => {
    const one = await place();
    const { sha256 } = await put(one, chance(8, 1_400_000));
    const ids = chunkIds(one, sha256);
    flip(one, ids.at(-1) ?? '');
    const notes: (readonly string[])[] = [];
    for (let turn = 0; turn < 4; turn += 1) notes.push(said((await turns(one, [], { bytesPerTurn: 700_000 })).notes));
    // The chunk lies in one of two turns of each round.
    expect(notes.flat()).toEqual(['content damaged', 'content damaged']);
    expect(notes.filter((one_) => one_.length > 0)).toHaveLength(2);
  });
});

describe('A small node', () => {
  it('takes what fits, lets go what others have when it may keep less, and its disk gets free (R36)', async () => {
    const [one, two] = [await place(), await place()];
    const [large, little] = [await put(one, chance(9, 1_500_000)), await put(one, chance(10, 200_000))];
    await turns(two, [one], { bytesMost: 1_600_000 });
    const first = await names(two);
    expect(first).toHaveLength(1);
    await turns(two, [one]);
    expect(await names(two)).toEqual([large.sha256, little.sha256].toSorted());
    const old = Date.now() / 1_000 - 7_200;
    for (const entry of readdirSync(join(two.gitDirectory, 'objects'), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), old, old);
    const { notes } = await turns(two, [one], { bytesMost: 300_000 });
    expect(said(notes)).toEqual(['content let go', 'pruned contents']);
    expect(await names(two)).toEqual([little.sha256]);
    const packs = join(two.gitDirectory, 'objects', 'pack');
    expect(readdirSync(packs).reduce((sum, name) => sum + readFileSync(join(packs, name)).length, 0)).toBeLessThan(500_000);
    expect(await got(two, little.sha256)).toBe(little.sha256);
    // It stays so: nothing goes to and fro.
    expect(said((await turns(two, [one], { bytesMost: 300_000 })).notes)).toEqual([]);
    await turns(two, [one]);
    expect(await got(two, large.sha256)).toBe(large.sha256);
  });

  it('keeps the images that the bylaws name with their layers, and lets other contents go for them', async () => {
    const layer = tarOf([{ name: 'bin/true', content: chance(14, 300_000) }]);
    const config = Buffer.from(imageConfig([layer]));
    const image = `sha256:${sha256Of(config)}`;
    const charter = bareCharter({ dapps: [{ name: 'tests', image, checks: [] }] });
    const { repository: two } = await foundSmall(join(folder, `${(count += 1)}.git`), { people: ['ada'], charter, roles: [], files: [['a', 'a']] });
    const one = await place();
    open.push(two);
    const [other, ...needed] = [await put(one, chance(15, 200_000)), await put(one, config), await put(one, layer)].map(({ sha256 }) => sha256);
    expect(said((await turns(two, [one], { keep: 'images' })).notes)).toEqual(['content taken', 'content taken']);
    expect(await names(two)).toEqual(needed.toSorted());
    for (const sha256 of needed) git(two.gitDirectory, 'update-ref', '-d', `refs/gdo/blob/${sha256}`);
    await put(two, chance(15, 200_000));
    expect(await names(two)).toEqual([other]);
    expect(said((await turns(two, [one], { bytesMost: layer.length + config.length + 1_000 })).notes)).toEqual([
      'content taken',
      'content let go',
      'content taken',
    ]);
    expect(await names(two)).toEqual(needed.toSorted());
    expect(said((await turns(two, [one], { bytesMost: 0 })).notes)).toEqual([]);
  });

  it('lets nothing go for an image that would not fit even so, and moves nothing to and fro', async () => {
    const layer = tarOf([{ name: 'bin/true', content: chance(20, 300_000) }]);
    const config = Buffer.from(imageConfig([layer]));
    const charter = bareCharter({ dapps: [{ name: 'tests', image: `sha256:${sha256Of(config)}`, checks: [] }] });
    const { repository: two } = await foundSmall(join(folder, `${(count += 1)}.git`), { people: ['ada'], charter, roles: [], files: [['a', 'a']] });
    const one = await place();
    open.push(two);
    const [other, first] = [await put(one, chance(21, 200_000)), await put(one, config), await put(one, layer)].map(({ sha256 }) => sha256);
    await put(two, chance(21, 200_000));
    const terms = { bytesMost: 250_000 };
    expect(said((await turns(two, [one], terms)).notes)).toEqual(['content taken']);
    expect(new Set(await names(two))).toEqual(new Set([other, first]));
    expect(said((await turns(two, [one], terms)).notes)).toEqual([]);
    expect(new Set(await names(two))).toEqual(new Set([other, first]));
  });

  it('never lets the last copies go', async () => {
    const [one, two] = [await place(), await place()];
    const { sha256 } = await put(two, chance(11, 100_000));
    expect(said((await turns(two, [one], { bytesMost: 0 })).notes)).toEqual([]);
    await put(one, chance(11, 100_000));
    expect(said((await turns(two, [one], { bytesMost: 0, copiesLeast: 2 })).notes)).toEqual([]);
    expect(await names(two)).toEqual([sha256]);
  });

  it('keeps a content that another one lets go at the same moment, and one that was withdrawn when it was killed', async () => {
    const [one, two] = [await place(), await place()];
    const [{ sha256, commit }] = [await put(one, chance(12, 100_000)), await put(two, chance(12, 100_000))];
    const content = { sha256, commit, ref: `refs/gdo/blob/${sha256}` };
    // Both counted one other copy, and both have withdrawn: now each counts none.
    expect([await withdraw(one, content), await withdraw(two, content)]).toEqual([true, true]);
    const count = async (other: Repository): Promise<number> => (await names(other)).length;
    expect(await settle(one, content, { count: () => count(two), copiesLeast: 1 })).toBe(false);
    expect(await settle(two, content, { count: () => count(one), copiesLeast: 1 })).toBe(true);
    expect([await names(one), await names(two)]).toEqual([[sha256], []]);
    await withdraw(one, content);
    expect(said((await turns(one, [two])).notes)).toEqual(['content stays']);
    expect([await names(one), await leavingContents(one)]).toEqual([[sha256], []]);
  });
});
