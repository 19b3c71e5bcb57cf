// The sample texts of the design papers: they parse, print and come back the same, and a word lost from one is told where it is missing.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BylawsFile } from '../../language/index.ts';
import { lineAndColumn, parseBylaws, printBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';
import { parserWords, withoutSpans } from './shape.ts';

const samples = [
  'assembly',
  'commons',
  'council',
  'democracy',
  'doors',
  'makerspace',
  'module-elections',
  'monarchy',
  'resolution',
  'rfc',
  'steering',
  'treasury',
];

/** Declarations with their clauses in one fixed order: printing may move clauses (S84), never change one. */
function inAnyOrder(file: BylawsFile): unknown {
  const sorted = (tree: unknown): unknown => {
    if (!Array.isArray(tree))
      return typeof tree === 'object' && tree !== null ? Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, sorted(value)])) : tree;
    const items = tree.map((item) => JSON.stringify(sorted(item)));
    return items.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  };
  return sorted(withoutSpans(file.declarations));
}

describe('the sample texts', () => {
  for (const sample of samples) {
    const path = `design/language-samples/${sample}.gdo`;
    itShared(path, `${sample} parses without a finding`, (found) => {
      expect(parseBylaws({ path: `${sample}.gdo`, text: readFileSync(found, 'utf8') }).diagnostics).toEqual([]);
    });

    itShared(path, `${sample} says the same after printing, keeps its comments, and printing again changes nothing`, (found) => {
      const { file } = parseBylaws({ path: `${sample}.gdo`, text: readFileSync(found, 'utf8') });
      const printed = printBylaws(file);
      const again = parseBylaws({ path: `${sample}.gdo`, text: printed });
      expect(again.diagnostics).toEqual([]);
      expect(inAnyOrder(again.file)).toEqual(inAnyOrder(file));
      expect(again.file.comments.map(({ text }) => text)).toEqual(file.comments.map(({ text }) => text));
      expect(printBylaws(again.file)).toBe(printed);
    });
  }

  itShared('design/language-samples', 'a word left out is told on its line in 9 of 10 cases, within two lines always, and once in 19 of 20', (folder) => {
    let broken = 0;
    let onLine = 0;
    let near = 0;
    let single = 0;
    for (const sample of samples) {
      const text = readFileSync(`${folder}/${sample}.gdo`, 'utf8');
      const words = [...text.matchAll(/"[^"\n]*"|[\w$/%-]+/g)].filter((_, index) => index % 7 === 0);
      for (const word of words) {
        const without = text.slice(0, word.index) + ' '.repeat(word[0].length) + text.slice(word.index + word[0].length);
        const { diagnostics } = parseBylaws({ path: `${sample}.gdo`, text: without });
        if (diagnostics.length === 0) continue;
        expect(diagnostics.flatMap(parserWords)).toEqual([]);
        const line = lineAndColumn(text, word.index).line;
        const distances = diagnostics
          .flatMap(({ place, related }) => [place, ...related])
          .map(({ span }) => Math.abs(lineAndColumn(without, span.start).line - line));
        const distance = Math.min(...distances);
        broken += 1;
        onLine += distance === 0 ? 1 : 0;
        near += distance <= 2 ? 1 : 0;
        single += diagnostics.length === 1 ? 1 : 0;
      }
    }
    expect(broken).toBeGreaterThan(500);
    expect(onLine / broken).toBeGreaterThan(0.9);
    expect(near / broken).toBe(1);
    expect(single / broken).toBeGreaterThan(0.95);
  });
});

describe('a broken text', () => {
  it('is never silent: the same bytes give the same findings', () => {
    const text = 'gdo 1\nrole x\n  held by some people\nend\n';
    expect(parseBylaws({ path: 'a.gdo', text })).toEqual(parseBylaws({ path: 'a.gdo', text }));
    expect(parseBylaws({ path: 'a.gdo', text }).diagnostics).toHaveLength(1);
  });
});
