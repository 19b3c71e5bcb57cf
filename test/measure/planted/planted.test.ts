// A few charters of each family: what is planted is found, and nothing is found where nothing was planted. The full size is `npm run corpus`.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureCorpus } from './corpus-run.ts';
import { codesOf, readCharters } from './charters.ts';
import { families } from './families.ts';
import { measureFamily } from './generated.ts';
import { playHistory } from './histories.ts';
import { analysisMutations } from './mutants.ts';

/** Charters of each kind; mutations of the analyses are tried on as many as the published figures have. */
const each = Number(process.env['GDO_CORPUS_EACH'] ?? 6);

describe('analyses', () => {
  it.each(families.map((family) => [family.name, family] as const))(
    '%s: finds each planted fault, and no other, and its history comes about',
    (_name, family) => {
      const figures = measureFamily(family, 1, each);
      expect(figures.wrong).toEqual([]);
      expect([figures.planted, figures.sound]).toEqual([each, each]);
    },
  );
});

describe('charters', () => {
  it.each(readCharters().map((charter) => [charter.name, charter] as const))('%s: is told what was read in it, and what is told happens', (_name, charter) => {
    expect(charter.told).toEqual(charter.expected);
    const played = codesOf(charter).map((code) => [code, playHistory([{ path: 'bylaws/rules.gdo', text: charter.text }], code)] as const);
    expect(played.filter(([, { kind }]) => kind === 'amiss')).toEqual([]);
  });
});

describe('mutations of the analyses', () => {
  it('each stand once in their file, so that all of them can be tried', () => {
    for (const { file, text } of analysisMutations) expect([file, text, readFileSync(file, 'utf8').split(text).length - 1]).toEqual([file, text, 1]);
  });
});

describe('the corpus', () => {
  it('finds the samples of the rules, faults of the text, and one in sixty slips in bylaws that people wrote, and no error in sound ones', () => {
    const figures = measureCorpus({ each: 0, every: 60, seed: 1 });
    expect(figures.wrong).toEqual([]);
    expect([...figures.codes].filter(([, { alarms }]) => alarms > 0)).toEqual([]);
    expect(figures.codes.size).toBeGreaterThan(120);
  });

  it('has missed nothing and found nothing false in the figures that are published', () => {
    expect(readFileSync('docs/check-figures.md', 'utf8')).toMatch(/^\d{4} planted, \d{4} found, 0 missed, 0 false errors\. \d{3} histories played/m);
  });
});
