// A witness votes once for a height, whatever happens between deciding and publishing.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { closeEpoch, type CloseRequest } from '../../../node/gate/checkpoint-round.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { bareCharter, foundSmall, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

async function waiting(): Promise<{ readonly ledger: SmallLedger; readonly request: CloseRequest }> {
  count += 1;
  const ledger = await foundSmall(join(folder, String(count)), {
    people: ['ada', 'ben'],
    charter: bareCharter(),
    roles: [],
    files: [['README.md', 'Hello\n']],
  });
  const { view } = await appendEvents(ledger.view, signerOf(ledger, 'ben'), { events: [fact], clockMs: startMs });
  return { ledger, request: { view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 10 } };
}

it('After a crash between the vote on disk and the refs, the same checkpoint is published and never another', async () => {
  const { ledger, request } = await waiting();
  const crashing = { ...ledger.repository, updateRefs: () => Promise.reject(new Error('power failed')) };
  await expect(closeEpoch({ ...request, view: { ...request.view, repository: crashing } })).rejects.toThrow('power failed');
  const voted = ledger.votes.newest(ledger.view.org);
  expect(voted?.height).toBe(1);
  const after = await appendEvents(await openLedger(ledger.repository), signerOf(ledger, 'ben'), { events: [fact], clockMs: startMs + 20 });
  const closed = await closeEpoch({ ...request, view: after.view, clockMs: startMs + 30 });
  expect(closed.view.checkpoints.map((checkpoint) => checkpoint.height)).toEqual([0, 1, 2]);
  expect(closed.view.checkpoints[1]?.id).toBe(voted?.value);
  expect((await openLedger(ledger.repository)).tip.id).toBe(closed.checkpoint.id);
  ledger.repository.close();
});

it('A witness whose record of votes was lost or is older than the ledger does not vote (GDO4013)', async () => {
  const { ledger, request } = await waiting();
  const closed = await closeEpoch(request);
  rmSync(votesPath(ledger.repository));
  await expect(closeEpoch({ ...request, view: closed.view, clockMs: startMs + 20 })).rejects.toMatchObject({ code: 'GDO4013' });
  ledger.repository.close();
});

it('A copy of the ledger that lacks checkpoints this witness voted for is not voted upon (GDO4013)', async () => {
  const { ledger, request } = await waiting();
  const one = await closeEpoch(request);
  const two = await closeEpoch({ ...request, view: one.view, clockMs: startMs + 20 });
  await closeEpoch({ ...request, view: two.view, clockMs: startMs + 30 });
  await expect(closeEpoch({ ...request, view: one.view, clockMs: startMs + 40 })).rejects.toMatchObject({ code: 'GDO4013' });
  ledger.repository.close();
});

it('Only a key of the steward closes an epoch', async () => {
  const { ledger, request } = await waiting();
  await expect(closeEpoch({ ...request, signer: signerOf(ledger, 'ben') })).rejects.toMatchObject({ code: 'GDO5021' });
  ledger.repository.close();
});

it('The vote store keeps its file private, refuses a second value, and ignores a torn last line', () => {
  const path = join(folder, 'votes', 'votes.log');
  const line = { org: '1'.repeat(64), height: 1, value: '2'.repeat(64), refs: [{ ref: 'refs/gdo/checkpoint', old: undefined, next: '3'.repeat(40) }] };
  voteStore(path).append(line);
  voteStore(path).append(line);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(() => voteStore(path).append({ ...line, value: '4'.repeat(64) })).toThrow('has voted at height 1');
  writeFileSync(path, `${readFileSync(path, 'utf8')}{"org":"11`);
  expect(voteStore(path).newest(line.org)).toEqual(line);
});

it('A torn line does not swallow the vote that is written after it (I16)', () => {
  const path = join(folder, 'torn', 'votes.log');
  const line = (height: number): Parameters<ReturnType<typeof voteStore>['append']>[0] => ({ org: '1'.repeat(64), height, value: '2'.repeat(64), refs: [] });
  voteStore(path).append(line(1));
  writeFileSync(path, `${readFileSync(path, 'utf8')}${JSON.stringify(line(2)).slice(0, 50)}`);
  voteStore(path).append(line(3));
  expect(voteStore(path).newest('1'.repeat(64))?.height).toBe(3);
  expect(() => voteStore(path).append({ ...line(3), value: '4'.repeat(64) })).toThrow('voted at height 3');
});
