// The story of a proposal across three nodes: ben proposes at his node, cyd approves at hers over ssh, ada's node merges, and all three show the same. At every
// step somebody may kill a node: members try again until they are heard, as git and people do.
import { join } from 'node:path';
import { openCases, readCase } from '../../engine/index.ts';
import { changeSetBetween } from '../../node/gate/change-set.ts';
import { initRepository, type Repository } from '../../node/git/repository.ts';
import { pushRefs } from '../../node/git/transport.ts';
import { WorldError } from '../../node/cli/command.ts';
import { appendEvents, logRef, type Append } from '../../node/ledger/append.ts';
import { auditLedger } from '../../node/ledger/audit.ts';
import { openRepository } from '../../node/git/repository.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { fetchLedger } from '../../node/sync/fetch-ledger.ts';
import { commitFiles, signerOf } from '../node/ledger/small-ledger.ts';
import { eventually } from './running.ts';
import { firstFiles, names, type NodeName, type ThreeNodes } from './three.ts';

/** The steps, in order. */
export const steps = ['ben proposes', 'cyd sees the case', 'cyd approves', 'the change is merged', 'ben and cyd open doors', 'all agree'] as const;

/** Called when a step begins; what it starts goes on beside the step and is waited for at the end of it. */
export type Disturb = (step: number) => Promise<void>;

/** What the story came to. */
export interface StoryEnd {
  /** One line per node: checkpoint, state root, main, events. */
  readonly lines: readonly string[];
  /** What is wrong with it, in sentences. */
  readonly wrong: readonly string[];
}

const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** A member with a clone that follows one node. */
interface Member {
  readonly name: 'ben' | 'cyd';
  readonly clone: Repository;
  readonly nodes: ThreeNodes;
  /** Batches that a node has taken. */
  readonly acknowledged: string[];
}

/** Plays the story to its end. */
export async function playAcross(nodes: ThreeNodes, folder: string, disturb: Disturb): Promise<StoryEnd> {
  const acknowledged: string[] = [];
  const member = async (name: Member['name']): Promise<Member> => ({
    name,
    clone: await initRepository(join(folder, `clone-${name}`), 'clone'),
    nodes,
    acknowledged,
  });
  const [ben, cyd] = [await member('ben'), await member('cyd')];
  try {
    const play = async (step: number, act: () => Promise<void>): Promise<void> => {
      await Promise.all([disturb(step), act()]);
    };
    await play(0, () => propose(ben));
    await play(1, async () => void (await seen(cyd, 'the case is open', (view) => openCases(view.state).length > 0)));
    await play(2, () => say(cyd, async (view) => ({ events: [approval(view)], clockMs: Date.now() })));
    await play(3, async () => {
      for (const one of [ben, cyd]) await seen(one, 'the change is merged', (view) => view.merges.length === 1);
    });
    await play(4, async () => {
      for (const one of [ben, cyd]) await say(one, () => Promise.resolve({ events: [fact, fact], clockMs: Date.now() }));
    });
    await play(5, () => agreement(nodes, acknowledged.length));
    return await endOf(nodes, acknowledged);
  } finally {
    ben.clone.close();
    cyd.clone.close();
  }
}

function approval(view: LedgerView): Append['events'][number] {
  const [open] = openCases(view.state);
  return { kind: 'act', case: open?.id ?? '', body: { stage: open?.entry ?? 0, verb: 'approve' } };
}

async function propose(ben: Member): Promise<void> {
  const view = await fetched(ben);
  const head = await commitFiles(ben.clone, [firstFiles[0], ['rules/one.md', 'Two\n']], view.mainCommit);
  const change = await changeSetBetween(ben.clone, view.mainCommit, head);
  if (change.kind !== 'ok') throw new Error(change.kind);
  const { device } = signerOf(ben.nodes.ledger, 'ben');
  await ben.clone.updateRefs([{ ref: `refs/gdo/proposal/${device}/two`, old: undefined, next: head }]);
  const body = { process: 'change', bylaws: view.bylawsHash, title: 'Say it better', change: change.change.id, head };
  await say(ben, () => Promise.resolve({ events: [{ kind: 'propose', body }], attachments: [change.bytes], clockMs: Date.now() }), [
    `refs/gdo/proposal/${device}/two`,
  ]);
}

/** Signs once, and pushes until the node has taken it. */
async function say(member: Member, write: (view: LedgerView) => Promise<Append>, refs: readonly string[] = []): Promise<void> {
  const view = await fetched(member);
  const signer = signerOf(member.nodes.ledger, member.name);
  const { stored } = await appendEvents(view, signer, await write(view));
  const refspecs = [...refs, logRef(signer.device)].map((ref) => `${ref}:${ref}`);
  await eventually(`the node takes what ${member.name} said`, () =>
    tried(async () => {
      const pushed = await pushRefs(member.clone, member.nodes.remote(member.name), refspecs);
      return pushed.refs.length > 0 && pushed.refs.every((ref) => ref.accepted) ? true : undefined;
    }),
  );
  member.acknowledged.push(stored.batch.id);
}

function fetched(member: Member): Promise<LedgerView> {
  return seen(member, 'the node answers', () => true);
}

/** Fetches from the member's node until the ledger there shows something. */
function seen(member: Member, what: string, shows: (view: LedgerView) => boolean): Promise<LedgerView> {
  // Asking how the node stands is cheap; a fetch over ssh starts three processes.
  let known = '';
  return eventually(`${member.name} sees that ${what}`, () =>
    tried(async () => {
      const status = await member.nodes.status(member.name).catch(() => undefined);
      if (status === undefined || status.id === known) return undefined;
      const { view } = await fetchLedger({ repository: member.clone, remote: member.nodes.remote(member.name), from: 'origin' });
      known = status.id;
      return shows(view) ? view : undefined;
    }),
  );
}

/** A node that is away is asked again. */
async function tried<Value>(act: () => Promise<Value | undefined>): Promise<Value | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4002') return undefined;
    throw error;
  }
}

/** Waits until the three nodes are at one checkpoint that holds everything that was said. */
async function agreement(nodes: ThreeNodes, batches: number): Promise<void> {
  await eventually('all nodes agree', () =>
    tried(async () => {
      const found = await Promise.all(names.map((name) => nodes.status(name).catch(() => undefined)));
      const [first] = found;
      const isSame = found.every((one) => one !== undefined && one.id === first?.id && one.pending === 0);
      return isSame && (first?.events ?? 0) >= batches + 2 ? true : undefined;
    }),
  );
}

/** Reads all three ledgers from their disks, as an auditor would. */
async function endOf(nodes: ThreeNodes, acknowledged: readonly string[]): Promise<StoryEnd> {
  const lines: string[] = [];
  const wrong: string[] = [];
  for (const name of names) {
    const repository = openRepository(nodes.path(name));
    try {
      const view = await openLedger(repository);
      const main = await repository.resolve('refs/heads/main');
      lines.push(`${view.tip.id} ${view.tip.statement.state} ${main ?? ''} ${view.tip.statement.events}`);
      for (const id of acknowledged) if (!view.batches.has(id)) wrong.push(`${name} lost the batch ${id}, which was acknowledged`);
      if (view.pending.length > 0) wrong.push(`${name} has records that no checkpoint holds`);
      for (const { verdict } of view.verdicts.values()) if (verdict.kind !== 'ok') wrong.push(`${name} refused a record: ${verdict.code}`);
      const [merge] = view.merges;
      if (merge === undefined || readCase(view.state, merge.merge.case)?.merge !== 'merged') wrong.push(`${name} did not merge the change`);
      const audit = await auditLedger(repository);
      if (audit.kind === 'bad') wrong.push(`the audit of ${name}'s ledger found ${audit.fault.code} ${audit.fault.what}`);
    } finally {
      repository.close();
    }
  }
  if (new Set(lines).size !== 1) wrong.push(`the nodes differ:\n${lines.join('\n')}`);
  return { lines, wrong };
}

/** A node for each step, so that a few stories kill each node at each step. */
export function victim(step: number, round: number): NodeName {
  return names[(step + round) % names.length] ?? 'ada';
}
