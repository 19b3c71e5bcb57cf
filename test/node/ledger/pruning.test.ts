// Dropping what old records say: by the bylaws only, with everything kept that shows that they were said; and bringing it back.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { objectsHere } from '../../../node/git/dropped.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { batchFiles } from '../../../node/ledger/batch-files.ts';
import { buildPruned, readPruned } from '../../../node/ledger/pruned.ts';
import { planPrune, prune } from '../../../node/ledger/prune.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { makeBench, type Outcome } from '../cli/virtual-world.ts';
import { changeBylaws } from './change-bylaws.ts';
import { playLong, stepMs, type LongLedger } from './long-ledger.ts';
import { goingOn } from './same-view.ts';
import { foundSmall, git, removeFolder, startMs, temporaryFolder, testSigner } from './small-ledger.ts';

const folder = temporaryFolder();
let whole: LongLedger;
let pruned: string;
let count = 0;
const { runWith } = makeBench();

beforeAll(async () => {
  whole = await playLong(join(folder, 'whole'), 261);
  pruned = copyOf(whole.path);
  await gdo(pruned, 'prune', '--yes');
});
afterAll(() => {
  whole.repository.close();
  removeFolder(folder);
});

function copyOf(path: string): string {
  count += 1;
  const to = join(folder, String(count));
  cpSync(path, to, { recursive: true });
  return to;
}

function gdo(path: string, ...words: readonly string[]): Promise<Outcome> {
  return runWith({ cwd: path, clockMs: () => startMs + 262 * stepMs }, ...words);
}

async function opened<Value>(path: string, act: (repository: Repository) => Promise<Value>): Promise<Value> {
  const repository = openRepository(path);
  try {
    return await act(repository);
  } finally {
    repository.close();
  }
}

describe('what may be dropped', () => {
  it('is nothing where the bylaws keep records for ever, or no snapshot is old enough (S106, GDO1040)', async () => {
    const forever = await foundSmall(join(folder, 'forever'), {
      people: ['ada'],
      charter: changeBylaws(),
      roles: [['member', ['ada']]],
      files: [['a.md', 'A\n']],
    });
    expect(await planPrune(forever.view)).toMatchObject({ kind: 'refused', code: 'GDO1040', reason: expect.stringContaining('for ever') });
    forever.repository.close();
    const { view } = whole;
    const early = { ...view, tip: { ...view.tip, timeMs: startMs + 257 * stepMs } };
    expect(await planPrune(early)).toMatchObject({ kind: 'refused', code: 'GDO1040', reason: expect.stringContaining('as old as the bylaws want') });
    expect(await planPrune(early, 256)).toMatchObject({ kind: 'refused', code: 'GDO1040', reason: expect.stringContaining('younger') });
    expect(await planPrune(view, 255)).toMatchObject({ kind: 'refused', code: 'GDO5003' });
  });

  it('is said before it is done, and done only when it is meant', async () => {
    const path = copyOf(whole.path);
    const before = await opened(path, ({ gitDirectory }) => objectsHere(gitDirectory));
    const dry = await gdo(path, 'prune', '--dry-run');
    expect(dry).toMatchObject({
      exit: 0,
      stderr: '',
      stdout: expect.stringMatching(/^ {2}Would drop 55 files of 28 batches from before checkpoint 256 \(24 Jan 2027\): \d+ bytes on disk\.\n/),
    });
    expect(dry.stdout).toContain('2 change sets of cases');
    expect(await gdo(path, 'prune', '--dry-run', '--before', '256')).toEqual(dry);
    expect(await gdo(path, 'prune', '--dry-run', '--before', '255')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
    expect(await gdo(path, 'prune')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5004') });
    expect(await opened(path, ({ gitDirectory }) => objectsHere(gitDirectory))).toEqual(before);
  });
});

describe('a copy that has dropped events', () => {
  it('keeps commits, roots and ids, the change sets of cases, main, and everything after the snapshot; git calls it whole (T37)', async () => {
    const { view } = whole;
    await opened(pruned, async (repository) => {
      const here = await objectsHere(repository.gitDirectory);
      const all = await objectsHere(whole.repository.gitDirectory);
      const commits = view.checkpoints.flatMap(({ height, included }) => included.map((id) => ({ height, commit: view.batches.get(id)?.commit ?? '' })));
      const files = await batchFiles(
        repository,
        commits.map(({ commit }) => commit),
      );
      for (const [index, { height }] of commits.entries()) expect(here.has(files[index]?.events ?? '')).toBe(height > 256);
      expect([...all].filter((id) => !here.has(id))).toHaveLength(55);
      const record = await readPruned(repository);
      if (record?.kind !== 'ok') throw new Error('nothing is said to be dropped');
      const ids = view.checkpoints.filter(({ height }) => height <= 256).flatMap(({ included }) => included);
      expect(new Map(ids.map((id) => [id, view.batches.get(id)?.batch.events.map((event) => event.id)]))).toEqual(new Map(record.record.events));
    });
    expect(git(pruned, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
    const other = copyOf(pruned);
    for (const words of [
      ['repack', '-adq'],
      ['gc', '-q', '--prune=now'],
    ])
      git(other, ...words);
    expect(git(other, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
    expect((await gdo(other, 'status')).stdout).toBe((await gdo(whole.path, 'status')).stdout);
  });

  it('goes on as the whole one does: same ledger, same next checkpoint with the change that was proposed before (I03)', async () => {
    await opened(copyOf(pruned), async (repository) => {
      const view = await openLedger(repository);
      expect(goingOn(view)).toEqual(goingOn(await openLedger(whole.repository)));
      const { id, head } = { id: whole.openCase, head: whole.view.verdicts.get(whole.openCase)?.event.body['head'] };
      const approval = { events: [{ kind: 'act' as const, case: id, body: { stage: 1, verb: 'approve' } }], clockMs: startMs + 262 * stepMs };
      const said = await appendEvents(view, testSigner('cyd'), approval);
      const closed = await closeEpoch({ view: said.view, signer: testSigner('ada'), votes: voteStore(votesPath(repository)), clockMs: startMs + 262 * stepMs });
      expect(closed.merges.map(({ merge }) => [merge.case, merge.head])).toEqual([[id, head]]);
      expect(git(repository.gitDirectory, 'show', 'main:rules/one.md')).toBe('Three\n');
    });
  });

  it('says what it does not hold instead of answering from less (GDO4014)', async () => {
    const log = await gdo(pruned, 'log');
    expect(log).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/^⚠ GDO4014 This copy does not hold what was recorded before checkpoint 256 \(24 Jan 2027\)/),
    });
    expect(log.stdout.split('\n').filter((line) => line.includes('fact'))).toHaveLength(3);
    expect(await gdo(pruned, 'verify', '1')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4014') });
    expect(await gdo(pruned, 'verify', 'main')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4014') });
    expect((await gdo(pruned, 'verify', '--all')).exit).toBe(3);
    expect(await gdo(pruned, 'prove', 'rules/one.md', '--at', '2026-12-01')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4014') });
    expect((await gdo(pruned, 'prove', 'rules/one.md', '--out', 'now.json')).exit).toBe(0);
    expect(await gdo(pruned, 'status', '1')).toMatchObject({ exit: 0, stderr: expect.stringContaining('GDO4014') });
    expect(await gdo(pruned, 'bundle', '--out', join(folder, 'stick'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO4014') });
  });

  it('is audited as far as it goes: exit 3, and 0 for whoever takes the word of the witnesses', async () => {
    const audit = await gdo(pruned, 'audit');
    expect(audit).toMatchObject({
      exit: 3,
      stdout: expect.stringMatching(/from checkpoint 256 on every signature[^]*GDO4014 This copy does not hold what was said before checkpoint 256/),
    });
    expect((await gdo(pruned, 'audit', '--since', '256')).exit).toBe(0);
    expect(await gdo(pruned, 'audit', '--since', '255')).toMatchObject({ exit: 1, stdout: expect.stringContaining('GDO1010') });
  });

  it('cannot lie about it: other ids of events, a list with a stranger, a file more that is gone', async () => {
    const auditAfter = (change: (repository: Repository) => Promise<void>): Promise<unknown> =>
      opened(copyOf(pruned), async (repository) => {
        await change(repository);
        const audit = await auditLedger(repository);
        return audit.kind === 'bad' ? audit.fault.code : 'sound';
      });
    const rewritten = (edit: (events: Map<string, readonly string[]>) => void) => async (repository: Repository) => {
      const read = await readPruned(repository);
      if (read?.kind !== 'ok') throw new Error('nothing is said to be dropped');
      const events = new Map(read.record.events);
      edit(events);
      const built = buildPruned(read.record, events, startMs + 256 * stepMs);
      await repository.writeObjects(built.objects);
      await repository.updateRefs([{ ref: 'refs/gdo/pruned', old: read.record.commit, next: built.commit }]);
    };
    expect(await auditAfter(rewritten((events) => events.set([...events.keys()][0] ?? '', ['1'.repeat(64)])))).toBe('GDO1020');
    expect(await auditAfter(rewritten((events) => events.set('2'.repeat(64), ['1'.repeat(64)])))).toBe('GDO1020');
    expect(await auditAfter(rewritten((events) => events.delete([...events.keys()][0] ?? '')))).toBe('GDO1010');
  });

  it('tells a newcomer that it cannot give what it does not hold, and serves whoever is not behind (GDO4014)', async () => {
    const fresh = await initRepository(join(folder, 'fresh'), 'bare');
    await expect(fetchLedger({ repository: fresh, remote: { address: pruned }, from: 'origin' })).rejects.toMatchObject({
      code: 'GDO4014',
      message: expect.stringMatching(/does not hold what was recorded before checkpoint 256, and there is no ledger here yet/),
    });
    fresh.close();
    const server = copyOf(pruned);
    await opened(server, async (repository) => {
      const view = await openLedger(repository);
      await closeEpoch({ view, signer: testSigner('ada'), votes: voteStore(votesPath(repository)), clockMs: startMs + 262 * stepMs });
    });
    await opened(copyOf(whole.path), async (repository) => {
      const fetched = await fetchLedger({ repository, remote: { address: server }, from: 'origin', previous: await openLedger(repository) });
      expect(fetched.view.tip.height).toBe(262);
    });
  });
});

describe('bringing back', () => {
  it('makes the copy whole again, from one that holds it', async () => {
    const path = copyOf(pruned);
    expect(await gdo(path, 'prune', '--undo', whole.path)).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^✓ 55 files came back/) });
    expect((await gdo(path, 'audit')).exit).toBe(0);
    expect(git(path, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
    expect(git(path, 'config', '--list')).not.toContain('gdo-pruned.promisor');
    expect(readdirSync(join(path, 'objects', 'pack')).filter((name) => name.endsWith('.promisor'))).toEqual([]);
    expect(await gdo(path, 'prune', '--undo', whole.path)).toMatchObject({ exit: 0, stdout: 'Nothing is dropped here.\n' });
  });

  it('from a copy that has dropped it too changes nothing', async () => {
    const path = copyOf(pruned);
    expect((await gdo(path, 'prune', '--undo', pruned)).exit).toBe(3);
    expect((await gdo(path, 'status')).exit).toBe(0);
    expect(git(path, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
  });
});

it('A kill between saying and dropping leaves everything, and the next call does the rest', async () => {
  const path = copyOf(whole.path);
  await opened(path, async (repository) => {
    const view = await openLedger(repository);
    const planned = await planPrune(view);
    if (planned.kind !== 'plan') throw new Error(planned.reason);
    await prune(view, { ...planned.plan, drop: new Set() });
  });
  expect(git(path, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
  expect((await gdo(path, 'prune', '--yes')).stdout).toMatch(/^✓ Dropped 55 files of 28 batches/);
  expect(await gdo(path, 'prune', '--yes')).toMatchObject({ exit: 0, stdout: 'Nothing before checkpoint 256 (24 Jan 2027) is left to drop.\n' });
  expect(git(path, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
});
