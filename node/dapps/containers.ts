// The container engine behind a small interface, and its one adapter: dockerode, imported only when a container is needed.
// It knows containers, not dapps: what an ending means is result.ts's.
import type Docker from 'dockerode';
import type { CreateOptions, ProfileChoice } from './profile.ts';
import { dappLabel, profileDifferences } from './profile.ts';
import type { RunObservation } from './result.ts';

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
  /** Runs one container to its end and removes it. Never throws for what the container does; the engine's own errors are `startError`. */
  readonly run: (options: CreateOptions, input: Uint8Array, bounds: RunBounds) => Promise<RunObservation>;
  /** Removes containers of an earlier run that a crash left behind. @returns how many */
  readonly sweep: () => Promise<number>;
}

/** Bytes of stderr kept for people (node.md section 5.2). */
const stderrBytesKept = 65_536;

/** A daemon that does not answer a ping within this is treated as absent: a command must not hang on a dead socket. */
const pingTimeoutMs = 5_000;

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
    const info: { readonly ServerVersion?: string; readonly CgroupVersion?: string } = await answerWithin(docker.info(), pingTimeoutMs);
    const swappiness = info.CgroupVersion === '2' ? 'not-known-here' : 'zero';
    return { kind: 'ok', engine: adapter(docker, { version: info.ServerVersion ?? 'unknown', swappiness }) };
  } catch (error) {
    return { kind: 'absent', reason: error instanceof Error ? error.message : String(error) };
  }
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

function adapter(docker: Docker, facts: Pick<ContainerEngine, 'version' | 'swappiness'>): ContainerEngine {
  return {
    ...facts,
    run: async (options, input, bounds) => {
      let container: Docker.Container | undefined;
      try {
        container = await docker.createContainer(options);
        const inspected = await container.inspect();
        const differences = profileDifferences(options, inspected);
        if (differences.length > 0) return notStarted(`the engine changed the profile: ${differences.join(', ')}`);
        return await runToEnd(container, input, bounds);
      } catch (error) {
        return notStarted(error instanceof Error ? error.message : String(error));
      } finally {
        await container?.remove({ force: true, v: true }).catch(() => undefined);
      }
    },
    sweep: async () => {
      const left = await docker.listContainers({ all: true, filters: { label: [dappLabel] } });
      for (const one of left) await docker.getContainer(one.Id).remove({ force: true, v: true });
      return left.length;
    },
  };
}

function notStarted(reason: string): RunObservation {
  return { startError: reason, timedOut: false, outputExceeded: false, oomKilled: false, stdout: new Uint8Array(), stderr: '' };
}

/** Attaches before the start so that no output is lost, and kills at our own bounds: the daemon's log is off. */
async function runToEnd(container: Docker.Container, input: Uint8Array, bounds: RunBounds): Promise<RunObservation> {
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  const stdout = new BoundedOutput(bounds.outputBytesMax);
  const stderr = new BoundedOutput(stderrBytesKept);
  let total = 0;
  let outputExceeded = false;
  let timedOut = false;
  const kill = (): void => {
    container.kill({ signal: 'SIGKILL' }).catch(() => undefined);
  };
  const take = (sink: BoundedOutput) => (chunk: Buffer) => {
    sink.add(chunk);
    total += chunk.length;
    // Either stream counts: endless output on stderr fills the node as well as on stdout.
    if (total > bounds.outputBytesMax && !outputExceeded) {
      outputExceeded = true;
      kill();
    }
  };
  const ended = new Promise<void>((resolve) => {
    stream.once('end', resolve);
    stream.once('close', resolve);
    stream.once('error', () => resolve());
  });
  demultiplex(stream, take(stdout), take(stderr));
  const exit = container.wait({ condition: 'next-exit' });
  await container.start();
  // A dapp may end without reading its input; the broken pipe is not an error of ours.
  stream.on('error', () => undefined);
  stream.end(Buffer.from(input));
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, bounds.timeoutMs);
  try {
    const status: { StatusCode: number } = await exit;
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    const state = (await container.inspect()).State;
    return { timedOut, outputExceeded, oomKilled: state.OOMKilled, exitCode: status.StatusCode, stdout: stdout.bytes(), stderr: stderr.text() };
  } finally {
    clearTimeout(timer);
    container.kill().catch(() => undefined);
  }
}

/** Splits the engine's multiplexed stream: 8 bytes of header (kind, 0, 0, 0, length) and a payload, again and again. */
function demultiplex(stream: NodeJS.ReadableStream, out: (chunk: Buffer) => void, err: (chunk: Buffer) => void): void {
  let header = Buffer.alloc(0);
  let kind = 0;
  let left = 0;
  stream.on('data', (data: Buffer) => {
    let rest = data;
    while (rest.length > 0) {
      if (left === 0) {
        const need = 8 - header.length;
        header = Buffer.concat([header, rest.subarray(0, need)]);
        rest = rest.subarray(need);
        if (header.length < 8) return;
        kind = header[0] ?? 0;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        continue;
      }
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      (kind === 2 ? err : out)(piece);
    }
  });
}

/** Keeps the first bytes of a stream and drops the rest. */
class BoundedOutput {
  private readonly chunks: Buffer[] = [];
  private kept = 0;
  private readonly most: number;
  constructor(most: number) {
    this.most = most;
  }
  add(chunk: Buffer): void {
    const piece = chunk.subarray(0, this.most - this.kept);
    if (piece.length === 0) return;
    this.chunks.push(Buffer.from(piece));
    this.kept += piece.length;
  }
  bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }
  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
