// Twelve real charters as bylaws: each parses, compiles, is formatted, covers its case, and plays the scenarios it played when it was written.
// What a charter cannot say yet stands in examples/charters/README.md; the rules themselves are tested elsewhere.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, runScenarios } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';

interface CharterExample {
  readonly name: string;
  /** The folder of the two files, from the project's root. */
  readonly folder: string;
  /** Numbers of the scenarios that went as expected when the charter was written. More may by now. */
  readonly played: string;
}

const charters: readonly CharterExample[] = [
  { name: 'apache-voting', folder: 'examples/charters/apache-voting', played: '1 2 3 4 5a 5b 6 7 8 9 10a 10b 11a 11b 12' },
  {
    name: 'arch-linux-tu-bylaws',
    folder: 'examples/charters/arch-linux-tu-bylaws',
    played: '1 2a 2b 3 4 5 6a 6b 7a 7b 8a 8b 9a 9b 9c 10 11 13a 13b 13c 14 12a 12b',
  },
  {
    name: 'compound-governor-bravo',
    folder: 'examples/charters/compound-governor-bravo',
    played: '3 8a 7 8b 8c 12 1a 1b 2 3a 3b 3c 4 5 6 11a 11b 13a 13b 13c',
  },
  {
    name: 'debian-constitution',
    folder: 'examples/charters/debian-constitution',
    played: '1a 1b 2a 2b 2c 7a 7b 12a 12b 12c 14a 14b 14c 14d 15a 15b 1c 3a 3b 4a 4b 5a 5b 6 8 9 10 11a 11b 13a 13b 13c',
  },
  { name: 'ietf-process', folder: 'examples/charters/ietf-process', played: '1a 1b 2 3 4 5 6a 6b 7 8a 8b 10 9 11a 11b 12a 12b 13' },
  { name: 'kubernetes-steering', folder: 'examples/charters/kubernetes-steering', played: '1a 1b 1c 2a 2b 2c 2d 2e 4 5 8a 8b 9 11 3a 3b 4b 4c 6 10 12' },
  { name: 'noisebridge', folder: 'examples/noisebridge/bylaws', played: '1a 1b 2 3 3b 4 5a 5b 6a 6b 6c 7 8 9a 9b 10a 10b 11 12a 12b 13' },
  { name: 'python-pep13', folder: 'examples/charters/python-pep13', played: '1a 1b 1c 2 3a 3b 3c 4 7a 7b 8a 8b 8c 9a 10a 10b 11a 11b 12 5a 5b 6 13 9b' },
  {
    name: 'rust-rfc-council',
    folder: 'examples/charters/rust-rfc-council',
    played: '1a 1b 2a 2b 3 4 5a 5b 6a 6b 6c 7a 7b 8a 8b 9a 9b 10 11a 11b 11c 12a 12b 13a 13b 13c',
  },
  { name: 'scala-sip', folder: 'examples/charters/scala-sip', played: '1a 1b 2 2b 3 4a 4b 5a 5b 6 7 8 9 10 11 12' },
  { name: 'scikit-learn', folder: 'examples/charters/scikit-learn', played: '1a 1b 2a 2b 3 4 5 6 7a 7b 8 9a 9b 10 11a 11b' },
  { name: 'tc39-process', folder: 'examples/charters/tc39-process', played: '1 2 3b 5 6 7 8 9 11 3a 4 10 12a 12b' },
];

const root = fileURLToPath(new URL('../../', import.meta.url));

function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

function filesOf(charter: CharterExample): readonly { readonly path: string; readonly text: string }[] {
  return ['README.gdo.md', 'tests.gdo'].map((file) => ({ path: file, text: read(`${charter.folder}/${file}`) }));
}

function compiledOf(charter: CharterExample): ReturnType<typeof compileBylaws> {
  return compileBylaws(filesOf(charter).map((file) => parseBylaws(file).file));
}

/** The number a scenario's title begins with, such as `2a`; empty where it has none. */
function numberOf(title: string): string {
  return /^[0-9]+[a-z]?(?= )/.exec(title)?.[0] ?? '';
}

describe.each(charters)('$name', (charter) => {
  it('parses without a finding', () => {
    expect(filesOf(charter).flatMap((file) => parseBylaws(file).diagnostics.map((found) => `${found.code} ${found.message}`))).toEqual([]);
  });

  it('compiles, and has no error but what the engine does not run yet', () => {
    const compiled = compiledOf(charter);
    const found = [...compiled.diagnostics, ...checkBylaws(compiled)].filter((one) => one.severity === 'error' || /^GDO[01]/.test(one.code));
    expect(compiled.charter).toBeDefined();
    expect(found.filter((one) => one.code !== 'GDO035').map((one) => `${one.code} ${one.message}`)).toEqual([]);
  });

  it('is formatted', () => {
    for (const file of filesOf(charter)) expect(printBylaws(parseBylaws(file).file)).toBe(file.text);
  });

  it('plays the scenarios it played', () => {
    const compiled = compiledOf(charter);
    if (compiled.charter === undefined) throw new Error('it does not compile');
    const results = runScenarios(
      filesOf(charter).map((file) => parseBylaws(file).file),
      compiled.charter,
    );
    const failures = charter.played.split(' ').flatMap((number) => {
      const result = results.find((one) => numberOf(one.title) === number);
      if (number === '' || result?.passed === true) return [];
      return [`${number}: ${result?.failure?.message ?? 'there is no such scenario'}`];
    });
    expect(failures).toEqual([]);
  });

  it('numbers its scenarios once', () => {
    const numbers = compiledOf(charter)
      .scenarios.map((scenario) => numberOf(scenario.title))
      .filter((number) => number !== '');
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('the twelve charters', () => {
  const own = charters.filter((charter) => charter.name !== 'noisebridge');

  for (const charter of own) {
    itShared(`cases/charters/${charter.name}.md`, `every scenario of ${charter.name} is expressed, or says what it waits for`, (path) => {
      const scenarios = readFileSync(path, 'utf8').split('\n## Scenarios')[1] ?? '';
      const numbers = [...scenarios.matchAll(/^([0-9]+)\. /gm)].map((found) => found[1] ?? '');
      const text = read(`${charter.folder}/tests.gdo`);
      const missing = numbers.filter((number) => !new RegExp(`^(scenario "${number}[a-z]? |-- scenario ${number}\\b)`, 'm').test(text));
      expect(numbers.length).toBeGreaterThan(0);
      expect(missing).toEqual([]);
    });
  }

  it('are counted as the table says', () => {
    const table = read('examples/charters/README.md');
    for (const charter of charters) {
      const count = compiledOf(charter).scenarios.length;
      const row = new RegExp(`^\\| \\[${charter.name}\\]\\([^)]+\\) \\| ${count} \\|`, 'm');
      expect(row.test(table), `${charter.name} has ${count} scenarios`).toBe(true);
    }
  });

  itShared('cases/charters/SOURCES.md', 'hold 153 collected scenarios but for those that the table of exceptions names', (path) => {
    const numbered = charters.flatMap(({ name, folder }) => {
      const cases = readFileSync(path.replace('SOURCES', name), 'utf8').split('\n## Scenarios')[1] ?? '';
      const waiting = [...read(`${folder}/tests.gdo`).matchAll(/^-- scenario (\d+)\b/gm)].map((found) => `${name} ${found[1] ?? ''}`);
      return [...cases.matchAll(/^(\d+)\. /gm)].map((found) => ({ number: `${name} ${found[1] ?? ''}`, waiting }));
    });
    const excepted = [...read('examples/charters/README.md').matchAll(/^\| ([a-z0-9-]+) \| (\d+) \| [^|\d]/gm)].map(
      (found) => `${found[1] ?? ''} ${found[2] ?? ''}`,
    );
    expect(numbered).toHaveLength(153);
    // A number of which a part waits is not held, and every other number is played whole (the tests above).
    expect(numbered.flatMap(({ number, waiting }) => (waiting.includes(number) ? [number] : []))).toEqual(excepted);
    expect(read('examples/charters/README.md')).toContain(`Of the 153 numbered scenarios ${153 - excepted.length} hold whole`);
  });
});
