// The verdict of one vote: quorums, then tests in source order, over the ballots and the rosters frozen at its opening (S28-S33, S124-S127).
// It decides no tie and opens nothing.
import type { CharterQuorum, CharterTest, CharterVote } from './bylaws-stages.ts';
import type { CharterBound, CharterShare } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { peopleOf, sizeOf } from './actor.ts';
import { amountText, boundText, comparisonText, pluralOf, quantityText } from './wording.ts';
import type { Json } from './canonical.ts';
import { isList } from './canonical.ts';
import type { WeighedBallot } from './ballots.ts';
import { oneOrMore, textOf } from './field.ts';
import { unreachable } from './invariant.ts';
import { compares, meetsBound, meetsQuantity } from './quantity.ts';
import { isScored } from './scored.ts';

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
  /** 1 but where people who are alike in everything are counted together: `by` is then any of them. */
  readonly people: bigint;
  /** Of all of them together. */
  readonly weight: bigint;
}

interface Tally {
  readonly scope: CaseScope;
  readonly vote: CharterVote;
  readonly ballots: readonly CountedBallot[];
  readonly byChoice: ReadonlyMap<string, Sums>;
  /** What the count elected, where a test asks for it. */
  readonly winner?: string;
}

/** People and what their ballots weigh. */
interface Sums {
  readonly people: bigint;
  readonly weight: bigint;
}

const none: Sums = { people: 0n, weight: 0n };

function plus(left: Sums, right: Sums): Sums {
  return { people: left.people + right.people, weight: left.weight + right.weight };
}

function sumsOf(ballots: readonly CountedBallot[]): Sums {
  return ballots.reduce((sum, ballot) => plus(sum, ballot), none);
}

/** What is compared with a share: weight where the share is of `weight`, else people (S30). */
function measuredBy(sums: Sums): (share: CharterShare) => bigint {
  return (share) => (share.role === 'weight' ? sums.weight : sums.people);
}

/** The choices of a vote from a list; `yes, no, abstain` where none are written (S28). */
export function choicesOf(vote: CharterVote): readonly string[] {
  if (vote.choices.kind !== 'list' || vote.choices.names.length === 0) return ['yes', 'no', 'abstain'];
  return vote.choices.names;
}

/** Every name on a ballot, in its order. */
export function namesChosen(choice: Json): readonly string[] {
  return isList(choice) ? choice.flatMap((one) => (isScored(one) ? [one[0]] : oneOrMore(one))) : [textOf(choice)];
}

/** A kept ballot as counting sees it. */
export function countedBallot(ballot: WeighedBallot): CountedBallot {
  return { by: ballot.by, choices: namesChosen(ballot.choice), people: 1n, weight: ballot.weight };
}

function emptySeats(tally: Pick<Tally, 'scope' | 'vote'>): Sums {
  const seats = tally.vote.vacanciesCountAs === undefined ? 0n : BigInt(tally.scope.frozen.vacant);
  return { people: seats, weight: seats };
}

/** The empty seats that say one of some choices among the people of a role: its own, or all among those whom all voters are (S130, docs/decisions/0087). */
function emptySeatsSaying({ scope, vote }: Tally, role: string, choices: readonly string[]): bigint {
  if (vote.vacanciesCountAs === undefined || !choices.includes(vote.vacanciesCountAs)) return 0n;
  const { vacant, vacancies } = scope.frozen;
  if (role === 'electorate' || role === 'weight') return BigInt(vacant);
  if (!vote.voters.roles.includes(role)) return 0n;
  return BigInt(vacancies === undefined ? vacant : (vacancies.find(([name]) => name === role)?.[1] ?? 0));
}

function tallied(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[]): Tally {
  const byChoice = new Map<string, Sums>();
  const add = (choice: string, sums: Sums): void => void byChoice.set(choice, plus(byChoice.get(choice) ?? none, sums));
  for (const ballot of ballots) for (const choice of ballot.choices) add(choice, ballot);
  // An empty seat is one more in every test, those in weight included (S130).
  if (vote.vacanciesCountAs !== undefined) add(vote.vacanciesCountAs, emptySeats({ scope, vote }));
  return { scope, vote, ballots, byChoice };
}

function sumOf(tally: Tally, choices: readonly string[]): Sums {
  return choices.reduce((sum, choice) => plus(sum, tally.byChoice.get(choice) ?? none), none);
}

function isSaying(ballot: CountedBallot, choices: readonly string[]): boolean {
  return ballot.choices.some((choice) => choices.includes(choice));
}

function peopleSaying(tally: Tally, role: string, choices: readonly string[]): bigint {
  const saying = tally.ballots.filter((ballot) => isSaying(ballot, choices));
  if (role === 'weight') return sumsOf(saying).weight;
  const people = peopleOf(tally.scope, role);
  const counted = people === undefined ? undefined : new Set(people);
  return sumsOf(saying.filter((ballot) => counted?.has(ballot.by) !== false)).people;
}

function votesCast(tally: Tally): Sums {
  const cast = sumsOf(tally.ballots.filter((ballot) => ballot.choices.some((choice) => choice !== 'abstain')));
  return tally.vote.vacanciesCountAs === 'abstain' ? cast : plus(cast, emptySeats(tally));
}

/** The whole that a test takes a share of, and what of it the choices have: people, or weight. */
interface Base {
  readonly have: bigint;
  readonly size: bigint;
  readonly text: string;
}

/** The choices a share is about: those named, or what the count elected, if it elected anything. */
function choicesMeant(tally: Tally, test: CharterTest & { readonly kind: 'share-of-base' }): readonly string[] {
  return test.winner === undefined ? test.choices : tally.winner === undefined ? [] : [tally.winner];
}

function baseOf(tally: Tally, test: CharterTest & { readonly kind: 'share-of-base' }): Base {
  const said = sumOf(tally, choicesMeant(tally, test));
  switch (test.base) {
    case 'votes-cast':
      return { have: said.people, size: votesCast(tally).people, text: 'votes cast' };
    case 'weight-cast':
      return { have: said.weight, size: votesCast(tally).weight, text: 'weight cast' };
    case 'votes-and-abstentions':
      return { have: said.people, size: plus(sumsOf(tally.ballots), emptySeats(tally)).people, text: 'votes and abstentions' };
    case 'those-present':
      return { have: said.people, size: BigInt(tally.scope.record.present.length), text: 'those present' };
    case 'all': {
      const share = { kind: 'whole', role: test.role ?? 'electorate' } as const;
      return { have: measuredBy(said)(share), size: sizeOf(tally.scope, share), text: `all ${pluralOf(tally.scope.charter, share.role)}` };
    }
    default:
      return unreachable(test.base);
  }
}

function testLine(tally: Tally, test: CharterTest): RequirementLine {
  const said = (choices: readonly string[]): string => choices.join(' or ');
  switch (test.kind) {
    case 'share-of-base': {
      const { have, size, text } = baseOf(tally, test);
      const requirement = `${comparisonText(test.comparison)} ${quantityText(test.amount)} of ${text} are ${test.winner === undefined ? said(test.choices) : (tally.winner ?? 'the winner')}`;
      const need = test.amount.kind === 'count' ? quantityText(test.amount) : `${comparisonText(test.comparison)} ${quantityText(test.amount)} of ${size}`;
      return { requirement, have: `${have} of ${size}`, need, met: meetsQuantity(have, test.comparison, test.amount, size) };
    }
    case 'people-say': {
      const have = peopleSaying(tally, test.role, test.choices) + emptySeatsSaying(tally, test.role, test.choices);
      const size = sizeOf(tally.scope, { kind: 'whole', role: test.role });
      const requirement = `${comparisonText(test.comparison)} ${amountText(tally.scope.charter, test.amount, test.role)} ${test.amount.kind === 'count' && test.amount.value === 1 ? 'says' : 'say'} ${said(test.choices)}`;
      return { requirement, have: String(have), need: quantityText(test.amount), met: meetsQuantity(have, test.comparison, test.amount, size) };
    }
    case 'none-say': {
      const have = peopleSaying(tally, test.role, test.choices) + emptySeatsSaying(tally, test.role, test.choices);
      return { requirement: `no ${test.role} says ${said(test.choices)}`, have: String(have), need: '0', met: have === 0n };
    }
    case 'all-say': {
      const [have, size] = [peopleSaying(tally, test.role, test.choices), sizeOf(tally.scope, { kind: 'whole', role: test.role })];
      return {
        requirement: `all ${pluralOf(tally.scope.charter, test.role)} say ${said(test.choices)}`,
        have: String(have),
        need: String(size),
        met: size > 0n && have === size,
      };
    }
    case 'turnout': {
      const cast = sumsOf(tally.ballots);
      const met = meetsBound(measuredBy(cast), test.comparison, test.bound, (share) => sizeOf(tally.scope, share));
      const requirement = `turnout is ${comparisonText(test.comparison)} ${boundText(tally.scope.charter, test.bound)}`;
      return { requirement, have: haveText(test.bound, cast), need: boundText(tally.scope.charter, test.bound), met };
    }
    case 'lead': {
      const [of, over] = [sumOf(tally, [test.of]), sumOf(tally, [test.over])];
      const have = tally.vote.voters.weightedBy === undefined ? of.people - over.people : of.weight - over.weight;
      const requirement = `the lead of ${test.of} over ${test.over} is ${comparisonText(test.comparison)} ${test.value}`;
      return { requirement, have: String(have), need: String(test.value), met: compares(have, test.comparison, BigInt(test.value)) };
    }
    default:
      return unreachable(test);
  }
}

function haveText(bound: CharterBound, sums: Sums): string {
  const isInWeight = bound.kind === 'whole' || bound.kind === 'part' ? bound.role === 'weight' : bound.left.role === 'weight' || bound.right.role === 'weight';
  return isInWeight ? `a weight of ${sums.weight}` : String(sums.people);
}

/** What a quorum counts, as the bylaws say it. */
function countedText({ counted, choices = [] }: CharterQuorum): string {
  if (counted === 'saying') return `saying ${choices.join(' or ')}`;
  return counted === 'over-default' ? 'over default' : counted;
}

function quorumLineOf(scope: CaseScope, quorum: CharterQuorum, sums: Sums): RequirementLine {
  const met = meetsBound(measuredBy(sums), quorum.comparison, quorum.bound, (share) => sizeOf(scope, share));
  const need = boundText(scope.charter, quorum.bound);
  return {
    requirement: `quorum ${comparisonText(quorum.comparison)} ${need} ${countedText(quorum)}`,
    have: haveText(quorum.bound, sums),
    need: `${comparisonText(quorum.comparison)} ${need}`,
    met,
  };
}

/** The quorum of a meeting: so many are present. */
export function presentLine(scope: CaseScope, quorum: CharterQuorum, present: number): RequirementLine {
  return quorumLineOf(scope, quorum, { people: BigInt(present), weight: BigInt(present) });
}

/** One quorum against the ballots of a vote. */
export function quorumLine(scope: CaseScope, quorum: CharterQuorum, ballots: readonly CountedBallot[]): RequirementLine {
  switch (quorum.counted) {
    case 'voting':
    case 'over-default':
      return quorumLineOf(scope, quorum, sumsOf(ballots));
    case 'present':
      return presentLine(scope, quorum, scope.record.present.length);
    case 'saying':
      return quorumLineOf(scope, quorum, sumsOf(ballots.filter((ballot) => isSaying(ballot, quorum.choices ?? []))));
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

/** The first result whose tests all hold, or `failed`, with every test as a line (S125). Pure. @param winner - the best that the count elected */
export function passVerdict(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[], winner?: string): VoteVerdict {
  const tally = { ...tallied(scope, vote, ballots), ...(winner === undefined ? {} : { winner }) };
  const passes = vote.passes.map((row) => ({ result: row.result, lines: row.tests.map((test) => testLine(tally, test)) }));
  const passed = passes.find((row) => row.lines.every((line) => line.met));
  return { result: passed?.result ?? 'failed', lines: passes.flatMap((row) => row.lines) };
}

/** The ballots that a quorum looks at: over the default are those for something else, abstentions left out (S44). */
function lookedAt(vote: CharterVote, quorum: CharterQuorum, ballots: readonly CountedBallot[]): readonly CountedBallot[] {
  if (quorum.counted !== 'over-default') return ballots;
  return ballots.filter((ballot) => ballot.choices.some((choice) => choice !== vote.default && choice !== 'abstain'));
}

/**
 * Counts a vote of given choices. Pure; the order of ballots does not matter.
 * @param ballots - one per person, those of the frozen electorate only
 * Source: language.md S29-S33, S124-S126, S130
 */
export function countVote(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[]): VoteVerdict {
  const quorums = quorumsOf(vote, scope.record.secondCall === true).map((quorum) => quorumLine(scope, quorum, lookedAt(vote, quorum, ballots)));
  const passes = passVerdict(scope, vote, ballots);
  const lines = [...quorums, ...passes.lines];
  if (!quorums.every((line) => line.met)) return { result: 'inquorate', lines };
  if (ballots.length === 0) return { result: 'failed', lines };
  if (vote.tie !== undefined && choicesOf(vote).includes('yes') && isEven(tallied(scope, vote, ballots))) return { result: 'tied', lines };
  return { result: passes.result, lines };
}

function isEven(tally: Tally): boolean {
  const [yes, no] = [sumOf(tally, ['yes']), sumOf(tally, ['no'])];
  return tally.vote.voters.weightedBy === undefined ? yes.people === no.people : yes.weight === no.weight;
}
