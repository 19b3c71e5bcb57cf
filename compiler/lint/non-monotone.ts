// GDO310: a vote that fails because somebody more said yes.
import { finding } from '../finding.ts';
import { asksForNo, firstTally, tallyText, withOneMore } from '../analysis/tally-table.ts';
import { onlyHelps } from '../analysis/tendency.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `non-monotone`. */
export const nonMonotone: LintRule = {
  code: 'GDO310',
  name: 'non-monotone',
  what: 'One more person who says yes makes it fail',
  why: 'People in favour must guess how many others are, and vote against what they want',
  fix: 'Write tests that more yes can only help: `at least`, `more than`',
  bad: voteSample('quorum at least 1/2 of keepers voting', 'passes when exactly 3 keepers say yes'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when at least 3 keepers say yes'),
  late: true,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const table = model.analyses.tableOf(process, vote);
        if (table === undefined || !table.choices.includes('yes') || asksForNo(vote) || !vote.passes.some((line) => line.result === 'passed')) return [];
        if (onlyHelps(vote, 'yes')) return [];
        const found = firstTally(table, (tally) => {
          const more = withOneMore(table, tally, 'yes');
          return more !== undefined && table.passes(tally) && !table.passes(more);
        });
        if (found === undefined) return [];
        return [
          finding('GDO310', placeIn(model, vote, process), {
            message: `One more \`yes\` makes \`${vote.name}\` fail: with ${tallyText(table, found)} it passes`,
            label: 'a yes hurts it',
            why: 'People in favour must guess how many others are, and vote against what they want',
            help: 'write tests that more yes can only help, with `at least` or `more than`',
          }),
        ];
      }),
    ),
};
