// R52: what it costs that a node runs and nothing happens. Two real nodes that ask each other, a witness and a keeper, live through days of virtual time with all their timers:
// turns, questions, heartbeats, the end of a vote, housekeeping.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../node/cli/world.ts';
import { openRepository } from '../../node/git/repository.ts';
import { closeEpoch } from '../../node/gate/checkpoint-round.ts';
import { appendEvents } from '../../node/ledger/append.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import { votesPath, voteStore } from '../../node/ledger/votes.ts';
import { openConfiguration } from '../../node/ops/configuration-file.ts';
import { runNode } from '../../node/ops/run-node.ts';
import { processorTime } from '../measure/processor.ts';
import { testSigner } from '../node/ledger/small-ledger.ts';
import { foundLarge } from '../nodes/large-ledger.ts';
import { writeTestKey } from '../nodes/running.ts';
import { watchWork } from './awaited-work.ts';
import { virtualTime } from './virtual-time.ts';

const dayMs = 86_400_000;
/** Until both have taken what the other one has, and have asked once more. */
const settlingMs = 300_000;
/** A maker space. */
const people = 40;
const bylaws = `gdo 1
organization "Space"
  time zone "UTC"
end
role member plural members
  held by anyone
  gained through motion
  lost through resignation
end
process motion
  started by any member
  vote ballot
    voters members
    open for 2 days
    quorum at least 1/100 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to adopted
    otherwise go to lapsed
  end
  outcome adopted
    grant member to the candidate
  end
  outcome lapsed refuses
end
`;

/** What some days cost, both nodes together. `processorMs`: with every process of git, and with watching them. */
export interface IdleFigures {
  readonly timers: number;
  /** Processes that were started: git's, mostly. */
  readonly started: number;
  /** Turns about contents, each a process of its own (docs/decisions/0097). */
  readonly contentTurns: number;
  readonly ownMs: number;
  readonly childrenMs: number;
  /** How many checkpoints the witness made, and whether both ended with the same one. */
  readonly checkpoints: number;
  readonly areSame: boolean;
  /** What the nodes warned of. */
  readonly complaints: readonly string[];
}

/** Lets two nodes idle. It replaces the timers of this process while it runs. @param program - the file of gdo that their turns about contents run */
export async function idleFor(days: number, program: string): Promise<IdleFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-idle-'));
  const work = watchWork();
  const time = virtualTime(work.rest);
  try {
    const began = Date.now();
    const { org, founding } = await foundSpace(join(folder, 'witness', 'maple', 'ledger.git'), began);
    writeTestKey(join(folder, 'key'), 'm0');
    const ports = { witness: await freePort(), keeper: await freePort() };
    const maple = { name: 'maple', genesis: org, checkpoint: { height: 0, id: founding } };
    const complaints: string[] = [];
    const nodes = (['witness', 'keeper'] as const).map((name) => {
      const other = name === 'witness' ? 'keeper' : 'witness';
      const organization = { ...maple, role: name, key: join(folder, 'key'), peers: [{ name: other, address: `http://127.0.0.1:${ports[other]}/git/maple` }] };
      mkdirSync(join(folder, name), { recursive: true });
      const file = join(folder, name, 'gdo-node.json');
      writeFileSync(file, JSON.stringify({ v: 1, data: '.', organizations: [organization], http: { listen: `127.0.0.1:${ports[name]}` } }));
      return started(file, { clockMs: () => began + time.nowMs(), complaints, program });
    });
    await Promise.all(nodes.map((node) => node.ready));
    await time.pass(settlingMs);
    // A node that starts may well ask one that has nothing yet.
    complaints.length = 0;
    const [before, startedBefore, turnsBefore] = [processorTime('self'), work.started(), work.contentTurns()];
    const timers = await time.pass(settlingMs + days * dayMs);
    const after = processorTime('self');
    const [startedAfter, turnsAfter] = [work.started(), work.contentTurns()];
    await Promise.all(nodes.map((node) => node.stop()));
    const tips = await Promise.all(['witness', 'keeper'].map((name) => tipOf(join(folder, name, 'maple', 'ledger.git'))));
    return {
      timers,
      started: startedAfter - startedBefore,
      contentTurns: turnsAfter - turnsBefore,
      ownMs: after.ownMs - before.ownMs,
      childrenMs: after.childrenMs - before.childrenMs,
      checkpoints: tips[0]?.height ?? 0,
      areSame: tips[0]?.id === tips[1]?.id,
      complaints,
    };
  } finally {
    time.restore();
    work.restore();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A founded organization with an open vote. */
async function foundSpace(path: string, nowMs: number): Promise<{ readonly org: string; readonly founding: string }> {
  const { repository, view } = await foundLarge(path, { name: 'Space', bylaws, people, roles: (names) => [['member', names]], timeMs: nowMs - 60_000 });
  const event = { kind: 'propose', body: { process: 'motion', bylaws: view.bylawsHash, title: 'A pool' } } as const;
  const proposed = await appendEvents(view, testSigner('m1'), { events: [event], clockMs: nowMs - 50_000 });
  const signer = testSigner('m0');
  await closeEpoch({ view: proposed.view, signer, votes: voteStore(votesPath(repository)), clockMs: nowMs - 40_000 });
  repository.close();
  return { org: view.org, founding: view.tip.id };
}

interface IdleNode {
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Surroundings {
  readonly clockMs: () => number;
  readonly complaints: string[];
  readonly program: string;
}

function started(file: string, { clockMs, complaints, program: gdoPath }: Surroundings): IdleNode {
  let [ready, stop] = [(): void => undefined, (): void => undefined];
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const told = (line: string): void => {
    if (/"level":"(warning|error)"/.test(line)) complaints.push(line);
  };
  const world: World = {
    cwd: '/',
    env: process.env,
    stdout: () => undefined,
    stderr: told,
    stdin: () => Promise.resolve(undefined),
    clockMs,
    randomBytes: (count) => new Uint8Array(count),
    color: false,
    columns: 80,
    interactive: false,
    json: false,
    plain: false,
    verbosity: 1,
  };
  const program = { nodePath: process.execPath, gdoPath };
  const fault = new Promise<never>(() => undefined);
  const ended = runNode(openConfiguration(file), { world, program, isClockConfirmed: false, stop: stopped, fault, started: ready });
  return {
    ready: Promise.race([isReady, ended.then(() => undefined)]),
    stop: async () => {
      stop();
      await ended;
    },
  };
}

async function tipOf(path: string): Promise<{ readonly height: number; readonly id: string }> {
  const repository = openRepository(path);
  const { tip } = await openLedger(repository);
  repository.close();
  return tip;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
