// Runs git as a short-lived child under the fixed environment and options of node.md section 2. Nothing of the caller's configuration reaches it.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { noteChild } from './unfinished.ts';
import { failureInWords } from '../cli/system-failure.ts';

/** Longest life of one child: a fetch of a full ledger over a slow line is the slowest. */
const timeoutMs = 300_000;
/** No answer that gdo reads in one piece is larger; object contents come through the long-lived reader. */
const outputBytesMax = 256 * 1024 * 1024;
/** The refs of a hundred thousand logs and proposals are half of this. */
const listBytesMax = 32 * 1024 * 1024;
/** What a child says for people: the other side of a fetch may send on in it without end, and its last words say why it ended. */
const errorsBytesMax = 1024 * 1024;

/** What one child gets. `environment` adds to the fixed one: quarantine folders and the ssh command, nothing else. */
export interface GitRun {
  readonly arguments: readonly string[];
  readonly gitDirectory?: string;
  readonly workTree?: string;
  readonly input?: Uint8Array | Readable;
  readonly transport?: 'file' | 'ssh' | 'https' | 'http';
  /** What it has to do with strangers: it runs under the limits for that, or under narrower ones. */
  readonly strangers?: StrangerWork;
  readonly limits?: StrangerLimits;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it writes, if that is not the repository: named where the disk does not take it. */
  readonly writes?: string;
  /** Ends it at once: its exit status is then not 0. */
  readonly signal?: AbortSignal;
}

/** How a child ended. `code` is its exit status; `errors` is what it said for people. */
export interface GitEnd {
  readonly code: number;
  readonly output: Buffer;
  readonly errors: string;
}

const places = new Map<string, string | undefined>();

/** The absolute path of an installed program, or undefined; looked for once. */
export function placeOf(name: string): string | undefined {
  if (places.has(name)) return places.get(name);
  const candidates = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => (isAbsolute(folder) ? [join(folder, name)] : []));
  const place = candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return false;
    }
  });
  places.set(name, place);
  return place;
}

/** Whether git is installed. */
export function hasGit(): boolean {
  return placeOf('git') !== undefined;
}

/** Finds the absolute path of git once. @throws WorldError GDO5024 where it is not installed */
export function gitPath(): string {
  const place = placeOf('git');
  if (place === undefined) throw new WorldError('GDO5024', 'Git is not installed, and this needs it', 'install git 2.39 or newer and try again');
  return place;
}

/**
 * What one process that unpacks the bytes of strangers may use, and what each of its own children may: memory it writes to, seconds of processor, size of a
 * file. The data limit holds a hook of ours too, which starts at about 100 MiB.
 */
const processLimits = {
  taking: ['--data=536870912', '--fsize=134217728', '--core=0'],
  giving: ['--data=536870912', '--core=0'],
  listing: ['--data=536870912', '--core=0'],
  bringing: ['--data=1073741824', '--core=0'],
} as const;

/** What may be narrower for what is known to be small: the largest piece of memory that git asks for at once, and seconds of processor. */
export interface StrangerLimits {
  readonly allocationBytes: number;
  readonly processorSeconds: number;
}

/** For whatever comes. */
export const strangerLimits: StrangerLimits = { allocationBytes: 33_554_432, processorSeconds: 10 };

/**
 * What is done with strangers: taking what they made; giving them a pack of ours, which for a large main takes longer; asking for their refs, which git keeps in memory
 * however many they send; or bringing a large content, of which every chunk is held against its name.
 */
export type StrangerWork = keyof typeof processLimits;

/**
 * Git checks each allocation against its limit: an object of more than 16 MiB, or a pack that claims a thousand million objects, ends before one byte of it is
 * unpacked. Blobs are never streamed past the check, and one thread at a time unpacks.
 */
const strangerOptions = ['core.bigFileThreshold=1024g', 'core.deltaBaseCacheLimit=16m', 'pack.threads=1', 'receive.maxInputSize=67108864'] as const;

/** A program call. */
export interface Call {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Git as it is called where it reads packs that strangers made. Where the system has no `prlimit` only git's own limits hold. */
export function strangerCall(run: GitRun, work: StrangerWork = 'taking'): Call {
  const { allocationBytes, processorSeconds } = run.limits ?? strangerLimits;
  // Limits on single objects would keep back what is in the repository already.
  const words = work === 'taking' ? strangerOptions.flatMap((option) => ['-c', option]) : [];
  const git = gitArguments({ ...run, arguments: [...words, ...run.arguments] });
  const isSmall = work === 'taking' || work === 'listing';
  const environment = gitEnvironment({ ...run.environment, ...(isSmall ? { GIT_ALLOC_LIMIT: String(allocationBytes) } : {}) });
  const limiter = placeOf('prlimit');
  if (limiter === undefined) return { file: gitPath(), arguments: git, environment };
  const seconds = isSmall ? [`--cpu=${processorSeconds}`] : [];
  return { file: limiter, arguments: [...processLimits[work], ...seconds, '--', gitPath(), ...git], environment };
}

/** The only environment a child of git gets (node.md section 2). */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...extra,
  };
}

const fixedOptions: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  // A command of the repository's own that git would run for each quarantine, which has the repository as its alternate: the shell's no-operation.
  // The blank makes git ask the shell for it, which alone knows it.
  'core.alternateRefsCommand=: #',
  'credential.helper=',
  'core.symlinks=false',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'core.fsync=committed,loose-object,reference',
  'core.fsyncMethod=batch',
  'protocol.allow=never',
  // Another repository's server may not send us on to a third one, nor keep us waiting for ever.
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'transfer.fsckObjects=true',
  'receive.fsckObjects=true',
  'uploadpack.allowAnySHA1InWant=false',
  'safe.bareRepository=explicit',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'commit.gpgSign=false',
];

/** Everything before the subcommand: the repository and the fixed configuration. */
export function gitArguments(run: GitRun): readonly string[] {
  const options = run.transport === undefined ? fixedOptions : [...fixedOptions, `protocol.${run.transport}.allow=always`];
  const place = run.gitDirectory === undefined ? [] : [`--git-dir=${run.gitDirectory}`];
  const tree = run.workTree === undefined ? [] : [`--work-tree=${run.workTree}`];
  return [...place, ...tree, '--no-replace-objects', ...options.flatMap((option) => ['-c', option]), ...run.arguments];
}

/** Runs git to its end, whatever its exit status. @throws WorldError GDO5024 where it cannot be started or does not end in time */
export function runGit(run: GitRun): Promise<GitEnd> {
  return new Promise((resolve, reject) => {
    const call: Call =
      run.strangers !== undefined
        ? strangerCall(run, run.strangers)
        : { file: gitPath(), arguments: gitArguments(run), environment: gitEnvironment(run.environment) };
    const child = spawn(call.file, call.arguments, { env: call.environment, stdio: ['pipe', 'pipe', 'pipe'] });
    noteChild(child);
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let [bytesCount, errorsCount] = [0, 0];
    const fail = (reason: string, cause?: unknown): void => {
      child.kill('SIGKILL');
      reject(new WorldError('GDO5024', reason, 'run the same command again with -vv', cause));
    };
    const timer = setTimeout(() => fail(`Git did not end within ${timeoutMs / 1000} seconds`), timeoutMs);
    child.stdout.on('data', (part: Buffer) => {
      bytesCount += part.length;
      if (run.strangers === 'listing' && bytesCount > listBytesMax) child.kill('SIGKILL');
      else if (bytesCount > outputBytesMax) fail('Git answered more than gdo reads at once');
      else output.push(part);
    });
    child.stderr.on('data', (part: Buffer) => {
      errors.push(part);
      errorsCount += part.length;
      while (errorsCount > errorsBytesMax) errorsCount -= errors.shift()?.length ?? 0;
    });
    const kill = (): boolean => child.kill('SIGKILL');
    run.signal?.addEventListener('abort', kill, { once: true });
    child.on('error', (cause) => {
      clearTimeout(timer);
      fail('Git could not be started', cause);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', kill);
      // What git says of its own children: a limit of the system says nothing itself.
      const words = `${Buffer.concat(errors).toString('utf8')}${signal === null ? '' : `died of signal ${signal}`}`;
      resolve({ code: code ?? 128, output: Buffer.concat(output), errors: words });
    });
    // A child that ends before it has read its input closes the pipe; its exit status says why.
    child.stdin.on('error', () => undefined);
    if (run.input instanceof Readable) run.input.on('error', () => child.stdin.end()).pipe(child.stdin);
    else child.stdin.end(run.input ?? new Uint8Array(0));
  });
}

function refusedHelp(words: string): string {
  return /failed to write|unable to (?:write|create|append)|cannot lock|could not lock/i.test(words)
    ? 'see whether the disk has room and may be written to (`df`, `mount`), and whose the repository is'
    : 'run `git fsck` in this repository, or `gdo audit`';
}

/** Runs git and wants exit status 0. @throws WorldError GDO5024 with git's own words; GDO4021 or GDO5022 where the system refused it something */
export async function gitOutput(run: GitRun): Promise<Buffer> {
  const end = await runGit(run);
  if (end.code !== 0) {
    const words = end.errors.trim().split('\n').slice(-3).join(' ');
    throw (
      failureInWords(words, run.writes ?? run.gitDirectory) ??
      new WorldError('GDO5024', `Git refused \`${run.arguments[0] ?? ''}\`: ${words}`, refusedHelp(words))
    );
  }
  return end.output;
}
