// Which commits of logs are new to a view, against git's own walk: a fork of keys that build on one another, short and long.
import { afterAll, expect, it } from 'vitest';
import { join } from 'node:path';
import { appendBatches, appendEvents, logRef } from '../../../node/ledger/append.ts';
import { freshCommits } from '../../../node/ledger/fresh-commits.ts';
import { bareCharter, foundSmall, removeFolder, temporaryFolder, signerOf, startMs } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

it('I08: what a push brings is what git finds behind its heads and not behind those that are known, ancestors first, however long the way', async () => {
  const small = await foundSmall(join(folder, 'ledger.git'), { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['a', 'a\n']] });
  const [ada, ben] = [signerOf(small, 'ada'), signerOf(small, 'ben')];
  const said = (text: string) => ({
    events: [{ kind: 'propose' as const, body: { process: 'motion', bylaws: small.view.bylawsHash, title: text } }],
    clockMs: startMs + 1_000,
  });
  const first = await appendEvents(small.view, ada, said('one'));
  const second = await appendEvents(first.view, ben, said('two'));
  const long = await appendBatches(
    second.view,
    ada,
    Array.from({ length: 70 }, (_, index) => said(`word ${index}`)),
  );
  const heads = [long.stored.at(-1)?.commit ?? '', second.stored.commit];
  const { repository } = small;
  const views = [small.view, first.view, second.view, { seen: new Map([...long.view.seen].slice(0, 20)), heads: second.view.heads }];
  for (const view of views) {
    const known = [...view.seen.keys()];
    const fresh = await freshCommits(repository, view, heads);
    const expected = await repository.walk(heads, known);
    expect(fresh.filter((commit) => !known.includes(commit)).toSorted()).toEqual(expected.toSorted());
    const parents = await Promise.all(fresh.map(async (commit) => (await repository.readObject(commit))?.bytes ?? new Uint8Array()));
    for (const [index, bytes] of parents.entries())
      for (const [, parent = ''] of Buffer.from(bytes)
        .toString('latin1')
        .matchAll(/^parent ([0-9a-f]{40})$/gm))
        expect(fresh.indexOf(parent)).toBeLessThan(index);
  }
  expect(await freshCommits(repository, long.view, heads)).toEqual([]);
  expect(await repository.resolve(logRef(ada.device))).toBe(heads[0]);
  repository.close();
});
