// The program `gdo`: wires the real streams, clock and chance, and runs one command. It decides nothing.
import { fstatSync } from 'node:fs';
import { crypto } from './cli/crypto.ts';
import { runCommand } from './cli/run.ts';
import type { World } from './cli/world.ts';
import { outletOf } from './outlet.ts';

/** Columns where the output is no terminal: wide enough that nothing usual wraps, the same for everybody. */
const pipedColumns = 120;

/** Most text read from standard input; bylaws and ballots are far smaller. */
const stdinBytesMax = 64 * 1024 * 1024;

function wantsColor(): boolean {
  const { env } = process;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return isShown && env['TERM'] !== 'dumb';
}

async function readStdin(): Promise<string | undefined> {
  if (process.stdin.isTTY === true) return undefined;
  const chunks: Buffer[] = [];
  let bytesCount = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    bytesCount += bytes.length;
    if (bytesCount > stdinBytesMax) throw new Error('standard input is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether a descriptor is a terminal. The library that knows is loaded only where it can be one: it brings all streams and sockets with it. */
function isTerminal(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(descriptor);
}

const output = outletOf(1, () => process.stdout);
const advice = outletOf(2, () => process.stderr);
const isShown = isTerminal(1);

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  stdout: output.write,
  stderr: advice.write,
  stdin: readStdin,
  clockMs: () => Date.now(),
  randomBytes: (count) => crypto().randomBytes(count),
  color: wantsColor(),
  columns: Math.max(40, isShown ? process.stdout.columns : pipedColumns),
  interactive: isShown && isTerminal(0),
  json: false,
  plain: process.env['TERM'] === 'dumb',
  verbosity: 1,
};

// Nothing listens to SIGINT, so that it ends the process also in the middle of a long count, where no listener would get its turn; a shell shows 130.
// Files are replaced in one step and ledger references move by compare-and-swap: stopping loses nothing.

void runCommand(process.argv.slice(2), world).then((exitCode) => {
  process.exitCode = exitCode;
});

// A result that nobody could be given is none, whatever it was; advice may get lost.
process.on('exit', () => {
  if (output.hasFailed()) process.exitCode = 3;
});
