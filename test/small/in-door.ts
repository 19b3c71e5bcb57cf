// Runs in the container: starts a door from a slice, asks it as a card reader does, brings it a newer slice on the way, and says what it answered and used.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, renameSync, statfsSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { processorTime } from '../measure/processor.ts';
import { bringsNewer, swipeOf } from './swipes.ts';

/** What one run says. `networkSockets`: of TCP and UDP, in the whole container. */
export interface DoorSaid {
  readonly startMs: number;
  readonly spentMs: readonly number[];
  readonly answers: readonly string[];
  readonly uses: string;
  readonly peakBytes: number;
  readonly processorMs: number;
  readonly diskBytes: number;
  readonly networkSockets: number;
  readonly exit: number | null;
}

const [org = '', swipesText = '', membersText = ''] = process.argv.slice(2);
const swipes = Number(swipesText);
copyFileSync('/in/1.ndjson', '/data/door.ndjson');
const startedMs = performance.now();
const words = ['slice', 'door.ndjson', '--org', org, '--listen', 'door.sock', '--record', 'uses.ndjson'];
const door = spawn(process.execPath, ['/gdo/dist/gdo.js', ...words], { cwd: '/data', stdio: ['ignore', 'pipe', 'inherit'] });
// Whoever ends without opening the door has said why.
door.on('exit', () => process.exit(1));
await once(door.stdout, 'data');
const startMs = performance.now() - startedMs;

const caller = connect('/data/door.sock');
await once(caller, 'connect');
const answered = createInterface({ input: caller });
const spentMs: number[] = [];
const answers: string[] = [];
for (let number = 0; number < swipes; number += 1) {
  if (bringsNewer(number, swipes)) {
    copyFileSync('/in/2.ndjson', '/data/newer.ndjson');
    renameSync('/data/newer.ndjson', '/data/door.ndjson');
  }
  const askedMs = performance.now();
  const answer = once(answered, 'line');
  caller.write(`${JSON.stringify(swipeOf(number, Number(membersText)))}\n`);
  const [line] = await answer;
  spentMs.push(performance.now() - askedMs);
  answers.push(String(line));
}

const pid = door.pid ?? 0;
const [, peak = '0'] = /VmHWM:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
const processorMs = processorTime(pid).ownMs;
const networkSockets = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) => readFileSync(`/proc/net/${kind}`, 'utf8').trim().split('\n').slice(1)).length;
const disk = statfsSync('/data');
caller.destroy();
door.removeAllListeners('exit');
door.kill('SIGTERM');
const [exit] = await once(door, 'exit');
const said: DoorSaid = {
  startMs,
  spentMs,
  answers,
  uses: readFileSync('/data/uses.ndjson', 'utf8'),
  peakBytes: Number(peak) * 1024,
  processorMs,
  diskBytes: (disk.blocks - disk.bfree) * disk.bsize,
  networkSockets,
  exit,
};
process.stdout.write(JSON.stringify(said));
