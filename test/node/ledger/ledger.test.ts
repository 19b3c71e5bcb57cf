// A ledger from its founding: batches, checkpoints, replay.
import { afterAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { appendEvents, takeBack } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;

function found(): Promise<SmallLedger> {
  count += 1;
  return foundSmall(`${folder}/ledger-${count}`, {
    people: ['ada', 'ben'],
    charter: bareCharter(),
    roles: [],
    files: [
      ['README.md', 'Hello\n'],
      ['rules/one.md', 'One\n'],
    ],
  });
}

const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

it('A founded ledger replays to checkpoint 0 with its members and content', async () => {
  const { view, repository } = await found();
  expect(view.tip.height).toBe(0);
  expect(view.name).toBe('Maple Makerspace');
  expect(view.mainFiles.map((file) => file.path)).toEqual(['README.md', 'rules/one.md']);
  repository.close();
});

it('A closed epoch holds the batches that waited, and a fresh replay gives the same checkpoint', async () => {
  const ledger = await found();
  const first = await appendEvents(ledger.view, signerOf(ledger, 'ben'), { events: [door], clockMs: startMs + 1000 });
  const second = await appendEvents(first.view, signerOf(ledger, 'ada'), { events: [door, door], clockMs: startMs + 2000 });
  expect(second.stored.batch.deps).toEqual([first.stored.batch.id]);
  const closed = await closeEpoch({ view: second.view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 3000 });
  expect(closed.checkpoint.statement).toMatchObject({ height: 1, events: 3, timeMs: startMs + 3000 });
  const fresh = await openLedger(ledger.repository);
  expect(fresh.tip.id).toBe(closed.checkpoint.id);
  expect(fresh.pending).toEqual([]);
  expect([...fresh.verdicts.values()].map((row) => row.verdict.kind)).toEqual(['ok', 'ok', 'ok']);
  expect(git(ledger.path, 'fsck', '--strict', '--no-dangling')).toBe('');
  ledger.repository.close();
});

it('A batch that a node refused is taken back, and its number is signed anew', async () => {
  const ledger = await found();
  const ben = signerOf(ledger, 'ben');
  const kept = await appendEvents(ledger.view, ben, { events: [door], clockMs: startMs });
  const refused = await appendEvents(kept.view, ben, { events: [door], clockMs: startMs + 1 });
  const view = await takeBack(refused.view, refused.stored);
  expect([...view.batches.keys()]).toEqual([kept.stored.batch.id]);
  await expect(takeBack(view, refused.stored)).rejects.toMatchObject({ code: 'GDO1043' });
  const anew = await appendEvents(view, ben, { events: [door], clockMs: startMs + 2 });
  expect(anew.stored.batch.seq).toBe(2);
  const empty = await takeBack(await takeBack(anew.view, anew.stored), kept.stored);
  expect(empty.batches.size).toBe(0);
  ledger.repository.close();
});

it('The same keys, events and clock give the same checkpoint ids', async () => {
  const ids: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const ledger = await found();
    const one = await appendEvents(ledger.view, signerOf(ledger, 'ben'), { events: [door], clockMs: startMs + 1000 });
    const closed = await closeEpoch({ view: one.view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 3000 });
    ids.push(closed.checkpoint.id);
    ledger.repository.close();
  }
  expect(ids[0]).toBe(ids[1]);
});

it('Two hundred batches are replayed to the same checkpoint', async () => {
  const ledger = await found();
  let view = ledger.view;
  for (let index = 0; index < 200; index += 1) {
    const signer = signerOf(ledger, index % 2 === 0 ? 'ada' : 'ben');
    ({ view } = await appendEvents(view, signer, { events: [door], clockMs: startMs + index }));
    if (index % 20 === 19) ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 1000 * index }));
  }
  const fresh = await openLedger(ledger.repository);
  expect(fresh.tip.id).toBe(view.tip.id);
  expect(fresh.verdicts.size).toBe(200);
  ledger.repository.close();
});
