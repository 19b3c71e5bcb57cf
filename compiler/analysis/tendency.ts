// Which way one more ballot can move a vote, as the form of its rule proves it for every count of every roster: nothing is tabled here.
// Where the form proves nothing, the tally table is asked.
import type { CharterComparison, CharterTest, CharterVote } from '../../engine/index.ts';
import { passingResults } from './tally-table.ts';

/** What one more ballot of a choice, by somebody who did not vote, can do to a condition: nothing, make it true, make it false, or who knows. */
type Tendency = 'keeps' | 'helps' | 'hurts' | 'either';

/** Results that a vote has by itself, and that no ballots were asked about. */
const builtIn: readonly string[] = ['failed', 'inquorate', 'tied'];

/** True where it is proved that one more ballot of a choice never makes a vote fail that passes. Pure. */
export function onlyHelps(vote: CharterVote, choice: string): boolean {
  const may = (tendency: Tendency): boolean => tendency === 'keeps' || tendency === 'helps';
  return (
    vote.tie === undefined &&
    allPass(vote) &&
    vote.quorums.every((quorum) => may(quorumTendency(quorum, choice))) &&
    vote.passes.every((line) => line.tests.every((test) => may(testTendency(test, choice))))
  );
}

/** True where it is proved that one more ballot of a choice makes a vote pass only by being a ballot: by filling a quorum, or by undoing a tie. Pure. */
export function onlyFills(vote: CharterVote, choice: string): boolean {
  const may = (tendency: Tendency): boolean => tendency === 'keeps' || tendency === 'hurts';
  return allPass(vote) && vote.passes.every((line) => line.tests.every((test) => test.kind === 'turnout' || may(testTendency(test, choice))));
}

/** True where it is proved, besides, that only a count without any ballot can be filled so. Pure. */
export function asksForNobody(vote: CharterVote): boolean {
  return vote.quorums.length === 0 && vote.tie === undefined && vote.passes.every((line) => line.tests.every((test) => test.kind !== 'turnout'));
}

/** Whichever line holds, the vote passes; and only then. */
function allPass(vote: CharterVote): boolean {
  const passing = passingResults(vote);
  return vote.passes.every((line) => passing.has(line.result) && !builtIn.includes(line.result));
}

function quorumTendency(quorum: CharterVote['quorums'][number], choice: string): Tendency {
  if (quorum.counted === 'saying' && quorum.choices?.includes(choice) !== true) return 'keeps';
  return moreTendency(quorum.comparison);
}

function testTendency(test: CharterTest, choice: string): Tendency {
  switch (test.kind) {
    case 'share-of-base': {
      const isCounted = test.choices.includes(choice);
      if (test.base === 'weight-cast' || test.base === 'those-present') return 'either';
      if (test.base === 'all' || test.amount.kind === 'count') return isCounted ? moreTendency(test.comparison) : 'keeps';
      return shareTendency(test, isCounted && choice !== 'abstain', choice === 'abstain');
    }
    case 'people-say':
      return test.choices.includes(choice) ? moreTendency(test.comparison) : 'keeps';
    case 'none-say':
      return test.choices.includes(choice) ? 'hurts' : 'keeps';
    case 'all-say':
      return test.choices.includes(choice) ? 'helps' : 'keeps';
    case 'turnout':
      return moreTendency(test.comparison);
    case 'lead':
      if (test.of === choice) return test.over === choice ? 'keeps' : moreTendency(test.comparison);
      return test.over === choice ? opposite(moreTendency(test.comparison)) : 'keeps';
  }
}

/** A share of the ballots cast: a ballot for it raises both the part and the whole, any other the whole alone. Of no ballots nothing is a share. */
function shareTendency(test: Extract<CharterTest, { readonly kind: 'share-of-base' }>, isCounted: boolean, isAbstention: boolean): Tendency {
  const isPositive = test.amount.kind === 'share' && test.amount.numerator > 0;
  if (isAbstention || test.choices.includes('abstain') || !isPositive) return 'either';
  const more = moreTendency(test.comparison);
  if (isCounted) return more === 'helps' ? 'helps' : 'either';
  return opposite(more);
}

/** What a larger number does to a comparison of it. */
function moreTendency(comparison: CharterComparison): Tendency {
  switch (comparison) {
    case 'at-least':
    case 'more-than':
      return 'helps';
    case 'at-most':
    case 'fewer-than':
      return 'hurts';
    case 'exactly':
      return 'either';
  }
}

function opposite(tendency: Tendency): Tendency {
  return tendency === 'helps' ? 'hurts' : tendency === 'hurts' ? 'helps' : tendency;
}
