// The state of an organization: a persistent map from ASCII keys to canonical JSON, ordered for reading and hashed for its root
// (ledger.md section 13). Every version stays valid; a write copies O(log n) nodes. It knows no meaning of keys.
import { fromHex, toHex, utf8Encode } from './bytes.ts';
import { byCodeUnit, encodeCanonical } from './canonical.ts';
import type { JsonObject } from './canonical.ts';
import { digestBytes, sha256Bytes } from './chain.ts';
import { joined } from './merkle.ts';

/** One node of a treap ordered by key; its priority is the key's hash, so the shape follows from the content alone. */
interface TreeNode {
  readonly key: string;
  readonly keyHash: Uint8Array;
  readonly value: JsonObject;
  readonly count: number;
  readonly left: TreeNode | undefined;
  readonly right: TreeNode | undefined;
}

/** A compact binary trie over key hashes: a leaf, or two halves split by one bit. Its hash is computed when first asked for. */
interface TrieNode {
  readonly keyHash: Uint8Array;
  readonly value: JsonObject | undefined;
  readonly left: TrieNode | undefined;
  readonly right: TrieNode | undefined;
  hash: Uint8Array | undefined;
}

/** An immutable version of the state. */
export interface State {
  readonly tree: TreeNode | undefined;
  readonly trie: TrieNode | undefined;
}

/** The state without entries; its root is 32 zero bytes. */
export const emptyState: State = { tree: undefined, trie: undefined };

/** Reads the value of a key. O(log n). */
export function readEntry(state: State, key: string): JsonObject | undefined {
  let node = state.tree;
  while (node !== undefined) {
    if (key === node.key) return node.value;
    node = key < node.key ? node.left : node.right;
  }
  return undefined;
}

/** Writes a value; the old version stays as it was. O(log n). @param key - printable ASCII */
export function writeEntry(state: State, key: string, value: JsonObject): State {
  const keyHash = digestBytes('gdo-key-v1', utf8Encode(key));
  return {
    tree: insert(state.tree, { key, keyHash, value, count: 1, left: undefined, right: undefined }),
    trie: trieInsert(state.trie, leaf(keyHash, value), 0),
  };
}

/** Removes a key; a key that is not there changes nothing. O(log n). */
export function eraseEntry(state: State, key: string): State {
  if (readEntry(state, key) === undefined) return state;
  return { tree: erase(state.tree, key), trie: trieErase(state.trie, digestBytes('gdo-key-v1', utf8Encode(key)), 0) };
}

/** Entries whose key starts with a prefix, ascending by key. O(log n + result). */
export function entriesUnder(state: State, prefix: string): readonly (readonly [key: string, value: JsonObject])[] {
  const found: (readonly [string, JsonObject])[] = [];
  const stack: TreeNode[] = [];
  let node = state.tree;
  for (;;) {
    while (node !== undefined) {
      if (node.key >= prefix) {
        stack.push(node);
        node = node.left;
      } else {
        node = node.right;
      }
    }
    const next = stack.pop();
    if (next === undefined || !next.key.startsWith(prefix)) return found;
    found.push([next.key, next.value]);
    node = next.right;
  }
}

/** How many entries the state has. O(1). */
export function entryCount(state: State): number {
  return state.tree?.count ?? 0;
}

/** The root over all entries, 64 hexadecimal digits. O(changes since the last root). Source: ledger.md section 13 */
export function stateRoot(state: State): string {
  return toHex(hashOf(state.trie));
}

/** The root over the entries under one prefix, such as `content/`. O(entries under it). */
export function rootUnder(state: State, prefix: string): string {
  let trie: TrieNode | undefined;
  for (const [key, value] of entriesUnder(state, prefix)) trie = trieInsert(trie, leaf(digestBytes('gdo-key-v1', utf8Encode(key)), value), 0);
  return toHex(hashOf(trie));
}

function withChildren(node: TreeNode, left: TreeNode | undefined, right: TreeNode | undefined): TreeNode {
  return { ...node, left, right, count: 1 + (left?.count ?? 0) + (right?.count ?? 0) };
}

/** Orders by hash; two keys never have one hash. */
function above(left: TreeNode, right: TreeNode): boolean {
  for (let index = 0; index < 32; index += 1) {
    const difference = (left.keyHash[index] ?? 0) - (right.keyHash[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function insert(node: TreeNode | undefined, entry: TreeNode): TreeNode {
  if (node === undefined) return entry;
  const side = byCodeUnit(entry.key, node.key);
  if (side === 0) return withChildren({ ...node, value: entry.value }, node.left, node.right);
  if (side < 0) {
    const left = insert(node.left, entry);
    if (above(left, node)) return withChildren(left, left.left, withChildren(node, left.right, node.right));
    return withChildren(node, left, node.right);
  }
  const right = insert(node.right, entry);
  if (above(right, node)) return withChildren(right, withChildren(node, node.left, right.left), right.right);
  return withChildren(node, node.left, right);
}

function erase(node: TreeNode | undefined, key: string): TreeNode | undefined {
  if (node === undefined) return undefined;
  if (key < node.key) return withChildren(node, erase(node.left, key), node.right);
  if (key > node.key) return withChildren(node, node.left, erase(node.right, key));
  return merged(node.left, node.right);
}

function merged(left: TreeNode | undefined, right: TreeNode | undefined): TreeNode | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return above(left, right) ? withChildren(left, left.left, merged(left.right, right)) : withChildren(right, merged(left, right.left), right.right);
}

function leaf(keyHash: Uint8Array, value: JsonObject): TrieNode {
  return { keyHash, value, left: undefined, right: undefined, hash: undefined };
}

function bitAt(hash: Uint8Array, depth: number): number {
  return ((hash[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
}

function sameHash(left: Uint8Array, right: Uint8Array): boolean {
  return left.every((byte, index) => byte === right[index]);
}

function branch(left: TrieNode | undefined, right: TrieNode | undefined, keyHash: Uint8Array): TrieNode {
  return { keyHash, value: undefined, left, right, hash: undefined };
}

/** A branch with one empty half exists only between the root and the first differing bit; its hash is that of its other half. */
function trieInsert(node: TrieNode | undefined, entry: TrieNode, depth: number): TrieNode {
  if (node === undefined) return entry;
  if (node.value !== undefined) {
    if (sameHash(node.keyHash, entry.keyHash)) return entry;
    const placed = bitAt(node.keyHash, depth) === 0 ? branch(node, undefined, node.keyHash) : branch(undefined, node, node.keyHash);
    return trieInsert(placed, entry, depth);
  }
  return bitAt(entry.keyHash, depth) === 0
    ? branch(trieInsert(node.left, entry, depth + 1), node.right, node.keyHash)
    : branch(node.left, trieInsert(node.right, entry, depth + 1), node.keyHash);
}

function trieErase(node: TrieNode | undefined, keyHash: Uint8Array, depth: number): TrieNode | undefined {
  if (node === undefined) return undefined;
  if (node.value !== undefined) return sameHash(node.keyHash, keyHash) ? undefined : node;
  const zero = bitAt(keyHash, depth) === 0;
  const left = zero ? trieErase(node.left, keyHash, depth + 1) : node.left;
  const right = zero ? node.right : trieErase(node.right, keyHash, depth + 1);
  // A lone leaf moves up, so that the shape after an erase is the shape without the entry.
  if (left === undefined && (right === undefined || right.value !== undefined)) return right;
  if (right === undefined && left?.value !== undefined) return left;
  return branch(left, right, node.keyHash);
}

const emptyHash = new Uint8Array(32);

/**
 * Empty = 32 zero bytes; one entry = SHA-256(0x00||kh||vh); more = SHA-256(0x01||left||right), split by the next bit of kh. A set whose keys
 * agree in the next bit still splits there: its other half is the empty hash.
 */
function hashOf(node: TrieNode | undefined): Uint8Array {
  if (node === undefined) return emptyHash;
  node.hash ??=
    node.value === undefined
      ? sha256Bytes(joined([Uint8Array.of(0x01), hashOf(node.left), hashOf(node.right)]))
      : sha256Bytes(joined([Uint8Array.of(0x00), node.keyHash, digestBytes('gdo-value-v1', encodeCanonical(node.value))]));
  return node.hash;
}

/** A proof that a key has a value, or has none: the hashes beside the path, from the root down, and the leaf where the path ends. */
export interface StateProof {
  readonly siblings: readonly string[];
  /** The entry's hashes where the path ends at a leaf; absent where it ends in nothing. */
  readonly leaf?: { readonly keyHash: string; readonly valueHash: string };
}

/** Proves the presence or absence of a key. O(log n) after the root was computed. */
export function proveEntry(state: State, key: string): StateProof {
  const keyHash = digestBytes('gdo-key-v1', utf8Encode(key));
  const siblings: string[] = [];
  let node = state.trie;
  for (let depth = 0; node !== undefined && node.value === undefined; depth += 1) {
    const zero = bitAt(keyHash, depth) === 0;
    siblings.push(toHex(hashOf(zero ? node.right : node.left)));
    node = zero ? node.left : node.right;
  }
  if (node?.value === undefined) return { siblings };
  return { siblings, leaf: { keyHash: toHex(node.keyHash), valueHash: toHex(digestBytes('gdo-value-v1', encodeCanonical(node.value))) } };
}

/** Checks a proof against a root. @param value - the claimed value, or undefined for "has none" @returns true iff the proof shows exactly that */
export function verifyEntry(claim: {
  readonly root: string;
  readonly key: string;
  readonly value: JsonObject | undefined;
  readonly proof: StateProof;
}): boolean {
  const keyHash = digestBytes('gdo-key-v1', utf8Encode(claim.key));
  const end = claim.proof.leaf;
  if (claim.proof.siblings.length > 256) return false;
  const here = end !== undefined && end.keyHash === toHex(keyHash);
  if (here !== (claim.value !== undefined)) return false;
  if (claim.value !== undefined && end?.valueHash !== toHex(digestBytes('gdo-value-v1', encodeCanonical(claim.value)))) return false;
  let hash: Uint8Array = emptyHash;
  if (end !== undefined) {
    const [endKey, endValue] = [fromHex(end.keyHash), fromHex(end.valueHash)];
    if (endKey?.length !== 32 || endValue?.length !== 32) return false;
    // A leaf of another key proves absence only on this key's own path.
    for (let depth = 0; depth < claim.proof.siblings.length; depth += 1) if (bitAt(endKey, depth) !== bitAt(keyHash, depth)) return false;
    hash = sha256Bytes(joined([Uint8Array.of(0x00), endKey, endValue]));
  }
  for (let depth = claim.proof.siblings.length - 1; depth >= 0; depth -= 1) {
    const sibling = fromHex(claim.proof.siblings[depth] ?? '');
    if (sibling?.length !== 32) return false;
    hash = sha256Bytes(joined(bitAt(keyHash, depth) === 0 ? [Uint8Array.of(0x01), hash, sibling] : [Uint8Array.of(0x01), sibling, hash]));
  }
  return toHex(hash) === claim.root;
}
