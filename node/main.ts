// The program `gdo`: wires the real streams, clock and chance, and runs one command. It decides nothing.
import { isatty } from 'node:tty';
import { crypto } from './cli/crypto.ts';
import { runCommand } from './cli/run.ts';
import type { World } from './cli/world.ts';

/** Columns where the output is no terminal: wide enough that nothing usual wraps, the same for everybody. */
const pipedColumns = 120;

/** Most text read from standard input; bylaws and ballots are far smaller. */
const stdinBytesMax = 64 * 1024 * 1024;

function wantsColor(): boolean {
  const { env } = process;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return isatty(1) && env['TERM'] !== 'dumb';
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

/** Whoever reads may stop early (`gdo check | head`): the exit code still says what was found. */
function guarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 3;
  });
}

// Streams and chance are opened when they are used: each costs a short command a good part of its start.
let written: NodeJS.WriteStream | undefined;
let complained: NodeJS.WriteStream | undefined;

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  stdout: (text) => (written ??= guarded(process.stdout)).write(text),
  stderr: (text) => (complained ??= guarded(process.stderr)).write(text),
  stdin: readStdin,
  clockMs: () => Date.now(),
  randomBytes: (count) => crypto().randomBytes(count),
  color: wantsColor(),
  columns: Math.max(40, isatty(1) ? process.stdout.columns : pipedColumns),
  interactive: isatty(0) && isatty(1),
  json: false,
  plain: process.env['TERM'] === 'dumb',
  verbosity: 1,
};

// Nothing listens to SIGINT, so that it ends the process also in the middle of a long count, where no listener would get its turn; a shell shows 130.
// Files are replaced in one step and ledger references move by compare-and-swap: stopping loses nothing.

void runCommand(process.argv.slice(2), world).then((exitCode) => {
  process.exitCode = exitCode;
});
