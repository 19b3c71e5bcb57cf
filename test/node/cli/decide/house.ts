// A small organization for tests of the commands that decide: real repositories, real SSH keys, a clock that is moved by hand. It judges nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../../../../node/cli/run.ts';
import type { World } from '../../../../node/cli/world.ts';
import { ensureInstallable, pinProgram, removeBundle } from './built.ts';

/** What one command printed and how it ended. */
export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with `hub.git` (the node), one clone per person, and the people's keys under `people`. The first person is the steward. */
export interface House {
  readonly folder: string;
  /** Runs `gdo` as a person in a folder of the house. */
  readonly gdo: (who: string, where: string, ...words: readonly string[]) => Promise<Outcome>;
  readonly gdoWith: (change: Partial<World>, who: string, where: string, ...words: readonly string[]) => Promise<Outcome>;
  /** Runs plain git as a person. @throws Error with what git said where it fails */
  readonly git: (who: string, where: string, ...words: readonly string[]) => string;
  /** Runs plain git that must fail. @returns what it said */
  readonly gitRefused: (who: string, where: string, ...words: readonly string[]) => string;
  readonly write: (where: string, path: string, text: string) => void;
  readonly place: (...parts: readonly string[]) => string;
  readonly wait: (hours: number) => void;
  /** The same house at the same hour in another folder, so that one founding serves many tests. */
  readonly copy: () => House;
}

const startMs = 1_795_251_600_000;
const hourMs = 3_600_000;

const folders: string[] = [];

/** Removes every house of this test file. */
export function removeHouses(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  removeBundle();
}

/** An empty house: nobody has a key yet. */
export function emptyHouse(): House {
  return openHouse(freshFolder(), startMs);
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-house-'));
  folders.push(folder);
  return folder;
}

function openHouse(folder: string, openedMs: number): House {
  let nowMs = openedMs;
  let block = 0;
  const chance = (count: number): Uint8Array => {
    block += 1;
    // Keys of 32 bytes are the longest thing that is drawn here.
    return Uint8Array.from(createHash('sha256').update(`${folder} ${block}`).digest().subarray(0, count));
  };
  const environment = (who: string): Record<string, string | undefined> => ({
    PATH: process.env['PATH'],
    HOME: join(folder, 'people', who),
    XDG_CONFIG_HOME: join(folder, 'people', who),
    GDO_KEY: join(folder, 'people', who, 'id_ed25519'),
    DOCKER_HOST: process.env['DOCKER_HOST'],
  });
  const gdoWith: House['gdoWith'] = async (change, who, where, ...words) => {
    let [stdout, stderr] = ['', ''];
    const exit = await runCommand(words, {
      cwd: join(folder, where),
      env: environment(who),
      stdin: () => Promise.resolve(undefined),
      clockMs: () => nowMs,
      randomBytes: chance,
      color: false,
      columns: 110,
      interactive: false,
      json: false,
      plain: false,
      verbosity: 1,
      stdout: (text) => (stdout += text),
      stderr: (text) => (stderr += text),
      ...change,
    });
    return { exit, stdout, stderr };
  };
  const tryGit = (who: string, where: string, words: readonly string[]): { readonly status: number | null; readonly text: string } => {
    const ended = spawnSync('git', words, { cwd: join(folder, where), encoding: 'utf8', env: gitEnvironment(who, nowMs, environment(who)) });
    return { status: ended.status, text: `${ended.stdout}${ended.stderr}` };
  };
  return {
    folder,
    gdo: (who, where, ...words) => gdoWith({}, who, where, ...words),
    gdoWith,
    git: (who, where, ...words) => {
      const { status, text } = tryGit(who, where, words);
      if (status !== 0) throw new Error(`git ${words.join(' ')} failed:\n${text}`);
      return text;
    },
    gitRefused: (who, where, ...words) => {
      const { status, text } = tryGit(who, where, words);
      if (status === 0) throw new Error(`git ${words.join(' ')} was not refused:\n${text}`);
      return text;
    },
    write: (where, path, text) => {
      const target = join(folder, where, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    },
    place: (...parts) => join(folder, ...parts),
    wait: (hours) => {
      nowMs += hours * hourMs;
    },
    copy: () => {
      const other = freshFolder();
      // One quick program: copying file by file from here took as long as founding anew.
      execFileSync('cp', ['-RPp', `${folder}/.`, other]);
      return openHouse(other, nowMs);
    },
  };
}

function gitEnvironment(who: string, nowMs: number, base: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const stamp = `${Math.floor(nowMs / 1000)} +0000`;
  const address = `${who}@example.org`;
  return {
    ...base,
    GIT_AUTHOR_NAME: who,
    GIT_AUTHOR_EMAIL: address,
    GIT_AUTHOR_DATE: stamp,
    GIT_COMMITTER_NAME: who,
    GIT_COMMITTER_EMAIL: address,
    GIT_COMMITTER_DATE: stamp,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
  };
}

/** What an organization is founded with. `files` lie on main beside the bylaws. */
export interface Founding {
  readonly people: readonly string[];
  readonly bylaws: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes keys and a first commit of main in the first person's clone; nothing is founded yet. */
export async function draftHouse({ people, bylaws, files = {} }: Founding): Promise<House> {
  const house = emptyHouse();
  const [first = ''] = people;
  for (const person of people) {
    mkdirSync(house.place('people', person), { recursive: true });
    accept(await house.gdo(person, '.', 'key', 'new', house.place('people', person, 'id_ed25519')));
  }
  house.git(first, '.', 'init', '-q', '--initial-branch=main', first);
  house.write(first, 'bylaws/rules.gdo', bylaws);
  for (const [path, text] of Object.entries(files)) house.write(first, path, text);
  house.git(first, first, 'add', '.');
  house.git(first, first, 'commit', '-q', '-m', 'Begin');
  return house;
}

/** Founds the organization, puts the gate into `hub.git` and gives everybody a clone. */
export async function foundHouse(founding: Founding): Promise<House> {
  ensureInstallable();
  const house = await draftHouse(founding);
  const [first = '', ...others] = founding.people;
  const members = founding.people.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  accept(await house.gdo(first, first, 'found', ...members, '--out', '../founding.json'));
  for (const person of others) accept(await house.gdo(person, first, 'found', '--join', '../founding.json', '--out', '../founding.json'));
  house.git(first, '.', 'clone', '-q', '--mirror', first, 'hub.git');
  accept(await house.gdo(first, 'hub.git', 'hook', 'install', '--server'));
  pinProgram(house.place('hub.git', 'hooks', 'pre-receive'));
  house.git(first, first, 'remote', 'add', 'origin', '../hub.git');
  for (const person of others) {
    house.git(person, '.', 'clone', '-q', 'hub.git', person);
    // Relative, so that a copy of the house does not push into the first one.
    house.git(person, person, 'remote', 'set-url', 'origin', '../hub.git');
    accept(await house.gdo(person, person, 'sync'));
  }
  return house;
}

/** Lets through an outcome with exit 0. @throws Error with what was printed for any other */
export function accept(outcome: Outcome): Outcome {
  if (outcome.exit !== 0) throw new Error(`exit ${outcome.exit}\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}

/** Commits files on a fresh branch from main and proposes them. @returns what `gdo start` answered */
export async function propose(
  house: House,
  who: string,
  request: { readonly process: string; readonly title: string; readonly files: Readonly<Record<string, string>> },
): Promise<Outcome> {
  const branch = request.title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  house.git(who, who, 'switch', '-q', '-C', branch, 'main');
  for (const [path, text] of Object.entries(request.files)) house.write(who, path, text);
  house.git(who, who, 'add', '.');
  house.git(who, who, 'commit', '-q', '-m', request.title);
  const outcome = await house.gdo(who, who, 'start', request.process, '--title', request.title);
  house.git(who, who, 'switch', '-q', 'main');
  return outcome;
}

/** The node takes in what was pushed and closes what is due; then everybody fetches. @returns what the node said */
export async function round(house: House, people: readonly string[]): Promise<string> {
  const [steward = ''] = people;
  // Every checkpoint is later than the one before it; a clock that stood still would be behind them.
  house.wait(1 / 60);
  const said = accept(await house.gdo(steward, 'hub.git', 'sync'));
  house.wait(1 / 60);
  for (const person of people) accept(await house.gdo(person, person, 'sync'));
  return said.stdout;
}

/** Days pass with the node's daily checkpoint; then everybody fetches. */
export async function days(house: House, people: readonly string[], count: number): Promise<string> {
  const [steward = ''] = people;
  let said = '';
  for (let day = 0; day < count; day += 1) {
    house.wait(24);
    said += accept(await house.gdo(steward, 'hub.git', 'sync')).stdout;
  }
  return said + (await round(house, people));
}

/** A commit of a ref in one of the house's repositories. */
export function commitOf(house: House, where: string, ref: string): string {
  return execFileSync('git', ['rev-parse', ref], { cwd: house.place(where), encoding: 'utf8' }).trim();
}
