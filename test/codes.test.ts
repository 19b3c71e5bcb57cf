// Compares the one list of codes with the tables of the design papers, and holds what the list promises by itself.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeEntry, codes, type CodeEntry } from '../language/codes.ts';
import { itShared } from './shared.ts';

/** Codes that the papers do not have, each with the decision record that adds it. */
const ownCodes: readonly string[] = [
  'GDO035',
  'GDO227',
  'GDO331',
  'GDO332',
  'GDO333',
  'GDO334',
  'GDO615',
  'GDO616',
  'GDO3013',
  'GDO3014',
  'GDO3015',
  'GDO3016',
  'GDO4014',
  'GDO4030',
  'GDO4031',
  'GDO4032',
  'GDO4033',
  'GDO4034',
];

const severityOfLetter: ReadonlyMap<string, string> = new Map([
  ['E', 'error'],
  ['E/W', 'error'],
  ['W', 'warning'],
  ['I', 'info'],
]);

const inRange = (pattern: RegExp): readonly CodeEntry[] => codes.filter((entry) => pattern.test(entry.code) && !ownCodes.includes(entry.code));

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The lines of one section, from its heading to the next of the same depth. */
function section(path: string, heading: string): readonly string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading));
  const depth = heading.slice(0, heading.indexOf(' ') + 1);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith(depth));
  return start < 0 ? [] : lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
}

/** Cells of the table rows whose first cell is a code, ranges such as `2201-2211` spread out. */
function numberRows(lines: readonly string[]): readonly (readonly [code: string, meaning: string, exit: string])[] {
  return lines.flatMap((line) => {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim());
    const [first = '', meaning = '', exit = ''] = cells;
    const range = /^(\d{4})-(\d{4})$/.exec(first);
    if (range === null) return /^\d{4}$/.test(first) ? [[`GDO${first}`, meaning, exit] as const] : [];
    const names = (meaning.split(': ')[1] ?? '').split(', ');
    return names.map((name, index) => [`GDO${Number(range[1]) + index}`, name, exit] as const);
  });
}

describe('the list of codes', () => {
  it('names every code and every name once, in ascending order within its range', () => {
    const all = codes.map((entry) => entry.code);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(codes.map((entry) => entry.name)).size).toBe(all.length);
    for (const digits of [3, 4]) {
      const range = all.filter((code) => code.length === digits + 3);
      expect(range).toEqual(range.toSorted(byCode));
    }
  });

  it('writes names in kebab case and summaries as one sentence without a full stop', () => {
    for (const entry of codes) {
      expect(entry.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(entry.summary, entry.code).not.toMatch(/(?<!etc)\.$|\n|^$/);
    }
  });

  it('finds an entry by its full code only', () => {
    expect(codeEntry('GDO301')?.name).toBe('quorum-impossible');
    expect(codeEntry('301')).toBeUndefined();
    expect(codeEntry('GDO299')).toBeUndefined();
  });
});

describe('the papers', () => {
  itShared('design/check.md', 'list the same findings with the same name, severity and summary', (path) => {
    const rows = section(path, '## 2. Catalogue').flatMap((line) => {
      const cells = /^\| (GDO\d{3}) \| (\S+) \| (\S+) \| (.*?) \| /.exec(line);
      return cells === null ? [] : [cells.slice(1)];
    });
    expect(rows.length).toBeGreaterThan(180);
    const ours = inRange(/^GDO\d{3}$/);
    expect(ours.map((entry) => [entry.code, entry.name, entry.severity])).toEqual(
      rows.map(([code, name, letter]) => [code, name, severityOfLetter.get(letter ?? '')]),
    );
    for (const [code = '', , , detects = ''] of rows) {
      const words = detects
        .trim()
        .replace(/\bW(?= if|:)/, 'a warning')
        .replace(/\bE(?= if)/, 'an error');
      expect(codeEntry(code)?.summary.startsWith(words), code).toBe(true);
    }
  });

  itShared('design/ledger.md', 'list the same refusals of the ledger', (path) => {
    const rows = section(path, '### Codes').flatMap((line) => [...line.matchAll(/\| (1\d{3}) \| (.*?) (?=\|)/g)].map((cells) => [`GDO${cells[1]}`, cells[2]]));
    const ours = inRange(/^GDO1\d{3}$/).map((entry) => [entry.code, entry.summary]);
    expect(ours).toEqual(rows.toSorted(([a = ''], [b = '']) => byCode(a, b)));
  });

  for (const [paper, pattern] of [
    ['design/node.md', /^GDO[234]\d{3}$/],
    ['design/cli.md', /^GDO5\d{3}$/],
  ] as const) {
    itShared(paper, `list the same codes and exits in ${paper}`, (path) => {
      const rows = numberRows(section(path, '## 11. Codes'));
      expect(rows.length).toBeGreaterThan(10);
      const ours = inRange(pattern);
      expect(ours.map((entry) => [entry.code, entry.exit === undefined ? '-' : String(entry.exit)])).toEqual(rows.map(([code, , exit]) => [code, exit]));
      for (const [code, meaning] of rows) {
        const entry = codeEntry(code);
        expect([entry?.summary, entry?.name], code).toContain(meaning);
      }
    });
  }
});
