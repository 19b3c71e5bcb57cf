// The snapshot that every 256th checkpoint carries, and a node, its commands and its hook that begin at it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** A repository that tells which objects were asked of it. */
function watched(repository: Repository): { readonly repository: Repository; readonly read: Set<string> } {
  const read = new Set<string>();
  const readObject: Repository['readObject'] = (id) => {
    read.add(id);
    return repository.readObject(id);
  };
  const readMany: Repository['readMany'] = (ids) => {
    for (const id of ids) read.add(id);
    return repository.readMany(ids);
  };
  return { repository: { ...repository, readObject, readMany }, read };
}

it('A node that starts again reads two objects of all that lies before the snapshot, and knows the same (I03)', async () => {
  const { path, repository } = copied();
  const whole = await openLedger(repository);
  const past = new Set([
    ...whole.checkpoints.slice(1, 256).map(({ commit }) => commit),
    ...whole.checkpoints.slice(0, 257).flatMap(({ included }) => included.map((id) => whole.batches.get(id)?.commit ?? '')),
    ...whole.merges.map(({ commit }) => commit),
    ...git(path, 'rev-list', '--skip=8', `refs/gdo/receipt/${testSigner('ada').device}`)
      .trim()
      .split('\n'),
  ]);
  const startAgain = async (): Promise<readonly string[]> => {
    const { repository: seen, read } = watched(repository);
    expect(goingOn(await openLedger(seen, undefined, 'snapshot'))).toEqual(goingOn(whole));
    return [...read].filter((id) => past.has(id));
  };
  expect((await startAgain()).length).toBe(past.size);
  // Where the chain begins and main, however long the ledger is.
  expect((await startAgain()).toSorted()).toEqual([whole.checkpoints[1]?.commit ?? '', whole.mainCommit].toSorted());
  const note = join(path, 'gdo', 'kept-past');
  const written = readFileSync(note, 'utf8');
  // A note that is torn, changed or of another version is worth nothing, and is written anew.
  for (const broken of [written.slice(0, -1), written.replace('\nbatch ', '\nmatch '), written.replace('v1', 'v2')]) {
    writeFileSync(note, broken);
    expect((await startAgain()).length).toBe(past.size);
    expect(readFileSync(note, 'utf8')).toBe(written);
  }
  repository.close();
});

it('A note whose sum is right and whose statements are not those of their commits is found out, and everything is replayed (GDO1070)', async () => {
  const { path, repository } = copied();
  const whole = await openLedger(repository);
  await openLedger(repository, undefined, 'snapshot');
  const note = join(path, 'gdo', 'kept-past');
  const [, ...lines] = readFileSync(note, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.startsWith(`statement ${whole.checkpoints[100]?.commit ?? ''} `));
  const changed = lines.map((line, index) => (index === at ? line.replace(/"events":[0-9]+/, '"events":7777') : line)).join('\n');
  expect(changed).not.toBe(lines.join('\n'));
  writeFileSync(note, `gdo-kept-past-v1 ${createHash('sha256').update(changed).digest('hex')}\n${changed}`);
  const opened = await openLedger(repository, undefined, 'snapshot');
  expect(opened.unusedSnapshot).toMatchObject({ code: 'GDO1070' });
  expect(goingOn(opened)).toEqual(goingOn(whole));
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
