// Engine against reference on charters and streams by chance: a small size of `npm run differential`, which goes on for as long as one likes.
import { describe, expect, it } from 'vitest';
import { coverageLines } from './differential/coverage.ts';
import { runPairs } from './differential/differential.ts';

/** Pairs of the small size; GDO_DIFFERENTIAL asks for more. */
const pairs = Number(process.env['GDO_DIFFERENTIAL'] ?? '400');

describe('engine and reference', () => {
  const report = runPairs({ seed: 20270131, from: 0, count: pairs, streams: 2, breadth: 'wide' });

  it('give every event the same verdict and every case the same state', () => {
    expect(report.differences).toEqual([]);
  });

  it('are tried with every construct the generator knows, and with events of every kind of answer', () => {
    expect(coverageLines(report)[1]).toBe('never: nothing');
    expect(report.constructs['limit of terms']).toBeGreaterThan(0);
    for (const situation of ['certified', 'reported', 'certificate given', 'points given', 'vote extended', 'sealed ballot sent', 'the next was asked'])
      expect(report.met[situation]).toBeGreaterThan(0);
    for (const answer of ['ok', 'GDO1040', 'GDO1050', 'GDO1051', 'GDO1052', 'GDO1053', 'GDO1057']) expect(report.answers[answer]).toBeGreaterThan(0);
  });
});
