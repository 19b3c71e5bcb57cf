// Gaining and losing roles: the entries, their terms, and what ends with them (S14, S100, S111). Whether it may happen is decided by the caller.
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterDuration } from './bylaws-terms.ts';
import type { JsonObject } from './canonical.ts';
import { canonicalText } from './canonical.ts';
import { charterInForce, jsonOf, theCase, timerKey } from './case.ts';
import { forgetSeat, goesOn, ownSeat } from './coming-seat.ts';
import type { Draft } from './draft.ts';
import { addDuration, dueInstant, minuteMs } from './duration.ts';
import { entryAt, invariant, unreachable } from './invariant.ts';
import { reportLossMs } from './reported.ts';
import { holdingsOf, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { eraseEntry, readEntry, writeEntry, writeRow } from './state.ts';
import { forgetTerm, noteTerm, termBeginning, termStartMs } from './term-limit.ts';
import { keepBefore } from './was.ts';
import { noteVacancy } from './vacancy.ts';

function inMonths(duration: CharterDuration): number | undefined {
  return duration.unit === 'month' ? duration.count : duration.unit === 'year' ? duration.count * 12 : undefined;
}

function inMinutes(duration: CharterDuration): number {
  switch (duration.unit) {
    case 'minute':
      return duration.count;
    case 'hour':
      return duration.count * 60;
    case 'day':
      return duration.count * 1_440;
    case 'week':
      return duration.count * 10_080;
    case 'month':
    case 'year':
      return 0;
    default:
      return unreachable(duration.unit);
  }
}

/** The end of a first holder's term in a staggered group; holders are dealt into groups in written order (S14). */
export function firstTermEndMs(startMs: number, role: CharterRole, place: number): number | undefined {
  if (role.term === undefined) return undefined;
  const groups = role.term.staggeredGroups ?? 1;
  const group = place - Math.floor(place / groups) * groups + 1;
  const months = inMonths(role.term.duration);
  // The term divides into whole months or minutes (GDO612), so both divisions are exact.
  if (months !== undefined) return addDuration(startMs, { count: Math.floor((months * group) / groups), unit: 'month' });
  return startMs + Math.floor((inMinutes(role.term.duration) * group) / groups) * minuteMs;
}

/** The instant at which the state next looks at a holding: its end, or the end of the allowed inactivity. */
function holdingTimers(
  charter: Charter,
  role: CharterRole,
  startMs: number,
  ends: { readonly untilMs: number | undefined; readonly own: boolean },
): readonly number[] {
  const { untilMs, own: hasOwnEnd } = ends;
  const timers: number[] = [];
  if (untilMs !== undefined && (hasOwnEnd || role.lost.some((loss) => loss.kind === 'expiry'))) timers.push(untilMs);
  for (const loss of role.lost) if (loss.kind === 'inactivity') timers.push(dueInstant(startMs, loss.duration, charter.organization.dayEnds));
  return timers;
}

function lapsedKey(role: string, member: string): string {
  return `lapsed/${role}/${member}`;
}

/** True iff a person lost a role through what was reported about them and has not gained it again (S93, S102). */
export function hasLapsed(state: State, role: string, member: string): boolean {
  return readEntry(state, lapsedKey(role, member)) !== undefined;
}

/** Enters a person into a role. `forDuration` shortens the term; a person who holds the role already starts a new term. */
export function enterRole(
  state: State,
  charter: Charter,
  grant: {
    readonly role: CharterRole;
    readonly member: string;
    readonly atMs: number;
    readonly untilMs?: number;
    readonly forDuration?: CharterDuration;
    /** Its number among the grants of the role, where the caller knows it: finding it reads all holders. */
    readonly order?: number;
    /** The id of the case that grants it; a founding or a duty has none. */
    readonly by?: string;
  },
): State {
  const { role, member, atMs } = grant;
  const key = `role/${role.name}/${member}`;
  const old = readEntry(state, key);
  const termMs = grant.untilMs ?? (role.term === undefined ? undefined : dueInstant(atMs, role.term.duration, charter.organization.dayEnds));
  const ownMs = grant.forDuration === undefined ? undefined : dueInstant(atMs, grant.forDuration, charter.organization.dayEnds);
  const untilMs = termMs === undefined ? ownMs : ownMs === undefined ? termMs : Math.min(termMs, ownMs);
  const order = old?.['order'] ?? grant.order ?? holdingsOf(state, role.name).reduce((next, holding) => Math.max(next, holding.order + 1), 0);
  const since = old?.['since'] ?? atMs;
  const entry = {
    since,
    order,
    ...termBeginning(state, role),
    ...(untilMs === undefined ? {} : { until: untilMs }),
    ...(ownMs === undefined ? {} : { ends: true }),
    ...(grant.by === undefined ? {} : { by: grant.by }),
  };
  let next =
    old === undefined ? writeEntry(keepBefore(state, member, key), key, entry) : writeEntry(noteTerm(state, role, member, atMs), key, { ...entry, from: atMs });
  next = setTimers(next, charter, { role, member, startMs: atMs, untilMs, own: ownMs !== undefined });
  const lapsed = lapsedKey(role.name, member);
  return readEntry(next, lapsed) === undefined ? next : eraseEntry(keepBefore(next, member, lapsed), lapsed);
}

/** Sets what the state will look at a holding for, at no instant before `fromMs`. */
function setTimers(
  state: State,
  charter: Charter,
  held: {
    readonly role: CharterRole;
    readonly member: string;
    readonly startMs: number;
    readonly untilMs: number | undefined;
    readonly own: boolean;
    readonly fromMs?: number;
  },
): State {
  const { role, member, startMs, fromMs = 0 } = held;
  const key = `role/${role.name}/${member}`;
  const lostMs = reportLossMs(state, charter, role, member);
  const reported = lostMs !== undefined && lostMs > startMs ? [lostMs] : [];
  return [...holdingTimers(charter, role, startMs, held), ...reported].reduce(
    (next, timer) => writeEntry(next, timerKey(Math.max(timer, fromMs), key), {}),
    state,
  );
}

/** What of bylaws says by itself when a role ends, as text. */
function endsOf({ organization, collaborators }: Charter, { lost }: CharterRole): string {
  const reporting = lost.some((loss) => loss.kind === 'report') ? collaborators.map(({ name, reports }) => [name, reports]) : [];
  return canonicalText(jsonOf([lost, organization.dayEnds ?? '', reporting]));
}

/**
 * Looks anew at whoever holds a role that new bylaws let end otherwise. What they add ends nobody's role before their adoption. O(holders of such roles).
 * @param old - the bylaws that were in force
 */
export function holdUnderNewBylaws(state: State, old: Charter, atMs: number): State {
  const charter = charterInForce(state);
  const changed = charter.roles.filter((role) => {
    const before = roleOf(old, role.name);
    return before === undefined || endsOf(old, before) !== endsOf(charter, role);
  });
  return changed
    .flatMap((role) => holdingsOf(state, role.name).map(({ member }) => ({ role, member, entry: readEntry(state, `role/${role.name}/${member}`) })))
    .reduce((next, { role, member, entry }) => {
      invariant(entry !== undefined, 'whoever is listed as a holder has an entry');
      return setTimers(next, charter, { role, member, ...termOf(entry), fromMs: atMs });
    }, state);
}

/** The term of a holding, as timers ask for it. */
function termOf(entry: JsonObject): { readonly startMs: number; readonly untilMs: number | undefined; readonly own: boolean } {
  return { startMs: termStartMs(entry), untilMs: typeof entry['until'] === 'number' ? entry['until'] : undefined, own: entry['ends'] === true };
}

/** True iff a holding would have ended by itself by now. Pure. */
export function isOver(role: CharterRole, entry: JsonObject, atMs: number): boolean {
  const canExpire = entry['ends'] === true || role.lost.some((loss) => loss.kind === 'expiry');
  return canExpire && Number(entry['until'] ?? atMs + 1) <= atMs;
}

/** Gives a role back as it was held: with the term it had, and whatever would have ended it meanwhile (S66, S102). */
export function giveRoleBack(draft: Draft, charter: Charter, back: { readonly role: CharterRole; readonly member: string; readonly entry: JsonObject }): void {
  const { role, member, entry } = back;
  const key = `role/${role.name}/${member}`;
  const term = termOf(entry);
  const state = forgetTerm(writeEntry(keepBefore(draft.state, member, key), key, entry), role, member, entry);
  draft.state = setTimers(state, charter, { role, member, ...term });
  draft.capsTouched = true;
}

interface Leaving {
  readonly role: string;
  readonly member: string;
  readonly atMs: number;
}

/** Takes a role from a person: no grant of it by a case that was open before stands in the same epoch (ledger.md section 10). @returns the roles that ended */
export function leaveRole(draft: Draft, charter: Charter, left: Leaving): readonly string[] {
  const ended = endRole(draft, charter, left);
  for (const role of ended) draft.ended.add(`role/${role}/${left.member}`);
  return ended;
}

/** Whoever resigns gives up the seats they were elected to again with what ends; people are told. @returns the roles that ended */
export function resign(draft: Draft, charter: Charter, left: Leaving): readonly string[] {
  const { member } = left;
  const ended = leaveRole(draft, charter, left);
  for (const role of ended) {
    const seat = ownSeat(draft.state, role, member);
    if (seat === undefined) continue;
    const { id, number, process, stage } = theCase(draft.state, entryAt(seat.cases, seat.cases.length - 1));
    draft.state = forgetSeat(draft.state, seat);
    draft.notices.push({
      case: id,
      number,
      process,
      stage,
      kind: 'decided',
      code: 'GDO1040',
      reason: `Not granted: \`${member}\` has resigned from \`${role}\``,
    });
  }
  return ended;
}

/**
 * Ends a person's role, and with it the roles that are `lost with` it (S111): all that ended. It takes nothing that the same instant gives: that is for
 * what nobody decides, like a term that is over or votes that were missed. Timers left behind find nothing and do nothing.
 */
export function endRole(draft: Draft, charter: Charter, { role, member, atMs }: Leaving): readonly string[] {
  const key = `role/${role}/${member}`;
  if (readEntry(draft.state, key) === undefined) return [];
  noteVacancy(draft, charter, { role, atMs });
  const declared = roleOf(charter, role);
  const before = keepBefore(draft.state, member, key);
  draft.state = eraseEntry(declared === undefined ? before : noteTerm(before, declared, member, atMs), key);
  draft.capsTouched = true;
  const others = charter.roles.filter((other) => other.lostWith === role);
  return [role, ...others.flatMap((other) => endRole(draft, charter, { role: other.name, member, atMs }))];
}

/** True iff ending a role would leave nobody who holds it or could fill it (S137). */
export function isLastWay(state: State, role: CharterRole, member: string): boolean {
  const others = holdingsOf(state, role.name).filter((holding) => holding.member !== member);
  return others.length === 0 && role.succeededBy.length === 0 && role.gainedThrough.length === 0;
}

/** Notes that a person did something (loss through inactivity). */
export function noteActivity(state: State, member: string, atMs: number): State {
  return writeRow(state, 'active/', member, { at: atMs });
}

/** Ends a role whose term is over, unless the person goes on in it. False where the term is not over. */
export function endOver(draft: Draft, charter: Charter, what: Leaving): boolean {
  const role = roleOf(charter, what.role);
  const entry = readEntry(draft.state, `role/${what.role}/${what.member}`);
  if (role === undefined || entry === undefined || !isOver(role, entry, what.atMs)) return false;
  if (!goesOn(draft.state, what.role, what.member)) endRole(draft, charter, what);
  return true;
}

/**
 * Handles a timer of a holding: the term's end, a report, or inactivity, which looks again when the person was active since. A lapse takes nothing that
 * the same instant gives: grants come after it (ledger.md section 9).
 */
export function lapse(draft: Draft, charter: Charter, what: Leaving): void {
  if (endOver(draft, charter, what)) return;
  const role = roleOf(charter, what.role);
  const entry = readEntry(draft.state, `role/${what.role}/${what.member}`);
  if (role === undefined || entry === undefined) return;
  const lostMs = reportLossMs(draft.state, charter, role, what.member);
  // A report whose time was up before the role was gained again has done what it could do: gaining it gave it back (S102).
  if (lostMs !== undefined && lostMs <= what.atMs && lostMs > termStartMs(entry)) {
    endRole(draft, charter, { ...what, atMs: lostMs });
    const key = lapsedKey(what.role, what.member);
    draft.state = writeEntry(keepBefore(draft.state, what.member, key), key, { at: lostMs });
    return;
  }
  for (const loss of role.lost) {
    if (loss.kind !== 'inactivity') continue;
    const lastMs = Math.max(Number(readEntry(draft.state, `active/${what.member}`)?.['at'] ?? 0), Number(entry['since']));
    const endMs = dueInstant(lastMs, loss.duration, charter.organization.dayEnds);
    if (endMs <= what.atMs) endRole(draft, charter, what);
    else draft.state = writeEntry(draft.state, timerKey(endMs, `role/${what.role}/${what.member}`), {});
  }
}
