// What an outlook is made of: acts that are missing, ways on, and how a vote that runs would end with a result. It counts nothing.
import type { CharterResults, CharterVote } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import type { VoteRecord } from './case.ts';
import { extendedAtEnd, untested } from './leaving.ts';
import { heldMs } from './vote-clock.ts';

/** So many more different people of some must do something. `free` of those who vote may say what they like. `people`: those who can, ascending. */
export interface MissingAct {
  readonly verb: string;
  readonly count: number;
  readonly of: string;
  readonly people: readonly string[];
  readonly choice?: string;
  readonly free?: number;
  /** One certain person or office: `the author`. */
  readonly definite?: true;
  /** What the act has to say, word for word. */
  readonly text?: string;
  /** It has to be these people: of others as many are not the same. */
  readonly named?: true;
  /** Which vote of a joint they vote in, and the number that their ballots name. */
  readonly in?: { readonly vote: string; readonly entry: number };
}

/**
 * One way on: the smallest set of acts, and where it leads. `accepts` only where that is an outcome. `atMs`: not before then. `waits`: it leads nowhere
 * yet, because a tie has to be broken or the stage is called once more.
 */
export interface WayOn {
  readonly target: string;
  readonly acts: readonly MissingAct[];
  readonly result?: string;
  readonly accepts?: boolean;
  readonly atMs?: number;
  readonly waits?: Waits;
  /** These acts are enough; fewer of others may be. */
  readonly atMost?: true;
}

/** What a stage that is over still waits for. */
type Waits = 'tie' | 'call';

/** What can become of a case from here. `ifNothing` is absent where nothing happens without an act. */
export interface Outlook {
  readonly ifNothing?: WayOn;
  readonly ways: readonly WayOn[];
  /** Where the stage leads too, and can lead no more. */
  readonly shut: readonly string[];
  /** Those ways are shut only as long as nobody changes a ballot. */
  readonly ballotsChange?: true;
}

/** An outlook in which nothing can be said. */
export const nothing: Outlook = { ways: [], shut: [] };

/** The stage that a result leads to. */
export function targetOf(stage: CharterResults, result: string): string | undefined {
  return stage.results.find((row) => row.result === result)?.target ?? stage.otherwise;
}

/** A way with what its outcome means, where it leads to one. */
export function ended(scope: CaseScope, way: WayOn): WayOn {
  const stage = scope.process.stages.find((one) => one.name === way.target);
  return stage?.kind === 'outcome' ? { ...way, accepts: stage.accepts } : way;
}

/** How a vote ends: with which result, when, and what it waits for where that leads nowhere yet. */
export interface VoteEnding {
  readonly result: string;
  readonly atMs: number;
  readonly waits?: Waits;
}

/** Results that hold nothing (S40). */
const failures: readonly string[] = ['inquorate', 'failed', 'tied', 'empty'];

/** More extensions than a vote is looked ahead for: a line without a number can extend it for ever. */
const extensionsMax = 100;

/**
 * How a vote ends whose ballots say a result from an instant on, if nobody does anything more: tests that must hold for a while have to, the close moves
 * where `extends` says so, and a quorum that fails may call the vote once more (S40, S101, S124, S128). Pure.
 * @param fromMs - since when the ballots say so; absent where they say it as they stand
 */
export function endingOf(scope: CaseScope, vote: CharterVote, running: VoteRecord, said: { readonly result: string; readonly fromMs?: number }): VoteEnding {
  let one = said.fromMs === undefined ? running : changed(running, said.result, said.fromMs);
  let result = said.result;
  if (vote.holdsFor !== undefined && !untested.includes(result)) {
    const held = heldMs(scope, vote, one);
    if (held !== undefined) return { result, atMs: held };
    result = 'failed';
  }
  for (let count = 0; count < extensionsMax; count += 1) {
    const later = extendedAtEnd(scope, vote, one, result);
    if (later === undefined) break;
    one = later;
    // A later close may be late enough for tests that have to hold.
    const held = heldMs(scope, vote, one);
    if (held !== undefined) return { result: said.result, atMs: held };
  }
  const atMs = one.standsMs ?? one.closesMs;
  const isCalledAgain = vote.secondCall !== undefined && scope.record.secondCall === undefined && running.secondCall === undefined;
  if (result === 'inquorate' && isCalledAgain) return { result, atMs, waits: 'call' };
  if (result !== 'tied' || vote.tie === undefined) return { result, atMs };
  return vote.tie[0]?.kind === 'fails' ? { result: 'failed', atMs } : { result, atMs, waits: 'tie' };
}

function changed(running: VoteRecord, result: string, fromMs: number): VoteRecord {
  const { holdsSinceMs, ...rest } = running;
  const isSame = running.provisional?.trim() === result;
  const since = failures.includes(result) ? undefined : isSame ? (holdsSinceMs ?? fromMs) : fromMs;
  return {
    ...rest,
    ...(isSame ? {} : { changedMs: fromMs }),
    ...(result === 'inquorate' || running.quorateMs !== undefined ? {} : { quorateMs: fromMs }),
    ...(since === undefined ? {} : { holdsSinceMs: since }),
  };
}
