// Reads and plays a transcript: a Markdown document whose fences hold files to write and commands to run. It compares nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../node/cli/run.ts';

/** A fence: a file with its text, or commands each with the lines that shall follow. `line` counts from 1 at the fence. */
export type Fence =
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly line: number }
  | { readonly kind: 'console'; readonly commands: readonly Command[]; readonly line: number };

/** One `$ ...` line and what is expected below it. */
export interface Command {
  readonly text: string;
  readonly expected: string;
  readonly line: number;
}

/**
 * Reads the fences that mean something: `file PATH` is written, `console` is run. Others are for the reader.
 * @param text - a Markdown document
 */
export function readTranscript(text: string): readonly Fence[] {
  const lines = text.split('\n');
  const fences: Fence[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const opening = /^(`{3,})(console|file (\S+))$/.exec(lines[index] ?? '');
    if (opening === null) continue;
    const end = lines.indexOf(opening[1] ?? '', index + 1);
    if (end < 0) throw new Error(`the fence at line ${index + 1} is not closed`);
    const body = lines.slice(index + 1, end);
    const path = opening[3];
    if (path === undefined) fences.push({ kind: 'console', commands: readCommands(body, index + 2), line: index + 1 });
    else fences.push({ kind: 'file', path, text: body.map((line) => `${line}\n`).join(''), line: index + 1 });
    index = end;
  }
  return fences;
}

function readCommands(body: readonly string[], firstLine: number): readonly Command[] {
  const commands: { text: string; expected: string; line: number }[] = [];
  for (const [index, line] of body.entries()) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) commands.push({ text: line.slice(2), expected: '', line: firstLine + index });
    else if (last === undefined) throw new Error(`line ${firstLine + index} stands before the first command`);
    else last.expected += `${line}\n`;
  }
  return commands;
}

/** One command that was run: what it printed on both streams in order, and its exit code. */
export interface Played {
  readonly command: Command;
  readonly printed: string;
  readonly exit: number;
}

/**
 * Plays the fences in a fresh folder. Commands: `gdo ...`, `git ...`, `cd DIR`, `cat FILE`, `echo $?`.
 * @returns one entry per command, in order
 */
export async function playTranscript(fences: readonly Fence[]): Promise<readonly Played[]> {
  chance = 6;
  const home = mkdtempSync(join(tmpdir(), 'gdo-transcript-'));
  let directory = join(home, 'work');
  mkdirSync(directory);
  let lastExit = 0;
  const played: Played[] = [];
  for (const fence of fences) {
    if (fence.kind === 'file') {
      const path = resolve(directory, fence.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, fence.text);
      continue;
    }
    for (const command of fence.commands) {
      const words = splitWords(command.text);
      if (words[0] === 'cd') directory = resolve(directory, words[1] ?? '');
      const result = words[0] === 'gdo' ? await runGdo(words.slice(1), directory, home) : words[0] === 'git' ? runGit(words.slice(1), directory) : { printed: runShell(words, directory, lastExit), exit: 0 };
      lastExit = result.exit;
      played.push({ command, ...result });
    }
  }
  return played;
}

/** Chance that is different each time and the same in every run. */
let chance = 6;

async function runGdo(words: readonly string[], directory: string, home: string): Promise<{ readonly printed: string; readonly exit: number }> {
  const printed: string[] = [];
  const exit = await runCommand(words, {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: home },
    stdout: (text) => printed.push(text),
    stderr: (text) => printed.push(text),
    stdin: async () => undefined,
    clockMs: () => Date.UTC(2026, 10, 21, 9, 0),
    randomBytes: (count) => new Uint8Array(count).fill((chance += 1)),
    color: false,
    columns: 120,
    interactive: false,
    json: false,
    plain: false,
    verbosity: 1,
  });
  return { printed: printed.join(''), exit };
}

/** Real git under a fixed name and hour, whatever this machine's settings are. */
function runGit(words: readonly string[], directory: string): { readonly printed: string; readonly exit: number } {
  const person = { GIT_AUTHOR_NAME: 'ada', GIT_AUTHOR_EMAIL: 'ada@example.org', GIT_COMMITTER_NAME: 'ada', GIT_COMMITTER_EMAIL: 'ada@example.org' };
  const stamp = `${Date.UTC(2026, 10, 21, 9, 0) / 1000} +0000`;
  const env = { PATH: process.env['PATH'], HOME: directory, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: stamp, GIT_COMMITTER_DATE: stamp, ...person };
  const ended = spawnSync('git', words, { cwd: directory, env, encoding: 'utf8' });
  return { printed: `${ended.stdout}${ended.stderr}`, exit: ended.status ?? 1 };
}

function runShell(words: readonly string[], directory: string, lastExit: number): string {
  if (words[0] === 'cd') return '';
  if (words[0] === 'cat') return readFileSync(resolve(directory, words[1] ?? ''), 'utf8');
  if (words.join(' ') === 'echo $?') return `${lastExit}\n`;
  throw new Error(`a transcript cannot run \`${words.join(' ')}\``);
}

/** The project's folder: `examples/...` in a command means the examples that are there, wherever the transcript plays. */
const project = fileURLToPath(new URL('../../', import.meta.url));

/** Splits at spaces; double quotes hold a word together. */
function splitWords(text: string): readonly string[] {
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  return words.map((word) => (word.startsWith('examples/') ? resolve(project, word) : word));
}

/** True where the printed text is the expected one; `[..]` stands for any text on one line, a line `...` for any lines. */
export function matches(expected: string, printed: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line === '...' ? '(?:.*\\n)*?' : `${line.split('[..]').map(escapePattern).join('.*')}\n`))
    .join('')
    .replace(/\n$/, '');
  return new RegExp(`^${pattern}$`).test(printed);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
