// The quality of findings: one token left out, or two neighbouring letters swapped, and how near and how single the answer is. It prints no text of ours.
import { lineAndColumn, parseBylaws } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import type { Bylaws, SourceText } from './corpus.ts';
import { isError, judge } from './corpus.ts';
import { tokensOf } from './words.ts';
import type { Token } from './words.ts';

/** What a measure counted. `silent` are deletions that leave other rules which hold too; all shares are of `broken` or of `swaps`. */
export interface ErrorQuality {
  readonly deletions: number;
  readonly silent: number;
  readonly broken: number;
  readonly onLine: number;
  readonly near: number;
  readonly single: number;
  readonly swaps: number;
  readonly atWord: number;
  /** Each that missed its goal, as `kind file:line what`. */
  readonly missed: readonly string[];
}

/** Goals of the issue. `near` and `single` are of broken deletions, `atWord` of swaps. */
export const errorGoals: { readonly onLine: number; readonly near: number; readonly single: number; readonly atWord: number } = {
  onLine: 0.73,
  near: 0.99,
  single: 0.89,
  atWord: 1,
};

/** Measures bylaws; of every `every` tokens one is tried, so that a small size runs in a test. */
export function measureErrors(all: readonly Bylaws[], every: number): ErrorQuality {
  const count = { deletions: 0, silent: 0, broken: 0, onLine: 0, near: 0, single: 0, swaps: 0, atWord: 0 };
  const missed: string[] = [];
  for (const bylaws of all) {
    const before = judge(bylaws.files);
    for (const file of bylaws.files.filter(({ path }) => path !== 'importer.gdo')) {
      const tokens = tokensOf(parseBylaws(file).file).filter((_, index) => index % every === 0);
      for (const token of tokens) {
        deletion(bylaws, file, token, before, count, missed);
        for (const swapped of swapsOf(token)) swap(bylaws, file, { token, swapped }, before, count, missed);
      }
    }
  }
  return { ...count, missed };
}

type Counts = { -readonly [K in Exclude<keyof ErrorQuality, 'missed'>]: number };

function deletion(bylaws: Bylaws, file: SourceText, token: Token, before: readonly Diagnostic[], count: Counts, missed: string[]): void {
  const text = file.text.slice(0, token.start) + ' '.repeat(token.text.length) + file.text.slice(token.start + token.text.length);
  const found = newFindings(bylaws, { path: file.path, text }, before);
  count.deletions += 1;
  if (found.length === 0) {
    count.silent += 1;
    return;
  }
  const line = lineAndColumn(text, token.start).line;
  const distance = Math.min(...found.map((finding) => distanceOf(finding, file.path, text, line)));
  count.broken += 1;
  count.onLine += distance === 0 ? 1 : 0;
  count.near += distance <= 2 ? 1 : 0;
  count.single += found.length === 1 ? 1 : 0;
  const where = `${file.path}:${line} without ${token.text}`;
  if (distance > 2) missed.push(`far    ${where}: ${distance} lines off, ${shown(found)}`);
  if (found.length > 1) missed.push(`many   ${where}: ${found.length} findings, ${shown(found)}`);
}

function distanceOf(finding: Diagnostic, path: string, text: string, line: number): number {
  const lines = [finding.place, ...finding.related].filter((place) => place.file === path).map(({ span }) => lineAndColumn(text, span.start).line);
  return Math.min(Number.MAX_SAFE_INTEGER, ...lines.map((at) => Math.abs(at - line)));
}

/** Each swap of two different neighbouring letters of a keyword, or of a name where it is used. */
export function swapsOf(token: Token): readonly string[] {
  if (token.kind !== 'keyword' && token.kind !== 'name use') return [];
  const { text } = token;
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => at)
    .filter((at) => /[A-Za-z]{2}/.test(text.slice(at, at + 2)) && text[at] !== text[at + 1])
    .map((at) => `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`);
}

function swap(
  bylaws: Bylaws,
  file: SourceText,
  { token, swapped }: { readonly token: Token; readonly swapped: string },
  before: readonly Diagnostic[],
  count: Counts,
  missed: string[],
): void {
  const text = file.text.slice(0, token.start) + swapped + file.text.slice(token.start + token.text.length);
  const found = newFindings(bylaws, { path: file.path, text }, before);
  count.swaps += 1;
  const end = token.start + token.text.length;
  const atWord = found.some(({ place, related }) =>
    [place, ...related].some(
      ({ file: at, span }) => at === file.path && span.start < end && span.end > token.start && span.end - span.start <= 2 * token.text.length + 8,
    ),
  );
  if (atWord) count.atWord += 1;
  else
    missed.push(
      `${found.length === 0 ? 'silent' : 'astray'} ${file.path}:${lineAndColumn(text, token.start).line} ${token.kind} ${token.text} as ${swapped}: ${shown(found)}`,
    );
}

/** Errors that were not there before; lines do not move, so code and sentence say which is which. */
function newFindings(bylaws: Bylaws, changed: SourceText, before: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set(before.filter(isError).map(keyOf));
  return judge(bylaws.files.map((file) => (file.path === changed.path ? changed : file))).filter((finding) => isError(finding) && !known.has(keyOf(finding)));
}

function keyOf({ code, message, place }: Diagnostic): string {
  return `${code} ${place.file} ${message}`;
}

function shown(found: readonly Diagnostic[]): string {
  return found.length === 0
    ? 'no finding'
    : found
        .slice(0, 2)
        .map(({ code, message }) => `${code} ${message}`)
        .join(' / ');
}

/** Prints the four figures with their goals, and before them as many as asked for of each kind that missed; answers 1 where a goal is missed. */
export function printErrors(quality: ErrorQuality, print: (line: string) => void, missesMax: number): number {
  for (const kind of ['far', 'many', 'silent', 'astray']) {
    for (const miss of quality.missed.filter((each) => each.startsWith(`${kind} `)).slice(0, missesMax)) print(miss);
  }
  const rows: readonly (readonly [string, number, number, number])[] = [
    ['a token left out is told on its line', quality.onLine, quality.broken, errorGoals.onLine],
    ['  within two lines', quality.near, quality.broken, errorGoals.near],
    ['  by a single finding', quality.single, quality.broken, errorGoals.single],
    ['two letters swapped are told at the word', quality.atWord, quality.swaps, errorGoals.atWord],
  ];
  for (const [what, part, of, goal] of rows) {
    print(
      `${what.padEnd(44)} ${((100 * part) / of).toFixed(2).padStart(7)} %  (${part} of ${of})  goal ${(100 * goal).toFixed(0)} %  ${part / of >= goal ? 'met' : 'MISSED'}`,
    );
  }
  print(`${quality.deletions} deletions, ${quality.silent} of them leave rules that hold too; ${quality.swaps} swaps`);
  return rows.every(([, part, of, goal]) => part / of >= goal) ? 0 : 1;
}
