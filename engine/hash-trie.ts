// The compact binary trie over key hashes that gives the state its root, with proofs of presence and absence (ledger.md section 13).
import { fromHex, toHex } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import type { JsonObject } from './canonical.ts';
import { digestOfText, digestTextInto } from './chain.ts';
import { bytesOfWords, sha256OfPair, wordsOfBytes } from './sha256.ts';

/** An entry. `words`: the hash of its key, then its own. */
interface Leaf {
  readonly kind: 'leaf';
  readonly words: Int32Array;
  readonly value: JsonObject;
}

/** Two halves split by one bit. `words`: the hashes of both, so that hashing a node again reads none that did not change. */
interface Branch {
  readonly kind: 'branch';
  readonly left: HashTrie;
  readonly right: HashTrie;
  readonly words: Int32Array;
}

/** A version of the trie; undefined is the empty one. */
export type HashTrie = Leaf | Branch | undefined;

/** A key that is written, or taken out where there is no value. */
interface Change {
  readonly words: Int32Array;
  readonly value: JsonObject | undefined;
}

const hashWords = 8;

function bitAt(words: Int32Array, depth: number): number {
  return ((words[depth >> 5] ?? 0) >>> (31 - (depth & 31))) & 1;
}

function isSameKey(left: Int32Array, right: Int32Array): boolean {
  for (let at = 0; at < hashWords; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

function copyWords(from: Int32Array, start: number, to: Int32Array, at: number): void {
  for (let place = 0; place < hashWords; place += 1) to[at + place] = from[start + place] ?? 0;
}

/** @param key - in two parts, as the state has it */
function changeOf(key: readonly [table: string, name: string], value: JsonObject | undefined): Change {
  const words = new Int32Array(2 * hashWords);
  digestTextInto(words, 'gdo-key-v1', key[0], key[1]);
  return { words, value };
}

// Written before it is read.
const ofLeaf = new Int32Array(2 * hashWords);

/** Makes an entry of a change, whose words it takes over. */
function leafOf({ words }: Change, value: JsonObject): Leaf {
  digestTextInto(ofLeaf, 'gdo-value-v1', canonicalText(value), '');
  copyWords(ofLeaf, 0, ofLeaf, hashWords);
  copyWords(words, 0, ofLeaf, 0);
  sha256OfPair(0x00, ofLeaf, words, hashWords);
  return { kind: 'leaf', words, value };
}

/**
 * Empty = 32 zero bytes; one entry = SHA-256(0x00||kh||vh); more = SHA-256(0x01||left||right), split by the next bit of kh. A set whose keys
 * agree in the next bit still splits there: its other half is the empty hash. Writes it into `out` from `at` on.
 */
function hashInto(node: HashTrie, out: Int32Array, at: number): void {
  if (node === undefined) out.fill(0, at, at + hashWords);
  else if (node.kind === 'leaf') copyWords(node.words, hashWords, out, at);
  else sha256OfPair(0x01, node.words, out, at);
}

/** @param before - the branch in whose place it comes: hashes of halves that are the same are taken from it */
function branch(left: HashTrie, right: HashTrie, before: Branch | undefined): Branch {
  const words = new Int32Array(2 * hashWords);
  if (left !== undefined && left === before?.left) copyWords(before.words, 0, words, 0);
  else hashInto(left, words, 0);
  if (right !== undefined && right === before?.right) copyWords(before.words, hashWords, words, hashWords);
  else hashInto(right, words, hashWords);
  return { kind: 'branch', left, right, words };
}

/** Moves what goes to the left before what goes to the right, and gives the place where the right begins. */
function split<Entry extends { readonly words: Int32Array }>(entries: Entry[], from: number, to: number, depth: number): number {
  let [left, right] = [from, to];
  while (left < right) {
    const entry = entries[left];
    if (entry === undefined || bitAt(entry.words, depth) === 0) {
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
  return branch(built(leaves, from, middle, depth + 1), built(leaves, middle, to, depth + 1), undefined);
}

/** What stands where there was one entry or none. */
function replaced(leaf: Leaf | undefined, changes: readonly Change[], from: number, to: number, depth: number): HashTrie {
  const leaves: Leaf[] = [];
  let stays = leaf;
  for (let index = from; index < to; index += 1) {
    const change = changes[index];
    if (change === undefined) continue;
    if (stays !== undefined && isSameKey(stays.words, change.words)) stays = undefined;
    if (change.value !== undefined) leaves.push(leafOf(change, change.value));
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
  return branch(left, right, node);
}

/**
 * Writes values, or takes keys out where the value is undefined. O(n log n) for n changes: each node on their paths is made once, from below, and
 * hashed when it is. @param changes - each key once, in two parts that are read as one
 */
export function trieWith(trie: HashTrie, changes: readonly (readonly [table: string, name: string, value: JsonObject | undefined])[]): HashTrie {
  const hashed = changes.map(([table, name, value]) => changeOf([table, name], value));
  return changed(trie, hashed, 0, hashed.length, 0);
}

function hexOf(words: Int32Array, at: number): string {
  return toHex(bytesOfWords(words, at));
}

/** The root as 64 hexadecimal digits. O(1). */
export function trieRoot(trie: HashTrie): string {
  const root = new Int32Array(hashWords);
  hashInto(trie, root, 0);
  return hexOf(root, 0);
}

/** A proof that a key has a value, or has none: the hashes beside the path, from the root down, and the leaf where the path ends. */
export interface StateProof {
  readonly siblings: readonly string[];
  /** The entry's hashes where the path ends at a leaf; absent where it ends in nothing. */
  readonly leaf?: { readonly keyHash: string; readonly valueHash: string };
}

/** Proves the presence or absence of a key. O(log n) after the root was computed. */
export function proveIn(trie: HashTrie, key: string): StateProof {
  const sought = changeOf([key, ''], undefined);
  const siblings: string[] = [];
  let node = trie;
  for (let depth = 0; node?.kind === 'branch'; depth += 1) {
    const isLeft = bitAt(sought.words, depth) === 0;
    siblings.push(hexOf(node.words, isLeft ? hashWords : 0));
    node = isLeft ? node.left : node.right;
  }
  return node === undefined ? { siblings } : { siblings, leaf: { keyHash: hexOf(node.words, 0), valueHash: valueHashOf(node.value) } };
}

function valueHashOf(value: JsonObject): string {
  return digestOfText('gdo-value-v1', canonicalText(value));
}

/** Writes 64 hexadecimal digits as words. @returns false where they are none */
function hexInto(text: string, words: Int32Array, at: number): boolean {
  const bytes = fromHex(text);
  if (bytes?.length !== 32) return false;
  wordsOfBytes(bytes, words, at);
  return true;
}

/** Checks a proof against a root. @param value - the claimed value, or undefined for "has none" @returns true iff the proof shows exactly that */
export function verifyEntry(claim: {
  readonly root: string;
  readonly key: string;
  readonly value: JsonObject | undefined;
  readonly proof: StateProof;
}): boolean {
  const { value } = claim;
  const sought = changeOf([claim.key, ''], value);
  const { siblings, leaf: end } = claim.proof;
  if (siblings.length > 256) return false;
  const here = end !== undefined && end.keyHash === hexOf(sought.words, 0);
  if (here !== (value !== undefined)) return false;
  if (value !== undefined && end?.valueHash !== valueHashOf(value)) return false;
  const hash = new Int32Array(hashWords);
  const pair = new Int32Array(2 * hashWords);
  if (end !== undefined) {
    if (!hexInto(end.keyHash, pair, 0) || !hexInto(end.valueHash, pair, hashWords)) return false;
    // A leaf of another key proves absence only on this key's own path.
    for (let depth = 0; depth < siblings.length; depth += 1) if (bitAt(pair, depth) !== bitAt(sought.words, depth)) return false;
    sha256OfPair(0x00, pair, hash, 0);
  }
  for (let depth = siblings.length - 1; depth >= 0; depth -= 1) {
    const isLeft = bitAt(sought.words, depth) === 0;
    if (!hexInto(siblings[depth] ?? '', pair, isLeft ? hashWords : 0)) return false;
    pair.set(hash, isLeft ? 0 : hashWords);
    sha256OfPair(0x01, pair, hash, 0);
  }
  return hexOf(hash, 0) === claim.root;
}
