// Votes with a counting method: candidates, seats, options against the default, and the methods of engine/tally (S43-S45, S121, S131, S132).
// It opens no vote and grants nothing.
import type { CharterProcess } from './bylaws.ts';
import type { CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { areaOf } from './area.ts';
import { capsOf, sittingBeside, vacantAt, valueOf } from './cap.ts';
import { changeOf } from './gate.ts';
import type { WeighedBallot } from './ballots.ts';
import type { CaseRecord } from './case.ts';
import { candidatesNamed } from './case.ts';
import type { Json } from './canonical.ts';
import { isList } from './canonical.ts';
import { listedOf, ownOption } from './choices.ts';
import { countRuleOf } from './counting.ts';
import { oneOrMore } from './field.ts';
import { compares } from './quantity.ts';
import { scoreGroups, scoreOf, scoresOf } from './scored.ts';
import type { Profile } from './tally/ballot.ts';
import { count } from './tally/count.ts';
import type { CountOutcome } from './tally/record.ts';
import type { SeatCap, TieChain } from './tally/rules.ts';
import type { RequirementLine } from './vote.ts';
import { countedBallot, namesChosen, passVerdict, quorumLine, quorumsOf } from './vote.ts';

/** What a counted vote says; `tied` people wait for the tie rules. */
export interface ElectionVerdict {
  readonly result: string;
  readonly winners: readonly string[];
  readonly tied: readonly string[];
  readonly lines: readonly RequirementLine[];
}

/** How a count is made: `ties` are the tie rules that apply now (empty: a tie is the result `tied`); who is struck by `closeMs` is out (S121). */
export interface Counting {
  readonly seats: number;
  readonly ties: TieChain;
  readonly closeMs: number;
}

/** What is voted on and was not struck before the close. */
export function optionsStanding(vote: CharterVote, record: CaseRecord, closeMs: number): readonly string[] {
  // S28: who abstains supports nobody, so that is no option, also where the text lists it.
  if (vote.choices.kind === 'list') return vote.choices.names.filter((name) => name !== 'abstain');
  const struck = (record.strikes ?? []).flatMap(([name, atMs]) => (atMs <= closeMs ? [name] : []));
  return listedOf(vote, record).filter((name) => !struck.includes(name));
}

/** The seats a vote fills: those written, or those of the role that are empty now, and one where nobody is elected to a role (S131). */
export function seatsToFill(scope: CaseScope, vote: CharterVote): number {
  if (vote.elects === undefined) return 1;
  if (vote.elects.seats !== undefined) return vote.elects.seats;
  return vacantAt(scope, vote.elects.role, scope.record.openedMs);
}

/** A ballot's groups, best first; one name is one group of one, marks are one group, and equal points are. */
function ranksOf(vote: CharterVote, ballot: WeighedBallot): readonly (readonly string[])[] {
  if (ballot.choice === 'abstain') return [];
  if (vote.counted?.method === 'score') return scoreGroups(ballot.choice);
  if (vote.counted?.method === 'approval' || !isList(ballot.choice)) return [namesChosen(ballot.choice)];
  return ballot.choice.map(oneOrMore);
}

function profileOf(scope: CaseScope, vote: CharterVote, options: readonly string[], ballots: readonly WeighedBallot[], caps: readonly SeatCap[]): Profile {
  const attributes = [...new Set(caps.map((cap) => cap.attribute))];
  const groupsOf = (id: string): readonly (readonly [string, string])[] =>
    attributes.flatMap((attribute) => {
      const value = valueOf(scope, attribute, id);
      return value === undefined ? [] : [[attribute, value] as const];
    });
  const candidates = options.map((id) => ({ id, name: id, groups: groupsOf(id) }));
  const weighing = ballots.filter((ballot) => ballot.weight > 0n);
  if (vote.counted?.method === 'score') {
    const scores = (choice: Json) => scoresOf(choice).flatMap(([id, points]) => (options.includes(id) ? [[id, BigInt(points)] as const] : []));
    return { kind: 'scored', candidates, ballots: weighing.map(({ weight, choice }) => ({ weight, scores: scores(choice) })) };
  }
  const kept = weighing.map((ballot) => ({
    weight: ballot.weight,
    ranks: ranksOf(vote, ballot)
      .map((group) => group.filter((one) => options.includes(one)))
      .filter((group) => group.length > 0),
  }));
  if (vote.counted?.method === 'approval') return { kind: 'marked', candidates, ballots: kept.map(({ weight, ranks }) => ({ weight, marks: ranks.flat() })) };
  return { kind: 'ranked', candidates, ballots: kept };
}

/**
 * The ballots a method takes, over all options, before any is dropped: with `equal ranks refused` those without equals, with `unscored refused` those
 * that score every option, or abstain.
 */
function taken(vote: CharterVote, ballots: readonly WeighedBallot[], options: readonly string[]): readonly WeighedBallot[] {
  if (vote.counted?.unscored === 'refused')
    return ballots.filter(({ choice }) => choice === 'abstain' || options.every((option) => scoreOf(vote, choice, option) !== undefined));
  return vote.counted?.equalRanks === 'refused' ? ballots.filter((ballot) => ranksOf(vote, ballot).every((group) => group.length < 2)) : ballots;
}

/** The ballots that prefer one option to another; who is unranked stands behind everything ranked, or is not compared. */
function prefer(vote: CharterVote, ballots: readonly WeighedBallot[], first: string, second: string): readonly WeighedBallot[] {
  return ballots.filter((ballot) => {
    if (vote.counted?.method === 'score') return scores(vote, ballot, first) > scores(vote, ballot, second);
    const ranks = ranksOf(vote, ballot);
    const [one, other] = [first, second].map((option) => ranks.findIndex((group) => group.includes(option)));
    if (one === undefined || other === undefined || one < 0) return false;
    return other < 0 ? vote.counted?.unranked !== 'not-compared' : one < other;
  });
}

/** The points that a ballot gives an option; an abstention gives all options the same. */
function scores(vote: CharterVote, ballot: WeighedBallot, option: string): number {
  return ballot.choice === 'abstain' ? 0 : (scoreOf(vote, ballot.choice, option) ?? 0);
}

/** The weight of some ballots: people, where nothing weighs them. */
function strengthOf(ballots: readonly WeighedBallot[]): bigint {
  return ballots.reduce((sum, ballot) => sum + ballot.weight, 0n);
}

/** The ratios that an option needs: those for an area only where the case's own content touches it, and then for that content alone. */
function ratiosFor(scope: CaseScope, vote: CharterVote, option: string): CharterVote['beatsDefault'] {
  if (vote.beatsDefault.every((ratio) => ratio.area === undefined)) return vote.beatsDefault;
  const areas = new Set(changeOf(scope.state, scope.record).map((entry) => areaOf(scope.charter, entry.path)));
  const isContent = vote.choices.kind !== 'options' || option === ownOption;
  return vote.beatsDefault.filter((ratio) => ratio.area === undefined || (isContent && areas.has(ratio.area)));
}

/** Options that miss the quorum over the default, or the ratio to it, are dropped before the method runs (S44). */
function againstDefault(
  scope: CaseScope,
  vote: CharterVote,
  options: readonly string[],
  ballots: readonly WeighedBallot[],
): { readonly left: readonly string[]; readonly lines: readonly RequirementLine[] } {
  const standard = vote.default;
  if (standard === undefined) return { left: options, lines: [] };
  const lines: RequirementLine[] = [];
  const left = options.filter((option) => {
    const preferring = prefer(vote, ballots, option, standard);
    const [over, under] = [strengthOf(preferring), strengthOf(prefer(vote, ballots, standard, option))];
    const quorums = quorumsOf(vote, scope.record.secondCall === true).filter((quorum) => quorum.counted === 'over-default');
    const isOver = quorums.every((quorum) => quorumLine(scope, quorum, preferring.map(countedBallot)).met);
    // Debian's rule: whatever ratio is written, never without strictly more for than against.
    const isStrict = vote.counted?.method !== 'condorcet-schulze' || over > under;
    const ratios = ratiosFor(scope, vote, option);
    const isRatio = isStrict && ratios.every((ratio) => compares(over * BigInt(ratio.right), ratio.comparison, under * BigInt(ratio.left)));
    lines.push({
      requirement: `\`${option}\` stands against \`${standard}\``,
      have: `${over} to ${under}`,
      need: 'its quorum and ratio',
      met: isOver && isRatio,
    });
    return isOver && isRatio;
  });
  return { left, lines };
}

/** In every pair so many must prefer the winner (S133). */
function othersBeaten(
  scope: CaseScope,
  vote: CharterVote,
  winner: string,
  among: readonly string[],
  ballots: readonly WeighedBallot[],
): readonly RequirementLine[] {
  return vote.beatsOthers.flatMap(({ comparison, share }) =>
    among
      .filter((option) => option !== winner)
      .map((option) => {
        const line = quorumLine(scope, { comparison, bound: share, counted: 'voting' }, prefer(vote, ballots, winner, option).map(countedBallot));
        return { ...line, requirement: `\`${winner}\` beats \`${option}\` by ${line.need}` };
      }),
  );
}

/** True iff a ballot that counts names one of some options. */
function namesOneOf(vote: CharterVote, ballots: readonly WeighedBallot[], options: readonly string[]): boolean {
  return ballots.some((ballot) => ballot.weight > 0n && ranksOf(vote, ballot).some((group) => group.some((one) => options.includes(one))));
}

/** Counts, keeping the caps; a share of the winners is taken of as many as win in the end (S115). */
function counted(scope: CaseScope, vote: CharterVote, among: readonly string[], ballots: readonly WeighedBallot[], counting: Counting): CountOutcome {
  const role = vote.elects?.role;
  const sitting = role === undefined ? [] : sittingBeside(scope, role, counting.seats);
  let winners = Math.min(counting.seats, among.length);
  for (let people = sitting.length + winners; ;) {
    const caps = role === undefined ? [] : capsOf(scope, vote, role, { sitting, winners, people });
    const rule = countRuleOf(vote, counting.seats, caps.length === 0 ? 'none' : caps);
    if (rule === undefined || counting.seats === 0) return { kind: 'failed', reason: 'there is nothing to count by' };
    const { exclusions, outcome } = count(profileOf(scope, vote, among, ballots, caps), rule, counting.ties);
    // Where all whom anybody has voted for were struck, nobody is elected without a vote (S33), as where a limit of terms keeps them all out.
    const struck = exclusions.flatMap(({ kind, option }) => (kind === 'cap' ? [option] : []));
    if (
      struck.length > 0 &&
      !namesOneOf(
        vote,
        ballots,
        among.filter((option) => !struck.includes(option)),
      )
    )
      return { kind: 'failed', reason: 'no ballot names anybody whom the caps leave' };
    if (caps.length === 0 || outcome.kind !== 'elected') return outcome;
    const inTheEnd = new Set([...sitting, ...outcome.winners]).size;
    if (outcome.winners.length >= winners && inTheEnd >= people) return outcome;
    if (outcome.winners.length < winners) winners -= 1;
    if (inTheEnd < people) people -= 1;
  }
}

function asksForWinner(vote: CharterVote): boolean {
  return vote.passes.some((row) => row.tests.some((test) => test.kind === 'share-of-base' && test.winner !== undefined));
}

/**
 * Counts a vote by its method. Pure; the order of ballots does not matter. Tests beside a method must hold too, over the first choices of the ballots,
 * and a name after `passes as` is then the result (S125).
 */
export function countElection(scope: CaseScope, vote: CharterVote, ballots: readonly WeighedBallot[], counting: Counting): ElectionVerdict {
  const quorums = quorumsOf(vote, scope.record.secondCall === true)
    .filter((quorum) => quorum.counted !== 'over-default')
    .map((quorum) => quorumLine(scope, quorum, ballots.map(countedBallot)));
  const nothing = { winners: [], tied: [] };
  if (!quorums.every((line) => line.met)) return { result: 'inquorate', lines: quorums, ...nothing };
  const options = optionsStanding(vote, scope.record, counting.closeMs).filter((option) => option !== vote.default);
  if (options.length === 0) return { result: 'empty', lines: quorums, ...nothing };
  const kept = taken(vote, ballots, vote.default === undefined ? options : [...options, vote.default]);
  const { left, lines } = againstDefault(scope, vote, options, kept);
  const firsts = ballots.map((ballot) => ({ ...countedBallot(ballot), choices: ranksOf(vote, ballot)[0] ?? ['abstain'] }));
  const among = vote.default === undefined ? left : [...left, vote.default];
  const outcome = counted(scope, vote, among, kept, counting);
  const [best] = outcome.kind === 'elected' ? outcome.winners.filter((winner) => winner !== vote.default) : [];
  const passes = vote.passes.length === 0 ? undefined : passVerdict(scope, vote, firsts, best);
  const all = [...quorums, ...lines, ...(passes?.lines ?? [])];
  // A test of the winner cannot fail before there is one.
  const isOpen = outcome.kind === 'tied' && asksForWinner(vote);
  if (passes?.result === 'failed' && !isOpen) return { result: 'failed', lines: all, ...nothing };
  if (outcome.kind !== 'elected' && outcome.kind !== 'tied') return { result: 'failed', lines: all, ...nothing };
  if (outcome.kind === 'tied') return { result: 'tied', lines: all, winners: [], tied: outcome.tied };
  // Who stands behind the default has lost to it, and a seat nobody else wins stays empty (S45).
  const end = vote.default === undefined ? -1 : outcome.winners.indexOf(vote.default);
  const winners = end < 0 ? outcome.winners : outcome.winners.slice(0, end);
  const beaten = winners.flatMap((winner) =>
    othersBeaten(
      scope,
      vote,
      winner,
      among.filter((option) => !winners.includes(option)),
      kept,
    ),
  );
  if (winners.length === 0 || !beaten.every((line) => line.met)) return { result: 'failed', lines: [...all, ...beaten], ...nothing };
  const named = passes === undefined || passes.result === 'passed' ? undefined : passes.result;
  return { result: named ?? (vote.elects === undefined ? 'won' : 'elected'), winners, tied: [], lines: [...all, ...beaten] };
}

/** The result that makes ballots needless, when the text names it: nobody to vote on, or no more people than seats (S132). */
export function settledAtOpening(
  scope: CaseScope,
  vote: CharterVote,
  seats: number,
): { readonly result: string; readonly winners: readonly string[] } | undefined {
  if (vote.choices.kind === 'list') return undefined;
  const candidates = optionsStanding(vote, scope.record, scope.record.openedMs).filter((option) => option !== vote.default);
  const has = (result: string): boolean => vote.results.some((row) => row.result === result);
  if (candidates.length === 0) return { result: 'empty', winners: [] };
  return candidates.length <= seats && has('uncontested') ? { result: 'uncontested', winners: candidates } : undefined;
}

/** The people a vote may elect when it opens: those of the latest nominating step, nobody too, or where there was none those the case was started for (S121). */
export function candidatesOf(record: CaseRecord, process: CharterProcess): readonly string[] {
  const isNominating = (name: string): boolean => process.stages.some((stage) => stage.kind === 'step' && stage.name === name && stage.nominations.length > 0);
  return record.firsts.some(([name]) => isNominating(name)) ? record.nominees : candidatesNamed(record);
}
