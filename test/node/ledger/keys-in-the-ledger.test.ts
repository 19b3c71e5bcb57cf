// Enrolling, using and revoking keys, and people who arrive later.
import { join } from 'node:path';
import { cpSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { publicKeyText } from '../../../engine/index.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { closeEpochs } from '../../../node/gate/steward.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { appendBatches, appendEvents } from '../../../node/ledger/append.ts';
import { checkBatch, signBatch } from '../../../node/ledger/batch.ts';
import { enrolBody } from '../../../node/ledger/possession.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { seatOf } from '../../../node/ledger/received.ts';
import { memberOf, type LedgerView } from '../../../node/ledger/view.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { changeBylaws } from './change-bylaws.ts';
import { foundSmall, removeFolder, signerOf, startMs, temporaryFolder, testSigner, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

function found(): Promise<SmallLedger> {
  count += 1;
  return foundSmall(join(folder, String(count)), {
    people: ['ada', 'ben', 'cyd'],
    charter: changeBylaws(),
    roles: [['member', ['ada', 'ben', 'cyd']]],
    files: [['README.md', 'Hello\n']],
  });
}

function close(ledger: SmallLedger, view: LedgerView, at: number): Promise<{ readonly view: LedgerView }> {
  return closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + at });
}

it('A second key works from the checkpoint that enrols it, and a revoked one no longer', async () => {
  const ledger = await found();
  const phone = testSigner('phone of ben');
  const ben = signerOf(ledger, 'ben');
  const body = await enrolBody(ledger.view.org, 'ben', phone);
  await expect(appendEvents(ledger.view, phone, { events: [fact], clockMs: startMs })).rejects.toMatchObject({ code: 'GDO5021' });
  let { view } = await appendEvents(ledger.view, ben, { events: [{ kind: 'key.enrol', body }], clockMs: startMs + 1 });
  ({ view } = await close(ledger, view, 2));
  expect(memberOf(view.state, phone.device)).toBe('ben');
  ({ view } = await appendEvents(view, phone, { events: [{ kind: 'key.revoke', body: { device: ben.device, reason: 'Lost' } }], clockMs: startMs + 3 }));
  ({ view } = await close(ledger, view, 4));
  expect(memberOf(view.state, ben.device)).toBeUndefined();
  await expect(appendEvents(view, ben, { events: [fact], clockMs: startMs + 5 })).rejects.toMatchObject({ code: 'GDO5021' });
  expect((await openLedger(ledger.repository)).tip.id).toBe(view.tip.id);
  ledger.repository.close();
});

it('A key is enrolled only with a proof by that key for this person and organization', async () => {
  const ledger = await found();
  const phone = testSigner('phone of ben');
  const { view } = ledger;
  const code = async (body: Awaited<ReturnType<typeof enrolBody>>): Promise<string> => {
    const draft = { org: view.org, actor: 'ben', seq: 1, prev: undefined, deps: [], base: view.tip.id, attachments: [] };
    const good = await signBatch(signerOf(ledger, 'ben'), {
      ...draft,
      events: [{ kind: 'key.enrol', body: await enrolBody(view.org, 'ben', phone), tsMs: startMs }],
    });
    await ledger.repository.writeObjects(good.objects);
    const context = { org: view.org, batchAt: () => undefined, batch: () => undefined, isCheckpoint: () => true };
    expect((await checkBatch(ledger.repository, good.commit, context)).kind).toBe('ok');
    const { possessionFault } = await import('../../../node/ledger/possession.ts');
    const [event] = good.batch.events;
    return event === undefined ? 'no event' : (possessionFault({ ...event, body })?.code ?? 'ok');
  };
  const good = await enrolBody(view.org, 'ben', phone);
  expect(await code(good)).toBe('ok');
  expect(await code(await enrolBody('4'.repeat(64), 'ben', phone))).toBe('GDO1012');
  expect(await code({ ...good, member: 'cyd' })).toBe('GDO1012');
  expect(await code({ ...(await enrolBody(view.org, 'ben', testSigner('other'))), key: good['key'] ?? '' })).toBe('GDO1015');
  expect(await code({ ...good, key: `${publicKeyText(phone.publicKey)} comment` })).toBe('GDO1013');
  ledger.repository.close();
});

it('A newcomer whom a member enrols can sign from the next checkpoint, without any role', async () => {
  const ledger = await found();
  const dee = testSigner('dee');
  let { view } = await appendEvents(ledger.view, signerOf(ledger, 'ben'), {
    events: [{ kind: 'key.enrol', body: await enrolBody(ledger.view.org, 'dee', dee) }],
    clockMs: startMs + 1,
  });
  ({ view } = await close(ledger, view, 2));
  expect(memberOf(view.state, dee.device)).toBe('dee');
  ({ view } = await appendEvents(view, dee, { events: [fact], clockMs: startMs + 3 }));
  ({ view } = await close(ledger, view, 4));
  expect([...view.verdicts.values()].at(-1)).toMatchObject({ event: { actor: 'dee' }, verdict: { kind: 'ok' } });
  ledger.repository.close();
});

it('Another key of the steward closes epochs in its place', async () => {
  const ledger = await found();
  const spare = testSigner('spare of ada');
  let { view } = await appendEvents(ledger.view, signerOf(ledger, 'ada'), {
    events: [{ kind: 'key.enrol', body: await enrolBody(ledger.view.org, 'ada', spare) }],
    clockMs: startMs + 1,
  });
  ({ view } = await close(ledger, view, 2));
  expect(seatOf(view, spare.device)).toBe(view.genesis.witnesses[0]?.[0]);
  ({ view } = await appendEvents(view, signerOf(ledger, 'ada'), {
    events: [{ kind: 'key.revoke', body: { device: signerOf(ledger, 'ada').device, reason: 'Stolen' } }],
    clockMs: startMs + 3,
  }));
  ({ view } = await close(ledger, view, 4));
  ({ view } = await closeEpoch({ view, signer: spare, votes: ledger.votes, clockMs: startMs + 5 }));
  expect((await openLedger(ledger.repository)).tip).toMatchObject({ height: 3, id: view.tip.id });
  await expect(close(ledger, view, 6)).rejects.toMatchObject({ code: 'GDO5021' });
  ledger.repository.close();
});

it('A steward who revokes the own last key closes that epoch and no other, without a fault', async () => {
  const ledger = await found();
  let { view } = await appendEvents(ledger.view, signerOf(ledger, 'ada'), {
    events: [{ kind: 'key.revoke', body: { device: signerOf(ledger, 'ada').device, reason: 'Stolen' } }],
    clockMs: startMs + 1,
  });
  // More batches of one key than an epoch takes, so that something waits for a second one.
  const many = Array.from({ length: 257 }, () => ({ events: [fact], clockMs: startMs + 2 }));
  ({ view } = await appendBatches(view, signerOf(ledger, 'ben'), many));
  const round = await closeEpochs({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 3 });
  expect(round.closed.map(({ checkpoint }) => checkpoint.height)).toEqual([1]);
  expect(round.view.pending).toHaveLength(1);
  expect((await openLedger(ledger.repository)).tip.id).toBe(round.view.tip.id);
  ledger.repository.close();
});

it('T14: logs that arrive in any order give one checkpoint', async () => {
  const ledger = await found();
  const names = ['ada', 'ben', 'cyd'];
  const clones = names.map((name) => {
    const path = join(folder, `${count}-clone-${name}`);
    cpSync(ledger.path, path, { recursive: true });
    return path;
  });
  for (const [index, path] of clones.entries()) {
    const repository = openRepository(path);
    let view = await openLedger(repository);
    for (let step = 0; step < 3; step += 1) {
      ({ view } = await appendEvents(view, signerOf(ledger, names[index] ?? ''), { events: [fact], clockMs: startMs + 10 * index + step }));
      // The second person has seen the first one's records, the third has not.
      if (index === 1 && step === 0) {
        await fetchLedger({ repository, remote: { address: clones[0] ?? '' }, from: 'origin' });
        view = await openLedger(repository, view);
      }
    }
    repository.close();
  }
  const ids: string[] = [];
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [2, 0, 1],
  ]) {
    const path = join(folder, `${count}-hub-${order.join('')}`);
    cpSync(ledger.path, path, { recursive: true });
    const repository = openRepository(path);
    let view = await openLedger(repository);
    for (const index of order) {
      await fetchLedger({ repository, remote: { address: clones[index] ?? '' }, from: 'origin' });
      view = await openLedger(repository, view);
    }
    ids.push((await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: voteStore(votesPath(repository)), clockMs: startMs + 1000 })).checkpoint.id);
    repository.close();
  }
  expect(new Set(ids).size).toBe(1);
  ledger.repository.close();
});
