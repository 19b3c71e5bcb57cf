// The figures of mutants: from what Stryker reports to what is kept, and from there to the table in docs/. It runs nothing.
import { decidingFiles } from './deciding.ts';
import { equivalents } from './equivalents.ts';

/** A mutant that no test noticed: where it is, what stood there and what was put there. */
export interface Survivor {
  readonly line: number;
  readonly was: string;
  readonly becomes: string;
}

/** The figures of one file. `constant`: what is worked out once when the file is loaded, and claims about our own code. */
export interface FileScore {
  /** Of the file. */
  readonly digest: string;
  /** Digest of the tests that judged it. */
  readonly judges: string;
  /** Which share of the mutants was asked for, chosen by their text and place, and out of how many; absent: all of them. */
  readonly share?: number;
  readonly outOf?: number;
  /** The time ran out before all that was asked for was judged: no sample, and asked again by the next run. */
  readonly isCut?: true;
  readonly mutants: number;
  readonly noticed: number;
  readonly constant: number;
  readonly survivors: readonly Survivor[];
}

/** One file of a report of Stryker. */
export interface ReportedFile {
  readonly source: string;
  readonly mutants: readonly ReportedMutant[];
}

interface ReportedMutant {
  readonly replacement: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Both from 1; an end is exclusive. */
interface Place {
  readonly line: number;
  readonly column: number;
}

const shownMax = 100;
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, shownMax);

/** What is worked out once is not tried, and what no test could run is no mutant. */
const untried: readonly string[] = ['Ignored', 'CompileError', 'RuntimeError'];

/** What is kept of a report. Pure. */
export function scoreOf(
  { digest, judges, share, isCut = false }: { readonly digest: string; readonly judges: string; readonly share: number; readonly isCut?: boolean },
  { source, mutants }: ReportedFile,
): FileScore {
  const lines = source.split('\n');
  // The runner leaves out what is not in the sample, and is never asked about what no test runs: of that as large a share is taken, and all of it in a
  // file of which no test runs anything.
  const run = mutants.filter(({ status }) => !['Ignored', 'CompileError', 'NoCoverage'].includes(status));
  const judged = run.filter(({ status }) => !untried.includes(status)).length;
  const isSampled = (mutant: ReportedMutant): boolean => mutant.status !== 'NoCoverage' || run.length === 0 || hashOf(mutant) * run.length < judged * 2 ** 32;
  const tried = mutants.filter((mutant) => !untried.includes(mutant.status) && isSampled(mutant));
  const outOf = mutants.filter(({ status }) => !['Ignored', 'CompileError'].includes(status)).length;
  const survivors = tried
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ replacement, location: { start, end } }): Survivor => {
      const last = start.line === end.line ? end.column - 1 : undefined;
      return { line: start.line, was: inOneLine((lines[start.line - 1] ?? '').slice(start.column - 1, last)), becomes: inOneLine(replacement) };
    })
    .toSorted((left, right) => left.line - right.line);
  return {
    digest,
    judges,
    ...(tried.length < outOf ? { share, outOf } : {}),
    ...(isCut && tried.length < outOf ? { isCut } : {}),
    mutants: tried.length,
    noticed: tried.length - survivors.length,
    constant: mutants.filter(({ status }) => status === 'Ignored').length,
    survivors,
  };
}

/** A number below 2^32 for each mutant. */
function hashOf({ replacement, location: { start, end } }: ReportedMutant): number {
  let hash = 0;
  for (const letter of JSON.stringify([replacement, start, end])) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
}

const percentage = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

/** Why a survivor changes nothing that anybody could see; undefined where nobody has said so. */
function reasonOf(file: string, survivor: Survivor): string | undefined {
  return equivalents.find((one) => one.file === file && one.was === survivor.was && (one.becomes === undefined || one.becomes === survivor.becomes))?.reason;
}

/**
 * The table of all files that decide, the reasons of the survivors that have one, and the places of those that have none. Pure.
 * @param isCurrent - whether a file is as it was measured
 */
export function scoresText(scores: Readonly<Record<string, FileScore>>, isCurrent: (file: string, score: FileScore) => boolean): string {
  const measured = decidingFiles.flatMap((file) => (scores[file] === undefined ? [] : [{ file, ...scores[file] }]));
  const total = (of: (score: FileScore) => number): number => measured.reduce((sum, score) => sum + of(score), 0);
  const equal = (file: string, { survivors }: FileScore): number => survivors.filter((one) => reasonOf(file, one) !== undefined).length;
  const row = (name: string, mutants: number, noticed: number, same: number, constant: number): string =>
    `| ${name} | ${mutants} | ${noticed} | ${mutants - noticed} | ${same} | ${constant} | ${percentage(noticed, mutants)} | ${percentage(noticed, mutants - same)} |`;
  const same = measured.reduce((sum, one) => sum + equal(one.file, one), 0);
  const missing = decidingFiles.filter((file) => scores[file] === undefined);
  return [
    '# Mutants of the files that decide',
    '',
    'Written by `npm run mutation`, from `mutation/scores.json`. Each file is broken in one place after the other; a mutant that no test notices survives.',
    'Which files decide, and which tests judge them: `test/measure/deciding.ts`. *Equal* are survivors that change nothing anybody could see, each with its reason below.',
    'The last column leaves them out. *Not tried*: what is worked out once when a file is loaded, and claims about our own code (`invariant`). In brackets: how many',
    'mutants there are where a sample was judged, chosen by their text and place. With a star: the file has changed since. The last row adds up what',
    'was judged: a file of which a sample was judged counts for less in it than one that was judged whole.',
    '',
    '| file | mutants | noticed | survived | equal | not tried | score | score without equal |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...measured.map((one) =>
      row(
        `${one.file}${one.outOf === undefined ? '' : ` (${one.isCut === true ? 'cut off, ' : ''}of ${one.outOf})`}${isCurrent(one.file, one) ? '' : ' *'}`,
        one.mutants,
        one.noticed,
        equal(one.file, one),
        one.constant,
      ),
    ),
    row(
      '**all**',
      total((one) => one.mutants),
      total((one) => one.noticed),
      same,
      total((one) => one.constant),
    ),
    '',
    missing.length === 0 ? 'Every file is measured.' : `Not measured yet: ${missing.map((file) => `\`${file}\``).join(', ')}.`,
    '',
    '## Survivors that change nothing',
    '',
    ...equivalents.map(({ file, was, becomes, reason }) => `- \`${file}\`: \`${was}\`${becomes === undefined ? '' : ` as \`${becomes}\``}: ${reason}`),
    '',
    '## Other survivors',
    '',
    ...measured.flatMap(({ file, survivors }) => {
      const left = survivors.filter((one) => reasonOf(file, one) === undefined);
      return left.length === 0 ? [] : [`- \`${file}\`: ${left.map(({ line, was, becomes }) => `${line} \`${was}\` as \`${becomes}\``).join('; ')}`];
    }),
    '',
  ].join('\n');
}
