// Fetching from another copy of a ledger: what it sends is judged in a quarantine like a push, and what is refused leaves no trace.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { appendEvents, logRef } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import type { VoteStore } from '../../../node/ledger/votes.ts';
import { fetchLedger, type Fetched, type FetchedFrom } from '../../../node/sync/fetch-ledger.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, testSigner, type SmallLedger } from '../ledger/small-ledger.ts';

const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
const folder = temporaryFolder();
const opened: Repository[] = [];
let founded: SmallLedger;
let count = 0;

beforeAll(async () => {
  founded = await foundSmall(join(folder, 'founded.git'), {
    people: ['ada', 'ben', 'cyd'],
    charter: bareCharter({ areas: [{ name: 'rules', covers: ['rules/**'], except: [] }] }),
    roles: [],
    files: [['rules/one.md', 'One\n']],
  });
  founded.repository.close();
});
afterAll(() => {
  for (const repository of opened) repository.close();
  removeFolder(folder);
});

/** A copy of the founded ledger: a machine of its own. */
function machine(): Repository {
  count += 1;
  const path = join(folder, `${count}.git`);
  cpSync(founded.path, path, { recursive: true });
  const repository = openRepository(path);
  opened.push(repository);
  return repository;
}

const fetch = (to: Repository, other: Repository, from: FetchedFrom = 'peer'): Promise<Fetched> =>
  fetchLedger({ repository: to, remote: { address: other.gitDirectory }, from });

/** Every ref and every file among the objects. */
function traceOf(repository: Repository): string {
  const refs = git(repository.gitDirectory, 'for-each-ref', '--format=%(refname) %(objectname)');
  return refs + readdirSync(join(repository.gitDirectory, 'objects'), { recursive: true, encoding: 'utf8' }).toSorted().join('\n');
}

const say = async (repository: Repository, name: string, atMs = 1): Promise<string> =>
  (await appendEvents(await openLedger(repository), signerOf(founded, name), { events: [fact], clockMs: startMs + atMs })).stored.commit;

/** A steward who remembers no vote: on two machines it votes twice. */
const forgetful: VoteStore = { newest: () => undefined, append: () => undefined };

const close = async (repository: Repository, atMs: number): Promise<string> => {
  const closed = await closeEpoch({ view: await openLedger(repository), signer: signerOf(founded, 'ada'), votes: forgetful, clockMs: startMs + atMs });
  return closed.checkpoint.id;
};

/** A commit that git would take and a push could not bring. */
function commitOf(repository: Repository, name: string, content: Uint8Array): string {
  const at = { cwd: repository.gitDirectory, encoding: 'utf8' } as const;
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { ...at, input: content }).trim();
  const tree = execFileSync('git', ['mktree'], { ...at, input: `100644 blob ${blob}\t${name}\n` }).trim();
  return git(repository.gitDirectory, '-c', 'user.name=B', '-c', 'user.email=b@x', 'commit-tree', '-m', 'x', tree).trim();
}

it('T16: records, checkpoints and votes of another node are taken in, and give the same state', async () => {
  const [one, two] = [machine(), machine()];
  await say(one, 'ben');
  const id = await close(one, 10);
  await say(one, 'cyd', 20);
  const fetched = await fetch(two, one);
  expect(fetched.view.tip.id).toBe(id);
  expect(fetched.view.pending).toHaveLength(1);
  expect(fetched.refused).toEqual([]);
  expect((await openLedger(two)).tip.statement.state).toBe((await openLedger(one)).tip.statement.state);
  expect(git(two.gitDirectory, 'fsck', '--strict')).not.toMatch(/missing|error/);
  expect(await fetch(two, one)).toMatchObject({ moved: [], objectsCount: 0 });
});

it('T28: what is over the budgets of a push does not arrive, and what stands beside it does', async () => {
  const [one, two] = [machine(), machine()];
  const large = commitOf(one, 'large', new Uint8Array(17 * 1024 * 1024));
  const bomb = commitOf(one, 'bomb', new Uint8Array(3 * 1024 * 1024));
  const { device } = signerOf(founded, 'ben');
  git(one.gitDirectory, 'update-ref', `refs/gdo/proposal/${device}/large`, large);
  git(one.gitDirectory, 'update-ref', `refs/gdo/proposal/${device}/bomb`, bomb);
  await say(one, 'ben');
  const fetched = await fetch(two, one);
  expect(fetched.moved).toEqual([logRef(device)]);
  expect(fetched.refused).toEqual([
    { ref: `refs/gdo/proposal/${device}/bomb`, code: 'GDO4011', reason: expect.stringContaining('200 times smaller') },
    { ref: `refs/gdo/proposal/${device}/large`, code: 'GDO4011', reason: expect.any(String) },
  ]);
  for (const commit of [large, bomb]) expect(await two.readObject(commit)).toBeUndefined();
  expect(readdirSync(join(two.gitDirectory, 'objects')).filter((name) => name.startsWith('tmp_'))).toEqual([]);
});

it('T30: a proposal that breaks the tree policy, one of a stranger, and a log that is none are left out', async () => {
  const [one, two] = [machine(), machine()];
  const { device } = signerOf(founded, 'ben');
  const mallory = testSigner('mallory').device;
  git(one.gitDirectory, 'update-ref', `refs/gdo/proposal/${device}/aux`, commitOf(one, 'aux', Buffer.from('x')));
  git(one.gitDirectory, 'update-ref', `refs/gdo/proposal/${mallory}/a`, founded.view.mainCommit);
  git(one.gitDirectory, 'update-ref', logRef(mallory), commitOf(one, 'a', Buffer.from('x')));
  await say(one, 'cyd');
  const fetched = await fetch(two, one);
  expect(fetched.refused.map(({ ref, code }) => [ref, code])).toEqual(
    expect.arrayContaining([
      [logRef(mallory), 'GDO1010'],
      [`refs/gdo/proposal/${device}/aux`, 'GDO2014'],
      [`refs/gdo/proposal/${mallory}/a`, 'GDO1015'],
    ]),
  );
  expect(fetched.moved).toEqual([logRef(signerOf(founded, 'cyd').device)]);
});

it('T16: a checkpoint without a vote, and one whose votes contradict ours, take nothing in', async () => {
  const [one, two] = [machine(), machine()];
  await say(one, 'ben');
  await close(one, 10);
  git(one.gitDirectory, 'update-ref', '-d', `refs/gdo/cosign/${signerOf(founded, 'ada').device}`);
  const before = traceOf(two);
  await expect(fetch(two, one)).rejects.toMatchObject({ code: 'GDO1070' });
  expect(traceOf(two)).toBe(before);
  // Whoever can write a ref can name another line; without votes it proves nothing about the witness.
  await close(two, 11);
  git(one.gitDirectory, 'update-ref', 'refs/gdo/checkpoint', founded.view.mainCommit);
  await expect(fetch(two, one)).rejects.toMatchObject({ code: 'GDO1070' });
  const [three, four] = [machine(), machine()];
  await say(three, 'ben', 2);
  await close(three, 30);
  await close(four, 31);
  const held = traceOf(four);
  await expect(fetch(four, three)).rejects.toMatchObject({ code: 'GDO1071' });
  expect(traceOf(four)).toBe(held);
});

it('T14: of two branches of one key ours stays, until a final checkpoint names the other one', async () => {
  const [one, two] = [machine(), machine()];
  const ben = logRef(signerOf(founded, 'ben').device);
  const theirs = await say(one, 'ben', 1);
  const ours = await say(two, 'ben', 2);
  expect(await fetch(two, one)).toMatchObject({ moved: [], replaced: [] });
  expect(await two.resolve(ben)).toBe(ours);
  await close(one, 40);
  expect(await fetch(two, one)).toMatchObject({ replaced: [{ ref: ben, commit: ours }] });
  expect(await two.resolve(ben)).toBe(theirs);
  expect((await openLedger(two)).tip.id).toBe((await openLedger(one)).tip.id);
});

it('GDO5020: a ledger that the caller does not want leaves nothing behind', async () => {
  const [one, two] = [machine(), machine()];
  await say(one, 'ben');
  const before = traceOf(two);
  const accepts = (): void => {
    throw new Error('not this one');
  };
  await expect(fetchLedger({ repository: two, remote: { address: one.gitDirectory }, from: 'peer', accepts })).rejects.toThrow('not this one');
  expect(traceOf(two)).toBe(before);
});
