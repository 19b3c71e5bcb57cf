// When the transitions of an open step fire, as instants computed from what has happened so far (S17-S22, S116-S119), and the earliest instant the
// organization waits for. It changes nothing and reads no clock.
import type { CharterStep, CharterTransition } from './bylaws-stages.ts';
import type { CharterAct, CharterDuration, CharterSince } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { areFewEnough, isAtMost, isMeant, neededOf } from './actor.ts';
import type { ActRecord } from './acts.ts';
import { supportingVerbs } from './acts.ts';
import type { CaseRecord } from './case.ts';
import { candidatesStanding, currentOf, timerKey } from './case.ts';
import { dueInstant } from './duration.ts';
import { nextDutyMs } from './duty.ts';
import { unreachable } from './invariant.ts';
import { nextRuleStartMs } from './rule-start.ts';
import { supportersCounted } from './spread.ts';
import type { State } from './state.ts';
import { firstKeyUnder, keysUntil, readEntry } from './state.ts';

/** An instant plus a duration under the organization's `day ends` (S5). */
export function dueOf(scope: CaseScope, startMs: number, duration: CharterDuration): number {
  return dueInstant(startMs, duration, scope.charter.organization.dayEnds);
}

/** When the `within` of an event is over, from the opening of its stage on; undefined where it has none (S17, S120). */
export function untilOf(scope: CaseScope, within: CharterDuration | undefined): number | undefined {
  return within === undefined ? undefined : dueOf(scope, scope.record.openedMs, within);
}

/** From which instant a `since` counts (S117). */
function sinceMs(record: CaseRecord, since: CharterSince | undefined): number {
  if (since === undefined) return record.openedMs;
  if (since.kind === 'start') return record.startedMs;
  return record.firsts.find(([stage]) => stage === since.stage)?.[1] ?? record.openedMs;
}

/** True iff an act counts for what a step asks: verb, person, and given in this opening or since the instant named. */
export function counts(scope: CaseScope, asked: CharterAct, act: ActRecord): boolean {
  // Words after a verb are part of what is asked (docs/decisions/0056).
  if (act.verb !== asked.verb || (asked.text !== undefined && asked.text !== act.text)) return false;
  const isInTime = asked.since === undefined ? act.entry === scope.record.entry : act.atMs >= sinceMs(scope.record, asked.since);
  return isInTime && isMeant(scope, asked.actor, act.by);
}

/** Finds a place for one more person by moving others along (augmenting path), so that nobody counts twice (S19). */
function assign(places: readonly (readonly string[])[], holders: Map<number, string>, person: string, tried: Set<number>): boolean {
  for (const [place, people] of places.entries()) {
    if (tried.has(place) || !people.includes(person)) continue;
    tried.add(place);
    const holder = holders.get(place);
    if (holder === undefined || assign(places, holders, holder, tried)) {
      holders.set(place, person);
      return true;
    }
  }
  return false;
}

/** How many of the places asked for are filled by different people, each place listing who could fill it. */
export function filled(places: readonly (readonly string[])[]): number {
  const holders = new Map<number, string>();
  for (const person of new Set(places.flat())) assign(places, holders, person, new Set());
  return holders.size;
}

/** Of those who support a case, the limits of a step let only so many of one group count, its candidates before them where they say so (S115). */
function mayCount(scope: CaseScope, step: CharterStep, row: { readonly asked: CharterAct; readonly people: readonly string[] }, member: string): boolean {
  if (!supportingVerbs.includes(row.asked.verb) || step.limits.length === 0) return true;
  return supportersCounted(scope, step, [...row.people, member], candidatesStanding(scope.record)).includes(member);
}

/** Who counts for one act asked, and how many are needed: undefined where it must not be too many, or can never be enough. */
interface ProgressRow {
  readonly asked: CharterAct;
  readonly needed: number | undefined;
  readonly people: readonly string[];
}

/** How far one event of acts is: a row for each act asked, in the order of the text, and since when all is met. */
export interface Progress {
  readonly rows: readonly ProgressRow[];
  readonly reachedMs: number | undefined;
}

/** Computes the progress of `A and B` (S19, S20). A person satisfying both counts for one of them only. */
export function progressOf(scope: CaseScope, step: CharterStep, asked: readonly CharterAct[], acts: readonly ActRecord[], untilMs?: number): Progress {
  const { record } = scope;
  const inTime = untilMs === undefined ? acts : acts.filter((act) => act.atMs < untilMs);
  const lower = asked.filter((one) => !isAtMost(one.actor));
  const { rows, ...progress } = reachedBy(scope, step, lower, inTime);
  if (lower.length === asked.length) return { rows, reachedMs: progress.reached?.atMs };
  const reached = lower.length === 0 ? { atMs: record.openedMs, place: -1 } : progress.reached;
  // What must not be too many is judged when the time for it is over, or else as soon as all the rest is there. What stands before that in the order of
  // the ledger counts, at the same instant too (S17).
  const leastMs = minimumMs(scope, step);
  const isBefore = (act: ActRecord, place: number): boolean =>
    untilMs !== undefined || reached === undefined || place <= reached.place || act.entry < record.entry || act.atMs < leastMs;
  const judged = inTime.filter(isBefore);
  const all = asked.map((one) => rows.find((row) => row.asked === one) ?? { asked: one, needed: undefined, people: doing(scope, one, judged) });
  const isFew = all.every(({ asked: { actor }, people }) => !isAtMost(actor) || areFewEnough(scope, actor, people.length));
  return { rows: all, reachedMs: reached === undefined || !isFew ? undefined : (untilMs ?? Math.max(reached.atMs, leastMs)) };
}

/** Who has done what is asked. */
function doing(scope: CaseScope, asked: CharterAct, acts: readonly ActRecord[]): readonly string[] {
  return [...new Set(acts.filter((act) => counts(scope, asked, act)).map((act) => act.by))];
}

interface Reached {
  readonly rows: readonly ProgressRow[];
  /** The act with which all is met, and its place among the acts. */
  readonly reached: { readonly atMs: number; readonly place: number } | undefined;
}

function reachedBy(scope: CaseScope, step: CharterStep, asked: readonly CharterAct[], acts: readonly ActRecord[]): Reached {
  const rows = asked.map((one) => ({ asked: one, needed: neededOf(scope, one.actor), people: new Array<string>() }));
  let reached: Reached['reached'];
  for (const [place, act] of acts.entries()) {
    const added = rows.filter((row) => counts(scope, row.asked, act) && !row.people.includes(act.by) && mayCount(scope, step, row, act.by));
    for (const row of added) row.people.push(act.by);
    if (reached === undefined && added.length > 0 && areFilled(rows)) reached = { atMs: act.atMs, place };
  }
  return { rows, reached };
}

/** True iff there are enough people for every row, nobody twice. */
function areFilled(rows: readonly ProgressRow[]): boolean {
  // Places are bounded by the people who acted: a row that needs more than have acted cannot be full.
  if (rows.some(({ needed, people }) => needed === undefined || people.length < needed)) return false;
  const places = rows.flatMap(({ needed, people }) => Array.from({ length: needed ?? 0 }, () => people));
  return rows.length === 1 || filled(places) === places.length;
}

/** The first instant from `fromMs` on at which no concern is open; undefined while one is (S22). */
function quietFrom(record: CaseRecord, fromMs: number): number | undefined {
  let atMs = fromMs;
  for (const concern of [...record.concerns].sort((left, right) => left.openedMs - right.openedMs)) {
    if (concern.openedMs > atMs) continue;
    if (concern.closedMs === undefined) return undefined;
    atMs = Math.max(atMs, concern.closedMs);
  }
  return atMs;
}

function minimumMs(scope: CaseScope, step: CharterStep): number {
  if (step.lastsAtLeast === undefined) return scope.record.openedMs;
  return dueOf(scope, sinceMs(scope.record, step.lastsAtLeast.since), step.lastsAtLeast.duration);
}

function afterMs(scope: CaseScope, step: CharterStep, rule: CharterTransition & { readonly kind: 'after' }, acts: readonly ActRecord[]): number | undefined {
  const record = scope.record;
  const startMs = sinceMs(record, rule.since);
  const plain = Math.max(dueOf(scope, startMs, rule.duration), record.openedMs);
  if (rule.without === undefined) return plain;
  const earliest = Math.max(plain, minimumMs(scope, step));
  switch (rule.without.kind) {
    case 'concerns': {
      if (rule.inARow === undefined) return quietFrom(record, earliest);
      if (record.concerns.some((concern) => concern.closedMs === undefined)) return undefined;
      const lastMs = record.concerns.reduce((latest, concern) => Math.max(latest, concern.closedMs ?? 0), startMs);
      return Math.max(dueOf(scope, lastMs, rule.duration), earliest);
    }
    case 'act': {
      const asked = rule.without.act;
      const lastMs = acts.reduce((latest, act) => (counts(scope, asked, act) ? Math.max(latest, act.atMs) : latest), startMs);
      return Math.max(dueOf(scope, lastMs, rule.duration), earliest);
    }
    default:
      return unreachable(rule.without);
  }
}

function firesMs(scope: CaseScope, step: CharterStep, rule: CharterTransition, acts: readonly ActRecord[]): number | undefined {
  const record = scope.record;
  switch (rule.kind) {
    case 'when': {
      const reached = progressOf(scope, step, rule.acts, acts, untilOf(scope, rule.within)).reachedMs;
      if (reached === undefined) return undefined;
      const atMs = Math.max(reached, minimumMs(scope, step));
      return rule.withoutConcerns === undefined ? atMs : quietFrom(record, atMs);
    }
    case 'unless': {
      const untilMs = dueOf(scope, record.openedMs, rule.within);
      return progressOf(scope, step, rule.acts, acts, untilMs).reachedMs === undefined ? untilMs : undefined;
    }
    case 'otherwise': {
      // Fires once no `unless` of the step can fire any more (S21).
      const reached = step.transitions.flatMap((one) =>
        one.kind === 'unless' ? [progressOf(scope, step, one.acts, acts, dueOf(scope, record.openedMs, one.within)).reachedMs] : [],
      );
      if (reached.length === 0) return undefined;
      // What was done in an earlier stage (S117) leads on at the opening, not before it: a line that stands before this one comes first (S18).
      return reached.reduce(
        (latest: number | undefined, one) => (latest === undefined || one === undefined ? undefined : Math.max(latest, one)),
        record.openedMs,
      );
    }
    case 'after':
      return afterMs(scope, step, rule, acts);
    default:
      return unreachable(rule);
  }
}

/**
 * The instant at which each transition of the open step fires, if nothing more happens; undefined: not by time alone. Pure.
 * The earliest one decides; of several at one instant the first in the text does (S17, S18).
 */
export function firingInstants(scope: CaseScope, step: CharterStep, acts: readonly ActRecord[]): readonly (number | undefined)[] {
  return step.transitions.map((rule) => firesMs(scope, step, rule, acts));
}

/** The earliest of some instants. */
export function earliest(instants: readonly (number | undefined)[]): number | undefined {
  return instants.reduce((least, one) => (one === undefined ? least : Math.min(least ?? one, one)), undefined);
}

/** Timers at or before an instant, ascending by (instant, what): `case/<id>` or `role/<role>/<member>`. */
export function timersUntil(state: State, untilMs: number): readonly { readonly atMs: number; readonly what: string; readonly key: string }[] {
  const found: { readonly atMs: number; readonly what: string; readonly key: string }[] = [];
  for (const key of keysUntil(state, 'due/', timerKey(untilMs, '~'))) {
    const rest = key.slice('due/'.length);
    const cut = rest.indexOf('/');
    found.push({ atMs: Number(rest.slice(0, cut)), what: rest.slice(cut + 1), key });
  }
  return found;
}

/** The earliest stored instant that an epoch must visit; never before the last checkpoint. Undefined: nothing waits. Pure. */
export function nextDueMs(state: State): number | undefined {
  if (readEntry(state, 'current') === undefined) return undefined;
  const first = firstKeyUnder(state, 'due/');
  const timerMs = first === undefined ? undefined : Number(first.slice('due/'.length, first.indexOf('/', 'due/'.length)));
  const atMs = earliest([timerMs, nextRuleStartMs(state), nextDutyMs(state)]);
  return atMs === undefined ? undefined : Math.max(atMs, currentOf(state).timeMs);
}
