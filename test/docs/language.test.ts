// Runs every example of docs/language.md: `gdo` fences compile without errors, parts of a text are put into a frame, `gdo wrong CODE` gives that code.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, runScenarios } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';

const text = readFileSync(fileURLToPath(new URL('../../docs/language.md', import.meta.url)), 'utf8');

interface Example {
  readonly info: string;
  readonly body: string;
  readonly line: number;
}

const examples: readonly Example[] = [...text.matchAll(/^```(gdo\b[^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  info: match[1] ?? '',
  body: match[2] ?? '',
  line: text.slice(0, match.index).split('\n').length,
}));

const whole = examples.find((example) => example.info === 'gdo')?.body ?? '';

const member = 'role member plural members\n held by anyone\n gained through joining\n lost through resignation\nend\n';
const joining =
  'process joining\n started by any person\n step s\n when 1 member endorses go to joined\n after 30 days go to refused\n end\n outcome joined\n grant member to the candidate\n end\nend\n';
const election =
  'process election\n started by any member\n step s\n when 2 members endorse go to seated\n after 30 days go to refused\n end\n outcome seated\n grant director to the candidate\n end\nend\n';
const indented = (body: string): string => body.replaceAll(/^/gm, '  ');

/** What stands around a part of a text, so that it compiles. */
const frames: ReadonlyMap<string, (body: string) => string> = new Map([
  ['gdo', (body) => body],
  ['gdo role', (body) => `gdo 1\n${body}${joining}${election}`],
  ['gdo process', (body) => `gdo 1\n${member}${body}`],
  ['gdo vote', (body) => `gdo 1\n${member}${joining}process p\n started by any member\n about members\n${indented(body)}\nend\n`],
  ['gdo area', (body) => `gdo 1\n${body}`],
  ['gdo scenario', (body) => `${whole}\n${body}`],
  ['gdo belief', (body) => `${whole}\n${body}`],
]);

function findings(source: string): { readonly all: readonly Diagnostic[]; readonly failures: readonly string[] } {
  const { file, diagnostics } = parseBylaws({ path: 'bylaws/example.gdo', text: source });
  if (diagnostics.some((found) => found.severity === 'error')) return { all: diagnostics, failures: [] };
  const compiled = compileBylaws([file]);
  const structural = compiled.charter === undefined ? [] : checkBylaws(compiled);
  const failures =
    compiled.charter === undefined
      ? []
      : runScenarios([file], compiled.charter).flatMap((result) => (result.failure === undefined ? [] : [`${result.title}: ${result.failure.message}`]));
  return { all: [...diagnostics, ...compiled.diagnostics, ...structural], failures };
}

/** The line of a scenario in which nothing happens. */
const pause = 'after 14 days';

describe('docs/language.md', () => {
  it('has examples of each kind', () => {
    expect([...new Set(examples.map((example) => example.info.replace(/ GDO\d+$/, '')))].sort()).toEqual([...frames.keys(), 'gdo wrong'].sort());
  });

  it.each(examples.filter((example) => !example.info.startsWith('gdo wrong')).map((example) => [`line ${example.line}: ${example.info}`, example] as const))(
    'the example at %s compiles without errors and its scenarios hold',
    (_name, example) => {
      const source = frames.get(example.info)?.(example.body) ?? '';
      const { all, failures } = findings(source);
      // An area alone, or a part in a frame, has no way to amend the bylaws, and need not have.
      const known = example.info === 'gdo' ? [] : ['GDO218', 'GDO202', 'GDO217'];
      expect(all.filter((found) => found.severity === 'error' && !known.includes(found.code)).map((found) => `${found.code} ${found.message}`)).toEqual([]);
      expect(failures).toEqual([]);
    },
  );

  it.each(examples.filter((example) => example.info.startsWith('gdo wrong')).map((example) => [`line ${example.line}: ${example.info}`, example] as const))(
    'the example at %s is found',
    (_name, example) => {
      expect(findings(example.body).all.map((found) => found.code)).toContain(example.info.split(' ')[2]);
    },
  );

  it('shows only lines of scenarios that parse', () => {
    const rows = [...text.matchAll(/^\| `((?:on|given|expect) [^`]*)` \|/gm)].map((match) => match[1] ?? '');
    expect(rows.length).toBeGreaterThan(12);
    for (const row of [...rows, pause]) {
      const source = `gdo 1\nscenario "s"\n${row}\nend\n`;
      expect(parseBylaws({ path: 'a.gdo', text: source }).diagnostics, row).toEqual([]);
    }
  });

  it('shows only lines in its tables that parse where they belong', () => {
    const rows = [...text.matchAll(/^\| `((?:when|unless|otherwise|after|lasts)[^`]*)` \|/gm)].map((match) => match[1] ?? '').filter((row) => row !== pause);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) {
      const source = `gdo 1\nprocess p\nstarted by any person\nstep s\n${row}\nend\nend\n`;
      expect(parseBylaws({ path: 'a.gdo', text: source }).diagnostics, row).toEqual([]);
    }
  });
});
