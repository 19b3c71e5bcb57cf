// Images between a real container engine and the repository: a machine that never had an image loads it from chunks that came with the ledger.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chunkedImages } from '../../../node/chunks/stored-image.ts';
import { runCheck } from '../../../node/dapps/check.ts';
import { readyImage } from '../../../node/dapps/images.ts';
import { checkInput, type CheckRequest } from '../../../node/dapps/input.ts';
import type { DappManifest } from '../../../node/dapps/manifest.ts';
import { initRepository, openRepository } from '../../../node/git/repository.ts';
import { makeBench, type Outcome } from '../cli/virtual-world.ts';
import { engineForTests, importBusyboxImage } from '../dapps/image.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { dropObject } from './loose-objects.ts';

const setting = await engineForTests();
const folder = temporaryFolder();
const { runWith } = makeBench();
afterAll(() => removeFolder(folder));

const docker = (...words: readonly string[]): string => execFileSync('docker', words, { encoding: 'utf8' }).trim();
const gdo = (path: string, ...words: readonly string[]): Promise<Outcome> =>
  runWith({ cwd: path, env: { PATH: process.env['PATH'], DOCKER_HOST: process.env['DOCKER_HOST'] } }, ...words);

/** Git's ids of the chunks of a content. */
const chunksIn = (path: string, ref: string): readonly string[] =>
  git(path, 'ls-tree', '-r', ref)
    .split('\n')
    .flatMap((line) => /blob ([0-9a-f]{40})\tc\//.exec(line)?.[1] ?? []);

const request: CheckRequest = {
  org: '1'.repeat(64),
  case: '3'.repeat(64),
  candidate: '4'.repeat(64),
  timeMs: 1_795_248_000_000,
  seed: '5'.repeat(64),
  change: [],
  state: [],
  files: [],
};
const manifest: DappManifest = {
  name: 'sums',
  role: 'check',
  command: ['/bin/sh', '-c', 'cat >/tmp/in && echo \'{"reasons":["read"],"v":1,"verdict":"accept"}\''],
  output: 'verdict',
  reads: undefined,
  timeoutMs: 20_000,
  memoryBytes: 33_554_432,
  outputBytesMax: 65_536,
  determinism: 'deterministic',
  images: [],
};

describe.skipIf('missing' in setting)('With a container engine', () => {
  it('an image goes into the ledger, over a plain clone, and into an engine that has lost it, with the same digest, and runs (R43)', async () => {
    const path = join(folder, 'first');
    (await initRepository(path, 'clone')).close();
    // A setting of its own, so that no other test has or removes the same image.
    const image = importBusyboxImage(['LABEL made-for=images']);
    expect(await gdo(path, 'image', 'add', image)).toMatchObject({ exit: 0, stdout: expect.stringContaining(`✓ Added ${image}\n`) });
    docker('rmi', image);
    const clone = join(folder, 'second');
    git(folder, 'clone', '-q', '--mirror', path, clone);
    try {
      expect(await gdo(clone, 'image', 'load', image)).toMatchObject({ exit: 0, stdout: expect.stringMatching(`^✓ Loaded ${image}, linux/`) });
      expect(docker('run', '--rm', '--network', 'none', image, '/bin/sh', '-c', 'echo it runs')).toBe('it runs');
      expect(await gdo(clone, 'image', 'load', image)).toMatchObject({ exit: 0, stdout: `✓ The engine has ${image} already.\n` });
    } finally {
      docker('rmi', image);
    }
  });

  it('a node without any image runs the checks from its chunks to the same answer, and with one chunk less it cannot decide (GDO3011)', async () => {
    if ('missing' in setting) return;
    const { engine } = setting;
    const path = join(folder, 'node');
    const repository = await initRepository(path, 'clone');
    const image = importBusyboxImage(['LABEL made-for=checks']);
    const answer = (): ReturnType<typeof runCheck> => runCheck(engine, image, manifest, checkInput(request));
    const before = await answer();
    expect(before.kind).toBe('accept');
    await gdo(path, 'image', 'add', image);
    docker('rmi', image);
    expect(await readyImage(engine, image, [])).toMatchObject({ kind: 'none', code: 'GDO3001' });
    expect(await readyImage(engine, image, [chunkedImages(repository)])).toEqual({ kind: 'ready' });
    expect(await answer()).toEqual(before);
    docker('rmi', image);
    const layer =
      git(path, 'for-each-ref', '--format=%(refname)', 'refs/gdo/blob')
        .split('\n')
        .find((ref) => chunksIn(path, ref).length > 10) ?? '';
    dropObject(path, chunksIn(path, layer)[3] ?? '');
    // The reader that was open still has the old pack.
    repository.close();
    const lacking = openRepository(path);
    expect(await readyImage(engine, image, [chunkedImages(lacking)])).toEqual({
      kind: 'none',
      code: 'GDO3011',
      reason: expect.stringMatching(/: 1 of \d+ chunks missing$/),
    });
    lacking.close();
  });

  it('a name that the engine does not know is no image (GDO3001)', async () => {
    const path = join(folder, 'third');
    (await initRepository(path, 'clone')).close();
    const refused = await gdo(path, 'image', 'add', 'nobody/has:this');
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('GDO3001') });
  });
});
