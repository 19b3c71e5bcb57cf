// The list of commands and where each lives. It runs nothing: a command's file is imported only when the command is asked for.
import type { CommandDefinition } from './command.ts';

/** One line of `gdo --help`, and how to get the command. A test holds group and summary equal to the definition's. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandDefinition['group'];
  readonly summary: string;
  readonly load: () => Promise<CommandDefinition>;
}

/** Every command that exists, in the order of cli.md section 3. */
export const commands: readonly CommandEntry[] = [
  { name: 'init', group: 'write', summary: 'write bylaws to start from', load: async () => (await import('./init.ts')).initCommand },
  { name: 'check', group: 'write', summary: 'look for holes in the bylaws', load: async () => (await import('./check.ts')).checkCommand },
  { name: 'explain', group: 'write', summary: 'the page for a finding, a refusal or a word', load: async () => (await import('./explain.ts')).explainCommand },
  { name: 'fmt', group: 'write', summary: 'write bylaws in their canonical form', load: async () => (await import('./fmt.ts')).fmtCommand },
  { name: 'test', group: 'write', summary: 'play the scenarios of the bylaws', load: async () => (await import('./test.ts')).testCommand },
  { name: 'key', group: 'decide', summary: 'make, show or choose your signing key', load: async () => (await import('./key.ts')).keyCommand },
  { name: 'completion', group: 'keep', summary: 'completion for bash, zsh or fish', load: async () => (await import('./completion.ts')).completionCommand },
];

/** Groups in order, with the heading of `gdo --help`. */
export const groups: readonly (readonly [group: CommandDefinition['group'], heading: string])[] = [
  ['write', 'write    bylaws, and find out what they do'],
  ['decide', 'decide   together, by the bylaws'],
  ['keep', 'keep     the ledger and its nodes'],
];

/** Flags that every command takes, as commander writes them. */
export const globalFlags: readonly (readonly [flags: string, description: string])[] = [
  ['-C <dir>', 'work in this folder'],
  ['--json', 'one JSON document instead of text'],
  ['--color <when>', 'auto, always or never'],
  ['--plain', 'ASCII only, no boxes'],
  ['-q, --quiet', 'results only'],
  ['-v, --verbose', 'say more; twice for details of a crash'],
  ['--help', 'this text'],
  ['--version', 'the version'],
];
