// A run over many seeds: a line of a log for each that holds every invariant, from which a later run goes on, and several processes that share them.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { planOf } from './plan.ts';
import { play, type RunResult } from './run.ts';

/** What a run is asked for. `job` of `jobs` plays its share of the seeds. */
export interface SeedsOptions {
  readonly seed: number;
  readonly count: number;
  readonly minutes: number;
  readonly jobs: number;
  readonly job: number;
  /** The file of what is done. */
  readonly log: string;
  /** Ends at the first seed that fails: whoever looks for one has found it. */
  readonly isOneEnough?: boolean;
}

/** Seeds of one process between two lines of progress. */
const progressEvery = 500;

const figures = ['steps', 'faults', 'epochs', 'events', 'merges'] as const;

function lineOf(result: RunResult): string {
  return `${[result.seed, result.hash, ...figures.map((figure) => result[figure])].join(' ')}\n`;
}

/** The figures of every seed of the run that is done, by its number. */
function doneIn({ log, seed, count }: SeedsOptions): ReadonlyMap<number, readonly number[]> {
  if (!existsSync(log)) return new Map();
  // A process that was killed may have left a piece of a line.
  const rows = readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter((words) => words.length === 2 + figures.length);
  const known = rows.map(([number, , ...rest]) => [Number(number), rest.map(Number)] as const);
  return new Map(known.filter(([number]) => number >= seed && number < seed + count));
}

/** Plays the seeds of one process. A seed that fails is told and not logged, so that the next run plays it again. */
async function work(options: SeedsOptions, clockMs: () => number, print: (line: string) => void): Promise<number> {
  const done = doneIn(options);
  const untilMs = clockMs() + options.minutes * 60_000;
  let [played, failed] = [0, 0];
  for (let seed = options.seed + options.job; seed < options.seed + options.count && clockMs() < untilMs; seed += options.jobs) {
    if (done.has(seed)) continue;
    const result = await play(planOf(seed));
    played += 1;
    if (result.violation === undefined) appendFileSync(options.log, lineOf(result));
    else {
      failed += 1;
      print(`seed ${seed}, step ${result.violation.step}: ${result.violation.what}`);
      print(`again, with its trace and fewer steps:  npm run simulate -- --replay ${seed}`);
      if (options.isOneEnough === true) break;
    }
    if (played % progressEvery === 0) print(`job ${options.job + 1}: ${played} seeds more, ${failed} of them with a violation`);
  }
  return failed;
}

/** One more process of this program, for one job. @returns how many of its seeds failed */
function processOf({ log, isOneEnough: _first, ...numbers }: SeedsOptions, job: number): Promise<number> {
  const words = Object.entries({ ...numbers, job }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'simulate', '--log', log, ...words], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** Plays seeds until they are done or the time is over. @returns the exit code: 1 where an invariant did not hold for one of them */
export async function playSeeds(options: SeedsOptions, clockMs: () => number, print: (line: string) => void): Promise<number> {
  if (options.job > 0) return (await work(options, clockMs, print)) > 0 ? 1 : 0;
  const before = doneIn(options).size;
  const began = clockMs();
  print(`${before} of ${options.count} seeds from ${options.seed} are done; the log is ${options.log}`);
  const others = Array.from({ length: options.jobs - 1 }, (_, place) => processOf(options, place + 1));
  const ends = [await work(options, clockMs, print), ...(await Promise.all(others))];
  const done = doneIn(options);
  const sums = figures.map((figure, place) => `${[...done.values()].reduce((sum, row) => sum + (row[place] ?? 0), 0)} ${figure}`);
  const each = (clockMs() - began) / Math.max(1, done.size - before);
  const isClean = ends.every((failed) => failed === 0);
  print(
    `${done.size} of ${options.count} seeds (${before} before), ${sums.join(', ')}: ${isClean ? 'no violation' : 'NOT ALL HOLD, the seeds that fail are above'}`,
  );
  print(`${each.toFixed(1)} ms a seed`);
  return isClean ? 0 : 1;
}
