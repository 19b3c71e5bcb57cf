// Mutants that no test can notice in what judges changes of the bylaws, each with the reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const noNumber = 'what is no number is neither a share nor a count, and two kinds compare with nothing';
const noLength = 'what is no length has no minutes, and nothing is at most a number that is not there';
const noWord = 'nobody asks for this word: what compares with nothing is whatever is no number and no length';
const unnamed = 'the name of what has none, or is no object, is no text, and is left out a line below';
const firstStage = 'a process that is there has a first stage, and one that is not there has none';
const onePath = 'a path has at least one name';

const inMonthsThen = 'of years and months months are counted: their minutes are asked for by nothing';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/protection.ts': [
    ['months === undefined', 'false', 'months that are undefined are none, whether their key is there or not'],
    ["left.kind === 'number' && right.kind === 'number'", "left.kind === 'number' || right.kind === 'number'", noNumber],
    ["left.kind === 'number'", 'true', noNumber],
    ["right.kind === 'number'", 'true', noNumber],
    ["left.kind === 'length' && right.kind === 'length'", 'true', noLength],
    ["left.kind === 'length' && right.kind === 'length'", "left.kind === 'length' || right.kind === 'length'", noLength],
    ["left.kind === 'length'", 'true', noLength],
    ["right.kind === 'length'", 'true', noLength],
    ["'share'", '""', 'what is no count is a share: nobody asks for this word'],
    ["'other'", '""', noWord],
    ["{ kind: 'other' }", '{}', noWord],
    ["''", '"Stryker was here!"', onePath],
    ['old.protections.length === 0', 'false', 'it spares work: where nothing is protected there is nothing to go through'],
  ],
  'engine/role-change.ts': [
    ["'month'", '""', inMonthsThen],
    ["case 'year':", "case 'year':", inMonthsThen],
    ["'year'", '""', inMonthsThen],
    ['lostMs !== undefined', 'true', 'an instant that is undefined is neither before nor after another one'],
    [
      'readEntry(next, lapsed) === undefined',
      'false',
      'what is not there is not there when it is taken away, and more kept of the past than is read changes nothing',
    ],
    ['{ at: lostMs }', '{}', 'that it is there is all that is asked of it'],
  ],
  'engine/charter-diff.ts': [
    ["isObject(one) && typeof one['name'] === 'string'", 'true', unnamed],
    ["isObject(one) && typeof one['name'] === 'string'", "isObject(one) || typeof one['name'] === 'string'", unnamed],
    ["typeof one['name'] === 'string'", 'true', unnamed],
    ['known.length === list.length', 'true', 'as many different names as members: then each has one'],
    ["''", '"Stryker was here!"', onePath],
    ['[]', '["Stryker was here"]', 'it is no stage, and has no kind and no name'],
  ],
  'engine/in-flight.ts': [
    ['process?.stages[0]?.name', 'process?.stages[0].name', firstStage],
    ['process === undefined || first === undefined', 'process === undefined && first === undefined', firstStage],
    ['process === undefined', 'false', firstStage],
    ['first === undefined', 'false', firstStage],
  ],
  'engine/redecide.ts': [
    ['whole === undefined', 'false', 'a case that is not there has no stage'],
    ["stage.kind === 'vote'", 'true', 'a meeting and a draw are never tied'],
  ],
};

/** All of them, as equivalents.ts has them. */
export const equalInChanges: readonly Equivalent[] = Object.entries(rows).flatMap(([file, own]) =>
  own.map(([was, becomes, reason]) => ({ file, was, becomes, reason })),
);
