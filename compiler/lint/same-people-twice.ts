// GDO327: two votes side by side in which the same people answer the same question.
import type { CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample, voteSample } from './sample.ts';

/** The rule `same-people-twice`. */
export const samePeopleTwice: LintRule = {
  code: 'GDO327',
  name: 'same-people-twice',
  what: 'The same people vote twice at the same time',
  why: 'Two ballots where one would do: people answer one and forget the other, and both must pass',
  fix: 'Use one vote with two tests',
  bad: processSample(
    'joint both',
    '  vote one',
    '    voters keepers',
    '    open for 7 days',
    '    quorum at least 1/2 of keepers voting',
    '    passes when more than 1/2 of votes cast are yes',
    '  end',
    '  vote two',
    '    voters keepers',
    '    open for 7 days',
    '    quorum at least 1/2 of keepers voting',
    '    passes when more than 1/2 of votes cast are yes',
    '  end',
    '  when all pass go to accepted',
    '  otherwise go to refused',
    'end',
  ),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes and at least 3 keepers say yes'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        if (stage.kind !== 'joint') return [];
        return stage.votes.flatMap((vote, index) => {
          const key = (one: CharterVote): string => [...one.voters.roles, ...one.voters.except, one.voters.who.length, one.open.count, one.open.unit].join(' ');
          const first = stage.votes.slice(0, index).find((other) => key(other) === key(vote));
          if (first === undefined) return [];
          return [
            finding('GDO327', placeIn(model, vote, stage), {
              message: `The same people vote in \`${first.name}\` and in \`${vote.name}\`, at the same time`,
              label: 'the same people again',
              why: 'People answer one and forget the other, and both must pass',
              help: 'use one vote with two tests:  passes when ... and ...',
            }),
          ];
        });
      }),
    ),
};
