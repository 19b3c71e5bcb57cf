// A story of one organization that can be cut off anywhere and taken up again: a change is proposed, approved and merged, doors are opened, epochs are closed.
import type { Repository } from '../../node/git/repository.ts';
import { changeSetBetween } from '../../node/gate/change-set.ts';
import { writeDecisions } from '../../node/gate/decision-log.ts';
import { closeEpochs } from '../../node/gate/steward.ts';
import { appendEvents, type Append } from '../../node/ledger/append.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import type { VoteStore } from '../../node/ledger/votes.ts';
import { openCases } from '../../engine/index.ts';
import { changeBylaws } from '../node/ledger/change-bylaws.ts';
import { commitFiles, foundSmall, startMs, testSigner, type SmallLedger } from '../node/ledger/small-ledger.ts';

const people = ['ada', 'ben', 'cyd'];
const files = [
  ['README.md', 'Hello\n'],
  ['rules/one.md', 'One\n'],
] as const;
const doorFact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** Where the story begins. */
export function foundStory(path: string): Promise<SmallLedger> {
  return foundSmall(path, { people, charter: changeBylaws(), roles: [['member', people]], files });
}

/** Tells the caller what it may rely on from now on: `batch <id>` or `checkpoint <id>`. */
export type Acknowledge = (fact: string) => void;

interface Scene {
  readonly repository: Repository;
  readonly votes: VoteStore;
  readonly acknowledge: Acknowledge;
}

/** Plays what is left of the story. @returns the view at its end */
export async function playStory(scene: Scene): Promise<LedgerView> {
  const { repository } = scene;
  await say(scene, 'ben', 1, async (view) => {
    const head = await commitFiles(repository, [files[0], ['rules/one.md', 'Two\n']], view.mainCommit);
    const change = await changeSetBetween(repository, view.mainCommit, head);
    if (change.kind !== 'ok') throw new Error(change.kind);
    const body = { process: 'change', bylaws: view.bylawsHash, title: 'Say it better', change: change.change.id, head };
    return { events: [{ kind: 'propose', body }], attachments: [change.bytes], clockMs: startMs + 1000 };
  });
  await close(scene, 1, 2000);
  await say(scene, 'cyd', 1, async (view) => {
    const [open] = openCases(view.state);
    return { events: [{ kind: 'act', case: open?.id ?? '', body: { stage: open?.entry ?? 0, verb: 'approve' } }], clockMs: startMs + 3000 };
  });
  await close(scene, 2, 4000);
  for (const name of ['ben', 'cyd', 'ada'])
    await say(scene, name, name === 'ada' ? 1 : 2, async () => ({ events: [doorFact, doorFact], clockMs: startMs + 5000 }));
  return close(scene, 3, 6000);
}

/** Signs the batch with this number unless an earlier try did, and acknowledges it. */
async function say(scene: Scene, name: string, number: number, write: (view: LedgerView) => Promise<Append>): Promise<void> {
  const view = await openLedger(scene.repository);
  const { device } = testSigner(name);
  const own = [...view.batches.values()].filter((stored) => stored.batch.device === device);
  const id = own[number - 1]?.batch.id ?? (await appendEvents(view, testSigner(name), await write(view))).stored.batch.id;
  scene.acknowledge(`batch ${id}`);
}

async function close(scene: Scene, height: number, atMs: number): Promise<LedgerView> {
  let view = await openLedger(scene.repository);
  if (view.tip.height < height) ({ view } = await closeEpochs({ view, signer: testSigner('ada'), votes: scene.votes, clockMs: startMs + atMs }));
  writeDecisions(view);
  scene.acknowledge(`checkpoint ${view.tip.id}`);
  return view;
}
