// R76: a program is built again from the source in the ledger, by whoever wants to know, and comes out as the image that its entry names, or not. Real git and keys; a
// container engine only where a builder has to run.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeLayer } from '../../../node/chunks/plain-layer.ts';
import { buildImage } from '../../../node/dapps/rebuild.ts';
import type { Built } from '../../../node/dapps/rebuild.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { people, shedBylaws } from '../cli/decide/bylaws.ts';
import { accept, emptyHouse, foundHouse, removeHouses } from '../cli/decide/house.ts';
import type { House } from '../cli/decide/house.ts';
import { engineForTests, importFolder } from './image.ts';

const found = await engineForTests();
const folder = mkdtempSync(join(tmpdir(), 'gdo-rebuild-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterAll(removeHouses);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An archive of an image with one file, as `docker save` writes it. @returns its path and its name */
function baseArchive(): { readonly path: string; readonly image: string } {
  const root = mkdtempSync(join(folder, 'base-'));
  const layer = writeLayer({ files: [{ name: 'bin/sh', bytes: Buffer.from('a shell'), isExecutable: true }], links: [], folders: ['tmp'] });
  const config = Buffer.from(
    JSON.stringify({ architecture: 'amd64', config: {}, os: 'linux', rootfs: { diff_ids: [`sha256:${sha256(layer)}`], type: 'layers' } }),
  );
  writeFileSync(join(root, 'layer.tar'), layer);
  writeFileSync(join(root, `${sha256(config)}.json`), config);
  writeFileSync(join(root, 'manifest.json'), JSON.stringify([{ Config: `${sha256(config)}.json`, Layers: ['layer.tar'], RepoTags: null }]));
  execFileSync('tar', ['-C', root, '-cf', join(folder, 'base.tar'), 'layer.tar', 'manifest.json', `${sha256(config)}.json`]);
  return { path: join(folder, 'base.tar'), image: `sha256:${sha256(config)}` };
}

const program = 'exit 0\n';
const manifest = `${JSON.stringify({ command: ['/bin/sh', '/dapp/fee.sh'], name: 'fee', output: 'exit', v: 1 })}\n`;

/** Writes a program with its entry as somebody does who begins. @returns the image and the entry */
async function written(house: House, base: { readonly path: string; readonly image: string }): Promise<{ readonly image: string; readonly entry: string }> {
  house.git('ana', '.', 'init', '-q', 'draft');
  house.write('draft', 'dapps/fee/fee.sh', program);
  accept(await house.gdo('ana', 'draft', 'image', 'add', base.path));
  const entry = (...words: readonly string[]): Promise<{ readonly exit: number }> => house.gdo('ana', 'draft', 'dapp', 'entry', 'fee', ...words);
  // A source without a licence is no entry.
  expect(await entry()).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO3013') });
  expect(await entry('--licence', 'Apache-2.0', '--image', `sha256:${'0'.repeat(64)}`, '--base', base.image)).toMatchObject({ exit: 0 });
  const first = await house.gdo('ana', 'draft', 'dapp', 'rebuild', 'fee', '--here');
  expect(first).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO3015') });
  const image = /built {2}(sha256:[0-9a-f]{64})/.exec(first.stdout)?.[1] ?? '';
  expect(await entry('--image', image)).toMatchObject({ exit: 0, stdout: expect.stringContaining('1 file of its source') });
  expect(await house.gdo('ana', 'draft', 'dapp', 'rebuild', 'fee', '--here', '--keep')).toMatchObject({ exit: 0, stdout: expect.stringContaining(image) });
  // What is kept is an image like any other.
  expect(await house.gdo('ana', 'draft', 'image', 'verify', image)).toMatchObject({ exit: 0 });
  house.write('draft', 'dapps/fee/fee.sh', 'exit 1\n');
  expect(await house.gdo('ana', 'draft', 'dapp', 'rebuild', 'fee', '--here')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO3014') });
  return { image, entry: execFileSync('cat', [house.place('draft', 'dapps/fee.entry.json')], { encoding: 'utf8' }) };
}

it(
  'R76: whoever builds a program to the image of its entry signs so, and it is shown as reproducible; a closed one is shown as closed (R60)',
  { timeout: 300_000 },
  async () => {
    const base = baseArchive();
    const { image, entry } = await written(emptyHouse(), base);
    const more = `\ndapp fee image "${image}"\n  checks attic\nend\n\ndapp lock image "sha256:${'d'.repeat(64)}"\n  checks attic\nend\n\ncollaborator robot "The lock"\n  kept by any member\n  reports "open"\nend\n`;
    const files = { 'dapps/fee.json': manifest, 'dapps/fee.entry.json': entry, 'dapps/fee/fee.sh': program };
    const house = await foundHouse({ people, bylaws: shedBylaws(more), files });
    expect(await house.gdo('cy', 'cy', 'dapp', 'list')).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(
        /^fee +dapp +◧ source +Apache-2\.0 +sha256:[0-9a-f]{12}\nlock +dapp +□ closed +- +sha256:d{12}\nrobot +collaborator +□ closed +-/,
      ),
    });
    // What is missing here is said.
    expect(await house.gdo('cy', 'cy', 'dapp', 'rebuild', 'fee', '--sign')).toMatchObject({
      exit: 3,
      stdout: expect.stringMatching(/GDO3011 .*gdo image add ARCHIVE/),
    });
    expect(await house.gdo('cy', 'cy', 'dapp', 'rebuild', 'lock')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO3013') });
    accept(await house.gdo('cy', 'cy', 'image', 'add', base.path));
    const signed = await house.gdo('cy', 'cy', 'dapp', 'rebuild', 'fee', '--sign');
    expect(signed).toMatchObject({ exit: 0, stdout: expect.stringMatching(/✓ fee comes out as the image[^]*✓ You signed 1 rebuild/) });
    // The same is not signed twice.
    expect(await house.gdo('cy', 'cy', 'dapp', 'rebuild', 'fee', '--sign')).toMatchObject({ exit: 0, stdout: expect.stringContaining('nothing new to sign') });
    house.wait(1);
    accept(await house.gdo('ana', 'hub.git', 'sync'));
    expect(await house.gdo('ana', 'hub.git', 'dapp', 'list')).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^fee +dapp +■ reproducible .*seen by cy\n/),
    });
    expect(await house.gdo('ana', 'hub.git', 'dapp', 'show', 'fee')).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/cy built it again on [^\n]*: the same image\n[^]*It decides nothing/),
    });
    expect(JSON.parse((await house.gdo('ana', 'hub.git', 'dapp', 'show', 'fee', '--json')).stdout)).toMatchObject({
      badge: 'reproducible',
      licence: 'Apache-2.0',
      image,
      same: [{ member: 'cy', image }],
      secondLooks: [],
    });
    expect(await house.gdo('ana', 'hub.git', 'dapp', 'show', 'feee')).toMatchObject({ exit: 2, stderr: expect.stringContaining('fee, lock, robot') });
  },
);

describe.skipIf('missing' in found)(`a builder${'missing' in found ? ` (skipped: ${found.missing})` : ''}`, () => {
  it('runs as a dapp runs, without network and twice; what differs, fails or is no layer builds nothing', { timeout: 300_000 }, async () => {
    const root = mkdtempSync(join(folder, 'builder-'));
    for (const name of ['bin', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(root, name));
    cpSync('/bin/busybox', join(root, 'bin/busybox'));
    for (const name of ['sh', 'cat', 'mkdir', 'tail', 'tar', 'chmod', 'hostname', 'id', 'touch']) symlinkSync('busybox', join(root, 'bin', name));
    const builder = importFolder(root);
    execFileSync('git', ['init', '-q', '--bare', join(folder, 'place.git')]);
    const repository = openRepository(join(folder, 'place.git'));
    const files = [{ path: 'dapps/fee/fee.sh', entry: `100644:${sha256(Buffer.from(program))}`, bytes: Buffer.from(program) }];
    const build = (script: string): Promise<Built> =>
      buildImage(
        {
          repository,
          images: [],
          engine: () => Promise.resolve('missing' in found ? { kind: 'absent', reason: found.missing } : { kind: 'ok', engine: found.engine }),
        },
        { name: 'fee', recipe: { builder, command: ['/bin/sh', '-c', script], into: '' }, files },
      );
    const make = 'cat >/tmp/in; mkdir -p /tmp/out/dapp; tail -n 1 /tmp/in >/tmp/out/dapp/fee.sh; chmod 755 /tmp/out/dapp/fee.sh';
    try {
      const [first, second] = [
        await build(`${make}; tar -C /tmp/out -cf - .`),
        await build(`${make}; touch -d 2001-01-01 /tmp/out/dapp; tar -C /tmp/out -cf - dapp`),
      ];
      // Neither the hour nor the way of packing is in it, only what the source says.
      expect(first).toMatchObject({ kind: 'ok', image: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
      expect(second).toMatchObject({ image: first.kind === 'ok' ? first.image : '' });
      expect(await build(`${make}; hostname >/tmp/out/host; tar -C /tmp/out -cf - .`)).toMatchObject({ kind: 'none', code: 'GDO3007' });
      // It is nobody, and has no network beside its own; what it wrote is told.
      const failed = await build('id -u >&2; cat /proc/net/dev >&2; exit 3');
      expect(failed).toMatchObject({ kind: 'none', code: 'GDO3006', stderr: expect.stringMatching(/^65534\n[^]* lo:/) });
      expect(failed).toMatchObject({ stderr: expect.not.stringContaining('eth') });
      expect(await build('echo no archive')).toMatchObject({ kind: 'none', code: 'GDO3012' });
    } finally {
      repository.close();
    }
  });
});
