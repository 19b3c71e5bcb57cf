// When a vote ends: its close, the time to open sealed ballots and to bring offline ones, extensions, and tests that must hold for a while (S40, S105,
// S128, S129). It counts no ballot.
import type { CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import type { VoteRecord } from './case.ts';
import { dueOf, earliest } from './due.ts';
import { resultOf } from './vote-result.ts';

type Extension = CharterVote['extends'][number];

/** Results that pass no test, so that nothing holds. */
const failures: readonly string[] = ['inquorate', 'failed', 'tied', 'empty'];

/** A vote that opens: its close, and when its result stands where ballots may come later than the close. */
export function clocked(scope: CaseScope, vote: CharterVote, running: VoteRecord): VoteRecord {
  let standsMs = running.closesMs;
  if (vote.revealedWithin !== undefined && vote.ballots === 'sealed') standsMs = dueOf(scope, standsMs, vote.revealedWithin);
  if (vote.grace !== undefined) standsMs = dueOf(scope, standsMs, vote.grace.duration);
  const { standsMs: _before, ...rest } = running;
  return standsMs === running.closesMs ? rest : { ...rest, standsMs };
}

/**
 * When tests that must hold for a while have held, if nothing changes; undefined where they do not hold, need not, or would only after the close. The
 * time to open sealed ballots is no part of it: whoever has yet to open theirs would be cut off (S40, S129, docs/decisions/0167).
 */
export function heldMs(scope: CaseScope, vote: CharterVote, running: VoteRecord): number | undefined {
  if (vote.holdsFor === undefined || running.holdsSinceMs === undefined) return undefined;
  const untilMs = dueOf(scope, running.holdsSinceMs, vote.holdsFor);
  return untilMs <= running.closesMs ? untilMs : undefined;
}

/** The instant at which a vote ends, if nothing more happens; of one that is closed and waits, the end of that. */
export function endOf(scope: CaseScope, vote: CharterVote, running: VoteRecord): number {
  if (running.waitsMs !== undefined) return running.waitsMs;
  const standsMs = running.standsMs ?? running.closesMs;
  return Math.min(standsMs, heldMs(scope, vote, running) ?? standsMs);
}

/** The earliest end of the votes that are still open. */
export function endOfVotes(scope: CaseScope, votes: readonly CharterVote[], running: readonly VoteRecord[]): number | undefined {
  return earliest(
    running.map((one) => {
      const vote = votes.find((other) => other.name === one.name);
      return vote === undefined || one.result !== undefined ? undefined : endOf(scope, vote, one);
    }),
  );
}

/** True for votes whose end depends on what is so while they are open. */
export function isWatched(vote: CharterVote): boolean {
  return vote.holdsFor !== undefined || vote.extends.some((row) => row.when.kind !== 'result');
}

/** Notes what a ballot has changed in a vote that is watched: the provisional result, the quorum, and since when the tests hold. @param scope - with the ballot in its state */
export function watched(scope: CaseScope, vote: CharterVote, running: VoteRecord, atMs: number): VoteRecord {
  const { result, winners } = resultOf(scope, vote, { running, ties: [], atMs });
  const provisional = [result, ...winners].join(' ');
  const before = running.provisional;
  const isQuorate = running.quorateMs !== undefined || result === 'inquorate';
  const { holdsSinceMs, ...rest } = running;
  // Nothing changes before a first ballot passes a test (docs/decisions/0054), not from one failure to another either.
  const isChange = provisional !== before && (running.changedMs !== undefined || !failures.includes(result));
  const since = failures.includes(result) ? undefined : provisional === before ? (holdsSinceMs ?? atMs) : atMs;
  return {
    ...rest,
    provisional,
    ...(isChange ? { changedMs: atMs } : {}),
    ...(isQuorate ? {} : { quorateMs: atMs }),
    ...(since === undefined ? {} : { holdsSinceMs: since }),
  };
}

/** The close that one line gives a vote, if it is later; undefined where the line does not apply. */
function closeBy(scope: CaseScope, row: Extension, running: VoteRecord, result: string): number | undefined {
  const { closesMs } = running;
  switch (row.when.kind) {
    case 'result':
      return row.when.results.includes(result) ? dueOf(scope, closesMs, row.by) : undefined;
    case 'swung':
      return isInLast(scope, row.when.inTheLast, running.changedMs, closesMs) ? dueOf(scope, closesMs, row.by) : undefined;
    case 'quorate': {
      const { quorateMs } = running;
      if (quorateMs === undefined || !isInLast(scope, row.when.inTheLast, quorateMs, closesMs)) return undefined;
      return dueOf(scope, quorateMs, row.by);
    }
  }
}

/** True iff an instant lies in the last so many minutes before the close: then counting so long from it reaches the close. */
function isInLast(scope: CaseScope, last: Extension['by'], atMs: number | undefined, closesMs: number): boolean {
  return atMs !== undefined && atMs < closesMs && dueOf(scope, atMs, last) >= closesMs;
}

/** The vote with a later close, where a line of `extends` gives it one; undefined: it ends. The first line that does so is used. */
export function extended(scope: CaseScope, vote: CharterVote, running: VoteRecord, result: string): VoteRecord | undefined {
  const used = running.extensions ?? [];
  for (const [place, row] of vote.extends.entries()) {
    const count = used[place] ?? 0;
    if (row.most !== undefined && count >= row.most) continue;
    const closesMs = closeBy(scope, row, running, result);
    if (closesMs === undefined || closesMs <= running.closesMs) continue;
    const extensions = vote.extends.map((_, index) => (used[index] ?? 0) + (index === place ? 1 : 0));
    return clocked(scope, vote, { ...running, closesMs, extensions });
  }
  return undefined;
}
