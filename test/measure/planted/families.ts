// All families of generated charters, in the order of their codes.
import type { Family } from './family.ts';
import { countingFamilies } from './families-counting.ts';
import { powerFamilies } from './families-power.ts';
import { wayFamilies } from './families-ways.ts';
import { wordFamilies } from './families-words.ts';

/** Every family. */
export const families: readonly Family[] = [...countingFamilies, ...powerFamilies, ...wayFamilies, ...wordFamilies].toSorted((left, right) =>
  left.code < right.code ? -1 : 1,
);
