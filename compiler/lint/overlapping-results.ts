// GDO330: two results that the same ballots can have, so that the order of the lines decides.
import { finding } from '../finding.ts';
import { firstTally, tallyText } from '../analysis/tally-table.ts';
import type { Tally } from '../analysis/tally-table.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `overlapping-results`. */
export const overlappingResults: LintRule = {
  code: 'GDO330',
  name: 'overlapping-results',
  what: 'The same ballots can have two of these results, and the order of the lines decides',
  why: 'Whoever moves a line changes the rule without changing a word of it',
  fix: 'Nothing to repair: know it, and keep the order',
  bad: voteSample(
    'quorum at least 1/2 of keepers voting',
    'passes as clear when at least 3/4 of votes cast are yes',
    'passes when more than 1/2 of votes cast are yes',
  ).replace('when passed', 'when clear go to accepted\n    when passed'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes'),
  late: true,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        if (vote.passes.length < 2) return [];
        const table = model.analyses.tableOf(process, vote);
        if (table === undefined) return [];
        // Two lines of one result are an `or`, and their order decides nothing.
        const resultsOf = (tally: Tally): readonly string[] => {
          const holding = table.linesOf(tally);
          return [...new Set(vote.passes.flatMap((line, at) => (holding[at] === true ? [line.result] : [])))];
        };
        const both = firstTally(table, (tally) => table.isQuorate(tally) && resultsOf(tally).length > 1);
        if (both === undefined) return [];
        const names = resultsOf(both).map((name) => `\`${name}\``);
        return [
          finding('GDO330', placeIn(model, vote, process), {
            message: `With ${tallyText(table, both)} both ${names.slice(0, 2).join(' and ')} hold, and the first line of \`${vote.name}\` decides`,
            label: 'the order matters',
            why: 'Whoever moves a line changes the rule without changing a word of it',
            help: 'know it, and keep the order',
          }),
        ];
      }),
    ),
};
