// Ledgers in three partitions, merged in every order, at a small size. The long run: npm run shuffles.
import { expect, it } from 'vitest';
import { shuffleLedgers } from './shuffled-ledgers.ts';

it('I01: three partitions of a forked ledger give the roots of its checkpoints, in whatever order they are merged', async () => {
  const { ledgers, forked, replays, apart, differences } = await shuffleLedgers({ seed: 1, count: 20 });
  expect(differences).toEqual([]);
  expect([ledgers, replays]).toEqual([20, 120]);
  expect(forked).toBeGreaterThan(0);
  expect(apart).toBeGreaterThan(100);
});
