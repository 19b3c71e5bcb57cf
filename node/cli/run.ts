// Runs one command line in a given world and answers its exit code. It catches every failure once; nothing else in the command line does.
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { folderAbove } from './folder-above.ts';
import { commandHelp, commandHelpDocument, programHelp, programHelpDocument } from './help.ts';
import { Interrupted } from './interrupted.ts';
import { commands } from './program.ts';
import type { CommandEntry } from './program.ts';
import type { ParsedLine } from './parse-command-line.ts';
import { systemFailure } from './system-failure.ts';
import { note, paint, plainText, visible } from './terminal.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

/** Exit codes of cli.md section 2 that are decided here. */
const exitUsage = 2;
const exitUndecided = 3;
const exitInterrupted = 130;

interface Line {
  readonly entry: CommandEntry | undefined;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

/**
 * Runs `gdo` with these words (without the program's own name). May be called again and again in one process.
 * @returns the exit code of cli.md section 2; never throws, a fault of gdo itself is 3 with GDO5090
 */
export async function runCommand(argv: readonly string[], world: World): Promise<number> {
  let shaped: World = { ...world, json: world.json || argv.includes('--json'), plain: world.plain || argv.includes('--plain') };
  try {
    const line = readLine(argv);
    if (line.wantsVersion) return printed(shaped, `gdo ${version}\n`, { schema: 'gdo-version/1', version });
    if (line.entry === undefined) return printed(shaped, programHelp(), programHelpDocument());
    if (!line.wantsHelp) await line.entry.begin?.(argv);
    const command = await line.entry.load();
    if (line.wantsHelp) return printed(shaped, commandHelp(command), commandHelpDocument(command));
    const { parseCommandLine } = await import('./parse-command-line.ts');
    const parsed = await parseCommandLine(command, argv);
    shaped = whereBylawsAre(command, parsed, shapeWorld(world, parsed.options));
    return await command.run(parsed.positional, ownOptions(command, parsed.options), shaped);
  } catch (error) {
    return reportFailure(error, shaped);
  }
}

function printed(world: World, text: string, document: object): number {
  if (world.json) world.stdout(`${JSON.stringify(document)}\n`);
  else world.stdout(world.plain ? plainText(text) : text);
  return 0;
}

/** Finds the command's name before anything heavy is loaded: `gdo --help` has to answer at once. */
function readLine(argv: readonly string[]): Line {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  let name: string | undefined;
  for (let index = 0; index < words.length && name === undefined; index += 1) {
    const word = words[index] ?? '';
    if (word === '-C' || word === '--color') index += 1;
    else if (!word.startsWith('-')) name = word;
    else if (!globalWords.test(word)) throw unknownFlag(word);
  }
  const wantsHelp = words.includes('--help') || words.includes('-h');
  const wantsVersion = words.includes('--version') && name === undefined;
  if (name === 'help') {
    const topic = words[words.indexOf('help') + 1];
    return { entry: topic === undefined || topic.startsWith('-') ? undefined : findCommand(topic), wantsHelp: true, wantsVersion: false };
  }
  return { entry: name === undefined ? undefined : findCommand(name), wantsHelp, wantsVersion };
}

const globalWords = /^(?:-h|--help|--version|--json|--plain|-q|--quiet|-v+|--verbose|-C.+|--color=.*)$/;

function unknownFlag(word: string): UsageError {
  return new UsageError(
    'GDO5001',
    `There is no flag \`${visible(word)}\` before the command`,
    'flags of a command stand after its name; all flags: gdo --help',
  );
}

function findCommand(name: string): CommandEntry {
  const found = commands.find((entry) => entry.name === name);
  if (found === undefined) throw new UnknownCommand(name);
  return found;
}

/** A usage error whose help needs the suggestions of the language, which is loaded only then. */
class UnknownCommand extends UsageError {
  readonly word: string;
  constructor(word: string) {
    super('GDO5001', `There is no command \`${visible(word)}\``, 'all commands: gdo --help');
    this.word = word;
  }
}

function shapeWorld(world: World, options: Readonly<Record<string, OptionValue>>): World {
  const directory = options['C'];
  const color = options['color'];
  if (typeof color === 'string' && !['auto', 'always', 'never'].includes(color)) {
    throw new UsageError(
      'GDO5003',
      `\`--color ${visible(color)}\` is not one of auto, always, never`,
      'leave it out: gdo sees for itself whether it writes to a terminal',
    );
  }
  const folder = typeof directory === 'string' ? resolve(world.cwd, directory) : world.cwd;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UsageError(
      'GDO5003',
      `\`-C ${visible(String(directory))}\` is a file, and a folder is meant`,
      'name a file behind the command:  gdo check bylaws/council.gdo',
    );
  const json = world.json || options['json'] === true;
  const usual = options['quiet'] === true ? 0 : world.verbosity;
  const verbose = typeof options['verbose'] === 'string' ? Number(options['verbose']) : 0;
  return {
    ...world,
    cwd: folder,
    json,
    plain: world.plain || options['plain'] === true,
    color: color === 'always' || (color !== 'never' && world.color && !json),
    verbosity: Math.min(3, usual + verbose),
  };
}

/** Without `-C` and without a file named, a command about bylaws works in the folder above that holds them, and says so. */
function whereBylawsAre(command: CommandDefinition, { positional, options }: ParsedLine, world: World): World {
  if (command.filesFrom === undefined || positional.length > command.filesFrom || typeof options['C'] === 'string') return world;
  if (positional.some((word) => statSync(resolve(world.cwd, word), { throwIfNoEntry: false }) !== undefined)) return world;
  const above = folderAbove(world.cwd);
  if (above === undefined) return world;
  if (world.verbosity > 0 && !world.json) world.stderr(`The bylaws are in the folder ${visible(relative(world.cwd, above))}, and gdo works there.\n`);
  return { ...world, cwd: above };
}

const globalNames: readonly string[] = ['C', 'json', 'color', 'plain', 'quiet', 'verbose'];

function ownOptions(command: CommandDefinition, options: Readonly<Record<string, OptionValue>>): Readonly<Record<string, OptionValue>> {
  const own = command.options.map(([flags]) => flags);
  return Object.fromEntries(Object.entries(options).filter(([name]) => !globalNames.includes(name) || own.some((flags) => flags.includes(`--${name}`))));
}

async function reportFailure(error: unknown, world: World): Promise<number> {
  if (error instanceof Interrupted) {
    world.stderr('Stopped. Nothing was written.\n');
    return exitInterrupted;
  }
  if (error instanceof UnknownCommand) return printFailure(world, error.code, error.message, await helpForUnknown(error), exitUsage);
  if (error instanceof UsageError) return printFailure(world, error.code, error.message, error.help, exitUsage);
  const failure = error instanceof WorldError ? error : systemFailure(error);
  if (failure !== undefined) return printFailure(world, failure.code, failure.message, withCause(failure, world), exitUndecided);
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const help = `details are in ${writeDetails(details)}; please report them`;
  const exit = printFailure(world, 'GDO5090', 'This is a fault of gdo itself, not of your bylaws', help, exitUndecided);
  if (world.verbosity >= 3) world.stderr(`${visible(details)}\n`);
  return exit;
}

async function helpForUnknown(error: UnknownCommand): Promise<string> {
  const { suggest } = await import('../../language/index.ts');
  const [first] = suggest(
    error.word,
    commands.map((entry) => entry.name),
  );
  return first === undefined ? error.help : `did you mean \`gdo ${first}\`?  ${error.help}`;
}

function withCause(error: WorldError, world: World): string {
  return world.verbosity >= 2 && error.cause instanceof Error ? `${error.help}\n${error.cause.message}` : error.help;
}

function printFailure(world: World, code: string, message: string, help: string, exit: number): number {
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-failure/1', code, message, help, exit })}\n`);
    return exit;
  }
  const lines = [
    `${paint(world, 'red', `error[${code}]`)}: ${visible(message)}`,
    ...note('help:', help, world),
    ...note('more:', `gdo explain ${code}`, world),
  ];
  const text = `${lines.join('\n')}\n`;
  world.stderr(world.plain ? plainText(text) : text);
  return exit;
}

/** Where the details of a crash went, or a word saying that even that failed. */
function writeDetails(details: string): string {
  try {
    const path = join(mkdtempSync(join(tmpdir(), 'gdo-')), 'crash.txt');
    writeFileSync(path, `gdo ${version}, Node ${process.versions.node}\n${details}\n`, { mode: 0o600 });
    return path;
  } catch (error) {
    // A full or read-only disk must not hide the first failure.
    return error instanceof Error ? `no file (${error.message}); use -vv` : 'no file; use -vv';
  }
}
