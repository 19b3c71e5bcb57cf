// Ten ways to break language and compiler, each with the test that must notice, and the program that tries them in a copy of the tree.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One change of the implementation: `text` stands once in `file`; `title` is the beginning of a test's name in the file `test`. */
export interface Mutation {
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
  readonly test: string;
  readonly title: string;
}

const rules = 'test/compiler/rules.test.ts';
const rulesOfText = 'test/compiler/rules-of-text.test.ts';

/** The ten. A mutation that no test notices is a hole in the tests. */
export const mutations: readonly Mutation[] = [
  { file: 'compiler/modules.ts', text: 'if (digest !== declaration.pinned.text)', replacement: 'if (digest === undefined)', test: rules, title: 'S73' },
  { file: 'compiler/lower-outcome.ts', text: "stage.verdict !== 'refuses' && ", replacement: '', test: rules, title: 'S136' },
  {
    file: 'compiler/lint/end-before-minimum.ts',
    text: 'longest(transition.duration) >= shortest',
    replacement: 'longest(transition.duration) > shortest',
    test: rules,
    title: 'S116',
  },
  {
    file: 'compiler/lint/tie-rule-missing.ts',
    text: 'if (vote.counted !== undefined) return',
    replacement: 'if (vote.counted === undefined) return',
    test: rules,
    title: 'S124',
  },
  { file: 'compiler/resolve.ts', text: "if (text.endsWith('ies')) forms.push(`${text.slice(0, -3)}y`);", replacement: '', test: rules, title: 'S70' },
  {
    file: 'compiler/name-table.ts',
    text: 'if (earlier !== undefined) {',
    replacement: 'if (earlier !== undefined && earlier.kind === kind) {',
    test: rules,
    title: 'S69',
  },
  { file: 'language/suggest.ts', text: 'const suggestionsMax = 3;', replacement: 'const suggestionsMax = 4;', test: rules, title: 'S71' },
  { file: 'language/limits.ts', text: 'const nestingMax = 64;', replacement: 'const nestingMax = 65;', test: rulesOfText, title: 'S76' },
  {
    file: 'language/literate.ts',
    text: "return word === 'gdo' || word === 'gdo-test' ? word : undefined;",
    replacement: "return word === 'gdo-test' ? word : 'gdo';",
    test: rulesOfText,
    title: 'S79',
  },
  { file: 'language/print.ts', text: 'linesCount > linesUnlabelledMax', replacement: 'linesCount < linesUnlabelledMax', test: rulesOfText, title: 'S85' },
];

/** Tries each mutation in a copy of the tree; answers 1 where a text is not found once, a test fails without a mutation, or passes with one. */
export function runMutations(print: (line: string) => void, tried: readonly Mutation[] = mutations): number {
  const root = process.cwd();
  const copy = join(mkdtempSync(join(tmpdir(), 'gdo-mutations-')), 'tree');
  for (const entry of ['language', 'engine', 'compiler', 'node', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
    cpSync(join(root, entry), join(copy, entry), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  let failures = 0;
  const isKnown = new Map<string, boolean>();
  try {
    for (const [index, mutation] of tried.entries()) {
      const path = join(copy, mutation.file);
      const original = readFileSync(path, 'utf8');
      const times = original.split(mutation.text).length - 1;
      const before = isKnown.get(mutation.title) ?? passes(copy, mutation);
      isKnown.set(mutation.title, before);
      writeFileSync(
        path,
        original.replace(mutation.text, () => mutation.replacement),
      );
      const after = passes(copy, mutation);
      writeFileSync(path, original);
      const noticed = times === 1 && before && !after;
      failures += noticed ? 0 : 1;
      const verdict = noticed ? 'noticed' : times !== 1 ? `text found ${times} times` : before ? 'NOT NOTICED' : 'test fails without it';
      print(`${String(index + 1).padStart(2)}  ${mutation.file.padEnd(36)} ${verdict.padEnd(12)} ${mutation.test}: ${mutation.title}`);
      print(`      ${mutation.text}  ->  ${mutation.replacement === '' ? '(nothing)' : mutation.replacement}`);
    }
  } finally {
    rmSync(join(copy, '..'), { recursive: true, force: true });
  }
  print(`${tried.length} mutations, ${tried.length - failures} noticed`);
  return failures === 0 ? 0 : 1;
}

function passes(copy: string, { test, title }: Mutation): boolean {
  const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', test, '-t', title], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', GDO_CORPUS_EACH: '20' },
  });
  // A title that no test has would pass without running anything.
  return run.status === 0 && /Tests {2}.*[1-9]\d* passed/.test(run.stdout);
}
