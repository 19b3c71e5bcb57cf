// Where commands write: a file that is there whole or not at all, and never in the place of a device, a pipe or a door of the system.
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceFile } from '../../../node/cli/bylaws-files.ts';
import { outFile } from '../../../node/cli/out-file.ts';
import { chance } from '../chunks/bytes-source.ts';
import { contentClones, type ContentClone } from '../chunks/content-clones.ts';

const clones = contentClones();
afterAll(clones.remove);
let clone: ContentClone;
beforeAll(async () => {
  clone = await clones.begin();
  mkdirSync(join(clone.path, 'folder'));
  writeFileSync(join(clone.path, 'plain'), 'before\n');
  execFileSync('mkfifo', [join(clone.path, 'pipe')]);
  symlinkSync('/proc/self/fd/1', join(clone.path, 'stdout'));
  symlinkSync('pipe', join(clone.path, 'link'));
});

describe('a path behind --out', () => {
  it.each(['plain', 'new', 'folder/new'])('may be a file, there or not: %s', (out) => {
    expect(outFile(clone.path, out)).toBe(join(clone.path, out));
  });

  it.each([
    ['absent/new', 'GDO5022', 'There is no folder'],
    ['folder', 'GDO5002', 'is a folder'],
    ['pipe', 'GDO5022', 'a device or a pipe'],
    ['link', 'GDO5022', 'a device or a pipe'],
    ['stdout', 'GDO5022', 'a device or a pipe'],
    ['/dev/null', 'GDO5022', 'a device or a pipe'],
  ])('is refused where no file can be written: %s (%s)', (out, code, words) => {
    expect(() => outFile(clone.path, out)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
  });

  it('that is a pipe is left as it is by every command, and nothing is left beside it', async () => {
    const sha256 = await clone.put(chance(41, 10_000));
    const before = readdirSync(clone.path).toSorted();
    for (const words of [
      ['store', 'get', sha256, '--out', 'pipe'],
      ['image', 'load', sha256, '--out', 'pipe'],
      ['bundle', '--out', 'pipe'],
    ])
      expect((await clone.gdo(...words)).exit).toBeGreaterThan(1);
    await expect(replaceFile(join(clone.path, 'pipe'), 'text')).rejects.toMatchObject({ code: 'GDO5022' });
    expect(lstatSync(join(clone.path, 'pipe')).isFIFO()).toBe(true);
    expect(readdirSync(clone.path).toSorted()).toEqual(before);
  });
});

it('What is no bundle is told as such, and not taken for a repository that does not answer (GDO5022)', async () => {
  for (const word of ['plain', 'folder'])
    expect(await clone.gdo('bundle', word)).toMatchObject({ exit: 3, stderr: expect.stringMatching(/GDO5022[^]* is no bundle[^]*gdo bundle --out FILE/) });
});
