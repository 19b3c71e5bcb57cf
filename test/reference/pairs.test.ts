// Engine against reference, a test for each of a few wide charters: whatever the engine decides otherwise, some charter shows. Unlike the differential run
// it stops at the first difference and makes nothing small, so that a broken engine is told from a sound one quickly.
import { describe, expect, it } from 'vitest';
import { diceOf } from './differential/dice.ts';
import { foundedText, playByChance } from './differential/pair.ts';

const seed = 20281128;
const charters = Array.from({ length: 30 }, (_, index) => ({ index, ...foundedText(seed, index, 'wide') }));
const streams = 3;

describe('engine and reference', () => {
  it.each(charters.map((charter) => [charter.index, charter] as const))('agree on every event and every state under charter %i', (index, { founding }) => {
    for (let place = 0; place < streams; place += 1) {
      const made = playByChance(diceOf(seed, index, 1000, place), { from: founding, events: 14, watch: place === 0 ? 'each event' : 'the end' });
      expect(made.answers.length).toBeGreaterThan(0);
      expect(made.difference?.known ?? made.difference).toBe(made.difference?.known);
    }
  });
});
