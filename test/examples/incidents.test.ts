// Accidents that happened to organizations: the rules as they were, with what the checker says and how it then goes, and the rules repaired.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, playScenario, runScenarios, witnessOf, witnessScenario } from '../../compiler/index.ts';
import type { Compiled } from '../../compiler/index.ts';
import { codeEntry, parseBylaws, printBylaws } from '../../language/index.ts';
import type { BylawsFile } from '../../language/index.ts';
import { playHistory } from '../measure/planted/histories.ts';

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

/** The accidents that the checker was made for, each with the charter that has it, the code that finds it, and what shows it: a history, or a table or bound. */
const accidents: readonly (readonly [accident: string, folder: string, code: string, shownBy: 'history' | 'proof'])[] = [
  ["Beanstalk's emergency commit", 'beanstalk-emergency', 'GDO313', 'history'],
  ['Compound 62', 'compound-repair', 'GDO505', 'history'],
  ['Compound 117', 'compound-repair', 'GDO505', 'history'],
  ['Debian A.6, strictly and not', 'debian-ratio', 'GDO306', 'proof'],
  ['the Kubernetes quorum by half', 'kubernetes-quorum', 'GDO408', 'history'],
  ['the no-show paradox of Cosmos', 'cosmos-no-show', 'GDO308', 'history'],
  ['a seat minimum without a vacancy rule', 'seat-minimum', 'GDO304', 'history'],
  ['an even council whose member approves their own removal', 'own-removal', 'GDO404', 'history'],
  ["Nomic's two steps", 'nomic-two-steps', 'GDO410', 'history'],
  ['Build Finance', 'build-finance', 'GDO407', 'history'],
  ['the inverted hours of a door', 'door-hours', 'GDO513', 'proof'],
];

describe('the eleven accidents', () => {
  it.each(accidents)('%s: charter, finding, what shows it, and the repair', (_accident, folder, code, shownBy) => {
    const before = read(folder, 'before');
    expect(told(before).some((line) => line.includes(code))).toBe(true);
    const played = playHistory([{ path: 'README.gdo.md', text: before.text }], code);
    expect(played).toEqual({ kind: shownBy === 'history' ? 'true' : 'none' });
    expect(told(read(folder, 'after'))).toEqual([]);
  });

  it('are all the charters there are', () => {
    expect([...new Set(accidents.map(([, folder]) => folder))].toSorted()).toEqual(names);
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
