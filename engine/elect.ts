// Votes with a counting method: candidates, seats, options against the default, and the methods of engine/tally (S43-S45, S121, S131, S132).
// It opens no vote and grants nothing.
import type { CharterStep, CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { isMeant, neededOf, seatsOf } from './actor.ts';
import type { WeighedBallot } from './ballots.ts';
import type { ActRecord, CaseRecord } from './case.ts';
import { byCodeUnit, isList } from './canonical.ts';
import { countRuleOf } from './counting.ts';
import { meetsFacts } from './facts.ts';
import { oneOrMore } from './field.ts';
import { compares } from './quantity.ts';
import { allMembers, holdingsOf, holds } from './roster.ts';
import type { Profile } from './tally/ballot.ts';
import { count } from './tally/count.ts';
import type { TieChain } from './tally/rules.ts';
import type { RequirementLine } from './vote.ts';
import { countedBallot, quorumLine, quorumsOf } from './vote.ts';

/** The methods of S43 that this engine counts; `score` and the rest of tally/ wait for ballots that can say points. */
export const methodsRun: readonly string[] = [
  'plurality',
  'approval',
  'irv',
  'stv-scottish',
  'stv-exact',
  'schulze',
  'ranked-pairs',
  'borda',
  'condorcet',
  'condorcet-schulze',
];

const methodsInPairs: readonly string[] = ['schulze', 'ranked-pairs', 'borda', 'condorcet', 'condorcet-schulze'];

/** What a counted vote says; `tied` people wait for the tie rules. */
export interface ElectionVerdict {
  readonly result: string;
  readonly winners: readonly string[];
  readonly tied: readonly string[];
  readonly lines: readonly RequirementLine[];
}

/** The seats a vote fills: those written, or those of the role that are empty now, and one where nobody is elected to a role (S131). */
export function seatsToFill(scope: CaseScope, vote: CharterVote): number {
  if (vote.elects === undefined) return 1;
  if (vote.elects.seats !== undefined) return vote.elects.seats;
  return Math.max(0, seatsOf(scope.charter, vote.elects.role) - holdingsOf(scope.state, vote.elects.role).length);
}

/** A ballot's groups, best first; one name is one group of one. */
function ranksOf(ballot: WeighedBallot): readonly (readonly string[])[] {
  if (!isList(ballot.choice)) return ballot.choice === 'abstain' ? [] : [oneOrMore(ballot.choice)];
  return ballot.choice.map(oneOrMore);
}

function profileOf(vote: CharterVote, options: readonly string[], ballots: readonly WeighedBallot[]): Profile {
  const candidates = options.map((id) => ({ id, name: id }));
  const kept = ballots
    .filter((ballot) => ballot.weight > 0n)
    .map((ballot) => ({
      weight: ballot.weight,
      ranks: ranksOf(ballot)
        .map((group) => group.filter((one) => options.includes(one)))
        .filter((group) => group.length > 0),
    }));
  if (vote.counted?.method === 'approval') return { kind: 'marked', candidates, ballots: kept.map(({ weight, ranks }) => ({ weight, marks: ranks.flat() })) };
  return { kind: 'ranked', candidates, ballots: kept };
}

/** The ballots a method takes: with `equal ranks refused` those without equals, over all options, before any is dropped. */
function taken(vote: CharterVote, ballots: readonly WeighedBallot[]): readonly WeighedBallot[] {
  return vote.counted?.equalRanks === 'refused' ? ballots.filter((ballot) => ranksOf(ballot).every((group) => group.length < 2)) : ballots;
}

/** The ballots that prefer one option to another; who is unranked stands behind everything ranked, or is not compared. */
function prefer(vote: CharterVote, ballots: readonly WeighedBallot[], first: string, second: string): readonly WeighedBallot[] {
  return ballots.filter((ballot) => {
    const ranks = ranksOf(ballot);
    const [one, other] = [first, second].map((option) => ranks.findIndex((group) => group.includes(option)));
    if (one === undefined || other === undefined || one < 0) return false;
    return other < 0 ? vote.counted?.unranked !== 'not-compared' : one < other;
  });
}

/** People, or their weight where the vote is weighted. */
function strengthOf(vote: CharterVote, ballots: readonly WeighedBallot[]): bigint {
  return vote.voters.weightedBy === undefined ? BigInt(ballots.length) : ballots.reduce((sum, ballot) => sum + ballot.weight, 0n);
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
    const [over, under] = [strengthOf(vote, preferring), strengthOf(vote, prefer(vote, ballots, standard, option))];
    const quorums = quorumsOf(vote, scope.record.secondCall === true).filter((quorum) => quorum.counted === 'over-default');
    const isOver = quorums.every((quorum) => quorumLine(scope, quorum, preferring.map(countedBallot)).met);
    // Debian's rule: whatever ratio is written, never without strictly more for than against.
    const isStrict = vote.counted?.method !== 'condorcet-schulze' || over > under;
    const isRatio = isStrict && vote.beatsDefault.every((ratio) => compares(over * BigInt(ratio.right), ratio.comparison, under * BigInt(ratio.left)));
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

/**
 * Counts a vote by its method. Pure; the order of ballots does not matter.
 * @param ties - tie rules that apply now; empty: a tie is the result `tied`
 */
export function countElection(scope: CaseScope, vote: CharterVote, ballots: readonly WeighedBallot[], seats: number, ties: TieChain): ElectionVerdict {
  const quorums = quorumsOf(vote, scope.record.secondCall === true)
    .filter((quorum) => quorum.counted !== 'over-default')
    .map((quorum) => quorumLine(scope, quorum, ballots.map(countedBallot)));
  const nothing = { winners: [], tied: [] };
  if (!quorums.every((line) => line.met)) return { result: 'inquorate', lines: quorums, ...nothing };
  const named = vote.choices.kind === 'list' ? vote.choices.names : scope.record.nominees;
  const options = named.filter((option) => option !== vote.default);
  if (options.length === 0) return { result: 'empty', lines: quorums, ...nothing };
  const counted = taken(vote, ballots);
  const { left, lines } = againstDefault(scope, vote, options, counted);
  const among = vote.default === undefined ? left : [...left, vote.default];
  const rule = countRuleOf(vote, seats);
  const all = [...quorums, ...lines];
  if (rule === undefined || seats === 0) return { result: 'failed', lines: all, ...nothing };
  const { outcome } = count(profileOf(vote, among, counted), rule, ties);
  if (outcome.kind === 'failed') return { result: 'failed', lines: all, ...nothing };
  if (outcome.kind === 'tied') return { result: 'tied', lines: all, winners: [], tied: outcome.tied };
  // Who stands behind the default has lost to it, and a seat nobody else wins stays empty (S45).
  const end = vote.default === undefined ? -1 : outcome.winners.indexOf(vote.default);
  const winners = end < 0 ? outcome.winners : outcome.winners.slice(0, end);
  return { result: winners.length === 0 ? 'failed' : vote.elects === undefined ? 'won' : 'elected', winners, tied: [], lines: all };
}

/** True where the language lets a default and ratios stand: methods that compare in pairs. */
export function comparesInPairs(vote: CharterVote): boolean {
  return methodsInPairs.includes(vote.counted?.method ?? '');
}

/** The result that makes ballots needless, when the text names it: nobody to vote on, or no more people than seats (S132). */
export function settledAtOpening(
  scope: CaseScope,
  vote: CharterVote,
  seats: number,
): { readonly result: string; readonly winners: readonly string[] } | undefined {
  if (vote.choices.kind !== 'candidates' || vote.counted === undefined) return undefined;
  const candidates = scope.record.nominees;
  const has = (result: string): boolean => vote.results.some((row) => row.result === result);
  if (candidates.length === 0) return { result: 'empty', winners: [] };
  return candidates.length <= seats && has('uncontested') ? { result: 'uncontested', winners: candidates } : undefined;
}

/** The candidates when a nominating step ends (S121), ascending: nominated, accepted, eligible and supported. */
export function nomineesOf(scope: CaseScope, step: CharterStep, acts: readonly ActRecord[], atMs: number): readonly string[] {
  const here = acts.filter((act) => act.entry === scope.record.entry);
  const did = (verb: string, member: string, about: string): boolean => here.some((act) => act.verb === verb && act.by === member && act.about.includes(about));
  const chosen = new Set<string>();
  for (const rule of step.nominations) {
    const facts = { state: scope.state, charter: scope.charter, atMs, role: rule.of };
    for (const member of allMembers(scope.state)) {
      if (rule.of !== 'person' && !holds(scope.state, scope.charter, rule.of, member)) continue;
      const isNamed = here.some((act) => act.verb === 'nominate' && act.about.includes(member));
      const hasAccepted = here.some((act) => act.verb === 'accept' && act.by === member);
      if (!did('nominate', member, member) && !(isNamed && hasAccepted)) continue;
      if (!meetsFacts(facts, rule.who, member)) continue;
      const support = rule.support?.by;
      const supporters =
        support === undefined
          ? []
          : [...new Set(here.filter((act) => act.verb === 'endorse' && act.about.includes(member) && isMeant(scope, support, act.by)).map((act) => act.by))];
      if (support === undefined || supporters.length >= (neededOf(scope, support) ?? Number.MAX_SAFE_INTEGER)) chosen.add(member);
    }
  }
  return [...chosen].sort(byCodeUnit);
}

/** The people a vote may elect when it opens: those of the latest nominating step, or those the case was started for. */
export function candidatesOf(record: CaseRecord): readonly string[] {
  return record.nominees.length > 0 ? record.nominees : record.candidates;
}
