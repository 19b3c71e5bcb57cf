// What is read as it was when a stage opened: the rows [number of the change, ...] of one key, the newest in its entry and each older one in an entry of its
// own, so that no number of changes makes anybody forget what an opening saw (S7). What a row means is its caller's.
import type { Json } from './canonical.ts';
import { rowsOf } from './field.ts';
import type { State } from './state.ts';
import { entriesUnder, firstKeyUnder, readEntry, writeEntry } from './state.ts';

/** A change: its number, and what it says. */
export type NumberedRow = readonly Json[];

/** The most rows in the entry itself: more than change while a stage is open, as a rule. */
const newestMax = 16;

/** More than all changes of a ledger; numbers count down from it, so that of older rows the newest comes first. */
const numbersMax = 999_999_999_999;

function olderUnder(key: string): string {
  return `older/${key}/`;
}

function olderKey(key: string, change: number): string {
  return `${olderUnder(key)}${String(numbersMax - change).padStart(12, '0')}`;
}

/** The older rows, the newest of them first. */
function olderOf(state: State, key: string): readonly NumberedRow[] {
  return entriesUnder(state, olderUnder(key)).flatMap(([, entry]) => rowsOf(entry['rows']));
}

function newestOf(state: State, key: string): readonly NumberedRow[] {
  return rowsOf(readEntry(state, key)?.['rows']);
}

/** The newest row, or the newest before a number of changes; undefined where there is none. O(log n). */
export function rowBefore(state: State, key: string, changes?: number): NumberedRow | undefined {
  const rows = newestOf(state, key);
  const row = changes === undefined ? rows.at(-1) : rows.findLast((one) => Number(one[0]) < changes);
  // Before the first change there was nothing; asked for it, the older rows would answer with their newest.
  if (row !== undefined || changes === undefined || changes === 0 || rows.length < newestMax) return row;
  const older = firstKeyUnder(state, olderUnder(key), olderKey(key, changes - 1));
  return older === undefined ? undefined : rowsOf(readEntry(state, older)?.['rows'])[0];
}

/** The newest row that something is true of; undefined where it is true of none. O(log n), and O(older rows) where it is true of none of the newest. */
export function newestRow(state: State, key: string, isIt: (row: NumberedRow) => boolean): NumberedRow | undefined {
  const rows = newestOf(state, key);
  return rows.findLast(isIt) ?? (rows.length < newestMax ? undefined : olderOf(state, key).find(isIt));
}

/** All rows from a number of changes on, oldest first. O(log n), and O(older rows) where there are some. */
export function rowsFrom(state: State, key: string, changes: number): readonly NumberedRow[] {
  const rows = newestOf(state, key);
  const older = rows.length < newestMax ? [] : olderOf(state, key);
  return [...older.toReversed(), ...rows].filter((one) => Number(one[0]) >= changes);
}

/** Adds a row, whose number is above those of all others. O(log n). */
export function addRow(state: State, key: string, row: NumberedRow): State {
  const rows = newestOf(state, key);
  const [oldest] = rows;
  if (rows.length < newestMax || oldest === undefined) return writeEntry(state, key, { rows: [...rows, row] });
  const kept = writeEntry(state, olderKey(key, Number(oldest[0])), { rows: [oldest] });
  return writeEntry(kept, key, { rows: [...rows.slice(1), row] });
}
