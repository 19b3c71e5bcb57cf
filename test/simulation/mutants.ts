// Bugs that are planted in the rules and in the node program, each with the invariants that name it: a simulator that misses one is broken itself.
// They are the mutants of security.md section 4.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** One change of a file: `text` stands once in it. */
interface Change {
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
}

/** One planted bug. */
export interface SimulationMutant {
  readonly id: string;
  readonly what: string;
  readonly changes: readonly Change[];
  readonly caughtBy: readonly string[];
}

const witness = 'node/finality/witness.ts';

/** The bugs, in the numbers of security.md. */
export const simulationMutants: readonly SimulationMutant[] = [
  {
    id: 'M01',
    what: 'no filter',
    changes: [
      { file: 'engine/filter.ts', text: 'if (takeFrom(row, from,', replacement: 'if (passesOff && takeFrom(row, from,' },
      { file: 'engine/filter.ts', text: 'interface Row {', replacement: 'const passesOff = Number("0") > 0;\ninterface Row {' },
    ],
    caughtBy: ['I08'],
  },
  {
    id: 'M02',
    what: "order by author's time",
    changes: [
      {
        file: 'engine/order.ts',
        text: 'clampedTime(input.receivedMs(batch.id), parents)',
        replacement: 'clampedTime(input.receivedMs(batch.id) === undefined ? undefined : batch.events[0]?.tsMs, parents)',
      },
    ],
    caughtBy: ['I08'],
  },
  {
    id: 'M03',
    what: 'class first in the order key',
    changes: [
      {
        file: 'engine/order.ts',
        text: 'return left.receivedMs === right.receivedMs ?',
        replacement:
          "const takes = (one: OrderedBatch): boolean => one.batch.events.every(({ kind, body }) => kind === 'resign' || kind === 'key.revoke' || body['verb'] === 'dismiss');\n  if (takes(left) !== takes(right)) return takes(left);\n  return left.receivedMs === right.receivedMs ?",
      },
    ],
    caughtBy: ['I08'],
  },
  {
    id: 'M04',
    what: 'grants act at once',
    changes: [
      {
        file: 'engine/engine-zero.ts',
        text: 'return done({ ...draft, grants: [...draft.grants, { role, member }] });',
        replacement: 'return done({ ...draft, state: writeEntry(draft.state, `role/${role}/${member}`, { since: 0 }) });',
      },
    ],
    caughtBy: ['I06', 'I09'],
  },
  {
    id: 'M05',
    what: 'first-seen wins in equivocation',
    changes: [
      {
        file: 'engine/order.ts',
        text: 'if (batch.seq <= known && !forked.has(batch.device)) forked.set(batch.device, batch.seq);',
        replacement: 'if (batch.seq <= known && !forked.has(batch.device)) forked.set(batch.device, batch.seq + 1);',
      },
    ],
    caughtBy: ['I01', 'I11'],
  },
  {
    id: 'M06',
    what: 'a vote is sent and not written',
    changes: [{ file: witness, text: 'this.ports.votes.append({ org: this.view.org, height, value: candidate.id, refs: [] });', replacement: '' }],
    caughtBy: ['I16', 'I02'],
  },
  {
    id: 'M07',
    what: 'a witness votes again when a later candidate comes',
    changes: [
      {
        file: witness,
        text: 'if (this.restoredMs !== undefined || (newest !== undefined && newest.height >= height)) return undefined;',
        replacement: 'if (this.restoredMs !== undefined || newest?.value === this.board.candidatesAt(height).at(-1)?.id) return undefined;',
      },
      { file: witness, text: 'if (this.board.votesOf(signer.device).some(({ vote }) => vote.height >= height)) return undefined;', replacement: '' },
      {
        file: witness,
        text: 'for (const candidate of this.board.candidatesAt(height)) {\n      const weighed',
        replacement: 'for (const candidate of this.board.candidatesAt(height).toReversed()) {\n      const weighed',
      },
      {
        file: 'node/ledger/votes.ts',
        text: 'last.height > line.height || (last.height === line.height && last.value !== line.value)',
        replacement: 'last.height > line.height',
      },
    ],
    caughtBy: ['I02', 'I16'],
  },
  {
    id: 'M08',
    what: 'heads unsorted',
    changes: [{ file: 'engine/head.ts', text: '.sort(([left], [right]) => byCodeUnit(left, right))', replacement: '' }],
    caughtBy: ['I01', 'I02', 'I14', 'I16'],
  },
  {
    id: 'M09',
    what: 'q = floor(n/2)',
    changes: [{ file: 'engine/finality.ts', text: 'quorum: Math.floor((total + faulty) / 2) + 1', replacement: 'quorum: Math.max(1, Math.floor(total / 2))' }],
    caughtBy: ['I02'],
  },
  {
    id: 'M10',
    what: 'a deadline with <= instead of <',
    changes: [
      {
        file: 'engine/cast.ts',
        text: 'if (context.receivedMs < running.closesMs) return undefined;',
        replacement: 'if (context.receivedMs <= running.closesMs) return undefined;',
      },
      {
        file: 'engine/act.ts',
        text: 'receivedMs >= record.dueMs && record.votes.length < 2',
        replacement: 'receivedMs > record.dueMs && record.votes.length < 2',
      },
    ],
    caughtBy: ['I06'],
  },
  {
    id: 'M11',
    what: 'a stage opens at another time than that of its checkpoint',
    changes: [{ file: 'engine/opening.ts', text: 'openedMs: closing.timeMs,', replacement: 'openedMs: closing.timeMs - 1,' }],
    caughtBy: ['I06', 'I03'],
  },
  {
    id: 'M12',
    what: 'the filter also hits facts',
    changes: [
      {
        file: 'engine/filter.ts',
        text: "if (row.event.kind === 'fact' || fired.has(row.event.id)) continue;",
        replacement: 'if (fired.has(row.event.id)) continue;',
      },
      {
        file: 'engine/filter.ts',
        text: "if (event.kind === 'fact') return { kind: 'flagged'",
        replacement: "if (event.kind === 'fact' && without.length === 0) return { kind: 'flagged'",
      },
    ],
    caughtBy: ['I05'],
  },
  {
    id: 'M13',
    what: 'compare-and-swap without the mode',
    changes: [
      {
        file: 'engine/gate.ts',
        text: "if ((readEntry(state, key)?.['entry'] ?? 'absent') !== entry.old) return",
        replacement: "if (String(readEntry(state, key)?.['entry'] ?? 'absent').slice(-64) !== entry.old.slice(-64)) return",
      },
      {
        file: 'node/ledger/merge.ts',
        text: 'contentIdentity(before, known)) !== entry.old) {',
        replacement: 'contentIdentity(before, known)).slice(-64) !== entry.old.slice(-64)) {',
      },
    ],
    caughtBy: ['I19'],
  },
  {
    id: 'M14',
    what: 'a late batch is folded into a closed epoch',
    changes: [{ file: 'engine/order.ts', text: 'receivedMs !== undefined && receivedMs <= input.timeMs', replacement: 'receivedMs !== undefined' }],
    caughtBy: ['I13', 'I07'],
  },
  {
    id: 'M15',
    what: 'a dapp that ran out of time has accepted',
    changes: [
      { file: 'node/dapps/result.ts', text: 'if (observation.timedOut) return', replacement: 'if (observation.timedOut && observation.outputExceeded) return' },
    ],
    caughtBy: ['I19'],
  },
  {
    id: 'M16',
    what: 'a replay counts receipts by the witnesses that an epoch leaves, not by those it began with',
    changes: [
      {
        file: 'node/ledger/replay.ts',
        text: 'const computed = await computeEpoch(view.repository, basisOf(view), request);',
        replacement:
          "const own = await computeEpoch(view.repository, basisOf(view), request);\n    const fresh = own.kind === 'ok' ? { ...view, witnesses: witnessSetOf(own.epoch.result.state, view.genesis.witnesses) } : view;\n    const named = { timeMs: step.statement.timeMs, named: step.statement.receipts, added: received.receipts.map((stored) => stored.receipt) };\n    const computed = await computeEpoch(view.repository, basisOf(view), epochRequest(fresh, named));",
      },
      {
        file: 'node/ledger/replay.ts',
        text: 'checkSuccessor, voteStanding }',
        replacement: 'checkSuccessor, voteStanding, witnessSetOf }',
      },
    ],
    caughtBy: ['I03'],
  },
  {
    id: 'M17',
    what: 'what was paid is spent on both branches of a forked key',
    changes: [
      {
        file: 'engine/filter.ts',
        text: 'return forkedAt !== undefined && event.seq >= forkedAt ?',
        replacement: "return forkedAt !== undefined && event.seq >= forkedAt && event.kind !== 'spend' ?",
      },
      {
        file: 'engine/spend.ts',
        text: 'const before = spentOf(draft.state, account, escrow);',
        replacement: 'const before = spentOf(draft.state, account, context.batch.id);',
      },
    ],
    caughtBy: ['I04'],
  },
  {
    id: 'M18',
    what: 'a snapshot is trusted on start',
    changes: [{ file: 'node/ledger/snapshot.ts', text: 'if (stateRoot(state) !== root)', replacement: 'if (stateRoot(state).length !== root.length)' }],
    caughtBy: ['I03'],
  },
  {
    id: 'M19',
    what: 'a candidate is skipped instead of waited for',
    changes: [
      {
        file: witness,
        text: "return { kind: 'waits', reason: `the batch ${missing[0]} has not arrived` };",
        replacement: "return { kind: 'invalid', reason: `the batch ${missing[0]} has not arrived` };",
      },
    ],
    caughtBy: ['I14', 'I02'],
  },
  {
    id: 'M20',
    what: 'a silenced witness counts again with another key',
    changes: [{ file: 'engine/witness-set.ts', text: '...(evidence === undefined ? {} : { evidence })', replacement: '' }],
    caughtBy: ['I11', 'I02'],
  },
];

const root = process.cwd();

/** Bundles the simulator with some changes of its sources. @returns whether each text stood once */
async function bundle(changes: readonly Change[], outfile: string): Promise<boolean> {
  const paths = new Set(changes.map(({ file }) => resolve(root, file)));
  let isPlanted = true;
  await build({
    absWorkingDir: root,
    entryPoints: ['test/simulation/program.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'silent',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'test/simulation/program.ts')).href) },
    plugins: [
      {
        name: 'planted',
        setup: (building) => {
          building.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            if (!paths.has(path)) return undefined;
            let contents = readFileSync(path, 'utf8');
            for (const { file, text, replacement } of changes) {
              if (resolve(root, file) !== path) continue;
              isPlanted &&= contents.split(text).length === 2;
              contents = contents.replace(text, () => replacement);
            }
            return { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  return isPlanted;
}

/** Plants one bug and runs seeds until it is caught. @returns the invariant that caught it with its seed, or why it was not */
export async function catchMutant(
  mutant: SimulationMutant,
  seeds: { readonly seed: number; readonly count: number },
): Promise<{ readonly caught: boolean; readonly by: string }> {
  // Beside the real bundles, where packages are found.
  const folder = mkdtempSync(join(root, 'dist', 'mutant-'));
  try {
    const outfile = join(folder, 'simulate.mjs');
    if (!(await bundle(mutant.changes, outfile))) return { caught: false, by: 'a text to change does not stand once in its file' };
    // With a log of its own: what a planted bug has played is not done for the real simulator, nor the other way round.
    const words = ['--seed', String(seeds.seed), '--count', String(seeds.count), '--log', join(folder, 'seeds.log'), '--first'];
    const run = spawnSync(process.execPath, [outfile, ...words], { cwd: root, encoding: 'utf8' });
    const [, seed = '', by = ''] = /^seed (\d+), step \d+: (I\d\d): /m.exec(run.stdout) ?? [];
    if (by === '') return { caught: false, by: run.status === 0 ? `nothing in ${seeds.count} seeds` : run.stderr.trim().split('\n').slice(-1).join('') };
    return { caught: mutant.caughtBy.includes(by), by: `${by} at seed ${seed}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plants every bug. @returns 0 if each is caught by an invariant that names it */
export async function runSimulationMutants(
  words: { readonly seed: number; readonly count: number; readonly only: string | undefined },
  print: (line: string) => void,
): Promise<number> {
  let missed = 0;
  const chosen = simulationMutants.filter(({ id }) => words.only === undefined || words.only.split(',').includes(id));
  for (const mutant of chosen) {
    const { caught, by } = await catchMutant(mutant, words);
    missed += caught ? 0 : 1;
    print(`${mutant.id}  ${caught ? 'caught' : 'MISSED'}  ${by.padEnd(18)}  wanted ${mutant.caughtBy.join(' or ')}  ${mutant.what}`);
  }
  print(`${chosen.length} planted, ${chosen.length - missed} caught`);
  return missed === 0 ? 0 : 1;
}
