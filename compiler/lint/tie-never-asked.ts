// GDO333: a lot or a decider for a tie, in a vote whose tests have to hold for a while: a tie holds for no time, so it has failed before anybody is asked (S40, S124).
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

const why = 'A tie passes no test, so none has held when the vote closes: the vote has failed, and nobody is asked';
const lines = ['quorum at least 2/3 of keepers voting', 'passes when more than 1/2 of votes cast are yes'] as const;

/** The rule `tie-never-asked`. `tie fails` says what happens, and is right. */
export const tieNeverAsked: LintRule = {
  code: 'GDO333',
  name: 'tie-never-asked',
  what: 'A tie rule is never asked, because tests have to hold for a while',
  why,
  fix: 'Write `tie fails`, which is what happens, or delete `holds for`',
  bad: voteSample('holds for 2 days', ...lines, 'tie lot'),
  good: voteSample('holds for 2 days', ...lines, 'tie fails'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const rule = vote.tie?.[0];
        if (vote.holdsFor === undefined || rule === undefined || rule.kind === 'fails') return [];
        return [
          finding('GDO333', placeIn(model, rule, vote), {
            message: `A tie in \`${vote.name}\` fails: its tests have to hold for a while, and a tie meets none`,
            label: rule.kind === 'lot' ? 'no lot is drawn' : 'nobody is asked',
            why,
            help: 'write what happens:  tie fails;  or delete the line:  holds for ...',
          }),
        ];
      }),
    ),
};
