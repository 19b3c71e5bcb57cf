// The shape of one command of `gdo` and how a command says that it was used wrongly. Commands live one file each beside this one.
import type { World } from './world.ts';

/** A value a flag can have after parsing: a word, a repeated word, or present. */
export type OptionValue = string | readonly string[] | boolean | undefined;

/** One command. `run` gets positional arguments and options by their camel-case long name, and answers the exit code of cli.md section 2. */
export interface CommandDefinition {
  readonly name: string;
  readonly group: 'write' | 'decide' | 'keep';
  readonly summary: string;
  /** As shown in the usage line, such as `[FILES...]` or `CASE [CHOICE]`. */
  readonly arguments?: string;
  /** For a command about bylaws: the argument from which on files are named; without one they are looked for here and above. */
  readonly filesFrom?: number;
  /** Commander flags and a description, such as `['--format <format>', 'human, json or concise']`. */
  readonly options: readonly (readonly [flags: string, description: string])[];
  readonly examples: readonly [string, string];
  readonly run: (positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World) => Promise<number>;
}

/** Wrong usage or configuration: exit 2. `code` is of GDO5xxx. */
export class UsageError extends Error {
  readonly code: string;
  readonly help: string;
  constructor(code: string, message: string, help: string) {
    super(message);
    this.name = 'UsageError';
    this.code = code;
    this.help = help;
  }
}

/** The world failed (git, disk, key, container): exit 3. */
export class WorldError extends Error {
  readonly code: string;
  readonly help: string;
  constructor(code: string, message: string, help: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WorldError';
    this.code = code;
    this.help = help;
  }
}
