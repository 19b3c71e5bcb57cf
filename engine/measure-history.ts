// What measures count, as cases bring it about, and once more from the cases of the past where new bylaws begin to count it. Values are measure.ts's.
import type { Charter } from './bylaws.ts';
import type { CaseRecord } from './case.ts';
import { actsOf } from './acts.ts';
import { ballotsOf, casesOf, charterInForce, charterOf } from './case.ts';
import type { Deed } from './measure.ts';
import { noteDeed } from './measure.ts';
import type { State } from './state.ts';
import { entriesUnder } from './state.ts';

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

/** A ballot as a deed; one a person and vote, whenever it was replaced. */
export function ballotDeed(id: string, entry: number, member: string, atMs: number): Deed {
  return { what: 'ballots', member, atMs, id: `${id}-${entry}` };
}

/** Keeps who was present at a meeting that has ended. */
export function noteAttendances(state: State, record: CaseRecord, present: readonly string[], atMs: number): State {
  const charter = charterInForce(state);
  return noteAll(
    state,
    charter,
    present.map((member) => ({ what: 'attendances', member, atMs, id: `${record.id}-${record.entry}` })),
  );
}

function deedsOfCase(state: State, charter: Charter, record: CaseRecord): readonly Deed[] {
  const entries = Array.from({ length: record.entries }, (_, index) => index + 1);
  // What is sealed is no ballot unless it is opened (S129).
  const ballots = entries.flatMap((entry) =>
    ballotsOf(state, record.id, entry).flatMap((ballot) => (ballot.sealed === true ? [] : [ballotDeed(record.id, entry, ballot.by, ballot.atMs)])),
  );
  const acts = actsOf(state, record.id).flatMap((act): readonly Deed[] => {
    if (act.verb === 'attend') return [{ what: 'attendances', member: act.by, atMs: act.atMs, id: `${record.id}-${act.entry}` }];
    return charter.actions.some((action) => action.name === act.verb) ? [{ what: act.verb, member: act.by, atMs: act.atMs, id: act.event }] : [];
  });
  return [...deedsOfEnd(record), ...ballots, ...acts];
}

/** After new bylaws came into force: what they count and the old ones did not is taken from all cases so far. O(all cases), once. */
export function recount(state: State, oldBylaws: string): State {
  const [charter, old] = [charterInForce(state), charterOf(state, oldBylaws)];
  const counts = (one: Charter | undefined): readonly string[] =>
    (one?.measures ?? []).flatMap((measure) => (measure.reportedBy === undefined ? [measure.counts] : []));
  const before = counts(old);
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
