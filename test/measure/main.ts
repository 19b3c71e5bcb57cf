// The measures of the language as one program: `node test/measure/run.mjs rules`. Each measure is a file of its own; this only picks one.
import { readFileSync } from 'node:fs';
import { printDeterminism } from '../determinism/table.ts';
import { runDifferential } from '../reference/differential/differential-run.ts';
import { printRules } from '../rules/citations.ts';
import { corpus } from './corpus.ts';
import { measureCounts } from './counts.ts';
import { measureErrors, printErrors } from './errors.ts';
import { printFlips } from './flips.ts';
import { printCrashes } from './crashes.ts';
import { printHostile } from './hostile.ts';
import { smallest } from './fuzz.ts';
import { runCoverage } from './coverage.ts';
import { runMutation } from './mutation.ts';
import { runMutations } from './mutations.ts';
import { analysisMutations } from './planted/mutants.ts';
import { runCorpus } from './planted/corpus-run.ts';
import { printLoad } from './load.ts';
import { printNodes } from './nodes.ts';
import { measurePrograms } from './programs.ts';
import { printSignatures } from './signatures.ts';
import { measureStart } from './start.ts';
import { runFuzz } from './fuzz-run.ts';
import { runSimulation } from '../simulation/simulate.ts';
import { printShuffles } from '../vectors/shuffled-ledgers.ts';
import { randomLedger } from '../vectors/ledger-dump.ts';

const [name = '', ...words] = process.argv.slice(2);
const print = (line: string): void => console.log(line);

/** The number after a flag such as `--seed 3`. */
function numberOf(flag: string, otherwise: number): number {
  const value = Number(words[words.indexOf(flag) + 1]);
  return words.includes(flag) && Number.isFinite(value) ? value : otherwise;
}

/** Every text of the corpus, whichever bylaws it belongs to. */
function sources(): readonly string[] {
  return corpus().flatMap(({ files }) => files.map(({ text }) => text));
}

const measures =
  'rules, determinism, errors, programs, fuzz, differential, corpus, coverage, mutation, mutations, counts, start, ledgers, shuffles, signatures, flips, simulate, hostile, crashes, nodes, load';

switch (words.includes('--help') ? '--help' : name) {
  case 'determinism':
    process.exitCode = await printDeterminism(
      { seed: numberOf('--seed', 1), events: numberOf('--events', 100_000), small: numberOf('--small', 10_000) },
      print,
    );
    break;
  case 'rules':
    process.exitCode = printRules(print);
    break;
  case 'errors':
    process.exitCode = printErrors(measureErrors(corpus(), numberOf('--every', 1)), print, numberOf('--misses', 0));
    break;
  case 'fuzz':
    if (words.includes('--log')) {
      for (const line of readFileSync(words[words.indexOf('--log') + 1] ?? '', 'utf8')
        .split('\n')
        .filter((text) => text !== '')) {
        const { kind, text } = smallest({ path: 'a.gdo', text: '', ...Object(JSON.parse(line)) });
        print(`${kind} ${JSON.stringify(text)}`);
      }
      break;
    }
    process.exitCode = runFuzz(
      sources(),
      { seed: numberOf('--seed', 1), count: numberOf('--count', 1_000_000), minutes: numberOf('--minutes', 1_000_000) },
      print,
    );
    break;
  case 'differential':
    process.exitCode = await runDifferential(
      {
        seed: numberOf('--seed', 1),
        count: numberOf('--count', 1_000_000),
        minutes: numberOf('--minutes', 1_000_000),
        jobs: numberOf('--jobs', 1),
        job: numberOf('--job', 0),
      },
      print,
    );
    break;
  case 'programs':
    process.exitCode = measurePrograms({ seed: numberOf('--seed', 1), count: numberOf('--count', 10_000) }, print);
    break;
  case 'corpus':
    process.exitCode = words.includes('--mutants')
      ? runMutations(print, analysisMutations.slice(numberOf('--from', 0), numberOf('--to', analysisMutations.length)))
      : runCorpus(print, { seed: numberOf('--seed', 1), each: numberOf('--each', 20) });
    break;
  case 'coverage':
    process.exitCode = runCoverage();
    break;
  case 'mutations':
    process.exitCode = runMutations(print);
    break;
  case 'mutation':
    process.exitCode = runMutation(
      { files: words.filter((word) => word.startsWith('engine/')), minutes: numberOf('--minutes', 1_000_000) },
      () => Date.now(),
      print,
    );
    break;
  case 'counts':
    process.exitCode = measureCounts({ seed: numberOf('--seed', 1), count: numberOf('--count', 10_000), method: words[words.indexOf('--method') + 1] }, print);
    break;
  case 'start':
    process.exitCode = measureStart(print, numberOf('--rounds', 9));
    break;
  case 'ledgers': {
    const from = numberOf('--seed', 1);
    for (let seed = from; seed < from + numberOf('--count', 10); seed += 1) print(JSON.stringify(await randomLedger(seed)));
    break;
  }
  case 'shuffles':
    process.exitCode = await printShuffles({ seed: numberOf('--seed', 1), count: numberOf('--count', 1_000) }, print);
    break;
  case 'flips':
    process.exitCode = await printFlips({ seed: numberOf('--seed', 1), count: numberOf('--count', 1_000) }, print);
    break;
  case 'crashes':
    process.exitCode = await printCrashes(
      { seed: numberOf('--seed', 1), every: numberOf('--every', 1), random: numberOf('--random', 500), minutes: numberOf('--minutes', 1_000_000) },
      print,
    );
    break;
  case 'hostile':
    process.exitCode = await printHostile(
      { seed: numberOf('--seed', 1), count: numberOf('--count', 600), only: words.includes('--only') ? words[words.indexOf('--only') + 1] : undefined },
      print,
    );
    break;
  case 'load':
    process.exitCode = await printLoad(
      { members: numberOf('--members', 10_000), ballots: numberOf('--ballots', 1_000), atOnce: numberOf('--at-once', 100), flood: numberOf('--flood', 0) },
      print,
    );
    break;
  case 'nodes':
    process.exitCode = await printNodes({ seed: numberOf('--seed', 1), rounds: numberOf('--rounds', 12) }, print);
    break;
  case 'signatures':
    process.exitCode = printSignatures({ seed: numberOf('--seed', 1), count: numberOf('--count', 100_000), ssh: numberOf('--ssh', 2_000) }, print);
    break;
  case 'simulate':
    process.exitCode = await runSimulation(words, () => Date.now(), print);
    break;
  case '--help':
    print(`node test/measure/run.mjs MEASURE [words]: ${measures}. CONTRIBUTING.md says what each does, and its words.`);
    break;
  default:
    print(`There is no measure \`${name}\`; there are: ${measures}`);
    process.exitCode = 2;
}
