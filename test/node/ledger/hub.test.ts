// A shared repository with its hook, and clones that push to it: what passes, what is refused, and that nothing else moved.
import { join } from 'node:path';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { pushRefs, type PushResult } from '../../../node/git/transport.ts';
import { appendEvents, logRef } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { followMain } from '../../../node/ledger/sync.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { hookScript, installHooks } from '../../../node/receive/hook.ts';
import { buildHookProgram } from '../../hostile/target.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, testSigner, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
const program = buildHookProgram(folder);
afterAll(() => removeFolder(folder));

const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
let count = 0;

async function hub(): Promise<{ readonly hub: SmallLedger; readonly clone: () => Promise<Repository> }> {
  count += 1;
  const base = join(folder, String(count));
  mkdirSync(base);
  const ledger = await foundSmall(join(base, 'hub.git'), {
    people: ['ada', 'ben'],
    charter: bareCharter({ areas: [{ name: 'rules', covers: ['rules/**'], except: [] }] }),
    roles: [],
    files: [
      ['README.md', 'Hello\n'],
      ['rules/one.md', 'One\n'],
    ],
  });
  await installHooks(ledger.repository, { nodePath: process.execPath, gdoPath: program });
  let clones = 0;
  const clone = async (): Promise<Repository> => {
    clones += 1;
    const repository = await initRepository(join(base, `clone-${clones}`), 'clone');
    await fetchLedger({ repository, remote: { address: ledger.path }, from: 'origin' });
    await followMain(await openLedger(repository));
    return repository;
  };
  return { hub: ledger, clone };
}

function push(from: Repository, to: SmallLedger, ...refspecs: readonly string[]): Promise<PushResult> {
  return pushRefs(from, { address: to.path }, refspecs);
}

it('Two people sign in their own clones, the hub takes both logs, and the steward closes the epoch', async () => {
  const { hub: ledger, clone } = await hub();
  const [one, two] = [await clone(), await clone()];
  const ben = signerOf(ledger, 'ben');
  const ada = signerOf(ledger, 'ada');
  await appendEvents(await openLedger(one), ben, { events: [fact], clockMs: startMs + 1 });
  await appendEvents(await openLedger(two), ada, { events: [fact], clockMs: startMs + 2 });
  expect(await push(one, ledger, `${logRef(ben.device)}:${logRef(ben.device)}`)).toMatchObject({ refs: [{ accepted: true }] });
  expect(await push(two, ledger, `${logRef(ada.device)}:${logRef(ada.device)}`)).toMatchObject({ refs: [{ accepted: true }] });
  const closed = await closeEpoch({ view: await openLedger(ledger.repository, ledger.view), signer: ada, votes: ledger.votes, clockMs: startMs + 10 });
  expect(closed.checkpoint.statement.events).toBe(2);
  await fetchLedger({ repository: one, remote: { address: ledger.path }, from: 'origin' });
  expect((await openLedger(one)).tip.id).toBe(closed.checkpoint.id);
  for (const repository of [one, two, ledger.repository]) repository.close();
});

it('A direct push of main is refused with the process to use, and main did not move', async () => {
  const { hub: ledger } = await hub();
  const work = join(folder, `work-${count}`);
  git(folder, 'clone', '-q', ledger.path, work);
  writeFileSync(join(work, 'rules', 'one.md'), 'Two\n');
  git(work, '-c', 'user.name=Ben', '-c', 'user.email=ben@example.org', 'commit', '-qam', 'Change a rule');
  const repository = openRepository(work);
  const pushed = await push(repository, ledger, 'HEAD:refs/heads/main');
  expect(pushed.refs).toMatchObject([{ ref: 'refs/heads/main', accepted: false }]);
  expect(pushed.messages.join('\n')).toContain('GDO2015 refs/heads/main was not accepted');
  expect(pushed.messages.join('\n')).toContain('rules/one.md: area `rules`');
  expect(await ledger.repository.resolve('refs/heads/main')).toBe(ledger.view.mainCommit);
  repository.close();
  ledger.repository.close();
});

it('A shared repository that was copied elsewhere still refuses, and one whose gdo is gone takes nothing', async () => {
  const { hub: ledger, clone } = await hub();
  const one = await clone();
  const copy = join(folder, `copy-${count}.git`);
  cpSync(ledger.path, copy, { recursive: true });
  const refspec = `refs/heads/main:refs/heads/topic`;
  expect((await pushRefs(one, { address: copy }, [refspec])).messages.join('\n')).toContain('GDO1030');
  writeFileSync(join(copy, 'hooks', 'pre-receive'), hookScript(process.execPath, join(folder, 'gone.mjs')));
  expect((await pushRefs(one, { address: copy }, [refspec])).refs).toMatchObject([{ accepted: false }]);
  one.close();
  ledger.repository.close();
});

it('Other refs, deletions and the logs of other keys are refused', async () => {
  const { hub: ledger, clone } = await hub();
  const one = await clone();
  const ben = signerOf(ledger, 'ben');
  const mallory = testSigner('mallory');
  await appendEvents(await openLedger(one), ben, { events: [fact], clockMs: startMs + 1 });
  const refused = async (refspec: string, code: string): Promise<void> => {
    const pushed = await push(one, ledger, `+${refspec}`);
    expect(
      pushed.refs.every((ref) => !ref.accepted),
      refspec,
    ).toBe(true);
    expect(pushed.messages.join('\n'), refspec).toContain(code);
  };
  await refused(`${logRef(ben.device)}:refs/gdo/checkpoint`, 'GDO2015');
  await refused(`${logRef(ben.device)}:refs/heads/topic`, 'GDO1030');
  await refused(`${logRef(ben.device)}:${logRef(mallory.device)}`, 'GDO1015');
  await refused(`refs/heads/main:${logRef(mallory.device)}`, 'GDO1010');
  await refused(`refs/heads/main:refs/gdo/proposal/${mallory.device}/topic`, 'GDO1015');
  expect(await push(one, ledger, `refs/heads/main:refs/gdo/proposal/${ben.device}/topic`)).toMatchObject({ refs: [{ accepted: true }] });
  one.close();
  ledger.repository.close();
});

it('One key in two clones: the second branch is refused with GDO1043, and signing again on the fetched log passes', async () => {
  const { hub: ledger, clone } = await hub();
  const [one, two] = [await clone(), await clone()];
  const ben = signerOf(ledger, 'ben');
  const own = `${logRef(ben.device)}:${logRef(ben.device)}`;
  await appendEvents(await openLedger(one), ben, { events: [fact], clockMs: startMs + 1 });
  await appendEvents(await openLedger(two), ben, { events: [fact], clockMs: startMs + 2 });
  expect(await push(one, ledger, own)).toMatchObject({ refs: [{ accepted: true }] });
  const second = await push(two, ledger, `+${own}`);
  expect(second.refs).toMatchObject([{ accepted: false }]);
  expect(second.messages.join('\n')).toContain('GDO1043');
  expect(await fetchLedger({ repository: two, remote: { address: ledger.path }, from: 'origin' })).toMatchObject({ replaced: [{ ref: logRef(ben.device) }] });
  await appendEvents(await openLedger(two), ben, { events: [fact], clockMs: startMs + 3 });
  expect(await push(two, ledger, own)).toMatchObject({ refs: [{ accepted: true }] });
  for (const repository of [one, two, ledger.repository]) repository.close();
});

it('A second branch does not come in as what the batch of somebody else builds on: GDO1043, and the hub holds one branch', async () => {
  const { hub: ledger, clone } = await hub();
  const [one, two] = [await clone(), await clone()];
  const [ada, ben] = [signerOf(ledger, 'ada'), signerOf(ledger, 'ben')];
  await appendEvents(await openLedger(one), ben, { events: [fact], clockMs: startMs + 1 });
  expect(await push(one, ledger, `${logRef(ben.device)}:${logRef(ben.device)}`)).toMatchObject({ refs: [{ accepted: true }] });
  const other = await appendEvents(await openLedger(two), ben, { events: [fact], clockMs: startMs + 2 });
  const upon = await appendEvents(other.view, ada, { events: [fact], clockMs: startMs + 3 });
  expect(upon.stored.batch.deps).toEqual([other.stored.batch.id]);
  const pushed = await push(two, ledger, `${logRef(ada.device)}:${logRef(ada.device)}`);
  expect(pushed.refs).toMatchObject([{ accepted: false }]);
  expect(pushed.messages.join('\n')).toContain('GDO1043');
  expect((await openLedger(ledger.repository)).batches.size).toBe(1);
  for (const repository of [one, two, ledger.repository]) repository.close();
});

it('A batch whose actor is another person than the key belongs to is refused, though git alone says Good', async () => {
  const { hub: ledger, clone } = await hub();
  const one = await clone();
  const { signBatch } = await import('../../../node/ledger/batch.ts');
  const ben = signerOf(ledger, 'ben');
  const forged = await signBatch(ben, {
    org: ledger.view.org,
    actor: 'ada',
    seq: 1,
    prev: undefined,
    deps: [],
    base: ledger.view.tip.id,
    events: [{ ...fact, tsMs: startMs }],
    attachments: [],
  });
  await one.writeObjects(forged.objects);
  await one.updateRefs([{ ref: logRef(ben.device), old: undefined, next: forged.commit }]);
  const pushed = await push(one, ledger, `${logRef(ben.device)}:${logRef(ben.device)}`);
  expect(pushed.messages.join('\n')).toContain('GDO1015');
  one.close();
  ledger.repository.close();
});
