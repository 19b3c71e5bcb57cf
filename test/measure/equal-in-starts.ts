// Mutants that no test can notice in starts of cases, open votes, draws and heads, each with the reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const stranger = '["Stryker was here"]';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/head.ts': [['[]', stranger, 'the fold hands over the heads of every device of the epoch']],
};

/** All of them, by file. */
export const equalInStarts: readonly Equivalent[] = Object.entries(rows).flatMap(([file, all]) =>
  all.map(([was, becomes, reason]) => ({ file, was, becomes, reason })),
);
