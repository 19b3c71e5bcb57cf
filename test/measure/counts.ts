// The long comparison of the engine's counts with the reference counts: `node test/measure/run.mjs counts --seed 1 --count 100000`.
import { agreement } from '../reference/tally/agreement.ts';
import { trialMakers } from '../reference/tally/trials.ts';

/** Compares every method, or the one named, and prints a line for each; answers 1 where two counts differ. */
export function measureCounts(
  run: { readonly seed: number; readonly count: number; readonly method: string | undefined },
  print: (line: string) => void,
): number {
  let differing = 0;
  const named = Object.keys(trialMakers).filter((method) => method === run.method);
  for (const method of named.length > 0 ? named : Object.keys(trialMakers)) {
    const { tally, differences } = agreement(method, run);
    const { settled, tied, idle, empty, beyond } = tally;
    print(`${method}: ${run.count} elections from seed ${run.seed}: settled ${settled}, tied ${tied}, tied over a lot that decides nothing ${idle},`);
    print(`  no ballot ${empty}, beyond exact arithmetic ${beyond}, differences ${differences.length}`);
    for (const difference of differences) print(`  ${difference}`);
    differing += differences.length;
  }
  print(differing === 0 ? 'No count differs.' : `${differing} kinds of difference.`);
  return differing === 0 ? 0 : 1;
}
