// Holds ARCHITECTURE.md against the tree: whoever looks for a thing finds its folder named there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(`${root}ARCHITECTURE.md`, 'utf8');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');

/** Folders right below one, as git knows them. */
function foldersIn(place: string): ReadonlySet<string> {
  const below = files.filter((file) => file.startsWith(place)).map((file) => file.slice(place.length).split('/'));
  return new Set(below.flatMap(([name = '', ...more]) => (more.length === 0 ? [] : [name])));
}

/** Folders that the first cells of a table name; the table lies behind one text and before another. */
function cells(after: string, before: string): ReadonlySet<string> {
  const rows = page.slice(page.indexOf(after), page.indexOf(before)).matchAll(/^\| (`[^|]+) \|/gm);
  return new Set([...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z]+)\/`/g)].map(([, name = '']) => name)));
}

it('ARCHITECTURE.md names every folder of node/, and none that is not there', () => {
  expect(cells('## node/', '## What crosses folders')).toEqual(foldersIn('node/'));
});

it('ARCHITECTURE.md names every folder of test/ that does not mirror the source, and none that is not there', () => {
  const mirrors = ['compiler', 'engine', 'language', 'node', 'stdlib'];
  expect(new Set([...mirrors, ...cells('**Tests.**', '## The other folders')])).toEqual(foldersIn('test/'));
});

it('ARCHITECTURE.md names every folder of the root', () => {
  const named = [...page.matchAll(/^## ([a-z]+)\/$|`([.a-z]+)\/`/gm)].map(([, heading, word]) => heading ?? word ?? '');
  expect([...foldersIn('')].filter((name) => !named.includes(name))).toEqual([]);
});
