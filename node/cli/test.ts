// `gdo test`: plays the scenarios of the bylaws on the real engine with a virtual clock. It touches no ledger and writes no file.
import { dirname, join, relative, sep } from 'node:path';
import { coverageOf, runScenarios } from '../../compiler/index.ts';
import { readBylaws } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { drawFindings } from './frame.ts';
import { hasErrors, loadBylaws, readModule } from './load-bylaws.ts';
import type { LoadedBylaws } from './load-bylaws.ts';
import { errorCases, errorRows, errorsOf, junitSuite, reportFormats } from './scenario-report.ts';
import { counted } from './table.ts';
import { plainText, visible } from './terminal.ts';
import { watchFolders } from './watch-folders.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo test`. Exits 0, 1 (a scenario went otherwise, or the bylaws have errors), 2, 3. Source: language.md S68. */
export const testCommand: CommandDefinition = {
  name: 'test',
  group: 'write',
  summary: 'play the scenarios of the bylaws',
  arguments: '[FILES...]',
  filesFrom: 0,
  options: [
    ['--filter <text>', 'only scenarios whose title holds this text'],
    ['--coverage', 'also say which stages no scenario reaches, and which ways out of them none takes'],
    ['--watch', 'play again whenever a file of bylaws changes, until Ctrl-C'],
    ['--format <format>', 'human, json or junit'],
  ],
  examples: ['gdo test --coverage', 'gdo test --filter amendment'],
  run: runTest,
};

async function runTest(names: readonly string[], options: Options, world: World): Promise<number> {
  // Nothing aborts the command's own signal: Ctrl-C ends the process.
  if (options['watch'] === true) return await playAndWatch(names, options, world, new AbortController().signal);
  return await playOnce(names, options, world);
}

/** Plays the scenarios, and again after each change of a file of bylaws, until the signal. @returns the exit code of the last time */
export async function playAndWatch(names: readonly string[], options: Options, world: World, signal: AbortSignal): Promise<number> {
  for (;;) {
    const folders = await foldersOf(names, world);
    // Watching begins before the files are read again, so that no change is missed.
    const watch = watchFolders(folders);
    try {
      const exit = await playOrComplain(names, options, world);
      world.stderr(`Watching ${counted(folders.length, 'folder')} for changes; Ctrl-C ends.\n`);
      await watch.changed(signal);
      if (signal.aborted) return exit;
    } finally {
      watch.close();
    }
  }
}

/** The folders that hold the bylaws; where nothing can be read now, the folder in which they may come up. */
async function foldersOf(names: readonly string[], world: World): Promise<readonly string[]> {
  try {
    const files = await readBylaws(world.cwd, names);
    return [...new Set(files.map((file) => join(world.cwd, dirname(file.path))))].toSorted();
  } catch (error) {
    if (error instanceof UsageError || error instanceof WorldError) return [world.cwd];
    throw error;
  }
}

/** While watching, bylaws that are missing or unreadable for a moment are no reason to stop. */
async function playOrComplain(names: readonly string[], options: Options, world: World): Promise<number> {
  try {
    return await playOnce(names, options, world);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof WorldError)) throw error;
    world.stderr(`error[${error.code}]: ${error.message}\n  help:  ${error.help}\n`);
    return error instanceof UsageError ? 2 : 3;
  }
}

/** The folders right below one that is named in which organizations of their own stand; none where the bylaws below it are of one. */
async function organizationsIn(names: readonly string[], world: World): Promise<readonly string[]> {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) return [];
  const files = await readBylaws(world.cwd, names);
  const place = relative(world.cwd, join(world.cwd, name)).split(sep).join('/');
  const depth = place === '' ? 0 : place.split('/').length;
  const folders = files.flatMap(({ path, text }) => {
    const parts = path.split('/');
    return parts.length > depth + 1 && /^organization\s/m.test(text) ? [parts.slice(0, depth + 1).join('/')] : [];
  });
  const own = [...new Set(folders)];
  return own.length < 2 ? [] : own;
}

/** Plays the scenarios of one organization, or of each that stands in a folder of its own below the one that is named. @returns the exit code */
async function playOnce(names: readonly string[], options: Options, world: World): Promise<number> {
  const folders = await organizationsIn(names, world);
  const format = formatOf(options, world);
  if (folders.length === 0) return await playOne(names, options, world);
  if (format !== 'human')
    throw new UsageError(
      'GDO5003',
      `There are ${folders.length} organizations below \`${visible(names[0] ?? '')}\``,
      `name one of them for --format ${format}`,
    );
  let exit = 0;
  for (const folder of folders) {
    world.stdout(`${visible(folder)}\n`);
    exit = Math.max(exit, await playOne([folder], options, world));
  }
  world.stdout(`${counted(folders.length, 'organization')}, ${exit === 0 ? 'all as expected' : 'not all as expected'}\n`);
  return exit;
}

function formatOf(options: Options, world: World): string {
  return String(options['format'] ?? (world.json ? 'json' : 'human'));
}

async function playOne(names: readonly string[], options: Options, world: World): Promise<number> {
  const format = formatOf(options, world);
  const write = reportFormats.get(format);
  if (write === undefined) throw new UsageError('GDO5003', `There is no format \`${visible(format)}\``, `formats: ${[...reportFormats.keys()].join(', ')}`);
  const loaded = await loadBylaws(world.cwd, names);
  const charter = loaded.compiled?.charter;
  if (charter === undefined || hasErrors(loaded.compiled?.diagnostics ?? [])) return refuse(loaded, format, world);
  const results = runScenarios(loaded.files, charter, (path) => readModule(world.cwd, path));
  const filter = options['filter'];
  const chosen = typeof filter === 'string' ? results.filter((result) => result.title.toLowerCase().includes(filter.toLowerCase())) : results;
  if (chosen.length === 0 && typeof filter === 'string') {
    throw new UsageError('GDO5003', `No scenario has \`${visible(filter)}\` in its title`, 'their titles: gdo test --json');
  }
  const coverage = options['coverage'] === true ? { coverage: coverageOf(charter, chosen) } : {};
  const text = write({ results: chosen, ...coverage }, loaded, world);
  world.stdout(world.plain ? plainText(text) : text);
  const errors = errorsOf(loaded);
  // Whoever reads about a takeover wants to see it happen: what the rules let happen can be played, and is no success.
  if (errors.length > 0)
    world.stderr(`The bylaws have ${counted(errors.length, 'error')} (${[...new Set(errors.map(({ code }) => code))].join(', ')}): gdo check\n`);
  return errors.length === 0 && chosen.every((result) => result.passed) ? 0 : 1;
}

/** Bylaws that do not compile are not played: what a scenario says of them would mean nothing. */
function refuse(loaded: LoadedBylaws, format: string, world: World): number {
  if (format === 'human') {
    world.stdout(drawFindings(errorsOf(loaded), loaded.texts, world));
    world.stderr('No scenario was played: mend the bylaws first.\n');
  } else if (format === 'json') {
    world.stdout(`${JSON.stringify({ schema: 'gdo-test/1', scenarios: [], findings: errorRows(loaded) })}\n`);
  } else {
    world.stdout(junitSuite(errorCases(loaded)));
  }
  return 1;
}
