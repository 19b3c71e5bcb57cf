// Plants each banned name in a copy of the pure folders outside the project and expects the linter to report it there and nowhere else.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One statement per ban, and the rule that reports it. */
const bannedWhenPure: readonly (readonly [source: string, rule: string])[] = [
  ...[
    'new Date()',
    'new Intl.Collator()',
    'performance.now()',
    'process.env',
    'globalThis.name',
    'new TextEncoder()',
    'structuredClone([])',
    "parseFloat('1')",
    'Buffer.alloc(1)',
    'new WeakRef({})',
    "fetch('')",
    'Date.now()',
    'Temporal.Now.instant()',
    'crypto.randomUUID()',
    'new TextDecoder()',
    "new Function('return 1')",
    "require('a')",
    'new SharedArrayBuffer(1)',
    'new FinalizationRegistry(() => 1)',
  ].map((source) => [source, 'no-restricted-globals'] as const),
  ...['setTimeout(() => 1, 1)', 'setInterval(() => 1, 1)', 'setImmediate(() => 1)', 'queueMicrotask(() => 1)'].map(
    (source) => [source, 'no-restricted-globals'] as const,
  ),
  ...['random', 'pow', 'sin', 'round', 'ceil', 'sqrt', 'log2', 'exp', 'hypot', 'cbrt', 'atan2', 'fround', 'log', 'tanh', 'sign']
    .map((name) => `Math.${name}(2)`)
    .map((source) => [source, 'no-restricted-properties'] as const),
  ...[
    "'a'.localeCompare('b')",
    "'a'.normalize()",
    '(1).toLocaleString()',
    "'a'.toLocaleUpperCase()",
    "'a'.toLocaleLowerCase()",
    '(1).toFixed(2)',
    '(1).toPrecision(2)',
    '(1).toExponential(2)',
  ].map((source) => [source, 'no-restricted-properties'] as const),
  ["console.log('a')", 'no-console'],
];

const bannedEverywhere: readonly (readonly [source: string, rule: string])[] = [
  ["export const made: unknown = eval('1');", 'no-eval'],
  ["export const made: unknown = new Function('return 1');", 'no-new-func'],
  ['async function later(): Promise<void> {}\nexport function now(): void { later(); }', 'no-floating-promises'],
  ["export function name(kind: 'a' | 'b'): string { switch (kind) { case 'a': return 'a'; } return ''; }", 'switch-exhaustiveness-check'],
  ['export const sorted: number[] = [2, 1].sort();', 'require-array-sort-compare'],
  ['export const first: number = [1][0]!;', 'no-non-null-assertion'],
  ['export const loose: any = 1;', 'no-explicit-any'],
  ['export default 1;', 'no-default-export'],
];

const pureFolders: readonly string[] = ['language', 'engine', 'compiler'];

let folder = '';
let reported: ReadonlySet<string> = new Set();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gdo-lint-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json']) copyFileSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const top of [...pureFolders, 'node']) {
    mkdirSync(join(folder, top));
    bannedWhenPure.forEach(([source], index) => writeFileSync(join(folder, top, `pure-${index}.ts`), `export const planted: unknown = ${source};\n`));
    bannedEverywhere.forEach(([source], index) => writeFileSync(join(folder, top, `any-${index}.ts`), `${source}\n`));
  }
  const run = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'unix'], { cwd: folder, encoding: 'utf8' });
  reported = new Set(run.stdout.split('\n').map((line) => line.replace(/^(?:\.\/)?([^:]+):.*\(([a-z-]+)\)\]$/, '$1 $2')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the linter', () => {
  for (const [index, [source, rule]] of bannedWhenPure.entries()) {
    it(`reports \`${source}\` in pure folders and leaves it to node/`, () => {
      expect(pureFolders.filter((top) => !reported.has(`${top}/pure-${index}.ts ${rule}`))).toEqual([]);
      expect(reported.has(`node/pure-${index}.ts ${rule}`)).toBe(false);
    });
  }

  for (const [index, [, rule]] of bannedEverywhere.entries()) {
    it(`reports ${rule} in every folder`, () => {
      expect([...pureFolders, 'node'].filter((top) => !reported.has(`${top}/any-${index}.ts ${rule}`))).toEqual([]);
    });
  }
});
