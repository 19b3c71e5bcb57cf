// docs/charter-findings.md: the gaps that were known of twelve real charters are reported where the page says, and nothing else is found that it does not explain.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import { lineAndColumn, parseBylaws } from '../../language/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/charter-findings.md`, 'utf8');
const [known = '', others = ''] = page.split('\n## What else was found');
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => /^\| (?!---|charter |finding )/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
const names = [...new Set(rowsOf(known).map(([name = '']) => name))];

/** What is said of a charter, as `CODE line`. @param read - what is done to the text first */
function found(name: string, read: (text: string) => string = (text) => text): readonly string[] {
  const folder = name === 'noisebridge' ? 'examples/noisebridge/bylaws' : `examples/charters/${name}`;
  const files = ['README.gdo.md', 'tests.gdo'].map((path) => ({ path, text: read(readFileSync(`${root}${folder}/${path}`, 'utf8')) }));
  const compiled = compileBylaws(files.map((file) => parseBylaws(file).file));
  return [...compiled.diagnostics, ...checkBylaws(compiled)].map(
    ({ code, place }) => `${code} ${lineAndColumn(files.find(({ path }) => path === place.file)?.text ?? '', place.span.start).line}`,
  );
}

/** The same text without its permissions, every line where it was. */
function withoutPermissions(text: string): string {
  return text.replace(/^ *allow .*$/gm, '');
}

describe('gaps that were known', () => {
  it('are of twelve charters', () => {
    expect(names).toHaveLength(12);
  });

  it.each(names)('%s: each is reported at its line', (name) => {
    const rows = rowsOf(known).filter((row) => row[0] === name && /^\d+$/.test(row[3] ?? ''));
    expect(rows.length).toBeGreaterThan(0);
    const [told, allowed] = [found(name), found(name, withoutPermissions)];
    const missing = rows.filter(([, , code = '', line = '']) =>
      code.startsWith('(')
        ? !allowed.includes(`${code.slice(1, -1)} ${line}`) || told.includes(`${code.slice(1, -1)} ${line}`)
        : !told.includes(`${code} ${line}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('what else is found', () => {
  it.each(names)('%s: is what the page explains, line by line', (name) => {
    const explained = rowsOf(others).flatMap(([code = '', where = '']) => {
      const own = where.split('; ').find((one) => one.startsWith(`${name} `));
      return own === undefined
        ? []
        : own
            .slice(name.length + 1)
            .split(', ')
            .map((line) => `${code.slice(0, 6)} ${line}`);
    });
    expect(found(name).toSorted()).toEqual(explained.toSorted());
  });
});
