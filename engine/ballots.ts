// The ballots of a vote as they count: without the recused, with what each weighs (S30, S42). It judges no ballot and gives no result.
import type { CaseScope } from './actor.ts';
import { isOneOf, weightOf } from './actor.ts';
import { byCodeUnit } from './canonical.ts';
import type { BallotRecord } from './case.ts';
import { ballotsOf } from './case.ts';
import { delegatedBallots } from './delegated.ts';
import { recusalsDecided } from './recused.ts';

/** A ballot with its weight: 1 where the vote is not weighted. */
export type WeighedBallot = BallotRecord & { readonly weight: bigint };

/**
 * The ballots of a vote that people cast themselves, as they count: none of a recused person, or an abstention where recused people count as one, and
 * sealed ones only when they have been opened. Ascending by person.
 * @param scope - with the rosters of this vote
 */
export function ownBallots(scope: CaseScope, entry: number): readonly WeighedBallot[] {
  const ballots = ballotsOf(scope.state, scope.record.id, entry).filter((ballot) => ballot.sealed === undefined);
  const recused = recusalsDecided(scope.record);
  const kept = recused.length === 0 ? ballots : ballots.filter((ballot) => !recused.some((one) => one.member === ballot.by));
  const abstaining = recused.filter((one) => one.countsAs === 'abstain' && isOneOf(scope, 'electorate', one.member));
  // Somebody may be recused by an attribute and by a decision: they are one person who abstains.
  const people = abstaining.filter((one, place) => abstaining.findIndex(({ member }) => member === one.member) === place);
  const added = people.map((one): BallotRecord => ({ event: '', by: one.member, atMs: one.atMs, choice: 'abstain' }));
  const all = added.length === 0 ? kept : [...kept, ...added].sort((left, right) => byCodeUnit(left.by, right.by));
  return all.map((ballot) => ({ ...ballot, weight: weightOf(scope, ballot.by) }));
}

/** The ballots of a vote as they count at an instant, delegated ones among them. Ascending by person. @param scope - with the rosters of this vote */
export function ballotsCounted(scope: CaseScope, entry: number, atMs: number): readonly WeighedBallot[] {
  const own = ownBallots(scope, entry);
  const delegated = delegatedBallots(scope, own, atMs);
  return delegated.length === 0 ? own : [...own, ...delegated].sort((left, right) => byCodeUnit(left.by, right.by));
}
