// The compact binary trie over key hashes that gives the state its root, with proofs of presence and absence (ledger.md section 13).
import { fromHex, toHex } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import type { JsonObject } from './canonical.ts';
import { digestOfText } from './chain.ts';
import { bytesOfWords, sha256OfTwo, wordsOfBytes } from './sha256.ts';

/** An entry. Hashes are eight words of 32 bits; a node's own is computed when first asked for and kept. */
interface Leaf {
  readonly kind: 'leaf';
  readonly keyHash: Int32Array;
  readonly value: JsonObject;
  hash: Int32Array | undefined;
}

/** Two halves split by one bit. */
interface Branch {
  readonly kind: 'branch';
  readonly left: HashTrie;
  readonly right: HashTrie;
  hash: Int32Array | undefined;
}

/** A version of the trie; undefined is the empty one. */
export type HashTrie = Leaf | Branch | undefined;

/** A key that is written, or taken out where there is no value. */
interface Change {
  readonly keyHash: Int32Array;
  readonly value: JsonObject | undefined;
}

function bitAt(hash: Int32Array, depth: number): number {
  return ((hash[depth >> 5] ?? 0) >>> (31 - (depth & 31))) & 1;
}

function sameHash(left: Int32Array, right: Int32Array): boolean {
  for (let index = 0; index < 8; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

function keyHashOf(key: string): Int32Array {
  return digestOfText('gdo-key-v1', key);
}

function valueHashOf(value: JsonObject): Int32Array {
  return digestOfText('gdo-value-v1', canonicalText(value));
}

/** Moves what goes to the left before what goes to the right, and gives the place where the right begins. */
function split<Entry extends { readonly keyHash: Int32Array }>(entries: Entry[], from: number, to: number, depth: number): number {
  let [left, right] = [from, to];
  while (left < right) {
    const entry = entries[left];
    if (entry === undefined || bitAt(entry.keyHash, depth) === 0) {
      left += 1;
      continue;
    }
    right -= 1;
    const other = entries[right];
    if (other !== undefined) entries[left] = other;
    entries[right] = entry;
  }
  return left;
}

/** A branch with one empty half exists only between the root and the first differing bit; its hash is that of its other half. */
function built(leaves: Leaf[], from: number, to: number, depth: number): HashTrie {
  if (to - from < 2) return from < to ? leaves[from] : undefined;
  const middle = split(leaves, from, to, depth);
  return { kind: 'branch', left: built(leaves, from, middle, depth + 1), right: built(leaves, middle, to, depth + 1), hash: undefined };
}

/** What stands where there was one entry or none. */
function replaced(leaf: Leaf | undefined, changes: readonly Change[], from: number, to: number, depth: number): HashTrie {
  const leaves: Leaf[] = [];
  let stays = leaf;
  for (let index = from; index < to; index += 1) {
    const change = changes[index];
    if (change === undefined) continue;
    if (stays !== undefined && sameHash(stays.keyHash, change.keyHash)) stays = undefined;
    const { keyHash, value } = change;
    if (value !== undefined) leaves.push({ kind: 'leaf', keyHash, value, hash: undefined });
  }
  if (stays !== undefined) leaves.push(stays);
  return built(leaves, 0, leaves.length, depth);
}

function changed(node: HashTrie, changes: Change[], from: number, to: number, depth: number): HashTrie {
  if (from === to) return node;
  if (node === undefined || node.kind === 'leaf') return replaced(node, changes, from, to, depth);
  const middle = split(changes, from, to, depth);
  const left = changed(node.left, changes, from, middle, depth + 1);
  const right = changed(node.right, changes, middle, to, depth + 1);
  // A lone leaf moves up, so that the shape after an erase is the shape without the entry.
  if (left === undefined && right?.kind !== 'branch') return right;
  if (right === undefined && left?.kind === 'leaf') return left;
  return { kind: 'branch', left, right, hash: undefined };
}

/**
 * Writes values, or takes keys out where the value is undefined. O(n log n) for n changes, each node on their paths made once; nothing is hashed
 * but the keys. @param changes - each key once
 */
export function trieWith(trie: HashTrie, changes: readonly (readonly [key: string, value: JsonObject | undefined])[]): HashTrie {
  const hashed = changes.map(([key, value]): Change => ({ keyHash: keyHashOf(key), value }));
  return changed(trie, hashed, 0, hashed.length, 0);
}

const emptyHash = new Int32Array(8);

/**
 * Empty = 32 zero bytes; one entry = SHA-256(0x00||kh||vh); more = SHA-256(0x01||left||right), split by the next bit of kh. A set whose keys
 * agree in the next bit still splits there: its other half is the empty hash.
 */
function hashOf(node: HashTrie): Int32Array {
  if (node === undefined) return emptyHash;
  node.hash ??= node.kind === 'leaf' ? sha256OfTwo(0x00, node.keyHash, valueHashOf(node.value)) : sha256OfTwo(0x01, hashOf(node.left), hashOf(node.right));
  return node.hash;
}

function hexOf(hash: Int32Array): string {
  return toHex(bytesOfWords(hash));
}

/** The root as 64 hexadecimal digits. O(nodes that have no hash yet). */
export function trieRoot(trie: HashTrie): string {
  return hexOf(hashOf(trie));
}

/** A proof that a key has a value, or has none: the hashes beside the path, from the root down, and the leaf where the path ends. */
export interface StateProof {
  readonly siblings: readonly string[];
  /** The entry's hashes where the path ends at a leaf; absent where it ends in nothing. */
  readonly leaf?: { readonly keyHash: string; readonly valueHash: string };
}

/** Proves the presence or absence of a key. O(log n) after the root was computed. */
export function proveIn(trie: HashTrie, key: string): StateProof {
  const keyHash = keyHashOf(key);
  const siblings: string[] = [];
  let node = trie;
  for (let depth = 0; node?.kind === 'branch'; depth += 1) {
    const zero = bitAt(keyHash, depth) === 0;
    siblings.push(hexOf(hashOf(zero ? node.right : node.left)));
    node = zero ? node.left : node.right;
  }
  if (node === undefined) return { siblings };
  return { siblings, leaf: { keyHash: hexOf(node.keyHash), valueHash: hexOf(valueHashOf(node.value)) } };
}

/** 64 hexadecimal digits as words. */
function wordsOfHex(text: string): Int32Array | undefined {
  const bytes = fromHex(text);
  return bytes?.length === 32 ? wordsOfBytes(bytes) : undefined;
}

/** Checks a proof against a root. @param value - the claimed value, or undefined for "has none" @returns true iff the proof shows exactly that */
export function verifyEntry(claim: {
  readonly root: string;
  readonly key: string;
  readonly value: JsonObject | undefined;
  readonly proof: StateProof;
}): boolean {
  const keyHash = keyHashOf(claim.key);
  const end = claim.proof.leaf;
  if (claim.proof.siblings.length > 256) return false;
  const here = end !== undefined && end.keyHash === hexOf(keyHash);
  if (here !== (claim.value !== undefined)) return false;
  if (claim.value !== undefined && end?.valueHash !== hexOf(valueHashOf(claim.value))) return false;
  let hash: Int32Array = emptyHash;
  if (end !== undefined) {
    const [endKey, endValue] = [wordsOfHex(end.keyHash), wordsOfHex(end.valueHash)];
    if (endKey === undefined || endValue === undefined) return false;
    // A leaf of another key proves absence only on this key's own path.
    for (let depth = 0; depth < claim.proof.siblings.length; depth += 1) if (bitAt(endKey, depth) !== bitAt(keyHash, depth)) return false;
    hash = sha256OfTwo(0x00, endKey, endValue);
  }
  for (let depth = claim.proof.siblings.length - 1; depth >= 0; depth -= 1) {
    const sibling = wordsOfHex(claim.proof.siblings[depth] ?? '');
    if (sibling === undefined) return false;
    hash = bitAt(keyHash, depth) === 0 ? sha256OfTwo(0x01, hash, sibling) : sha256OfTwo(0x01, sibling, hash);
  }
  return hexOf(hash) === claim.root;
}
