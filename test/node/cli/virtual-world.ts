// A world for command lines in tests: a temporary folder, captured streams, a fixed clock, chance from a seed. Files in it are real.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../../../node/cli/run.ts';
import type { World } from '../../../node/cli/world.ts';

/** What one command printed and how it ended. */
export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which commands run; every file written before is in `files`. */
export interface Bench {
  readonly directory: string;
  readonly write: (path: string, text: string | Uint8Array) => void;
  readonly run: (...words: readonly string[]) => Promise<Outcome>;
  readonly runWith: (change: Partial<World>, ...words: readonly string[]) => Promise<Outcome>;
}

/** Makes a bench in a fresh temporary folder. Its configuration folder is inside it, so that no test sees a real key. */
export function makeBench(files: Readonly<Record<string, string>> = {}): Bench {
  const directory = mkdtempSync(join(tmpdir(), 'gdo-cli-'));
  const work = join(directory, 'work');
  mkdirSync(work);
  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  let seed = 1;
  const runWith = async (change: Partial<World>, ...words: readonly string[]): Promise<Outcome> => {
    const out: string[] = [];
    const err: string[] = [];
    const world: World = {
      cwd: work,
      env: { PATH: process.env['PATH'], HOME: join(directory, 'home') },
      stdout: (text) => out.push(text),
      stderr: (text) => err.push(text),
      stdin: async () => undefined,
      clockMs: () => Date.UTC(2026, 10, 21, 9, 0),
      randomBytes: (count) => Uint8Array.from({ length: count }, () => (seed = (seed * 48_271) % 2_147_483_647) & 0xff),
      color: false,
      columns: 120,
      interactive: false,
      json: false,
      plain: false,
      verbosity: 1,
      ...change,
    };
    const exit = await runCommand(words, world);
    return { exit, stdout: out.join(''), stderr: err.join('') };
  };
  return { directory: work, write, runWith, run: (...words) => runWith({}, ...words) };
}
