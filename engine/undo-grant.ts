// Taking grants and removals back (S56, S66): what each of them keeps of the role or certificate there was before it, and what somebody holds once it is
// undone. Which decisions are taken back is reverse.ts's.
import type { Charter, CharterRole } from './bylaws.ts';
import type { JsonObject } from './canonical.ts';
import type { CaseRecord } from './case.ts';
import { charterInForce, readCase } from './case.ts';
import { forgetOffices, takeCertificate, writeCertificate } from './certificate.ts';
import { seatComing, takeCaseOff } from './coming-seat.ts';
import type { Closing } from './ending.ts';
import { textsOf } from './field.ts';
import { certificateKey } from './held.ts';
import { endOver, giveRoleBack, isLastWay, isOver, leaveRole } from './role-change.ts';
import { holdingsOf, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { hasLapsed } from './sunset.ts';
import { forgetTerm, termStartMs } from './term-limit.ts';

/** A role or a certificate of somebody; `role` is undefined for a certificate. */
interface Held {
  readonly name: string;
  readonly member: string;
  readonly role: CharterRole | undefined;
}

function heldKey({ name, member, role }: Held): string {
  return role === undefined ? certificateKey(name, member) : `role/${name}/${member}`;
}

function wordsOf({ name, member }: Held): string {
  return `\`${name}\` of \`${member}\``;
}

function givenAgain(held: Held): string {
  return `${wordsOf(held)}, given again since`;
}

function beforeGrantKey(caseId: string, { name, member }: Held): string {
  return `regranted/${caseId}/${name}/${member}`;
}

function removedUnder({ name, member }: Held): string {
  return `removed/${name}/${member}/`;
}

function removedKey(caseId: string, held: Held): string {
  return `${removedUnder(held)}${caseId}`;
}

/** From whom a case took a thing, in order: by effects of its outcome, or for the winners of seats. */
function takenKey(caseId: string, name: string, how: 'removed' | 'unseated'): string {
  return `taken/${caseId}/${name}/${how}`;
}

/** What a charter calls a role, else a certificate. */
function heldIn(charter: Charter, name: string, member: string): Held {
  return { name, member, role: roleOf(charter, name) };
}

/** The same, with what the bylaws in force say of a role, where they know it: what is given back is held under them. @param charter - of the decision */
function heldNow(state: State, charter: Charter, name: string, member: string): Held {
  const held = heldIn(charter, name, member);
  return held.role === undefined ? held : { ...held, role: roleOf(charterInForce(state), name) ?? held.role };
}

/**
 * Keeps what a grant is about to take the place of. A case that grants the same twice keeps what there was before both. Where somebody gains what was taken
 * from them before, nothing of that is left to take back: what becomes of it from now on stands. `again` says by which case, or that none did.
 */
export function keepForGrant(
  state: State,
  charter: Charter,
  record: CaseRecord | undefined,
  granted: { readonly name: string; readonly member: string },
): State {
  const held = heldIn(charter, granted.name, granted.member);
  const before = readEntry(state, heldKey(held));
  if (before === undefined)
    return entriesUnder(state, removedUnder(held)).reduce(
      (next, [key, entry]) => (entry['again'] === undefined ? writeEntry(next, key, { ...entry, again: record?.id ?? true }) : next),
      state,
    );
  return record === undefined || before['by'] === record.id ? state : writeEntry(state, beforeGrantKey(record.id, held), before);
}

/** The roles that end with one (S111). */
function lostWith(charter: Charter, name: string): readonly string[] {
  return charter.roles.flatMap((role) => (role.lostWith === name ? [role.name] : []));
}

/** Keeps what is about to be taken from somebody, and the roles that end with it. */
function keepTaken(state: State, charter: Charter, record: CaseRecord, taken: { readonly name: string; readonly member: string }): State {
  const held = heldIn(charter, taken.name, taken.member);
  const key = removedKey(record.id, held);
  const before = readEntry(state, heldKey(held));
  if (before === undefined || readEntry(state, key) !== undefined) return state;
  return lostWith(charter, taken.name).reduce((next, name) => keepTaken(next, charter, record, { name, member: taken.member }), writeEntry(state, key, before));
}

/** Keeps what a removal is about to take from somebody, or the winner of a seat from whoever sits there. */
export function keepForRemoval(
  state: State,
  charter: Charter,
  record: CaseRecord,
  taken: { readonly name: string; readonly member: string; readonly how: 'removed' | 'unseated' },
): State {
  if (readEntry(state, heldKey(heldIn(charter, taken.name, taken.member))) === undefined) return state;
  const key = takenKey(record.id, taken.name, taken.how);
  const members = textsOf(readEntry(state, key)?.['members']);
  return keepTaken(writeEntry(state, key, { members: [...members, taken.member] }), charter, record, taken);
}

/** What is left of a holding, and what stood between it and the entry that was asked about, newest first. */
interface Standing {
  readonly left: JsonObject | undefined;
  readonly undone: readonly JsonObject[];
}

/**
 * What is left of a holding when the decisions it came from may have been taken back meanwhile: that before them, or nothing. Each came before the one
 * that took its place, so this ends. O(decisions taken back in a row × log n).
 */
function standing(state: State, held: Held, entry: JsonObject | undefined): Standing {
  const undone: JsonObject[] = [];
  let left = entry;
  while (left !== undefined && typeof left['by'] === 'string' && readCase(state, left['by'])?.reversedMs !== undefined) {
    undone.push(left);
    left = readEntry(state, beforeGrantKey(left['by'], held));
  }
  return { left, undone };
}

/** True iff nobody can have a holding back: its term is over, or what it is of has lapsed (S60). */
function isPast(state: State, { name, role }: Held, entry: JsonObject, atMs: number): boolean {
  if (hasLapsed(state, name, atMs)) return true;
  return role === undefined ? Number(entry['until'] ?? atMs + 1) <= atMs : isOver(role, entry, atMs);
}

/** A grant that is taken back, and with it what it gave, gave nothing again: what was taken before it can be given back (docs/decisions/0191). */
function forgetAgain(state: State, held: Held, caseId: string): State {
  return entriesUnder(state, removedUnder(held)).reduce((next, [key, { again, ...entry }]) => (again === caseId ? writeEntry(next, key, entry) : next), state);
}

/** Takes what somebody holds by a grant that is taken back: they have served no term by it (S113). */
function take(closing: Closing, charter: Charter, { name, member, role }: Held, entry: JsonObject): void {
  if (role === undefined) {
    closing.draft.state = takeCertificate(closing.draft.state, name, member);
    closing.draft.ended.add(certificateKey(name, member));
    return;
  }
  leaveRole(closing.draft, charter, { role: name, member, atMs: closing.timeMs });
  closing.draft.state = forgetTerm(closing.draft.state, role, member, entry);
}

/** Forgets the term that a case gave and that a later grant has followed: no decision has given it any more (S113). O(grants in a row × log n). */
function forgetFollowed(closing: Closing, { id }: CaseRecord, held: Held, newest: JsonObject): void {
  if (held.role === undefined) return;
  let entry: JsonObject | undefined = newest;
  while (entry !== undefined && typeof entry['by'] === 'string' && entry['by'] !== id)
    entry = readEntry(closing.draft.state, beforeGrantKey(entry['by'], held));
  if (entry?.['by'] === id) closing.draft.state = forgetTerm(closing.draft.state, held.role, held.member, entry);
}

/** Gives back what somebody had; the terms of decisions that were taken back meanwhile were none (S113). */
function giveBack(closing: Closing, { name, member, role }: Held, entry: JsonObject, undone: readonly JsonObject[]): void {
  if (role === undefined) {
    closing.draft.state = writeCertificate(forgetOffices(closing.draft.state, name, member), name, member, entry);
    return;
  }
  for (const one of undone) closing.draft.state = forgetTerm(closing.draft.state, role, member, one);
  giveRoleBack(closing.draft, charterInForce(closing.draft.state), { role, member, entry });
}

/**
 * Takes back what a decision granted, if it is still held from it: whoever had it before has it as before, unless that is over by now.
 * @returns what stays, in words
 */
export function undoGrant(closing: Closing, charter: Charter, target: CaseRecord, name: string, member: string): readonly string[] {
  const held = heldNow(closing.draft.state, charter, name, member);
  const coming = seatComing(closing.draft.state, target, name, member);
  if (coming !== undefined) {
    closing.draft.state = takeCaseOff(closing.draft.state, coming, target);
    // Whoever went on in their own seat only for that election may have a term that is over.
    endOver(closing.draft, charterInForce(closing.draft.state), { role: name, member, atMs: closing.timeMs });
    return coming.cases.at(-1) === target.id ? [] : [givenAgain(held)];
  }
  const entry = readEntry(closing.draft.state, heldKey(held));
  if (entry === undefined) return [];
  if (entry['by'] !== target.id) {
    forgetFollowed(closing, target, held, entry);
    const isLater = target.endedMs !== undefined && termStartMs(entry) >= target.endedMs;
    return isLater ? [givenAgain(held)] : [];
  }
  const key = beforeGrantKey(target.id, held);
  const kept = readEntry(closing.draft.state, key);
  const { left, undone } = standing(closing.draft.state, held, kept);
  if (kept !== undefined) closing.draft.state = eraseEntry(closing.draft.state, key);
  if (left !== undefined && !isPast(closing.draft.state, held, left, closing.timeMs)) giveBack(closing, held, left, undone);
  else if (held.role !== undefined && isLastWay(closing.draft.state, held.role, member)) return [wordsOf(held)];
  else {
    take(closing, charter, held, entry);
    closing.draft.state = forgetAgain(closing.draft.state, held, target.id);
  }
  return [];
}

function undoOwnRemoval(closing: Closing, held: Held, kept: JsonObject): readonly string[] {
  const { again, ...entry } = kept;
  // If it had not been taken, whoever gave it again would have taken the place of that.
  if (typeof again === 'string') closing.draft.state = writeEntry(closing.draft.state, beforeGrantKey(again, held), entry);
  if (again !== undefined || readEntry(closing.draft.state, heldKey(held)) !== undefined) return [];
  const { left, undone } = standing(closing.draft.state, held, entry);
  if (left === undefined) return [];
  const most = held.role?.held?.most;
  const isFull = most !== undefined && holdingsOf(closing.draft.state, held.name).length >= most;
  if (isFull || isPast(closing.draft.state, held, left, closing.timeMs)) return [wordsOf(held)];
  giveBack(closing, held, left, undone);
  return [];
}

function undoRemoval(closing: Closing, charter: Charter, target: CaseRecord, name: string, member: string): readonly string[] {
  const held = heldNow(closing.draft.state, charter, name, member);
  const key = removedKey(target.id, held);
  const kept = readEntry(closing.draft.state, key);
  if (kept === undefined) return [];
  const own = undoOwnRemoval(closing, held, kept);
  closing.draft.state = eraseEntry(closing.draft.state, key);
  if (readEntry(closing.draft.state, heldKey(held)) === undefined) return own;
  return [...own, ...lostWith(charter, name).flatMap((other) => undoRemoval(closing, charter, target, other, member))];
}

/**
 * Gives back what a decision took, or its winners (docs/decisions/0107), the last first: with the term it had, if a seat is free and the term is not over;
 * and what ended with it, if it is held then.
 * @returns what stays, in words
 */
export function undoRemovals(closing: Closing, charter: Charter, target: CaseRecord, name: string, how: 'removed' | 'unseated'): readonly string[] {
  const members = textsOf(readEntry(closing.draft.state, takenKey(target.id, name, how))?.['members']);
  return members.toReversed().flatMap((member) => undoRemoval(closing, charter, target, name, member));
}
