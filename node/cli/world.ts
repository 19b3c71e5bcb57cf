// What a command sees of the outside: streams, folder, clock, chance. Only main.ts wires the real one; stories and tests pass a virtual one.

/** The outside of one command run. Everything a command prints or reads of time and chance goes through here. */
export interface World {
  /** Absolute path of the folder the command works in (`-C` applied). */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The result; nothing else is printed here. */
  readonly stdout: (text: string) => void;
  /** Progress and advice. */
  readonly stderr: (text: string) => void;
  /** Text of standard input, or undefined when it is a terminal. */
  readonly stdin: () => Promise<string | undefined>;
  /** Milliseconds since 1970 UTC. */
  readonly clockMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** True where output goes to a terminal and colour is wanted. */
  readonly color: boolean;
  /** Columns for wrapping, 40 or more. */
  readonly columns: number;
  /** False: a question is an error that names the flag (GDO5004). */
  readonly interactive: boolean;
  /** `--json`: one document on stdout. */
  readonly json: boolean;
  /** `--plain`: ASCII only. */
  readonly plain: boolean;
  /** 0 quiet, 1 usual, 2 `-v`, 3 `-vv`. */
  readonly verbosity: number;
}
