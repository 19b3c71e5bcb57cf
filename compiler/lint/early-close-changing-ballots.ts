// GDO320: a vote that ends when it is decided, with ballots that may still change (S127).
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `early-close-changing-ballots`. */
export const earlyCloseChangingBallots: LintRule = {
  code: 'GDO320',
  name: 'early-close-changing-ballots',
  what: 'The vote closes when it is decided, and ballots may still change',
  why: 'What is decided could be undone by the next ballot, so the order of arrival would decide',
  fix: 'Make ballots final: `ballots final`',
  bad: voteSample(
    'ballots may change',
    'quorum at least 1/2 of keepers voting',
    'passes when more than 1/2 of votes cast are yes',
    'closes early when decided',
  ),
  good: voteSample('ballots final', 'quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes', 'closes early when decided'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        if (vote.closesEarly !== true || vote.ballots === 'final') return [];
        return [
          finding('GDO320', placeIn(model, vote, process), {
            message: `\`${vote.name}\` closes when it is decided, and its ballots ${vote.ballots === 'sealed' ? 'are sealed until the close' : 'may still change'}`,
            label: 'closes early',
            why: 'The order in which ballots arrive would decide',
            help: vote.ballots === 'sealed' ? 'delete the line:  closes early when decided' : 'write:  ballots final',
          }),
        ];
      }),
    ),
};
