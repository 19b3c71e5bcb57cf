// The simulator alone as a program, for bundles with a bug planted in them.
import { runSimulation } from './simulate.ts';

process.exitCode = await runSimulation(
  process.argv.slice(2),
  () => Date.now(),
  (line) => console.log(line),
);
