// Container images in chunks: what an archive holds is kept once, checked, and given out as one archive that an engine loads; what is hostile leaves nothing behind.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addImage } from '../../../node/chunks/add-image.ts';
import { openImageArchive, type ImageArchive } from '../../../node/chunks/image-archive.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { chunkedImages } from '../../../node/chunks/stored-image.ts';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import { makeBench, type Outcome } from '../cli/virtual-world.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { block, frame, rawFrame, skipped } from '../zstd/frames.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { dropObject } from './loose-objects.ts';
import { imageConfig, layoutOf, savedImage, sha256Of, tarOf, type TarPart } from './tar-archive.ts';

const folder = temporaryFolder();
const { runWith } = makeBench();
afterAll(() => removeFolder(folder));
let count = 0;
let path: string;
let repository: Repository;

beforeEach(async () => {
  count += 1;
  path = join(folder, String(count));
  repository = await initRepository(path, 'clone');
  return () => repository.close();
});

const gdo = (...words: readonly string[]): Promise<Outcome> =>
  runWith({ cwd: path, env: { PATH: process.env['PATH'], DOCKER_HOST: `unix://${path}/none` } }, ...words);
const lower = tarOf([
  { name: 'bin/', type: '5' },
  { name: 'bin/true', content: chance(1, 300_000) },
]);
const upper = tarOf([{ name: 'bin/.wh.true' }, { name: 'bin/false', content: chance(2, 100_000) }]);
const config = imageConfig([lower, upper]);
const digest = `sha256:${sha256Of(config)}`;

function write(name: string, bytes: Uint8Array): string {
  writeFileSync(join(path, name), bytes);
  return name;
}

/** What an archive holds, as the strict reader sees it: digests and platforms. */
function imagesIn(name: string): readonly string[] {
  const archive = openImageArchive(join(path, name));
  archive.close();
  return archive.images.map((image) => `${image.config.platform} sha256:${image.config.digest}`);
}

describe('an image', () => {
  it.each([
    ['as docker saved it', savedImage(config, [lower, upper])],
    ['in a layout', layoutOf([{ config, layers: [lower, upper] }])],
    ['in a layout whose layers are compressed', layoutOf([{ config, layers: [gzipSync(lower), gzipSync(upper)] }])],
  ])('%s is added, listed, verified and given out with the same digest (R43)', async (_, archive) => {
    const added = await gdo('image', 'add', write('image.tar', archive));
    expect(added).toMatchObject({ exit: 0, stdout: expect.stringContaining(`✓ Added ${digest}\n  linux/amd64, `) });
    expect((await gdo('image', 'list')).stdout).toMatch(new RegExp(`^${digest}  linux/amd64  2 layers  \\d+ kB\n$`));
    expect(await gdo('image', 'verify')).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^✓ sha256:\S+: \d+ chunks and 2 layers are what/) });
    expect(await gdo('image', 'load', digest.slice(0, 20), '--out', 'out.tar')).toMatchObject({ exit: 0 });
    expect(imagesIn('out.tar')).toEqual([`linux/amd64 ${digest}`]);
    git(path, 'fsck', '--full', '--strict');
  });

  it('has layers in Zstandard, as newer engines save them, with frames that are passed over (R43)', async () => {
    const layers = [
      Buffer.concat([skipped(Buffer.from('an index')), rawFrame(lower)]),
      Buffer.concat([rawFrame(upper.subarray(0, 700)), rawFrame(upper.subarray(700))]),
    ];
    write('zstd.tar', layoutOf([{ config, layers }]));
    expect(await gdo('image', 'add', 'zstd.tar')).toMatchObject({ exit: 0, stdout: expect.stringContaining(`✓ Added ${digest}\n`) });
    expect(await gdo('image', 'verify')).toMatchObject({ exit: 0 });
    await gdo('image', 'load', digest.slice(0, 20), '--out', 'out.tar');
    expect(imagesIn('out.tar')).toEqual([`linux/amd64 ${digest}`]);
  });

  it('gives the same archive on every node, and equal layers are kept once', async () => {
    const other = imageConfig([lower, lower], { author: 'other' });
    for (const [name, bytes] of [
      ['a.tar', savedImage(config, [lower, upper])],
      ['b.tar', layoutOf([{ config: other, layers: [gzipSync(lower), lower] }])],
    ] as const)
      write(name, bytes);
    await gdo('image', 'add', 'a.tar');
    expect((await gdo('image', 'add', 'b.tar')).stdout).toMatch(/; \d+ B were new\.\n$/);
    expect(await repository.list('refs/gdo/blob')).toHaveLength(4);
    await gdo('image', 'load', sha256Of(other), '--out', 'first.tar');
    await gdo('image', 'load', sha256Of(other), '--out', 'second.tar');
    expect(readFileSync(join(path, 'first.tar')).equals(readFileSync(join(path, 'second.tar')))).toBe(true);
    expect(imagesIn('first.tar')).toEqual([`linux/amd64 sha256:${sha256Of(other)}`]);
  });

  it('with a layer that was added before is added without reading it again, in whichever archive it lies (R43)', async () => {
    const large = tarOf([{ name: 'lib', content: chance(3, 1_200_000) }]);
    const next = imageConfig([large, upper]);
    write('first.tar', savedImage(imageConfig([large, lower]), [large, lower]));
    write('second.tar', layoutOf([{ config: next, layers: [large, upper] }]));
    expect(await gdo('image', 'add', 'first.tar')).toMatchObject({ exit: 0 });
    const archive = openImageArchive(join(path, 'second.tar'));
    const [image] = archive.images;
    if (image === undefined) throw new Error('the archive has an image');
    const read: number[] = [];
    const source: ImageArchive['source'] = (entry) => {
      const inner = archive.source(entry);
      return { read: (into) => (read.push(entry.size), inner.read(into)) };
    };
    expect((await addImage(repository, { ...archive, source }, image)).size).toBe(large.length + upper.length + next.length);
    archive.close();
    // Of the large one no more than its first bytes, which tell whether it is compressed.
    expect({ large: read.filter((size) => size === large.length).length, upper: read.includes(upper.length) }).toEqual({ large: 1, upper: true });
    expect(await gdo('image', 'verify')).toMatchObject({ exit: 0 });
  });

  it('with a layer that was put as mere bytes before is read by the strict reader all the same (T22, GDO3012)', async () => {
    const hostile = tarOf([{ name: '../out', content: chance(4, 1_200_000) }]);
    await gdo('store', 'put', write('layer.tar', hostile));
    const added = await gdo('image', 'add', write('image.tar', savedImage(imageConfig([hostile]), [hostile])));
    expect({ exit: added.exit, stderr: added.stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('GDO3012') });
  });

  it('for several platforms is one archive, of which one can be chosen; what a builder says of itself is no image', async () => {
    const arm = imageConfig([upper], { architecture: 'arm', variant: 'v7' });
    const attestation = { config: '{}', layers: [], beside: { platform: { os: 'unknown', architecture: 'unknown' } } };
    write('all.tar', layoutOf([{ config, layers: [lower, upper] }, { config: arm, layers: [upper] }, attestation]));
    expect(imagesIn('all.tar')).toEqual([`linux/amd64 ${digest}`, `linux/arm/v7 sha256:${sha256Of(arm)}`]);
    expect(JSON.parse((await gdo('image', 'add', 'all.tar', '--digest', `sha256:${sha256Of(arm)}`, '--json')).stdout)).toMatchObject({
      images: [{ platform: 'linux/arm/v7' }],
    });
    expect(JSON.parse((await gdo('image', 'list', '--json')).stdout).images).toHaveLength(1);
  });

  it('that lacks a chunk cannot be given out, and says how many are missing (GDO3011)', async () => {
    await gdo('image', 'add', write('image.tar', savedImage(config, [lower, upper])));
    const tree = git(path, 'ls-tree', '-r', `refs/gdo/blob/${sha256Of(lower)}`);
    const victim = /blob ([0-9a-f]{40})\tc\//.exec(tree)?.[1] ?? '';
    const chunks =
      tree.split('\n').filter((line) => line.includes('\tc/')).length +
      git(path, 'ls-tree', '-r', `refs/gdo/blob/${sha256Of(upper)}`)
        .split('\n')
        .filter((line) => line.includes('\tc/')).length;
    dropObject(path, victim);
    const refused = await gdo('image', 'load', digest, '--out', 'out.tar');
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({
      exit: 3,
      stderr: expect.stringContaining(`GDO3011]: Image ${digest.slice(0, 19)} is not whole in this copy: 1 of ${chunks} chunks missing`),
    });
    expect(existsSync(join(path, 'out.tar'))).toBe(false);
    expect(await gdo('image', 'verify')).toMatchObject({ exit: 3, stdout: expect.stringContaining('GDO3011') });
    expect(await chunkedImages(repository).find(digest)).toMatchObject({ kind: 'missing', reason: expect.stringContaining(`1 of ${chunks} chunks missing`) });
  });

  it('of another copy is not here, and is not looked for anywhere else (GDO3011)', async () => {
    const refused = await gdo('image', 'load', digest);
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('GDO3011') });
    expect(await chunkedImages(repository).find(digest)).toEqual({ kind: 'unknown' });
  });

  it('without an engine can be kept and checked, and the engine is missed where it is needed (GDO3001)', async () => {
    await gdo('image', 'add', write('image.tar', savedImage(config, [lower, upper])));
    const refused = await gdo('image', 'load', digest);
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('GDO3001') });
  });
});

const one = tarOf([{ name: 'a', content: 'x' }]);
const good = imageConfig([one]);
const saved = (parts: readonly TarPart[]): Buffer => tarOf(parts);
const listed = (fields: object): TarPart => ({ name: 'manifest.json', content: JSON.stringify([fields]) });
const configFile = { name: `${sha256Of(good)}.json`, content: good };
const evil = (layer: Uint8Array): Buffer => savedImage(imageConfig([layer]), [layer]);

const hostile: readonly (readonly [what: string, archive: Buffer, reason: RegExp])[] = [
  ['a layer with a device', evil(tarOf([{ name: 'dev/mem', type: '3' }])), /device or a pipe/],
  ['a layer with a link out', evil(tarOf([{ name: 'x', type: '2', link: '../../etc' }])), /leads out/],
  ['a layer with a hostile whiteout', evil(tarOf([{ name: '.wh...' }])), /no whiteout/],
  ['a layer with a name twice', evil(tarOf([{ name: 'a' }, { name: 'a' }])), /in it twice/],
  ['a layer that is no archive', evil(Buffer.from('MZ'.repeat(300))), /checksum|end mark|middle/],
  ['another layer than the configuration names', savedImage(good, [tarOf([{ name: 'a', content: 'y' }])]), /layer 1 is another one/],
  ['fewer layers than the configuration names', savedImage(imageConfig([one, one]), [one]), /has 1 layers/],
  [
    'a compressed layer that unpacks to a thousand times as much',
    layoutOf([
      {
        config: imageConfig([]).replace('[]', `["sha256:${'0'.repeat(64)}"]`),
        layers: [gzipSync(tarOf([{ name: 'zeros', content: Buffer.alloc(30_000_000) }]))],
      },
    ]),
    /more than 200 times/,
  ],
  ['a compressed layer that is cut off', layoutOf([{ config: good, layers: [gzipSync(chance(3, 10_000)).subarray(0, 5_000)] }]), /no gzip/],
  ['a layer in zstd that is cut off', layoutOf([{ config: good, layers: [rawFrame(one).subarray(0, 600)] }]), /no sound zstd: it is cut off/],
  ['a layer in zstd for a dictionary', layoutOf([{ config: good, layers: [Buffer.from('28b52ffd015007010000', 'hex')] }]), /needs a dictionary/],
  ['a layer in zstd that wants 2 GiB of memory', layoutOf([{ config: good, layers: [Buffer.from('28b52ffd00a8010000', 'hex')] }]), /a window of 2048 MiB/],
  [
    'a layer in zstd that unpacks to thirty thousand times as much',
    layoutOf([{ config: good, layers: [frame(Array.from({ length: 1_000 }, () => block('run', Buffer.alloc(1), 131_072)))] }]),
    /end mark|more than 200 times|follows its end/,
  ],
  [
    'a configuration of another name',
    saved([{ name: 'l', content: one }, { name: `${'0'.repeat(64)}.json`, content: good }, listed({ Config: `${'0'.repeat(64)}.json`, Layers: ['l'] })]),
    /another file than its name says/,
  ],
  ['a configuration that is no JSON', saved([{ name: 'c', content: '{' }, listed({ Config: 'c', Layers: [] })]), /no JSON/],
  [
    'a configuration without layers',
    saved([{ name: 'c', content: '{"os":"linux","architecture":"amd64"}' }, listed({ Config: 'c', Layers: [] })]),
    /names no layers/,
  ],
  ['a configuration of two megabytes', saved([{ name: 'c', content: ' '.repeat(2_000_000) }, listed({ Config: 'c', Layers: [] })]), /too large/],
  ['names of things that are not in it', saved([configFile, listed({ Config: configFile.name, Layers: ['/etc/passwd'] })]), /is not in it/],
  ['a list that is none', saved([{ name: 'manifest.json', content: '{"Config":1}' }]), /no list of images/],
  ['a link for a layer', saved([configFile, { name: 'l', type: '2', link: '/etc/passwd' }, listed({ Config: configFile.name, Layers: ['l'] })]), /is a link/],
  [
    'an index that leads to itself',
    saved([{ name: 'index.json', content: JSON.stringify({ manifests: [{ digest: `sha256:${'1'.repeat(64)}` }] }) }]),
    /is not in it/,
  ],
  [
    'a part of another name',
    saved([
      { name: `blobs/sha256/${'1'.repeat(64)}`, content: '{}' },
      { name: 'index.json', content: JSON.stringify({ manifests: [{ digest: `sha256:${'1'.repeat(64)}` }] }) },
    ]),
    /another file than its name says/,
  ],
  ['no image', saved([{ name: 'index.json', content: '{"manifests":[]}' }]), /holds no image/],
  ['nothing', Buffer.alloc(0), /no end mark/],
];

describe('an archive with', () => {
  it.each(hostile)('%s is refused, and nothing is named or written (T22, Q15, GDO3012)', async (_, archive, reason) => {
    const refused = await gdo('image', 'add', write('evil.tar', archive));
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringMatching(reason) });
    expect(refused.stderr).toContain('GDO3012');
    expect(await repository.list('refs')).toEqual([]);
    expect(readdirSync(path).toSorted()).toEqual(['.git', 'evil.tar']);
  });

  it.each([
    ['gzip', gzipSync(savedImage(config, [lower, upper])), 'gunzip'],
    ['xz', Buffer.from('fd377a585a000004', 'hex'), 'xz -d'],
    ['zstd', Buffer.from('28b52ffd04000000', 'hex'), 'zstd -d'],
    ['bzip2', Buffer.from('BZh91AY&SY'), 'bunzip2'],
  ])('an archive that is compressed with %s is told what unpacks it (GDO3012)', async (name, archive, by) => {
    const refused = await gdo('image', 'add', write('image.tar.packed', archive));
    expect(refused).toMatchObject({ exit: 3, stderr: expect.stringContaining(`GDO3012]: The archive is refused: it is compressed with ${name}`) });
    expect(refused.stderr).toContain(by);
  });

  it('an archive of something else is no archive of images, and a file that is not there is not asked of the engine', async () => {
    const other = await gdo('image', 'add', write('other.tar', tarOf([{ name: 'notes.md', content: Buffer.from('Hello\n') }])));
    expect(other).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO3012[^]*neither index\.json nor manifest\.json[^]*docker save/) });
    for (const word of ['./absent.tar', 'absent.tar', '/absent/image', 'absent.tar.gz'])
      expect(await gdo('image', 'add', word)).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5022[^]*no such file/) });
    expect(await gdo('image', 'add', '.')).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5022[^]*it is a folder/) });
    expect(await gdo('image', 'add', 'absent')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO3001') });
  });

  it('a hostile layer that came by git from another copy is not given to an engine either (GDO3012)', async () => {
    const layer = tarOf([{ name: '../../root/.ssh/authorized_keys', content: 'x' }]);
    const planted = imageConfig([layer]);
    for (const bytes of [layer, Buffer.from(planted)]) await putContent(repository, { source: bytesSource(bytes) });
    const refused = await gdo('image', 'load', createHash('sha256').update(planted).digest('hex'), '--out', 'out.tar');
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringMatching(/GDO3012[^]*goes up/) });
    expect(existsSync(join(path, 'out.tar'))).toBe(false);
  });
});
