// The way of a decided case: which openings of which stages it went through, and whether openings that somebody claims are all of them. Where each of them
// leads is redecide.ts's.
import { scopeOf } from './act.ts';
import type { CaseScope } from './actor.ts';
import type { CaseRecord } from './case.ts';
import { readCase } from './case.ts';
import type { StageOpening } from './redecide.ts';
import type { State } from './state.ts';

/** An opening that was left, and where it led: the stage that opened next, or the outcome. */
export interface OpeningLeft extends StageOpening {
  readonly next: string;
}

/** The number of the first opening under the bylaws that judge a case: new ones may have started it again (S58). */
function firstEntry({ openedBefore = 0 }: CaseRecord): number {
  return openedBefore + 1;
}

/** A stage that waits for its second call, a tie or another case is not left; one from which the case was sent back is, though nothing has opened yet. */
function isLeft(record: CaseRecord, entry: number): boolean {
  return record.entry !== entry || record.phase === 'opening' || record.phase === 'merging' || record.phase === 'decided';
}

/**
 * The openings of a case that led to its outcome, in order; empty where it is not decided or nothing of it ever opened. Pure.
 * @param checkpoints - the state of every checkpoint since the case began, in order
 */
export function wayOf(id: string, checkpoints: Iterable<{ readonly state: State; readonly timeMs: number }>): readonly OpeningLeft[] {
  const openings: { stage: string; entry: number; closedMs: number | undefined }[] = [];
  let outcome: string | undefined;
  let first = 1;
  for (const { state, timeMs } of checkpoints) {
    const record = readCase(state, id);
    if (record === undefined) continue;
    const last = openings.at(-1);
    if (last !== undefined && last.closedMs === undefined && isLeft(record, last.entry)) last.closedMs = timeMs;
    if (record.phase === 'open' && record.entry !== last?.entry) openings.push({ stage: record.stage, entry: record.entry, closedMs: undefined });
    outcome = record.outcome;
    first = firstEntry(record);
  }
  const own = openings.filter(({ entry }) => entry >= first);
  return own.flatMap(({ stage, entry, closedMs }, place) => {
    const next = own[place + 1]?.stage ?? outcome;
    return closedMs === undefined || outcome === undefined || next === undefined ? [] : [{ stage, entry, closedMs, next }];
  });
}

/** How many numbers an opening takes: the votes of a joint, and each second call of one, have their own (S48, S101). */
function numbersOf({ process, record }: CaseScope, { stage, entry }: StageOpening): number {
  const found = process.stages.find((one) => one.name === stage);
  if (found?.kind !== 'joint') return 1;
  const calls = record.secondCalls?.filter(([, , stageEntry]) => stageEntry === entry) ?? [];
  return 1 + found.votes.length + calls.length;
}

/** Openings are numbered one after another, so one that is left out leaves a hole. */
function numberProblem(scope: CaseScope, openings: readonly StageOpening[]): string | undefined {
  const { record } = scope;
  let next = firstEntry(record);
  for (const opening of openings) {
    if (opening.entry !== next) return `opening ${next} is not there: \`${opening.stage}\` is opening ${opening.entry}`;
    next += numbersOf(scope, opening);
  }
  return next > record.entries ? undefined : `opening ${next} is not there, and the signed state knows of ${record.entries}`;
}

/** The stages in the order in which they were first opened are kept, since the case last began (S122): no other stage can stand in for one of them. */
function firstsProblem({ firsts }: CaseRecord, openings: readonly StageOpening[]): string | undefined {
  const kept = firsts.map(([stage]) => stage);
  let order: readonly string[] = [];
  for (const { stage } of openings.toReversed()) {
    order = [stage, ...order.filter((one) => one !== stage)];
    if (order.length === kept.length && order.every((one, place) => one === kept[place])) return undefined;
  }
  return kept.length === 0 ? undefined : `the signed state knows of other stages, in this order: ${kept.join(', ')}`;
}

/**
 * Why openings that somebody claims are not the whole way of a case, from the first stage of its process to where it ended; undefined where they are. The
 * state may be a part: the case and its bylaws are enough. Pure.
 */
export function wayProblem(state: State, id: string, openings: readonly StageOpening[]): string | undefined {
  const scope = scopeOf(state, id);
  if (scope === undefined) return 'there is no such case';
  const { process, record } = scope;
  const [first] = process.stages;
  const [begun] = openings;
  if (begun !== undefined && begun.stage !== first?.name) return `it begins with \`${begun.stage}\`, and \`${process.name}\` with \`${first?.name ?? ''}\``;
  return numberProblem(scope, openings) ?? firstsProblem(record, openings);
}

/** The stage in which a case was ended by something else than its rules: a duty, new bylaws, a cap that was mended; undefined where it reached its outcome. */
export function endedIn({ outcome, stage }: CaseRecord): string | undefined {
  return outcome !== undefined && stage !== outcome ? stage : undefined;
}
