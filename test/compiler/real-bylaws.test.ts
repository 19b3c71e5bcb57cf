// What the checker says of bylaws that people wrote: no error where none is, and every other sentence is reviewed in the golden file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { standardModule } from '../../node/cli/modules.ts';
import { templates } from '../../node/cli/templates/list.ts';

const root = new URL('../../', import.meta.url);
const golden = new URL('../golden/findings-of-real-bylaws.txt', import.meta.url);

type Texts = readonly (readonly [path: string, text: string])[];

function read(folder: string, names: readonly string[]): Texts {
  return names.map((name) => [`bylaws/${name}`, readFileSync(new URL(`${folder}/${name}`, root), 'utf8')] as const);
}

const usual = ['README.gdo.md', 'tests.gdo'];
const charters: readonly (readonly [string, Texts])[] = [
  ...templates.map((template) => {
    const answers = { name: 'Maple', zone: 'UTC', people: template.people };
    return [`template ${template.name}`, [['bylaws/README.gdo.md', template.bylaws(answers)]]] as const;
  }),
  ['bylaws of gdo', read('bylaws', usual)],
  ['noisebridge', read('examples/noisebridge/bylaws', usual)],
  ...readdirSync(new URL('examples/charters', root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => [entry.name, read(`examples/charters/${entry.name}`, usual)] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1)),
];

/** Everything that is found, but for what this version of the engine does not run yet. */
function found(texts: Texts): readonly Diagnostic[] {
  const parsed = texts.map(([path, text]) => parseBylaws({ path, text }));
  const compiled = compileBylaws(
    parsed.map(({ file }) => file),
    standardModule,
  );
  expect([...parsed.flatMap(({ diagnostics }) => diagnostics), ...compiled.diagnostics].filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...compiled.diagnostics, ...checkBylaws(compiled)].filter(({ code }) => code !== 'GDO035');
}

describe('bylaws that people wrote', () => {
  const results = charters.map(([name, texts]) => [name, found(texts)] as const);

  it.each(results)('%s have no error', (_name, findings) => {
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  it.each(results.filter(([name]) => name.startsWith('template')))('%s has no warning', (_name, findings) => {
    expect(findings.filter(({ severity }) => severity === 'warning').map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  it('are told what the golden page holds', () => {
    const pages = results.map(([name, findings]) => `# ${name}\n${findings.map(({ severity, code, message }) => `${severity} ${code} ${message}\n`).join('')}`);
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, pages.join('\n'));
    expect(pages.join('\n')).toBe(readFileSync(golden, 'utf8'));
  });
});
