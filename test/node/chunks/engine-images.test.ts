// Images between a real container engine and the repository: a machine that never had an image loads it from chunks that came with the ledger.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initRepository } from '../../../node/git/repository.ts';
import { makeBench, type Outcome } from '../cli/virtual-world.ts';
import { engineForTests, importBusyboxImage } from '../dapps/image.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const setting = await engineForTests();
const folder = temporaryFolder();
const { runWith } = makeBench();
afterAll(() => removeFolder(folder));

const docker = (...words: readonly string[]): string => execFileSync('docker', words, { encoding: 'utf8' }).trim();
const gdo = (path: string, ...words: readonly string[]): Promise<Outcome> =>
  runWith({ cwd: path, env: { PATH: process.env['PATH'], DOCKER_HOST: process.env['DOCKER_HOST'] } }, ...words);

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

  it('a name that the engine does not know is no image (GDO3001)', async () => {
    const path = join(folder, 'third');
    (await initRepository(path, 'clone')).close();
    const refused = await gdo(path, 'image', 'add', 'nobody/has:this');
    expect({ exit: refused.exit, stderr: refused.stderr }).toEqual({ exit: 3, stderr: expect.stringContaining('GDO3001') });
  });
});
