// The snapshot that every 256th checkpoint carries, and a node, its commands and its hook that begin at it.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entryCount } from '../../../engine/index.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { differingDecision, writeDecisions } from '../../../node/gate/decision-log.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { makeBench } from '../cli/virtual-world.ts';
import { playLong, stepMs, type LongLedger } from './long-ledger.ts';
import { goingOn } from './same-view.ts';
import { git, removeFolder, startMs, temporaryFolder, testSigner } from './small-ledger.ts';

const folder = temporaryFolder();
let ledger: LongLedger;
let count = 0;
beforeAll(async () => {
  ledger = await playLong(join(folder, 'ledger'), 259);
});
afterAll(() => {
  ledger.repository.close();
  removeFolder(folder);
});

function copied(): { readonly path: string; readonly repository: Repository } {
  count += 1;
  const path = join(folder, String(count));
  cpSync(ledger.path, path, { recursive: true });
  return { path, repository: openRepository(path) };
}

it('Checkpoint 256 holds the state as one line per entry, ascending', () => {
  const { view } = ledger;
  const commit = view.checkpoints[256]?.commit ?? '';
  expect(git(ledger.path, 'ls-tree', '--name-only', commit).trim().split('\n')).toEqual(['checkpoint.json', 'state.ndjson']);
  const lines = git(ledger.path, 'show', `${commit}:state.ndjson`).trim().split('\n');
  const keys = lines.map((line) => String(JSON.parse(line)[0]));
  expect(keys).toHaveLength(entryCount(view.checkpoints[256]?.state ?? view.state));
  expect(keys).toEqual(keys.toSorted((left, right) => (left < right ? -1 : 1)));
  expect(git(ledger.path, 'ls-tree', '--name-only', view.tip.commit).trim()).toBe('checkpoint.json');
});

it('A node that begins there knows what a replay from the founding knows, and closes the same next checkpoint (I03)', async () => {
  const { repository } = copied();
  const [whole, short] = [await openLedger(repository), await openLedger(repository, undefined, 'snapshot')];
  expect(whole.tip.id).toBe(ledger.view.tip.id);
  expect(short.checkpoints.map(({ height }) => height)).toEqual([256, 257, 258, 259]);
  expect(goingOn(short)).toEqual(goingOn(whole));
  expect(short.changes.size).toBe(1);
  expect((await openLedger(repository, short)).tip.id).toBe(whole.tip.id);
  const close = { signer: testSigner('ada'), votes: voteStore(votesPath(repository)), clockMs: startMs + 260 * stepMs };
  const closed = await closeEpoch({ ...close, view: short });
  expect((await openLedger(repository, whole)).tip.id).toBe(closed.view.tip.id);
  expect(differingDecision(await openLedger(repository))).toBeUndefined();
  expect(differingDecision(closed.view)).toBeUndefined();
  repository.close();
});

it('The copy of decisions goes on where it was, and is not begun in the middle', async () => {
  const { repository } = copied();
  const short = await openLedger(repository, undefined, 'snapshot');
  writeDecisions(short);
  expect(differingDecision(short)).toBeUndefined();
  const whole = await openLedger(repository);
  writeDecisions(whole);
  expect(differingDecision(whole)).toBeUndefined();
  repository.close();
});

/** Takes one object out of a repository, as a broken disk would. */
function lose(path: string, object: string): void {
  const packs = join(path, 'objects', 'pack');
  const old = readdirSync(packs);
  const ids = git(path, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n');
  const rest = ids.filter((id) => id !== object).join('\n');
  execFileSync('git', ['pack-objects', '-q', 'objects/pack/pack'], { cwd: path, input: rest, stdio: 'pipe' });
  for (const name of old) rmSync(join(packs, name), { force: true });
  rmSync(join(path, 'objects', object.slice(0, 2), object.slice(2)), { force: true });
}

it('A snapshot that is gone is said, and the whole ledger is replayed instead (GDO1010)', async () => {
  const { path, repository } = copied();
  repository.close();
  const { runWith } = makeBench();
  const before = await runWith({ cwd: path }, 'status');
  expect(before).toMatchObject({ exit: 0, stderr: '' });
  lose(path, git(path, 'rev-parse', `${ledger.view.checkpoints[256]?.commit ?? ''}:state.ndjson`).trim());
  const after = await runWith({ cwd: path }, 'status');
  expect(after).toEqual({
    ...before,
    stderr: '⚠ GDO1010 The snapshot at checkpoint 256 was not used: its checkpoint has no state.ndjson. Everything was replayed from the founding.\n',
  });
});

it('The audit never begins at a snapshot: what is wrong before it is found', async () => {
  const { path, repository } = copied();
  repository.close();
  lose(path, git(path, 'rev-parse', `refs/gdo/log/${testSigner('ben').device}~20:batch.ndjson`).trim());
  const opened = openRepository(path);
  expect((await openLedger(opened, undefined, 'snapshot')).tip.id).toBe(ledger.view.tip.id);
  expect(await auditLedger(opened)).toMatchObject({ kind: 'bad', fault: { code: 'GDO1010', what: 'the object is missing' } });
  opened.close();
});
