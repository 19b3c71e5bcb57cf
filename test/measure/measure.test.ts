// Small sizes of the measures, so that they keep running and no figure falls unseen. The full sizes are `npm run errors` and `npm run fuzz`.
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseBylaws } from '../../language/index.ts';
import { corpus } from './corpus.ts';
import type { ErrorQuality } from './errors.ts';
import { errorGoals, measureErrors, swapsOf } from './errors.ts';
import { fuzz, smallest } from './fuzz.ts';
import { mutant } from './mutants.ts';
import { tokensOf } from './words.ts';

describe('the quality of findings', () => {
  let quality: ErrorQuality;
  beforeAll(() => {
    quality = measureErrors(corpus(), 80);
  });

  it('meets the goals for a token left out, over one token in 80 of all bylaws', () => {
    const { broken, onLine, near, single } = quality;
    expect(broken).toBeGreaterThan(20);
    expect(onLine / broken).toBeGreaterThanOrEqual(errorGoals.onLine);
    expect(near / broken).toBeGreaterThanOrEqual(errorGoals.near);
    expect(single / broken).toBeGreaterThanOrEqual(errorGoals.single);
  });

  it('tells two swapped letters at their word, over one token in 80 of all bylaws', () => {
    const { swaps, atWord } = quality;
    expect(swaps).toBeGreaterThan(50);
    expect(atWord / swaps).toBeGreaterThanOrEqual(errorGoals.atWord);
  });

  it('knows keywords, uses and makings of names apart', () => {
    const text = 'gdo 1\n\nrole keeper plural keepers "Keeper"\n  held by 2 people -- two\n  lost with keepers\nend of keeper\n';
    const tokens = tokensOf(parseBylaws({ path: 'a.gdo', text }).file);
    expect(tokens.map(({ text: word, kind }) => `${word} ${kind}`)).toEqual([
      'gdo keyword',
      '1 other',
      'role keyword',
      'keeper name made',
      'plural keyword',
      'keepers name made',
      '"Keeper" other',
      'held keyword',
      'by keyword',
      '2 other',
      'people keyword',
      'lost keyword',
      'with keyword',
      'keepers name use',
      'end keyword',
      'of keyword',
      'keeper keyword',
    ]);
    expect(swapsOf({ text: 'role', start: 0, kind: 'keyword' })).toEqual(['orle', 'rloe', 'roel']);
    expect(swapsOf({ text: 'role', start: 0, kind: 'name made' })).toEqual([]);
  });
});

describe('2,000 broken texts', () => {
  const texts = corpus().flatMap(({ files }) => files.map(({ text }) => text));

  it('end in findings, each in less than a second, and print as they were read', () => {
    const report = fuzz(texts, { seed: 1, from: 0, count: 2000 });
    expect(report.faults.map(({ index, kind, detail, text }) => `${index} ${kind}: ${detail} ${JSON.stringify(text)}`)).toEqual([]);
    expect(report.casesCount).toBe(2000);
    expect(report.compiledCount).toBeGreaterThan(100);
  });

  it('are the same for the same seed', () => {
    expect(mutant(texts, 3, 4)).toEqual(mutant(texts, 3, 4));
    expect(mutant(texts, 3, 4)).not.toEqual(mutant(texts, 3, 5));
    expect(smallest({ path: 'a.gdo', text: 'gdo 1\n' })).toEqual({ kind: 'none', text: 'gdo 1\n' });
  });
});

describe('the command of the measures', () => {
  it('prints help for `--help`, wherever it stands, and starts no run', () => {
    const { status, stdout } = spawnSync(process.execPath, ['test/measure/run.mjs', 'simulate', '--seed', '1', '--help'], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toBe(`node test/measure/run.mjs MEASURE [options]
  simulate  --seed N  --count N  --minutes N  --jobs N  --log FILE  --replay SEED  --mutants  --only ID,ID,...
      nodes, partitions and clocks from one seed
`);
  });
});
