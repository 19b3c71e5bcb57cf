// GDO309: a large body in which abstentions fill the quorum and one yes decides.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
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
  check: (model) => {
    for (const process of model.charter.processes) {
      for (const { vote } of votesOf(process)) {
        const table = model.analyses.tableOf(process, vote);
        const size = table?.sizes.find((people) => people >= 20);
        if (table === undefined || size === undefined || vote.quorums.length === 0) continue;
        const counts = table.choices.map((choice) => (choice === 'yes' ? 1 : choice === 'abstain' ? size - 1 : 0));
        if (!table.choices.includes('abstain') || table.resultOf({ size, counts }) !== 'passed') continue;
        return [
          finding('GDO309', placeIn(model, vote, process), {
            severity: 'info',
            message: `In \`${vote.name}\` one yes among ${size - 1} abstentions decides for ${size} people`,
            label: 'abstentions fill the quorum',
            why: 'Others will not call that a decision',
            help: 'ask for some in favour as well:  and at least 3 ... say yes',
          }),
        ];
      }
    }
    return [];
  },
};
