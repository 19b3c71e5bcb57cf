// What was recorded alone comes together to one state, in whatever order the network returns, and however often it goes away again (R58).
import { afterAll, expect, it } from 'vitest';
import { comeBack, outage, returns } from '../nodes/outage.ts';
import { removeHouses } from './cli/decide/house.ts';

afterAll(removeHouses);

it('Every order of three copies after an outage gives one state root, with the cable out once more in between', { timeout: 600_000 }, async () => {
  const house = await outage();
  // One cut place for each order: all eighteen ways take three times as long and say no more.
  const some = returns.filter((_one, index) => index % 3 === Math.floor(index / 3) % 3);
  expect(new Set(some.map(({ order }) => order.join())).size).toBe(6);
  expect(new Set(some.map(({ cutAfter }) => cutAfter)).size).toBe(3);
  const roots = [];
  for (const one of some) roots.push(await comeBack(house.copy(), one));
  expect(new Set(roots)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{64} 4 events$/)]));
});
