// T01 to T09, T28 to T31, Q08 to Q10: one hostile push of each kind. `npm run hostile -- --seed 1 --count 600` is the whole size.
import { expect, it } from 'vitest';
import { hostileKinds, measureHostile } from '../../measure/hostile.ts';

const doors = ['ssh', 'http'] as const;

it.each(doors)(
  'T28, T30, T31: over %s one push of each hostile kind is refused with its code, moves no ref, leaves no file, runs nothing and stays below 512 MiB',
  async (door) => {
    const { codes, wrong, largest } = await measureHostile({ seed: 5, count: hostileKinds, door });
    expect(wrong).toEqual([]);
    expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBe(hostileKinds);
    expect(largest.bytes).toBeLessThan(512 * 1024 * 1024);
  },
);

it.each(doors)('T28: over %s a mebibyte that unpacks to a gibibyte is refused with GDO4011 in less than 200 MiB', async (door) => {
  const { codes, wrong, largest } = await measureHostile({ seed: 3, count: 1, only: 'bomb', door });
  expect(wrong).toEqual([]);
  expect([...codes.keys()]).toEqual(['GDO4011']);
  expect(largest.bytes).toBeLessThan(200 * 1024 * 1024);
});
