// The snapshot that every 256th checkpoint carries.
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { entryCount } from '../../../engine/index.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

it('Checkpoint 256 holds the state as one line per entry, ascending, and replays', async () => {
  const ledger = await foundSmall(join(folder, 'ledger'), { people: ['ada'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
  let { view } = ledger;
  for (let height = 1; height <= 257; height += 1)
    ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + height }));
  const commit = view.checkpoints[256]?.commit ?? '';
  expect(git(ledger.path, 'ls-tree', '--name-only', commit).trim().split('\n')).toEqual(['checkpoint.json', 'state.ndjson']);
  const lines = git(ledger.path, 'show', `${commit}:state.ndjson`).trim().split('\n');
  const keys = lines.map((line) => String(JSON.parse(line)[0]));
  expect(keys).toHaveLength(entryCount(view.checkpoints[256]?.state ?? view.state));
  expect(keys).toEqual(keys.toSorted((left, right) => (left < right ? -1 : 1)));
  expect(git(ledger.path, 'ls-tree', '--name-only', view.tip.commit).trim()).toBe('checkpoint.json');
  expect((await openLedger(ledger.repository)).tip.id).toBe(view.tip.id);
  ledger.repository.close();
});
