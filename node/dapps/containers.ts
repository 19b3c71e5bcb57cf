// The container engine behind a small interface, and its one adapter: dockerode, imported only when a container is needed.
// It knows containers, not dapps: what an ending means is result.ts's.
import { hostname } from 'node:os';
import type Docker from 'dockerode';
import { BoundedOutput, demultiplex } from './attached.ts';
import { memoryKills } from './memory-kills.ts';
import type { CreateOptions, ProfileChoice } from './profile.ts';
import { dappLabel, ownerLabel, profileDifferences } from './profile.ts';
import type { RunObservation } from './result.ts';
import type { Session, SessionSinks } from './session.ts';
import { openSession } from './session.ts';

/** Bounds of one run, by our own clock and count; the container's own limits are in its options. */
export interface RunBounds {
  readonly timeoutMs: number;
  readonly outputBytesMax: number;
}

/** A container engine that answers. */
export interface ContainerEngine {
  readonly version: string;
  /** What the profile may say about swappiness on this kernel. */
  readonly swappiness: ProfileChoice['swappiness'];
  /** Protections of the profile that this daemon or kernel lacks (GDO3010); with one of them nothing is run. */
  readonly lacks: readonly string[];
  /** Runs one container to its end and removes it. Never throws for what the container does; the engine's own errors are `startError`. */
  readonly run: (options: CreateOptions, input: Uint8Array, bounds: RunBounds) => Promise<RunObservation>;
  /** Starts a container that lives until it is closed. @throws Error where it cannot be started as the options say */
  readonly open: (options: CreateOptions, sinks: SessionSinks) => Promise<Session>;
  /** Removes containers of processes that ended without doing so. @returns how many */
  readonly sweep: () => Promise<number>;
  /** True iff the image is on this machine; nothing is ever pulled. */
  readonly hasImage: (image: string) => Promise<boolean>;
  /** Hands an archive to the engine's load call. @throws Error with what the engine said */
  readonly loadImage: (archive: NodeJS.ReadableStream) => Promise<void>;
}

/** Bytes of stderr kept for people (node.md section 5.2). */
const stderrBytesKept = 65_536;
/** A daemon that does not answer a ping within this is treated as absent: a command must not hang on a dead socket. */
const pingTimeoutMs = 5_000;
/** Beyond the dapp's own time: creating, starting and removing on a busy machine. Then the engine itself is given up on. */
const engineGraceMs = 60_000;
/** A check of a process that this machine does not know is an orphan after the longest timeout and its grace, twice. */
const orphanAgeSeconds = 720;

/** The label of containers that this process starts. */
export const ownOwner: string = `${hostname()}:${process.pid}`;

/**
 * Connects to the engine that DOCKER_HOST or the usual socket names.
 * @param host - a DOCKER_HOST that differs from the process's own, such as `unix:///run/docker.sock`; other kinds are left to the library
 * @returns the engine, or one sentence why there is none
 */
export async function connectContainers(
  host?: string,
): Promise<{ readonly kind: 'ok'; readonly engine: ContainerEngine } | { readonly kind: 'absent'; readonly reason: string }> {
  const { default: Client } = await import('dockerode');
  const docker = host?.startsWith('unix://') === true ? new Client({ socketPath: host.slice('unix://'.length) }) : new Client();
  try {
    const info: EngineInfo = await answerWithin(docker.info(), pingTimeoutMs);
    const swappiness = info.CgroupVersion === '2' ? 'not-known-here' : 'zero';
    return { kind: 'ok', engine: adapter(docker, { version: info.ServerVersion ?? 'unknown', swappiness, lacks: lackingProtections(info) }) };
  } catch (error) {
    return { kind: 'absent', reason: messageOf(error) };
  }
}

/** What a daemon says of itself, as far as the profile needs it. */
export interface EngineInfo {
  readonly ServerVersion?: string;
  readonly CgroupVersion?: string;
  readonly MemoryLimit?: boolean;
  readonly PidsLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly OSType?: string;
  readonly SecurityOptions?: readonly string[];
}

/** Names the protections of node.md section 5.4 that a daemon says it does not have. Pure. */
export function lackingProtections(info: EngineInfo): readonly string[] {
  const seccomp = (info.SecurityOptions ?? []).find((one) => one.split(',').includes('name=seccomp'));
  const isSeccompOn = seccomp !== undefined && !seccomp.split(',').includes('profile=unconfined');
  return [
    ...(info.OSType === 'linux' ? [] : ['a Linux kernel']),
    ...(info.MemoryLimit === true ? [] : ['limits of memory']),
    ...(info.PidsLimit === true ? [] : ['limits of processes']),
    ...(info.CpuCfsQuota === true ? [] : ['limits of processor time']),
    ...(isSeccompOn ? [] : ['the filter of system calls (seccomp)']),
  ];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function answerWithin<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the container engine did not answer within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function adapter(docker: Docker, facts: Pick<ContainerEngine, 'version' | 'swappiness' | 'lacks'>): ContainerEngine {
  return {
    ...facts,
    run: async (options, input, bounds) => {
      let container: Docker.Container | undefined;
      try {
        // An engine that hangs is an engine that failed; whatever it started has our label and is swept.
        const observe = async (): Promise<RunObservation> => {
          container = await createAsAsked(docker, options);
          return runToEnd(docker, container, input, bounds);
        };
        let seen = await answerWithin(observe(), bounds.timeoutMs + engineGraceMs);
        // Whose memory it was may be clear another time; somebody else's loss is no reason to leave this dapp without an answer.
        for (const waitMs of unclearWaitsMs) {
          if (seen.isMemoryUnclear !== true) break;
          await removed(container);
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          seen = await answerWithin(observe(), bounds.timeoutMs + engineGraceMs);
        }
        return seen;
      } catch (error) {
        return { startError: messageOf(error), timedOut: false, outputExceeded: false, oomKilled: false, stdout: new Uint8Array(), stderr: '' };
      } finally {
        await removed(container);
      }
    },
    open: async (options, sinks) => {
      const container = await createAsAsked(docker, options);
      try {
        return await openSession(container, sinks);
      } catch (error) {
        await removed(container);
        throw error;
      }
    },
    sweep: () => sweepOrphans(docker),
    hasImage: async (image) => {
      try {
        return (await docker.getImage(image).inspect()).Id === image;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    loadImage: async (archive) => {
      const said = await docker.loadImage(archive);
      // The call is over when its answer is; what it says is of no use, the image is looked up by its digest.
      await new Promise<void>((resolve, reject) => {
        said.on('end', resolve).on('error', reject).resume();
      });
    },
  };
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404;
}

/** Creates a container and compares what the daemon made of it. @throws Error where it differs; the container is removed then */
async function createAsAsked(docker: Docker, options: CreateOptions): Promise<Docker.Container> {
  const container = await docker.createContainer(options);
  const differences = profileDifferences(options, await container.inspect());
  if (differences.length === 0) return container;
  await removed(container);
  throw new Error(`the engine or the image changed the profile: ${differences.join(', ')}`);
}

async function removed(container: Docker.Container | undefined): Promise<void> {
  await container?.remove({ force: true, v: true }).catch(() => undefined);
}

/** A container is an orphan where its process has ended, or where nobody here can know and it is older than any check. */
async function sweepOrphans(docker: Docker): Promise<number> {
  const [listed, info] = await Promise.all([docker.listContainers({ all: true, filters: { label: [dappLabel] } }), docker.info()]);
  const nowSeconds = Date.parse(String(info.SystemTime)) / 1000;
  const orphans = listed.filter(({ Created, Labels }) => {
    const [host = '', pid = ''] = (Labels[ownerLabel] ?? '').split(':');
    if (host === hostname() && /^[1-9]\d{0,9}$/.test(pid)) return !isAlive(Number(pid));
    return Labels[dappLabel] === 'check' && nowSeconds - Created > orphanAgeSeconds;
  });
  for (const one of orphans) await removed(docker.getContainer(one.Id));
  return orphans.length;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * How long a word about memory may come after the end: the engine learns of the two by different ways, and the later the busier it is.
 * So it is given as long as many of its answers take.
 */
const [memoryWordMs, memoryWordAnswers] = [20, 20];

/** Whether the engine reported that something in a container was killed for want of memory: where its end came first, the state of the container does not say so. */
async function toldOfMemory(docker: Docker, id: string, answerMs: number): Promise<boolean> {
  const events = await docker.getEvents({ since: 1, filters: { container: [id], event: ['oom'] } });
  const told = new Promise<boolean>((resolve, reject) => {
    events.once('data', () => resolve(true));
    // An engine that breaks off has not said that nothing was killed; breaking off ourselves comes after the answer.
    events.on('error', reject);
    setTimeout(() => resolve(false), Math.max(memoryWordMs, memoryWordAnswers * answerMs));
  });
  try {
    return await told;
  } finally {
    if ('destroy' in events && typeof events.destroy === 'function') events.destroy();
  }
}

/** How long is waited before a dapp is run again, while something on this machine is killed for want of memory and nobody says where. */
const unclearWaitsMs: readonly number[] = [0, 500, 1_000, 2_000, 4_000];

/** Attaches before the start so that no output is lost, and kills at our own bounds: the daemon's log is off. */
async function runToEnd(docker: Docker, container: Docker.Container, input: Uint8Array, bounds: RunBounds): Promise<RunObservation> {
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  const stdout = new BoundedOutput(bounds.outputBytesMax);
  const stderr = new BoundedOutput(stderrBytesKept);
  let total = 0;
  let outputExceeded = false;
  let timedOut = false;
  const kill = (): void => {
    container.kill({ signal: 'SIGKILL' }).catch(() => undefined);
  };
  const exceed = (): void => {
    if (outputExceeded) return;
    outputExceeded = true;
    kill();
  };
  const take = (sink: BoundedOutput) => (chunk: Buffer) => {
    sink.add(chunk);
    total += chunk.length;
    // Either stream counts: endless output on stderr fills the node as well as on stdout.
    if (total > bounds.outputBytesMax) exceed();
  };
  const ended = new Promise<void>((resolve) => {
    stream.once('end', resolve);
    stream.once('close', resolve);
    stream.once('error', () => resolve());
  });
  demultiplex(stream, { stdout: take(stdout), stderr: take(stderr), broken: exceed });
  const exit = container.wait({ condition: 'next-exit' });
  const watch = exitWatch(container);
  // Where the start fails, nobody waits for the end any more, and it fails as well.
  exit.catch(() => undefined);
  const killsBefore = memoryKills();
  await container.start();
  // A dapp may end without reading its input; the broken pipe is not an error of ours.
  stream.on('error', () => undefined);
  stream.end(Buffer.from(input));
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, bounds.timeoutMs);
  try {
    const exitCode = await Promise.race([exit.then((status: { readonly StatusCode: number }) => status.StatusCode), ended.then(() => watch.exitCode())]);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    const askedMs = performance.now();
    const state = (await container.inspect()).State;
    const answerMs = performance.now() - askedMs;
    // Only a success may hide what was killed inside of it.
    const kills = exitCode === 0 && killsBefore !== undefined ? (memoryKills() ?? killsBefore) - killsBefore : 0;
    const oomKilled = state.OOMKilled || (exitCode === 0 && (await toldOfMemory(docker, container.id, answerMs)));
    const isMemoryUnclear = !oomKilled && kills > 0;
    const seen = { timedOut, outputExceeded, oomKilled, exitCode, stdout: stdout.bytes(), stderr: stderr.text() };
    return isMemoryUnclear ? { ...seen, isMemoryUnclear } : seen;
  } finally {
    clearTimeout(timer);
    watch.stop();
  }
}

/** How often a container is asked after whose output has ended. */
const watchEveryMs = 1_000;

/**
 * Asks for the end of a container again and again. An engine that is killed while a call waits for the end leaves that call without any answer; and a
 * program that closed its output may still run.
 */
function exitWatch(container: Docker.Container): { readonly exitCode: () => Promise<number>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const exitCode = (): Promise<number> =>
    new Promise((resolve, reject) => {
      timer = setTimeout(() => {
        container.inspect().then(({ State }) => {
          if (State.Running) exitCode().then(resolve, reject);
          else resolve(State.ExitCode);
        }, reject);
      }, watchEveryMs);
    });
  return { exitCode, stop: () => clearTimeout(timer) };
}
