// GDO308: a vote that passes because somebody more said no (check.md 3.3).
import type { CharterProcess, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { asksForNo, firstTally, passingResults, tallyTable, tallyText, withOneMore } from '../analysis/tally-table.ts';
import type { Tally } from '../analysis/tally-table.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
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
  check: (model) => {
    const fillers: { readonly vote: CharterVote; readonly process: CharterProcess; readonly text: string }[] = [];
    const wrong = model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const table = tallyTable(model.charter, process, vote, model.effort === 'deep');
        if (table === undefined || !table.choices.includes('no') || asksForNo(vote)) return [];
        const passing = passingResults(vote);
        const turns = (tally: Tally): boolean => {
          if (passing.has(table.resultOf(tally))) return false;
          const more = withOneMore(table, tally, 'no');
          return more !== undefined && passing.has(table.resultOf(more));
        };
        // A turnout written as a test is a quorum by another name.
        const lacksPeople = (tally: Tally): boolean =>
          table.resultOf(tally) === 'inquorate' || vote.passes.some((line) => line.tests.every((test) => test.kind === 'turnout' || table.holds(tally, test)));
        let filled: Tally | undefined;
        const found = firstTally(table, (tally) => {
          if (!turns(tally)) return false;
          if (!lacksPeople(tally)) return tally.counts.some((count) => count > 0);
          filled ??= tally;
          return false;
        });
        if (found === undefined) {
          if (filled !== undefined) fillers.push({ vote, process, text: tallyText(table, filled) });
          return [];
        }
        return [
          finding('GDO308', placeIn(model, vote, process), {
            message: `One more \`no\` makes \`${vote.name}\` pass: with ${tallyText(table, found)} it fails, and then somebody says no`,
            label: 'a no helps it',
            why: 'Those against it do better to stay away, so the count no longer says what people think',
            help: 'count those in favour against everybody:  more than 1/2 of all ... are yes',
          }),
        ];
      }),
    );
    const [first] = fillers;
    if (first === undefined) return wrong;
    return [
      ...wrong,
      finding('GDO308', placeIn(model, first.vote, first.process), {
        severity: 'info',
        message: `Whoever says no can fill the quorum of \`${first.process.name}\`: ${first.text} fails for want of people, and one more \`no\` lets it pass`,
        label: 'known of every quorum',
        why: 'Those against a proposal may stay away on purpose',
        help: 'if that matters, count those in favour against everybody:  more than 1/2 of all ... are yes',
      }),
    ];
  },
};
