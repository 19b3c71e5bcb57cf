// Breaks the files that decide with StrykerJS, group after group, and keeps what no test noticed. Killed and started again, it goes on where it was.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DecidingGroup } from './deciding.ts';
import { decidingGroups } from './deciding.ts';
import type { FileScore, ReportedFile } from './mutation-scores.ts';
import { scoreOf, scoresText } from './mutation-scores.ts';

const scoresPath = 'mutation/scores.json';
const tablePath = 'docs/mutation-scores.md';
const stryker = 'mutation/node_modules/@stryker-mutator/core/bin/stryker.js';

/**
 * Which files to measure, all of them where none is named; by which tests, all that judge them where none is named; which share of the mutants, at most 1;
 * and when to judge no further one. Some tests alone make no figure: what they notice is in the journal, and a later run counts it.
 */
export interface MutationOptions {
  readonly files: readonly string[];
  readonly tests: readonly string[];
  readonly share: number;
  readonly minutes: number;
}

/** Measures every file whose text or tests changed since its last figure, or of which a smaller share was judged; answers 1 where a run fails. */
export function runMutation({ files, tests: named, share, minutes }: MutationOptions, nowMs: () => number, print: (line: string) => void): number {
  const untilMs = nowMs() + minutes * 60_000;
  const scores = new Map(Object.entries(readScores()));
  let failures = 0;
  for (const group of decidingGroups) {
    const all = testsOf(group);
    const judges = digestOf(all);
    const isAsked = (file: string): boolean => {
      const known = scores.get(file);
      return named.length > 0 || known?.digest !== digestOf([file]) || known.judges !== judges || known.isCut === true || (known.share ?? 1) < share;
    };
    const asked = group.files.filter((file) => (files.length === 0 || files.includes(file)) && isAsked(file));
    const tests = named.length === 0 ? all : all.filter((test) => named.includes(test));
    if (asked.length === 0 || tests.length === 0 || nowMs() >= untilMs) continue;
    const report = measured(asked, { tests, all }, { share, untilMs }, print);
    if (report === undefined) failures += 1;
    if (named.length > 0) continue;
    const isCut = nowMs() >= untilMs;
    for (const file of asked) {
      const reported = report?.[file];
      if (reported === undefined) continue;
      const score = scoreOf({ digest: digestOf([file]), judges, share, isCut }, reported);
      const known = scores.get(file);
      if (score.isCut === true && (known?.digest === score.digest ? known.mutants : 0) >= score.mutants) {
        print(`${file}: the time ran out after ${score.mutants} mutants; the figure of before stands`);
        continue;
      }
      scores.set(file, score);
      print(`${file}: ${score.noticed} of ${score.mutants} noticed`);
    }
    writeFileSync(scoresPath, `${JSON.stringify(Object.fromEntries([...scores].toSorted(byFile)), undefined, 1)}\n`);
  }
  writeFileSync(
    tablePath,
    scoresText(readScores(), (file, { digest }) => digest === digestOf([file])),
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

/** The files of one group as Stryker reports them. What earlier runs have found is kept in a journal: a mutant that is noticed
 * stays so while its file and the test that noticed it are as they were. `all`: whose word counts, of which `tests` are asked. */
function measured(
  files: readonly string[],
  { tests, all }: { readonly tests: readonly string[]; readonly all: readonly string[] },
  { share, untilMs }: { readonly share: number; readonly untilMs: number },
  print: (line: string) => void,
): Readonly<Record<string, ReportedFile>> | undefined {
  const name = `.mutation/${files[0]?.replaceAll('/', '-').replace(/\.ts$/, '')}`;
  const report = `${name}.json`;
  mkdirSync('.mutation', { recursive: true });
  rmSync(report, { force: true });
  const log = openSync(`${name}.log`, 'w');
  const words = ['run', 'mutation/stryker.json', '--mutate', files.join(','), '--incrementalFile', report];
  const run = spawnSync(process.execPath, [stryker, ...words], {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      GDO_TESTS: tests.join(','),
      GDO_JUDGES: all.join(','),
      GDO_TRIALS: '100',
      GDO_SHARE: String(share),
      GDO_UNTIL: String(untilMs),
      GDO_JOURNAL: resolve('.mutation/journal.jsonl'),
      GDO_DIGESTS: JSON.stringify(Object.fromEntries(files.map((file) => [file, digestOf([file])]))),
    },
  });
  closeSync(log);
  if (run.status !== 0) {
    print(`${files.join(', ')}: Stryker ended with ${run.status}, see ${name}.log`);
    return undefined;
  }
  const parsed: { readonly files: Readonly<Record<string, ReportedFile>> } = JSON.parse(readFileSync(report, 'utf8'));
  return parsed.files;
}
