// GDO406: a vote that one person decides when nobody else takes part, although the body has more.
import { finding } from '../finding.ts';
import { historyOfTally } from '../history-of-way.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `quorum-of-one`. */
export const quorumOfOne: LintRule = {
  code: 'GDO406',
  name: 'quorum-of-one',
  what: 'One ballot decides here when nobody else votes',
  why: 'Whoever watches for a quiet week decides alone for everybody',
  fix: 'Ask for several: `quorum at least 2/3 of keepers voting`',
  bad: voteSample('passes when more than 1/2 of votes cast are yes'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 1/2 of votes cast are yes'),
  late: true,
  witness: (model) =>
    firstWitness(
      model.charter.processes.flatMap((process) => votesOf(process).map(({ vote }) => ({ process, vote }))),
      ({ process, vote }) => {
        const table = model.analyses.tableOf(process, vote);
        const size = table?.sizes.find((people) => people > 1);
        const tally = { size: size ?? 0, counts: (table?.choices ?? []).map((choice) => (choice === 'yes' ? 1 : 0)) };
        const history =
          table === undefined || size === undefined || table.resultOf(tally) !== 'passed'
            ? undefined
            : historyOfTally(model.charter, process, vote, table, tally);
        return history === undefined ? undefined : { title: `one of ${size} decides ${process.name}`, ...history };
      },
    ),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const table = model.analyses.tableOf(process, vote);
        const size = table?.sizes.find((people) => people > 1);
        if (table === undefined || size === undefined || vote.voters.present === true) return [];
        if (table.resultOf({ size, counts: table.choices.map((choice) => (choice === 'yes' ? 1 : 0)) }) !== 'passed') return [];
        return [
          finding('GDO406', placeIn(model, vote, process), {
            message: `In \`${vote.name}\` one ballot decides when nobody else votes, with ${size} people in \`${vote.voters.roles.join(', ')}\``,
            label: 'one ballot is enough',
            why: 'Whoever watches for a quiet week decides alone for everybody',
            help: 'ask for several:  quorum at least 1/2 of ... voting',
          }),
        ];
      }),
    ),
};
