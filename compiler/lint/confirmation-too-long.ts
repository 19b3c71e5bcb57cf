// GDO511: tests that must hold for longer than the vote is open (S40).
import { finding } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `confirmation-too-long`. */
export const confirmationTooLong: LintRule = {
  code: 'GDO511',
  name: 'confirmation-too-long',
  what: 'The tests must hold for longer than the vote is open',
  why: 'The vote can never pass, whatever people say',
  fix: 'Make the confirmation shorter than the vote',
  bad: voteSample('holds for 10 days', 'quorum at least 2/3 of keepers voting', 'passes when at least 2/3 of votes cast are yes'),
  good: voteSample('holds for 2 days', 'quorum at least 2/3 of keepers voting', 'passes when at least 2/3 of votes cast are yes'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        if (vote.holdsFor === undefined || shortest(vote.holdsFor) < longest(vote.open)) return [];
        return [
          finding('GDO511', placeIn(model, vote.holdsFor, vote), {
            message: `\`${vote.name}\` is open for ${durationText(vote.open)}, and its tests must hold for ${durationText(vote.holdsFor)}`,
            label: 'longer than the vote',
            why: 'The vote can never pass, whatever people say',
            help: 'make the confirmation shorter than the vote, or the vote longer',
          }),
        ];
      }),
    ),
};
