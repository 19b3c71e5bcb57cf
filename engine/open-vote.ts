// The open votes that the ballots of an epoch ask for, each looked up once while nothing changes that it depends on: thousands of ballots ask for the
// same case, bylaws, stage and roster. It judges no ballot.
import type { CharterDelegation } from './bylaws.ts';
import type { CharterVote } from './bylaws-stages.ts';
import { scopeOf, stageProblem } from './act.ts';
import type { CaseScope } from './actor.ts';
import { isOneOf, votersNow } from './actor.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { ballotsKey, charterInForce, readCase, stageOf } from './case.ts';
import { ballotChoices } from './choices.ts';
import { delegationFor } from './delegated.ts';
import type { Draft, Outcome } from './draft.ts';
import { refused } from './draft.ts';
import type { ApplyContext } from './fold.ts';
import { isCounted } from './measure.ts';
import type { State } from './state.ts';
import { inVote } from './vote-result.ts';

/** A vote that takes ballots, with all that does not change from one ballot to the next. */
export interface OpenVote {
  /** The case as its open stage has it. */
  readonly atStage: CaseRecord;
  /** The case as the vote has it: a vote of a joint has an entry and recusals of its own. */
  readonly record: CaseRecord;
  readonly scope: Omit<CaseScope, 'state'>;
  readonly vote: CharterVote;
  readonly running: VoteRecord;
  /** The table of its ballots. */
  readonly ballots: string;
  /** The electorate, where nobody has been recused from the case. */
  readonly voters: ReadonlySet<string> | undefined;
  /** Choices of one name that need no second look: nothing is counted by a method, and no reason is asked for them. */
  readonly plainChoices: ReadonlySet<string>;
  readonly delegation: CharterDelegation | undefined;
  /** A measure of the bylaws in force counts ballots. */
  readonly isCounted: boolean;
}

/** The votes that were looked up in one version of the state, or in one that differs from it in nothing they depend on. */
export interface OpenVotes {
  state: State;
  readonly byCase: Map<string, readonly OpenVote[]>;
}

/** All that judging may read, as of now. */
export function scopeNow(draft: Draft, open: OpenVote): CaseScope {
  return { ...open.scope, state: draft.state };
}

/** True iff a person is on the roster that was frozen when the vote opened, and has not left it. */
export function isVoter(open: OpenVote, member: string): boolean {
  return open.voters === undefined ? isOneOf(open.scope, 'electorate', member) : open.voters.has(member);
}

/** After a write that no open vote depends on: a ballot, or when somebody was active. @param before - the version that was written to */
export function keepOpenVotes(draft: Draft, before: State): void {
  if (draft.openVotes.state === before) draft.openVotes.state = draft.state;
}

/** The vote that takes ballots under a number of a case; undefined where none does. O(1) from the second ballot on. */
export function openVoteOf(draft: Draft, id: string, entry: number): OpenVote | undefined {
  const { openVotes } = draft;
  if (openVotes.state !== draft.state) {
    openVotes.state = draft.state;
    openVotes.byCase.clear();
  }
  const ofCase = openVotes.byCase.get(id);
  const known = ofCase?.find((one) => one.running.entry === entry);
  if (known !== undefined) return known;
  const made = lookedUp(draft.state, id, entry);
  // What is nowhere is not kept: a case has few votes, and made-up numbers leave nothing behind.
  if (made !== undefined) openVotes.byCase.set(id, [...(ofCase ?? []), made]);
  return made;
}

function lookedUp(state: State, id: string, entry: number): OpenVote | undefined {
  const stage = scopeOf(state, id);
  if (stage?.record.phase !== 'open') return undefined;
  const found = takingBallots(stage, entry);
  if (found === undefined) return undefined;
  const { state: _state, ...scope } = entry === stage.record.entry ? stage : inVote(stage, entry);
  const { record } = scope;
  const { vote, running } = found;
  return {
    atStage: stage.record,
    record,
    scope,
    vote,
    running,
    ballots: ballotsKey(record.id, running.entry),
    voters: votersNow(scope),
    plainChoices: new Set(vote.counted === undefined ? ballotChoices(vote, record).filter((choice) => !vote.reasonsFor.includes(choice)) : []),
    delegation: delegationFor(scope.charter, scope.process.name),
    isCounted: isCounted(charterInForce(state), 'ballots'),
  };
}

function takingBallots({ process, record }: CaseScope, entry: number): { readonly vote: CharterVote; readonly running: VoteRecord } | undefined {
  const stage = stageOf(process, record.stage);
  const running = record.votes.find((one) => one.entry === entry && one.result === undefined && one.waits === undefined);
  const vote = stage.kind === 'joint' ? stage.votes.find((one) => one.name === running?.name) : stage.kind === 'vote' ? stage : undefined;
  return vote === undefined || running === undefined ? undefined : { vote, running };
}

/** Why there is no vote that would take a ballot. Refuses with GDO1050, GDO1051, GDO1052. */
export function noVoteProblem(state: State, id: string, entry: number, context: ApplyContext): Outcome {
  const record = readCase(state, id);
  if (record === undefined) return refused('GDO1052', 'there is no such case');
  const problem = stageProblem(record, entry, context);
  if (problem !== undefined) return problem;
  if (record.phase === 'starting') return refused('GDO1050', 'the case waits for more people to start it');
  if (record.phase !== 'open') return refused('GDO1051', `the vote \`${record.stage}\` is closed`);
  return refused('GDO1052', `\`${record.stage}\` takes no ballots`);
}
