// The long differential run: goes on where the last run of the same seed stopped, keeps its figures and its log in the folder for temporary files.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from './coverage.ts';
import { coverageLines } from './coverage.ts';
import { runPairs, streamsPerCharter } from './differential.ts';
import type { Report } from './differential.ts';

interface Figures {
  readonly next: number;
  readonly charters: number;
  readonly events: number;
  readonly differences: number;
  readonly known: Counts;
  readonly constructs: Counts;
  readonly answers: Counts;
}

const fresh: Figures = { next: 0, charters: 0, events: 0, differences: 0, known: {}, constructs: {}, answers: {} };

function summed(left: Counts, right: Counts): Counts {
  const next: Record<string, number> = { ...left };
  for (const [name, count] of Object.entries(right)) next[name] = (next[name] ?? 0) + count;
  return next;
}

function after(figures: Figures, report: Report): Figures {
  return {
    next: figures.next + report.pairs,
    charters: figures.charters + report.charters,
    events: figures.events + report.events,
    differences: figures.differences + report.differences.length,
    known: summed(figures.known, report.known),
    constructs: summed(figures.constructs, report.constructs),
    answers: summed(figures.answers, report.answers),
  };
}

/** Plays until `count` pairs of the seed are done in all, or the minutes are over; answers 1 where engine and reference differed in something new. */
export function runDifferential(options: { readonly seed: number; readonly count: number; readonly minutes: number }, print: (line: string) => void): number {
  const base = join(tmpdir(), `gdo-differential-${options.seed}`);
  let figures: Figures = existsSync(`${base}.json`) ? { ...fresh, ...Object(JSON.parse(readFileSync(`${base}.json`, 'utf8'))) } : fresh;
  const started = { at: Date.now(), from: figures.next };
  print(`seed ${options.seed}, from pair ${figures.next}; log ${base}.log`);
  while (figures.next < options.count && Date.now() - started.at < options.minutes * 60_000) {
    const count = Math.min(streamsPerCharter, options.count - figures.next);
    const report = runPairs({ seed: options.seed, from: figures.next, count, streams: streamsPerCharter });
    for (const difference of report.differences) {
      appendFileSync(`${base}.log`, `${difference}\n\n`);
      print(difference);
    }
    figures = after(figures, report);
    writeFileSync(`${base}.json`, JSON.stringify(figures));
  }
  const minutes = ((Date.now() - started.at) / 60_000).toFixed(1);
  const known = Object.entries(figures.known).map(([rule, count]) => `${rule} ${count}`);
  print(
    `${figures.next - started.from} pairs in ${minutes} minutes; of this seed in all ${figures.next} pairs, ${figures.charters} charters, ${figures.events} events, ${figures.differences} differences`,
  );
  print(`known differences, counted apart: ${known.length === 0 ? 'none' : known.join(', ')}`);
  for (const line of coverageLines(figures.constructs, figures.answers)) print(line);
  return figures.differences > 0 ? 1 : 0;
}
