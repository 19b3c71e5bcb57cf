// A steward whose machine was restored from a backup (F0): what it may sign, and what every other copy makes of a second checkpoint at one height.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { resumable, resumeVotes } from '../../../node/gate/resume-witness.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from '../ledger/small-ledger.ts';

const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
const folder = temporaryFolder();
const opened: Repository[] = [];
let founded: SmallLedger;
/** What lay on the steward's machine after its first checkpoint, its record of votes included; and a mirror that has the second one. */
const [backup, live] = [join(folder, 'backup.git'), join(folder, 'live.git')];

beforeAll(async () => {
  founded = await foundSmall(live, { people: ['ada', 'ben', 'cyd'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
  opened.push(founded.repository);
  await say(founded.repository, 'ben', 1);
  await close(founded.repository, 10);
  cpSync(live, backup, { recursive: true });
  await say(founded.repository, 'cyd', 20);
  await close(founded.repository, 30);
});
afterAll(() => {
  for (const repository of opened) repository.close();
  removeFolder(folder);
});

function copyOf(path: string, name: string): Repository {
  cpSync(path, join(folder, name), { recursive: true });
  const repository = openRepository(join(folder, name));
  opened.push(repository);
  return repository;
}

async function say(repository: Repository, name: string, atMs: number): Promise<void> {
  await appendEvents(await openLedger(repository), signerOf(founded, name), { events: [fact], clockMs: startMs + atMs });
}

async function close(repository: Repository, atMs: number): Promise<{ readonly height: number; readonly id: string }> {
  const votes = voteStore(votesPath(repository));
  const { view } = await closeEpoch({ view: await openLedger(repository), signer: signerOf(founded, 'ada'), votes, clockMs: startMs + atMs });
  return view.tip;
}

const refsOf = (repository: Repository): string => git(repository.gitDirectory, 'for-each-ref', '--format=%(refname) %(objectname)');
const fetch = (to: Repository, from: Repository): Promise<unknown> => fetchLedger({ repository: to, remote: { address: from.gitDirectory }, from: 'peer' });

it('T15: a restored steward that hears nobody can sign a height twice, and every copy that has the first takes nothing of it (GDO1071)', async () => {
  const [steward, mirror] = [copyOf(backup, 'deaf.git'), copyOf(live, 'mirror.git')];
  const { tip } = await openLedger(mirror);
  await say(steward, 'ben', 40);
  const second = await close(steward, 50);
  expect({ height: second.height, isOther: second.id !== tip.id }).toEqual({ height: tip.height, isOther: true });
  for (const [to, from] of [
    [mirror, steward],
    [steward, mirror],
  ] as const) {
    const before = refsOf(to);
    await expect(fetch(to, from)).rejects.toMatchObject({ code: 'GDO1071' });
    expect(refsOf(to)).toBe(before);
  }
  // Who has neither believes whom it hears first, and then refuses the other one too.
  const newcomer = copyOf(backup, 'newcomer.git');
  await fetch(newcomer, steward);
  expect((await openLedger(newcomer)).tip.id).toBe(second.id);
  await expect(fetch(newcomer, mirror)).rejects.toMatchObject({ code: 'GDO1071' });
});

it('T15: a restored steward that fetched from a mirror signs nothing more, because its record of votes is older than the ledger (GDO4013)', async () => {
  const [steward, mirror] = [copyOf(backup, 'careful.git'), copyOf(live, 'mirror-2.git')];
  await fetch(steward, mirror);
  expect((await openLedger(steward)).tip.id).toBe((await openLedger(mirror)).tip.id);
  await say(steward, 'ben', 60);
  const before = refsOf(steward);
  await expect(close(steward, 70)).rejects.toMatchObject({ code: 'GDO4013' });
  expect(refsOf(steward)).toBe(before);
});

it('T15: once it was fetched everywhere and the operator confirms, it takes its own votes over and signs the next height, never an old one', async () => {
  const [steward, mirror] = [copyOf(backup, 'resumed.git'), copyOf(live, 'mirror-3.git')];
  const votes = voteStore(votesPath(steward));
  const { device } = signerOf(founded, 'ada');
  // What the backup holds fits its own copy: there is nothing to take over before the fetch.
  expect(resumable(await openLedger(steward), device, votes)).toEqual({ kind: 'level', height: 1 });
  await fetch(steward, mirror);
  const view = await openLedger(steward);
  const found = resumable(view, device, votes);
  if (found.kind !== 'adopted') throw new Error('there is nothing to take over');
  expect(found).toMatchObject({ height: view.tip.height, before: view.tip.height - 1 });
  resumeVotes(view, found, votes);
  expect(resumable(view, device, votes)).toEqual({ kind: 'level', height: view.tip.height });
  await say(steward, 'ben', 60);
  expect((await close(steward, 70)).height).toBe(view.tip.height + 1);
  await fetch(mirror, steward);
  expect((await openLedger(mirror)).tip.id).toBe((await openLedger(steward)).tip.id);
  // A copy that is older than the record is fetched first.
  const old = copyOf(backup, 'older.git');
  const newest = votes.newest(view.org);
  if (newest === undefined) throw new Error('there is a vote');
  voteStore(votesPath(old)).append(newest);
  expect(resumable(await openLedger(old), device, voteStore(votesPath(old)))).toMatchObject({ kind: 'beyond', height: newest.height });
});
