// Mutants that no test can notice in starts of cases, open votes, draws and heads, each with the reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const stranger = '["Stryker was here"]';

const sparesWork = 'it spares work: what is kept is what a look-up would find';
const noSuch = 'nobody and nothing is called so';
const noOther = 'a step has no other limits in bylaws that run, and a draw none that is not per attribute (support.ts)';
const noKey = 'a role that is undefined is none, whether its key is there or not';
const onlyName = 'it is a part of what the number of the case is made of: any word does, as long as it is the same';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/head.ts': [['[]', stranger, 'the fold hands over the heads of every device of the epoch']],
  'engine/start.ts': [
    ['[]', stranger, noSuch],
    ['decision === undefined', 'false', 'no case is called so'],
    ['process === undefined', 'false', 'a process that is not there has no first stage'],
  ],
  'engine/open-vote.ts': [
    ['open.voters === undefined', 'true', sparesWork],
    ['{', '{}', sparesWork],
    ['draft.openVotes.state === before', 'false', sparesWork],
    ['openVotes.state !== draft.state', 'true', sparesWork],
    ['(one) => one.running.entry === entry', '() => undefined', sparesWork],
    ['one.running.entry === entry', 'false', sparesWork],
    ['known !== undefined', 'false', sparesWork],
    ['made !== undefined', 'false', sparesWork],
    ['[...(ofCase ?? []), made]', '[]', sparesWork],
    ['entry === stage.record.entry', 'false', 'it spares work: what the vote of a stage reads is that of its stage, until it is counted'],
    ['vote.counted === undefined', 'false', sparesWork],
    ['(choice) => !vote.reasonsFor.includes(choice)', '() => undefined', sparesWork],
    ['[]', stranger, noSuch],
    ["stage.kind === 'vote'", 'true', 'a stage that is no vote and no joint has no votes'],
    ['vote === undefined', 'false', 'a vote that runs is one of its stage'],
  ],
  'engine/spread.ts': [
    ["step.limits.filter((limit) => limit.counted === 'supporters')", 'step.limits', noOther],
    ["limit.counted === 'supporters'", 'true', noOther],
    ['limits.length === 0', 'false', 'it spares work: without a limit everybody counts'],
    ["limit.amount.kind === 'count'", 'true', noOther],
    ["per.kind === 'each'", 'true', noOther],
    ['[]', stranger, noOther],
  ],
  'engine/start-line.ts': [
    ["actor.kind === 'the'", 'true', 'no other actor has an order'],
    ['request.decision === undefined', 'false', 'no case is called so'],
    ['atMs === undefined', 'false', 'a decision that has not reached the stage has no instant either way, and nothing else is asked of it here'],
    ['latestMs === undefined', 'false', 'what is after an instant that is no number is within no time of it'],
    ['endMs !== undefined', 'true', 'nothing is before an instant that is undefined'],
  ],
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
