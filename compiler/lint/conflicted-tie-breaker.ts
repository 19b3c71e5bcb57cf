// GDO312: a tie that one person breaks who may be a party, with no rule after them (S37).
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `conflicted-tie-breaker`. */
export const conflictedTieBreaker: LintRule = {
  code: 'GDO312',
  name: 'conflicted-tie-breaker',
  what: 'Whoever breaks the tie may be concerned, and then nobody does',
  why: 'A decider who is author, candidate or subject is skipped, and a list that ends with them ends in failure',
  fix: 'Write what follows: `tie decided by the chair then lot`',
  bad: voteSample('quorum at least 1/2 of keepers voting', 'passes when at least 1/2 of votes cast are yes', 'tie decided by any keeper'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when at least 1/2 of votes cast are yes', 'tie decided by any keeper then fails'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const last = vote.tie?.at(-1);
        if (last?.kind !== 'decided' || last.thoughConcerned === true) return [];
        return [
          finding('GDO312', placeIn(model, last, vote), {
            message: `Whoever breaks a tie of \`${vote.name}\` may be concerned, and then nobody breaks it`,
            label: 'last in the list',
            why: 'A decider who is author, candidate or subject is skipped, and the vote then fails although nobody wrote that',
            help: 'write what follows:  then lot, or:  then fails',
          }),
        ];
      }),
    ),
};
