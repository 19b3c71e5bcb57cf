// GDO308: a vote that passes because somebody more said no (check.md 3.3).
import type { CharterProcess, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { historyOfTally } from '../history-of-way.ts';
import { firstWitness } from './group-witness.ts';
import { asksForNo, emptyTallies, firstTally, tallyText, withOneMore } from '../analysis/tally-table.ts';
import type { Tally, TallyTable } from '../analysis/tally-table.ts';
import { asksForNobody, onlyFills } from '../analysis/tendency.ts';
import type { Witness } from '../witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `no-show-paradox`. A `no` that fills the quorum is known of every quorum and is a note (docs/decisions/0075); one that passes a quorate vote is an error. */
export const noShowParadox: LintRule = {
  code: 'GDO308',
  name: 'no-show-paradox',
  what: 'One more person who says no makes it pass',
  why: 'Those against it do better to stay away, so the count no longer says what people think',
  fix: 'Count those in favour against everybody: `more than 1/2 of all keepers are yes`',
  bad: voteSample(
    'choices yes, no, abstain, veto',
    'quorum at least 1/2 of keepers voting',
    'passes when more than 1/2 of votes cast are yes or no and fewer than 1/3 of votes cast are veto',
  ),
  good: voteSample('passes when more than 1/2 of all keepers are yes'),
  late: true,
  witness: (model) => firstWitness([paradoxIn, filledBy], (find) => firstWitness(countedVotes(model), (counted) => lastNo(model, counted, find))),
  check: (model) => {
    const votes = countedVotes(model).map((counted) => ({ ...counted, found: paradoxIn(counted.table, counted.vote) }));
    const wrong = votes.flatMap(({ process, vote, table, found }) =>
      found === undefined
        ? []
        : [
            finding('GDO308', placeIn(model, vote, process), {
              message: `One more \`no\` makes \`${vote.name}\` pass: with ${tallyText(table, found)} it fails, and then somebody says no`,
              label: 'a no helps it',
              why: 'Those against it do better to stay away, so the count no longer says what people think',
              help: 'count those in favour against everybody:  more than 1/2 of all ... are yes',
            }),
          ],
    );
    for (const { process, vote, table, found } of votes) {
      const filled = found === undefined ? filledBy(table, vote) : undefined;
      if (filled === undefined) continue;
      return [
        ...wrong,
        finding('GDO308', placeIn(model, vote, process), {
          severity: 'info',
          message: `Whoever says no can fill the quorum of \`${process.name}\`: ${tallyText(table, filled)} fails for want of people, and one more \`no\` lets it pass`,
          label: 'known of every quorum',
          why: 'Those against a proposal may stay away on purpose',
          help: 'if that matters, count those in favour against everybody:  more than 1/2 of all ... are yes',
        }),
      ];
    }
    return wrong;
  },
};

interface Counted {
  readonly process: CharterProcess;
  readonly vote: CharterVote;
  readonly table: TallyTable;
}

/** The votes in which somebody can say no and does not mean to help by it. */
function countedVotes(model: Model): readonly Counted[] {
  return model.charter.processes.flatMap((process) =>
    votesOf(process).flatMap(({ vote }) => {
      const table = model.analyses.tableOf(process, vote);
      return table === undefined || !table.choices.includes('no') || asksForNo(vote) ? [] : [{ process, vote, table }];
    }),
  );
}

/** A count that fails, and one more no, with which it passes. */
function lastNo(model: Model, { process, vote, table }: Counted, find: (table: TallyTable, vote: CharterVote) => Tally | undefined): Witness | undefined {
  const before = find(table, vote);
  const tally = before === undefined ? undefined : withOneMore(table, before, 'no');
  const history = tally === undefined ? undefined : historyOfTally(model.charter, process, vote, table, tally);
  return history === undefined ? undefined : { title: `the last no lets ${process.name} pass`, ...history };
}

/** The first count with which a vote fails although people enough took part, and passes when one more says no. */
function paradoxIn(table: TallyTable, vote: CharterVote): Tally | undefined {
  if (onlyFills(vote, 'no')) return undefined;
  return firstTally(table, (tally) => turns(table, tally) && !lacksPeople(table, vote, tally) && tally.counts.some((count) => count > 0));
}

/** The first count that fails for want of people, and passes when one more says no. */
function filledBy(table: TallyTable, vote: CharterVote): Tally | undefined {
  const fills = (tally: Tally): boolean => turns(table, tally) && lacksPeople(table, vote, tally);
  return onlyFills(vote, 'no') && asksForNobody(vote) ? emptyTallies(table).find(fills) : firstTally(table, fills);
}

function turns(table: TallyTable, tally: Tally): boolean {
  if (table.passes(tally)) return false;
  const more = withOneMore(table, tally, 'no');
  return more !== undefined && table.passes(more);
}

/** A turnout written as a test is a quorum by another name. */
function lacksPeople(table: TallyTable, vote: CharterVote, tally: Tally): boolean {
  return table.resultOf(tally) === 'inquorate' || vote.passes.some((line) => line.tests.every((test) => test.kind === 'turnout' || table.holds(tally, test)));
}
