// GDO309: a large body in which abstentions fill the quorum and one yes decides.
import type { CharterProcess, CharterVote } from '../../engine/index.ts';
import type { Tally, TallyTable } from '../analysis/tally-table.ts';
import { finding } from '../finding.ts';
import { historyOfTally } from '../history-of-way.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `lone-yes-carries`. It is said of bodies of twenty and more, once for an organization, and is a note where everybody's ballot weighs the same (docs/decisions/0075). */
export const loneYesCarries: LintRule = {
  code: 'GDO309',
  name: 'lone-yes-carries',
  what: 'Abstentions fill the quorum, and one yes decides for everybody',
  why: 'Twenty people took part, and one of them was in favour: others will not call that a decision',
  fix: 'Ask for some in favour as well: `and at least 3 keepers say yes`',
  bad: `role visitor plural visitors
  held by anyone
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
  lost through resignation
end

process keeping
  started by any visitor
  vote ballot
    voters visitors
    open for 7 days
    quorum at least 1/2 of visitors voting
    passes when more than 1/2 of votes cast are yes
    when passed go to kept
    otherwise go to refused
  end
  outcome kept
    grant visitor to the candidate
    grant keeper to the candidate
  end
end
`,
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes and at least 3 keepers say yes'),
  late: true,
  witness: (model) =>
    firstWitness(carried(model), ({ process, vote, table, tally }) => {
      const history = historyOfTally(model.charter, process, vote, table, tally);
      return history === undefined ? undefined : { title: `one yes among ${tally.size - 1} abstentions decides ${process.name}`, ...history };
    }),
  check: (model) =>
    carried(model)
      .slice(0, 1)
      .map(({ process, vote, tally: { size } }) =>
        finding('GDO309', placeIn(model, vote, process), {
          severity: 'info',
          message: `In \`${vote.name}\` one yes among ${size - 1} abstentions decides for ${size} people`,
          label: 'abstentions fill the quorum',
          why: 'Others will not call that a decision',
          help: 'ask for some in favour as well:  and at least 3 ... say yes',
        }),
      ),
};

interface Carried {
  readonly process: CharterProcess;
  readonly vote: CharterVote;
  readonly table: TallyTable;
  readonly tally: Tally;
}

/** Votes with a quorum that one yes carries among twenty people. */
function carried(model: Model): readonly Carried[] {
  return model.charter.processes.flatMap((process) =>
    votesOf(process).flatMap(({ vote }) => {
      const table = model.analyses.tableOf(process, vote);
      const size = table?.sizes.find((people) => people >= 20);
      if (table === undefined || size === undefined || vote.quorums.length === 0 || !table.choices.includes('abstain')) return [];
      const tally = { size, counts: table.choices.map((choice) => (choice === 'yes' ? 1 : choice === 'abstain' ? size - 1 : 0)) };
      return table.resultOf(tally) === 'passed' ? [{ process, vote, table, tally }] : [];
    }),
  );
}
