// Contents on several nodes: a minimum of copies, small caches, what is damaged brought back from another copy; and a ledger with contents under plain git.
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { getContent } from '../../../node/chunks/get-content.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { Dice } from '../../vectors/dice.ts';
import { makeBench } from '../cli/virtual-world.ts';
import { bareCharter, foundSmall, git, removeFolder } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { contentClones, type ContentClone } from './content-clones.ts';
import { damageObject, dropObject } from './loose-objects.ts';
import { sha256Of } from './tar-archive.ts';

const clones = contentClones();
const { folder } = clones;
const { runWith } = makeBench();
afterAll(clones.remove);
let path: string;
let mirror: string;
let gdo: ContentClone['gdo'];
let put: ContentClone['put'];

beforeEach(async () => {
  ({ path, mirror, gdo, put } = await clones.begin());
});

/** SHA-256 of what a copy gives for a content, or why it gives nothing. */
async function got(place: string, sha256: string): Promise<string> {
  const repository = openRepository(place);
  try {
    const out = join(folder, 'out');
    const result = await getContent(repository, sha256, { path: out });
    return result.kind === 'ok' ? sha256Of(readFileSync(out)) : result.kind;
  } finally {
    repository.close();
  }
}

const chunksOf = (sha256: string): readonly string[] =>
  git(path, 'ls-tree', '-r', `refs/gdo/blob/${sha256}`)
    .split('\n')
    .flatMap((line) => /blob ([0-9a-f]{40})\tc\//.exec(line)?.[1] ?? []);

describe('a minimum of copies', () => {
  it('gives a content to others until there are so many, and says when there are not (R36, GDO4031)', async () => {
    const sha256 = await put(chance(1, 300_000), '--copies', '2');
    expect(await got(mirror, sha256)).toBe(sha256Of(chance(1, 300_000)));
    const refused = await gdo('store', 'put', 'file', '--copies', '3');
    expect({ exit: refused.exit, stdout: refused.stdout }).toEqual({ exit: 1, stdout: expect.stringContaining('has 2 of 3 copies') });
    expect((await gdo('store', 'put', 'file', '--copies', 'many')).exit).toBe(2);
  });

  it('says who brings a content to a node, whose door takes none (GDO4031)', async () => {
    const node = join(folder, 'node.git');
    git(folder, 'init', '-q', '--bare', node);
    const words = 'GDO1030 refs/gdo/blob/1 was not accepted: This repository takes only logs and proposals.';
    writeFileSync(join(node, 'hooks', 'pre-receive'), `#!/bin/sh\necho '${words}' >&2\nexit 1\n`, { mode: 0o755 });
    const sha256 = await put(chance(8, 10_000));
    const refused = await gdo('store', 'put', 'file', '--copies', '3', '--peer', node);
    expect(refused.exit).toBe(1);
    expect(refused.stdout).toContain(
      `${words}\n  A node fetches it itself, by whoever looks after it:  gdo store fetch ${sha256.slice(0, 12)} --peer ADDRESS\n`,
    );
  });

  it('counts no copy that does not answer, and none twice', async () => {
    await put(chance(2, 100_000), '--copies', '2');
    const refused = await gdo('store', 'put', 'file', '--copies', '3', '--peer', mirror, '--peer', join(folder, 'nowhere'));
    expect({ exit: refused.exit, stdout: refused.stdout }).toEqual({ exit: 1, stdout: expect.stringContaining('did not answer') });
  });

  it('is kept by dropping: refused where no other has the content, and what is dropped comes back whole (R36)', async () => {
    const bytes = chance(3, 2_000_000);
    const sha256 = await put(bytes);
    const refused = await gdo('store', 'drop', sha256);
    expect({ exit: refused.exit, stdout: refused.stdout }).toEqual({ exit: 1, stdout: expect.stringContaining('0 other copies of 1 have it') });
    expect(await got(path, sha256)).toBe(sha256Of(bytes));
    await put(bytes, '--copies', '2');
    expect((await gdo('store', 'drop', sha256, '--copies', '2')).exit).toBe(1);
    expect((await gdo('store', 'drop', sha256)).exit).toBe(0);
    git(path, 'gc', '-q', '--prune=now');
    expect(await got(path, sha256)).toBe('absent');
    const packs = join(path, '.git', 'objects', 'pack');
    expect(readdirSync(packs).reduce((sum, name) => sum + statSync(join(packs, name)).size, 0)).toBeLessThan(100_000);
    expect((await gdo('store', 'fetch', sha256.slice(0, 12))).exit).toBe(0);
    expect(await got(path, sha256)).toBe(sha256Of(bytes));
    git(path, 'fsck', '--full', '--strict');
  });

  it('brings nothing that is not whole where it comes from (GDO4030)', async () => {
    const sha256 = await put(chance(4, 200_000), '--copies', '2');
    const [first = ''] = chunksOf(sha256);
    expect((await gdo('store', 'drop', sha256)).exit).toBe(0);
    git(path, 'gc', '-q', '--prune=now');
    // A mirror whose disk lost one chunk.
    removeFolder(join(mirror, 'objects', first.slice(0, 2), first.slice(2)));
    const refused = await gdo('store', 'fetch', sha256);
    expect(refused.exit).toBe(3);
    expect(git(path, 'for-each-ref')).toBe('');
  });
});

describe('what is damaged or lost', () => {
  it.each([
    ['lost', dropObject],
    ['damaged', damageObject],
  ])('%s comes back from another copy, and git finds nothing wrong afterwards', async (_, harm) => {
    const bytes = chance(5, 600_000);
    const sha256 = await put(bytes, '--copies', '2');
    const chunks = chunksOf(sha256);
    for (const id of [chunks[2], chunks[20]]) harm(path, id ?? '');
    expect(await gdo('store', 'verify')).toMatchObject({ exit: 3, stdout: expect.stringContaining('GDO4030') });
    expect(await got(path, sha256)).toBe('wanting');
    const repaired = await gdo('store', 'verify', '--repair');
    expect({ exit: repaired.exit, stdout: repaired.stdout }).toEqual({ exit: 0, stdout: expect.stringMatching(/2 objects came from another copy/) });
    expect(await got(path, sha256)).toBe(sha256Of(bytes));
    git(path, 'fsck', '--full', '--strict');
  });

  it('is found at every bit that changes a content, wherever it flips in a pack, and comes back (R36)', async () => {
    const bytes = Buffer.from(chance(6, 1_000_000).toString('base64'), 'latin1');
    const sha256 = await put(bytes, '--copies', '2');
    const packs = join(path, '.git', 'objects', 'pack');
    const pack = join(packs, readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '');
    const whole = readFileSync(pack);
    chmodSync(pack, 0o644);
    const dice = new Dice(10);
    let found = 0;
    for (let flip = 0; flip < 6; flip += 1) {
      const damaged = Buffer.from(whole);
      const at = 12 + dice.below(whole.length - 32);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << dice.below(8));
      writeFileSync(pack, damaged);
      const verified = await gdo('store', 'verify');
      if (verified.exit === 3) found += 1;
      // A bit that nothing reads may flip: then the content is what it was.
      else expect(await got(path, sha256)).toBe(sha256Of(bytes));
    }
    expect(found).toBeGreaterThan(4);
    expect((await gdo('store', 'verify', '--repair')).exit).toBe(0);
    expect(await got(path, sha256)).toBe(sha256Of(bytes));
    git(path, 'fsck', '--full', '--strict');
  });
});

it('A ledger with contents stays what it is under plain clone, fsck, gc and bundle, and its contents with it', async () => {
  const place = join(folder, 'ledger');
  const { repository } = await foundSmall(place, { people: ['ada'], charter: bareCharter(), roles: [], files: [['a', 'a']] });
  const bytes = chance(7, 1_500_000);
  const { sha256 } = await putContent(repository, { source: bytesSource(bytes) });
  repository.close();
  const sound = async (at: string): Promise<void> => {
    git(at, 'fsck', '--full', '--strict');
    expect(await got(at, sha256)).toBe(sha256Of(bytes));
    const opened = openRepository(at);
    expect((await auditLedger(opened)).kind).toBe('ok');
    opened.close();
  };
  git(place, 'gc', '-q', '--prune=now');
  await sound(place);
  git(folder, 'clone', '-q', '--mirror', place, 'cloned.git');
  await sound(join(folder, 'cloned.git'));
  git(place, 'bundle', 'create', '-q', join(folder, 'all.bundle'), '--all');
  git(folder, 'clone', '-q', '--mirror', 'all.bundle', 'unbundled.git');
  await sound(join(folder, 'unbundled.git'));
  expect(await runWith({ cwd: place }, 'bundle', '--out', join(folder, 'gdo.bundle'))).toMatchObject({ exit: 0 });
  expect(await gdo('store', 'fetch', sha256, '--peer', join(folder, 'gdo.bundle'))).toMatchObject({ exit: 0 });
  expect(await got(path, sha256)).toBe(sha256Of(bytes));
});
