// A state of which some values are known by their hash alone (SPEC.md section 17). It has the root of the whole state, and names every key: that is what
// shows that nothing more lies under a prefix, which the trie alone cannot, because it orders keys by their hashes. Pure.
import { fromHex, isHex64, toHex } from './bytes.ts';
import { byCodeUnit, canonicalText, type JsonObject } from './canonical.ts';
import { digestOfText, sha256Bytes, zeros64 } from './chain.ts';
import { hashNode, joined } from './merkle.ts';
import { emptyState, writeEntry, type State } from './state.ts';

/** One entry: the key with its value, or with the value's hash as 64 hexadecimal digits. */
export type PartEntry = readonly [key: string, value: JsonObject | string];

interface PartLeaf {
  readonly path: Uint8Array;
  readonly hash: Uint8Array;
}

/** The hash of a value, as the trie has it. */
export function valueHash(value: JsonObject): string {
  return digestOfText('gdo-value-v1', canonicalText(value));
}

/** The state root that entries give. @param entries - each key once @returns 64 hexadecimal digits */
export function partRoot(entries: readonly PartEntry[]): string {
  const leaves = entries.map(([key, value]) => leafOf(digestOfText('gdo-key-v1', key), typeof value === 'string' ? value : valueHash(value)));
  return toHex(
    rootOf(
      leaves.sort((left, right) => byCodeUnit(toHex(left.path), toHex(right.path))),
      0,
    ),
  );
}

function leafOf(keyHash: string, hash: string): PartLeaf {
  const path = fromHex(keyHash) ?? new Uint8Array(32);
  return { path, hash: sha256Bytes(joined([Uint8Array.of(0x00), path, fromHex(isHex64(hash) ? hash : zeros64) ?? path])) };
}

/** The depth never passes the bits of a key's hash, since no two keys are the same. */
function rootOf(leaves: readonly PartLeaf[], depth: number): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return new Uint8Array(32);
  if (leaves.length === 1 || depth === 256) return first.hash;
  const bit = (leaf: PartLeaf): number => ((leaf.path[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
  const right = leaves.findIndex((leaf) => bit(leaf) === 1);
  const middle = right < 0 ? leaves.length : right;
  return hashNode(rootOf(leaves.slice(0, middle), depth + 1), rootOf(leaves.slice(middle), depth + 1));
}

/** The values that a part holds, as a state: whoever reads it must know which keys are there without a value. */
export function stateOfPart(entries: readonly PartEntry[]): State {
  return entries.reduce((state, [key, value]) => (typeof value === 'string' ? state : writeEntry(state, key, value)), emptyState);
}

/** Tables that no right reads: what is decided and how, the governed files, and what was before. */
const tablesApart: readonly string[] = ['ballot', 'case', 'cases', 'content', 'due', 'head', 'number', 'open', 'roster', 'was', 'weight'];

/** True for a key whose value a door can do without: what decides a right is never withheld from it (language.md S89-S97). */
export function isApartFromRights(key: string, bylawsInForce: string): boolean {
  const table = key.slice(0, key.indexOf('/') < 0 ? key.length : key.indexOf('/'));
  return table === 'bylaws' ? key !== `bylaws/${bylawsInForce}` : tablesApart.includes(table);
}
