// Taking a decision back (S56, S66): the inverse of every effect that has one, and the names of those that have none. Whether it is taken back is
// decided by the outcome of another case, or by time.
import { takePayment } from './account.ts';
import { takeAwards } from './award.ts';
import type { Charter } from './bylaws.ts';
import type { CharterEffect } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { charterInForce, charterOfCase, currentOf, processOf, requiredCharter, writeCase } from './case.ts';
import type { ChangeEntry } from './event.ts';
import { candidateOf, changeOf } from './gate.ts';
import { effectCause, peopleGranted, peopleNamed, thingNamed } from './granted.ts';
import type { Closing } from './ending.ts';
import { endCase, notice } from './ending.ts';
import { outcomeOf } from './missed-outcome.ts';
import { amendmentProblem } from './protection.ts';
import { allMembers, roleOf } from './roster.ts';
import { madeUnsatisfiable, unsatisfiable } from './satisfiable.ts';
import { spentOf } from './spend.ts';
import { lapsedOf } from './sunset.ts';
import { undoGrant, undoRemovals } from './undo-grant.ts';

/** Who takes a decision back: a case of a process, a duty that nobody did (S65), or the time in which nobody ratified it (S56). */
export type ReversedBy = { readonly kind: 'case'; readonly process: string } | { readonly kind: 'duty' } | { readonly kind: 'time' };

/** A decision that is taken back, with the bylaws it was made by. */
interface Undoing {
  readonly charter: Charter;
  readonly target: CaseRecord;
  readonly by: ReversedBy;
}

function inverse(entries: readonly ChangeEntry[]): readonly ChangeEntry[] {
  return entries.map((entry) => ({ path: entry.path, old: entry.new, new: entry.old }));
}

/**
 * Why the bylaws before an amendment may not come back: taking it back is an amendment by whoever does it (S59, S60, S137). What was decided until it is
 * ratified goes back by itself, or bylaws of an emergency would stay for good once they protect themselves.
 */
function formerProblem({ draft: { state } }: Closing, { target, by }: Undoing): string | undefined {
  if (target.adopts === undefined || by.kind === 'time') return undefined;
  const [inForce, former] = [charterInForce(state), requiredCharter(state, target.bylaws)];
  const problem = amendmentProblem(inForce, former, by.kind === 'case' ? by.process : undefined, lapsedOf(state));
  if (problem !== undefined) return problem;
  const unmet = madeUnsatisfiable(unsatisfiable(state, inForce), unsatisfiable(state, former));
  return unmet === undefined ? undefined : `\`${unmet}\` could never be met by the people there are`;
}

/** Takes a merge back: its paths must still hold what it merged, and bylaws it brought must still be in force and let themselves be replaced. */
function undoMerge(closing: Closing, undoing: Undoing): readonly string[] {
  const { target } = undoing;
  const cannot = ['the merge'];
  if (target.merge !== 'merged') return [];
  const inForce = closing.adopted.at(-1)?.hash ?? currentOf(closing.draft.state).bylaws;
  if (target.adopts !== undefined && target.adopts !== inForce) return cannot;
  const problem = formerProblem(closing, undoing);
  if (problem !== undefined) return [`the merge (${problem})`];
  const candidate = candidateOf(closing.draft.state, inverse(changeOf(closing.draft.state, target)));
  if (candidate.kind === 'stale') return cannot;
  closing.draft.state = candidate.state;
  if (target.adopts !== undefined) closing.adopted.push({ hash: target.bylaws });
  closing.merges.push({
    case: target.id,
    number: target.number,
    title: target.title,
    change: target.change ?? '',
    head: target.head ?? '',
    bylaws: target.bylaws,
    contentRoot: candidate.contentRoot,
    undo: true,
  });
  return [];
}

/** Books a payment back; what its recipient has spent of it is gone and is named. */
function undoPayment(closing: Closing, target: CaseRecord, account: string): readonly string[] {
  const spent = spentOf(closing.draft.state, account, target.id);
  closing.draft.state = takePayment(closing.draft.state, account, target, { spent, atMs: closing.timeMs });
  return spent === 0n ? [] : [`${spent} units from \`${account}\` that were spent`];
}

/** Takes points back as far as they are left; what has decayed is gone. Of a role they went to its holders, who may be others now. */
function undoAward(closing: Closing, charter: Charter, target: CaseRecord, effect: CharterEffect & { readonly kind: 'award' }, cause: string): void {
  const role = roleOf(charter, effect.to);
  const people = role === undefined ? peopleNamed(target, effect.to) : allMembers(closing.draft.state);
  for (const member of people) closing.draft.state = takeAwards(closing.draft.state, effect.points, member, cause);
}

/** Takes a grant back. Whoever lost their seat to its winners sits again once all grants of the role are taken back, the first of them last. */
function undoGrants(
  closing: Closing,
  { charter, target }: Undoing,
  effect: CharterEffect & { readonly kind: 'grant' },
  before: readonly CharterEffect[],
): readonly string[] {
  const role = thingNamed(effect.what, target);
  const left = peopleGranted(effect, target, processOf(charter, target)).flatMap((member) => undoGrant(closing, charter, target, role, member));
  const isFirst = before.every((one) => one.kind !== 'grant' || thingNamed(one.what, target) !== role);
  return isFirst ? [...left, ...undoRemovals(closing, charter, target, role, 'unseated')] : left;
}

function undoEffect(closing: Closing, undoing: Undoing, effect: CharterEffect, before: readonly CharterEffect[]): readonly string[] {
  const { charter, target } = undoing;
  switch (effect.kind) {
    case 'grant':
      return undoGrants(closing, undoing, effect, before);
    case 'remove':
      return undoRemovals(closing, charter, target, thingNamed(effect.what, target), 'removed');
    case 'accept-merge':
      return undoMerge(closing, undoing);
    case 'refuse-merge':
      return [];
    case 'award':
      undoAward(closing, charter, target, effect, effectCause(target, before.length));
      return [];
    case 'pay':
      return undoPayment(closing, target, effect.account);
    default:
      // A case that was started, a person who was struck, a decision that was taken back: others have built on it.
      return [`\`${effect.kind}\``];
  }
}

/** The effects of an outcome in the order in which they happened, each with those before it in the text: grants come at the end of the epoch. */
function asTheyHappened(effects: readonly CharterEffect[]): readonly (readonly [effect: CharterEffect, before: readonly CharterEffect[]])[] {
  const all = effects.map((effect, place) => [effect, effects.slice(0, place)] as const);
  return [...all.filter(([effect]) => effect.kind !== 'grant'), ...all.filter(([effect]) => effect.kind === 'grant')];
}

/** Withdraws a decision whose merge still waits: nothing of it has happened. */
export function withdrawMerge(closing: Closing, target: CaseRecord, reason: string): void {
  const ended = endCase(closing, { ...target, merge: 'refused', code: 'GDO2005', reason });
  notice(closing, ended, { kind: 'decided', code: 'GDO2005', reason });
}

/**
 * Applies the inverse of every effect of a decided case, last effect first. A decision is taken back once; what cannot be is in its record, in words.
 * @param by - whose decision it is to take it back, which matters where bylaws go back
 * @param reason - why, for people
 * Source: language.md S66
 */
export function reverseDecision(closing: Closing, target: CaseRecord, by: ReversedBy, reason: string): void {
  if (target.reversedMs !== undefined || target.outcome === undefined) return;
  if (target.phase === 'merging') {
    withdrawMerge(closing, target, reason);
    return;
  }
  const undoing: Undoing = { charter: charterOfCase(closing.draft.state, target), target, by };
  const left = asTheyHappened(outcomeOf(closing.draft.state, target)?.effects ?? [])
    .toReversed()
    .flatMap(([effect, before]) => undoEffect(closing, undoing, effect, before));
  const why = left.length === 0 ? reason : `${reason}; it could not take back ${left.join(', ')}`;
  const record: CaseRecord = { ...target, reversedMs: closing.timeMs, reason: why };
  closing.draft.state = writeCase(closing.draft.state, left.length === 0 ? record : { ...record, unreversed: left });
  notice(closing, record, { kind: 'decided', reason: why });
}
