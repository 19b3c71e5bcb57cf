// What was so at an earlier checkpoint, as far as rights need it (S98): each change of what a person holds keeps what stood there before. It changes nothing
// that rules read, and reaches back as far as a device may decide alone.
import type { Charter } from './bylaws.ts';
import type { JsonObject } from './canonical.ts';
import { isObject } from './canonical.ts';
import { currentOf, requiredCharter } from './case.ts';
import { addDuration } from './duration.ts';
import { rowsOf, textOf } from './field.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, keysUntil, readEntry, writeEntry } from './state.ts';

const laterMs = 9_000_000_000_000_000;
const digits = 16;

/** Under this name is kept what was so for everybody: the bylaws in force, and who held roles in which one acts for another. No person has it. */
export const bylawsHistory = '-bylaws';

function keyOf(member: string, atMs: number): string {
  return `was/${member}/${String(laterMs - atMs).padStart(digits, '0')}/`;
}

/** How old a checkpoint a device may decide by: `stale after` of the organization, 30 days where it is not written (S96, S106). Pure. */
export function staleMs(charter: Charter, fromMs: number): number {
  return addDuration(fromMs, charter.organization.stale ?? { count: 30, unit: 'day' });
}

const replacedKey = 'replaced';

/** Bylaws with rights that others have replaced, each with the instant of the last checkpoint that had them, the oldest first. */
function replacedRows(state: State): ReturnType<typeof rowsOf> {
  return rowsOf(readEntry(state, replacedKey)?.['rows']);
}

/** The bylaws by which a device may still decide: those in force with whatever of them has lapsed, and those before that a checkpoint had which is known still. */
function chartersKnown(state: State): readonly Charter[] {
  const before = replacedRows(state).map(([bylaws]) => textOf(bylaws));
  return [currentOf(state).bylaws, ...before].map((bylaws) => requiredCharter(state, bylaws));
}

/** Forgets bylaws that no checkpoint after an instant had. */
function forgetReplaced(state: State, untilMs: number): State {
  const rows = replacedRows(state);
  const left = rows.filter(([, atMs]) => Number(atMs) > untilMs);
  if (left.length === rows.length) return state;
  return left.length === 0 ? eraseEntry(state, replacedKey) : writeEntry(state, replacedKey, { rows: left });
}

/** How far back uses of rights are decided again: twice the age of the oldest checkpoint that a device may decide by. */
function spanMs(state: State, atMs: number): number {
  return 2 * Math.max(...chartersKnown(state).map((charter) => staleMs(charter, atMs) - atMs));
}

/** Forgets what a person held before checkpoints that are too old for any device. */
function forgetOld(state: State, member: string): State {
  const { timeMs } = currentOf(state);
  const span = spanMs(state, timeMs);
  let next = state;
  for (const [key] of entriesUnder(state, `was/${member}/`)) {
    if (timeMs - (laterMs - Number(key.slice(`was/${member}/`.length).slice(0, digits))) > span) next = eraseEntry(next, key);
  }
  return next;
}

/** Whether an entry is of a role in which one acts for another: who that is follows from all who hold them (S12). */
function isOfSuccession({ roles }: Charter, key: string): boolean {
  const [kind, name = ''] = key.split('/');
  return kind === 'role' && roles.some((role) => role.succeededBy.length > 0 && (role.name === name || role.succeededBy.includes(name)));
}

function keep(state: State, name: string, key: string): State {
  const row = `${keyOf(name, currentOf(state).timeMs)}${key}`;
  if (readEntry(state, row) !== undefined) return state;
  const before = readEntry(state, key);
  // What is kept for everybody may be much, so it goes with its checkpoint.
  return writeEntry(name === bylawsHistory ? state : forgetOld(state, name), row, before === undefined ? {} : { value: before });
}

/** Keeps what an entry of a person is before it changes; once for each epoch, and only where a device may decide a right by it. O(log n). */
export function keepBefore(state: State, member: string, key: string): State {
  const charters = chartersKnown(state).filter(({ rights }) => rights.length > 0);
  if (charters.length === 0) return state;
  const next = keep(state, member, key);
  return charters.some((charter) => isOfSuccession(charter, key)) ? keep(next, bylawsHistory, key) : next;
}

/**
 * Keeps which bylaws were in force, and what of them had lapsed, before others replace them, also where those are the first that give rights: by a
 * checkpoint before them there was none. Uses by checkpoints that had rights go on coming in.
 */
export function keepBylaws(state: State, adopted: Charter): State {
  const { bylaws, timeMs } = currentOf(state);
  if ([adopted, ...chartersKnown(state)].every(({ rights }) => rights.length === 0)) return state;
  const kept = ['current', 'lapsed'].reduce((next, key) => keep(next, bylawsHistory, key), state);
  return requiredCharter(state, bylaws).rights.length === 0 ? kept : writeEntry(kept, replacedKey, { rows: [...replacedRows(state), [bylaws, timeMs]] });
}

/** The same for what only facts after `who` read: points, deeds and reports. */
export function keepCounted(state: State, member: string, key: string): State {
  const isAsked = chartersKnown(state).some(({ rights }) => rights.some(({ heldBy }) => heldBy.some(({ who }) => who.length > 0)));
  return isAsked ? keepBefore(state, member, key) : state;
}

/** The state with what a person held, and the bylaws, as a checkpoint of that time had them. For reading alone. O(changes since then × log n). */
export function stateAsOf(state: State, member: string, checkpointMs: number): State {
  let past = state;
  for (const name of [bylawsHistory, member]) {
    const prefix = `was/${name}/`;
    for (const row of keysUntil(state, prefix, `${keyOf(name, checkpointMs)}~`)) {
      const key = row.slice(prefix.length + digits + 1);
      const before: JsonObject | undefined = readEntry(state, row);
      const value = before?.['value'];
      past = isObject(value) ? writeEntry(past, key, value) : eraseEntry(past, key);
    }
  }
  return past;
}

/** Remembers when a checkpoint was, and forgets those that are too old for any device. O(log n + those forgotten). */
export function noteCheckpoint(state: State, id: string, atMs: number): State {
  if (chartersKnown(state).every(({ rights }) => rights.length === 0)) return state;
  const at = (ms: number): string => String(ms).padStart(digits, '0');
  let next = writeEntry(writeEntry(state, `checkpoint/${id}`, { at: atMs }), `checkpoint-at/${at(atMs)}/${id}`, {});
  const oldMs = atMs - spanMs(state, atMs);
  next = forgetReplaced(next, oldMs);
  for (const key of keysUntil(next, 'checkpoint-at/', `checkpoint-at/${at(oldMs)}/~`)) {
    const [, instant = '', old = ''] = key.split('/');
    next = eraseEntry(eraseEntry(next, `checkpoint/${old}`), key);
    for (const [row] of entriesUnder(next, keyOf(bylawsHistory, Number(instant)))) next = eraseEntry(next, row);
  }
  return next;
}

/** When a checkpoint was; undefined for one that is unknown or too old. */
export function checkpointMsOf(state: State, id: string): number | undefined {
  const at = readEntry(state, `checkpoint/${id}`)?.['at'];
  return typeof at === 'number' ? at : undefined;
}
