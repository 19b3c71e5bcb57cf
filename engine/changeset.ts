// Change sets: what an approval binds (ledger.md section 6), written, read and named. Whether one still applies is gate.ts's.
import { byBytes, isHex64, utf8Encode } from './bytes.ts';
import { decodeCanonical, encodeCanonical, isList } from './canonical.ts';
import { digest } from './chain.ts';
import type { ChangeEntry, ChangeSet } from './event.ts';

/** Paths of one change: as many as a tree may have entries (node.md section 3). */
const entriesMax = 10_000;
const pathBytesMax = 1_024;
const changeBytesMax = 262_144;

/** True for `absent` or `<mode>:<sha256>` with mode 100644 or 100755. */
export function isContentEntry(text: unknown): text is string {
  if (text === 'absent') return true;
  return typeof text === 'string' && (text.startsWith('100644:') || text.startsWith('100755:')) && isHex64(text.slice(7));
}

/** Writes a change set as canonical bytes. @param entries - in any order; they are sorted by path bytes */
export function encodeChangeSet(entries: readonly ChangeEntry[]): Uint8Array {
  const sorted = [...entries].sort((left, right) => byBytes(utf8Encode(left.path), utf8Encode(right.path)));
  return encodeCanonical({ entries: sorted.map((entry) => [entry.path, entry.old, entry.new]), v: 1 });
}

/** The change id: H("gdo-change-v1", bytes). */
export function changeId(bytes: Uint8Array): string {
  return digest('gdo-change-v1', bytes);
}

/** Reads a change set. @returns undefined where the bytes are not a canonical change set with ascending, unique, well-formed entries */
export function decodeChangeSet(bytes: Uint8Array): ChangeSet | undefined {
  const decoded = decodeCanonical(bytes, { bytesMax: changeBytesMax });
  if (decoded.kind === 'refused') return undefined;
  const { v, entries } = decoded.value;
  if (v !== 1 || !isList(entries) || entries.length === 0 || entries.length > entriesMax || Object.keys(decoded.value).length !== 2) return undefined;
  const read: ChangeEntry[] = [];
  for (const row of entries) {
    if (!isList(row) || row.length !== 3) return undefined;
    const [path, old, next] = row;
    if (typeof path !== 'string' || !isContentEntry(old) || !isContentEntry(next) || old === next) return undefined;
    const previous = read.at(-1);
    if (path === '' || utf8Encode(path).length > pathBytesMax) return undefined;
    if (previous !== undefined && byBytes(utf8Encode(previous.path), utf8Encode(path)) >= 0) return undefined;
    read.push({ path, old, new: next });
  }
  return { id: changeId(bytes), entries: read };
}
