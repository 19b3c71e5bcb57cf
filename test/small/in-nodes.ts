// Runs in the container: a witness that takes in and makes final what others have signed, and then a keeper that joins from nothing and checks all of it again.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';

/** What one node did from the start of its process until all events were final there. `wholeMs`: by the wall. `processorMs`: of everything in the container. */
export interface NodeSaid {
  readonly wholeMs: number;
  readonly processorMs: number;
  readonly peakBytes: number;
  readonly id: string;
  readonly state: string;
  readonly exit: number | null;
}

/** What both said. */
export interface NodesSaid {
  readonly witness: NodeSaid;
  readonly keeper: NodeSaid;
}

const [genesis = '', founding = '', eventsText = ''] = process.argv.slice(2);
const events = Number(eventsText);
const running: { readonly name: string; readonly child: ChildProcess; readonly said: Omit<NodeSaid, 'exit'> }[] = [];

/** Processor time of every process in this container, by the second or the first version of control groups. */
function usedMs(): number {
  const [newer, older] = ['/sys/fs/cgroup/cpu.stat', '/sys/fs/cgroup/cpuacct/cpuacct.usage'];
  if (!existsSync(newer)) return Number(readFileSync(older, 'utf8')) / 1e6;
  const [, used = '0'] = /^usage_usec ([0-9]+)$/m.exec(readFileSync(newer, 'utf8')) ?? [];
  return Number(used) / 1e3;
}

/** How an organization stands at a node that may still be starting. */
function statusOf(name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  return new Promise((resolve) => {
    const asked = request({ socketPath: `/data/${name}/node.sock`, path: '/v1/maple/status' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve(answer.statusCode === 200 ? JSON.parse(text).checkpoint : undefined));
    });
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

/** Starts a node and waits until it has all events. It goes on running. */
async function start(name: string, organization: Readonly<Record<string, unknown>>): Promise<void> {
  mkdirSync(`/data/${name}`, { recursive: true });
  const configuration = { v: 1, data: '.', organizations: [{ name: 'maple', genesis, ...organization }], pullSeconds: 1, closeMilliseconds: 0, log: 'warning' };
  writeFileSync(`/data/${name}/gdo-node.json`, JSON.stringify(configuration));
  const [startedMs, usedBeforeMs] = [performance.now(), usedMs()];
  const child = spawn(process.execPath, ['/gdo/dist/gdo.js', 'node', 'run', '--config', `/data/${name}/gdo-node.json`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('exit', () => process.exit(1));
  for (;;) {
    const found = await statusOf(name);
    if (found?.['events'] === events) {
      const wholeMs = performance.now() - startedMs;
      const processorMs = usedMs() - usedBeforeMs;
      const [, peak = '0'] = /VmHWM:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')) ?? [];
      const { id, state } = found;
      running.push({ name, child, said: { wholeMs, processorMs, peakBytes: Number(peak) * 1024, id: String(id), state: String(state) } });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(name: string): Promise<NodeSaid> {
  const node = running.find((one) => one.name === name);
  if (node === undefined) throw new Error(`${name} does not run`);
  node.child.removeAllListeners('exit');
  node.child.kill('SIGTERM');
  const [exit] = await once(node.child, 'exit');
  return { ...node.said, exit };
}

cpSync('/in/ledger.git', '/data/witness/maple/ledger.git', { recursive: true });
cpSync('/in/key', '/data/witness/key');
await start('witness', { role: 'witness', key: 'key' });
await start('keeper', { role: 'keeper', checkpoint: { height: 0, id: founding }, peers: [{ name: 'witness', address: '/data/witness/maple/ledger.git' }] });
const said: NodesSaid = { keeper: await end('keeper'), witness: await end('witness') };
process.stdout.write(JSON.stringify(said));
