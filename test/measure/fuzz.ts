// Runs broken texts through parser, printer, compiler and rules, and notes whatever throws, takes too long, or prints another text than it read.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { checkBylaws, compileBylaws, facts, sentencesOf } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { moduleSource } from './corpus.ts';
import { mutant } from './mutants.ts';

/** One fault with its text: the seed and `index` make it again only while the texts that are broken stay the same. */
export interface Fault {
  readonly index: number;
  readonly kind: 'throws' | 'slow' | 'prints another text' | 'finding outside of the text';
  readonly detail: string;
  readonly path: string;
  readonly text: string;
}

/** What a run found. Times are of the slowest case, in milliseconds of the processor, of the fastest of its tries. */
export interface FuzzReport {
  readonly casesCount: number;
  readonly readableCount: number;
  readonly compiledCount: number;
  readonly slowestMs: number;
  readonly slowestIndex: number;
  readonly faults: readonly Fault[];
}

/** A case may take a second (issue 3, "Bad input"). */
const slowMs = 1000;

/** One case in so many is analysed too: what analyses may cost is bounded by their own steps, so their time is not this one's. */
const analysedEvery = 200;

/** Runs one text through everything; throws what our code throws. @param effort - whether the analyses of a usual check run as well */
function runText(
  source: { readonly path: string; readonly text: string },
  effort: 'quick' | 'analysed' = 'quick',
): {
  readonly readable: boolean;
  readonly compiled: boolean;
  readonly fault: Pick<Fault, 'kind' | 'detail'> | undefined;
} {
  const { file, diagnostics } = parseBylaws(source);
  const printed = printBylaws(file);
  const compiled = compileBylaws([file], moduleSource([source]));
  const found = [...diagnostics, ...compiled.diagnostics, ...checkBylaws(compiled, { effort: 'quick' })];
  if (compiled.charter !== undefined) {
    if (effort === 'analysed') {
      checkBylaws(compiled);
      facts(compiled.charter);
    }
    sentencesOf(compiled.charter);
  }
  const readable = diagnostics.length === 0;
  const result = { readable, compiled: compiled.charter !== undefined };
  const outside = found.find(
    ({ place: { file: at, span } }) => at === source.path && (span.start < 0 || span.start > span.end || span.end > source.text.length),
  );
  if (outside !== undefined) return { ...result, fault: { kind: 'finding outside of the text', detail: outside.code } };
  if (readable) {
    const again = parseBylaws({ path: source.path, text: printed });
    if (printBylaws(again.file) !== printed) return { ...result, fault: { kind: 'prints another text', detail: 'printing what was printed' } };
    const first = again.diagnostics[0];
    if (first !== undefined) return { ...result, fault: { kind: 'prints another text', detail: `what was printed has ${first.code} ${first.message}` } };
  }
  return { ...result, fault: undefined };
}

/** Runs the cases `from` up to `from + count` of a seed; `each` is told after every case. */
export function fuzz(
  sources: readonly string[],
  options: { readonly seed: number; readonly from: number; readonly count: number },
  each: (index: number) => 'go on' | 'stop' = () => 'go on',
): FuzzReport {
  const faults: Fault[] = [];
  const report = { casesCount: 0, readableCount: 0, compiledCount: 0, slowestMs: 0, slowestIndex: -1 };
  for (let index = options.from; index < options.from + options.count; index += 1) {
    const source = mutant(sources, options.seed, index);
    try {
      if (index % analysedEvery === 0) runText(source, 'analysed');
      const { fault, readable, compiled, ms } = timed(source);
      report.readableCount += readable ? 1 : 0;
      report.compiledCount += compiled ? 1 : 0;
      if (ms > report.slowestMs) Object.assign(report, { slowestMs: ms, slowestIndex: index });
      if (fault !== undefined) faults.push({ index, ...fault, ...source });
      if (ms > slowMs) faults.push({ index, kind: 'slow', detail: `${Math.round(ms)} ms for ${source.text.length} characters`, ...source });
    } catch (error) {
      faults.push({
        index,
        kind: 'throws',
        detail: error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error),
        ...source,
      });
    }
    report.casesCount += 1;
    if (each(index) === 'stop') break;
  }
  return { ...report, faults };
}

/** Processor time, not that of the clock: on a busy machine the clock says how long others took. A slow case is tried again. */
function timed(source: { readonly path: string; readonly text: string }): ReturnType<typeof runText> & { readonly ms: number } {
  let ms = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3; tries += 1) {
    const start = process.cpuUsage();
    const result = runText(source);
    ms = Math.min(ms, process.cpuUsage(start).user / 1000);
    if (ms <= slowMs || tries === 2) return { ...result, ms };
  }
  throw new Error('three tries have an end');
}

/** The text of a case made as small as it can be while the same kind of fault stays: pieces are left out, ever smaller ones. */
export function smallest(source: { readonly path: string; readonly text: string }): { readonly kind: string; readonly text: string } {
  const kind = kindOf(source);
  let { text } = source;
  for (let size = Math.max(1, text.length >> 1); kind !== 'none' && size >= 1; size >>= 1) {
    for (let at = 0; at < text.length;) {
      const without = text.slice(0, at) + text.slice(at + size);
      if (kindOf({ ...source, text: without }) === kind) text = without;
      else at += size;
    }
  }
  return { kind, text };
}

function kindOf(source: { readonly path: string; readonly text: string }): string {
  try {
    return runText(source).fault?.kind ?? 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Bytes in use after a full collection. */
export function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
