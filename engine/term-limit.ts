// Terms served and limits on them: `limit 2 terms in a row`, of one person or of all who share an attribute (S113, S114). Whether a grant happens is
// outcome.ts's.
import { attributesCount, groupAlone, groupIn, groupOf } from './attributed.ts';
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterDuration, CharterLimit } from './bylaws-terms.ts';
import type { Json, JsonObject } from './canonical.ts';
import { isList } from './canonical.ts';
import { casesOf, charterOfCase, processOf } from './case.ts';
import { addDuration } from './duration.ts';
import { peopleAbout } from './matter.ts';
import { holdingsOf } from './roster.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';

/** One term of a person: when it began, when it ended or was followed by the next, and when it would have ended. */
export interface Term {
  readonly fromMs: number;
  readonly toMs: number;
  readonly untilMs: number;
}

/** The latest terms that are kept of one person or one group in one role: a limit of more than so many is not kept. */
const termsMax = 64;

function termsKey(role: string, member: string): string {
  return `terms/${role}/${member}`;
}

function groupTermsKey(role: string, attribute: string, group: string): string {
  return `group-terms/${role}/${attribute}/${group}`;
}

function termOf(row: Json): Term {
  const [fromMs, toMs, untilMs] = isList(row) ? row.map(Number) : [];
  return { fromMs: fromMs ?? 0, toMs: toMs ?? 0, untilMs: untilMs ?? 0 };
}

function termsUnder(state: State, key: string): readonly Term[] {
  const rows = readEntry(state, key)?.['ended'];
  return isList(rows) ? rows.map(termOf) : [];
}

function writeTerms(state: State, key: string, terms: readonly Term[]): State {
  return writeEntry(state, key, { ended: terms.map((one) => [one.fromMs, one.toMs, one.untilMs]) });
}

function keepTerm(state: State, key: string, term: Term): State {
  return writeTerms(state, key, [...termsUnder(state, key), term].slice(-termsMax));
}

/** When the term of a holding began: with its first grant, or with the last one. Pure. */
export function termStartMs(holding: JsonObject): number {
  return Number(holding['from'] ?? holding['since']);
}

function holdingKey(role: string, member: string): string {
  return `role/${role}/${member}`;
}

/** The term of a holding, as if it ended now; undefined where nothing is held, or without a term. */
function termRunning(holding: JsonObject | undefined, atMs: number): Term | undefined {
  const untilMs = holding?.['until'];
  if (holding === undefined || typeof untilMs !== 'number') return undefined;
  return { fromMs: termStartMs(holding), toMs: Math.min(atMs, untilMs), untilMs };
}

/** The attribute whose people share a limit of terms; undefined where each person is counted alone. */
function sharedBy(limit: CharterLimit): string | undefined {
  const names = limit.per.flatMap((per) => (per.kind === 'each' && per.name !== 'person' ? [per.name] : []));
  return limit.counted === 'terms' ? names[0] : undefined;
}

function attributesOf(role: CharterRole): readonly string[] {
  return [...new Set(role.limits.flatMap((limit) => sharedBy(limit) ?? []))];
}

/** What a holding of a role notes when its term begins: how many changes of attributes there had been, if a limit counts terms by one. */
export function termBeginning(state: State, role: CharterRole): { readonly attributes?: number } {
  return attributesOf(role).length === 0 ? {} : { attributes: attributesCount(state) };
}

/** The group the term of a holding counts for: that of its beginning, or of the first value certified since, whatever is certified later. */
function groupOfTerm(state: State, attribute: string, member: string, holding: JsonObject | undefined): string {
  return groupIn(state, attribute, member, Number(holding?.['attributes'] ?? 0));
}

/** Keeps the term a person is in, which ends now, as their own and as one of their group for each attribute that shares a limit; nothing for a role without terms. */
export function noteTerm(state: State, role: CharterRole, member: string, atMs: number): State {
  const holding = readEntry(state, holdingKey(role.name, member));
  const term = termRunning(holding, atMs);
  if (term === undefined) return state;
  const groups = attributesOf(role).map((attribute) => groupTermsKey(role.name, attribute, groupOfTerm(state, attribute, member, holding)));
  return [termsKey(role.name, member), ...groups].reduce((next, key) => keepTerm(next, key, term), state);
}

/** The place of a term among those kept; -1 where it is not. Others of a group may have begun at the same instant: only one that is the same throughout is as good. */
function placeAmong(terms: readonly Term[], term: Term): number {
  return terms.findLastIndex((one) => one.fromMs === term.fromMs && one.toMs === term.toMs && one.untilMs === term.untilMs);
}

function forgetUnder(state: State, key: string, term: Term): State {
  const terms = termsUnder(state, key);
  const place = placeAmong(terms, term);
  return place < 0 ? state : writeTerms(state, key, terms.toSpliced(place, 1));
}

/**
 * Forgets the end of a term: of one that goes on again as it was, or that was none, since the decision that gave it is taken back. @param holding - whose term
 * it was, which somebody may have followed since
 */
export function forgetTerm(state: State, role: CharterRole, member: string, holding: JsonObject): State {
  const fromMs = termStartMs(holding);
  const term = termsUnder(state, termsKey(role.name, member)).findLast((one) => one.fromMs === fromMs);
  if (term === undefined) return state;
  const groups = attributesOf(role).map((attribute) => {
    // What was certified only since has not moved a term that had ended before.
    const alone = groupTermsKey(role.name, attribute, groupAlone(member));
    if (placeAmong(termsUnder(state, alone), term) >= 0) return alone;
    return groupTermsKey(role.name, attribute, groupOfTerm(state, attribute, member, holding));
  });
  return [termsKey(role.name, member), ...groups].reduce((next, key) => forgetUnder(next, key, term), state);
}

/** A limit of terms: how many there may be, and the length of one, after which terms are no longer in a row. */
interface TermLimit {
  readonly limit: CharterLimit;
  readonly most: number;
  readonly length: CharterDuration;
}

function termLimit(charter: Charter, role: CharterRole, limit: CharterLimit): TermLimit | undefined {
  const [per, ...more] = limit.per;
  const isKnown = per === undefined || (per.kind === 'each' && (per.name === 'person' || charter.attributes.some((one) => one.name === per.name)));
  const isPlain = limit.including === undefined && limit.otherwise === undefined && isKnown && more.length === 0;
  if (limit.counted !== 'terms' || limit.amount.kind !== 'count' || role.term === undefined || !isPlain) return undefined;
  if (limit.amount.value > termsMax) return undefined;
  return { limit, most: limit.amount.value, length: role.term.duration };
}

/** True iff this engine keeps a limit of a role: whole terms of one person or of all with one value of an attribute, in a row or ever, of a role that has terms. */
export function countsTerms(charter: Charter, role: CharterRole, limit: CharterLimit): boolean {
  return termLimit(charter, role, limit) !== undefined;
}

/** All terms that a limit counts together with a person's next one, oldest first. O(holders of the role) where an attribute shares them. */
function termsTogether(state: State, role: CharterRole, member: string, atMs: number, limit: CharterLimit): readonly Term[] {
  const attribute = sharedBy(limit);
  const holdingOf = (one: string): JsonObject | undefined => readEntry(state, holdingKey(role.name, one));
  const running = (one: string): readonly Term[] => {
    const term = termRunning(holdingOf(one), atMs);
    return term === undefined ? [] : [term];
  };
  if (attribute === undefined) return [...termsUnder(state, termsKey(role.name, member)), ...running(member)];
  const group = groupOf(state, attribute, member);
  const sitting = holdingsOf(state, role.name).filter((one) => groupOfTerm(state, attribute, one.member, holdingOf(one.member)) === group);
  const terms = [...termsUnder(state, groupTermsKey(role.name, attribute, group)), ...sitting.flatMap((holding) => running(holding.member))];
  return terms.sort((left, right) => left.toMs - right.toMs);
}

/** How many terms count towards a limit when a new one begins now, that one included. Source: language.md S113 */
function termsCounted(state: State, role: CharterRole, member: string, atMs: number, { limit, length }: TermLimit): number {
  let [count, nextMs] = [1, atMs];
  for (const term of termsTogether(state, role, member, atMs, limit).toReversed()) {
    if (limit.inARow !== undefined && addDuration(term.toMs, length) <= nextMs) break;
    if ((term.toMs - term.fromMs) * 2 > term.untilMs - term.fromMs) count += 1;
    nextMs = Math.min(nextMs, term.fromMs);
  }
  return count;
}

/** The accepted cases that waive a limit of a role or a process for a person and were not used yet, ascending (S114). */
export function waivers(state: State, role: string, member: string, process: string): readonly string[] {
  return casesOf(state, process)
    .filter((record) => record.accepted === true && record.phase === 'decided')
    .filter((record) => peopleAbout(processOf(charterOfCase(state, record), record), record).includes(member))
    .map((record) => record.id)
    .filter((id) => readEntry(state, `waived/${role}/${member}/${id}`) === undefined);
}

/** The limits that a grant would go beyond now, waived or not. */
function limitsPassed(state: State, charter: Charter, role: CharterRole, member: string, atMs: number): readonly CharterLimit[] {
  return role.limits.filter((limit) => {
    const terms = termLimit(charter, role, limit);
    return terms !== undefined && termsCounted(state, role, member, atMs, terms) > terms.most;
  });
}

function waiverOf(state: State, role: CharterRole, member: string, { waivedThrough }: CharterLimit): string | undefined {
  return waivedThrough === undefined ? undefined : waivers(state, role.name, member, waivedThrough)[0];
}

/** The limit that a grant would break now and that no case waives; undefined where it breaks none. Pure. */
export function brokenTermLimit(state: State, charter: Charter, role: CharterRole, member: string, atMs: number): CharterLimit | undefined {
  return limitsPassed(state, charter, role, member, atMs).find((limit) => waiverOf(state, role, member, limit) === undefined);
}

/** Uses up the waivers that a grant needs: one grant for each accepted case, whatever limits of the role it waives (S114). */
export function useWaiver(state: State, charter: Charter, role: CharterRole, member: string, atMs: number): State {
  const used = limitsPassed(state, charter, role, member, atMs).flatMap((limit) => waiverOf(state, role, member, limit) ?? []);
  return used.reduce((next, id) => writeEntry(next, `waived/${role.name}/${member}/${id}`, {}), state);
}
