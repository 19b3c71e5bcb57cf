// The stage of the story: a folder with real repositories, people with real keys, a clock that can be moved, and the command line in between.
// It knows no plot.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommand } from '../cli/run.ts';
import type { World } from '../cli/world.ts';

/** The story's parameters. Without a seed keys and chance are fresh and the clock starts today. */
export interface StageOptions {
  readonly folder: string;
  readonly seed: string | undefined;
  readonly print: (text: string) => void;
}

/** What a command answered. */
export interface Played {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** The stage: places, people and the clock. */
export interface Stage {
  readonly folder: string;
  /** A sentence of the narrator. */
  readonly tell: (text: string) => void;
  /** A line of something that is no command, such as what a door said. */
  readonly note: (text: string) => void;
  readonly chapter: (title: string) => void;
  /** Runs `gdo` as a person in a folder and shows the command with what it said. The exit code must be the one expected. */
  readonly gdo: (who: string, where: string, argv: readonly string[], expected?: number) => Promise<Played>;
  /** Runs `gdo` as a person without showing what it says; `quietly` is what happens every day in the background, with exit code 0. */
  readonly unseen: (who: string, where: string, argv: readonly string[], expected: number) => Promise<Played>;
  readonly quietly: (who: string, where: string, argv: readonly string[]) => Promise<Played>;
  /** Runs plain git as a person; `fails` where a refusal is the point. */
  readonly git: (who: string, where: string, argv: readonly string[], outcome?: 'works' | 'fails') => string;
  /** Plain git without showing it: what goes before the point. @throws Error where it fails */
  readonly quietGit: (who: string, where: string, argv: readonly string[]) => string;
  readonly print: (text: string) => void;
  /** Runs a program of an example with something on its standard input, and shows what it says. @param command - as a person would write it */
  readonly program: (who: string, where: string, run: { readonly command: string; readonly argv: readonly string[]; readonly input: string }) => string;
  readonly write: (where: string, path: string, text: string) => void;
  /** Moves the clock. */
  readonly wait: (hours: number) => void;
  readonly nowMs: () => number;
  readonly place: (...parts: readonly string[]) => string;
}

/** A mark in the folder by which an earlier story is known as ours and may be replaced. */
const mark = '.gdo-story';
/** The clock of a seeded story: Saturday 21 November 2026, 09:00 UTC. */
const seededStartMs = 1_795_251_600_000;
const hourMs = 3_600_000;
/** Lines of one command's output that the narration shows; the rest is counted. */
const linesShown = 18;

/** Sets the stage in an empty folder. @throws Error where the folder holds something that is not an earlier story */
export function setStage(options: StageOptions): Stage {
  const { folder, print } = options;
  emptyFolder(folder);
  let nowMs = options.seed === undefined ? Math.floor(Date.now() / 1000) * 1000 : seededStartMs;
  const chance = chanceOf(options.seed);
  let chapters = 0;
  const base = (who: string, cwd: string): Omit<World, 'stdout' | 'stderr'> => ({
    cwd,
    env: environmentOf(join(folder, 'people', who)),
    stdin: () => Promise.resolve(undefined),
    clockMs: () => nowMs,
    randomBytes: chance,
    color: false,
    columns: 110,
    interactive: false,
    json: false,
    plain: false,
    verbosity: 1,
  });
  const show = (lines: string): void => {
    const rows = rowsOf(lines, folder);
    for (const row of rows.slice(0, linesShown)) print(`      ${row}\n`);
    if (rows.length > linesShown) print(`      (${rows.length - linesShown} more lines)\n`);
  };
  const inside = (where: string): string => join(folder, where);
  const announce = (who: string, where: string, command: string): void => print(`    ${who}:${relative(folder, inside(where)) || '.'}$ ${command}\n`);
  const play = async (who: string, where: string, argv: readonly string[], expected: number): Promise<Played> => {
    let [out, err] = ['', ''];
    const exit = await runCommand(argv, { ...base(who, inside(where)), stdout: (text) => (out += text), stderr: (text) => (err += text) });
    if (exit !== expected) throw new Error(`the story expected exit ${expected} from \`gdo ${argv.join(' ')}\` and saw ${exit}:\n${out}${err}`);
    return { exit, out, err };
  };
  return {
    folder,
    tell: (text) => print(`\n  ${text}\n`),
    note: (text) => print(`      ${text}\n`),
    chapter: (title) => {
      chapters += 1;
      print(`\n${chapters}. ${title}\n`);
    },
    gdo: async (who, where, argv, expected = 0) => {
      announce(who, where, `gdo ${argv.map(quoted).join(' ')}`);
      const played = await play(who, where, argv, expected);
      show(played.out + played.err);
      return played;
    },
    unseen: play,
    quietly: (who, where, argv) => play(who, where, argv, 0),
    print,
    ...otherPrograms({ inside, announce, show, environment: (who) => base(who, folder).env, nowMs: () => nowMs }),
    write: (where, path, text) => {
      const target = join(inside(where), path);
      mkdirSync(join(target, '..'), { recursive: true });
      writeFileSync(target, text);
    },
    wait: (hours) => {
      nowMs += hours * hourMs;
    },
    nowMs: () => nowMs,
    place: (...parts) => join(folder, ...parts),
  };
}

/** What running something other than gdo needs of the stage. */
interface Tools {
  readonly inside: (where: string) => string;
  readonly announce: (who: string, where: string, command: string) => void;
  readonly show: (lines: string) => void;
  readonly environment: (who: string) => World['env'];
  readonly nowMs: () => number;
}

/** Git, and the programs of examples. */
function otherPrograms({ inside, announce, show, environment, nowMs }: Tools): Pick<Stage, 'git' | 'program' | 'quietGit'> {
  const runGit = (who: string, where: string, argv: readonly string[]): ReturnType<typeof tryGit> =>
    tryGit(argv, { cwd: inside(where), env: gitEnvironment(who, nowMs(), environment(who)) });
  return {
    program: (who, where, { command, argv, input }) => {
      announce(who, where, command);
      const [program = '', ...words] = argv;
      const text = execFileSync(program, words, { cwd: inside(where), env: environment(who), encoding: 'utf8', input });
      show(text.replaceAll('\t', '  '));
      return text;
    },
    quietGit: (who, where, argv) => {
      const { works, text } = runGit(who, where, argv);
      if (!works) throw new Error(`git ${argv.join(' ')} failed:\n${text}`);
      return text;
    },
    git: (who, where, argv, outcome = 'works') => {
      announce(who, where, `git ${argv.map(quoted).join(' ')}`);
      const { works, text } = runGit(who, where, argv);
      show(text);
      if (works !== (outcome === 'works')) throw new Error(`the story expected that \`git ${argv.join(' ')}\` ${outcome}:\n${text}`);
      return text;
    },
  };
}

/** The lines that say something. Where the story is played is nobody's business: places are told from its folder on. */
function rowsOf(text: string, folder: string): readonly string[] {
  const lines = text.replaceAll(`${folder}/`, '').split('\n');
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

/** Makes the folder new where it is free or holds an earlier story. */
function emptyFolder(folder: string): void {
  if (existsSync(folder)) {
    if (!existsSync(join(folder, mark))) throw new Error(`${folder} exists and is not an earlier story: name another folder with --dir`);
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, mark), 'This folder was written by `npm start` and is replaced by the next one.\n');
}

/** What a person's commands see of this machine: where programs are, and a home of their own. */
function environmentOf(home: string): World['env'] {
  return { PATH: process.env['PATH'], DOCKER_HOST: process.env['DOCKER_HOST'], HOME: home, XDG_CONFIG_HOME: home, GDO_KEY: join(home, 'id_ed25519') };
}

/** People commit under their own names at the story's own time, whatever this machine's settings are. */
function gitEnvironment(who: string, nowMs: number, env: World['env']): NodeJS.ProcessEnv {
  const stamp = `${Math.floor(nowMs / 1000)} +0000`;
  const address = `${who}@example.org`;
  return {
    ...env,
    GIT_AUTHOR_NAME: who,
    GIT_AUTHOR_EMAIL: address,
    GIT_COMMITTER_NAME: who,
    GIT_COMMITTER_EMAIL: address,
    GIT_AUTHOR_DATE: stamp,
    GIT_COMMITTER_DATE: stamp,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
  };
}

function tryGit(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): { readonly works: boolean; readonly text: string } {
  try {
    return { works: true, text: execFileSync('git', [...argv], { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
  } catch (error) {
    if (error instanceof Error && 'stderr' in error && 'stdout' in error) return { works: false, text: `${String(error.stdout)}${String(error.stderr)}` };
    throw error;
  }
}

function quoted(word: string): string {
  return /^[\w./=:@,+-]+$/.test(word) ? word : `'${word}'`;
}

/** Chance: the system's, or SHA-256 in counter mode over the seed, so that one seed gives one story. */
function chanceOf(seed: string | undefined): (count: number) => Uint8Array {
  if (seed === undefined) return (count) => randomBytes(count);
  let block = 0;
  return (count) => {
    const parts: Buffer[] = [];
    for (let length = 0; length < count; length += 32) {
      parts.push(createHash('sha256').update(`gdo story ${seed} ${block}`).digest());
      block += 1;
    }
    return Uint8Array.from(Buffer.concat(parts).subarray(0, count));
  };
}
