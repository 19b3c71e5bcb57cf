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
  for (let place = 0; place < places.length; place += 1) {
    if (tried.has(place) || places[place]?.includes(person) !== true) continue;
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
function filled(places: readonly (readonly string[])[]): number {
  const holders = new Map<number, string>();
  for (const person of new Set(places.flat())) assign(places, holders, person, new Set());
  return holders.size;
}

/** Of those who support a case, the limits of a step let only so many of one group count, its candidates before them where they say so (S115). */
function mayCount(scope: CaseScope, step: CharterStep, row: { readonly asked: CharterAct; readonly people: readonly string[] }, member: string): boolean {
  if (!supportingVerbs.includes(row.asked.verb) || step.limits.length === 0) return true;
  return supportersCounted(scope, step, [...row.people, member], candidatesStanding(scope.record)).includes(member);
}

/** How far one event of acts is: who counts for each act asked, how many are needed, and since when all is met. */
export interface Progress {
  readonly rows: readonly { readonly asked: CharterAct; readonly needed: number | undefined; readonly people: readonly string[] }[];
  readonly reachedMs?: number;
}

/** Computes the progress of `A and B` (S19, S20). A person satisfying both counts for one of them only. */
export function progressOf(scope: CaseScope, step: CharterStep, asked: readonly CharterAct[], acts: readonly ActRecord[], untilMs?: number): Progress {
  const lower = asked.filter((one) => !isAtMost(one.actor));
  const progress = reachedBy(scope, step, lower, acts, untilMs);
  if (lower.length === asked.length) return progress;
  const reachedMs = lower.length === 0 ? scope.record.openedMs : progress.reachedMs;
  // What must not be too many is judged when the time for it is over, or else as soon as all the rest is there.
  const judgedMs = untilMs ?? (reachedMs === undefined ? undefined : Math.max(reachedMs, minimumMs(scope, step)));
  const upper = asked.filter((one) => isAtMost(one.actor)).map((one) => ({ asked: one, needed: undefined, people: doing(scope, one, acts, judgedMs) }));
  const rows = asked.map((one) => [...progress.rows, ...upper].find((row) => row.asked === one) ?? { asked: one, needed: undefined, people: [] });
  const isFew = upper.every((row) => areFewEnough(scope, row.asked.actor, row.people.length));
  return reachedMs === undefined || judgedMs === undefined || !isFew ? { rows } : { rows, reachedMs: judgedMs };
}

/** Who has done what is asked, up to an instant. */
function doing(scope: CaseScope, asked: CharterAct, acts: readonly ActRecord[], untilMs: number | undefined): readonly string[] {
  const own = acts.filter((act) => (untilMs === undefined || act.atMs < untilMs) && counts(scope, asked, act));
  return [...new Set(own.map((act) => act.by))];
}

function reachedBy(scope: CaseScope, step: CharterStep, asked: readonly CharterAct[], acts: readonly ActRecord[], untilMs?: number): Progress {
  const rows = asked.map((one) => ({ asked: one, needed: neededOf(scope, one.actor), people: new Array<string>() }));
  const total = rows.reduce((sum, row) => sum + (row.needed ?? 0), 0);
  const isPossible = rows.every((row) => row.needed !== undefined);
  let reachedMs: number | undefined;
  for (const act of acts) {
    if (untilMs !== undefined && act.atMs >= untilMs) continue;
    let added = false;
    for (const row of rows) {
      if (!counts(scope, row.asked, act) || row.people.includes(act.by) || !mayCount(scope, step, row, act.by)) continue;
      row.people.push(act.by);
      added = true;
    }
    if (!added || !isPossible || reachedMs !== undefined) continue;
    if (rows.length === 1 ? (rows[0]?.people.length ?? 0) >= total : placesFilled(rows) >= total) reachedMs = act.atMs;
  }
  return reachedMs === undefined ? { rows } : { rows, reachedMs };
}

function placesFilled(rows: readonly { readonly needed: number | undefined; readonly people: readonly string[] }[]): number {
  // Places are bounded by the people who acted: a row that needs more than have acted cannot be full.
  if (rows.some((row) => row.people.length < (row.needed ?? 0))) return -1;
  return filled(rows.flatMap((row) => Array.from({ length: row.needed ?? 0 }, () => row.people)));
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
      const untilMs = rule.within === undefined ? undefined : dueOf(scope, record.openedMs, rule.within);
      const reached = progressOf(scope, step, rule.acts, acts, untilMs).reachedMs;
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
  return instants.reduce((least, one) => (one === undefined || (least !== undefined && least <= one) ? least : one), undefined);
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
