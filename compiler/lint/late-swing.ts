// GDO504: a vote that the last minute can turn, with nobody left to answer.
import { finding } from '../finding.ts';
import { amends, paysFrom } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `late-swing`. A warning where money or weight is at stake, else a note (docs/decisions/0075). */
export const lateSwing: LintRule = {
  code: 'GDO504',
  name: 'late-swing',
  what: 'The last minute can decide this vote, and nobody can answer',
  why: 'Whoever waits with a large weight until the end wins against people who believed the vote was over',
  fix: 'Keep it open after a swing: `extends by 2 days when swung in the last 2 days at most 3 times`',
  bad: `measure activity counts ballots by each keeper over the last 90 days
end

process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  vote ballot
    voters keepers weighted by activity as of the start
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of weight cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `measure activity counts ballots by each keeper over the last 90 days
end

process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  vote ballot
    voters keepers weighted by activity as of the start
    open for 14 days
    extends by 2 days when swung in the last 2 days at most 3 times
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of weight cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const pays = model.charter.accounts.some((account) => paysFrom(process, account.name));
      if (!pays && !amends(model.charter, process)) return [];
      return votesOf(process).flatMap(({ vote }) => {
        const guarded = vote.extends.some((line) => line.when.kind !== 'result') || vote.holdsFor !== undefined || vote.ballots === 'sealed';
        if (guarded || vote.voters.present === true || (vote.closesEarly === true && vote.ballots === 'final')) return [];
        return [
          finding('GDO504', placeIn(model, vote, process), {
            severity: pays || vote.voters.weightedBy !== undefined ? 'warning' : 'info',
            message: `The last minute of \`${vote.name}\` can decide about ${pays ? 'money' : 'the bylaws'}, and nobody can answer`,
            label: 'ends at a fixed instant',
            why: 'Whoever waits until the end wins against people who believed the vote was over',
            help: 'keep it open after a swing:  extends by 2 days when swung in the last 2 days at most 3 times',
          }),
        ];
      });
    }),
};
