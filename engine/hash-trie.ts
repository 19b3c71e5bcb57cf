// The compact binary trie over key hashes that gives the state its root, with proofs of presence and absence (ledger.md section 13).
import { fromHex, toHex, utf8Encode } from './bytes.ts';
import { encodeCanonical } from './canonical.ts';
import type { JsonObject } from './canonical.ts';
import { digestBytes } from './chain.ts';
import { hashLeaf, hashNode, joined } from './merkle.ts';

/** A leaf, or two halves split by one bit. Its hash is computed when first asked for and kept. */
interface TrieNode {
  readonly keyHash: Uint8Array;
  readonly value: JsonObject | undefined;
  readonly left: TrieNode | undefined;
  readonly right: TrieNode | undefined;
  hash: Uint8Array | undefined;
}

/** A version of the trie; undefined is the empty one. */
export type HashTrie = TrieNode | undefined;

function bitAt(hash: Uint8Array, depth: number): number {
  return ((hash[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
}

function sameHash(left: Uint8Array, right: Uint8Array): boolean {
  for (let index = 0; index < 32; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

function keyHashOf(key: string): Uint8Array {
  return digestBytes('gdo-key-v1', utf8Encode(key));
}

function valueHashOf(value: JsonObject): Uint8Array {
  return digestBytes('gdo-value-v1', encodeCanonical(value));
}

function branch(left: HashTrie, right: HashTrie, keyHash: Uint8Array): TrieNode {
  return { keyHash, value: undefined, left, right, hash: undefined };
}

/** Writes a value, or takes the key out where the value is undefined. O(log n); nothing is hashed but the key. */
export function trieWith(trie: HashTrie, key: string, value: JsonObject | undefined): HashTrie {
  const keyHash = keyHashOf(key);
  return value === undefined ? erase(trie, keyHash, 0) : insert(trie, { keyHash, value, left: undefined, right: undefined, hash: undefined }, 0);
}

/** A branch with one empty half exists only between the root and the first differing bit; its hash is that of its other half. */
function insert(node: HashTrie, entry: TrieNode, depth: number): TrieNode {
  if (node === undefined) return entry;
  if (node.value !== undefined) {
    if (sameHash(node.keyHash, entry.keyHash)) return entry;
    const placed = bitAt(node.keyHash, depth) === 0 ? branch(node, undefined, node.keyHash) : branch(undefined, node, node.keyHash);
    return insert(placed, entry, depth);
  }
  return bitAt(entry.keyHash, depth) === 0
    ? branch(insert(node.left, entry, depth + 1), node.right, node.keyHash)
    : branch(node.left, insert(node.right, entry, depth + 1), node.keyHash);
}

function erase(node: HashTrie, keyHash: Uint8Array, depth: number): HashTrie {
  if (node === undefined) return undefined;
  if (node.value !== undefined) return sameHash(node.keyHash, keyHash) ? undefined : node;
  const zero = bitAt(keyHash, depth) === 0;
  const left = zero ? erase(node.left, keyHash, depth + 1) : node.left;
  const right = zero ? node.right : erase(node.right, keyHash, depth + 1);
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
function hashOf(node: HashTrie): Uint8Array {
  if (node === undefined) return emptyHash;
  node.hash ??= node.value === undefined ? hashNode(hashOf(node.left), hashOf(node.right)) : hashLeaf(joined([node.keyHash, valueHashOf(node.value)]));
  return node.hash;
}

/** The root as 64 hexadecimal digits. O(nodes that have no hash yet). */
export function trieRoot(trie: HashTrie): string {
  return toHex(hashOf(trie));
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
  for (let depth = 0; node !== undefined && node.value === undefined; depth += 1) {
    const zero = bitAt(keyHash, depth) === 0;
    siblings.push(toHex(hashOf(zero ? node.right : node.left)));
    node = zero ? node.left : node.right;
  }
  if (node?.value === undefined) return { siblings };
  return { siblings, leaf: { keyHash: toHex(node.keyHash), valueHash: toHex(valueHashOf(node.value)) } };
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
  const here = end !== undefined && end.keyHash === toHex(keyHash);
  if (here !== (claim.value !== undefined)) return false;
  if (claim.value !== undefined && end?.valueHash !== toHex(valueHashOf(claim.value))) return false;
  let hash: Uint8Array = emptyHash;
  if (end !== undefined) {
    const [endKey, endValue] = [fromHex(end.keyHash), fromHex(end.valueHash)];
    if (endKey?.length !== 32 || endValue?.length !== 32) return false;
    // A leaf of another key proves absence only on this key's own path.
    for (let depth = 0; depth < claim.proof.siblings.length; depth += 1) if (bitAt(endKey, depth) !== bitAt(keyHash, depth)) return false;
    hash = hashLeaf(joined([endKey, endValue]));
  }
  for (let depth = claim.proof.siblings.length - 1; depth >= 0; depth -= 1) {
    const sibling = fromHex(claim.proof.siblings[depth] ?? '');
    if (sibling?.length !== 32) return false;
    hash = bitAt(keyHash, depth) === 0 ? hashNode(hash, sibling) : hashNode(sibling, hash);
  }
  return toHex(hash) === claim.root;
}
