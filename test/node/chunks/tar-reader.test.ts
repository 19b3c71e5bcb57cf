// The strict reader of tar archives (T22, Q15, T28): what archives of images are made of is read, every trick is refused with GDO3012.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WorldError } from '../../../node/cli/command.ts';
import { TarReader, type TarEntry, type TarPolicy } from '../../../node/chunks/tar-reader.ts';
import { removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { paxPart, tarEnd, tarOf, tarPart, type TarPart } from './tar-archive.ts';
import { fc } from '../../seeded.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

/** Reads bytes in pieces. @returns what the reader heard, or the refusal */
function read(bytes: Uint8Array, policy: TarPolicy = 'layer', piece = 1_000): readonly TarEntry[] | string {
  const entries: TarEntry[] = [];
  const reader = new TarReader(policy, (entry) => entries.push(entry));
  try {
    for (let at = 0; at < bytes.length; at += piece) reader.take(bytes.subarray(at, at + piece));
    reader.end();
    return entries;
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO3012') return error.message;
    throw error;
  }
}

const names = (entries: readonly TarEntry[] | string): readonly string[] | string => (typeof entries === 'string' ? entries : entries.map(({ name }) => name));
const file = (name: string): TarPart => ({ name, content: 'x' });
const long = `${'d/'.repeat(60)}${'n'.repeat(100)}`;

describe('the reader', () => {
  it.each(['gnu', 'pax', 'ustar'])('reads what tar writes in the form %s: long names, links, folders, empty files', (format) => {
    const tree = join(folder, format);
    mkdirSync(join(tree, 'usr/bin'), { recursive: true });
    const deep = format === 'ustar' ? 'usr' : `usr/${'a'.repeat(120)}`;
    mkdirSync(join(tree, deep), { recursive: true });
    writeFileSync(join(tree, deep, 'file'), 'y'.repeat(3_000));
    writeFileSync(join(tree, 'usr/empty'), '');
    symlinkSync('usr/bin', join(tree, 'bin'));
    symlinkSync('/etc/alternatives/vi', join(tree, 'usr/bin/vi'));
    execFileSync('ln', [join(tree, 'usr/empty'), join(tree, 'usr/same')]);
    const bytes = execFileSync('tar', ['-C', tree, '--sort=name', `--format=${format}`, '-c', '.']);
    const entries = read(bytes);
    expect(new Set(names(entries))).toEqual(
      new Set(['', 'bin', 'usr', 'usr/bin', 'usr/bin/vi', 'usr/empty', 'usr/same', ...(deep === 'usr' ? [] : [deep]), `${deep}/file`]),
    );
    const found = typeof entries === 'string' ? undefined : entries.find(({ name }) => name === `${deep}/file`);
    expect(bytes.toString('latin1', found?.at, (found?.at ?? 0) + (found?.size ?? 0))).toBe('y'.repeat(3_000));
  });

  it('hears the same whatever the pieces are', () => {
    const bytes = tarOf([paxPart({ path: long }), file('short'), { name: 'd/', type: '5' }, { name: 'd/l', type: '2', link: '../short' }]);
    for (const piece of [1, 7, 511, 512, 513, bytes.length]) expect(names(read(bytes, 'layer', piece))).toEqual([long, 'd', 'd/l']);
  });

  it('takes whiteouts as layers have them', () => {
    expect(names(read(tarOf([{ name: 'a/.wh.old' }, { name: 'b/.wh..wh..opq' }])))).toEqual(['a/.wh.old', 'b/.wh..wh..opq']);
  });

  it('does not end otherwise than with entries or a refusal, whatever the bytes are', () => {
    const good = tarOf([
      paxPart({ path: long }),
      file('a'),
      { name: 'd/', type: '5' },
      { name: 'd/l', type: '2', link: '../a' },
      { name: 'h', type: '1', link: 'a' },
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 2_000 }),
        (edits, piece) => {
          const bytes = Buffer.from(good);
          for (const [at, byte] of edits) bytes[at] = byte;
          expect(['string', 'object']).toContain(typeof read(bytes, 'layer', piece));
        },
      ),
      { numRuns: 300 },
    );
  });
});

const hostile: readonly (readonly [what: string, bytes: Buffer, reason: RegExp])[] = [
  ['an absolute name', tarOf([file('/etc/passwd')]), /an absolute name/],
  ['a name that goes up', tarOf([file('a/../../b')]), /goes up/],
  ['a name that goes up in a pax record', tarOf([paxPart({ path: '../x' }), file('a')]), /goes up/],
  ['a name that goes up in a long name of GNU', tarOf([{ name: 'l', type: 'L', content: '../x\0' }, file('a')]), /goes up/],
  ['a link that leads out', tarOf([{ name: 'a', type: '2', link: '../../etc' }]), /leads out/],
  ['an absolute link that goes up', tarOf([{ name: 'a', type: '2', link: '/../etc' }]), /leads out/],
  ['a link without a target', tarOf([{ name: 'a', type: '2' }]), /leads out/],
  [
    'a long link of GNU that leads out',
    tarOf([
      { name: 'l', type: 'K', content: '../../x\0' },
      { name: 'a', type: '2', link: 'b' },
    ]),
    /leads out/,
  ],
  ['a file below a link', tarOf([{ name: 'a', type: '2', link: '/etc' }, file('a/passwd')]), /lies below `a`/],
  ['a file below a file', tarOf([file('a'), file('a/b')]), /lies below `a`/],
  ['a hard link to nothing', tarOf([{ name: 'a', type: '1', link: 'etc/shadow' }]), /hard link/],
  ['a hard link out', tarOf([{ name: 'a', type: '1', link: '/etc/shadow' }]), /absolute/],
  [
    'a hard link to a link',
    tarOf([
      { name: 'a', type: '2', link: '/etc' },
      { name: 'b', type: '1', link: 'a' },
    ]),
    /hard link/,
  ],
  ['a character device', tarOf([{ name: 'dev/mem', type: '3' }]), /device or a pipe/],
  ['a block device', tarOf([{ name: 'dev/sda', type: '4' }]), /device or a pipe/],
  ['a pipe', tarOf([{ name: 'fifo', type: '6' }]), /device or a pipe/],
  ['a sparse file', tarOf([{ name: 'sparse', type: 'S' }]), /of the kind `S`/],
  ['a sparse file in a pax record', tarOf([paxPart({ 'GNU.sparse.major': '1' }), file('a')]), /GNU\.sparse\.major/],
  ['a volume', tarOf([{ name: 'v', type: 'V' }]), /of the kind `V`/],
  ['a global pax record of a name', tarOf([paxPart({ path: 'x' }, 'g'), file('a')]), /has the key `path`/],
  ['a pax record with a wrong length', tarOf([{ name: 'p', type: 'x', content: '99 path=x\n' }, file('a')]), /not well formed/],
  ['a pax record with a key twice', tarOf([{ name: 'p', type: 'x', content: '10 path=x\n10 path=y\n' }, file('a')]), /not well formed/],
  ['a pax record that is too large', tarOf([{ name: 'p', type: 'x', size: 2 ** 24 }]), /too large/],
  ['a name twice', tarOf([file('a'), file('./a')]), /in it twice/],
  ['a folder where a file is', tarOf([file('a'), { name: 'a/', type: '5' }]), /in it twice/],
  ['a link in the place of a folder that others are in', tarOf([file('a/b'), { name: 'a', type: '2', link: '/etc' }]), /in it twice/],
  ['a link in the place of its root', tarOf([{ name: './', type: '2', link: '/etc' }]), /place of its root/],
  ['a whiteout of the folder above', tarOf([{ name: 'a/.wh...' }]), /no whiteout/],
  ['a whiteout of nothing', tarOf([{ name: '.wh.' }]), /no whiteout/],
  ['a whiteout that is a link', tarOf([{ name: '.wh.a', type: '2', link: 'b' }]), /no whiteout/],
  ['something below a whiteout', tarOf([file('.wh.a/b')]), /below a whiteout/],
  ['marks of a storage driver', tarOf([{ name: '.wh..wh.plnk' }]), /no whiteout/],
  ['a folder with content', tarOf([{ name: 'd/', type: '5', content: 'x' }]), /has content/],
  ['a wrong checksum', tarOf([{ name: 'a', after: (header) => void (header[0] = 0x62) }]), /checksum/],
  ['a size that is no number', tarOf([{ name: 'a', edit: (header) => void header.write('9x', 124) }]), /no size/],
  ['a size below zero', tarOf([{ name: 'a', edit: (header) => void header.fill(0xff, 124, 136) }]), /no size/],
  ['a size beyond all files', tarOf([{ name: 'a', edit: (header) => void header.fill(0x7f, 125, 136).writeUInt8(0x80, 124) }]), /no size/],
  ['a header of no form', tarOf([{ name: 'a', edit: (header) => void header.write('evil!', 257) }]), /unknown form/],
  ['a file longer than the archive', Buffer.concat([tarPart({ name: 'a', content: 'x', size: 5_000 }), tarEnd]), /middle of an entry/],
  ['half a header', Buffer.concat([tarPart(file('a')), Buffer.alloc(100, 0x61)]), /middle of an entry/],
  ['no end', tarPart(file('a')), /no end mark/],
  ['something after its end', Buffer.concat([tarOf([file('a')]), tarPart(file('b'))]), /follows its end/],
  ['a name that is too deep', tarOf([paxPart({ path: 'd/'.repeat(200) + 'x' }), file('a')]), /too deep/],
  ['a name that is too long', tarOf([paxPart({ path: 'x'.repeat(5_000) }), file('a')]), /too long/],
  ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /middle of an entry/],
];

describe('a layer with', () => {
  it.each(hostile)('%s is refused (T22, Q15, GDO3012)', (_, bytes, reason) => {
    expect(read(bytes)).toMatch(reason);
  });
});

it.each([
  ['a link', tarOf([{ name: 'layer.tar', type: '2', link: '../other/layer.tar' }])],
  ['a hard link', tarOf([file('a'), { name: 'b', type: '1', link: 'a' }])],
])('An archive of images holds files and folders only: %s in it is refused (T22)', (_, bytes) => {
  expect(read(bytes, 'archive')).toMatch(/is a link/);
});
