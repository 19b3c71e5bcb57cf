// GDO523: a vote whose ballots nobody sees, and a clause that must see them.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `sealed-but-watched`. */
export const sealedButWatched: LintRule = {
  code: 'GDO523',
  name: 'sealed-but-watched',
  what: 'The ballots are sealed, and this clause needs to know them before they are opened',
  why: 'It can never take effect, or the seal is broken for it',
  fix: 'Drop one of the two',
  bad: voteSample(
    'ballots sealed until the close revealed within 2 days',
    'holds for 1 day',
    'quorum at least 2/3 of keepers voting',
    'passes when at least 2/3 of votes cast are yes',
  ),
  good: voteSample(
    'ballots sealed until the close revealed within 2 days',
    'quorum at least 2/3 of keepers voting',
    'passes when at least 2/3 of votes cast are yes',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        if (vote.ballots !== 'sealed') return [];
        const watching = [...(vote.holdsFor === undefined ? [] : [vote.holdsFor]), ...vote.extends.filter((line) => line.when.kind !== 'result')];
        return watching.map((clause) =>
          finding('GDO523', placeIn(model, clause, vote), {
            message: `The ballots of \`${vote.name}\` are sealed, and this clause needs to know them while it is open`,
            label: 'nothing is known yet',
            why: 'It can never take effect: nobody knows how the vote stands before the opening',
            help: 'delete this clause, or the line:  ballots sealed',
          }),
        );
      }),
    ),
};
