// GDO310: a vote that fails because somebody more said yes.
import type { CharterProcess, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { historyOfTally } from '../history-of-way.ts';
import { asksForNo, firstTally, tallyText, withOneMore } from '../analysis/tally-table.ts';
import type { Tally, TallyTable } from '../analysis/tally-table.ts';
import { onlyHelps } from '../analysis/tendency.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
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
  witness: (model) =>
    firstWitness(hurtVotes(model), ({ process, vote, table, found }) => {
      const more = withOneMore(table, found, 'yes');
      const history = more === undefined ? undefined : historyOfTally(model.charter, process, vote, table, more);
      return history === undefined ? undefined : { title: `${tallyText(table, found)} passes ${process.name}, and with one yes more it fails`, ...history };
    }),
  check: (model) =>
    hurtVotes(model).map(({ process, vote, table, found }) =>
      finding('GDO310', placeIn(model, vote, process), {
        message: `One more \`yes\` makes \`${vote.name}\` fail: with ${tallyText(table, found)} it passes`,
        label: 'a yes hurts it',
        why: 'People in favour must guess how many others are, and vote against what they want',
        help: 'write tests that more yes can only help, with `at least` or `more than`',
      }),
    ),
};

interface Hurt {
  readonly process: CharterProcess;
  readonly vote: CharterVote;
  readonly table: TallyTable;
  readonly found: Tally;
}

/** The votes that a yes can hurt, each with a count that passes and does not with one yes more. */
function hurtVotes(model: Model): readonly Hurt[] {
  return model.charter.processes.flatMap((process) =>
    votesOf(process).flatMap(({ vote }) => {
      const table = model.analyses.tableOf(process, vote);
      if (table === undefined || !table.choices.includes('yes') || asksForNo(vote) || !vote.passes.some((line) => line.result === 'passed')) return [];
      if (onlyHelps(vote, 'yes')) return [];
      const found = firstTally(table, (tally) => {
        const more = withOneMore(table, tally, 'yes');
        return more !== undefined && table.passes(tally) && !table.passes(more);
      });
      return found === undefined ? [] : [{ process, vote, table, found }];
    }),
  );
}
