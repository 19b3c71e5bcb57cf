// The rows of requirements.md of the first release: which test or command holds each, or what it waits for. `npm run requirements` prints them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A test by its file and words of its title; a command by its name. */
export interface Holder {
  readonly file: string;
  readonly words: string;
}

/** What a row may wait for; everything else is built or is missing. */
export type Reason = 'the client library' | 'the many-sites step' | 'outside data';

/** What of a row is beside its tests. */
export interface Beside {
  /** Its reason, and what waits. */
  readonly waits?: readonly [reason: Reason, what: string];
  /** A command that shows the whole size, which is too long for a test or measures time. */
  readonly command?: string;
  /** What is not built, in a sentence. */
  readonly missing?: string;
}

/** One row: its number, what it asks for, who holds it, and what of it is beside that. A row without a holder waits altogether. */
export interface Requirement extends Beside {
  readonly row: number;
  readonly asks: string;
  readonly heldBy: readonly Holder[];
}

const decide = 'test/node/cli/decide';
const step = 'test/engine/step';

const rows: readonly (readonly [row: number, asks: string, heldBy: readonly (readonly [file: string, words: string])[], beside?: Beside])[] = [
  [1, 'one command for organizers, pull requests and nodes', [['test/transcripts.test.ts', 'happens as it is written']]],
  [
    3,
    'an editor who numbers documents and may change wording only',
    [
      [`${step}/changes.test.ts`, 'S88'],
      ['test/examples/documents.test.ts', 'gives a number once'],
    ],
  ],
  [4, 'the structure of the repository is that of the organization', [['test/compiler/sentences.test.ts', 'a CODEOWNERS file']]],
  [5, 'a format that others can verify', [['test/independent/verify.test.ts', 'reaches the verdicts, times, orders and roots of 20 random ledgers']]],
  [6, 'anybody may fork, and nobody vetoes alone unseen', [[`${decide}/fork.test.ts`, 'T18: two of three go on without the steward']]],
  [7, 'no server in any rule', [['test/node/ops/node.test.ts', 'Q16: after kill -9']], { command: 'npm run nodes -- --seed 1' }],
  [9, 'rough consensus: concerns that have to be answered', [[`${step}/semantics.test.ts`, 'wait for open concerns, and name who resolves them (S24)']]],
  [10, 'no list of members', [['test/compiler/rules.test.ts', 'S87: a share, `all` and a root of a role open to everybody are GDO323']]],
  [
    11,
    'requests for comments',
    [
      ['test/examples/charters.test.ts', 'plays the scenarios it played'],
      ['test/examples/documents.test.ts', 'lets a document obsolete and update older ones'],
    ],
    { waits: ['outside data', 'twenty published documents of others'] },
  ],
  [
    13,
    'sizes from one to 100,000',
    [
      [`${step}/of-any-size.test.ts`, 'of one person decides at once, and by a vote of one'],
      [`${step}/of-any-size.test.ts`, 'of thousands of people decides by one ballot more than half'],
    ],
    { command: 'GDO_VOTERS=100000 npx vitest run test/engine/step/of-any-size.test.ts' },
  ],
  [
    14,
    'strong signatures, keys added and revoked',
    [
      ['test/engine/ledger/signature.test.ts', 'accepts the vectors of RFC 8032'],
      [`${decide}/keys.test.ts`, 'Q21: a second key of ana'],
    ],
  ],
  [15, 'amounts are exact and conserved', [[`${step}/money.test.ts`, 'pays whole amounts up to its limit']]],
  [16, 'a proof of a file at a date', [[`${decide}/prove.test.ts`, 'shows what the file was on each date']]],
  [17, 'the workflow of consensus without a forge', [[`${decide}/prove.test.ts`, 'brings what was signed out there back, and it counts']]],
  [24, 'no code in rules, and every state reaches an end', [['test/compiler/lint-rules.test.ts', 'finds its bad bylaws']]],
  [25, 'an event of one organization means nothing in another', [['test/node/ledger/hostile.test.ts', 'T09: another organization']]],
  [
    27,
    'organizational governance',
    [
      ['test/examples/small-applications.test.ts', 'examples/governance (R27)'],
      ['test/examples/applications.test.ts', 'plays five scenarios and more'],
    ],
  ],
  [
    28,
    'workflow with claims',
    [
      ['test/examples/small-applications.test.ts', 'examples/workflow (R28)'],
      ['test/node/ledger/merge.test.ts', 'Of two changes to one file the first accepted is merged'],
    ],
  ],
  [29, 'training and certification', [['test/examples/training.test.ts', 'as in the 24 cases of the table']]],
  [
    30,
    'books that ledger and hledger read',
    [['test/examples/accounting.test.ts', 'give ledger, hledger and the dapp the same balances']],
    { waits: ['outside data', 'the journals of ledger itself'] },
  ],
  [31, 'inventory', [['test/examples/small-applications.test.ts', 'examples/inventory (R31)']]],
  [
    32,
    'doors',
    [
      ['test/examples/door-access.test.ts', 'are those of the table, in 60 cases and more'],
      ['test/examples/door-access.test.ts', 'four rules that spaces wrote one way'],
      [`${step}/rights.test.ts`, 'is decided by the first reason that applies (S93)'],
    ],
  ],
  [33, 'machine lockout', [['test/examples/lockout.test.ts', 'tags in examples/lockout (R33)']]],
  [34, 'membership and dues', [['test/examples/membership.test.ts', 'are those of the table in twenty cases']]],
  [35, 'reservations', [['test/examples/reservations.test.ts', 'go in, out and in again as the same slots']]],
  [
    36,
    'storage and backups',
    [
      ['test/node/chunks/store.test.ts', 'gives back what was put'],
      ['test/examples/small-applications.test.ts', 'examples/backups (R36)'],
    ],
  ],
  [37, 'disk images', [['test/examples/small-applications.test.ts', 'examples/disk-images (R37)']]],
  [
    38,
    'small devices',
    [
      ['test/examples/small-applications.test.ts', 'examples/sensors (R38)'],
      ['test/node/ledger/slice.test.ts', 'A door decides by its slice'],
      ['test/small/door.test.ts', 'answers at a door as is decided outside (R38)'],
    ],
    { command: 'npm run small -- door' },
  ],
  [39, 'gated git', [[`${decide}/without-git.test.ts`, 'A clone made by git']]],
  [40, 'dapps are activated by a process', [[`${decide}/dapp.test.ts`, 'tries a dapp on a case without signing anything']]],
  [41, 'one contract for every adapter of git', [['test/node/git/contract.test.ts', 'A repository of $name']]],
  [42, 'content-defined chunks', [['test/node/chunks/store.test.ts', 'stores equal chunks once over all contents']]],
  [
    43,
    'container images in the ledger',
    [
      ['test/node/chunks/engine-images.test.ts', 'an image goes into the ledger, over a plain clone'],
      ['test/node/chunks/engine-images.test.ts', 'a node without any image runs the checks from its chunks'],
    ],
    { waits: ['outside data', 'three versions of a root file system'] },
  ],
  [44, 'layers without imports upward', [['test/tidy.test.ts', 'imports go one way and enter another folder by its door']]],
  [
    45,
    'a hardened profile',
    [
      ['test/node/dapps/attacks.test.ts', 'finds every setting that a daemon widened'],
      ['test/node/dapps/attacks.test.ts', 'what the engine makes of the profile is what is written down'],
    ],
  ],
  [46, 'ledger-cli', [['test/examples/accounting.test.ts', 'give ledger, hledger and the dapp the same balances']]],
  [48, 'gdo is governed by its own bylaws', [['test/node/cli/own-bylaws.test.ts', 'have no error']]],
  [
    49,
    'branches side by side, one state',
    [
      ['test/simulation/simulate.test.ts', 'holds I01 to I14'],
      [`${decide}/fork.test.ts`, 'what a fork changed comes back as a proposal'],
    ],
  ],
  [
    50,
    'dapps in any language',
    [
      ['test/examples/applications.test.ts', 'answer what they answer as programs, twice alike'],
      ['test/node/dapps/templates.test.ts', 'say the same bytes in every language'],
    ],
  ],
  [51, 'a merge needs the yes of bylaws and every dapp', [[`${decide}/dapp.test.ts`, 'Exit 1 of the container refuses it']]],
  [
    52,
    'small computers as full nodes',
    [
      ['test/node/ops/small-computer.test.ts', 'checks every signature and decision of 1,000 events on one processor'],
      ['test/small/nodes.test.ts', 'take in what is signed, and check it from the founding, to one state (R52)'],
      ['test/small/idle.test.ts', 'in which nobody does anything start no process for it but for turns about contents (R52)'],
    ],
    { command: 'npm run small' },
  ],
  [55, 'nobody pushes main', [['test/node/ledger/hub.test.ts', 'A direct push of main is refused with the process to use']]],
  [
    56,
    'lists for the stock doorbot',
    [['test/examples/doorbot.test.ts', 'give the decisions of the bylaws as CSV']],
    { waits: ['outside data', 'the doorbot itself'] },
  ],
  [57, 'a local socket and no network', [[`${decide}/door.test.ts`, 'answers on its socket']], { command: 'npm run doors' }],
  [
    58,
    'work goes on in an outage',
    [
      ['test/node/story.test.ts', 'The eighteen steps of the maker space happen'],
      ['test/node/outage.test.ts', 'Every order of three copies after an outage, and every cut of it'],
    ],
  ],
  [
    63,
    'privacy: what is sealed, or opens a door, is in no ledger',
    [
      ['test/examples/doorbot.test.ts', 'come from a local file only'],
      [`${decide}/sealed-files.test.ts`, 'opens for those who hold the role, for nobody else'],
      [`${decide}/sealed-files.test.ts`, 'is a commitment in the ledger from which not even a number of ten digits can be guessed'],
      [`${decide}/sealed-files.test.ts`, 'that every copy has erased can be read by nobody'],
    ],
  ],
  [
    65,
    'events a second, published with the method',
    [['test/node/ops/small-computer.test.ts', 'checks every signature and decision of 1,000 events on one processor']],
    { command: 'npm run bench' },
  ],
  [67, 'order is independent of arrival', [['test/determinism/prefixes.test.ts', 'its batches the other way round']]],
  [
    68,
    'a node says whom one has to trust',
    [
      ['test/node/ops/trust.test.ts', 'is as the attack of every group of 1 to 7 equal witnesses shows'],
      [`${decide}/doctor.test.ts`, 'finds a sound node good'],
    ],
  ],
  [69, 'same bylaws and events, same root', [['test/determinism/determinism.test.ts', 'has one state root whatever the locale']]],
  [
    70,
    'types of the bylaws for programs',
    [['test/node/docs/docs.test.ts', 'writes TypeScript with the names of the bylaws that compiles strictly']],
    { waits: ['the client library', 'a client that does not compile against changed bylaws'] },
  ],
  [71, 'a program outside never blocks a fold', [[`${decide}/dapp.test.ts`, 'Without a container engine there is no verdict']]],
  [
    72,
    'facts of oracles',
    [
      [`${step}/reports.test.ts`, 'S102'],
      [`${step}/reports.test.ts`, 'that several people certify is so when that many say the same'],
    ],
    { waits: ['outside data', 'feeds of prices'] },
  ],
  [
    73,
    'agents act once',
    [
      [`${decide}/door.test.ts`, 'the ledger takes each once'],
      ['test/node/collaborate/agent.test.ts', 'dies at as many places as there are'],
    ],
  ],
  [74, 'the machine follows from the published text', [['test/node/docs/docs.test.ts', 'writes one machine for each process']]],
  [
    75,
    'any program may join under the same rule',
    [
      ['test/compiler/lint-rules.test.ts', 'finds its bad bylaws'],
      ['test/examples/collaborators.test.ts', 'lets a program in by a kit and without a vote'],
    ],
  ],
  [
    76,
    'a registry of implementations',
    [
      ['test/examples/collaborators.test.ts', 'has a kit that takes programs that answer right, and no other'],
      ['test/node/dapps/entry.test.ts', 'is reproducible once somebody signed that it comes out the same'],
      ['test/node/dapps/rebuild.test.ts', 'whoever builds a program to the image of its entry signs so'],
      ['test/node/dapps/second-look.test.ts', 'is drawn by the key and the later checkpoint'],
      ['test/node/dapps/second-look.test.ts', 'is not told apart while it behaves alike, and is caught by its wrong answer'],
    ],
  ],
  [
    77,
    'a market',
    [
      ['test/stdlib/stdlib.test.ts', 'the module %s'],
      ['test/node/cli/init.test.ts', 'the template %s'],
    ],
  ],
  [
    78,
    'signals of fraud',
    [
      ['test/examples/signals.test.ts', 'find every planted ring, linked pair and burst'],
      ['test/examples/signals.test.ts', 'flag fewer than one honest market in four'],
    ],
  ],
  [79, 'certificates', [[`${step}/held.test.ts`, 'is revoked at once, by so many of its office']]],
  [80, 'points that decay', [[`${step}/held.test.ts`, 'are awarded by outcomes and earned for them, and decay']]],
  [
    81,
    'dispute resolution',
    [
      ['test/stdlib/stdlib.test.ts', 'the module %s'],
      [`${step}/drawing.test.ts`, 'draws the same panel from the same secrets'],
    ],
  ],
  [82, 'past decisions by new rules', [[`${decide}/diff.test.ts`, 'names the decisions that would have ended otherwise by the new rules']]],
  [83, 'rules that can be amended', [['test/compiler/check.test.ts', 'say that nobody can change bylaws']]],
  [
    84,
    'monarchy',
    [
      ['test/stdlib/stdlib.test.ts', 'the module %s'],
      ['test/node/cli/init.test.ts', 'the template %s'],
    ],
  ],
  [
    85,
    'council',
    [
      ['test/stdlib/stdlib.test.ts', 'the module %s'],
      [`${step}/council.test.ts`, 'discharges at three quarters of all councillors but the subject'],
    ],
  ],
  [
    86,
    'direct democracy weighted by activity',
    [
      ['test/stdlib/stdlib.test.ts', 'the module %s'],
      [`${step}/weight.test.ts`, 'keeps the weights of its opening (S7, GDO315)'],
    ],
  ],
  [87, 'amendments', [[`${decide}/amendment.test.ts`, 'New bylaws are in force for later cases, and an open case keeps the rules it began under']]],
  [
    89,
    'several witnesses',
    [['test/engine/ledger/finality.test.ts', 'show two quorums only where more than f witnesses lie']],
    { waits: ['the many-sites step', 'a stream that orders candidates'] },
  ],
  [
    90,
    'rights',
    [
      ['test/node/ledger/slice.test.ts', 'A door decides by its slice as a node decides by the whole state'],
      ['test/reference/differential.test.ts', 'give every event the same verdict'],
    ],
    { command: 'npm run -s differential -- --seed 1 --count 1000000' },
  ],
  [91, 'authority by amount', [[`${step}/money.test.ts`, 'use the one with the smallest amount that covers the case']]],
  [
    92,
    'what rests while a case is open, and lapses',
    [
      [`${step}/reports.test.ts`, 'S102'],
      [`${step}/rights.test.ts`, 'suspend'],
    ],
  ],
  [93, 'a branch moved past the gate', [[`${decide}/clones.test.ts`, 'Main that was moved past the gate is GDO2003 for everybody']]],
];

/** Every row of the first release, ascending. */
export const requirements: readonly Requirement[] = rows.map(([row, asks, heldBy, beside]) => ({
  row,
  asks,
  heldBy: heldBy.map(([file, words]) => ({ file, words })),
  ...beside,
}));

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Holders that are not there: a test was renamed, or never written. */
export function missingHolders(): readonly string[] {
  return requirements.flatMap(({ row, heldBy }) =>
    heldBy
      .filter(({ file, words }) => !existsSync(`${root}${file}`) || !readFileSync(`${root}${file}`, 'utf8').includes(words))
      .map(({ file, words }) => `R${row}: ${file} has no "${words}"`),
  );
}

/** One test of a report that vitest wrote. */
interface Told {
  readonly fullName: string;
  readonly status: string;
}

/** What the last run of all tests said of a holder, by the report it left. */
function resultOf({ file, words }: Holder, report: ReadonlyMap<string, readonly Told[]> | undefined): string {
  if (report === undefined) return 'there';
  const named = (report.get(file) ?? []).filter(({ fullName }) => fullName.includes(words));
  const tests = named.length > 0 ? named : (report.get(file) ?? []);
  if (tests.length === 0) return 'not run';
  const failed = tests.filter(({ status }) => status === 'failed').length;
  const skipped = tests.every(({ status }) => status === 'skipped' || status === 'pending');
  return failed > 0 ? `${failed} failed` : skipped ? 'skipped' : 'passed';
}

function readReport(path: string): ReadonlyMap<string, readonly Told[]> {
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  const files: readonly { readonly name: string; readonly assertionResults: readonly Told[] }[] = testResults;
  return new Map(files.map(({ name, assertionResults }) => [name.slice(name.indexOf('/test/') + 1), assertionResults]));
}

/** Prints the table. @param path - a report of vitest in JSON, where there is one @returns 1 where a holder is missing or failed */
export function printRequirements(print: (line: string) => void, path?: string): number {
  const report = path === undefined ? undefined : readReport(path);
  let failures = 0;
  for (const { row, asks, heldBy, waits, command, missing } of requirements) {
    print(`R${row}  ${asks}`);
    for (const holder of heldBy) {
      const result = resultOf(holder, report);
      if (result.endsWith('failed')) failures += 1;
      print(`      ${result.padEnd(8)} ${holder.file}: ${holder.words}`);
    }
    if (command !== undefined) print(`      command  ${command}`);
    if (waits !== undefined) print(`      waits    for ${waits[0]}: ${waits[1]}`);
    if (missing !== undefined) print(`      missing  ${missing}`);
  }
  const gone = missingHolders();
  for (const sentence of gone) print(sentence);
  const held = requirements.filter(({ heldBy }) => heldBy.length > 0);
  const partly = held.filter(({ waits }) => waits !== undefined).length;
  const unbuilt = requirements.filter(({ missing }) => missing !== undefined).length;
  print(
    `${requirements.length} rows of the first release: ${held.length} held by a test; of ${partly} something waits, of ${unbuilt} something is missing; ${requirements.length - held.length} wait altogether`,
  );
  return gone.length + failures > 0 ? 1 : 0;
}
