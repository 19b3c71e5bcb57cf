// Beginning at a snapshot instead of at the founding: the same ledger from every height on, or a refusal that says why, and then the whole replay.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { caseView } from '../../../engine/index.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { changeSetBetween } from '../../../node/gate/change-set.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { checkpointZero } from '../../../node/ledger/epoch.ts';
import { readGenesis, zeroCommit } from '../../../node/ledger/genesis.ts';
import { enrolBody } from '../../../node/ledger/possession.ts';
import { openLedger, replayOnward } from '../../../node/ledger/replay.ts';
import { snapshotBytes } from '../../../node/ledger/snapshot.ts';
import { startAtSnapshot, type SnapshotStart } from '../../../node/ledger/snapshot-start.ts';
import { foundedView, type LedgerView } from '../../../node/ledger/view.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { checkpointId } from '../../../engine/index.ts';
import { changeBylaws } from './change-bylaws.ts';
import { goingOn } from './same-view.ts';
import { commitFiles, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, testSigner, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
const files = [
  ['README.md', 'Hello\n'],
  ['rules/one.md', 'One\n'],
] as const;

async function found(): Promise<SmallLedger> {
  count += 1;
  const people = ['ada', 'ben', 'cyd'];
  return foundSmall(join(folder, String(count)), { people, charter: changeBylaws(), roles: [['member', people]], files });
}

/** A ledger with changes of main, a key that comes and one that goes, and records that no checkpoint holds. */
async function eventful(): Promise<{ readonly ledger: SmallLedger; readonly view: LedgerView }> {
  const ledger = await found();
  let { view } = ledger;
  let at = 0;
  const close = async (): Promise<void> => {
    ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + (at += 1000) }));
  };
  const say = async (by: string, event: Parameters<typeof appendEvents>[2]['events'][number], attachments: readonly Uint8Array[] = []): Promise<string> => {
    const appended = await appendEvents(view, testSigner(by), { events: [event], attachments, clockMs: startMs + (at += 10) });
    ({ view } = appended);
    return appended.stored.batch.events[0]?.id ?? '';
  };
  const propose = async (by: string, text: string): Promise<string> => {
    const head = await commitFiles(ledger.repository, [files[0], ['rules/one.md', text]], view.mainCommit);
    const change = await changeSetBetween(ledger.repository, view.mainCommit, head);
    if (change.kind !== 'ok') throw new Error(change.kind);
    return say(by, { kind: 'propose', body: { process: 'change', bylaws: view.bylawsHash, change: change.change.id, head } }, [change.bytes]);
  };
  const approve = (by: string, id: string): Promise<string> =>
    say(by, { kind: 'act', case: id, body: { stage: caseView(view.state, id)?.entry ?? 0, verb: 'approve' } });
  await say('ben', fact);
  const first = await propose('ben', 'Two\n');
  await close();
  await say('ben', { kind: 'key.enrol', body: await enrolBody(view.org, 'ben', testSigner('phone')) });
  await approve('cyd', first);
  await close();
  await say('phone', fact);
  const second = await propose('cyd', 'Three\n');
  await close();
  await close();
  await say('phone', { kind: 'key.revoke', body: { device: signerOf(ledger, 'ben').device, reason: 'Lost' } });
  await close();
  await approve('phone', second);
  await close();
  await say('cyd', fact);
  await say('phone', fact);
  return { ledger, view };
}

async function startAt(repository: Repository, height: number, snapshot: Uint8Array): Promise<SnapshotStart> {
  const refs = await repository.list('refs/gdo');
  const read = await readGenesis(repository, refs.find(({ ref }) => ref === 'refs/gdo/genesis')?.id ?? '');
  if (read.kind === 'refused') throw new Error(read.reason);
  const { statement, bytes } = checkpointZero(read.ledger);
  const founded = foundedView(repository, read.ledger, { id: checkpointId(bytes), commit: zeroCommit(read.ledger).commit, statement });
  return startAtSnapshot(founded, refs, { height, snapshot });
}

function reasonOf(start: SnapshotStart): string {
  return start.kind === 'unused' ? `${start.unused.code} ${start.unused.reason}` : start.kind;
}

it('From the snapshot of every height the replay comes to the ledger that it comes to from the founding (I03)', async () => {
  const { ledger } = await eventful();
  const { repository } = ledger;
  const whole = await openLedger(repository);
  expect(whole.tip.height).toBe(6);
  expect(whole.merges).toHaveLength(2);
  for (const { height, state } of whole.checkpoints.slice(1)) {
    const start = await startAt(repository, height, snapshotBytes(state));
    if (start.kind !== 'ok') throw new Error(`${height}: ${reasonOf(start)}`);
    const onward = await replayOnward(start.view, await repository.list('refs/gdo'));
    if (onward.kind !== 'ok') throw new Error(`${height}: ${onward.fault.what}`);
    expect(goingOn(onward.view)).toEqual(goingOn(whole));
    expect(onward.view.checkpoints.map((one) => one.height)[0]).toBe(height);
  }
  repository.close();
});

it('Who begins at a snapshot closes the next epoch with the same checkpoint, merges included', async () => {
  const { ledger, view } = await eventful();
  const next = { signer: signerOf(ledger, 'ada'), clockMs: startMs + 60_000 };
  const copy = join(folder, 'copy');
  cpSync(ledger.path, copy, { recursive: true });
  const other = openRepository(copy);
  // Between the approval of the second change and its merge nothing but the snapshot may be known.
  const start = await startAt(other, 5, snapshotBytes(view.checkpoints[5]?.state ?? view.state));
  if (start.kind !== 'ok') throw new Error(reasonOf(start));
  const onward = await replayOnward(start.view, await other.list('refs/gdo'));
  if (onward.kind !== 'ok') throw new Error(onward.fault.what);
  const [one, two] = [
    await closeEpoch({ ...next, view, votes: ledger.votes }),
    await closeEpoch({ ...next, view: onward.view, votes: voteStore(votesPath(other)) }),
  ];
  expect(two.view.tip.id).toBe(one.view.tip.id);
  ledger.repository.close();
  other.close();
});

it('A snapshot that is not the state of its checkpoint is refused with its code', async () => {
  const { ledger, view } = await eventful();
  const { repository } = ledger;
  const [snapshot, earlier] = [snapshotBytes(view.checkpoints[4]?.state ?? view.state), snapshotBytes(view.checkpoints[3]?.state ?? view.state)];
  const changed = Buffer.from(Buffer.from(snapshot).toString('utf8').replace('member/cyd', 'member/cyx'));
  expect(reasonOf(await startAt(repository, 4, earlier))).toMatch(/^GDO1070 the snapshot does not have the state root/);
  expect(reasonOf(await startAt(repository, 4, changed))).toMatch(/^GDO1070/);
  expect(reasonOf(await startAt(repository, 4, snapshot.subarray(0, -1)))).toMatch(/^GDO1001/);
  expect(reasonOf(await startAt(repository, 99, snapshot))).toBe('none');
  repository.close();
});

it('A snapshot whose checkpoint the witness has not signed is refused, and so is one whose past is not here', async () => {
  const { ledger, view } = await eventful();
  const { repository } = ledger;
  const snapshot = snapshotBytes(view.checkpoints[6]?.state ?? view.state);
  const cosign = `refs/gdo/cosign/${signerOf(ledger, 'ada').device}`;
  const vote = git(ledger.path, 'rev-parse', cosign).trim();
  git(ledger.path, 'update-ref', cosign, `${vote}~1`);
  expect(reasonOf(await startAt(repository, 6, snapshot))).toBe('GDO1060 no vote of its witnesses makes checkpoint 6 final');
  git(ledger.path, 'update-ref', '-d', cosign);
  expect(reasonOf(await startAt(repository, 6, snapshot))).toMatch(/^GDO1060/);
  git(ledger.path, 'update-ref', cosign, vote);
  const log = `refs/gdo/log/${signerOf(ledger, 'ben').device}`;
  const tip = git(ledger.path, 'rev-parse', log).trim();
  git(ledger.path, 'update-ref', '-d', log);
  git(ledger.path, 'update-ref', '-d', `refs/gdo/log/${testSigner('phone').device}`);
  git(ledger.path, 'update-ref', '-d', `refs/gdo/log/${signerOf(ledger, 'cyd').device}`);
  expect(reasonOf(await startAt(repository, 6, snapshot))).toMatch(/^GDO1022 the batch [0-9a-f]{16}, which the state names, is not in this copy/);
  git(ledger.path, 'update-ref', log, tip);
  const receipts = `refs/gdo/receipt/${signerOf(ledger, 'ada').device}`;
  git(ledger.path, 'update-ref', receipts, `${git(ledger.path, 'rev-parse', receipts).trim()}~2`);
  expect(reasonOf(await startAt(repository, 6, snapshot))).toMatch(/^GDO1022/);
  repository.close();
});
