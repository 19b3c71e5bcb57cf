// Terms served and limits on them: `limit 2 terms in a row` (S113, S114). Whether a grant happens is outcome.ts's.
import type { CharterRole } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { Json } from './canonical.ts';
import { isList } from './canonical.ts';
import { casesOf, processOf, requiredCharter } from './case.ts';
import { addDuration } from './duration.ts';
import { peopleAbout } from './matter.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';

/** One term of a person: when it began, when it ended or was followed by the next, and when it would have ended. */
export interface Term {
  readonly fromMs: number;
  readonly toMs: number;
  readonly untilMs: number;
}

/** The latest terms that are kept of one person in one role: more than any limit asks for. */
const termsMax = 64;

function termsKey(role: string, member: string): string {
  return `terms/${role}/${member}`;
}

function termOf(row: Json): Term {
  const [fromMs, toMs, untilMs] = isList(row) ? row.map(Number) : [];
  return { fromMs: fromMs ?? 0, toMs: toMs ?? 0, untilMs: untilMs ?? 0 };
}

function termsEnded(state: State, role: string, member: string): readonly Term[] {
  const rows = readEntry(state, termsKey(role, member))?.['ended'];
  return isList(rows) ? rows.map(termOf) : [];
}

/** The term a person is in, as if it ended now. */
function termRunning(state: State, role: string, member: string, atMs: number): Term | undefined {
  const entry = readEntry(state, `role/${role}/${member}`);
  if (entry === undefined || typeof entry['until'] !== 'number') return undefined;
  const fromMs = Number(entry['from'] ?? entry['since']);
  return { fromMs, toMs: Math.min(atMs, entry['until']), untilMs: entry['until'] };
}

/** Keeps the term a person is in, which ends now; nothing for a role without terms. */
export function noteTerm(state: State, role: string, member: string, atMs: number): State {
  const term = termRunning(state, role, member, atMs);
  if (term === undefined) return state;
  const rows = [...termsEnded(state, role, member), term].slice(-termsMax);
  return writeEntry(state, termsKey(role, member), { ended: rows.map((one) => [one.fromMs, one.toMs, one.untilMs]) });
}

/** True iff this engine keeps a limit of a role: whole terms of one person, in a row or ever, of a role that has terms. */
export function countsTerms(role: CharterRole, limit: CharterLimit): boolean {
  const isPlain = limit.including === undefined && limit.otherwise === undefined && limit.per.every((per) => per.kind === 'each' && per.name === 'person');
  return limit.counted === 'terms' && limit.amount.kind === 'count' && role.term !== undefined && isPlain;
}

/** How many terms count towards a limit when a new one begins now, that one included. Source: language.md S113 */
export function termsCounted(state: State, role: CharterRole, member: string, atMs: number, limit: CharterLimit): number {
  const running = termRunning(state, role.name, member, atMs);
  const terms = [...termsEnded(state, role.name, member), ...(running === undefined ? [] : [running])];
  let [count, nextMs] = [1, atMs];
  for (const term of terms.toReversed()) {
    const isApart = role.term !== undefined && addDuration(term.toMs, role.term.duration) <= nextMs;
    if (limit.inARow !== undefined && isApart) break;
    if ((term.toMs - term.fromMs) * 2 > term.untilMs - term.fromMs) count += 1;
    nextMs = term.fromMs;
  }
  return count;
}

/** The accepted cases that waive a limit of a role or a process for a person and were not used yet, ascending (S114). */
export function waivers(state: State, role: string, member: string, process: string): readonly string[] {
  return casesOf(state, process)
    .filter((record) => record.accepted === true && record.phase === 'decided')
    .filter((record) => peopleAbout(processOf(requiredCharter(state, record.bylaws), record), record).includes(member))
    .map((record) => record.id)
    .filter((id) => readEntry(state, `waived/${role}/${member}/${id}`) === undefined);
}

/** The limit that a grant would break now and that no case waives; undefined where it breaks none. Pure. */
export function brokenTermLimit(state: State, role: CharterRole, member: string, atMs: number): CharterLimit | undefined {
  return role.limits.find(
    (limit) =>
      countsTerms(role, limit) &&
      limit.amount.kind === 'count' &&
      termsCounted(state, role, member, atMs, limit) > limit.amount.value &&
      (limit.waivedThrough === undefined || waivers(state, role.name, member, limit.waivedThrough).length === 0),
  );
}

/** Uses up the waiver that a grant needs: one grant for each accepted case (S114). */
export function useWaiver(state: State, role: CharterRole, member: string, atMs: number): State {
  let next = state;
  for (const limit of role.limits) {
    if (limit.waivedThrough === undefined || limit.amount.kind !== 'count' || !countsTerms(role, limit)) continue;
    if (termsCounted(state, role, member, atMs, limit) <= limit.amount.value) continue;
    const [first] = waivers(state, role.name, member, limit.waivedThrough);
    if (first !== undefined) next = writeEntry(next, `waived/${role.name}/${member}/${first}`, {});
  }
  return next;
}
