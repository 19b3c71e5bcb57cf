// The votes of a joint while they end, each for itself: a second call of one vote, a tie that a lot or somebody breaks, and the verdict of all (S37, S38,
// S48, S101, docs/decisions/0105). How a vote opens is opening.ts's.
import { entryAt } from './invariant.ts';
import type { CharterJoint, CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { dueBy, writeCase } from './case.ts';
import { isDecider } from './decider.ts';
import { dueOf } from './due.ts';
import { closedEarly } from './early-close.ts';
import type { Closing } from './ending.ts';
import { notice, untimed } from './ending.ts';
import { decidedUntilMs, extendedAtEnd, leaveStage, nextTieRule, passedByLot, resultAtEnd, tieRuleAt, tieSeed } from './leaving.ts';
import { noteClosedVote } from './missed-votes.ts';
import { allMembers } from './roster.ts';
import type { TieChain } from './tally/rules.ts';
import { endOf, endOfVotes } from './vote-clock.ts';
import type { VoteResult } from './vote-result.ts';
import { inVote } from './vote-result.ts';

interface Ending {
  readonly closing: Closing;
  readonly scope: CaseScope;
  readonly vote: CharterVote;
}

/** A vote that waits no longer. */
function settled(running: VoteRecord): VoteRecord {
  const { waits: _waits, waitsMs: _waitsMs, declared: _declared, tieRule: _tieRule, ...rest } = running;
  return rest;
}

/** A vote as it is now; `winners` where it has counted by a method who wins, or that nobody does. */
interface Looked {
  readonly running: VoteRecord;
  readonly winners?: readonly string[];
}

/** A vote with its result; in a joint only `passed` counts as pass (S125). */
function withResult({ closing, scope, vote }: Ending, running: VoteRecord, { result, winners }: VoteResult): Looked {
  noteClosedVote(closing.draft, scope, running.entry, closing.timeMs);
  return { running: { ...settled(running), result }, ...(vote.counted === undefined ? {} : { winners }) };
}

/** Follows the tie rules of a vote from one of them on. The next decider's time runs from the end of the time before. */
function tied(ending: Ending, running: VoteRecord, place: number): Looked {
  const { closing, scope, vote } = ending;
  const rule = tieRuleAt(vote, place);
  switch (rule.kind) {
    case 'fails':
      return withResult(ending, running, { result: 'failed', winners: [] });
    case 'lot':
      notice(closing, scope.record, { kind: 'waiting', result: 'tied', reason: `the tie in \`${vote.name}\` is broken by lot at the next checkpoint` });
      return { running: { ...settled(running), tieRule: place, waits: 'lot', waitsMs: closing.timeMs } };
    default: {
      const own = inVote({ ...scope, state: closing.draft.state }, running.entry);
      if (!allMembers(closing.draft.state).some((member) => isDecider(own, rule, member))) return tied(ending, running, place + 1);
      notice(closing, scope.record, { kind: 'waiting', result: 'tied', reason: `the tie in \`${vote.name}\` waits to be decided` });
      const waitsMs = decidedUntilMs(closing, scope, vote, endOf(scope, vote, running));
      return { running: { ...settled(running), tieRule: place, waits: 'tie', waitsMs } };
    }
  }
}

/** The vote with what a lot or a decider said; an order that leaves the question open goes on to the next rule. */
function settledTie(ending: Ending, running: VoteRecord, ties: TieChain, plain: string): Looked {
  const { closing, scope, vote } = ending;
  const said = vote.counted === undefined ? { result: plain, winners: [] } : resultAtEnd(closing, scope, vote, running, ties);
  return said.result === 'tied' ? tied(ending, running, nextTieRule(running)) : withResult(ending, running, said);
}

/** A vote that waits: for its decider until its time is over; its lot and its second call come elsewhere in the epoch. */
function waited(ending: Ending, running: VoteRecord): Looked {
  if (running.waits !== 'tie') return { running };
  const { declared } = running;
  if (declared !== undefined) return settledTie(ending, running, [{ kind: 'decided', by: 'declare', order: declared }], entryAt(declared, 0));
  return endOf(ending.scope, ending.vote, running) <= ending.closing.settledMs ? tied(ending, running, nextTieRule(running)) : { running };
}

/** A vote as it is at the end of the epoch: still open, open for longer, waiting, or with its result. */
function looked(ending: Ending, running: VoteRecord): Looked {
  const { closing, scope, vote } = ending;
  if (running.waits !== undefined) return waited(ending, running);
  const isDue = endOf(scope, vote, running) <= closing.settledMs;
  const closed = isDue ? running : closedEarly({ ...scope, state: closing.draft.state }, vote, running, closing.timeMs);
  if (closed === undefined) return { running };
  const said = resultAtEnd(closing, scope, vote, closed, []);
  const { result } = said;
  const later = isDue ? extendedAtEnd(scope, vote, running, result) : undefined;
  if (later !== undefined) return { running: later };
  if (result === 'inquorate' && vote.secondCall !== undefined && running.secondCall === undefined) {
    notice(closing, scope.record, { kind: 'waiting', result, reason: `\`${vote.name}\` had no quorum and is called a second time` });
    return { running: { ...closed, waits: 'call', waitsMs: dueOf(scope, endOf(scope, vote, closed), vote.secondCall.after) } };
  }
  return result === 'tied' ? tied(ending, closed, 0) : withResult(ending, closed, said);
}

/** The record with its votes as they are now, and the winners of the last one that a method has counted (S108). */
function withVotes(closing: Closing, scope: CaseScope, joint: CharterJoint, look: (ending: Ending, running: VoteRecord) => Looked): CaseRecord {
  const all = scope.record.votes.map((running): Looked => {
    const vote = joint.votes.find((one) => one.name === running.name);
    return vote === undefined || running.result !== undefined ? { running } : look({ closing, scope, vote }, running);
  });
  const winners = all.findLast((one) => one.winners !== undefined)?.winners ?? scope.record.winners;
  return { ...untimed(scope.record), votes: all.map(({ running }) => running), winners };
}

/** Stores a joint whose verdict can still change, with the next instant it waits for; any other leaves (S48). @returns whether it stays */
function goOn(closing: Closing, scope: CaseScope, joint: CharterJoint, record: CaseRecord): boolean {
  if (leaveStage(closing, scope, record, () => false)) return false;
  const dueMs = endOfVotes(scope, joint.votes, record.votes);
  closing.draft.state = writeCase(closing.draft.state, dueBy(record, dueMs));
  return true;
}

/** Looks at every vote of an open joint, and ends it as soon as its verdict cannot change. */
export function closeJoint(closing: Closing, scope: CaseScope, joint: CharterJoint): void {
  const record = withVotes(closing, scope, joint, looked);
  if (!goOn(closing, scope, joint, record)) return;
  const goesAgain = record.votes.some((one) => isCalled(one, closing.timeMs));
  if (goesAgain) closing.openings.push(record.id);
}

/** True for a vote of a joint whose second call has come by an instant. Pure. */
export function isCalled({ waits, waitsMs }: VoteRecord, atMs: number): boolean {
  return waits === 'call' && waitsMs !== undefined && waitsMs <= atMs;
}

/** True for a case whose vote, or one of whose votes, the id of the next checkpoint decides. Pure. */
export function waitsForLot(record: CaseRecord): boolean {
  return record.phase === 'lot' || record.votes.some((one) => one.waits === 'lot');
}

/** Draws the lots of a joint, whose seed is the id of the checkpoint before (S38). */
export function drawJointLots(closing: Closing, scope: CaseScope, joint: CharterJoint): void {
  const record = withVotes(closing, scope, joint, (ending, running) => {
    if (running.waits !== 'lot') return { running };
    const seed = tieSeed(closing, scope.record.id, running.entry);
    return settledTie(ending, running, [{ kind: 'lot', seed }], passedByLot(seed));
  });
  goOn(closing, scope, joint, record);
}
