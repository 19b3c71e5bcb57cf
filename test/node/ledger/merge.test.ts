// From a proposed branch to a merge commit on main, and the ways in which a change does not get there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { caseView, digest, type Charter } from '../../../engine/index.ts';
import { decisionsPath, differingDecision, writeDecisions } from '../../../node/gate/decision-log.ts';
import { changeSetBetween } from '../../../node/gate/change-set.ts';
import { closeEpochs, type Endorse, type StewardRound } from '../../../node/gate/steward.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { verifyCase, verifyRef } from '../../../node/ledger/verify.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { changeBylaws } from './change-bylaws.ts';
import { charterBytes, commitFiles, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
const files = [
  ['README.md', 'Hello\n'],
  ['bylaws/README.gdo.md', 'The rules\n'],
  ['rules/one.md', 'One\n'],
] as const;
const people = ['ada', 'ben', 'cyd'];

function found(charter: Charter = changeBylaws()): Promise<SmallLedger> {
  count += 1;
  return foundSmall(join(folder, String(count)), { people, charter, roles: [['member', people]], files });
}

function replaced(path: string, text: string): readonly (readonly [string, string])[] {
  return [...files.filter(([name]) => name !== path), [path, text]];
}

/** Proposes the files as a change. @returns the view and the case id */
async function propose(
  ledger: SmallLedger,
  view: LedgerView,
  input: {
    readonly by: string;
    readonly process: string;
    readonly files: readonly (readonly [string, string])[];
    readonly at: number;
    readonly adopts?: Charter;
  },
): Promise<{ readonly view: LedgerView; readonly id: string; readonly head: string }> {
  const head = await commitFiles(ledger.repository, input.files, view.mainCommit);
  const change = await changeSetBetween(ledger.repository, view.mainCommit, head);
  if (change.kind !== 'ok') throw new Error(change.kind);
  const charter = input.adopts === undefined ? undefined : charterBytes(input.adopts);
  const body = { process: input.process, bylaws: view.bylawsHash, title: 'Say it better', change: change.change.id, head };
  const appended = await appendEvents(view, signerOf(ledger, input.by), {
    events: [{ kind: 'propose', body: charter === undefined ? body : { ...body, adopts: digest('gdo-bylaws-v1', charter) } }],
    attachments: charter === undefined ? [change.bytes] : [change.bytes, charter],
    clockMs: startMs + input.at,
  });
  return { view: appended.view, id: appended.stored.batch.events[0]?.id ?? '', head };
}

async function approve(ledger: SmallLedger, view: LedgerView, input: { readonly by: string; readonly of: string; readonly at: number }): Promise<LedgerView> {
  const stage = caseView(view.state, input.of)?.entry ?? 0;
  const appended = await appendEvents(view, signerOf(ledger, input.by), {
    events: [{ kind: 'act', case: input.of, body: { stage, verb: 'approve' } }],
    clockMs: startMs + input.at,
  });
  return appended.view;
}

function close(ledger: SmallLedger, view: LedgerView, at: number, checkBylaws?: Endorse): Promise<StewardRound> {
  return closeEpochs({
    view,
    signer: signerOf(ledger, 'ada'),
    votes: ledger.votes,
    clockMs: startMs + at,
    ...(checkBylaws === undefined ? {} : { checkBylaws }),
  });
}

it('A change that another member approves is merged, and main moves to a commit that every replay computes', async () => {
  const ledger = await found();
  const proposed = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: replaced('rules/one.md', 'Two\n'), at: 1000 });
  let { view } = await close(ledger, proposed.view, 2000);
  expect(caseView(view.state, proposed.id)).toMatchObject({ status: 'open', stage: 'review', number: 1 });
  view = await approve(ledger, view, { by: 'cyd', of: proposed.id, at: 3000 });
  const round = await close(ledger, view, 4000);
  expect(caseView(round.view.state, 1)).toMatchObject({ status: 'merged' });
  expect(git(ledger.path, 'rev-parse', 'main').trim()).toBe(round.view.mainCommit);
  expect(git(ledger.path, 'show', 'main:rules/one.md')).toBe('Two\n');
  expect(git(ledger.path, 'log', '-1', '--format=%an %ae %ad%n%P%n%s', '--date=raw', 'main').trim()).toBe(
    `gdo gdo@invalid ${Math.floor((startMs + 4000) / 1000)} +0000\n${ledger.view.mainCommit} ${proposed.head}\ngdo merge ${proposed.id.slice(0, 16)}: Say it better`,
  );
  expect(git(ledger.path, 'fsck', '--strict', '--no-dangling')).toBe('');
  const fresh = await openLedger(ledger.repository);
  expect([fresh.tip.id, fresh.mainCommit, fresh.merges.length]).toEqual([round.view.tip.id, round.view.mainCommit, 1]);
  expect(await auditLedger(ledger.repository)).toMatchObject({ kind: 'ok', counts: { merges: 1, batches: 2 } });
  writeDecisions(fresh);
  const log = decisionsPath(ledger.repository);
  const lines = readFileSync(log, 'utf8');
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { verdict: 'accepted', code: 'ok' },
    { verdict: 'merged', case: proposed.id },
  ]);
  expect(differingDecision(fresh)).toBeUndefined();
  writeFileSync(log, lines.replace('accepted', 'refused'));
  expect(differingDecision(fresh)).toBe(1);
  ledger.repository.close();
});

it('A merge is decided again from the ledger with the requirement that it met, and other commits get their own answer', async () => {
  const ledger = await found();
  const proposed = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: replaced('rules/one.md', 'Two\n'), at: 1000 });
  let { view } = await close(ledger, proposed.view, 2000);
  expect(await verifyRef(view, proposed.head)).toMatchObject({ kind: 'unaccepted', exit: 4, code: 'GDO2006', reason: '#1 is still open' });
  view = await approve(ledger, view, { by: 'cyd', of: proposed.id, at: 3000 });
  ({ view } = await close(ledger, view, 4000));
  const verified = await verifyRef(view, 'main');
  expect(verified).toMatchObject({ kind: 'merge', exit: 0, verification: { keysCount: 2, checkpoint: { height: 2 }, events: [{}, {}] } });
  expect(verifyCase(view, 1)?.steps).toMatchObject([
    { stage: 'review', next: 'review', height: 1 },
    { stage: 'review', next: 'merged', height: 2, lines: [{ have: '1 (cyd)', need: '1', met: true }, { met: true }] },
  ]);
  expect(await verifyRef(view, proposed.head)).toMatchObject({ kind: 'part', exit: 0 });
  expect(await verifyRef(view, 'main~1')).toMatchObject({ kind: 'founding', exit: 0 });
  const stray = await commitFiles(ledger.repository, replaced('rules/one.md', 'Stray\n'), view.mainCommit);
  expect(await verifyRef(view, stray)).toMatchObject({ kind: 'unaccepted', exit: 1, code: 'GDO2001' });
  expect(await verifyRef(view, 'no-such-branch')).toBeUndefined();
  ledger.repository.close();
});

it('Of two changes to one file the first accepted is merged and the second becomes stale', async () => {
  const ledger = await found();
  const one = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: replaced('rules/one.md', 'Two\n'), at: 1000 });
  const two = await propose(ledger, one.view, { by: 'cyd', process: 'change', files: replaced('rules/one.md', 'Three\n'), at: 1100 });
  let { view } = await close(ledger, two.view, 2000);
  view = await approve(ledger, view, { by: 'cyd', of: one.id, at: 3000 });
  ({ view } = await close(ledger, view, 4000));
  view = await approve(ledger, view, { by: 'ben', of: two.id, at: 5000 });
  ({ view } = await close(ledger, view, 6000));
  expect(caseView(view.state, one.id)).toMatchObject({ status: 'merged' });
  expect(caseView(view.state, two.id)).toMatchObject({ status: 'stale', code: 'GDO2010' });
  expect(git(ledger.path, 'show', 'main:rules/one.md')).toBe('Two\n');
  ledger.repository.close();
});

it("A change outside the process's area is refused with GDO2002 and main stays", async () => {
  const ledger = await found();
  const proposed = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: replaced('bylaws/README.gdo.md', 'My rules\n'), at: 1000 });
  const { view } = await close(ledger, proposed.view, 2000);
  expect(view.verdicts.get(proposed.id)?.verdict).toMatchObject({ kind: 'refused', code: 'GDO2002' });
  expect(view.mainCommit).toBe(ledger.view.mainCommit);
  ledger.repository.close();
});

it('T25: two changes that each pass but leave names that collide are not both taken', async () => {
  const ledger = await found();
  const one = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: [...files, ['rules/Two.md', 'x\n']], at: 1000 });
  const two = await propose(ledger, one.view, { by: 'cyd', process: 'change', files: [...files, ['rules/two.md/three.md', 'y\n']], at: 1100 });
  const { closeEpoch } = await import('../../../node/gate/checkpoint-round.ts');
  const closed = await closeEpoch({ view: two.view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 2000 });
  expect(closed.left).toMatchObject([{ kind: 'parked', code: 'GDO2014' }]);
  expect(closed.view.pending).toHaveLength(1);
  expect(caseView(closed.view.state, 1)).toMatchObject({ status: 'open' });
  expect(caseView(closed.view.state, 2)).toBeUndefined();
  ledger.repository.close();
});

it('A file renamed to another case of its own name is an ordinary change', async () => {
  const ledger = await found();
  const renamed = files.map(([path, text]) => [path === 'rules/one.md' ? 'rules/One.md' : path, text] as const);
  const proposed = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: renamed, at: 1000 });
  let { view } = await close(ledger, proposed.view, 2000);
  view = await approve(ledger, view, { by: 'cyd', of: proposed.id, at: 3000 });
  ({ view } = await close(ledger, view, 4000));
  expect(view.mainFiles.map((file) => file.path)).toEqual(['README.md', 'bylaws/README.gdo.md', 'rules/One.md']);
  ledger.repository.close();
});

it('A change set that says less than its commit changes is never taken into an epoch (GDO2011)', async () => {
  const ledger = await found();
  const honest = await commitFiles(ledger.repository, replaced('rules/one.md', 'Two\n'), ledger.view.mainCommit);
  const change = await changeSetBetween(ledger.repository, ledger.view.mainCommit, honest);
  if (change.kind !== 'ok') throw new Error(change.kind);
  const smuggled = await commitFiles(ledger.repository, [...replaced('rules/one.md', 'Two\n'), ['rules/hidden.md', 'Hidden\n']], ledger.view.mainCommit);
  const { view } = await appendEvents(ledger.view, signerOf(ledger, 'ben'), {
    events: [{ kind: 'propose', body: { process: 'change', bylaws: ledger.view.bylawsHash, change: change.change.id, head: smuggled } }],
    attachments: [change.bytes],
    clockMs: startMs,
  });
  const { closeEpoch } = await import('../../../node/gate/checkpoint-round.ts');
  const closed = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 1 });
  expect(closed.left).toMatchObject([{ code: 'GDO2011', reason: 'rules/hidden.md in the proposed commit is not what the change set names' }]);
  expect(closed.checkpoint.statement.events).toBe(0);
  ledger.repository.close();
});

it('An amendment waits for the check of the bylaws, and is in force when the steward attests that it compiles to the adopted hash', async () => {
  const ledger = await found();
  const next = changeBylaws({ organization: { name: 'Maple Workshop' } });
  const hash = digest('gdo-bylaws-v1', charterBytes(next));
  const proposed = await propose(ledger, ledger.view, {
    by: 'ben',
    process: 'amendment',
    files: replaced('bylaws/README.gdo.md', 'Better rules\n'),
    at: 1000,
    adopts: next,
  });
  let { view } = await close(ledger, proposed.view, 2000);
  view = await approve(ledger, view, { by: 'cyd', of: proposed.id, at: 3000 });
  view = await approve(ledger, view, { by: 'ada', of: proposed.id, at: 3100 });
  ({ view } = await close(ledger, view, 4000));
  expect(caseView(view.state, proposed.id)).toMatchObject({ status: 'waiting' });
  expect(view.mainCommit).toBe(ledger.view.mainCommit);
  const asked: (string | undefined)[] = [];
  const check: Endorse = (request) => {
    asked.push(request.adopts, ...request.files.filter((file) => file.path.startsWith('bylaws/')).map((file) => Buffer.from(file.bytes).toString('utf8')));
    return Promise.resolve({ verdict: 'accept', output: '0'.repeat(64), reasons: ['It compiles.'], manifest: '0'.repeat(64), image: 'gdo', platform: 'any' });
  };
  const round = await close(ledger, view, 5000, check);
  expect(asked).toEqual([hash, 'Better rules\n']);
  expect(round.endorsed).toHaveLength(1);
  expect(round.view).toMatchObject({ bylawsHash: hash, charter: { organization: { name: 'Maple Workshop' } } });
  expect((await openLedger(ledger.repository)).tip.id).toBe(round.view.tip.id);
  ledger.repository.close();
});

it('A main that was moved past the gate stops the merge with GDO2003 instead of being merged upon', async () => {
  const ledger = await found();
  const proposed = await propose(ledger, ledger.view, { by: 'ben', process: 'change', files: replaced('rules/one.md', 'Two\n'), at: 1000 });
  let { view } = await close(ledger, proposed.view, 2000);
  view = await approve(ledger, view, { by: 'cyd', of: proposed.id, at: 3000 });
  git(ledger.path, 'update-ref', 'refs/heads/main', proposed.head);
  await expect(close(ledger, view, 4000)).rejects.toMatchObject({ code: 'GDO2003' });
  expect(await auditLedger(ledger.repository)).toMatchObject({ kind: 'bad', fault: { code: 'GDO2003' } });
  git(ledger.path, 'update-ref', 'refs/heads/main', ledger.view.mainCommit);
  expect((await close(ledger, view, 4000)).view.merges).toHaveLength(1);
  ledger.repository.close();
});
