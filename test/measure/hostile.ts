// Sends hostile pushes through the door of a real shared repository: each must be refused with its code, move nothing, run nothing, and stay small.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchMakers } from '../hostile/batches.ts';
import { watchMemory } from '../hostile/memory.ts';
import { packMakers } from '../hostile/packs.ts';
import { hostileTarget, printOf } from '../hostile/target.ts';
import { treeMakers } from '../hostile/trees.ts';
import { httpDoor, knock, type Door } from '../hostile/wire.ts';
import { Dice } from '../vectors/dice.ts';
import { processorTime } from './processor.ts';

const makers = [...treeMakers, ...packMakers, ...batchMakers];

/** How many kinds there are: a run of this many has one of each. */
export const hostileKinds: number = makers.length;

/** What the corpus met. `wrong`: an input that was taken, moved something, or was refused without one of its codes. */
export interface HostileReport {
  readonly codes: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
  /** By the time of the processor, of all processes that an input started: the clock on the wall tells of other work on the machine. */
  readonly slowest: { readonly name: string; readonly ms: number };
  readonly longestMs: number;
  readonly largest: { readonly name: string; readonly bytes: number };
  readonly overSecond: readonly string[];
}

/** Sends `count` inputs, kind after kind. @param request.only - one kind by name */
export async function measureHostile(request: {
  readonly seed: number;
  readonly count: number;
  readonly only?: string | undefined;
  readonly door: 'ssh' | 'http';
}): Promise<HostileReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-hostile-'));
  const target = await hostileTarget(folder);
  const door: Door = request.door === 'ssh' ? (bytes) => knock(target.path, bytes) : httpDoor(target.path, target.view);
  const dice = new Dice(request.seed);
  const chosen = makers.filter(([kind]) => request.only === undefined || kind === request.only);
  const codes = new Map<string, number>();
  const wrong: string[] = [];
  const overSecond: string[] = [];
  let slowest = { name: '', ms: 0 };
  let longestMs = 0;
  let largest = { name: '', bytes: 0 };
  const before = printOf(target);
  for (let index = 0; index < request.count; index += 1) {
    const [kind, make] = chosen[index % chosen.length] ?? [];
    if (make === undefined || kind === undefined) break;
    const input = await make(target, dice, Math.floor(index / chosen.length) + request.seed - 1);
    const name = `${kind}: ${input.name}`;
    const stop = watchMemory();
    const [wallMs, processorMs] = [performance.now(), processorTime('self').childrenMs];
    const heard = await door(input.bytes);
    longestMs = Math.max(longestMs, performance.now() - wallMs);
    const ms = processorTime('self').childrenMs - processorMs;
    const bytes = stop();
    if (ms > slowest.ms) slowest = { name, ms };
    if (bytes > largest.bytes) largest = { name, bytes };
    if (ms > 1000) overSecond.push(`${name} ${Math.round(ms)} ms`);
    const code = /GDO\d{4}/.exec(heard.text)?.[0] ?? 'none';
    codes.set(code, (codes.get(code) ?? 0) + 1);
    const said = heard.text.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(-300);
    if (!input.codes.includes(code)) wrong.push(`${name}: ${code} in place of ${input.codes.join(' or ')}: ${said}`);
    else if (printOf(target) !== before) wrong.push(`${name}: something moved: ${printOf(target)}`);
  }
  target.ledger.repository.close();
  rmSync(folder, { recursive: true, force: true });
  return { codes, wrong, slowest, longestMs, largest, overSecond };
}

/** Prints the measure. @returns the exit code: 1 where an input was not refused as it must be */
export async function printHostile(
  request: { readonly seed: number; readonly count: number; readonly only: string | undefined },
  print: (line: string) => void,
): Promise<number> {
  const ends: number[] = [];
  for (const door of ['ssh', 'http'] as const) ends.push(await printDoor({ ...request, door }, print));
  return Math.max(...ends);
}

async function printDoor(request: Parameters<typeof measureHostile>[0], print: (line: string) => void): Promise<number> {
  const { codes, wrong, slowest, longestMs, largest, overSecond } = await measureHostile(request);
  print(`${request.count} hostile pushes of ${hostileKinds} kinds from seed ${request.seed}, over ${request.door}`);
  print(
    `  refused  ${[...codes]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
  );
  print(
    `  slowest  ${Math.round(slowest.ms)} ms of processor, ${slowest.name}; over a second: ${overSecond.length}; ${Math.round(longestMs)} ms on the clock at most`,
  );
  for (const line of overSecond.slice(0, 10)) print(`           ${line}`);
  print(`  largest  ${Math.round(largest.bytes / 1024 / 1024)} MiB in one process, ${largest.name}`);
  print(`  wrong    ${wrong.length === 0 ? 'none' : ''}`);
  for (const line of wrong) print(`           ${line}`);
  return wrong.length === 0 ? 0 : 1;
}
