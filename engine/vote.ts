// The verdict of one vote: quorums, then tests in source order, over the ballots and the rosters frozen at its opening (S28-S33, S124-S127).
// It decides no tie and opens nothing.
import type { CharterQuorum, CharterTest, CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { boundText, comparisonText, peopleOf, quantityText, rosterSize } from './actor.ts';
import type { Json } from './canonical.ts';
import { isList } from './canonical.ts';
import type { BallotRecord } from './case.ts';
import { oneOrMore, textOf } from './field.ts';
import { unreachable } from './invariant.ts';
import { compares, meetsBound, meetsQuantity } from './quantity.ts';
import { isRecused } from './recused.ts';

/** One requirement as a sentence of the bylaws, what there is, and whether that is enough. */
export interface RequirementLine {
  readonly requirement: string;
  readonly have: string;
  readonly need: string;
  readonly met: boolean;
}

/** What a vote says, with the lines that led to it. `result` is `inquorate`, `tied`, `failed`, `passed` or a name after `as`. */
export interface VoteVerdict {
  readonly result: string;
  readonly lines: readonly RequirementLine[];
}

/** A ballot as counting sees it; more than one choice where the vote allows several marks. */
export interface CountedBallot {
  readonly by: string;
  readonly choices: readonly string[];
}

interface Tally {
  readonly scope: CaseScope;
  readonly vote: CharterVote;
  readonly ballots: readonly CountedBallot[];
  readonly byChoice: ReadonlyMap<string, number>;
}

/** The choices of a vote from a list; `yes, no, abstain` where none are written (S28). */
export function choicesOf(vote: CharterVote): readonly string[] {
  if (vote.choices.kind !== 'list' || vote.choices.names.length === 0) return ['yes', 'no', 'abstain'];
  return vote.choices.names;
}

/** Every name on a ballot, in its order. */
export function namesChosen(choice: Json): readonly string[] {
  return isList(choice) ? choice.flatMap(oneOrMore) : [textOf(choice)];
}

/** A kept ballot as counting sees it. */
export function countedBallot(ballot: BallotRecord): CountedBallot {
  return { by: ballot.by, choices: namesChosen(ballot.choice) };
}

function tallied(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[]): Tally {
  const byChoice = new Map<string, number>();
  for (const ballot of ballots) for (const choice of ballot.choices) byChoice.set(choice, (byChoice.get(choice) ?? 0) + 1);
  if (vote.vacanciesCountAs !== undefined && scope.frozen.vacant > 0) {
    byChoice.set(vote.vacanciesCountAs, (byChoice.get(vote.vacanciesCountAs) ?? 0) + scope.frozen.vacant);
  }
  return { scope, vote, ballots, byChoice };
}

function sumOf(tally: Tally, choices: readonly string[]): number {
  return choices.reduce((sum, choice) => sum + (tally.byChoice.get(choice) ?? 0), 0);
}

function peopleSaying(tally: Tally, role: string, choices: readonly string[]): number {
  const people = peopleOf(tally.scope, role);
  const counted = people === undefined ? undefined : new Set(people);
  return tally.ballots.filter((ballot) => ballot.choices.some((choice) => choices.includes(choice)) && counted?.has(ballot.by) !== false).length;
}

function votesCast(tally: Tally): number {
  const seats = tally.vote.vacanciesCountAs === undefined || tally.vote.vacanciesCountAs === 'abstain' ? 0 : tally.scope.frozen.vacant;
  return tally.ballots.filter((ballot) => ballot.choices.some((choice) => choice !== 'abstain')).length + seats;
}

function baseOf(tally: Tally, test: CharterTest & { readonly kind: 'share-of-base' }): { readonly size: number; readonly text: string } {
  switch (test.base) {
    case 'votes-cast':
    case 'weight-cast':
      return { size: votesCast(tally), text: 'votes cast' };
    case 'votes-and-abstentions':
      return { size: tally.ballots.length + (tally.vote.vacanciesCountAs === undefined ? 0 : tally.scope.frozen.vacant), text: 'votes and abstentions' };
    case 'those-present':
      return { size: tally.scope.record.present.length, text: 'those present' };
    case 'all':
      return { size: rosterSize(tally.scope, { kind: 'whole', role: test.role ?? 'electorate' }), text: `all ${test.role ?? 'electorate'}` };
    default:
      return unreachable(test.base);
  }
}

function testLine(tally: Tally, test: CharterTest): RequirementLine {
  const said = (choices: readonly string[]): string => choices.join(' or ');
  switch (test.kind) {
    case 'share-of-base': {
      const [have, base] = [sumOf(tally, test.choices), baseOf(tally, test)];
      const requirement = `${comparisonText(test.comparison)} ${quantityText(test.amount)} of ${base.text} are ${said(test.choices)}`;
      const need = test.amount.kind === 'count' ? quantityText(test.amount) : `${comparisonText(test.comparison)} ${quantityText(test.amount)} of ${base.size}`;
      return { requirement, have: `${have} of ${base.size}`, need, met: meetsQuantity(have, test.comparison, test.amount, base.size) };
    }
    case 'people-say': {
      const [have, size] = [peopleSaying(tally, test.role, test.choices), rosterSize(tally.scope, { kind: 'whole', role: test.role })];
      const requirement = `${comparisonText(test.comparison)} ${quantityText(test.amount)} ${test.role} say ${said(test.choices)}`;
      return { requirement, have: String(have), need: quantityText(test.amount), met: meetsQuantity(have, test.comparison, test.amount, size) };
    }
    case 'none-say': {
      const have = peopleSaying(tally, test.role, test.choices);
      return { requirement: `no ${test.role} says ${said(test.choices)}`, have: String(have), need: '0', met: have === 0 };
    }
    case 'all-say': {
      const [have, size] = [peopleSaying(tally, test.role, test.choices), rosterSize(tally.scope, { kind: 'whole', role: test.role })];
      return { requirement: `all ${test.role} say ${said(test.choices)}`, have: String(have), need: String(size), met: size > 0 && have === size };
    }
    case 'turnout': {
      const have = tally.ballots.length;
      const met = meetsBound(have, test.comparison, test.bound, (share) => rosterSize(tally.scope, share));
      return { requirement: `turnout is ${comparisonText(test.comparison)} ${boundText(test.bound)}`, have: String(have), need: boundText(test.bound), met };
    }
    case 'lead': {
      const have = sumOf(tally, [test.of]) - sumOf(tally, [test.over]);
      const requirement = `the lead of ${test.of} over ${test.over} is ${comparisonText(test.comparison)} ${test.value}`;
      return { requirement, have: String(have), need: String(test.value), met: compares(BigInt(have), test.comparison, BigInt(test.value)) };
    }
    default:
      return unreachable(test);
  }
}

/** One quorum against a number of people. */
export function quorumLine(scope: CaseScope, quorum: CharterQuorum, have: number): RequirementLine {
  const met = meetsBound(have, quorum.comparison, quorum.bound, (share) => rosterSize(scope, share));
  const need = boundText(quorum.bound);
  return {
    requirement: `quorum ${comparisonText(quorum.comparison)} ${need} ${quorum.counted}`,
    have: String(have),
    need: `${comparisonText(quorum.comparison)} ${need}`,
    met,
  };
}

function quorumCount(tally: Tally, quorum: CharterQuorum): number {
  switch (quorum.counted) {
    case 'voting':
    case 'over-default':
      return tally.ballots.length;
    case 'present':
      return tally.scope.record.present.length;
    case 'saying':
      return tally.ballots.filter((ballot) => ballot.choices.some((choice) => quorum.choices?.includes(choice) === true)).length;
    default:
      return unreachable(quorum.counted);
  }
}

/** The quorums that bind now: in a second call the one written there, or none (S101). */
export function quorumsOf(
  stage: { readonly quorums: readonly CharterQuorum[]; readonly secondCall?: { readonly quorum?: CharterQuorum } },
  isSecondCall: boolean,
): readonly CharterQuorum[] {
  if (!isSecondCall) return stage.quorums;
  return stage.secondCall?.quorum === undefined ? [] : [stage.secondCall.quorum];
}

/**
 * Counts a vote of given choices. Pure; the order of ballots does not matter.
 * @param ballots - one per person, those of the frozen electorate only
 * Source: language.md S29-S33, S124-S126, S130
 */
export function countVote(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[]): VoteVerdict {
  const tally = tallied(scope, vote, ballots);
  const quorums = quorumsOf(vote, scope.record.secondCall === true).map((quorum) => quorumLine(scope, quorum, quorumCount(tally, quorum)));
  const passes = vote.passes.map((row) => ({ result: row.result, lines: row.tests.map((test) => testLine(tally, test)) }));
  const lines = [...quorums, ...passes.flatMap((row) => row.lines)];
  if (!quorums.every((line) => line.met)) return { result: 'inquorate', lines };
  if (ballots.length === 0) return { result: 'failed', lines };
  if (vote.tie !== undefined && (tally.byChoice.get('yes') ?? 0) === (tally.byChoice.get('no') ?? 0) && choicesOf(vote).includes('yes'))
    return { result: 'tied', lines };
  const passed = passes.find((row) => row.lines.every((line) => line.met));
  return { result: passed?.result ?? 'failed', lines };
}

/** Completions that are tried one by one; above it the corners decide, which is sound and may close later. */
const completionsMax = 4_096;

/**
 * True iff no completion by those who have not voted can change the result (S127). Exact for small rests; for larger ones true iff every single
 * requirement is the same in all corners, that is when all the rest do one thing, which settles linear requirements.
 */
export function isDecided(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[]): boolean {
  const rest = (peopleOf(scope, 'electorate') ?? []).filter((member) => !isRecused(scope.record, member) && !ballots.some((ballot) => ballot.by === member));
  const ways: readonly (readonly string[])[] = [[], ...choicesOf(vote).map((choice) => [choice])];
  const cast = (choices: readonly string[], by: string): readonly CountedBallot[] => (choices.length === 0 ? [] : [{ by, choices }]);
  let completions = 1;
  for (let index = 0; index < rest.length && completions <= completionsMax; index += 1) completions *= ways.length;
  const now = countVote(scope, vote, ballots);
  if (completions > completionsMax) {
    // Equality is not linear: a tie stays possible while the rest can close the gap.
    const gap = Math.abs(ballots.filter((one) => one.choices.includes('yes')).length - ballots.filter((one) => one.choices.includes('no')).length);
    if (vote.tie !== undefined && gap <= rest.length) return false;
    const same = (other: VoteVerdict): boolean => other.result === now.result && other.lines.every((line, index) => line.met === now.lines[index]?.met);
    return ways.every((choices) => same(countVote(scope, vote, [...ballots, ...rest.flatMap((by) => cast(choices, by))])));
  }
  for (let number = 0; number < completions; number += 1) {
    let left = number;
    const all = [...ballots];
    for (const by of rest) {
      all.push(...cast(ways[left % ways.length] ?? [], by));
      left = Math.floor(left / ways.length);
    }
    if (countVote(scope, vote, all).result !== now.result) return false;
  }
  return true;
}
