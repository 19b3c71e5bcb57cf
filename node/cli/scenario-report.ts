// What `gdo test` prints: how scenarios went, in three formats, and what they cover. It plays nothing.
import { uncovered } from '../../compiler/index.ts';
import type { ProcessCoverage, ScenarioResult, SourcePlace, TraceLine } from '../../compiler/index.ts';
import { lineAndColumn } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { xml } from './finding-formats.ts';
import type { LoadedBylaws } from './load-bylaws.ts';
import { alignRows, counted } from './table.ts';
import { paint, visible, wrap } from './terminal.ts';
import type { World } from './world.ts';

/** What is to be told: the scenarios played, and with `--coverage` what they saw of the bylaws. */
export interface ScenarioReport {
  readonly results: readonly ScenarioResult[];
  readonly coverage?: readonly ProcessCoverage[];
}

type Write = (report: ScenarioReport, loaded: LoadedBylaws, world: World) => string;

/**
 * The formats by name. `json` is one document of schema `gdo-test/1`: `scenarios` with `trace`, `findings`, and with coverage
 * `coverage.processes` (`stages` and `ways` with `times`) and `coverage.uncovered` (sentences).
 */
export const reportFormats: ReadonlyMap<string, Write> = new Map([
  ['human', human],
  ['json', json],
  ['junit', junit],
]);

/** A place as people and programs name it. `line` counts from 1. Pure. */
export function placed(place: SourcePlace, loaded: LoadedBylaws): { readonly file: string; readonly line: number } {
  return { file: place.file, line: lineAndColumn(loaded.texts.get(place.file) ?? '', place.span.start).line };
}

/** The errors of the bylaws themselves. Pure. */
export function errorsOf(loaded: LoadedBylaws): readonly Diagnostic[] {
  return loaded.findings.filter((finding) => finding.severity === 'error');
}

/** The errors of the bylaws as the JSON document lists them. Pure. */
export function errorRows(loaded: LoadedBylaws): readonly object[] {
  return errorsOf(loaded).map((found) => ({ code: found.code, message: found.message, ...placed(found.place, loaded) }));
}

/** The errors of the bylaws as cases of a JUnit suite. Pure. */
export function errorCases(loaded: LoadedBylaws): readonly string[] {
  return errorsOf(loaded).map((found) => `  <testcase classname="gdo test" name="${found.code}"><error message="${xml(found.message)}"/></testcase>\n`);
}

function human({ results, coverage }: ScenarioReport, loaded: LoadedBylaws, world: World): string {
  const failed = results.filter((result) => !result.passed);
  const blocks = results.flatMap((result) => {
    if (!result.passed) return [failureText(result, loaded, world)];
    return world.verbosity >= 2 ? [`${paint(world, 'green', '✓')} ${visible(result.title)}\n`] : [];
  });
  const last = failed.length === 0 ? 'all as expected' : `${results.length - failed.length} as expected, ${failed.length} not`;
  const count = results.length === 0 ? 'There are no scenarios: nothing was played.' : `${counted(results.length, 'scenario')}, ${last}`;
  const told = [...blocks, `${count}\n`].join(failed.length === 0 ? '' : '\n');
  return coverage === undefined ? told : `${told}\n${coverageText(coverage, world)}`;
}

function coverageText(coverage: readonly ProcessCoverage[], world: World): string {
  const share = (list: readonly { readonly times: number }[]): string => `${list.filter((one) => one.times > 0).length} of ${list.length}`;
  const rows = coverage.map(({ process, stages, ways }) => [visible(process), share(stages), share(ways)]);
  const missing = uncovered(coverage).map((sentence) => wrapped(visible(sentence), world));
  const list = missing.length === 0 ? ['Every stage and every way out of one is covered.'] : ['No scenario covers:', ...missing.flat()];
  return `${[...alignRows([['Covered', 'stages', 'ways out'], ...rows]), '', ...list].join('\n')}\n`;
}

function wrapped(sentence: string, world: World): readonly string[] {
  return wrap(sentence, Math.max(30, world.columns - 4)).map((text, index) => `${index === 0 ? '  ' : '    '}${text}`);
}

function failureText(result: ScenarioResult, loaded: LoadedBylaws, world: World): string {
  const place = result.failure?.place ?? result.place;
  const { file, line } = placed(place, loaded);
  const source = (loaded.texts.get(place.file) ?? '').split(/\r?\n/)[line - 1] ?? '';
  const lines = [
    `${paint(world, 'red', '✗')} ${paint(world, 'bold', visible(result.title))}`,
    `   ${visible(file)}:${line}`,
    `   ${visible(source.trim())}`,
    ...wrap(visible(result.failure?.message ?? ''), Math.max(30, world.columns - 3)).map((text) => `   ${text}`),
    ...(result.trace.length === 0 ? [] : ['', '   What happened', ...traceRows(result.trace)]),
  ];
  return `${lines.map((text) => text.trimEnd()).join('\n')}\n`;
}

function traceRows(trace: readonly TraceLine[]): readonly string[] {
  const rows = trace.map((line) => {
    const verdict = [line.verdict, ...(line.code === undefined ? [] : [line.code])].join(' ');
    return [line.at, visible(line.text), verdict, visible(line.reason ?? '')];
  });
  return alignRows(rows, 5);
}

function json({ results, coverage }: ScenarioReport, loaded: LoadedBylaws): string {
  const scenarios = results.map((result) => ({
    title: result.title,
    ...placed(result.place, loaded),
    passed: result.passed,
    ...(result.failure === undefined ? {} : { failure: { message: result.failure.message, ...placed(result.failure.place, loaded) } }),
    trace: result.trace.map(({ place: _place, ...line }) => line),
  }));
  const covered = coverage === undefined ? {} : { coverage: { processes: coverage, uncovered: uncovered(coverage) } };
  return `${JSON.stringify({ schema: 'gdo-test/1', scenarios, findings: errorRows(loaded), ...covered })}\n`;
}

function junit({ results, coverage }: ScenarioReport, loaded: LoadedBylaws): string {
  const cases = results.map((result) => {
    const failure =
      result.failure === undefined ? '' : `<failure message="${xml(result.failure.message)}">line ${placed(result.failure.place, loaded).line}</failure>`;
    return `  <testcase classname="${xml(result.place.file)}" name="${xml(result.title)}">${failure}</testcase>\n`;
  });
  cases.push(...errorCases(loaded));
  if (coverage === undefined) return junitSuite(cases);
  return junitSuite(
    cases,
    `  <system-out>${uncovered(coverage)
      .map((sentence) => `${xml(`no scenario covers: ${sentence}`)}\n`)
      .join('')}</system-out>\n`,
  );
}

/** A suite of test cases in the junit format. `output` stands behind them. Pure. */
export function junitSuite(cases: readonly string[], output = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="gdo test" tests="${cases.length}">\n${cases.join('')}${output}</testsuite>\n`;
}
