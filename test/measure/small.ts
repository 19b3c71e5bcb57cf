// What a small computer can do (R38, R52): a door and full nodes in containers as small, and days of a node to which nothing happens. Prints figures; a goal that is
// missed is exit 1.
import { join } from 'node:path';
import { doorOnSmallComputer, type DoorRequest } from '../small/door.ts';
import { idleFor } from '../small/idle.ts';
import { nodesOnSmallComputer } from '../small/nodes.ts';

const p99MsMost = 200;
const eventsPerSecondLeast = 100;
/** Of one processor. */
const idlePartMost = 0.01;
const dayMs = 86_400_000;

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** A door in a container of 256 MB. @returns 1 where an answer differs, is slow, or a network is open */
export async function printSmallDoor(request: DoorRequest, print: (line: string) => void): Promise<number> {
  const { said, installedBytes, sliceBytes, reasons, differences } = await doorOnSmallComputer(request);
  const sorted = said.spentMs.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  print(
    `a door of ${request.members} members in a container: 1 processor, 256 MB of memory without swap, 200 MB of disk with all that is installed, no network`,
  );
  print(`${request.swipes} swipes, each on the disk before its answer (${request.disk === 'file' ? 'ext4 in a file' : 'a disk in memory'})`);
  print(`  ${[...reasons].map(([reason, count]) => `${reason} ${count}`).join(', ')}`);
  print(
    `median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms (at most ${p99MsMost}), longest ${at(1).toFixed(1)} ms; ${(said.processorMs / request.swipes).toFixed(2)} ms of processor a swipe, its start included`,
  );
  print(`open ${Math.round(said.startMs)} ms after its start; its process had ${megabytes(said.peakBytes)} at most`);
  print(`disk: ${megabytes(installedBytes)} installed, of it the slices of ${megabytes(sliceBytes)} each; ${megabytes(said.diskBytes)} written`);
  print(`sockets of a network: ${said.networkSockets}`);
  for (const line of differences.slice(0, 10)) print(line);
  print(`${differences.length} of ${request.swipes} answers and records differ from those decided outside`);
  return differences.length > 0 || at(0.99) > p99MsMost || said.networkSockets > 0 || said.exit !== 0 ? 1 : 0;
}

/**
 * A witness and a keeper in a container of 512 MB. By the processor, since what else the machine does is not theirs; the wall is printed too.
 * @returns 1 where one is slower than R52 asks for, or they do not agree
 */
export async function printSmallNodes(wanted: number, print: (line: string) => void): Promise<number> {
  const { said, installedBytes, events, state } = await nodesOnSmallComputer(wanted);
  print(
    `full nodes in a container: 1 processor and 512 MB of memory without swap for both, ${megabytes(installedBytes)} installed; ${wanted} events, one signed batch each`,
  );
  const rates = (['witness', 'keeper'] as const).map((name) => {
    const { wholeMs, processorMs, peakBytes } = said[name];
    const rate = (wanted * 1000) / processorMs;
    const does = name === 'witness' ? 'checks, folds and makes them final' : 'joins, fetches and checks all from the founding';
    print(`the ${name} ${does}: ${rate.toFixed(0)} a second of processor (at least ${eventsPerSecondLeast}), ${(processorMs / 1000).toFixed(1)} s of it`);
    print(`  by the wall ${((wanted * 1000) / wholeMs).toFixed(0)} a second; both from the start of its process on; ${megabytes(peakBytes)} at most`);
    return rate;
  });
  const areOne = said.keeper.id === said.witness.id && said.keeper.state === state && said.witness.state === state && events === wanted;
  print(areOne ? `one state root ${state.slice(0, 16)}, outside too` : 'they come to different states');
  return areOne && rates.every((rate) => rate >= eventsPerSecondLeast) ? 0 : 1;
}

/** Days in which nothing happens. @returns 1 where two nodes take more than a hundredth of a processor, or complain */
export async function printIdle(days: number, print: (line: string) => void): Promise<number> {
  const { timers, started, contentTurns, ownMs, childrenMs, checkpoints, areSame, complaints } = await idleFor(days, join(process.cwd(), 'dist/gdo.js'));
  const part = (ownMs + childrenMs) / (days * dayMs);
  print(
    `two nodes that ask each other every minute, ${days} simulated days in which nobody does anything: ${timers} timers, ${checkpoints} checkpoints, ${started} processes started, and ${contentTurns} turns about contents`,
  );
  print(
    `processor of both with every process of git: ${((ownMs + childrenMs) / 1000).toFixed(1)} s, of it git ${(childrenMs / 1000).toFixed(1)} s; ${((ownMs + childrenMs) / 1000 / days).toFixed(1)} s a simulated day`,
  );
  print(`${(part * 100).toFixed(3)} % of one processor for both (at most ${idlePartMost * 100} %)`);
  for (const line of complaints.slice(0, 10)) print(line.trimEnd());
  if (!areSame) print('the nodes ended with different checkpoints');
  return part < idlePartMost && areSame && complaints.length === 0 ? 0 : 1;
}
