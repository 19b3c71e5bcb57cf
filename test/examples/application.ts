// An application of `examples/` for tests: its bylaws, and its dapp run as the program it is, on a case written as a node writes it.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import { checkInput } from '../../node/dapps/input.ts';
import type { CheckRequest } from '../../node/dapps/input.ts';
import { classifyRun } from '../../node/dapps/result.ts';

/** The folder of all examples, with a slash at its end. */
export const examples: string = fileURLToPath(new URL('../../examples/', import.meta.url));

/** The folders that are applications: each has bylaws, scenarios and at least one dapp with its program. */
export const applications: readonly string[] = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(examples, entry.name)).includes('dapps'))
  .map((entry) => entry.name)
  .toSorted();

/** Whether all programs named are on this machine; never silent where nothing may be skipped. */
export function needs(...programs: readonly string[]): boolean {
  return missingOf(programs).length === 0;
}

function missingOf(programs: readonly string[]): readonly string[] {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  if (missing.length > 0 && process.env['GDO_NO_SKIP'] === '1') throw new Error(`GDO_NO_SKIP=1 and there is no ${missing.join(', ')}`);
  if (missing.length > 0) console.warn(`SKIPPED tests that need ${missing.join(', ')}`);
  return missing;
}

/** What a program here needs, or the sentence why its tests cannot run; never silent where nothing may be skipped. */
export function needing(...programs: readonly string[]): (name: string, run: () => void | Promise<void>) => void {
  const missing = missingOf(programs);
  return (name, run) => it.skipIf(missing.length > 0)(missing.length > 0 ? `${name} (needs ${missing.join(', ')})` : name, { timeout: 120_000 }, run);
}

/** The files of a candidate tree, and what they were before. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** The case that changes `before` into `after`, as a dapp reads it. */
export function caseOf(after: Tree, before: Tree = {}): CheckRequest {
  const entry = (bytes: string | Uint8Array | undefined): string =>
    bytes === undefined ? 'absent' : `100644:${createHash('sha256').update(bytes).digest('hex')}`;
  const paths = [...new Set([...Object.keys(after), ...Object.keys(before)])].toSorted((left, right) => (left < right ? -1 : 1));
  const entries = paths.map((path) => ({ path, old: entry(before[path]), new: entry(after[path]) }));
  return {
    org: '1'.repeat(64),
    case: '3'.repeat(64),
    candidate: '4'.repeat(64),
    timeMs: Date.UTC(2027, 0, 20, 12),
    seed: '5'.repeat(64),
    change: entries.filter((one) => one.old !== one.new),
    state: [],
    files: paths.flatMap((path) => {
      const text = after[path];
      return text === undefined ? [] : [{ path, entry: entry(text), bytes: Buffer.from(text) }];
    }),
  };
}

let python: string | undefined;

/** The interpreter itself: what is on the PATH may be a script that looks for it at every start. */
function pythonProgram(): string {
  python ??= execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  return python;
}

/** How a program is started, by its ending. */
const starters: Readonly<Record<string, () => readonly [program: string, ...words: string[]]>> = {
  '.py': () => [pythonProgram(), '-BS'],
  '.mjs': () => [process.execPath],
};

/** Runs a program of an application on this machine. `dapp` is `accounting/dapps/accounting.py`. */
export function runProgram(dapp: string, words: readonly string[], input: Uint8Array | string = ''): { readonly exit: number; readonly out: string } {
  const [program = '', ...before] = starters[extname(dapp)]?.() ?? [];
  const ended = spawnSync(program, [...before, join(examples, dapp), ...words], {
    input,
    env: { PATH: process.env['PATH'], PYTHONPATH: examples },
    maxBuffer: 2 ** 26,
  });
  if (ended.error !== undefined) throw ended.error;
  return { exit: ended.status ?? -1, out: ended.stdout.toString('utf8') + ended.stderr.toString('utf8') };
}

/** What a dapp says to a change, classified as the runner classifies it: `accept`, or its reasons one by one. */
export function judge(dapp: string, after: Tree, before: Tree = {}): 'accept' | readonly string[] {
  const { exit, out } = runProgram(dapp, [], checkInput(caseOf(after, before)));
  const run = classifyRun({ timedOut: false, outputExceeded: false, oomKilled: false, exitCode: exit, stdout: Buffer.from(out), stderr: '' }, 'verdict');
  if (run.kind === 'none') throw new Error(`${dapp} gave no verdict: ${run.code} ${run.reason}\n${out}`);
  return run.kind === 'accept' ? 'accept' : run.reasons;
}

/** A file of an application. */
export function readExample(path: string): string {
  return readFileSync(join(examples, path), 'utf8');
}
