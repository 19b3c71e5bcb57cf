// Writes the help texts: the list of commands and the page of one command. It parses nothing and prints nothing.
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

/** The page of one command: usage, flags of its own, two examples. Pure. */
export function commandHelp(command: CommandDefinition): string {
  const usage = ['gdo', command.name, ...(command.arguments === undefined ? [] : [command.arguments])].join(' ');
  const flags = command.options.length === 0 ? [] : [`Flags\n${alignRows(command.options, 2).join('\n')}`];
  return [
    `${usage}\n  ${command.summary}`,
    ...flags,
    `Examples\n${command.examples.map((example) => `  ${example}`).join('\n')}`,
    'Flags of every command: gdo --help',
  ]
    .join('\n\n')
    .concat('\n');
}
