// T01, T08: random flips of stored bytes, in the size of a test. `npm run flips -- --seed 1 --count 1000` is the whole size.
import { expect, it } from 'vitest';
import { measureFlips } from '../../measure/flips.ts';

it('T01, T08: fifty random flips, in objects, files, packs and indexes, are all found, and a flipped object is named', async () => {
  const { found, named, harmless, missed } = await measureFlips({ seed: 11, count: 50 });
  expect(missed).toEqual([]);
  expect(found.content + found.loose + found.pack + found.index + harmless).toBe(50);
  expect(found.content).toBe(20);
  expect(named).toBe(found.content + found.loose);
}, 600_000);
