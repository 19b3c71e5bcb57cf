// Finds which tests cite which semantic rule: `S` and a number in the title of a test, or in a comment beside one. It judges no test.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { semanticRules } from './rules.ts';
import type { SemanticRule } from './rules.ts';

/** A test that cites a rule. `test` is its title, or of a comment at the top of a file `(whole file)`. */
export interface Citation {
  readonly rule: number;
  readonly file: string;
  readonly test: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const titlePattern =
  /\b(?:it|describe|test|itShared)(?:\.\w+)*(?:\([^\n]*?\))?\(\s*(?:[\w`$/{}.]+,\s*|`[^`\n]*`,\s*|'[^'\n]*',\s*(?='))?(?:'((?:[^'\\\n]|\\.)*)'|`([^`]*)`)/g;

/** Citations in one file of tests. A comment belongs to the next title below it, one before everything to the whole file. Pure. */
export function citationsIn(file: string, text: string): readonly Citation[] {
  const titles = [...text.matchAll(titlePattern)].map((found) => ({ at: found.index, title: found[1] ?? found[2] ?? '' }));
  const inTitles = titles.flatMap(({ title }) => numbersIn(title).map((rule) => ({ rule, file, test: title })));
  const comments = [...text.matchAll(/(?:^|\s)\/\/[^\n]*|\/\*\*[\s\S]*?\*\//g)].flatMap((found) => {
    const next = titles.find(({ at }) => at > found.index);
    const test = found.index < (titles[0]?.at ?? 0) && text.slice(0, found.index).trim() === '' ? '(whole file)' : (next?.title ?? '(end of file)');
    return numbersIn(found[0]).map((rule) => ({ rule, file, test }));
  });
  return [...inTitles, ...comments];
}

function numbersIn(text: string): readonly number[] {
  const single = [...text.matchAll(/\bS(\d{1,3})\b/g)].map((found) => Number(found[1]));
  const ranges = [...text.matchAll(/\bS(\d{1,3})(?: to |-)S(\d{1,3})\b/g)].flatMap((found) => {
    const [from, to] = [Number(found[1]), Number(found[2])];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  });
  return [...new Set([...single, ...ranges])];
}

/** All citations of the tree, files in order. The table of rules itself and the measures cite nothing. */
export function allCitations(): readonly Citation[] {
  return readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('rules/'))
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap((path) => citationsIn(`test/${path}`, readFileSync(`${root}test/${path}`, 'utf8')));
}

/** Rules that no test cites; one that another replaced is tested where that one is. Pure. */
export function uncited(citations: readonly Citation[]): readonly SemanticRule[] {
  const cited = new Set(citations.map(({ rule }) => rule));
  return semanticRules.filter(({ replacedBy, number }) => !cited.has(number) && (replacedBy === undefined || !cited.has(replacedBy)));
}

/** Prints every rule with its owners and its tests; answers 1 where a rule has none. */
export function printRules(print: (line: string) => void): number {
  const citations = allCitations();
  for (const rule of semanticRules) {
    print(`S${rule.number}  ${rule.owners.join(', ')}  ${rule.meaning}`);
    for (const { file, test } of citations.filter((citation) => citation.rule === rule.number)) print(`      ${file}: ${test}`);
  }
  const missing = uncited(citations);
  const replaced = semanticRules.filter(({ replacedBy }) => replacedBy !== undefined).length;
  print('');
  print(`${semanticRules.length} rules, ${replaced} of them replaced by others; ${missing.length} have no test`);
  if (missing.length > 0) print(`without a test: ${missing.map(({ number }) => `S${number}`).join(' ')}`);
  return missing.length > 0 ? 1 : 0;
}
