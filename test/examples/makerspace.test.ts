// The rules of examples/makerspace: nothing to fix, scenarios that play, and the picture on the first page as `gdo graph` draws it.
import { fileURLToPath } from 'node:url';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, runScenarios } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { makeBench } from '../node/cli/virtual-world.ts';
import { examples, readExample } from './application.ts';

const files = ['bylaws/README.gdo.md', 'bylaws/tests.gdo'].map((path) => parseBylaws({ path, text: readExample(`makerspace/${path}`) }).file);
const compiled = compileBylaws(files);

describe('the bylaws of examples/makerspace', () => {
  it('have nothing to fix, are formatted, and play their scenarios', () => {
    const found = [...compiled.diagnostics, ...checkBylaws(compiled)].filter((one) => one.severity !== 'info');
    expect(found.map((one) => `${one.code} ${one.message}`)).toEqual([]);
    for (const file of files) expect(printBylaws(file)).toBe(readExample(`makerspace/${file.path}`));
    if (compiled.charter === undefined) throw new Error('they do not compile');
    const results = runScenarios(files, compiled.charter);
    expect(results).toHaveLength(5);
    expect(results.flatMap((one) => (one.failure === undefined ? [] : [`${one.title}: ${one.failure.message}`]))).toEqual([]);
  });

  it('are drawn on the first page as gdo graph draws them', async () => {
    const { exit, stdout: drawn } = await makeBench().runWith({ cwd: `${examples}makerspace` }, 'graph', 'joining', '--format', 'svg');
    const picture = fileURLToPath(new URL('../../docs/pictures/joining.svg', import.meta.url));
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(picture, drawn);
    expect({ exit, drawn }).toEqual({ exit: 0, drawn: readFileSync(picture, 'utf8') });
  });
});
