// The simulator as a command: many seeds, the mutants, one seed again with its trace, and a failing one made shorter.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf, type Plan } from './plan.ts';
import { play } from './run.ts';
import { playSeeds } from './seeds.ts';

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

/** The command with the words of its line. @returns the exit code */
export async function runSimulation(words: readonly string[], clockMs: () => number, print: (line: string) => void): Promise<number> {
  const wordAfter = (flag: string): string | undefined => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const numberOf = (flag: string, otherwise: number): number => Number(wordAfter(flag) ?? otherwise);
  if (words.includes('--mutants')) {
    const { runSimulationMutants } = await import('./mutants.ts');
    return runSimulationMutants({ seed: numberOf('--seed', 1), count: numberOf('--count', 200), only: wordAfter('--only') }, print);
  }
  if (words.includes('--replay')) return replaySeed(numberOf('--replay', 1), print);
  const seed = numberOf('--seed', 1);
  const options = {
    seed,
    count: numberOf('--count', 1_000_000),
    minutes: numberOf('--minutes', 1_000_000),
    jobs: numberOf('--jobs', 1),
    job: numberOf('--job', 0),
    log: wordAfter('--log') ?? join(tmpdir(), `gdo-simulate-${seed}.log`),
    isOneEnough: words.includes('--first'),
  };
  return playSeeds(options, clockMs, print);
}
