// Writes the help texts, for people and as documents: the list of commands and the page of one command. It parses nothing and prints nothing.
import type { CommandDefinition } from './command.ts';
import { commands, globalFlags, groups } from './program.ts';
import { alignRows } from './table.ts';

/** The text of `gdo --help`: three groups, the flags everywhere, where to begin. Pure. */
export function programHelp(): string {
  const width = Math.max(...commands.map((entry) => entry.name.length));
  const sections = groups.map(([group, heading]) => {
    const rows = commands.filter((entry) => entry.group === group).map((entry) => [entry.name.padEnd(width), entry.summary]);
    return `${heading}\n${alignRows(rows, 2).join('\n')}`;
  });
  return [
    'gdo: bylaws that are checked before adoption and enforced at every merge',
    'Usage: gdo COMMAND [FLAGS]',
    ...sections,
    `Flags of every command\n${alignRows(globalFlags, 2).join('\n')}`,
    'Begin with:  gdo init my-group\nOne command: gdo COMMAND --help',
  ]
    .join('\n\n')
    .concat('\n');
}

/** What `gdo --help --json` says: every command, and the flags everywhere. Pure. */
export function programHelpDocument(): object {
  return {
    schema: 'gdo-help/1',
    usage: 'gdo COMMAND [FLAGS]',
    commands: commands.map(({ name, group, summary }) => ({ name, group, summary })),
    flags: flagRows(globalFlags),
  };
}

/** What `gdo COMMAND --help --json` says. Flags are as people read them, such as `-q, --quiet`; those of every command are the program's. Pure. */
export function commandHelpDocument(command: CommandDefinition): object {
  const { name, group, summary, options, examples } = command;
  return { schema: 'gdo-command-help/1', command: name, usage: usageOf(command), group, summary, flags: flagRows(options), examples };
}

function flagRows(rows: readonly (readonly [flags: string, description: string])[]): readonly object[] {
  return rows.map(([flags, does]) => ({ flags, does }));
}

function usageOf(command: CommandDefinition): string {
  return ['gdo', command.name, ...(command.arguments === undefined ? [] : [command.arguments])].join(' ');
}

/** The page of one command: usage, flags of its own, two examples. Pure. */
export function commandHelp(command: CommandDefinition): string {
  const flags = command.options.length === 0 ? [] : [`Flags\n${alignRows(command.options, 2).join('\n')}`];
  return [
    `${usageOf(command)}\n  ${command.summary}`,
    ...flags,
    `Examples\n${command.examples.map((example) => `  ${example}`).join('\n')}`,
    'Flags of every command: gdo --help',
  ]
    .join('\n\n')
    .concat('\n');
}
