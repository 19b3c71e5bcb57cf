// How fast a door answers: an organization of many members, its slice, a real socket, and every use on the disk before its answer.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileBylaws } from '../../compiler/index.ts';
import { initialState } from '../../engine/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { openDoorSocket } from '../../node/doors/door-socket.ts';
import type { HeldSlice } from '../../node/ledger/slice.ts';

/** What is measured: an organization of so many members, asked so often. */
export interface DoorMeasure {
  readonly members: number;
  readonly questions: number;
}

/** Milliseconds of a swipe at the door, of which 99 of 100 are shorter (requirements.md, R57). */
const p99MsMost = 200;
const startMs = Date.UTC(2027, 2, 1, 18);
const bylaws = new URL('../../examples/makerspace/bylaws/README.gdo.md', import.meta.url);

/** What a door of such an organization holds. Only its decisions are measured, so nobody signed it. */
function sliceOf(members: number): HeldSlice {
  const { charter, hash } = compileBylaws([parseBylaws({ path: 'README.gdo.md', text: readFileSync(fileURLToPath(bylaws), 'utf8') }).file]);
  if (charter === undefined || hash === undefined) throw new Error('the bylaws of examples/makerspace do not compile');
  const names = Array.from({ length: members }, (_none, index) => `member-${index}`);
  const zeros = '0'.repeat(64);
  const state = initialState({
    org: zeros,
    timeMs: startMs,
    charter,
    bylawsHash: hash,
    members: names.map((name, index) => [name, [index.toString(16).padStart(64, '0')]]),
    roles: [['member', names]],
    witnesses: [[zeros, 1]],
    content: [],
  });
  return { charter, state, id: zeros, checkpoint: { height: 1, timeMs: startMs } };
}

/** Prints the times. @returns 1 where 1 of 100 answers is slower than the requirement, or anything but a local socket is open */
export async function printDoors({ members, questions }: DoorMeasure, print: (line: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-door-'));
  const slice = sliceOf(members);
  const server = await openDoorSocket({
    socket: join(folder, 'door.sock'),
    record: join(folder, 'uses.ndjson'),
    clockMs: () => startMs + 60_000,
    offsetMinutes: () => -360,
    newest: () => slice,
  });
  const caller = connect(join(folder, 'door.sock'));
  await once(caller, 'connect');
  const spent: number[] = [];
  let allowed = 0;
  for (let question = 0; question < questions; question += 1) {
    const begun = performance.now();
    caller.write(
      `${JSON.stringify({ thing: question % 5 === 0 ? 'machines/laser' : 'doors/front', person: `member-${(question * 7919) % (members + 50)}` })}\n`,
    );
    const [line] = await once(caller, 'data');
    spent.push(performance.now() - begun);
    if (String(line).includes('"allowed"')) allowed += 1;
  }
  const network = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP') || name.startsWith('UDP'));
  caller.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  const sorted = spent.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  print(`${members} members, ${questions} swipes, ${allowed} allowed; each use on the disk before its answer`);
  print(`median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms (at most ${p99MsMost}), longest ${at(1).toFixed(1)} ms`);
  print(`network connections: ${network.length}`);
  return at(0.99) > p99MsMost || network.length > 0 || allowed === 0 ? 1 : 0;
}
