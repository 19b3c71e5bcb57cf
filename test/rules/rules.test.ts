// The table of semantic rules is whole, citations are found where they stand, and no rule is without a test.
import { describe, expect, it } from 'vitest';
import { allCitations, citationsIn, uncited } from './citations.ts';
import type { Citation } from './citations.ts';
import { semanticRules } from './rules.ts';

describe('the semantic rules', () => {
  it('are numbered without a gap, each with an owner and a meaning of its own', () => {
    expect(semanticRules.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 139 }, (_, index) => index + 1));
    expect(semanticRules.filter(({ owners }) => owners.length === 0)).toEqual([]);
    const meanings = semanticRules.filter(({ owners }) => !owners.includes('replaced')).map(({ meaning }) => meaning);
    expect(new Set(meanings).size).toBe(meanings.length);
  });

  it('are each cited by a test, and those that another replaced through that one', () => {
    expect(uncited(allCitations()).map(({ number }) => `S${number}`)).toEqual([]);
  });
});

describe('a rule without a citation', () => {
  it('is told, also one that another replaced where nobody cites that one', () => {
    const all = semanticRules.map(({ number }): Citation => ({ rule: number, file: 'a.test.ts', test: 'it' }));
    const without = (...numbers: readonly number[]): readonly number[] =>
      uncited(all.filter(({ rule }) => !numbers.includes(rule))).map(({ number }) => number);
    expect(without(34)).toEqual([34]);
    expect(without(15)).toEqual([]);
    expect(without(15, 114)).toEqual([15, 114]);
  });
});

describe('a citation', () => {
  it('is found in a title, in a comment above a test, and in the first comment of a file', () => {
    const text = [
      '// The file of S1 and S2.',
      "it('does S3', () => {});",
      '// Source: S4 to S6',
      'it.each([1])(`does %s`, () => {});',
      "itShared('path/S9.gdo', 'reads S7', () => {});",
      "const S8 = 'S8';",
    ].join('\n');
    expect(
      citationsIn('a.test.ts', text)
        .map(({ rule, test }) => `${rule} ${test}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['1 (whole file)', '2 (whole file)', '3 does S3', '4 does %s', '5 does %s', '6 does %s', '7 reads S7']);
  });
});
