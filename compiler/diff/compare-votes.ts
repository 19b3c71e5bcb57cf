// Whether a vote became easier to win: every count of ballots is judged by both rules where counts alone decide (check.md 3.3), else the clauses are
// compared number by number.
import type { Charter, CharterProcess, CharterTest, CharterVote } from '../../engine/index.ts';
import { firstTally, passingResults, tallyTable } from '../analysis/tally-table.ts';
import type { ChangeClass, Direction } from './direction.ts';
import { boundDirection, classOf, comparedDirection, quantityDirection, together } from './direction.ts';
import { partText, samePart } from './same.ts';

/** A vote with the bylaws and the process it stands in. */
export interface VoteIn {
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly vote: CharterVote;
}

/** What a difference of counting does; undefined where no count ends otherwise. Pure. Bound: the sizes of the tally tables. */
export function votesClass(before: VoteIn, after: VoteIn): ChangeClass | undefined {
  return tabledClass(before, after) ?? clausesClass(before.vote, after.vote);
}

/** undefined: not tabled, or larger bodies are legal and no smaller one decides otherwise; then the clauses are compared. */
function tabledClass(before: VoteIn, after: VoteIn): ChangeClass | undefined {
  const old = tallyTable(before.charter, before.process, before.vote, false);
  const fresh = tallyTable(after.charter, after.process, after.vote, false);
  if (old === undefined || fresh === undefined || old.choices.join() !== fresh.choices.join()) return undefined;
  const [won, wins] = [passingResults(before.vote), passingResults(after.vote)];
  let [gained, lost] = [false, false];
  const both = firstTally(old, (tally) => {
    if (!fresh.sizes.includes(tally.size)) return false;
    const [then, now] = [won.has(old.resultOf(tally)), wins.has(fresh.resultOf(tally))];
    gained ||= now && !then;
    lost ||= then && !now;
    return gained && lost;
  });
  if (both !== undefined) return 'power';
  if (gained || lost) return gained ? 'easier' : 'harder';
  return old.isCut || fresh.isCut ? undefined : 'other';
}

function clausesClass(before: CharterVote, after: CharterVote): ChangeClass | undefined {
  if (before.passes.length !== after.passes.length) return 'power';
  const tests = before.passes.flatMap((line, place) => {
    const other = after.passes[place];
    if (other === undefined || other.result !== line.result) return [undefined];
    return testsDirections(line.tests, other.tests);
  });
  return classOf([...tests, ...quorumsDirections(before.quorums, after.quorums), secondCallDirection(before, after)]);
}

function testsDirections(before: readonly CharterTest[], after: readonly CharterTest[]): readonly Direction[] {
  const added = after.length - before.length;
  const pairs = before.slice(0, after.length).map((test, place): Direction => {
    const other = after[place];
    return other === undefined ? undefined : testDirection(test, other);
  });
  return [...pairs, added === 0 ? 0 : added > 0 ? 1 : -1];
}

function testDirection(before: CharterTest, after: CharterTest): Direction {
  const text = (test: CharterTest): string => partText({ ...test, comparison: '', amount: '', bound: '', value: '' });
  if (text(before) !== text(after)) return undefined;
  if ('amount' in before && 'amount' in after)
    return comparedDirection({ comparison: before.comparison, amount: quantityDirection(before.amount, after.amount) }, after);
  if (before.kind === 'turnout' && after.kind === 'turnout')
    return comparedDirection({ comparison: before.comparison, amount: boundDirection(before.bound, after.bound) }, after);
  if (before.kind === 'lead' && after.kind === 'lead')
    return comparedDirection(
      { comparison: before.comparison, amount: quantityDirection({ kind: 'count', value: before.value }, { kind: 'count', value: after.value }) },
      after,
    );
  return 0;
}

type Quorums = CharterVote['quorums'];

/** Whether several quorums ask for more people; they must all hold, so one more of them does. Pure. */
export function quorumsDirections(before: Quorums, after: Quorums): readonly Direction[] {
  const pairs = before.slice(0, after.length).map((quorum, place): Direction => {
    const other = after[place];
    if (other === undefined || other.counted !== quorum.counted || !samePart(other.choices, quorum.choices)) return undefined;
    return comparedDirection({ comparison: quorum.comparison, amount: boundDirection(quorum.bound, other.bound) }, other);
  });
  return [...pairs, after.length === before.length ? 0 : after.length > before.length ? 1 : -1];
}

/** A second chance makes it easier to be quorate (S101). */
function secondCallDirection({ secondCall: before }: CharterVote, { secondCall: after }: CharterVote): Direction {
  if (before === undefined || after === undefined) return before === after ? 0 : after === undefined ? 1 : -1;
  return together(quorumsDirections(before.quorum === undefined ? [] : [before.quorum], after.quorum === undefined ? [] : [after.quorum]));
}
