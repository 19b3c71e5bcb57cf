// Engine against reference on charters and streams by chance: a small size of `npm run differential`, which goes on for as long as one likes.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { coverageLines, wideConstructNames } from './differential/coverage.ts';
import { runPairs } from './differential/differential.ts';
import { foundedText } from './differential/pair.ts';

/** Pairs of the small size; GDO_DIFFERENTIAL asks for more. */
const pairs = Number(process.env['GDO_DIFFERENTIAL'] ?? '400');

describe('the pairs of a seed', () => {
  it('stay the same, whatever wider charters have beside', () => {
    const texts = createHash('sha256');
    for (let index = 0; index < 100; index += 1) texts.update(foundedText(1, index).text);
    expect(texts.digest('hex')).toBe('b2d0e6f1c16128ac42a043e4e5ce9032c1aa23983eea5846b2bb8141bc34cc0f');
  });
});

describe('engine and reference', () => {
  const report = runPairs({ seed: 20281135, from: 0, count: pairs, streams: 2, breadth: 'wide' });

  it('give every event the same verdict and every case the same state', () => {
    expect(report.differences).toEqual([]);
  });

  it('are tried with every construct the generator knows, and with events of every kind of answer', () => {
    expect(coverageLines(report)[1]).toBe('never: nothing');
    for (const construct of wideConstructNames) expect(report.constructs[construct], construct).toBeGreaterThan(0);
    for (const situation of ['certified', 'reported', 'certificate given', 'points given', 'vote extended', 'sealed ballot sent', 'the next was asked'])
      expect(report.met[situation]).toBeGreaterThan(0);
    for (const answer of ['ok', 'GDO1040', 'GDO1050', 'GDO1051', 'GDO1052', 'GDO1053', 'GDO1057']) expect(report.answers[answer]).toBeGreaterThan(0);
  });
});
