// Layers in plain form: the same content is the same bytes, whoever packed it, and the strict reader takes what is written.
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readLayer, writeLayer } from '../../../node/chunks/plain-layer.ts';
import { TarReader } from '../../../node/chunks/tar-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-plain-layer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = `${'deep/'.repeat(30)}${'n'.repeat(90)}`;

/** A tree with what layers have, made at some time and packed by tar in some way. */
function packed(name: string, seconds: number, ...words: readonly string[]): Uint8Array {
  const root = join(folder, name);
  mkdirSync(join(root, long, '..'), { recursive: true });
  mkdirSync(join(root, 'empty'));
  writeFileSync(join(root, 'dapp'), 'exit 0\n');
  chmodSync(join(root, 'dapp'), 0o755);
  writeFileSync(join(root, 'ä b'), 'x'.repeat(700));
  writeFileSync(join(root, long), 'far down');
  linkSync(join(root, 'dapp'), join(root, 'again'));
  symlinkSync('dapp', join(root, 'link'));
  for (const path of ['dapp', 'ä b', long]) utimesSync(join(root, path), seconds, seconds);
  return execFileSync('tar', ['-C', root, ...words, '-cf', '-', '.'], { maxBuffer: 2 ** 24 });
}

it('are the same bytes for the same files, whenever, by whom and in whatever order they were packed', () => {
  const layers = [
    packed('one', 0, '--format=gnu', '--sort=name'),
    packed('two', 1_700_000_000, '--format=pax', '--owner=7', '--group=7'),
    packed('three', 5, '--format=gnu', '--hard-dereference', '--mode=a-w'),
  ].map((archive) => Buffer.from(writeLayer(readLayer(archive))));
  expect(layers[1]?.equals(layers[0] ?? Buffer.alloc(0))).toBe(true);
  expect(layers[2]?.equals(layers[0] ?? Buffer.alloc(0))).toBe(true);
  const [layer = Buffer.alloc(0)] = layers;
  // What tar makes of it, and what the strict reader does.
  const list = execFileSync('tar', ['--full-time', '-tvf', '-'], { input: layer, encoding: 'utf8', env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' } });
  expect(list).toMatch(/^-rwxr-xr-x 0\/0 +7 1970-01-01 00:00:00 again$/m);
  expect(list).toMatch(/^-rw-r--r-- 0\/0 +700 1970-01-01 00:00:00 ä b$/m);
  expect(list).toMatch(/^lrwxrwxrwx|^lrwxr-xr-x .* link -> dapp$/m);
  expect(list).toContain(` ${long}\n`);
  expect(list).toMatch(/^drwxr-xr-x 0\/0 .* empty\/$/m);
  const names: string[] = [];
  const reader = new TarReader('layer', ({ name }) => names.push(name));
  reader.take(layer);
  reader.end();
  expect(names).toEqual(names.toSorted());
  expect(Buffer.from(writeLayer(readLayer(layer))).equals(layer)).toBe(true);
});

it('differ where a byte, a mode or a name does', () => {
  const file = { name: 'dapp/fee', bytes: Buffer.from('exit 0\n'), isExecutable: false };
  const layer = (change: Partial<typeof file>): string => Buffer.from(writeLayer({ files: [{ ...file, ...change }], links: [], folders: [] })).toString('hex');
  expect(new Set([layer({}), layer({ isExecutable: true }), layer({ name: 'dapp/fees' }), layer({ bytes: Buffer.from('exit 1\n') })]).size).toBe(4);
});

it('are not read from an archive that breaks the rules (T22, GDO3012)', () => {
  const hostile = execFileSync('tar', ['-P', '-C', folder, '--transform=s,^,../,', '-cf', '-', 'one/dapp'], { maxBuffer: 2 ** 24 });
  expect(() => readLayer(hostile)).toThrow('goes up');
  expect(() => readLayer(hostile.subarray(0, 700))).toThrow(/goes up|ends in the middle/);
});
