// Snapshots of the state as they lie in every 256th checkpoint (ledger.md section 7): written from a state, and loaded without replaying anything.
import { canonicalText, decodeCanonical, entriesUnder, isList, isObject, stateOfPart, stateRoot } from '../../engine/index.ts';
import type { Json, JsonObject, PartEntry, State } from '../../engine/index.ts';

/** A line holds at most one bylaws document, which is the largest value there is (ledger.md section 3). */
const lineBytesMax = 4 * 1024 * 1024 + 4_096;

/** The snapshot of a state: one `[key,value]` line per entry, ascending by key. */
export function snapshotBytes(state: State): Uint8Array {
  return Buffer.from(
    entriesUnder(state, '')
      .map(([key, value]) => `${canonicalText([key, value])}\n`)
      .join(''),
    'utf8',
  );
}

/** A snapshot that was loaded, or why it was not. */
export type ReadSnapshot =
  | { readonly kind: 'ok'; readonly state: State }
  | { readonly kind: 'refused'; readonly code: 'GDO1001' | 'GDO1002' | 'GDO1070'; readonly reason: string };

/** Lines `[key,value]`, ascending by key, or why they are none. @param takes - what besides an object a value may be */
export function readRows(
  bytes: Uint8Array,
  takes: (value: Json | undefined) => value is JsonObject | string,
  from: { readonly at: number; readonly line: number } = { at: 0, line: 1 },
): { readonly kind: 'ok'; readonly rows: readonly PartEntry[] } | (ReadSnapshot & { readonly kind: 'refused' }) {
  const rows: PartEntry[] = [];
  let previous = '';
  for (let { at, line } = from; at < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) return { kind: 'refused', code: 'GDO1001', reason: `line ${line} has no end` };
    // The reader of canonical bytes takes objects; the line is one of its values.
    const wrapped = Buffer.concat([Buffer.from('{"row":'), bytes.subarray(at, end), Buffer.from('}')]);
    const decoded = decodeCanonical(wrapped, { bytesMax: lineBytesMax });
    if (decoded.kind === 'refused') return { kind: 'refused', code: 'GDO1001', reason: `line ${line}: ${decoded.reason}` };
    const row = decoded.value['row'];
    const [key, value, more] = isList(row) ? row : [];
    if (typeof key !== 'string' || !takes(value) || more !== undefined) return { kind: 'refused', code: 'GDO1002', reason: `line ${line} is no [key,value]` };
    if (key <= previous) return { kind: 'refused', code: 'GDO1002', reason: `line ${line} does not come after the one before it` };
    rows.push([key, value]);
    previous = key;
    at = end + 1;
  }
  return { kind: 'ok', rows };
}

/**
 * Loads a snapshot.
 * @param root - the state root that a final checkpoint names
 * @returns the state, which has exactly this root; GDO1001 or GDO1002 for bytes that are no snapshot, GDO1070 where the root differs
 */
export function readSnapshot(bytes: Uint8Array, root: string): ReadSnapshot {
  const read = readRows(bytes, isObject);
  if (read.kind === 'refused') return read;
  const state = stateOfPart(read.rows);
  if (stateRoot(state) !== root) return { kind: 'refused', code: 'GDO1070', reason: 'the snapshot does not have the state root of its checkpoint' };
  return { kind: 'ok', state };
}
