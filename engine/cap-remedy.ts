// What follows where a cap of a role is broken (S114): a grant that would break it is refused; whatever else broke it is mended by the remedy, in its time.
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterLimit, CharterRemedy } from './bylaws-terms.ts';
import { utf8Encode } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import { charterInForce, jsonOf, theCase, timerKey } from './case.ts';
import type { CaseRecord } from './case.ts';
import { sha256Hex } from './chain.ts';
import type { Draft } from './draft.ts';
import { dueInstant } from './duration.ts';
import { isReached } from './reached.ts';
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

function isWaived(state: State, role: string, limit: CharterLimit, member: string): boolean {
  return limit.waivedThrough !== undefined && waivers(state, role, member, limit.waivedThrough).length > 0;
}

/** True iff a grant would break a cap that no case waives. @param holders - how many hold the role once all grants of the effect are made */
export function capBroken(state: State, charter: Charter, role: CharterRole, member: string, holders: number): boolean {
  return role.limits.some(
    (limit) => capsHolders(charter, role, limit) && breaksCap(state, role, limit, member, holders) && !isWaived(state, role.name, limit, member),
  );
}

/** True iff a cap of a role is a share of its holders. */
export function capsShare(charter: Charter, role: CharterRole): boolean {
  return role.limits.some((limit) => limit.amount.kind === 'share' && capsHolders(charter, role, limit));
}

/** The processes whose cases waive the caps that a grant would break. */
export function waivedThrough(state: State, charter: Charter, role: CharterRole, member: string, holders: number): readonly string[] {
  return role.limits.flatMap((limit) =>
    limit.waivedThrough !== undefined && capsHolders(charter, role, limit) && breaksCap(state, role, limit, member, holders) ? [limit.waivedThrough] : [],
  );
}

/** Uses up the waivers that a grant has needed, one grant for each accepted case, and marks the holding: no remedy undoes what was waived (S114). */
export function useCapWaivers(state: State, role: string, member: string, processes: readonly string[]): State {
  if (processes.length === 0) return state;
  let next = state;
  for (const process of processes) {
    const [first] = waivers(state, role, member, process);
    if (first !== undefined) next = writeEntry(next, `waived/${role}/${member}/${first}`, {});
  }
  const key = `role/${role}/${member}`;
  return writeEntry(next, key, { ...readEntry(next, key), waived: [...new Set(processes)] });
}

/** A cap of a role, and where it is kept that it is broken: what an amendment has changed of it makes it another cap. */
interface Cap {
  readonly role: CharterRole;
  readonly limit: CharterLimit;
  readonly key: string;
}

const brokenCaps = 'cap/';

function keyOf(role: CharterRole, limit: CharterLimit): string {
  return `${brokenCaps}${role.name}/${sha256Hex(utf8Encode(canonicalText(jsonOf(limit))))}`;
}

/** The caps of all roles, or those of them that a test names. */
function capsOf(charter: Charter, isMeant: (limit: CharterLimit) => boolean = () => true): readonly Cap[] {
  return charter.roles.flatMap((role) =>
    role.limits.filter((limit) => isMeant(limit) && capsHolders(charter, role, limit)).map((limit) => ({ role, limit, key: keyOf(role, limit) })),
  );
}

function isBroken(state: State, { role, limit }: Cap): boolean {
  return peopleOver(state, role, limit).length > 0;
}

/** The cap holds again, or is none any more: what waited for its time waits no more, or one that is broken once more would be mended too early. */
function settle(state: State, key: string): State {
  const dueMs = readEntry(state, key)?.['due'];
  const next = eraseEntry(state, key);
  return typeof dueMs === 'number' ? eraseEntry(next, timerKey(dueMs, key)) : next;
}

/** Lets people leave one after another until the cap holds. */
function letLeave(closing: CapClosing, charter: Charter, { role, limit, key }: Cap, remedy: CharterRemedy & { readonly kind: 'leave' }): void {
  for (let count = 0; count < leavesMax; count += 1) {
    const leaving = leavingNext(remedy, peopleOver(closing.draft.state, role, limit), closing.previousCheckpoint);
    if (leaving.length === 0) break;
    for (const member of leaving) leaveRole(closing.draft, charter, { role: role.name, member, atMs: closing.timeMs });
  }
  closing.draft.state = settle(closing.draft.state, key);
}

/** Before when a remedy does not run; undefined where it waits for no instant. A lot needs the id of a checkpoint after the break. */
function remedyMs(closing: CapClosing, charter: Charter, remedy: CharterRemedy): number | undefined {
  if (remedy.kind !== 'leave') return undefined;
  if (remedy.after !== undefined) return dueInstant(closing.timeMs, remedy.after, charter.organization.dayEnds);
  return remedy.who === 'lot' ? closing.timeMs : undefined;
}

/** The cap was broken since the last look: what follows now, or when it will. */
function begin(closing: CapClosing, charter: Charter, cap: Cap): void {
  const remedy = cap.limit.otherwise;
  const dueMs = remedy === undefined ? undefined : remedyMs(closing, charter, remedy);
  closing.draft.state = writeEntry(closing.draft.state, cap.key, { since: closing.timeMs, ...(dueMs === undefined ? {} : { due: dueMs }) });
  // One that waits for a case to get somewhere has no timer: its turn asks for its delay.
  if (remedy?.kind !== 'leave' || remedy.at !== undefined) return;
  if (dueMs === undefined) letLeave(closing, charter, cap, remedy);
  else closing.draft.state = writeEntry(closing.draft.state, timerKey(dueMs, cap.key), {});
}

/**
 * Looks at all caps after the grants and losses of an epoch, again and again until nobody leaves: whoever leaves by one remedy may break another cap.
 * @returns the cases that remedies start. O(holders of capped roles) each time, and only where something happened
 */
export function lookAtCaps(closing: CapClosing): readonly CapStart[] {
  if (!closing.draft.capsTouched) return [];
  const charter = charterInForce(closing.draft.state);
  const caps = capsOf(charter);
  const known = entriesUnder(closing.draft.state, brokenCaps).map(([key]) => key);
  for (const key of known) if (!caps.some((cap) => cap.key === key)) closing.draft.state = settle(closing.draft.state, key);
  for (let count = 0; closing.draft.capsTouched && count < leavesMax; count += 1) {
    closing.draft.capsTouched = false;
    for (const cap of caps) if (readEntry(closing.draft.state, cap.key) === undefined && isBroken(closing.draft.state, cap)) begin(closing, charter, cap);
  }
  for (const cap of caps) if (!isBroken(closing.draft.state, cap)) closing.draft.state = settle(closing.draft.state, cap.key);
  return caps.flatMap(({ role, limit, key }) => {
    const isNew = !known.includes(key) && readEntry(closing.draft.state, key) !== undefined;
    if (!isNew || limit.otherwise?.kind !== 'start') return [];
    return { process: limit.otherwise.process, cap: key, subjects: peopleOver(closing.draft.state, role, limit) };
  });
}

const capCases = 'cap-case/';

/** Remembers a case that a remedy started. */
export function noteCapCase(state: State, record: CaseRecord): State {
  return writeEntry(state, `${capCases}${record.id}`, {});
}

/** Forgets the cases of remedies that are over. @returns those whose cap is broken no longer, and why: they end refused (S114) */
export function capCasesMended(draft: Draft): readonly { readonly record: CaseRecord; readonly reason: string }[] {
  const mended: { readonly record: CaseRecord; readonly reason: string }[] = [];
  for (const [key] of entriesUnder(draft.state, capCases)) {
    const record = theCase(draft.state, key.slice(capCases.length));
    const isBroken = record.cap !== undefined && readEntry(draft.state, record.cap) !== undefined;
    if (record.phase !== 'decided' && isBroken) continue;
    draft.state = eraseEntry(draft.state, key);
    const isKept = capsOf(charterInForce(draft.state)).some((cap) => cap.key === record.cap);
    if (record.phase !== 'decided') mended.push({ record, reason: isKept ? 'the cap holds again' : 'the bylaws have that cap no longer' });
  }
  return mended;
}

/** The time of a remedy has come, or its turn: it runs if its cap is still broken. @param key - where it is kept that the cap is broken */
export function runRemedy(closing: CapClosing, key: string): void {
  const charter = charterInForce(closing.draft.state);
  const cap = capsOf(charter).find((one) => one.key === key);
  if (cap?.limit.otherwise?.kind === 'leave' && readEntry(closing.draft.state, key) !== undefined) letLeave(closing, charter, cap, cap.limit.otherwise);
}

/** A case has reached a stage, an outcome or its end: the remedies run that wait for it, if their delay is over (docs/decisions/0061). */
export function noteCapTurn(closing: CapClosing, process: string, stage: string): void {
  const charter = charterInForce(closing.draft.state);
  const isTurn = ({ otherwise: remedy }: CharterLimit): boolean =>
    remedy?.kind === 'leave' && remedy.at !== undefined && isReached(charter, remedy.at, process, stage);
  for (const { key } of capsOf(charter, isTurn)) {
    const dueMs = Number(readEntry(closing.draft.state, key)?.['due'] ?? 0);
    if (dueMs <= closing.timeMs) runRemedy(closing, key);
  }
}
