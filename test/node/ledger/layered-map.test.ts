// Maps of a view behave as a map that was copied would, whatever was added in whatever portions, and older ones stay as they were.
import { describe, expect, it } from 'vitest';
import { grownMap } from '../../../node/ledger/layered-map.ts';
import { fc } from '../../seeded.ts';

describe('a map that grows', () => {
  it('answers as a copied map does, at every stage, for every way to read it', () => {
    const portion = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.string(), { nil: undefined })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(portion, { maxLength: 30 }), (portions) => {
        let map: ReadonlyMap<number, string | undefined> = new Map();
        let copied = new Map<number, string | undefined>();
        const stages: (readonly [ReadonlyMap<number, string | undefined>, Map<number, string | undefined>])[] = [];
        for (const added of portions) {
          map = grownMap(map, added);
          copied = new Map([...copied, ...added]);
          stages.push([map, copied]);
        }
        for (const [grown, plain] of stages) {
          expect(grown.size).toBe(plain.size);
          expect(new Map(grown)).toEqual(plain);
          expect(new Set(grown.keys())).toEqual(new Set(plain.keys()));
          expect([...grown.values()]).toHaveLength(plain.size);
          const each: (readonly [number, string | undefined])[] = [];
          grown.forEach((value, key) => each.push([key, value]));
          expect(new Map(each)).toEqual(plain);
          for (let key = 0; key <= 41; key += 1) expect([grown.has(key), grown.get(key)]).toEqual([plain.has(key), plain.get(key)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the order in which keys were added, and copies an entry a few times at most', () => {
    let map: ReadonlyMap<number, number> = new Map();
    for (let key = 0; key < 10_000; key += 1) map = grownMap(map, [[key, key]]);
    expect([...map.keys()]).toEqual(Array.from({ length: 10_000 }, (_, key) => key));
    expect(grownMap(map, [])).toBe(map);
  });
});
