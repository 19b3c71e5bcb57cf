// A vote of a whole town at one node: members push their ballots at the same time over HTTP. Nothing may be lost, and everybody comes to one state root.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCases } from '../../engine/index.ts';
import { closeEpoch } from '../../node/gate/checkpoint-round.ts';
import { buildPack } from '../../node/git/pack.ts';
import { initRepository } from '../../node/git/repository.ts';
import { appendEvents, logRef } from '../../node/ledger/append.ts';
import { signBatch } from '../../node/ledger/batch.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { votesPath, voteStore } from '../../node/ledger/votes.ts';
import { fetchLedger } from '../../node/sync/fetch-ledger.ts';
import { none, pushBytes } from '../hostile/wire.ts';
import { testSigner } from '../node/ledger/small-ledger.ts';
import { foundLarge } from '../nodes/large-ledger.ts';
import { processorTime } from './processor.ts';
import { eventually, runningNode, statusOf, writeTestKey, type RunningNode } from '../nodes/running.ts';

const bylaws = `gdo 1

organization "Town"
  time zone "UTC"
end

area bylaws covers "bylaws/**"

role member plural members
  held by anyone
  first held by "m0"
  gained through motion
  lost through resignation
end

process motion "Motion"
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

/** How large the town is, how many vote, and how many at one time. */
export interface LoadRequest {
  readonly members: number;
  readonly ballots: number;
  readonly atOnce: number;
  /** Beside them somebody floods the node with junk from one address, so many requests at one time. */
  readonly flood: number;
}

interface Town {
  readonly path: string;
  readonly view: LedgerView;
  readonly vote: string;
}

/** Runs the vote and prints its figures. @returns the exit code: 1 where something was lost or two copies differ */
export async function printLoad(wanted: LoadRequest, print: (line: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-load-'));
  let node: RunningNode | undefined;
  try {
    const town = await foundTown(join(folder, 'data', 'town', 'ledger.git'), wanted.members);
    print(`${wanted.members} members; a vote is open.`);
    const pushes = await Promise.all(Array.from({ length: wanted.ballots }, (_, index) => ballotPush(town, index + 1)));
    writeTestKey(join(folder, 'key'), 'm0');
    const startedMs = performance.now();
    node = await runningNode(folder, {
      organizations: [{ name: 'town', genesis: town.view.org, role: 'witness', key: 'key' }],
      limits: { pushesAtOnce: 4, fetchesAtOnce: 4 },
      // As the ledger has it: an epoch every five seconds at most.
      closeMilliseconds: town.view.genesis.params.minIntervalMs,
      log: 'info',
    });
    const ready = processorTime(node.process.pid ?? 0);
    print(`the node is ready ${Math.round(performance.now() - startedMs)} ms after its start, with ${ready.ownMs + ready.childrenMs} ms of processor`);
    const flood = startFlood(node, wanted.flood);
    const times = await pushAll(node, pushes, wanted.atOnce);
    const worked = processorTime(node.process.pid ?? 0);
    const flooded = await flood.stop();
    const running = node;
    const events = town.view.tip.statement.events + wanted.ballots;
    const end = await eventually('every ballot is final', async () => {
      const status = await statusOf(running, 'town');
      return status.events >= events ? status : undefined;
    });
    const finalMs = performance.now() - times.startedMs;
    const sorted = times.each.toSorted((left, right) => left - right);
    const at = (part: number): string => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)} ms`;
    const rate = (wanted.ballots / (times.wholeMs / 1000)).toFixed(1);
    print(`${wanted.ballots} ballots by as many members, ${wanted.atOnce} at one time: ${rate} a second, p50 ${at(0.5)}, p99 ${at(0.99)}, slowest ${at(1)}`);
    if (wanted.flood > 0)
      print(`beside ${flooded.sent} requests of ${junkBytes} bytes from one address, of which ${flooded.refused} were refused at once (GDO4001)`);
    const [ownMs, gitMs] = [(worked.ownMs - ready.ownMs) / wanted.ballots, (worked.childrenMs - ready.childrenMs) / wanted.ballots];
    print(`of the processor ${(ownMs + gitMs).toFixed(1)} ms a ballot until all were pushed, of which git's programs ${gitMs.toFixed(1)}`);
    print(`all final ${Math.round(finalMs)} ms after the first push, at checkpoint ${end.height}; memory of the node at most ${peakMegabytes(running)} MB`);
    const wrong = await lost(folder, running, { town, ballots: wanted.ballots, refused: times.refused, state: end.state });
    for (const line of wrong) print(line);
    if (wrong.length === 0) print(`nothing lost; a newcomer that replays all of it comes to the same state root ${end.state.slice(0, 16)}`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await node?.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function foundTown(path: string, members: number): Promise<Town> {
  const timeMs = Date.now() - 120_000;
  const { repository, view } = await foundLarge(path, { name: 'Town', bylaws, people: members, roles: (names) => [['member', names]], timeMs });
  const steward = testSigner('m0');
  const body = { process: 'motion', bylaws: view.bylawsHash, title: 'A pool' };
  const proposed = await appendEvents(view, steward, { events: [{ kind: 'propose', body }], clockMs: Date.now() - 100_000 });
  const closed = await closeEpoch({ view: proposed.view, signer: steward, votes: voteStore(votesPath(repository)), clockMs: Date.now() - 90_000 });
  repository.close();
  return { path, view: closed.view, vote: openCases(closed.view.state)[0]?.id ?? '' };
}

/** What one member sends: a signed ballot in a batch of its own, packed. */
async function ballotPush(town: Town, number: number): Promise<{ readonly peer: string; readonly bytes: Buffer }> {
  const name = `m${number}`;
  const [open] = openCases(town.view.state);
  const body = { choice: number % 3 === 0 ? 'no' : 'yes', stage: open?.entry ?? 1 };
  const signed = await signBatch(testSigner(name), {
    org: town.view.org,
    actor: name,
    seq: 1,
    prev: undefined,
    deps: [],
    base: town.view.tip.id,
    events: [{ kind: 'ballot', case: town.vote, body, tsMs: Date.now() }],
    attachments: [],
  });
  const ref = logRef(testSigner(name).device);
  return {
    peer: `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
    bytes: pushBytes([{ old: none, next: signed.commit, ref }], buildPack(signed.objects)),
  };
}

/** Junk that looks like a push and costs the node an unpacking each. */
const junkBytes = 2_097_152;

/** One address that sends junk as fast as it is taken. */
function startFlood(node: RunningNode, atOnce: number): { readonly stop: () => Promise<{ readonly sent: number; readonly refused: number }> } {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const { device } = testSigner('m1');
  const bytes = pushBytes([{ old: none, next: '1'.repeat(40), ref: `refs/gdo/log/${device}` }], randomBytes(junkBytes));
  const headers = { 'x-forwarded-for': '192.0.2.1', 'content-type': 'application/x-git-receive-pack-request', 'content-length': bytes.length };
  let [isOn, sent, refused] = [true, 0, 0];
  const worker = async (): Promise<void> => {
    while (isOn) {
      // A connection that the node closes on the flood is what a flood meets.
      const answer = await ask(node.port, { agent, method: 'POST', path: '/git/town/git-receive-pack', headers }, bytes).catch(() => 'GDO4001');
      sent += 1;
      if (answer.includes('GDO4001')) refused += 1;
    }
  };
  const workers = Promise.all(Array.from({ length: atOnce }, worker));
  return {
    stop: async () => {
      isOn = false;
      await workers;
      agent.destroy();
      return { sent, refused };
    },
  };
}

interface Times {
  readonly each: readonly number[];
  readonly startedMs: number;
  readonly wholeMs: number;
  readonly refused: readonly string[];
}

/** Pushes everything, so many at one time, as git does it: first the list, then the pack. */
async function pushAll(node: RunningNode, pushes: readonly { readonly peer: string; readonly bytes: Buffer }[], atOnce: number): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const each: number[] = [];
  const refused: string[] = [];
  const left = [...pushes];
  const startedMs = performance.now();
  const worker = async (): Promise<void> => {
    for (let push = left.pop(); push !== undefined; push = left.pop()) {
      const begunMs = performance.now();
      const headers = { 'x-forwarded-for': push.peer };
      await ask(node.port, { agent, method: 'GET', path: '/git/town/info/refs?service=git-receive-pack', headers }, undefined);
      const type = { 'content-type': 'application/x-git-receive-pack-request', 'content-length': push.bytes.length };
      const answer = await ask(node.port, { agent, method: 'POST', path: '/git/town/git-receive-pack', headers: { ...headers, ...type } }, push.bytes);
      if (!answer.includes('ok refs/gdo/log/')) refused.push(answer.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 200));
      each.push(performance.now() - begunMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
  return { each, startedMs, wholeMs: performance.now() - startedMs, refused };
}

/** Asks, and asks once more where a connection that was kept had been closed by the node meanwhile, as git does. */
function ask(port: number, options: RequestOptions, body: Buffer | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, host: '127.0.0.1', port }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve(Buffer.concat(parts).toString('latin1')));
      answer.on('error', reject);
    });
    asked.on('error', (error: Error) => {
      if (asked.reusedSocket && 'code' in error && error.code === 'ECONNRESET') ask(port, options, body).then(resolve, reject);
      else reject(error);
    });
    asked.end(body);
  });
}

/** The most memory that the node's process had, by the kernel's own record. */
function peakMegabytes(node: RunningNode): string {
  const line = /VmHWM:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${node.process.pid ?? 0}/status`, 'utf8'))?.[1];
  return line === undefined ? '?' : String(Math.round(Number(line) / 1024));
}

/** Takes the ledger in as a newcomer does and looks for every ballot. */
async function lost(
  folder: string,
  node: RunningNode,
  input: { readonly town: Town; readonly ballots: number; readonly refused: readonly string[]; readonly state: string },
): Promise<readonly string[]> {
  const wrong = input.refused.map((said) => `refused: ${said}`);
  const copy = await initRepository(join(folder, 'copy.git'), 'bare');
  const { view } = await fetchLedger({ repository: copy, remote: { address: `${node.address}/git/town` }, from: 'origin' });
  copy.close();
  const counted = [...view.verdicts.values()].filter(({ event, verdict }) => event.kind === 'ballot' && verdict.kind === 'ok').length;
  if (counted !== input.ballots) wrong.push(`${input.ballots - counted} ballots do not count`);
  if (view.tip.statement.state !== input.state) wrong.push('the copy has another state root');
  return wrong;
}
