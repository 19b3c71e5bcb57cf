// What a vote says: its ballots as they count, by tests or by its method, with the limits of the role it elects (S115). It closes nothing.
import type { CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import type { WeighedBallot } from './ballots.ts';
import { ballotsCounted } from './ballots.ts';
import type { VoteRecord } from './case.ts';
import type { ElectionVerdict } from './elect.ts';
import { countElection } from './elect.ts';
import { readFrozen, roleOf } from './roster.ts';
import { brokenTermLimit } from './term-limit.ts';
import type { TieChain } from './tally/rules.ts';
import { countedBallot, countVote } from './vote.ts';

/** A result with who won. */
export interface VoteResult {
  readonly result: string;
  readonly winners: readonly string[];
}

/** The scope of one vote of the open stage: its own rosters, and recusals from it alone. */
export function inVote(scope: CaseScope, entry: number): CaseScope {
  const isSecondCall = scope.record.votes.some((one) => one.entry === entry && one.secondCall !== undefined);
  const record = isSecondCall ? { ...scope.record, entry, secondCall: true as const } : { ...scope.record, entry };
  return { ...scope, record, frozen: readFrozen(scope.state, scope.record.id, entry) };
}

interface Counting {
  readonly running: VoteRecord;
  readonly ties: TieChain;
  readonly atMs: number;
}

/** Of the winners who would break a limit of the role the lowest is struck, and the ballots are counted again without them (S115). */
function countWithLimits(scope: CaseScope, vote: CharterVote, ballots: readonly WeighedBallot[], { running, ties, atMs }: Counting): ElectionVerdict {
  const role = vote.elects === undefined ? undefined : roleOf(scope.charter, vote.elects.role);
  let { nominees } = scope.record;
  for (;;) {
    const counting = { seats: running.seats ?? 1, ties, closeMs: atMs };
    const verdict = countElection({ ...scope, record: { ...scope.record, nominees } }, vote, ballots, counting);
    const beyond = (member: string): boolean => role !== undefined && brokenTermLimit(scope.state, scope.charter, role, member, atMs) !== undefined;
    const struck = vote.choices.kind === 'candidates' ? verdict.winners.toReversed().find(beyond) : undefined;
    // There was somebody to vote on, so it is not empty (S132): of those who stood, nobody may win.
    if (verdict.result === 'empty' && nominees.length < scope.record.nominees.length) return { ...verdict, result: 'failed' };
    if (struck === undefined || !nominees.includes(struck)) return verdict;
    nominees = nominees.filter((member) => member !== struck);
  }
}

/** What a vote says at an instant under the tie rules that apply. Pure. @param scope - of the open stage; the vote's own is made here */
export function resultOf(scope: CaseScope, vote: CharterVote, counting: Counting): VoteResult {
  const own = inVote(scope, counting.running.entry);
  const ballots = ballotsCounted(own, counting.running.entry, counting.atMs);
  if (vote.counted === undefined) return { result: countVote(own, vote, ballots.map(countedBallot)).result, winners: [] };
  const { result, winners } = countWithLimits(own, vote, ballots, counting);
  return { result, winners };
}
