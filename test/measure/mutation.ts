// Breaks the files that decide with StrykerJS, file after file, and keeps what no test noticed. Killed and started again, it goes on where it was.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DecidingGroup } from './deciding.ts';
import { decidingGroups } from './deciding.ts';
import type { FileScore, ReportedFile } from './mutation-scores.ts';
import { scoreOf, scoresText } from './mutation-scores.ts';

const scoresPath = 'mutation/scores.json';
const tablePath = 'docs/mutation-scores.md';
const stryker = 'mutation/node_modules/@stryker-mutator/core/bin/stryker.js';

/** Which files to measure, all of them where none is named, and when to begin no further one. */
export interface MutationOptions {
  readonly files: readonly string[];
  readonly minutes: number;
}

/** Measures every file whose text or tests changed since its last figure; answers 1 where a run fails. */
export function runMutation({ files, minutes }: MutationOptions, nowMs: () => number, print: (line: string) => void): number {
  const untilMs = nowMs() + minutes * 60_000;
  const scores = new Map(Object.entries(readScores()));
  let failures = 0;
  for (const group of decidingGroups) {
    const tests = testsOf(group);
    for (const file of group.files.filter((one) => files.length === 0 || files.includes(one))) {
      const digest = digestOf([file, ...tests]);
      if (scores.get(file)?.digest === digest || nowMs() >= untilMs) continue;
      const report = measured({ file, tests, digest }, print);
      if (report === undefined) {
        failures += 1;
        continue;
      }
      const score = scoreOf(digest, report);
      scores.set(file, score);
      print(`${file}: ${score.noticed} of ${score.mutants} noticed`);
      writeFileSync(scoresPath, `${JSON.stringify(Object.fromEntries([...scores].toSorted(byFile)), undefined, 1)}\n`);
    }
  }
  const current = new Map(decidingGroups.flatMap((group) => group.files.map((file) => [file, digestOf([file, ...testsOf(group)])] as const)));
  writeFileSync(
    tablePath,
    scoresText(readScores(), (file, { digest }) => current.get(file) === digest),
  );
  return failures === 0 ? 0 : 1;
}

const byFile = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number => (left < right ? -1 : 1);

/** The figures kept, by file. */
export function readScores(): Readonly<Record<string, FileScore>> {
  return existsSync(scoresPath) ? JSON.parse(readFileSync(scoresPath, 'utf8')) : {};
}

/** The test files of a group, by name. Properties over whole histories stay out: they cost more than all others together, and a figure without them is only lower. */
function testsOf({ tests }: DecidingGroup): readonly string[] {
  const inFolder = (folder: string): readonly string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts') && !name.startsWith('any-'))
      .toSorted()
      .map((name) => `${folder}${name}`);
  return tests.flatMap((test) => (test.endsWith('/') ? inFolder(test) : [test]));
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\n${readFileSync(path, 'utf8')}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** One file as Stryker reports it. What a run that was killed has found is kept in a journal, and not tried again. */
function measured(
  { file, tests, digest }: { readonly file: string; readonly tests: readonly string[]; readonly digest: string },
  print: (line: string) => void,
): ReportedFile | undefined {
  const name = `.mutation/${file.replaceAll('/', '-').replace(/\.ts$/, '')}`;
  const report = `${name}.json`;
  mkdirSync('.mutation', { recursive: true });
  const log = openSync(`${name}.log`, 'w');
  const words = ['run', 'mutation/stryker.json', '--mutate', file, '--incrementalFile', report];
  const run = spawnSync(process.execPath, [stryker, ...words], {
    stdio: ['ignore', log, log],
    env: { ...process.env, GDO_TESTS: tests.join(','), GDO_TRIALS: '100', GDO_JOURNAL: resolve(`${name}-${digest}.jsonl`) },
  });
  closeSync(log);
  if (run.status !== 0) {
    print(`${file}: Stryker ended with ${run.status}, see ${name}.log`);
    return undefined;
  }
  const parsed: { readonly files: Readonly<Record<string, ReportedFile>> } = JSON.parse(readFileSync(report, 'utf8'));
  return parsed.files[file];
}
