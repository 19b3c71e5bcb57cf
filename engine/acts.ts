// The acts of a case as they are kept: adding, reading and taking them back (S117). What an act means is decided elsewhere.
import type { JsonObject } from './canonical.ts';
import type { CaseRecord } from './case.ts';
import type { State } from './state.ts';
import { entriesUnder, writeEntry } from './state.ts';

/** What supporters of a case do: a limit of supporters counts them (S115), and they approve its merge (S67). */
export const supportingVerbs: readonly string[] = ['endorse', 'approve', 'accept'];

/** One act as it is kept. `withdrawn` acts never count (S117): their author took them back, at `withdrawnMs`, or they are `unsaid`. */
export type ActRecord = {
  readonly event: string;
  readonly entry: number;
  readonly by: string;
  readonly verb: string;
  readonly atMs: number;
  readonly about: readonly string[];
  readonly text?: string;
  readonly withdrawn?: true;
  readonly withdrawnMs?: number;
  /** It was said about other content, before an edit or a restart. */
  readonly unsaid?: true;
};

function isAct(value: JsonObject): value is ActRecord {
  // INVARIANT: only addAct and withdrawActs write under act/.
  return typeof value['verb'] === 'string';
}

/** The case's record with one act more. */
export function addAct(state: State, record: CaseRecord, act: ActRecord): State {
  const key = `act/${record.id}/${String(act.entry).padStart(4, '0')}/${String(record.acts + 1).padStart(6, '0')}`;
  return writeEntry(state, key, act);
}

/** All acts of a case in the order received, withdrawn ones among them. */
export function allActsOf(state: State, id: string): readonly ActRecord[] {
  return entriesUnder(state, `act/${id}/`).flatMap(([, value]) => (isAct(value) ? [value] : []));
}

/** All acts of a case in the order received, withdrawn ones left out. */
export function actsOf(state: State, id: string): readonly ActRecord[] {
  return allActsOf(state, id).filter((act) => act.withdrawn === undefined);
}

/** Marks a person's acts of one verb as withdrawn (S117): all of them, those about somebody or something, or with `about` empty those about nothing. */
export function withdrawActs(
  state: State,
  id: string,
  which: { readonly by: string; readonly verb: string; readonly about?: string; readonly atMs: number },
): State {
  const isMeant = (about: readonly string[]): boolean => which.about === undefined || (which.about === '' ? about.length === 0 : about.includes(which.about));
  let next = state;
  for (const [key, value] of entriesUnder(state, `act/${id}/`)) {
    if (!isAct(value) || value.withdrawn !== undefined || value.by !== which.by || value.verb !== which.verb) continue;
    if (isMeant(value.about)) next = writeEntry(next, key, { ...value, withdrawn: true, withdrawnMs: which.atMs });
  }
  return next;
}

/** The state with the acts that stood in an opening, though an edit or a restart has unsaid them since. For reading alone. */
export function saidThen(state: State, id: string, entry: number): State {
  const before = allActsOf(state, id).reduce((last, act) => (act.verb === 'edit' && act.entry < entry ? Math.max(last, act.entry) : last), 0);
  let next = state;
  for (const [key, value] of entriesUnder(state, `act/${id}/`)) {
    if (!isAct(value) || value.unsaid === undefined || value.withdrawnMs !== undefined || value.entry <= before || value.entry > entry) continue;
    const { unsaid: _unsaid, withdrawn: _withdrawn, ...act } = value;
    next = writeEntry(next, key, act);
  }
  return next;
}

/** Marks all acts of a case as withdrawn: nothing given before an edit counts after it, nor that it was taken back once (S117). */
export function withdrawAll(state: State, id: string): State {
  let next = state;
  for (const [key, value] of entriesUnder(state, `act/${id}/`)) next = writeEntry(next, key, { ...value, withdrawn: true, unsaid: true });
  return next;
}
