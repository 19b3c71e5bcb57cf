// What people do with plain git at any time does a ledger no harm: fsck, verify-commit, clone, gc, repack, bundle. Real git, real keys.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { allowedSigners } from '../../../node/ledger/keys.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

function found(name: string): Promise<SmallLedger> {
  return foundSmall(join(folder, name), { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
}

/** One round: both write, the steward closes. */
async function round(ledger: SmallLedger, view: LedgerView, at: number): Promise<LedgerView> {
  const one = await appendEvents(view, signerOf(ledger, 'ben'), { events: [door], clockMs: startMs + at, attachments: [Buffer.from(`reason ${at}`)] });
  const two = await appendEvents(one.view, signerOf(ledger, 'ada'), { events: [door, door], clockMs: startMs + at + 1 });
  return (await closeEpoch({ view: two.view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + at + 2 })).view;
}

it('every batch is Good for `git verify-commit`, nothing else is, and `git fsck --strict` has nothing to say', async () => {
  const ledger = await found('signed');
  const view = await round(ledger, await round(ledger, ledger.view, 10), 20);
  const signers = join(folder, 'allowed');
  writeFileSync(signers, allowedSigners([...ledger.signers].map(([name, signer]) => [name, signer.publicKey])));
  const options = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`];
  expect(view.batches.size).toBe(4);
  for (const { commit, batch } of view.batches.values()) {
    git(ledger.path, ...options, 'verify-commit', commit);
    expect(git(ledger.path, ...options, 'log', '-1', '--format=%G? %GS %an', commit)).toBe(`G ${batch.actor} ${batch.actor}\n`);
  }
  expect(() => git(ledger.path, ...options, 'verify-commit', view.tip.commit)).toThrow();
  expect(git(ledger.path, 'fsck', '--strict', '--no-dangling')).toBe('');
  ledger.repository.close();
});

/** What somebody does with git, and the folder in which the ledger is afterwards. */
const doings: readonly (readonly [name: string, act: (path: string, out: string) => string])[] = [
  ['gc', (path) => (git(path, 'gc', '--quiet', '--prune=now'), path)],
  ['repack and pack-refs', (path) => (git(path, 'repack', '-adq'), git(path, 'pack-refs', '--all'), path)],
  ['prune', (path) => (git(path, 'prune', '--expire=now'), path)],
  ['clone --mirror', (path, out) => (git(path, 'clone', '-q', '--mirror', path, out), out)],
  [
    'a bundle and a clone of it',
    (path, out) => (git(path, 'bundle', 'create', '-q', `${out}.bundle`, '--all'), git(path, 'clone', '-q', '--mirror', `${out}.bundle`, out), out),
  ],
  ['a clone over the pack protocol', (path, out) => (git(path, 'clone', '-q', '--mirror', '--no-local', path, out), out)],
];

it('gc, repack, prune, clones and bundles between any two steps leave a ledger that is sound, equal and can go on', async () => {
  const ledger = await found('worked-on');
  let { view } = ledger;
  for (const [index, [name, act]] of doings.entries()) {
    view = await round(ledger, view, 100 * (index + 1));
    const { view: waiting } = await appendEvents(view, signerOf(ledger, 'ben'), { events: [door], clockMs: startMs + 100 * (index + 1) + 50 });
    const repository = openRepository(act(ledger.path, join(folder, `out-${index}`)));
    const audit = await auditLedger(repository);
    expect({ name, kind: audit.kind }).toEqual({ name, kind: 'ok' });
    const copy = await openLedger(repository);
    expect({ name, tip: copy.tip.id, pending: copy.pending.length }).toEqual({ name, tip: view.tip.id, pending: 1 });
    repository.close();
    view = waiting;
  }
  // The view that was open all along still reads what git packed under it.
  view = await round(ledger, view, 1_000);
  expect((await openLedger(ledger.repository)).tip.id).toBe(view.tip.id);
  ledger.repository.close();
}, 600_000);
