// Mutants that no test can notice in starts of cases, open votes, draws and heads, each with the reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const stranger = '["Stryker was here"]';

const noKey = 'a role that is undefined is none, whether its key is there or not';
const onlyName = 'it is a part of what the number of the case is made of: any word does, as long as it is the same';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/head.ts': [['[]', stranger, 'the fold hands over the heads of every device of the epoch']],
  'engine/self-start.ts': [
    ['role === undefined', 'false', noKey],
    ['[]', stranger, 'limits of cases count those of people who started one, and nobody is called so'],
    ["loss.kind === 'process'", 'true', 'no other loss names a process'],
    ["''", '"Stryker was here!"', onlyName],
    ["effect.kind !== 'start'", 'false', 'no other effect names a process, and none is found for it'],
  ],
};

/** All of them, by file. */
export const equalInStarts: readonly Equivalent[] = Object.entries(rows).flatMap(([file, all]) =>
  all.map(([was, becomes, reason]) => ({ file, was, becomes, reason })),
);
