// GDO328: a `passes` line that an earlier one always takes the place of (S125).
import { finding } from '../finding.ts';
import { firstTally } from '../analysis/tally-table.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `shadowed-test`. */
export const shadowedTest: LintRule = {
  code: 'GDO328',
  name: 'shadowed-test',
  what: 'An earlier line holds whenever this one does',
  why: 'The result it names never comes',
  fix: 'Put the stricter line first',
  bad: voteSample(
    'quorum at least 1/2 of keepers voting',
    'passes when more than 1/2 of votes cast are yes',
    'passes as clear when at least 3/4 of votes cast are yes',
  ).replace('when passed', 'when clear go to accepted\n    when passed'),
  good: voteSample(
    'quorum at least 1/2 of keepers voting',
    'passes as clear when at least 3/4 of votes cast are yes',
    'passes when more than 1/2 of votes cast are yes',
  ).replace('when passed', 'when clear go to accepted\n    when passed'),
  late: true,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const table = model.analyses.tableOf(process, vote);
        if (table === undefined) return [];
        return vote.passes.flatMap((line, at) => {
          const can = (wanted: (lines: readonly boolean[]) => boolean): boolean =>
            firstTally(table, (tally) => tally.counts.some((count) => count > 0) && table.isQuorate(tally) && wanted(table.linesOf(tally))) !== undefined;
          if (at === 0 || !can((lines) => lines[at] === true) || can((lines) => lines.indexOf(true) === at)) return [];
          return [
            finding('GDO328', placeIn(model, line.tests[0] ?? vote, vote), {
              message: `\`${vote.name}\` never ends as \`${line.result}\`: an earlier line holds whenever this one does`,
              label: 'never the first that holds',
              why: 'Readers believe in a result that never comes',
              help: 'put the stricter line first',
            }),
          ];
        });
      }),
    ),
};
