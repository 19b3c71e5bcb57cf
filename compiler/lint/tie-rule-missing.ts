// GDO032: a vote that can end in a tie and does not say what then (S124).
import type { CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `tie-rule-missing`. `more than 1/2` needs no tie rule: equal numbers do not pass. */
export const tieRuleMissing: LintRule = {
  code: 'GDO032',
  name: 'tie-rule-missing',
  what: 'Equal numbers can decide here, and the text does not say how',
  why: 'A split body would argue about the rule at the worst moment, when half of it wants each reading',
  fix: 'Add `tie fails`, `tie lot` or `tie decided by ...`',
  bad: `process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when at least 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when at least 1/2 of votes cast are yes
    tie fails
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const cause = vote.tie === undefined ? tieCause(vote) : undefined;
        if (cause === undefined) return [];
        return [
          finding('GDO032', placeIn(model, cause.thing, vote), {
            message: `\`${vote.name}\` can end in a tie and does not say what happens then`,
            label: cause.label,
            why: 'A split body would argue about the rule when half of it wants each reading',
            help: 'add a line:  tie fails, or  tie lot, or  tie decided by the chair then fails',
          }),
        ];
      }),
    ),
};

function tieCause(vote: CharterVote): { readonly thing: object; readonly label: string } | undefined {
  if (vote.counted !== undefined) return { thing: vote.counted, label: 'two options can be level' };
  for (const line of vote.passes) {
    for (const test of line.tests) {
      if (test.kind !== 'share-of-base' || test.comparison !== 'at-least' || test.base === 'all' || test.base === 'those-present') continue;
      const half = test.amount.kind === 'share' && test.amount.numerator * 2 === test.amount.denominator;
      if (half) return { thing: test, label: 'half for and half against meets this' };
    }
  }
  return undefined;
}
