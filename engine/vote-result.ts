// What a vote says: its ballots as they count, by tests or by its method, with the limits of the role it elects (S115). It closes nothing.
import type { CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import type { WeighedBallot } from './ballots.ts';
import { ballotsCounted, ownBallots } from './ballots.ts';
import { cappedBy, sittingBeside, valueOf, waivedFor } from './cap.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import type { CountInputs } from './count-inputs.ts';
import { noInputs } from './count-inputs.ts';
import { ballotsGiven, delegatesAt, delegationFor } from './delegated.ts';
import type { ElectionVerdict } from './elect.ts';
import { countElection, optionsStanding } from './elect.ts';
import { readFrozen, roleOf } from './roster.ts';
import { brokenTermLimit } from './term-limit.ts';
import type { TieChain } from './tally/rules.ts';
import { countedBallot, countVote } from './vote.ts';

/** A result with who won. */
export interface VoteResult {
  readonly result: string;
  readonly winners: readonly string[];
}

/** The scope of one vote of the open stage: its own rosters, recusals from it alone, and where it is counted again the list that it was counted from. */
export function inVote(scope: CaseScope, entry: number): CaseScope {
  const frozen = readFrozen(scope.state, scope.record.id, entry);
  const listed = frozen.inputs?.listed?.filter((name) => scope.record.struck?.includes(name) !== true);
  const isSecondCall = scope.record.votes.some((one) => one.entry === entry && one.secondCall !== undefined);
  const record = {
    ...scope.record,
    entry,
    ...(isSecondCall ? { secondCall: true as const } : {}),
    // A vote reads the list of its own kind. Whoever another case has struck since wins no tie (S121).
    ...(listed === undefined ? {} : { nominees: listed, offered: listed, strikes: [] }),
  };
  return { ...scope, record, frozen };
}

/** The candidates or options that a vote is counted from, as they are kept; nothing where the bylaws list its choices. */
export function listedInputs(vote: CharterVote, record: CaseRecord, atMs: number): Pick<CountInputs, 'listed'> {
  return vote.choices.kind === 'list' ? {} : { listed: optionsStanding(vote, record, atMs) };
}

interface Counting {
  readonly running: VoteRecord;
  readonly ties: TieChain;
  readonly atMs: number;
}

/** Those whom a limit of terms of the role keeps from being elected to it. */
function barred({ state, charter }: CaseScope, vote: CharterVote, people: readonly string[], atMs: number): readonly string[] {
  const role = vote.elects === undefined ? undefined : roleOf(charter, vote.elects.role);
  return role === undefined ? [] : people.filter((member) => brokenTermLimit(state, charter, role, member, atMs) !== undefined);
}

/** Of the winners who would break a limit of the role the lowest is struck, and the ballots are counted again without them (S115). */
function countWithLimits(scope: CaseScope, vote: CharterVote, ballots: readonly WeighedBallot[], { running, ties, atMs }: Counting): ElectionVerdict {
  let { nominees } = scope.record;
  for (;;) {
    const counting = { seats: running.seats ?? 1, ties, closeMs: atMs };
    const verdict = countElection({ ...scope, record: { ...scope.record, nominees } }, vote, ballots, counting);
    const beyond = (member: string): boolean =>
      scope.frozen.inputs === undefined ? barred(scope, vote, [member], atMs).length > 0 : scope.frozen.inputs.barred.includes(member);
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

/** What a vote is counted from at its end, beside rosters and ballots, as the state has it now. @param scope - of the open stage */
export function inputsAtEnd(scope: CaseScope, vote: CharterVote, running: VoteRecord, atMs: number): CountInputs {
  const own = inVote(scope, running.entry);
  const delegation = delegationFor(scope.charter, scope.process.name);
  const given = delegation === undefined ? noInputs.given : ballotsGiven(own, delegation, ownBallots(own, running.entry), delegatesAt(own, delegation, atMs));
  const listed = listedInputs(vote, own.record, atMs);
  const role = vote.counted === undefined ? undefined : vote.elects?.role;
  if (role === undefined) return { ...noInputs, ...listed, given };
  const { nominees } = own.record;
  const sitting = sittingBeside(own, role, running.seats ?? 1);
  const groups = cappedBy(own, vote, role).flatMap((attribute) =>
    [...new Set([...nominees, ...sitting])].flatMap((member) => {
      const value = valueOf(own, attribute, member);
      return value === undefined ? [] : [[`${attribute}/${member}`, value] as const];
    }),
  );
  const seats = vote.elects?.seats === undefined ? { seats: running.seats ?? 1 } : {};
  return { ...listed, ...seats, sitting, barred: barred(own, vote, nominees, atMs), waived: waivedFor(own, role, nominees), groups: new Map(groups), given };
}
