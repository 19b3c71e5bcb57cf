// GDO321: tests that no ballots can meet together.
import { finding } from '../finding.ts';
import { firstTally } from '../analysis/tally-table.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `unsatisfiable-tests`. */
export const unsatisfiableTests: LintRule = {
  code: 'GDO321',
  name: 'unsatisfiable-tests',
  what: 'No ballots can meet these tests together',
  why: 'The vote fails whatever people say',
  fix: 'Drop one of the tests, or write them as two `passes` lines',
  bad: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes and more than 1/2 of votes cast are no'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes'),
  late: true,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const table = model.analyses.tableOf(process, vote);
        if (table === undefined || table.isCut) return [];
        return vote.passes.flatMap((line, at) => {
          if (firstTally(table, (tally) => table.isQuorate(tally) && table.linesOf(tally)[at] === true) !== undefined) return [];
          return [
            finding('GDO321', placeIn(model, line.tests[0] ?? vote, vote), {
              message: `No ballots of ${table.sizes[0]} to ${table.sizes.at(-1)} people can meet these tests of \`${vote.name}\` together`,
              label: 'never all true',
              why: 'The vote never has this result, whatever people say',
              help: 'drop one of the tests, or write them as two `passes` lines',
            }),
          ];
        });
      }),
    ),
};
