// R52: a node to which nothing happens. What it costs is measured by `npm run small -- idle`; here is counted what makes it cost next to nothing.
import { expect, it } from 'vitest';
import { idleFor } from './idle.ts';

it('Two nodes that ask each other for half an hour in which nobody does anything start no process for it (R52)', async () => {
  const { timers, started, areSame, complaints } = await idleFor(1 / 48);
  expect({ started, areSame, complaints }).toEqual({ started: 0, areSame: true, complaints: [] });
  // A turn of each every half minute, and each asks the other about every minute.
  expect(timers).toBeGreaterThan(150);
});
