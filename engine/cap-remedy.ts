// What follows where a cap of a role is broken (S114): a grant that would break it is refused; whatever else broke it is mended by the remedy, in its time.
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterLimit, CharterRemedy } from './bylaws-terms.ts';
import { charterInForce, theCase, timerKey } from './case.ts';
import type { CaseRecord } from './case.ts';
import type { Draft } from './draft.ts';
import { dueInstant } from './duration.ts';
import { breaksCap, capsHolders, leavingNext, peopleOver } from './role-cap.ts';
import { leaveRole } from './role-change.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { waivers } from './term-limit.ts';

/** The end of an epoch, as far as remedies need it. */
interface CapClosing {
  readonly draft: Draft;
  readonly timeMs: number;
  readonly previousCheckpoint: string;
}

/** A cap that is broken and whose remedy is a case: its people are the subjects. */
export interface CapStart {
  readonly process: string;
  readonly cap: string;
  readonly subjects: readonly string[];
}

/** People who leave one after another in one epoch: more than any role has. */
const leavesMax = 10_000;

function capKey(role: string, place: number): string {
  return `cap/${role}/${place}`;
}

function isWaived(state: State, role: string, limit: CharterLimit, member: string): boolean {
  return limit.waivedThrough !== undefined && waivers(state, role, member, limit.waivedThrough).length > 0;
}

/** True iff a grant would break a cap that no case waives. @param holders - how many hold the role when all grants of the case are made */
export function capBroken(state: State, charter: Charter, role: CharterRole, member: string, holders: number): boolean {
  return role.limits.some(
    (limit) => capsHolders(charter, role, limit) && breaksCap(state, role, limit, member, holders) && !isWaived(state, role.name, limit, member),
  );
}

/** Uses up the waiver that a grant needs: one grant for each accepted case (S114). */
export function useCapWaiver(state: State, charter: Charter, role: CharterRole, member: string, holders: number): State {
  let next = state;
  for (const limit of role.limits) {
    if (limit.waivedThrough === undefined || !capsHolders(charter, role, limit) || !breaksCap(state, role, limit, member, holders)) continue;
    const [first] = waivers(state, role.name, member, limit.waivedThrough);
    if (first !== undefined) next = writeEntry(next, `waived/${role.name}/${member}/${first}`, {});
  }
  return next;
}

function capsOf(charter: Charter): readonly { readonly role: CharterRole; readonly limit: CharterLimit; readonly place: number }[] {
  return charter.roles.flatMap((role) => role.limits.flatMap((limit, place) => (capsHolders(charter, role, limit) ? [{ role, limit, place }] : [])));
}

function letLeave(closing: CapClosing, charter: Charter, role: CharterRole, limit: CharterLimit, remedy: CharterRemedy & { readonly kind: 'leave' }): void {
  for (let count = 0; count < leavesMax; count += 1) {
    const leaving = leavingNext(remedy, peopleOver(closing.draft.state, role, limit), closing.previousCheckpoint);
    if (leaving.length === 0) return;
    for (const member of leaving) leaveRole(closing.draft, charter, { role: role.name, member, atMs: closing.timeMs });
  }
}

/** When a remedy runs that waits for an instant; undefined where it waits for something else. A lot needs the id of a checkpoint after the break. */
function remedyMs(closing: CapClosing, charter: Charter, remedy: CharterRemedy): number | undefined {
  if (remedy.kind !== 'leave' || remedy.at !== undefined) return undefined;
  if (remedy.after !== undefined) return dueInstant(closing.timeMs, remedy.after, charter.organization.dayEnds);
  return remedy.who === 'lot' ? closing.timeMs : undefined;
}

/** The cap was broken since the last look: what follows now, or when it will. */
function begin(
  closing: CapClosing,
  charter: Charter,
  cap: { readonly role: CharterRole; readonly limit: CharterLimit; readonly place: number },
): CapStart | undefined {
  const { role, limit, place } = cap;
  const remedy = limit.otherwise;
  const key = capKey(role.name, place);
  const dueMs = remedy === undefined ? undefined : remedyMs(closing, charter, remedy);
  closing.draft.state = writeEntry(closing.draft.state, key, { since: closing.timeMs, ...(dueMs === undefined ? {} : { due: dueMs }) });
  if (remedy === undefined) return undefined;
  if (remedy.kind === 'start') return { process: remedy.process, cap: key, subjects: peopleOver(closing.draft.state, role, limit) };
  if (dueMs !== undefined) closing.draft.state = writeEntry(closing.draft.state, timerKey(dueMs, key), {});
  else if (remedy.at === undefined) {
    letLeave(closing, charter, role, limit, remedy);
    closing.draft.state = eraseEntry(closing.draft.state, key);
  }
  return undefined;
}

/** The cap holds again: what waited for its time waits no more, or a cap that is broken once more would be mended too early. */
function settle(state: State, key: string): State {
  const dueMs = readEntry(state, key)?.['due'];
  const next = eraseEntry(state, key);
  return typeof dueMs === 'number' ? eraseEntry(next, timerKey(dueMs, key)) : next;
}

/** Looks at all caps after the grants and losses of an epoch. @returns the cases that remedies start. O(holders of capped roles), and only where something happened */
export function lookAtCaps(closing: CapClosing): readonly CapStart[] {
  if (!closing.draft.capsTouched) return [];
  const charter = charterInForce(closing.draft.state);
  const starts: CapStart[] = [];
  for (const cap of capsOf(charter)) {
    const key = capKey(cap.role.name, cap.place);
    const isKnown = readEntry(closing.draft.state, key) !== undefined;
    const isBroken = peopleOver(closing.draft.state, cap.role, cap.limit).length > 0;
    if (!isBroken && isKnown) closing.draft.state = settle(closing.draft.state, key);
    const start = isBroken && !isKnown ? begin(closing, charter, cap) : undefined;
    if (start !== undefined) starts.push(start);
  }
  return starts;
}

const capCases = 'cap-case/';

/** Remembers a case that a remedy started. */
export function noteCapCase(state: State, record: CaseRecord): State {
  return writeEntry(state, `${capCases}${record.id}`, {});
}

/** Forgets the cases of remedies that are over. @returns those whose cap holds again: they end refused (S114) */
export function capCasesMended(draft: Draft): readonly CaseRecord[] {
  const mended: CaseRecord[] = [];
  for (const [key] of entriesUnder(draft.state, capCases)) {
    const record = theCase(draft.state, key.slice(capCases.length));
    const isBroken = record.cap !== undefined && readEntry(draft.state, record.cap) !== undefined;
    if (record.phase !== 'decided' && isBroken) continue;
    draft.state = eraseEntry(draft.state, key);
    if (record.phase !== 'decided') mended.push(record);
  }
  return mended;
}

/** The time of a remedy has come: it runs if the cap is still broken. */
export function runRemedy(closing: CapClosing, roleName: string, place: number): void {
  const charter = charterInForce(closing.draft.state);
  const cap = capsOf(charter).find((one) => one.role.name === roleName && one.place === place);
  if (cap?.limit.otherwise?.kind !== 'leave' || readEntry(closing.draft.state, capKey(roleName, place)) === undefined) return;
  letLeave(closing, charter, cap.role, cap.limit, cap.limit.otherwise);
  closing.draft.capsTouched = true;
}

/** A case reached the point at which a remedy waits to run. */
export function noteCapTurn(closing: CapClosing, charter: Charter, process: string, stage: string): void {
  for (const { role, limit, place } of capsOf(charter)) {
    const remedy = limit.otherwise;
    if (remedy?.kind !== 'leave' || remedy.at === undefined) continue;
    if (remedy.at[0] === process && (remedy.at[1] ?? stage) === stage) runRemedy(closing, role.name, place);
  }
}
