// The measures of the language as one program: `node test/measure/run.mjs rules`. Each measure is a file of its own; this only picks one.
import { readFileSync } from 'node:fs';
import { printDeterminism } from '../determinism/table.ts';
import { replayPairs, runDifferential } from '../reference/differential/differential-run.ts';
import { printRules } from '../rules/citations.ts';
import { printRequirements } from '../rules/requirements.ts';
import { corpus } from './corpus.ts';
import { measureCounts } from './counts.ts';
import { measureErrors, printErrors } from './errors.ts';
import { printDoors } from './doors.ts';
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
import { printIdle, printSmallDoor, printSmallNodes } from './small.ts';
import { measureStart } from './start.ts';
import { runFuzz } from './fuzz-run.ts';
import { runSimulation } from '../simulation/simulate.ts';
import { printShuffles } from '../vectors/shuffled-ledgers.ts';
import { randomLedger } from '../vectors/ledger-dump.ts';

const [name = '', ...words] = process.argv.slice(2);
const print = (line: string): void => console.log(line);

/** The word after a flag such as `--only`; undefined without the flag. */
function wordAfter(flag: string): string | undefined {
  return words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined;
}

/** The number after a flag such as `--seed 3`. */
function numberOf(flag: string, otherwise: number): number {
  const value = Number(wordAfter(flag));
  return Number.isFinite(value) ? value : otherwise;
}

/** Which charters the differential run makes up. */
const breadth = words.includes('--wide') ? 'wide' : 'plain';

/** Every text of the corpus, whichever bylaws it belongs to. */
function sources(): readonly string[] {
  return corpus().flatMap(({ files }) => files.map(({ text }) => text));
}

/** The texts of a log of the fuzz run, each made as small as it can be. */
function printShrunk(log: string): number {
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  for (const line of lines) {
    const { kind, text } = smallest({ path: 'a.gdo', text: '', ...Object(JSON.parse(line)) });
    print(`${kind} ${JSON.stringify(text)}`);
  }
  return 0;
}

async function printLedgers(from: number, count: number): Promise<number> {
  for (let seed = from; seed < from + count; seed += 1) print(JSON.stringify(await randomLedger(seed)));
  return 0;
}

/** The parts of what a small computer does, or the one that is named. */
async function runSmall(): Promise<number> {
  const parts: Readonly<Record<string, () => Promise<number>>> = {
    door: () =>
      printSmallDoor(
        { members: numberOf('--members', 1_000), swipes: numberOf('--swipes', 10_000), disk: words.includes('--memory-disk') ? 'memory' : 'file' },
        print,
      ),
    nodes: () => printSmallNodes(numberOf('--events', 1_000), print),
    idle: () => printIdle(numberOf('--days', 7), print),
  };
  const named = Object.keys(parts).filter((part) => words.includes(part));
  let exit = 0;
  for (const part of named.length === 0 ? Object.keys(parts) : named) exit = Math.max(exit, (await parts[part]?.()) ?? 0);
  return exit;
}

/** A measure: what it does, its options as they are typed, and its run, which answers the exit code. */
interface Measure {
  readonly what: string;
  readonly options: string;
  readonly run: () => number | Promise<number>;
}

const measures: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  [
    'determinism',
    {
      what: 'one corpus on every runtime at hand, and the table of roots',
      options: '--seed N  --events N  --small N',
      run: () => printDeterminism({ seed: numberOf('--seed', 1), events: numberOf('--events', 100_000), small: numberOf('--small', 10_000) }, print),
    },
  ],
  ['rules', { what: 'every semantic rule with the test that cites it', options: '', run: () => printRules(print) }],
  [
    'errors',
    {
      what: 'how near findings are to a token left out or two letters swapped',
      options: '--every N  --misses N',
      run: () => printErrors(measureErrors(corpus(), numberOf('--every', 1)), print, numberOf('--misses', 0)),
    },
  ],
  [
    'fuzz',
    {
      what: 'broken texts through parser and checker',
      options: '--seed N  --count N  --minutes N  --log FILE',
      run: () =>
        words.includes('--log')
          ? printShrunk(wordAfter('--log') ?? '')
          : runFuzz(sources(), { seed: numberOf('--seed', 1), count: numberOf('--count', 1_000_000), minutes: numberOf('--minutes', 1_000_000) }, print),
    },
  ],
  [
    'differential',
    {
      what: 'engine against reference; started again it goes on where it was; --pair plays those pairs again and keeps nothing; --wide: charters with constructs that came later',
      options: '--seed N  --count N  --minutes N  --jobs N  --pair N,N,...  --wide',
      run: () =>
        words.includes('--pair')
          ? replayPairs({ seed: numberOf('--seed', 1), breadth }, (wordAfter('--pair') ?? '').split(',').map(Number), print)
          : runDifferential(
              {
                seed: numberOf('--seed', 1),
                count: numberOf('--count', 1_000_000),
                minutes: numberOf('--minutes', 1_000_000),
                jobs: numberOf('--jobs', 1),
                job: numberOf('--job', 0),
                breadth,
              },
              print,
            ),
    },
  ],
  [
    'programs',
    {
      what: 'random programs of the language through parser, checker and compiler',
      options: '--seed N  --count N',
      run: () => measurePrograms({ seed: numberOf('--seed', 1), count: numberOf('--count', 10_000) }, print),
    },
  ],
  [
    'corpus',
    {
      what: 'planted faults and what the checker finds',
      options: '--seed N  --each N  --mutants  --from N  --to N',
      run: () =>
        words.includes('--mutants')
          ? runMutations(print, analysisMutations.slice(numberOf('--from', 0), numberOf('--to', analysisMutations.length)))
          : runCorpus(print, { seed: numberOf('--seed', 1), each: numberOf('--each', 20) }),
    },
  ],
  ['coverage', { what: 'branches of the files that decide, file by file', options: '', run: () => runCoverage() }],
  ['mutations', { what: 'faults put into counting rules', options: '', run: () => runMutations(print) }],
  [
    'mutation',
    {
      what: 'the files that decide, broken place by place',
      options: '--minutes N  --share 0.25  engine/FILE.ts ...  test/FILE.test.ts ...',
      run: () => {
        const files = words.filter((word) => word.startsWith('engine/'));
        const tests = words.filter((word) => word.startsWith('test/'));
        return runMutation({ files, tests, share: numberOf('--share', 1), minutes: numberOf('--minutes', 1_000_000) }, () => Date.now(), print);
      },
    },
  ],
  [
    'counts',
    {
      what: 'every counting method beside a slow reference',
      options: '--seed N  --count N  --method M',
      run: () => measureCounts({ seed: numberOf('--seed', 1), count: numberOf('--count', 10_000), method: wordAfter('--method') }, print),
    },
  ],
  ['start', { what: 'what `gdo check` costs beside an empty Node', options: '--rounds N', run: () => measureStart(print, numberOf('--rounds', 9)) }],
  ['ledgers', { what: 'random ledgers, one a line', options: '--seed N  --count N', run: () => printLedgers(numberOf('--seed', 1), numberOf('--count', 10)) }],
  [
    'shuffles',
    {
      what: 'the records of random ledgers in other orders',
      options: '--seed N  --count N',
      run: () => printShuffles({ seed: numberOf('--seed', 1), count: numberOf('--count', 1_000) }, print),
    },
  ],
  [
    'flips',
    {
      what: 'flipped bits of a stored ledger, each found by the audit',
      options: '--seed N  --count N',
      run: () => printFlips({ seed: numberOf('--seed', 1), count: numberOf('--count', 1_000) }, print),
    },
  ],
  [
    'crashes',
    {
      what: 'kill -9 at every call of a story and at random',
      options: '--seed N  --every N  --random N  --minutes N  --jobs N',
      run: () =>
        printCrashes(
          {
            seed: numberOf('--seed', 1),
            every: numberOf('--every', 1),
            random: numberOf('--random', 500),
            minutes: numberOf('--minutes', 1_000_000),
            jobs: numberOf('--jobs', 1),
          },
          print,
        ),
    },
  ],
  [
    'hostile',
    {
      what: 'hostile pushes through the door',
      options: '--seed N  --count N  --only NAME',
      run: () => printHostile({ seed: numberOf('--seed', 1), count: numberOf('--count', 600), only: wordAfter('--only') }, print),
    },
  ],
  [
    'load',
    {
      what: 'a vote of a town at one node',
      options: '--members N  --ballots N  --at-once N  --flood N',
      run: () =>
        printLoad(
          { members: numberOf('--members', 10_000), ballots: numberOf('--ballots', 1_000), atOnce: numberOf('--at-once', 100), flood: numberOf('--flood', 0) },
          print,
        ),
    },
  ],
  [
    'nodes',
    {
      what: 'three real nodes, each killed at each step of a proposal',
      options: '--seed N  --rounds N',
      run: () => printNodes({ seed: numberOf('--seed', 1), rounds: numberOf('--rounds', 12) }, print),
    },
  ],
  [
    'doors',
    {
      what: 'a door of many members: how long a swipe takes',
      options: '--members N  --questions N',
      run: () => printDoors({ members: numberOf('--members', 10_000), questions: numberOf('--questions', 5_000) }, print),
    },
  ],
  [
    'small',
    {
      what: 'a door and full nodes in containers as small as the smallest computers, and days in which nothing happens; a word runs that part',
      options: 'door|nodes|idle  --members N  --swipes N  --memory-disk  --events N  --days N',
      run: runSmall,
    },
  ],
  [
    'requirements',
    {
      what: 'each row of the requirements, with the tests that hold it',
      options: '--report FILE',
      run: () => printRequirements(print, words.includes('--report') ? words[words.indexOf('--report') + 1] : process.env['GDO_REPORT']),
    },
  ],
  [
    'signatures',
    {
      what: 'crafted signatures on every path',
      options: '--seed N  --count N  --ssh N',
      run: () => printSignatures({ seed: numberOf('--seed', 1), count: numberOf('--count', 100_000), ssh: numberOf('--ssh', 2_000) }, print),
    },
  ],
  [
    'simulate',
    {
      what: 'nodes, partitions and clocks from one seed',
      options: '--seed N  --count N  --minutes N  --jobs N  --log FILE  --replay SEED  --mutants  --only ID,ID,...',
      run: () => runSimulation(words, () => Date.now(), print),
    },
  ],
]);

/** Whatever asks for help gets it, and nothing else is done. */
const help = ['', 'help', '--help', '-h'].includes(name) || words.some((word) => word === '--help' || word === '-h');
const asked = measures.get(name);
if (!help && asked !== undefined) process.exitCode = await asked.run();
else {
  if (!help) print(`There is no measure \`${name}\``);
  print('node test/measure/run.mjs MEASURE [options]');
  for (const [of, { what, options }] of asked === undefined ? measures : [[name, asked] as const]) print(`${`  ${of}  ${options}`.trimEnd()}\n      ${what}`);
  process.exitCode = help ? 0 : 2;
}
