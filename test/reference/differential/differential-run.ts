// The long differential run. It plays the pairs of a seed in pieces and writes down each finished piece, so that a run that was stopped goes on
// where it was, with as many processes as one likes. Figures and differences are in the folder for temporary files.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from './coverage.ts';
import { coverageLines } from './coverage.ts';
import { runPairs, streamsPerCharter } from './differential.ts';
import type { Report } from './differential.ts';
import type { Breadth } from './pair.ts';

/** What a run is asked for. `job` of `jobs` does its share of the pieces. */
export interface RunOptions {
  readonly seed: number;
  readonly count: number;
  readonly minutes: number;
  readonly jobs: number;
  readonly job: number;
  readonly breadth: Breadth;
}

/** Pairs of one piece: ten charters, a few seconds of work, which is all that is lost when a run is stopped. */
const pieceSize = 10 * streamsPerCharter;

/** How often a run says how far it is. */
const tellingMs = 30_000;

interface Piece extends Omit<Report, 'differences'> {
  readonly from: number;
  readonly differences: number;
}

const nothing: Piece = { from: 0, pairs: 0, charters: 0, events: 0, differences: 0, known: {}, constructs: {}, answers: {}, met: {} };

function baseOf({ seed, breadth }: Pick<RunOptions, 'seed' | 'breadth'>): string {
  return join(tmpdir(), `gdo-differential-${seed}${breadth === 'wide' ? '-wide' : ''}`);
}

/** The finished pieces by their first pair. A line that a stopped run wrote in part is no piece. */
function finished(options: Pick<RunOptions, 'seed' | 'breadth'>): ReadonlyMap<number, Piece> {
  const file = `${baseOf(options)}.jsonl`;
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const pieces = lines.filter((line) => line.startsWith('{') && line.endsWith('}')).map((line): Piece => ({ ...nothing, ...Object(JSON.parse(line)) }));
  return new Map(pieces.toSorted((a, b) => a.pairs - b.pairs).map((piece) => [piece.from, piece]));
}

function summed(left: Counts, right: Counts): Counts {
  const next: Record<string, number> = { ...left };
  for (const [name, count] of Object.entries(right)) next[name] = (next[name] ?? 0) + count;
  return next;
}

function together(left: Piece, right: Piece): Piece {
  return {
    from: 0,
    pairs: left.pairs + right.pairs,
    charters: left.charters + right.charters,
    events: left.events + right.events,
    differences: left.differences + right.differences,
    known: summed(left.known, right.known),
    constructs: summed(left.constructs, right.constructs),
    answers: summed(left.answers, right.answers),
    met: summed(left.met, right.met),
  };
}

/** The pieces of a run that are not finished, with how many pairs each has. */
function open(options: RunOptions): readonly { readonly from: number; readonly pairs: number }[] {
  const { count } = options;
  const done = finished(options);
  return Array.from({ length: Math.ceil(count / pieceSize) }, (_, index) => ({
    from: index * pieceSize,
    pairs: Math.min(pieceSize, count - index * pieceSize),
  })).filter(({ from, pairs }) => (done.get(from)?.pairs ?? 0) < pairs);
}

/** Does the share of one job, piece by piece. */
function work(options: RunOptions, print: (line: string) => void): void {
  const { seed, minutes, jobs, job, breadth } = options;
  const startedMs = Date.now();
  let [toldMs, pairs] = [startedMs, 0];
  // By its place in the seed, whatever is finished: jobs that start a little apart share out alike.
  const mine = open(options).filter(({ from }) => (from / pieceSize) % jobs === job);
  for (const piece of mine) {
    if (Date.now() - startedMs >= minutes * 60_000) return;
    const report = runPairs({ seed, from: piece.from, count: piece.pairs, streams: streamsPerCharter, breadth });
    for (const difference of report.differences) {
      appendFileSync(`${baseOf(options)}.log`, `${difference}\n\n`);
      print(difference);
    }
    appendFileSync(`${baseOf(options)}.jsonl`, `${JSON.stringify({ ...report, from: piece.from, differences: report.differences.length })}\n`);
    pairs += piece.pairs;
    if (Date.now() - toldMs < tellingMs) continue;
    toldMs = Date.now();
    print(`job ${job + 1}: ${pairs} pairs in ${((toldMs - startedMs) / 60_000).toFixed(1)} minutes, ${mine.length * pieceSize - pairs} to go`);
  }
}

/** One more process of this program, for one job. */
function processOf({ seed, count, minutes, jobs, breadth }: RunOptions, job: number): Promise<void> {
  const words = Object.entries({ seed, count, minutes, jobs, job }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const wide = breadth === 'wide' ? ['--wide'] : [];
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'differential', ...words, ...wide], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
}

/** Plays until `count` pairs of the seed are done in all, or the minutes are over; answers 1 where engine and reference differed in something new. */
export async function runDifferential(options: RunOptions, print: (line: string) => void): Promise<number> {
  const { seed, count, jobs, job } = options;
  if (job > 0) {
    work(options, print);
    return 0;
  }
  const startedMs = Date.now();
  const before = [...finished(options).values()].reduce(together, nothing);
  print(`seed ${seed}: ${before.pairs} of ${count} pairs are done; differences go to ${baseOf(options)}.log`);
  const others = Array.from({ length: jobs - 1 }, (_, place) => processOf(options, place + 1));
  work(options, print);
  await Promise.all(others);
  const all = [...finished(options).values()].reduce(together, nothing);
  const minutes = ((Date.now() - startedMs) / 60_000).toFixed(1);
  print(
    `${all.pairs - before.pairs} pairs in ${minutes} minutes; of this seed in all ${all.pairs} pairs, ${all.charters} charters, ${all.events} events, ${all.differences} differences`,
  );
  const known = Object.entries(all.known).map(([rule, times]) => `${rule} ${times}`);
  print(`known differences, counted apart: ${known.length === 0 ? 'none' : known.join(', ')}`);
  for (const line of coverageLines(all)) print(line);
  return all.differences > 0 ? 1 : 0;
}

/** Plays single pairs of a seed again, whatever is written down of it, and keeps nothing; answers 1 where one differs. */
export function replayPairs({ seed, breadth }: Pick<RunOptions, 'seed' | 'breadth'>, pairs: readonly number[], print: (line: string) => void): number {
  let found = 0;
  for (const pair of pairs) {
    const { differences, known } = runPairs({ seed, from: pair, count: 1, streams: streamsPerCharter, breadth });
    const excuses = Object.keys(known);
    print(differences[0] ?? `seed ${seed}, pair ${pair}: both say the same${excuses.length === 0 ? '' : `, but for ${excuses.join(', ')}`}`);
    found += differences.length;
  }
  print(`${found} of ${pairs.length} pairs differ`);
  return found > 0 ? 1 : 0;
}
