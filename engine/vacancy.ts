// Seats that were left and shall be filled in time (`vacancy filled through P within D`): what was left is kept until it is filled, and where nobody has
// asked for it by the instant, the rules start the process (docs/decisions/0062).
import type { Charter, CharterProcess } from './bylaws.ts';
import { charterInForce, casesOf, timerKey } from './case.ts';
import type { Draft } from './draft.ts';
import { dueInstant } from './duration.ts';
import { holdingsOf, roleOf } from './roster.ts';
import { needsRole } from './start-problem.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';

const prefix = 'vacant/';

/** Notes that a person leaves a role that has to be filled again: from now on, unless the time of an earlier leaving is running. Called while they still hold it. */
export function noteVacancy(draft: Draft, charter: Charter, left: { readonly role: string; readonly atMs: number }): void {
  const vacancy = roleOf(charter, left.role)?.vacancy;
  if (vacancy === undefined) return;
  const key = `${prefix}${left.role}`;
  const entry = readEntry(draft.state, key);
  if (entry?.['until'] !== undefined) return;
  const untilMs = dueInstant(left.atMs, vacancy.within, charter.organization.dayEnds);
  // Whoever left before, and was not replaced, is missing still.
  const before = holdingsOf(draft.state, left.role).length;
  const sitting = Math.max(before, Number(entry?.['sitting'] ?? 0));
  draft.state = writeEntry(writeEntry(draft.state, key, { since: left.atMs, sitting, until: untilMs, before }), timerKey(untilMs, key), {});
}

/** Forgets vacancies that are filled, those of roles that ask for nothing any more, and times of leavings that were made good with the same checkpoint. */
export function forgetFilled(draft: Draft): void {
  const charter = charterInForce(draft.state);
  for (const [key, entry] of entriesUnder(draft.state, prefix)) {
    const role = key.slice(prefix.length);
    const holders = holdingsOf(draft.state, role).length;
    if (holders >= Number(entry['sitting']) || roleOf(charter, role)?.vacancy === undefined) {
      draft.state = eraseEntry(draft.state, key);
      continue;
    }
    const { before, until, ...rest } = entry;
    if (before === undefined) continue;
    const isMadeGood = holders >= Number(before);
    draft.state = writeEntry(draft.state, key, isMadeGood || until === undefined ? rest : { ...rest, until });
    if (isMadeGood) draft.state = eraseEntry(draft.state, timerKey(Number(until), key));
  }
}

/**
 * The process that fills a role whose time to be filled has run out, if no case of it is under way: for this role, where its cases ask for one. Either way
 * that time is over, and another leaving begins a new one.
 */
export function overdueProcess(draft: Draft, role: string, atMs: number): CharterProcess | undefined {
  const key = `${prefix}${role}`;
  const entry = readEntry(draft.state, key);
  const charter = charterInForce(draft.state);
  const name = roleOf(charter, role)?.vacancy?.process;
  const process = charter.processes.find((one) => one.name === name);
  if (process === undefined || typeof entry?.['until'] !== 'number' || entry['until'] > atMs) return undefined;
  const { until: _until, ...rest } = entry;
  draft.state = writeEntry(draft.state, key, rest);
  const asksForRole = needsRole(process);
  const isUnderWay = casesOf(draft.state, process.name).some((record) => record.phase !== 'decided' && (!asksForRole || record.role === role));
  return isUnderWay ? undefined : process;
}
