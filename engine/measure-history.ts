// What measures count, as cases bring it about, and once more from the cases of the past where new bylaws begin to count it. Values are measure.ts's.
import type { Charter } from './bylaws.ts';
import type { CaseRecord } from './case.ts';
import type { JsonObject } from './canonical.ts';
import { isList } from './canonical.ts';
import { allActsOf } from './acts.ts';
import { ballotsOf, casesOf, charterInForce, requiredCharter } from './case.ts';
import { textOf } from './field.ts';
import type { Deed } from './measure.ts';
import { noteDeed } from './measure.ts';
import type { State } from './state.ts';
import { entriesUnder, writeEntry } from './state.ts';

/** What the end of a case adds for each of its starters: an accepted case, and a merge where its change was merged (S108, S112). */
function deedsOfEnd(record: CaseRecord): readonly Deed[] {
  const { endedMs: atMs, id } = record;
  if (atMs === undefined || record.accepted !== true || (record.merge !== undefined && record.merge !== 'merged')) return [];
  const whats = record.merge === 'merged' ? ['accepted-cases', 'accepted-merges'] : ['accepted-cases'];
  return record.starters.flatMap((member) => whats.map((what) => ({ what, member, atMs, id })));
}

function noteAll(state: State, charter: Charter, deeds: readonly Deed[]): State {
  return deeds.reduce((next, deed) => noteDeed(next, charter, deed), state);
}

/** Keeps what the end of a case adds to measures. */
export function noteEnd(state: State, record: CaseRecord): State {
  return noteAll(state, charterInForce(state), deedsOfEnd(record));
}

/** A ballot as a deed; one a person and vote, of when it was cast last. */
export function ballotDeed(id: string, entry: number, member: string, atMs: number): Deed {
  return { what: 'ballots', member, atMs, id: `${id}-${entry}` };
}

const attendedPrefix = (id: string): string => `attended/${id}/`;

function attendances(id: string, entry: number, { at, present }: JsonObject): readonly Deed[] {
  return (isList(present) ? present : []).map((member) => ({ what: 'attendances', member: textOf(member), atMs: Number(at), id: `${id}-${entry}` }));
}

/** Keeps who was present at a meeting that has ended. */
export function noteAttendances(state: State, record: CaseRecord, present: readonly string[], atMs: number): State {
  if (present.length === 0) return state;
  const row = { at: atMs, present };
  const kept = writeEntry(state, `${attendedPrefix(record.id)}${record.entry}`, row);
  return noteAll(kept, charterInForce(state), attendances(record.id, record.entry, row));
}

function deedsOfCase(state: State, charter: Charter, record: CaseRecord): readonly Deed[] {
  const entries = Array.from({ length: record.entries }, (_, index) => index + 1);
  // What is sealed is no ballot unless it is opened (S129).
  const ballots = entries.flatMap((entry) =>
    ballotsOf(state, record.id, entry).flatMap((ballot) => (ballot.sealed === true ? [] : [ballotDeed(record.id, entry, ballot.by, ballot.atMs)])),
  );
  const prefix = attendedPrefix(record.id);
  const attended = entriesUnder(state, prefix).flatMap(([key, row]) => attendances(record.id, Number(key.slice(prefix.length)), row));
  // What was said about other content was done all the same; what its author took back was not (S117).
  const done = allActsOf(state, record.id).filter(({ verb, withdrawnMs }) => withdrawnMs === undefined && charter.actions.some(({ name }) => name === verb));
  const acts = done.map((act) => ({ what: act.verb, member: act.by, atMs: act.atMs, id: act.event }));
  return [...deedsOfEnd(record), ...ballots, ...attended, ...acts];
}

/** After new bylaws came into force: what they count and the old ones did not is taken from all cases so far. O(all cases), once. */
export function recount(state: State, oldBylaws: string): State {
  const charter = charterInForce(state);
  const counts = ({ measures }: Charter): readonly string[] => measures.flatMap((measure) => (measure.reportedBy === undefined ? [measure.counts] : []));
  const before = counts(requiredCharter(state, oldBylaws));
  const added = counts(charter).filter((what) => !before.includes(what));
  if (added.length === 0) return state;
  const processes = [...new Set(entriesUnder(state, 'cases/').map(([key]) => key.split('/')[1] ?? ''))];
  const records = processes.flatMap((process) => casesOf(state, process));
  return noteAll(
    state,
    charter,
    records.flatMap((record) => deedsOfCase(state, charter, record)).filter((deed) => added.includes(deed.what)),
  );
}
