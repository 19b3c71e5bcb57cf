// Real nodes for tests: processes of the built program with a configuration file, real ports and the real clock.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKey } from '../../node/ledger/keys.ts';
import { testSeed } from '../node/ledger/small-ledger.ts';

/** Writes the key of `testSigner(name)` as ssh-keygen would. */
export function writeTestKey(path: string, name: string): void {
  createKey(path, { seed: testSeed(name), comment: name });
}

/** The built program. */
export const program: string = fileURLToPath(new URL('../../dist/gdo.js', import.meta.url));

/** A node that runs. */
export interface RunningNode {
  readonly process: ChildProcess;
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** What it has logged so far, parsed. */
  readonly lines: () => readonly Readonly<Record<string, unknown>>[];
  /** Ends it with a signal. @returns its exit code, or the signal that killed it */
  readonly end: (signal: NodeJS.Signals) => Promise<number | string>;
}

/** How a node that did not start ended. */
export interface FailedNode {
  readonly code: number | string;
  readonly errors: string;
}

/** Starts a node in a folder of its own and waits until it listens. @param configuration - without `v` and `data`; `http` listens on a free port where it is absent @param by - another program than the built one */
export function startNode(
  folder: string,
  configuration: Readonly<Record<string, unknown>>,
  words: readonly string[] = [],
  by = program,
): Promise<RunningNode | FailedNode> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'gdo-node.json');
  const document = {
    v: 1,
    data: 'data',
    http: { listen: '127.0.0.1:0', behindProxy: true },
    pullSeconds: 1,
    closeMilliseconds: 0,
    log: 'debug',
    ...configuration,
  };
  writeFileSync(file, JSON.stringify(document));
  const child = spawn(process.execPath, [by, 'node', 'run', '--config', file, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, errors] = ['', ''];
  const ended = new Promise<number | string>((resolve) => child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown')));
  child.stderr.on('data', (part: Buffer) => (errors += part.toString('utf8')));
  return new Promise((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString('utf8');
      if (!out.includes('\n')) return;
      const port = Number(JSON.parse(out)['port']);
      resolve({
        process: child,
        port,
        address: `http://127.0.0.1:${port}`,
        lines: () =>
          errors
            .split('\n')
            .filter((line) => line.startsWith('{'))
            .map((line) => JSON.parse(line)),
        end: (signal) => {
          child.kill(signal);
          return ended;
        },
      });
    });
    void ended.then((code) => resolve({ code, errors }));
  });
}

/** A node that must have started. @throws Error with what it said */
export async function runningNode(folder: string, configuration: Readonly<Record<string, unknown>>, words: readonly string[] = []): Promise<RunningNode> {
  const node = await startNode(folder, configuration, words);
  if ('code' in node) throw new Error(`the node ended with ${node.code}: ${node.errors}`);
  return node;
}

/** Asks until `found` answers something. @throws Error with `what` after a time that no run needs */
export async function eventually<Value>(what: string, found: () => Promise<Value | undefined>): Promise<Value> {
  for (let turn = 0; turn < 600; turn += 1) {
    const value = await found();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`it did not come about that ${what}`);
}

/** How a node says that an organization stands. */
export interface NodeStatus {
  readonly height: number;
  readonly id: string;
  readonly state: string;
  readonly events: number;
  readonly pending: number;
}

/** Asks a node how an organization stands. */
export async function statusOf(node: RunningNode, name: string): Promise<NodeStatus> {
  const answer = await fetch(`${node.address}/v1/${name}/status`);
  const { checkpoint, pending } = JSON.parse(await answer.text());
  return {
    height: checkpoint?.height ?? -1,
    id: checkpoint?.id ?? '',
    state: checkpoint?.state ?? '',
    events: checkpoint?.events ?? 0,
    pending: pending ?? 0,
  };
}
