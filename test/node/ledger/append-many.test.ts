// Appending much at once: what git finds in the repository afterwards, and what is left where it was not finished. Real git, real keys.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { appendBatches, logRef, type Append } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** A small file, the same with every other batch, and one that no quick code compresses. */
const reasons = [Buffer.from('The door was open'), Buffer.from(Array.from({ length: 9_000 }, (_, at) => (at * at) % 251))];
const many: readonly Append[] = Array.from({ length: 120 }, (_, index) => ({
  events: Array.from({ length: 1 + (index % 3) }, () => door),
  attachments: reasons.slice(0, index % 3),
  clockMs: startMs + index,
}));

function found(name: string): Promise<SmallLedger> {
  return foundSmall(join(folder, name), { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
}

const packFiles = (ledger: SmallLedger): readonly string[] => readdirSync(join(ledger.path, 'objects', 'pack'));

it('leaves one pack, with each object once, in which `git fsck --strict` and `verify-pack` find nothing wrong', async () => {
  const ledger = await found('many');
  const { stored, view } = await appendBatches(ledger.view, signerOf(ledger, 'ben'), many);
  const [index = '', pack = '', ...others] = packFiles(ledger).toSorted();
  expect({ index, pack, others }).toEqual({ index: expect.stringMatching(/\.idx$/), pack: expect.stringMatching(/\.pack$/), others: [] });
  expect(git(ledger.path, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  const rows = git(ledger.path, 'verify-pack', '-v', join('objects', 'pack', index))
    .split('\n')
    .filter((line) => /^[0-9a-f]{40} /.test(line));
  // A commit, a tree and the events of each; two files, and the folder `att` with one or both of them.
  expect(rows.length).toBe(3 * many.length + 2 + 2);
  // The index is the one that git would have written.
  git(ledger.path, 'index-pack', '-o', join(folder, 'other.idx'), join('objects', 'pack', pack));
  expect(readFileSync(join(folder, 'other.idx')).equals(readFileSync(join(ledger.path, 'objects', 'pack', index)))).toBe(true);
  const again = await openLedger(ledger.repository);
  expect([...again.batches.keys()]).toEqual(stored.map(({ batch }) => batch.id));
  expect(again.heads.get(signerOf(ledger, 'ben').device)?.batch.id).toBe(view.heads.get(signerOf(ledger, 'ben').device)?.batch.id);
  ledger.repository.close();
});

it('leaves nothing where the key stops signing in between', async () => {
  const ledger = await found('stopped');
  const ben = signerOf(ledger, 'ben');
  let left = 100;
  const tired = {
    ...ben,
    sign: (namespace: string, message: Uint8Array) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('the agent has gone')) : ben.sign(namespace, message);
    },
  };
  await expect(appendBatches(ledger.view, tired, many)).rejects.toThrow('the agent has gone');
  expect(packFiles(ledger)).toEqual([]);
  expect(await ledger.repository.resolve(logRef(ben.device))).toBe(undefined);
  const { stored } = await appendBatches(ledger.view, ben, many.slice(0, 2));
  expect(stored.map(({ batch }) => batch.seq)).toEqual([1, 2]);
  ledger.repository.close();
});
