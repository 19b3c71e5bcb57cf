// R52: full nodes on a small computer: one processor and 512 MB of memory for all of it. A witness takes in events that several people signed, one batch each, a keeper
// joins and checks every signature and decision again, and so does whoever looks at its ledger afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository } from '../../node/git/repository.ts';
import { appendBatches } from '../../node/ledger/append.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import { bareCharter, foundSmall, signerOf } from '../node/ledger/small-ledger.ts';
import { writeTestKey } from '../nodes/running.ts';
import { forgetComputer, makeComputer, runComputer, type Computer } from './computer.ts';
import type { NodesSaid } from './in-nodes.ts';

const memoryMegabytes = 512;
/** What a checkpoint takes in of one device at most. */
const perDevice = 250;
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** What came of it. `state`: the root to which the keeper's copy leads when it is replayed from its founding outside. */
export interface NodesFigures {
  readonly said: NodesSaid;
  readonly installedBytes: number;
  readonly events: number;
  readonly state: string;
}

/** Runs a witness and a keeper in a container. @throws Error with what the container said where it did not come to its end */
export async function nodesOnSmallComputer(events: number): Promise<NodesFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-small-'));
  let computer: Computer | undefined;
  try {
    const writers = Array.from({ length: Math.ceil(events / perDevice) }, (_none, index) => `w${index}`);
    const path = join(folder, 'ledger.git');
    const small = await foundSmall(path, { people: ['ada', ...writers], charter: bareCharter(), roles: [], files: [], foundedMs: Date.now() - 120_000 });
    let { view } = small;
    for (const [index, name] of writers.entries()) {
      const count = Math.min(perDevice, events - index * perDevice);
      const batches = Array.from({ length: count }, () => ({ events: [fact], clockMs: Date.now() - 60_000 }));
      ({ view } = await appendBatches(view, signerOf(small, name), batches));
    }
    small.repository.close();
    writeTestKey(join(folder, 'key'), 'ada');
    const files = [
      ['ledger.git', path],
      ['key', join(folder, 'key')],
    ] as const;
    computer = makeComputer({ program: 'in-nodes', tools: ['git', 'flock', 'prlimit'], files });
    const end = await runComputer(computer, {
      memoryMegabytes,
      words: [view.org, view.tip.id, String(events)],
      bringing: ['/data/keeper/maple/ledger.git', join(folder, 'keeper.git')],
    });
    if (end.code !== 0) throw new Error(`a node ended with ${end.code}: ${end.errors}`);
    const copy = openRepository(join(folder, 'keeper.git'));
    const { tip } = await openLedger(copy);
    copy.close();
    return { said: JSON.parse(end.output), installedBytes: computer.bytes, events: tip.statement.events, state: tip.statement.state };
  } finally {
    if (computer !== undefined) forgetComputer(computer);
    rmSync(folder, { recursive: true, force: true });
  }
}
