// The twelve texts that show the language are run whole: nothing in them is left out by the engine, and each plays scenarios about what it is there for.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileBylaws, runScenarios } from '../../compiler/index.ts';
import { unsupported } from '../../engine/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';

const samples: readonly string[] = ['assembly', 'council', 'democracy', 'doors', 'makerspace', 'monarchy', 'resolution', 'rfc', 'steering', 'treasury'];

const scenarios = (sample: string): string => readFileSync(fileURLToPath(new URL(`samples/${sample}.gdo`, import.meta.url)), 'utf8');

describe.each(samples)('%s', (sample) => {
  itShared(`design/language-samples/${sample}.gdo`, 'is run by the engine without exception', (path) => {
    const { charter } = compileBylaws([parseBylaws({ path: `${sample}.gdo`, text: readFileSync(path, 'utf8') }).file]);
    if (charter === undefined) throw new Error('it does not compile');
    expect(unsupported(charter)).toEqual([]);
  });

  itShared(`design/language-samples/${sample}.gdo`, 'plays its scenarios', (path) => {
    const files = [
      { path: `${sample}.gdo`, text: readFileSync(path, 'utf8') },
      { path: 'scenarios.gdo', text: scenarios(sample) },
    ].map((file) => parseBylaws(file).file);
    const compiled = compileBylaws(files);
    if (compiled.charter === undefined) throw new Error('it does not compile');
    expect(compiled.diagnostics.filter((one) => one.severity === 'error' && one.code !== 'GDO331').map((one) => one.message)).toEqual([]);
    const results = runScenarios(files, compiled.charter);
    expect(results.length).toBeGreaterThan(0);
    expect(results.flatMap((result) => (result.failure === undefined ? [] : [`${result.title}: ${result.failure.message}`]))).toEqual([]);
  });

  it('has scenarios in their canonical form', () => {
    const parsed = parseBylaws({ path: 'scenarios.gdo', text: scenarios(sample) });
    expect(parsed.diagnostics.map((one) => one.message)).toEqual([]);
    expect(printBylaws(parsed.file)).toBe(scenarios(sample));
  });
});
