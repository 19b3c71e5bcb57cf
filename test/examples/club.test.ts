// examples/club: a charter with a second call, appeals and auditors is without a finding, in its canonical form, and plays its scenarios (S66, S101, S113).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, facts, runScenarios } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';

const files = ['README.gdo.md', 'tests.gdo'].map((name) => {
  const path = `examples/club/${name}`;
  return parseBylaws({ path, text: readFileSync(path, 'utf8') });
});
const compiled = compileBylaws(files.map(({ file }) => file));

describe('examples/club', () => {
  it('has no finding but notes, and one person cannot change it', () => {
    const all = [...files.flatMap(({ diagnostics }) => diagnostics), ...compiled.diagnostics, ...checkBylaws(compiled)];
    expect(all.filter(({ severity }) => severity !== 'info').map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(compiled.charter === undefined ? [] : facts(compiled.charter)[0]).toBe(
      'Who can change the bylaws?  at least 2 people together, in 56 days or more (`change`)',
    );
  });

  it('is in its canonical form', () => {
    for (const { file } of files) expect(printBylaws(file)).toBe(file.text);
  });

  it('plays its scenarios', () => {
    if (compiled.charter === undefined) throw new Error('it does not compile');
    const played = runScenarios(
      files.map(({ file }) => file),
      compiled.charter,
    );
    expect(played.map(({ title, passed }) => [title, passed]).filter(([, passed]) => passed !== true)).toEqual([]);
    expect(played).toHaveLength(6);
  });
});
