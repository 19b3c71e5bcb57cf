// What ends a vote, alike for a vote alone and one in a joint: its result, a later close, the time of a decider, the lot. It stores nothing but the
// stage that a case goes to.
import { entryAt, invariant } from './invariant.ts';
import type { CharterTieRule, CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { fromHex, utf8Encode } from './bytes.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { stageOf } from './case.ts';
import { keepInputs } from './count-inputs.ts';
import { dueOf } from './due.ts';
import { addDuration } from './duration.ts';
import type { Closing } from './ending.ts';
import { nextStage } from './machine.ts';
import { enterStage } from './outcome.ts';
import { withInputs } from './roster.ts';
import { lotOrder, lotSeed } from './tally/lot.ts';
import type { TieChain } from './tally/rules.ts';
import { extended, heldMs } from './vote-clock.ts';
import type { VoteResult } from './vote-result.ts';
import { inputsAtEnd, resultOf } from './vote-result.ts';

/** At most this long a tie waits for its decider (S37). */
const deciderDaysMax = 7;

/** Sends a case on where its stage leads now. @returns false where it stays */
export function leaveStage(closing: Closing, scope: CaseScope, record: CaseRecord, fires: (index: number) => boolean): boolean {
  const stage = stageOf(scope.process, record.stage);
  const result = (vote: string | undefined): string | undefined => (vote === undefined ? record.result : record.votes.find((one) => one.name === vote)?.result);
  const target = nextStage(scope.process, stage, { fires, result });
  if (target === undefined) return false;
  enterStage(closing, record, target);
  return true;
}

/** Results for which no test was asked, so that none has failed to hold: too few took part, or there was nothing to vote on (S132). */
export const untested: readonly string[] = ['inquorate', 'empty'];

/**
 * What a vote says when it ends: tests that must hold for a while have failed where the close came first (S40). Where a tie was broken it is counted again
 * from what it was counted from: nothing that people did since is part of it (S37, S41).
 */
export function resultAtEnd(closing: Closing, scope: CaseScope, vote: CharterVote, running: VoteRecord, ties: TieChain): VoteResult {
  const { draft, timeMs } = closing;
  const { id } = scope.record;
  const isAgain = ties.length > 0;
  const now = { ...scope, state: isAgain ? withInputs(draft.state, id, running.entry) : draft.state };
  const said = resultOf(now, vote, { running, ties, atMs: timeMs });
  if (!isAgain) draft.state = keepInputs(draft.state, id, running.entry, inputsAtEnd(now, vote, running, timeMs));
  if (vote.holdsFor === undefined || untested.includes(said.result)) return said;
  const sinceMs = heldMs(scope, vote, running);
  return sinceMs !== undefined && sinceMs <= timeMs ? said : { result: 'failed', winners: [] };
}

/** A vote that would end now with a later close, where a line of `extends` says so; one whose tests have held long enough is over (S40, S128). */
export function extendedAtEnd(scope: CaseScope, vote: CharterVote, running: VoteRecord, result: string): VoteRecord | undefined {
  const isHeld = vote.holdsFor !== undefined && result !== 'failed' && !untested.includes(result);
  return isHeld ? undefined : extended(scope, vote, running, result);
}

/** Until when a tie waits for its decider: the vote's time, a week at most, and never less than the next instant (S37). */
export function decidedUntilMs(closing: Closing, scope: CaseScope, vote: CharterVote, closedMs: number): number {
  const untilMs = Math.min(dueOf(scope, closedMs, vote.open), addDuration(closedMs, { count: deciderDaysMax, unit: 'day' }));
  return Math.max(untilMs, closing.timeMs + 1);
}

/** The rule of a tie at a place of its chain; a chain that is used up fails (S38). Pure. */
export function tieRuleAt(vote: CharterVote, place: number): CharterTieRule {
  return vote.tie?.[place] ?? { kind: 'fails' };
}

/** The place of the rule after the one that a vote has come to. Pure. */
export function nextTieRule({ tieRule }: VoteRecord): number {
  invariant(tieRule !== undefined, 'a vote whose tie waits has come to a rule');
  return tieRule + 1;
}

/** The seed of a lot: the checkpoint that closed the vote, the case and the instance of the vote (S38). */
export function tieSeed(closing: Closing, id: string, entry: number): Uint8Array {
  return lotSeed(fromHex(closing.previousCheckpoint) ?? utf8Encode(closing.previousCheckpoint), id, String(entry));
}

/** Whether a vote of yes and no passes by lot (S38). Pure. */
export function passedByLot(seed: Uint8Array): 'passed' | 'failed' {
  const options = ['failed', 'passed'] as const;
  return entryAt(options, entryAt(lotOrder(seed, options, [0, 1]), 0));
}
