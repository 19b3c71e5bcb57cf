// A ledger of some hundred checkpoints, so that one of them holds a snapshot: made in memory, then written to a real repository in one piece.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { caseView, type Charter } from '../../../engine/index.ts';
import { changeSetBetween } from '../../../node/gate/change-set.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import { objectId, type GitObject } from '../../../node/git/object.ts';
import { appendEvents, type Append } from '../../../node/ledger/append.ts';
import { draftGenesis, foundLedger, signGenesis } from '../../../node/ledger/genesis.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { votesPath, voteStore, type VoteLine } from '../../../node/ledger/votes.ts';
import { Disk } from '../../../node/story/disk.ts';
import { changeBylaws } from './change-bylaws.ts';
import { charterBytes, commitFiles, startMs, testSigner } from './small-ledger.ts';

/** Between two checkpoints: so that a retention of days matters. */
export const stepMs: number = 6 * 3_600_000;

const people = ['ada', 'ben', 'cyd'];
const firstFiles = [
  ['README.md', 'Hello\n'],
  ['rules/one.md', 'One\n'],
] as const;

/** A ledger whose repository is real. */
export interface LongLedger {
  readonly path: string;
  readonly repository: Repository;
  readonly view: LedgerView;
  /** The change that is still open at the end, proposed before the snapshot. */
  readonly openCase: string;
}

/** Bylaws under which records are kept for a day. */
function keptForADay(): Charter {
  const charter = changeBylaws();
  return { ...charter, organization: { ...charter.organization, retention: { count: 1, unit: 'day' } } };
}

/**
 * Plays `heights` checkpoints: a door is opened before every tenth, one change of main is merged early, another is proposed before checkpoint 250 and stays
 * open for two weeks, and at the end two records wait.
 */
export async function playLong(path: string, heights: number, charter: Charter = keptForADay()): Promise<LongLedger> {
  mkdirSync(dirname(path), { recursive: true });
  const real = await initRepository(path, 'bare');
  const disk = new Disk();
  const objects = new Map<string, GitObject>();
  const repository: Repository = {
    ...disk.repository,
    gitDirectory: real.gitDirectory,
    writeObjects: (written) => {
      for (const object of written) objects.set(objectId(object), object);
      return disk.repository.writeObjects(written);
    },
  };
  const main = await commitFiles(repository, firstFiles);
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: main }]);
  const founding = {
    name: 'Maple Makerspace',
    nonce: '7'.repeat(64),
    timeMs: startMs,
    bylaws: charterBytes(charter),
    members: people.map((name) => [name, [testSigner(name).publicKey]] as const),
    roles: [['member', people] as const],
    witnesses: [testSigner('ada').device],
    mainCommit: main,
  };
  let draft = await draftGenesis(repository, founding);
  for (const name of people) draft = await signGenesis(draft, testSigner(name));
  await foundLedger(repository, draft);
  const played = await play(await openLedger(repository), heights);
  await real.writeObjects([...objects.values()]);
  const refs = await repository.list('refs');
  await real.updateRefs(refs.map(({ ref, id }) => ({ ref, old: undefined, next: id })));
  return { path, repository: real, view: { ...played.view, repository: real }, openCase: played.openCase };
}

async function play(start: LedgerView, heights: number): Promise<{ readonly view: LedgerView; readonly openCase: string }> {
  let view = start;
  let openCase = '';
  // Kept in memory: a file that is synced for each vote is what takes the time.
  let newest: VoteLine | undefined;
  const votes = { newest: () => newest, append: (line: VoteLine) => void (newest = line) };
  const say = async (by: string, append: Omit<Append, 'clockMs'>): Promise<string> => {
    const appended = await appendEvents(view, testSigner(by), { ...append, clockMs: view.tip.timeMs + 60_000 });
    ({ view } = appended);
    return appended.stored.batch.events[0]?.id ?? '';
  };
  const propose = async (text: string): Promise<string> => {
    const head = await commitFiles(view.repository, [firstFiles[0], ['rules/one.md', text]], view.mainCommit);
    await view.repository.updateRefs([{ ref: `refs/gdo/proposal/${testSigner('ben').device}/p${view.tip.height}`, old: undefined, next: head }]);
    const change = await changeSetBetween(view.repository, view.mainCommit, head);
    if (change.kind !== 'ok') throw new Error(change.kind);
    const body = { process: 'change', bylaws: view.bylawsHash, change: change.change.id, head };
    return say('ben', { events: [{ kind: 'propose', body }], attachments: [change.bytes, Buffer.from(`Why: ${text}`)] });
  };
  const approve = (id: string): Promise<string> =>
    say('cyd', { events: [{ kind: 'act', case: id, body: { stage: caseView(view.state, id)?.entry ?? 0, verb: 'approve' } }] });
  let early = '';
  for (let height = 1; height <= heights; height += 1) {
    if (height % 10 === 0) await say('ben', doorOpened(height));
    if (height === 4) early = await propose('Two\n');
    if (height === 6) await approve(early);
    if (height === 249) openCase = await propose('Three\n');
    ({ view } = await closeEpoch({ view, signer: testSigner('ada'), votes, clockMs: startMs + height * stepMs }));
  }
  if (newest !== undefined) voteStore(votesPath(start.repository)).append(newest);
  await say('cyd', doorOpened(0));
  await say('ben', doorOpened(1));
  return { view, openCase };
}

function doorOpened(height: number): Omit<Append, 'clockMs'> {
  const events = [{ kind: 'fact', body: { data: { door: 'front', height }, type: 'door.opened' } }] as const;
  return { events, attachments: [Buffer.from(`a note that somebody left at ${height}\n`)] };
}
