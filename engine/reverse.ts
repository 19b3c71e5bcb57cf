// Taking a decision back (S56, S66): the inverse of every effect that has one, and the names of those that have none. Whether it is taken back is
// decided by the outcome of another case, or by time.
import { takePayment } from './account.ts';
import { takeAwards } from './award.ts';
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterEffect } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { currentOf, processOf, requiredCharter, writeCase } from './case.ts';
import type { ChangeEntry } from './event.ts';
import { candidateOf, changeOf } from './gate.ts';
import { effectCause, peopleGranted, peopleNamed, thingNamed } from './granted.ts';
import type { Closing } from './ending.ts';
import { endCase, notice } from './ending.ts';
import { takeCertificate } from './certificate.ts';
import { forgetSeat, seatComing } from './coming-seat.ts';
import { certificateKey } from './held.ts';
import { outcomeOf } from './missed-outcome.ts';
import { giveRoleBack, isLastWay, isOver, leaveRole } from './role-change.ts';
import { allMembers, holdingsOf, roleOf } from './roster.ts';
import { spentOf } from './spend.ts';
import { eraseEntry, readEntry } from './state.ts';

/** The key under which a removal by a case keeps what it took. */
export function removedKey(record: CaseRecord, role: string, member: string): string {
  return `removed/${record.id}/${role}/${member}`;
}

function inverse(entries: readonly ChangeEntry[]): readonly ChangeEntry[] {
  return entries.map((entry) => ({ path: entry.path, old: entry.new, new: entry.old }));
}

/** Takes a merge back: its paths must still hold what it merged, and bylaws it brought must still be in force. */
function undoMerge(closing: Closing, target: CaseRecord): readonly string[] {
  const cannot = ['the merge'];
  if (target.merge !== 'merged') return [];
  const inForce = closing.adopted.at(-1)?.hash ?? currentOf(closing.draft.state).bylaws;
  if (target.adopts !== undefined && target.adopts !== inForce) return cannot;
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

/** The key under which a grant to somebody who held the role already keeps the term they had. */
export function termBeforeKey(record: CaseRecord, role: string, member: string): string {
  return `regranted/${record.id}/${role}/${member}`;
}

/** Gives somebody who held the role already the term back that they had; one that is over by now has ended. */
function undoNewTerm(closing: Closing, target: CaseRecord, held: { readonly role: CharterRole; readonly member: string }): readonly string[] {
  const { role, member } = held;
  const key = termBeforeKey(target, role.name, member);
  const entry = readEntry(closing.draft.state, key);
  if (entry === undefined) return [`\`${role.name}\` of \`${member}\``];
  const charter = requiredCharter(closing.draft.state, target.bylaws);
  if (isOver(role, entry, closing.timeMs)) leaveRole(closing.draft, charter, { role: role.name, member, atMs: closing.timeMs });
  else giveRoleBack(closing.draft, charter, { role, member, entry });
  closing.draft.state = eraseEntry(closing.draft.state, key);
  return [];
}

/** Takes a role back that the decision gave; to somebody who had it before it only gave a new term. */
function undoGrant(closing: Closing, charter: Charter, target: CaseRecord, role: string, member: string): readonly string[] {
  const certificate = readEntry(closing.draft.state, certificateKey(role, member));
  if (certificate !== undefined) {
    if (certificate['since'] !== target.endedMs) return [`\`${role}\` of \`${member}\``];
    closing.draft.state = takeCertificate(closing.draft.state, role, member);
    return [];
  }
  const coming = seatComing(closing.draft.state, target, role, member);
  if (coming !== undefined) {
    closing.draft.state = forgetSeat(closing.draft.state, coming);
    return [];
  }
  const entry = readEntry(closing.draft.state, `role/${role}/${member}`);
  const declared = roleOf(charter, role);
  if (entry === undefined || declared === undefined) return [];
  // Whoever gained it at the very instant at which the decision granted it again held it without that decision.
  const isAgain =
    entry['from'] === target.endedMs &&
    (entry['since'] !== target.endedMs || readEntry(closing.draft.state, termBeforeKey(target, role, member)) !== undefined);
  if (isAgain) return undoNewTerm(closing, target, { role: declared, member });
  if (entry['since'] !== target.endedMs) return [];
  if (isLastWay(closing.draft.state, declared, member)) return [`\`${role}\` of \`${member}\``];
  leaveRole(closing.draft, charter, { role, member, atMs: closing.timeMs });
  return [];
}

/** Gives a role back that the decision took, with the term it had, if a seat is free and the term is not over. */
function undoRemoval(closing: Closing, charter: Charter, target: CaseRecord, role: string, member: string): readonly string[] {
  const { state } = closing.draft;
  const taken = readEntry(state, removedKey(target, role, member));
  const key = `role/${role}/${member}`;
  if (taken === undefined || readEntry(state, key) !== undefined) return [];
  const declared = roleOf(charter, role);
  const most = declared?.held?.most;
  if (declared === undefined || isOver(declared, taken, closing.timeMs) || (most !== undefined && holdingsOf(state, role).length >= most))
    return [`\`${role}\` of \`${member}\``];
  giveRoleBack(closing.draft, charter, { role: declared, member, entry: taken });
  closing.draft.state = eraseEntry(closing.draft.state, removedKey(target, role, member));
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

function undoEffect(closing: Closing, charter: Charter, target: CaseRecord, effect: CharterEffect, place: number): readonly string[] {
  switch (effect.kind) {
    case 'grant': {
      const role = thingNamed(effect.what, target);
      return peopleGranted(effect, target, processOf(charter, target)).flatMap((member) => undoGrant(closing, charter, target, role, member));
    }
    case 'remove': {
      const role = thingNamed(effect.what, target);
      return peopleNamed(target, effect.from).flatMap((member) => undoRemoval(closing, charter, target, role, member));
    }
    case 'accept-merge':
      return undoMerge(closing, target);
    case 'refuse-merge':
      return [];
    case 'award':
      undoAward(closing, charter, target, effect, effectCause(target, place));
      return [];
    case 'pay':
      return undoPayment(closing, target, effect.account);
    default:
      // A case that was started, a person who was struck, a decision that was taken back: others have built on it.
      return [`\`${effect.kind}\``];
  }
}

/** Withdraws a decision whose merge still waits: nothing of it has happened. */
export function withdrawMerge(closing: Closing, target: CaseRecord, reason: string): void {
  const ended = endCase(closing, { ...target, merge: 'refused', code: 'GDO2005', reason });
  notice(closing, ended, { kind: 'decided', code: 'GDO2005', reason });
}

/**
 * Applies the inverse of every effect of a decided case, last effect first. A decision is taken back once.
 * @param reason - why, for people
 * @returns what cannot be taken back, in words; it is kept in the record of the case too
 * Source: language.md S66
 */
export function reverseDecision(closing: Closing, target: CaseRecord, reason: string): readonly string[] {
  if (target.reversedMs !== undefined || target.outcome === undefined) return [];
  if (target.phase === 'merging') {
    withdrawMerge(closing, target, reason);
    return [];
  }
  const charter = requiredCharter(closing.draft.state, target.bylaws);
  const outcome = outcomeOf(closing.draft.state, target);
  const effects = (outcome?.effects ?? []).map((effect, place) => ({ effect, place }));
  const left = effects.toReversed().flatMap(({ effect, place }) => undoEffect(closing, charter, target, effect, place));
  const stays = left.length === 0 ? '' : `; it could not take back ${left.join(', ')}`;
  const record: CaseRecord = { ...target, reversedMs: closing.timeMs, reason: `${reason}${stays}` };
  closing.draft.state = writeCase(closing.draft.state, left.length === 0 ? record : { ...record, unreversed: left });
  notice(closing, record, { kind: 'decided', reason: record.reason ?? reason });
  return left;
}
