// Four witnesses on four real repositories and a stream in memory: what one of them receives becomes final for all, and anybody's git shows it later.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { voteStanding } from '../../../engine/index.ts';
import { receiveBatches } from '../../../node/finality/receive.ts';
import { memoryStream } from '../../../node/finality/stream.ts';
import { Witness } from '../../../node/finality/witness.ts';
import { initRepository, openRepository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { draftGenesis, foundLedger, signGenesis } from '../../../node/ledger/genesis.ts';
import { openLedger, replayLedger } from '../../../node/ledger/replay.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { bareCharter, charterBytes, commitFiles, git, removeFolder, startMs, temporaryFolder, testSigner } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const names = ['ada', 'ben', 'chi', 'dev'];
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

async function foundFour(): Promise<readonly Witness[]> {
  const path = join(folder, 'ada');
  const repository = await initRepository(path, 'bare');
  const main = await commitFiles(repository, [['README.md', 'Hello\n']]);
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: main }]);
  const signers = names.map(testSigner);
  let draft = await draftGenesis(repository, {
    name: 'Four',
    nonce: '7'.repeat(64),
    timeMs: startMs,
    bylaws: charterBytes(bareCharter()),
    members: signers.map((signer, index) => [names[index] ?? '', [signer.publicKey]] as const),
    roles: [],
    witnesses: signers.map((signer) => signer.device),
    mainCommit: main,
  });
  for (const signer of signers) draft = await signGenesis(draft, signer);
  await foundLedger(repository, draft);
  repository.close();
  let stampMs = startMs;
  const stream = memoryStream(() => (stampMs += 1_000));
  const witnesses: Witness[] = [];
  for (const [index, signer] of signers.entries()) {
    const own = join(folder, names[index] ?? '');
    if (index > 0) cpSync(path, own, { recursive: true });
    const opened = openRepository(own);
    witnesses.push(new Witness(await openLedger(opened), { stream, signer, votes: voteStore(votesPath(opened)) }));
  }
  return witnesses;
}

it('A fact that one witness received is final for four by three votes, and a replay of any copy says so (I02, I17)', async () => {
  const witnesses = await foundFour();
  const [ada, ...others] = witnesses;
  if (ada === undefined) throw new Error('ada is there');
  const appended = await appendEvents(ada.view, testSigner('ada'), { events: [fact], clockMs: startMs });
  ada.view = appended.view;
  for (const other of others) {
    const received = await receiveBatches(other.view, ada.view.repository, {
      commits: [appended.stored.commit],
      objects: await objectsOf(ada, appended.stored.commit),
      isNamed: (batch) => other.lacks(batch),
    });
    expect(received.taken).toHaveLength(1);
    other.view = received.view;
  }
  for (let turn = 1; turn <= 8; turn += 1) for (const witness of witnesses) await witness.turn(startMs + turn * 10_000);
  expect(witnesses.map(({ view }) => view.tip.height)).toEqual([1, 1, 1, 1]);
  expect(new Set(witnesses.map(({ view }) => view.tip.id)).size).toBe(1);
  for (const { view } of witnesses) {
    const replay = await replayLedger(openRepository(view.repository.gitDirectory));
    expect(replay.kind === 'ok' ? replay.view.tip.id : replay.fault).toBe(view.tip.id);
    expect(git(view.repository.gitDirectory, 'fsck', '--strict', '--no-dangling')).toBe('');
  }
  expect(
    voteStanding(
      [...ada.view.votes.values()].map(({ device, vote }) => ({ device, value: vote.value })),
      ada.view.witnesses,
    ).kind,
  ).toBe('final');
  for (const { view } of witnesses) view.repository.close();
});

async function objectsOf(witness: Witness, commit: string): Promise<Parameters<typeof receiveBatches>[2]['objects']> {
  const ids = git(witness.view.repository.gitDirectory, 'rev-list', '--objects', '--no-object-names', commit).trim().split('\n');
  const objects = await witness.view.repository.readMany(ids);
  return objects.flatMap((object) => (object === undefined ? [] : [object]));
}
