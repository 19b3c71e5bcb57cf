// The long run of the fuzzer: goes on where the last run of the same seed stopped, keeps its figures and its log in the folder for temporary files.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzz, heapBytes } from './fuzz.ts';

interface State {
  readonly next: number;
  readonly readable: number;
  readonly compiled: number;
  readonly slowestMs: number;
  readonly slowestIndex: number;
  readonly faults: number;
}

const fresh: State = { next: 0, readable: 0, compiled: 0, slowestMs: 0, slowestIndex: -1, faults: 0 };
/** Cases between two looks at the clock, the heap and the state file. */
const batchCount = 1000;
/** The heap may differ by this much between two batches once everything is warm; a leak of 100 bytes a case shows within a few hundred thousand. */
const growthBytesMax = 24 * 1024 * 1024;

/** Runs until `count` cases of the seed are done in all, or the minutes are over; answers 1 where a case failed or memory grew. */
export function runFuzz(
  sources: readonly string[],
  options: { readonly seed: number; readonly count: number; readonly minutes: number },
  print: (line: string) => void,
): number {
  const base = join(tmpdir(), `gdo-fuzz-${options.seed}`);
  let state: State = existsSync(`${base}.json`) ? { ...fresh, ...Object(JSON.parse(readFileSync(`${base}.json`, 'utf8'))) } : fresh;
  const started = { at: Date.now(), from: state.next };
  const heaps: number[] = [];
  print(`seed ${options.seed}, from case ${state.next}; log ${base}.log`);
  while (state.next < options.count && Date.now() - started.at < options.minutes * 60_000) {
    // Written before the batch, so that a run that was killed in a hang tells where.
    writeFileSync(`${base}.json`, JSON.stringify(state));
    const report = fuzz(sources, { seed: options.seed, from: state.next, count: Math.min(batchCount, options.count - state.next) });
    for (const fault of report.faults) {
      appendFileSync(`${base}.log`, `${JSON.stringify({ seed: options.seed, ...fault })}\n`);
      print(`case ${fault.index} ${fault.kind}: ${fault.detail}`);
    }
    const slower = report.slowestMs > state.slowestMs ? report : state;
    state = {
      next: state.next + report.casesCount,
      readable: state.readable + report.readableCount,
      compiled: state.compiled + report.compiledCount,
      slowestMs: slower.slowestMs,
      slowestIndex: slower.slowestIndex,
      faults: state.faults + report.faults.length,
    };
    heaps.push(heapBytes());
  }
  writeFileSync(`${base}.json`, JSON.stringify(state));
  const minutes = (Date.now() - started.at) / 60_000;
  // The first tenth of the batches warms caches up: what comes after it has to be flat.
  const warm = heaps.slice(Math.min(heaps.length - 1, Math.max(1, Math.floor(heaps.length / 10))));
  const growth = (warm.at(-1) ?? 0) - (warm[0] ?? 0);
  print(
    `${state.next - started.from} cases in ${minutes.toFixed(1)} minutes, ${state.next} of this seed in all: ${state.readable} readable, ${state.compiled} compiled, ${state.faults} faults`,
  );
  print(
    `slowest case ${state.slowestIndex} with ${Math.round(state.slowestMs)} ms; heap ${megabytes(warm[0])} after warming up, ${megabytes(warm.at(-1))} at the end`,
  );
  return state.faults > 0 || growth > growthBytesMax ? 1 : 0;
}

function megabytes(bytes: number | undefined): string {
  return `${((bytes ?? 0) / 1024 / 1024).toFixed(1)} MB`;
}
