// GDO322: a test that is true whenever the quorum is met.
import { finding } from '../finding.ts';
import { firstTally } from '../analysis/tally-table.ts';
import type { Tally } from '../analysis/tally-table.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `vacuous-test`. */
export const vacuousTest: LintRule = {
  code: 'GDO322',
  name: 'vacuous-test',
  what: 'This test is always true once the quorum is met',
  why: 'It reads like a hurdle, and is none',
  fix: 'Drop it, or raise it',
  bad: voteSample('quorum at least 2/3 of keepers voting', 'passes when more than 1/2 of votes cast are yes and turnout at least 2 keepers'),
  good: voteSample('quorum at least 2/3 of keepers voting', 'passes when more than 1/2 of votes cast are yes'),
  late: true,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const table = model.analyses.tableOf(process, vote);
        if (table === undefined) return [];
        const isMet = (tally: Tally): boolean => tally.counts.some((count) => count > 0) && table.isQuorate(tally);
        // Where no count that was looked at meets the quorum, nothing is known of the test.
        if (firstTally(table, isMet) === undefined) return [];
        return vote.passes.flatMap((line) =>
          line.tests.flatMap((test) => {
            if (firstTally(table, (tally) => isMet(tally) && !table.holds(tally, test)) !== undefined) return [];
            return [
              finding('GDO322', placeIn(model, test, vote), {
                message: `This test of \`${vote.name}\` is true of every ballot count that meets the quorum`,
                label: 'always true',
                why: 'It reads like a hurdle, and is none',
                help: 'drop it, or raise it above the quorum',
              }),
            ];
          }),
        );
      }),
    ),
};
