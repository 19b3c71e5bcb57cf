// What does not fit into an epoch keeps the time at which it was first received (SPEC.md section 9), on the node that closes and on every copy.
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { logRef } from '../../../node/ledger/append.ts';
import { signBatch, type SignedBatch } from '../../../node/ledger/batch.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { bareCharter, foundSmall, removeFolder, signerOf, startMs, temporaryFolder } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

it('the 257th batch of a device waits for the next epoch, received once, with the time of its first receipt', async () => {
  const ledger = await foundSmall(join(folder, 'long'), { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
  const ben = signerOf(ledger, 'ben');
  const batches: SignedBatch[] = [];
  for (let seq = 1; seq <= 258; seq += 1) {
    const prev = batches.at(-1);
    batches.push(
      await signBatch(ben, {
        org: ledger.view.org,
        actor: 'ben',
        seq,
        prev: prev === undefined ? undefined : { id: prev.batch.id, commit: prev.commit },
        deps: [],
        base: ledger.view.tip.id,
        events: [{ kind: 'fact', body: { data: {}, type: 'x' }, tsMs: startMs }],
        attachments: [],
      }),
    );
  }
  await ledger.repository.writeObjects(batches.flatMap((one) => one.objects));
  await ledger.repository.updateRefs([{ ref: logRef(ben.device), old: undefined, next: batches.at(-1)?.commit ?? '' }]);
  const close = { signer: signerOf(ledger, 'ada'), votes: ledger.votes };
  const first = await closeEpoch({ ...close, view: await openLedger(ledger.repository), clockMs: startMs + 10 });
  expect(first.view.pending.map((one) => one.batch.seq)).toEqual([257, 258]);
  const second = await closeEpoch({ ...close, view: first.view, clockMs: startMs + 20 });
  expect(second.view.pending).toEqual([]);
  for (const view of [second.view, await openLedger(ledger.repository)]) {
    const late = [...view.verdicts.values()].filter(({ event }) => event.seq > 256);
    expect(late.map(({ height, receivedMs }) => ({ height, receivedMs }))).toEqual([
      { height: 2, receivedMs: startMs + 10 },
      { height: 2, receivedMs: startMs + 10 },
    ]);
  }
  const newest = [...second.view.receipts.values()].at(-1);
  expect(newest?.receipt).toMatchObject({ seq: 2, entries: [] });
  ledger.repository.close();
});
