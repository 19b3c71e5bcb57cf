// Turns the words of a command line into positional arguments and options, with commander; its errors become usage errors of ours.
import { Command, CommanderError } from 'commander';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { globalFlags } from './program.ts';
import { visible } from './terminal.ts';

/** What was typed, by the long name of each flag in camel case; `-C` is `C`. */
export interface ParsedLine {
  readonly positional: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
}

/**
 * Parses the words after `gdo` for one command, whose name is among them.
 * @throws UsageError GDO5001 for an unknown flag, GDO5002 for missing or superfluous words
 */
export async function parseCommandLine(command: CommandDefinition, argv: readonly string[]): Promise<ParsedLine> {
  let positional: readonly string[] = [];
  const program = quiet(new Command('gdo')).helpOption(false).helpCommand(false);
  for (const [flags, description] of globalFlags) {
    if (flags.includes('--verbose')) program.option(flags, description, (_value: unknown, before: string) => String(Number(before) + 1), '0');
    else if (flags !== '--help' && flags !== '--version') program.option(flags, description);
  }
  const own = quiet(program.command(command.name)).helpOption(false);
  for (const [flags, description] of command.options) addOption(own, flags, description);
  // An empty usage would be one argument without a name.
  if (command.arguments !== undefined) own.arguments(commanderArguments(command.arguments));
  own.action(() => {
    positional = own.processedArgs.flat().filter((word): word is string => typeof word === 'string');
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw await usageError(error, command);
    throw error;
  }
  return { positional, options: { ...readOptions(program.opts()), ...readOptions(own.opts()) } };
}

/** `--format <format...>` may be repeated and takes one word each time: commander's own reading would eat the files that follow. */
function addOption(own: Command, flags: string, description: string): void {
  if (!flags.includes('...')) own.option(flags, description);
  else own.option(flags.replace('...', ''), description, (word: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), word]);
}

function quiet(command: Command): Command {
  return command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined });
}

/** `CASE [CHOICE]` as commander wants it: `<CASE> [CHOICE]`. */
function commanderArguments(usage: string): string {
  return usage
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (word.startsWith('[') ? word : `<${word}>`))
    .join(' ');
}

function readOptions(values: Readonly<Record<string, unknown>>): Readonly<Record<string, OptionValue>> {
  const options: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' || typeof value === 'boolean') options[name] = value;
    else if (Array.isArray(value)) options[name] = value.filter((word): word is string => typeof word === 'string');
  }
  return options;
}

async function usageError(error: CommanderError, command: CommandDefinition): Promise<UsageError> {
  const word = visible(/'([^']*)'/.exec(error.message)?.[1] ?? '');
  const page = `flags and examples: gdo ${command.name} --help`;
  switch (error.code) {
    case 'commander.unknownOption':
      return new UsageError('GDO5001', `\`gdo ${command.name}\` has no flag \`${word}\``, await flagHelp(word, command, page));
    case 'commander.missingArgument':
      return new UsageError('GDO5002', `\`gdo ${command.name}\` needs ${word}`, page);
    case 'commander.optionMissingArgument':
      return new UsageError('GDO5002', `The flag \`${word}\` needs a value`, page);
    case 'commander.excessArguments':
      return new UsageError(
        'GDO5002',
        `\`gdo ${command.name}\` got more words than it takes`,
        `usage: gdo ${command.name} ${command.arguments ?? ''}`.trimEnd(),
      );
    default:
      return new UsageError('GDO5002', visible(error.message.replace(/^error: /, '')), page);
  }
}

async function flagHelp(word: string, command: CommandDefinition, page: string): Promise<string> {
  // The language is loaded only for somebody who mistyped.
  const { suggest } = await import('../../language/index.ts');
  const known = [...command.options, ...globalFlags].flatMap(([flags]) => flags.split(/[ ,]+/).filter((part) => part.startsWith('--')));
  const names = known.map((flag) => flag.slice(2));
  const [first] = suggest(word.replace(/^-+/, ''), names);
  return first === undefined ? page : `did you mean \`--${first}\`?  ${page}`;
}
