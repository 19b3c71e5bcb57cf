// Accidents that happened to organizations: the rules as they were, with what the checker says and how it then goes, and the rules repaired.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, playScenario, runScenarios, witnessOf, witnessScenario } from '../../compiler/index.ts';
import type { Compiled } from '../../compiler/index.ts';
import { codeEntry, parseBylaws, printBylaws } from '../../language/index.ts';
import type { BylawsFile } from '../../language/index.ts';

const folder = fileURLToPath(new URL('../../examples/incidents/', import.meta.url));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

interface Text {
  readonly text: string;
  readonly file: BylawsFile;
  readonly compiled: Compiled;
}

function read(name: string, when: 'before' | 'after'): Text {
  const text = readFileSync(`${folder}${name}/${when}/README.gdo.md`, 'utf8');
  const { file, diagnostics } = parseBylaws({ path: 'README.gdo.md', text });
  expect(diagnostics.map((one) => one.message)).toEqual([]);
  return { text, file, compiled: compileBylaws([file]) };
}

/** What people are told, without the notes: `error GDO408 disjoint-quorums: ...`. */
function told({ compiled }: Text): readonly string[] {
  const found = [...compiled.diagnostics, ...checkBylaws(compiled)].filter((one) => one.severity !== 'info');
  return found.map((one) => `${one.severity} ${one.code} ${codeEntry(one.code)?.name ?? ''}: ${one.message}`);
}

function failures({ compiled, file }: Text): readonly string[] {
  if (compiled.charter === undefined) throw new Error('it does not compile');
  const results = runScenarios([file], compiled.charter);
  expect(results.length).toBeGreaterThan(0);
  return results.flatMap((one) => (one.failure === undefined ? [] : [`${one.title}: ${one.failure.message}`]));
}

describe.each(names)('%s', (name) => {
  it('is found, in the words that the page shows', () => {
    const before = read(name, 'before');
    const shown = before.text.split('## What gdo check says\n\n```text\n')[1]?.split('\n```\n')[0];
    expect(told(before)).toEqual(shown?.split('\n'));
  });

  it('happens on the engine as the page tells, and the history behind a finding can be played', () => {
    const before = read(name, 'before');
    expect(failures(before)).toEqual([]);
    const { charter } = before.compiled;
    if (charter === undefined) throw new Error('it does not compile');
    for (const code of new Set(checkBylaws(before.compiled).map((one) => one.code))) {
      const witness = witnessOf(before.compiled, code);
      if (witness === undefined) continue;
      const { trace } = playScenario(witnessScenario(witness), charter);
      expect(trace[0]?.verdict, code).not.toBe('refused');
    }
  });

  it('is repaired: nothing is found any more, and it goes another way', () => {
    const after = read(name, 'after');
    expect(told(after)).toEqual([]);
    expect(failures(after)).toEqual([]);
  });

  it('is formatted', () => {
    for (const when of ['before', 'after'] as const) expect(printBylaws(read(name, when).file)).toBe(read(name, when).text);
  });
});

describe('the list of accidents', () => {
  it('names each, with the code that finds it', () => {
    const page = readFileSync(`${folder}README.md`, 'utf8');
    for (const name of names) {
      const row = new RegExp(`^\\| \\[[^\\]]+\\]\\(${name}/before/README\\.gdo\\.md\\) \\| (GDO\\d{3}) `, 'm').exec(page);
      expect([name, told(read(name, 'before')).some((line) => line.includes(row?.[1] ?? 'no row'))]).toEqual([name, true]);
    }
  });
});
