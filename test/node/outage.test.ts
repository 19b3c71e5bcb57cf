// What was recorded alone comes together to one state, in whatever order the network returns, and wherever it goes away again or somebody's power fails (R58).
import { afterAll, expect, it } from 'vitest';
import { closings, comeBack, everyWayBack, outage, returns } from '../nodes/outage.ts';
import { removeHouses } from './cli/decide/house.ts';

afterAll(removeHouses);

it(
  'Every order of three copies after an outage, and every cut of it, gives one state root: 540 orders and 61,992 ways that were cut once, six of them on real git',
  {
    timeout: 1_800_000,
  },
  async () => {
    const alone = await outage();
    expect(new Set(returns.map(({ order }) => order.join())).size).toBe(6);
    const roots = new Set<string>();
    let clocksMs: readonly number[] = [];
    for (const one of returns) {
      const house = alone.house.copy();
      roots.add(await comeBack(house, one));
      clocksMs = await closings(house);
    }
    expect(roots).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{64} after 4 events$/)]));
    // The same program and the same batches in memory, where the power can fail at each write.
    const { orders, cut, places, ends } = await everyWayBack(alone, clocksMs);
    expect(new Set(ends)).toEqual(roots);
    expect({ orders, cut }).toEqual({ orders: 540n, cut: 61_992n });
    expect(places).toBeGreaterThan(500);
  },
);
