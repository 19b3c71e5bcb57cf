// `gdo test`: plays the scenarios of the bylaws on the real engine with a virtual clock. It touches no ledger and writes no file.
import { runScenarios } from '../../compiler/index.ts';
import type { ScenarioResult, SourcePlace, TraceLine } from '../../compiler/index.ts';
import { lineAndColumn } from '../../language/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { xml } from './finding-formats.ts';
import { drawFindings } from './frame.ts';
import { hasErrors, loadBylaws } from './load-bylaws.ts';
import type { LoadedBylaws } from './load-bylaws.ts';
import { alignRows, counted } from './table.ts';
import { paint, plainText, visible, wrap } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo test`. Exits 0, 1 (a scenario went otherwise, or the bylaws have errors), 2, 3. Source: language.md S68. */
export const testCommand: CommandDefinition = {
  name: 'test',
  group: 'write',
  summary: 'play the scenarios of the bylaws',
  arguments: '[FILES...]',
  options: [
    ['--filter <text>', 'only scenarios whose title holds this text'],
    ['--format <format>', 'human, json or junit'],
  ],
  examples: ['gdo test', 'gdo test --filter amendment'],
  run: runTest,
};

async function runTest(names: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const format = options['format'] ?? (world.json ? 'json' : 'human');
  const write = formats.get(String(format));
  if (write === undefined) throw new UsageError('GDO5003', `There is no format \`${visible(String(format))}\``, `formats: ${[...formats.keys()].join(', ')}`);
  const loaded = await loadBylaws(world.cwd, names);
  const charter = loaded.compiled?.charter;
  if (charter === undefined || hasErrors(loaded.findings)) return refuse(loaded, String(format), world);
  const results = runScenarios(loaded.files, charter);
  const filter = options['filter'];
  const chosen = typeof filter === 'string' ? results.filter((result) => result.title.toLowerCase().includes(filter.toLowerCase())) : results;
  if (chosen.length === 0 && typeof filter === 'string') {
    throw new UsageError('GDO5003', `No scenario has \`${visible(filter)}\` in its title`, 'their titles: gdo test --json');
  }
  const text = write(chosen, loaded, world);
  world.stdout(world.plain ? plainText(text) : text);
  return chosen.every((result) => result.passed) ? 0 : 1;
}

/** Faulty bylaws are not played: what a scenario says of them would mean nothing. */
function refuse(loaded: LoadedBylaws, format: string, world: World): number {
  const errors = loaded.findings.filter((finding) => finding.severity === 'error');
  if (format === 'human') {
    world.stdout(drawFindings(errors, loaded.texts, world));
    world.stderr('No scenario was played: mend the bylaws first.\n');
  } else if (format === 'json') {
    const findings = errors.map((finding) => ({ code: finding.code, message: finding.message, ...placed(finding.place, loaded) }));
    world.stdout(`${JSON.stringify({ schema: 'gdo-test/1', scenarios: [], findings })}\n`);
  } else {
    const cases = errors.map((finding) => `  <testcase classname="gdo test" name="${finding.code}"><error message="${xml(finding.message)}"/></testcase>\n`);
    world.stdout(suite(cases));
  }
  return 1;
}

type Write = (results: readonly ScenarioResult[], loaded: LoadedBylaws, world: World) => string;

const formats: ReadonlyMap<string, Write> = new Map([
  ['human', human],
  ['json', json],
  ['junit', junit],
]);

function placed(place: SourcePlace, loaded: LoadedBylaws): { readonly file: string; readonly line: number } {
  return { file: place.file, line: lineAndColumn(loaded.texts.get(place.file) ?? '', place.span.start).line };
}

function human(results: readonly ScenarioResult[], loaded: LoadedBylaws, world: World): string {
  const failed = results.filter((result) => !result.passed);
  const blocks = results.flatMap((result) => {
    if (!result.passed) return [failureText(result, loaded, world)];
    return world.verbosity >= 2 ? [`${paint(world, 'green', '✓')} ${visible(result.title)}\n`] : [];
  });
  const last = failed.length === 0 ? 'all as expected' : `${results.length - failed.length} as expected, ${failed.length} not`;
  const count = results.length === 0 ? 'There are no scenarios: nothing was played.' : `${counted(results.length, 'scenario')}, ${last}`;
  return [...blocks, `${count}\n`].join(failed.length === 0 ? '' : '\n');
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

function json(results: readonly ScenarioResult[], loaded: LoadedBylaws): string {
  const scenarios = results.map((result) => ({
    title: result.title,
    ...placed(result.place, loaded),
    passed: result.passed,
    ...(result.failure === undefined ? {} : { failure: { message: result.failure.message, ...placed(result.failure.place, loaded) } }),
    trace: result.trace.map(({ place: _place, ...line }) => line),
  }));
  return `${JSON.stringify({ schema: 'gdo-test/1', scenarios, findings: [] })}\n`;
}

function junit(results: readonly ScenarioResult[], loaded: LoadedBylaws): string {
  const cases = results.map((result) => {
    const failure =
      result.failure === undefined ? '' : `<failure message="${xml(result.failure.message)}">line ${placed(result.failure.place, loaded).line}</failure>`;
    return `  <testcase classname="${xml(result.place.file)}" name="${xml(result.title)}">${failure}</testcase>\n`;
  });
  return suite(cases);
}

function suite(cases: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="gdo test" tests="${cases.length}">\n${cases.join('')}</testsuite>\n`;
}
