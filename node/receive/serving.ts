// Runs one of git's own server programs for one peer, under the limits for what strangers made. Who the peer is and how its bytes come is the caller's.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { Duplex, type Readable, type Writable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { strangerCall, type StrangerWork } from '../git/child.ts';
import { findGitDirectory } from '../git/git-place.ts';
import { answerHook, channelEnvironment, type JudgePush } from './judge-channel.ts';

/** Longest stay of one peer: whoever sends more slowly than this is sent away (node.md section 7). */
const stayMs = 300_000;
/** Kept of what git says on its error stream. */
const wordsMax = 4096;

/** The two things a peer may ask for. */
export type Service = 'receive-pack' | 'upload-pack';

/** One run of a server program. */
export interface ServerRun {
  readonly gitDirectory: string;
  readonly service: Service;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly input: Readable;
  readonly output: (part: Buffer) => void;
  /** Where the output goes in the end: git waits while it is full. */
  readonly sink: Writable;
  /** Decides a push in this process; without it the hook starts a program of its own. */
  readonly judge?: JudgePush | undefined;
  /** Ends the run at once. */
  readonly signal?: AbortSignal | undefined;
}

/** How it ended. `fault`: what was thrown while a push was judged. */
export interface ServerEnd {
  readonly code: number;
  readonly words: string;
  readonly fault: Error | undefined;
}

const receiveOptions = [
  'core.hooksPath=hooks',
  'http.receivepack=true',
  'receive.unpackLimit=1',
  'receive.denyDeletes=true',
  'receive.autogc=false',
  'receive.advertisePushOptions=false',
  'receive.certNonceSeed=',
  'core.fsync=committed,loose-object,pack-metadata,reference',
].flatMap((option) => ['-c', option]);

/** Finds the repository that a service needs. @throws WorldError GDO5020 where there is none, or for a push no gate in it: without the gate nothing is taken */
export function servedDirectory(path: string, service: Service): string {
  const place = findGitDirectory(path);
  if (place === undefined) throw new WorldError('GDO5020', `There is no git repository at ${path}`, 'name the bare repository that members push to');
  if (service === 'receive-pack') mustHaveGate(place.gitDirectory);
  return place.gitDirectory;
}

/** Runs it to its end. @throws WorldError GDO5024 where git cannot be started */
export function runServer(run: ServerRun): Promise<ServerEnd> {
  const work: StrangerWork = run.service === 'receive-pack' ? 'taking' : 'giving';
  const environment = { ...run.environment, ...(run.judge === undefined ? {} : channelEnvironment) };
  const call = strangerCall({ arguments: [...receiveOptions, ...run.words], environment }, work);
  return new Promise((resolve, reject) => {
    const child = spawn(call.file, call.arguments, { env: call.environment, stdio: ['pipe', 'pipe', 'pipe', run.judge === undefined ? 'ignore' : 'pipe'] });
    const [stdin, stdout, stderr, channel] = child.stdio;
    let words = '';
    let fault: Error | undefined;
    const kill = (): boolean => child.kill('SIGKILL');
    const timer = setTimeout(kill, stayMs);
    run.signal?.addEventListener('abort', kill, { once: true });
    const stop = (): void => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', kill);
    };
    // What was started for this peer ends with it, whatever it was doing.
    run.input.on('error', () => stdin?.end());
    stdin?.on('error', () => run.input.resume());
    if (stdin !== null) run.input.pipe(stdin);
    stdout?.on('data', (part: Buffer) => {
      run.output(part);
      if (!run.sink.writableNeedDrain) return;
      stdout.pause();
      run.sink.once('drain', () => stdout.resume());
    });
    stderr?.on('data', (part: Buffer) => {
      words = (words + part.toString('utf8')).slice(-wordsMax);
    });
    if (run.judge !== undefined && channel instanceof Duplex)
      void answerHook(channel, run.gitDirectory, run.judge).then((thrown) => {
        fault = thrown;
      });
    child.on('error', (cause) => {
      stop();
      reject(new WorldError('GDO5024', 'Git could not be started', 'run the same command again with -vv', cause));
    });
    child.on('close', (code) => {
      stop();
      resolve({ code: code ?? 128, words, fault });
    });
  });
}

function mustHaveGate(gitDirectory: string): void {
  try {
    accessSync(join(gitDirectory, 'hooks', 'pre-receive'), constants.X_OK);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new WorldError('GDO5020', 'This repository has no gate, so nothing is taken', 'install it:  gdo hook install --server', error);
  }
}
