// The bylaws of this repository and of the examples: checked, played and formatted by the commands that everybody uses.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeBench } from './virtual-world.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const examples = readdirSync(`${root}examples`).filter((name) => existsSync(`${root}examples/${name}/bylaws`));

describe.each(['.', ...examples.map((name) => `examples/${name}`)])('the bylaws in %s', (folder) => {
  const { runWith } = makeBench();
  const run = (...words: readonly string[]): ReturnType<typeof runWith> => runWith({ cwd: `${root}${folder}` }, ...words);

  it('have no error, and those of gdo itself no warning', async () => {
    expect(await run('check', ...(folder === '.' ? ['--fail-on', 'warning'] : []))).toMatchObject({ exit: 0 });
  });

  it('go as their scenarios say', async () => {
    expect(await run('test')).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^\d+ scenarios?, all as expected\n$/) });
  });

  it('are in canonical form', async () => {
    expect(await run('fmt', '--check')).toMatchObject({ exit: 0, stdout: '' });
  });
});
