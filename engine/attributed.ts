// What attributes people have, as it is kept: what an office certified last, and what was so when a stage opened (S7, S115). It judges no certificate;
// that is attribute.ts's.
import { addRow, rowBefore, rowsFrom } from './numbered-rows.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';

/** How many changes of attributes there have been; a stage that opens keeps it, and reads what was so then. O(log n). */
export function attributesCount(state: State): number {
  return Number(readEntry(state, 'attributes')?.['count'] ?? 0);
}

/** Counts one change more: of an attribute, or of a delegation, which are both read as they were when a stage opened. */
export function countChange(state: State): State {
  return writeEntry(state, 'attributes', { count: attributesCount(state) + 1 });
}

/** The key of an attribute of a person. Pure. */
export function attributeKey(attribute: string, member: string): string {
  return `attribute/${attribute}/${member}`;
}

/** The certified value of a person's attribute, now or after so many changes; undefined where nobody has certified one. O(log n). */
export function attributeOf(state: State, attribute: string, member: string, changes?: number): string | undefined {
  // Rows are [change, value]; one without a value took it away.
  const value = rowBefore(state, attributeKey(attribute, member), changes)?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** The group of a person for whom no value is certified. Pure. */
export function groupAlone(member: string): string {
  return `alone ${member}`;
}

/** The group a person is counted in: all of one value, or the person alone where none is certified (S115). Two groups never have one name. O(log n). */
export function groupOf(state: State, attribute: string, member: string, changes?: number): string {
  const value = attributeOf(state, attribute, member, changes);
  return value === undefined ? groupAlone(member) : `all ${value}`;
}

/** The group a person was in after so many changes or, where nothing was certified then, by the first value certified since. O(log n), as rowsFrom. */
export function groupIn(state: State, attribute: string, member: string, changes: number): string {
  const then = attributeOf(state, attribute, member, changes);
  const first = rowsFrom(state, attributeKey(attribute, member), changes).find((row) => row.length > 1)?.[1];
  const value = then ?? first;
  return typeof value === 'string' ? `all ${value}` : groupAlone(member);
}

/** Gives a person an attribute from now on, or takes it away. O(log n). */
export function writeAttribute(state: State, what: { readonly attribute: string; readonly member: string; readonly value: string | undefined }): State {
  const { attribute, member, value } = what;
  const count = attributesCount(state);
  return addRow(countChange(state), attributeKey(attribute, member), value === undefined ? [count] : [count, value]);
}
