// Duties (S65): from when they are owed, the acts that do them, and what follows where nobody did. What an effect changes is outcome.ts's.
import type { Charter, CharterDuty } from './bylaws.ts';
import type { CharterEffect } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { byCodeUnit, isList } from './canonical.ts';
import type { JsonObject } from './canonical.ts';
import { charterInForce, currentOf, readCase, timerKey } from './case.ts';
import { dueInstant } from './duration.ts';
import { textOf } from './field.ts';
import { isInOffice, neededNow } from './office.ts';
import { roundsAbout } from './rule-start.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import type { Removal } from './verdict.ts';

/** An act that may do a duty: in a case, or outside of one. */
export interface DutifulAct {
  readonly member: string;
  readonly verb: string;
  readonly text: string;
  readonly atMs: number;
  readonly case?: string;
  readonly without: readonly Removal[];
}

/** A duty that nobody did in time. `record` is the case it followed from. */
export interface DutyMissed {
  readonly duty: CharterDuty;
  readonly effect: CharterEffect;
  readonly atMs: number;
  readonly record?: CaseRecord;
}

/** Periods of one duty that are looked at in one epoch; more wait for the next one, so that a long silence does not make one epoch long. */
const periodsMax = 64;

const owedPrefix = (duty: string): string => `owed/${duty}/`;

const lookedPrefix = 'duty/';

/** How often a duty comes round, as it is kept: with another rhythm it is another duty. */
function rhythmOf({ duration, from }: NonNullable<CharterDuty['every']>): string {
  return `${duration.count} ${duration.unit} ${from}`;
}

/** The instant up to which a duty that comes round has been looked at; a new one from the last checkpoint on. */
function lookedMs(state: State, duty: string, every: NonNullable<CharterDuty['every']>): number {
  const row = readEntry(state, `${lookedPrefix}${duty}`);
  const at = row?.['every'] === rhythmOf(every) ? row['at'] : undefined;
  return typeof at === 'number' ? at : currentOf(state).timeMs;
}

/** Forgets the duties that are in force no longer: for the time in between, nobody owes what comes back one day. */
function forgetGone(state: State, duties: readonly CharterDuty[]): State {
  const gone = entriesUnder(state, lookedPrefix).flatMap(([key]) => {
    const name = key.slice(lookedPrefix.length);
    return duties.some((duty) => duty.name === name && duty.every !== undefined) ? [] : [name];
  });
  return gone.reduce((next, name) => {
    const done = entriesUnder(next, `did-duty/${name}/`).map(([key]) => key);
    return done.reduce(eraseEntry, eraseEntry(next, `${lookedPrefix}${name}`));
  }, state);
}

/** A duty that an act does. */
export type DoneDuty = CharterDuty & Required<Pick<CharterDuty, 'done'>>;

/** True iff an act is what a duty asks for: the verb, the person, and the words where the duty has some. */
export function doesDuty(state: State, charter: Charter, duty: CharterDuty, act: Omit<DutifulAct, 'atMs' | 'case'>): duty is DoneDuty {
  const { done } = duty;
  if (done === undefined || done.verb !== act.verb || (done.text !== undefined && done.text !== act.text)) return false;
  return isInOffice(state, charter, done.actor, { member: act.member, concerned: [], without: act.without });
}

/** What is kept of who has done a duty that several people do together; `waits` while they are too few. */
interface Doers {
  readonly people: readonly string[];
  readonly waits: boolean;
}

function withDoer(state: State, charter: Charter, { done }: DoneDuty, row: JsonObject | undefined, member: string): Doers {
  const before = isList(row?.['people']) ? row['people'].map(textOf) : [];
  const people = [...new Set([...before, member])].toSorted(byCodeUnit);
  const needed = neededNow(state, charter, done.actor, []);
  return { people, waits: needed === undefined || people.length < needed };
}

/** One person more has done what a duty that comes round asks for in its period. */
function notePeriod(state: State, charter: Charter, duty: DoneDuty, act: DutifulAct): State {
  const startMs = duty.every === undefined ? undefined : roundsAbout(duty.every, act.atMs).lastMs;
  if (startMs === undefined) return state;
  const key = `did-duty/${duty.name}/${String(startMs).padStart(16, '0')}`;
  const row = readEntry(state, key);
  if (row !== undefined && row['waits'] === undefined) return state;
  const { people, waits } = withDoer(state, charter, duty, row, act.member);
  return writeEntry(state, key, { at: act.atMs, by: act.member, ...(waits ? { people, waits } : {}) });
}

/** What a duty that follows from cases is owed for, and an act does: in a case that one, outside of cases the oldest. */
function noteOwed(state: State, charter: Charter, duty: DoneDuty, act: DutifulAct): State {
  const owed = entriesUnder(state, owedPrefix(duty.name)).filter(([, row]) => act.atMs < Number(row['until']));
  const mine = act.case === undefined ? owed[0] : owed.find(([, row]) => row['case'] === act.case);
  if (mine === undefined) return state;
  const [key, row] = mine;
  const { people, waits } = withDoer(state, charter, duty, row, act.member);
  return waits ? writeEntry(state, key, { ...row, people }) : eraseEntry(state, key);
}

/** Notes that an act was done: it does the duties that ask for it, those of several people once enough have done it. */
export function noteDutifulAct(state: State, act: DutifulAct): State {
  const charter = charterInForce(state);
  let next = state;
  for (const duty of charter.duties) if (doesDuty(next, charter, duty, act)) next = noteOwed(notePeriod(next, charter, duty, act), charter, duty, act);
  return next;
}

/** A case has reached a stage from which duties follow. */
export function oweDuties(state: State, charter: Charter, record: CaseRecord, stage: string, atMs: number): State {
  let next = state;
  for (const { name, within } of charter.duties) {
    if (within === undefined || within.of[0] !== record.process) continue;
    // A path that ends with the process is its start.
    if (within.of[1] === undefined ? record.entries > 1 : within.of[1] !== stage) continue;
    const untilMs = dueInstant(atMs, within.duration, charter.organization.dayEnds);
    const id = `${String(untilMs).padStart(16, '0')}-${record.id}`;
    next = writeEntry(next, `${owedPrefix(name)}${id}`, { case: record.id, until: untilMs });
    next = writeEntry(next, timerKey(untilMs, `duty/${name}/${id}`), {});
  }
  return next;
}

/** The duty whose timer is up, if it is still owed: it is owed no more. */
export function missedByTimer(state: State, name: string, id: string, atMs: number): { readonly state: State; readonly missed?: DutyMissed } {
  const row = readEntry(state, `${owedPrefix(name)}${id}`);
  if (row === undefined) return { state };
  const duty = charterInForce(state).duties.find((one) => one.name === name);
  const record = readCase(state, textOf(row['case']));
  const next = eraseEntry(state, `${owedPrefix(name)}${id}`);
  if (duty?.otherwise === undefined || record === undefined) return { state: next };
  return { state: next, missed: { duty, effect: duty.otherwise, atMs, record } };
}

/** Looks at the periods that ended, oldest first: each that nobody did is missed once (S65). */
export function missedByCalendar(state: State, untilMs: number): { readonly state: State; readonly missed: readonly DutyMissed[] } {
  const missed: DutyMissed[] = [];
  const { duties } = charterInForce(state);
  let next = forgetGone(state, duties);
  for (const duty of duties) {
    if (duty.every === undefined) continue;
    let startMs = lookedMs(next, duty.name, duty.every);
    for (let period = 0; period < periodsMax; period += 1) {
      const { lastMs, nextMs: endMs } = roundsAbout(duty.every, startMs);
      if (endMs === undefined || endMs > untilMs) break;
      const key = `did-duty/${duty.name}/${String(lastMs ?? 0).padStart(16, '0')}`;
      const row = readEntry(next, key);
      const isDone = lastMs === undefined || (row !== undefined && row['waits'] === undefined);
      if (!isDone && duty.otherwise !== undefined) missed.push({ duty, effect: duty.otherwise, atMs: endMs });
      next = eraseEntry(next, key);
      startMs = endMs;
    }
    const row = readEntry(next, `${lookedPrefix}${duty.name}`);
    const every = rhythmOf(duty.every);
    if (row?.['at'] !== startMs || row['every'] !== every) next = writeEntry(next, `${lookedPrefix}${duty.name}`, { at: startMs, every });
  }
  return { state: next, missed };
}

/** The next end of a period of a duty that comes round; undefined: there is none. */
export function nextDutyMs(state: State): number | undefined {
  let nextMs: number | undefined;
  for (const duty of charterInForce(state).duties) {
    if (duty.every === undefined) continue;
    const endMs = roundsAbout(duty.every, lookedMs(state, duty.name, duty.every)).nextMs;
    if (endMs !== undefined && (nextMs === undefined || endMs < nextMs)) nextMs = endMs;
  }
  return nextMs;
}
