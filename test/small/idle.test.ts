// R52: a node to which nothing happens. What it costs is measured by `npm run small -- idle`; here is counted what makes it cost next to nothing.
import { afterAll, expect, it } from 'vitest';
import { bundledProgram, removeBundle } from '../node/cli/decide/built.ts';
import { idleFor } from './idle.ts';

afterAll(removeBundle);

it('Two nodes that ask each other for half an hour in which nobody does anything start no process for it but for turns about contents (R52)', async () => {
  const { timers, started, contentTurns, areSame, complaints } = await idleFor(1 / 48, bundledProgram());
  expect({ areSame, complaints }).toEqual({ areSame: true, complaints: [] });
  // A turn about contents asks the other node, which looks once what is new in its ledger.
  expect(started).toBeLessThanOrEqual(contentTurns);
  // Each has one every ten minutes or a little later.
  expect(contentTurns).toBeGreaterThanOrEqual(4);
  expect(contentTurns).toBeLessThanOrEqual(8);
  // A turn of each every half minute, and each asks the other about every minute.
  expect(timers).toBeGreaterThan(150);
});
