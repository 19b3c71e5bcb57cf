// The simulator as a command: many seeds, a log from which it goes on, one seed again with its trace, and a failing one made shorter.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { planOf, type Plan } from './plan.ts';
import { play, type RunResult } from './run.ts';

/** What the command is asked. */
interface SimulationOptions {
  readonly seed: number;
  readonly count: number;
  readonly minutes: number;
  /** A file of one line per seed: those in it are not run again. */
  readonly log: string | undefined;
}

/** Seeds between two lines of progress. */
const progressEvery = 500;

/** Plays a plan without each step in turn, and leaves away those without which it still fails in the same way. */
async function shortened(plan: Plan, invariant: string): Promise<Plan> {
  let steps = plan.steps;
  const fails = async (tried: Plan['steps']): Promise<boolean> => (await play({ ...plan, steps: tried })).violation?.invariant === invariant;
  for (let size = Math.max(1, steps.length >> 1); size >= 1; size >>= 1) {
    for (let from = 0; from < steps.length;) {
      const tried = [...steps.slice(0, from), ...steps.slice(from + size)];
      if (await fails(tried)) steps = tried;
      else from += size;
    }
  }
  return { ...plan, steps };
}

function doneBefore(log: string | undefined): ReadonlySet<number> {
  if (log === undefined || !existsSync(log)) return new Set();
  const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  return new Set(lines.map((line) => Number(line.split(' ')[0])));
}

/** One seed with its whole trace, twice, and shorter where it fails. @returns the exit code */
async function replaySeed(seed: number, print: (line: string) => void): Promise<number> {
  const plan = planOf(seed);
  const result = await play(plan, print);
  const again = await play(plan);
  print(`seed ${seed} trace ${result.hash}${again.hash === result.hash ? '' : ` AND ANOTHER ONE ${again.hash}`}`);
  const { violation } = result;
  if (violation === undefined) return again.hash === result.hash ? 0 : 1;
  print(`VIOLATION at step ${violation.step}: ${violation.what}`);
  const shorter = await shortened(plan, violation.invariant);
  print(`it needs ${shorter.steps.length} of ${plan.steps.length} steps:`);
  await play(shorter, print);
  return 1;
}

/** Runs seeds until they are done, the time is over, or one fails. @returns the exit code */
async function simulate(options: SimulationOptions, clockMs: () => number, print: (line: string) => void): Promise<number> {
  const done = doneBefore(options.log);
  const untilMs = clockMs() + options.minutes * 60_000;
  const sums = { seeds: 0, steps: 0, faults: 0, epochs: 0, events: 0, merges: 0 };
  const began = clockMs();
  for (let seed = options.seed; seed < options.seed + options.count && clockMs() < untilMs; seed += 1) {
    if (done.has(seed)) continue;
    const result: RunResult = await play(planOf(seed));
    sums.seeds += 1;
    sums.steps += result.steps;
    sums.faults += result.faults;
    sums.epochs += result.epochs;
    sums.events += result.events;
    sums.merges += result.merges;
    if (result.violation !== undefined) {
      print(`seed ${seed}, step ${result.violation.step}: ${result.violation.what}`);
      print(`again, with its trace and fewer steps:  npm run simulate -- --replay ${seed}`);
      return 1;
    }
    if (options.log !== undefined) appendFileSync(options.log, `${seed} ${result.hash} ${result.faults}\n`);
    if (sums.seeds % progressEvery === 0) print(`${sums.seeds} seeds, ${sums.faults} faults`);
  }
  const each = sums.seeds === 0 ? 0 : (clockMs() - began) / sums.seeds;
  print(
    `${sums.seeds} seeds (${done.size} were done before), ${sums.steps} steps, ${sums.faults} faults, ${sums.epochs} final epochs, ${sums.events} events, ${sums.merges} merges: no violation`,
  );
  print(`${each.toFixed(1)} ms a seed`);
  return 0;
}

/** The command with the words of its line. @returns the exit code */
export async function runSimulation(words: readonly string[], clockMs: () => number, print: (line: string) => void): Promise<number> {
  const wordAfter = (flag: string): string | undefined => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const numberOf = (flag: string, otherwise: number): number => Number(wordAfter(flag) ?? otherwise);
  if (words.includes('--mutants')) {
    const { runSimulationMutants } = await import('./mutants.ts');
    return runSimulationMutants({ seed: numberOf('--seed', 1), count: numberOf('--count', 200), only: wordAfter('--only') }, print);
  }
  if (words.includes('--replay')) return replaySeed(numberOf('--replay', 1), print);
  const options = { seed: numberOf('--seed', 1), count: numberOf('--count', 1_000_000), minutes: numberOf('--minutes', 1_000_000), log: wordAfter('--log') };
  return simulate(options, clockMs, print);
}
