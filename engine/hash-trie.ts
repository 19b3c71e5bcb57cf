// The compact binary trie over key hashes that gives the state its root, with proofs of presence and absence (ledger.md section 13).
import { fromHex, toHex } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import type { JsonObject } from './canonical.ts';
import { digestOfText, digestTextInto } from './chain.ts';
import { bytesOfWords, sha256OfPair, textOfWords, wordsOfBytes, wordsOfText } from './sha256.ts';

/** An entry. `key`: the hash of its key; `hash`: its own. Hashes that are kept are text of sixteen units. */
interface Leaf {
  readonly kind: 'leaf';
  readonly key: string;
  readonly hash: string;
  readonly value: JsonObject;
}

/** Two halves split by one bit. */
interface Branch {
  readonly kind: 'branch';
  readonly left: HashTrie;
  readonly right: HashTrie;
  readonly hash: string;
}

/** A version of the trie; undefined is the empty one. */
export type HashTrie = Leaf | Branch | undefined;

/** Writes of one run: for each the hash of its key, and what it writes, or nothing where the key is taken out. Splitting moves `order` alone. */
interface Run {
  readonly keys: Int32Array;
  readonly values: readonly (JsonObject | undefined)[];
  readonly order: Uint32Array;
}

const hashWords = 8;
const emptyHash = '\0'.repeat(2 * hashWords);

function bitAt(words: Int32Array, from: number, depth: number): number {
  return ((words[from + (depth >> 5)] ?? 0) >>> (31 - (depth & 31))) & 1;
}

function bitOf(key: string, depth: number): number {
  return (key.charCodeAt(depth >> 4) >>> (15 - (depth & 15))) & 1;
}

// Written before it is read, as all that is here beside the trie.
const ofKey = new Int32Array(hashWords);

function hashOfKey(table: string, name: string): Int32Array {
  digestTextInto(ofKey, 'gdo-key-v1', table, name);
  return ofKey;
}

function runOf(changes: readonly (readonly [table: string, name: string, value: JsonObject | undefined])[]): Run {
  const keys = new Int32Array(changes.length * hashWords);
  const order = new Uint32Array(changes.length);
  changes.forEach(([table, name], index) => {
    keys.set(hashOfKey(table, name), index * hashWords);
    order[index] = index;
  });
  return { keys, order, values: changes.map(([, , value]) => value) };
}

const pair = new Int32Array(2 * hashWords);

/** SHA-256(0x00||kh||vh). @param key - the hash of the key */
function leafOf(key: string, value: JsonObject): Leaf {
  digestTextInto(pair, 'gdo-value-v1', canonicalText(value), '');
  pair.copyWithin(hashWords, 0, hashWords);
  wordsOfText(key, pair, 0);
  sha256OfPair(0x00, pair, pair, 0);
  return { kind: 'leaf', key, hash: textOfWords(pair, 0), value };
}

/**
 * Empty = 32 zero bytes; one entry = SHA-256(0x00||kh||vh); more = SHA-256(0x01||left||right), split by the next bit of kh. A set whose keys
 * agree in the next bit still splits there: its other half is the empty hash.
 */
function branch(left: HashTrie, right: HashTrie): Branch {
  wordsOfText(left?.hash ?? emptyHash, pair, 0);
  wordsOfText(right?.hash ?? emptyHash, pair, hashWords);
  sha256OfPair(0x01, pair, pair, 0);
  return { kind: 'branch', left, right, hash: textOfWords(pair, 0) };
}

/** Moves what goes to the left before what goes to the right, and gives the place where the right begins. */
function split({ keys, order }: Run, from: number, to: number, depth: number): number {
  let [left, right] = [from, to];
  while (left < right) {
    const entry = order[left] ?? 0;
    if (bitAt(keys, entry * hashWords, depth) === 0) {
      left += 1;
      continue;
    }
    right -= 1;
    order[left] = order[right] ?? 0;
    order[right] = entry;
  }
  return left;
}

/** Entries under one another by their bits from a depth on. */
function built(leaves: readonly Leaf[], depth: number): HashTrie {
  if (leaves.length < 2) return leaves[0];
  const isLeft = (leaf: Leaf): boolean => bitOf(leaf.key, depth) === 0;
  return branch(
    built(leaves.filter(isLeft), depth + 1),
    built(
      leaves.filter((leaf) => !isLeft(leaf)),
      depth + 1,
    ),
  );
}

/** What stands where there was one entry or none: once it is one change, or two entries, nothing is split that needs not be. */
function replaced(leaf: Leaf | undefined, run: Run, from: number, to: number, depth: number): HashTrie {
  const leaves: Leaf[] = [];
  let stays = leaf;
  for (let index = from; index < to; index += 1) {
    const place = run.order[index] ?? 0;
    const key = textOfWords(run.keys, place * hashWords);
    if (stays?.key === key) stays = undefined;
    const value = run.values[place];
    if (value !== undefined) leaves.push(leafOf(key, value));
  }
  if (stays !== undefined) leaves.push(stays);
  return built(leaves, depth);
}

function changed(node: HashTrie, run: Run, from: number, to: number, depth: number): HashTrie {
  if (from === to) return node;
  if (node?.kind !== 'branch' && to - from <= fewMax) return replaced(node, run, from, to, depth);
  const middle = split(run, from, to, depth);
  const [before, after] =
    node?.kind === 'branch' ? [node.left, node.right] : node === undefined || bitOf(node.key, depth) === 0 ? [node, undefined] : [undefined, node];
  const left = changed(before, run, from, middle, depth + 1);
  const right = changed(after, run, middle, to, depth + 1);
  // A lone leaf moves up, so that the shape after an erase is the shape without the entry.
  if (left === undefined && right?.kind !== 'branch') return right;
  if (right === undefined && left?.kind === 'leaf') return left;
  return branch(left, right);
}

/** So few changes are laid beside one entry; more of them are split first. */
const fewMax = 4;

/**
 * Writes values, or takes keys out where the value is undefined. O(n log n) for n changes: each node on their paths is made once, from below, and
 * hashed when it is. @param changes - each key once, in two parts that are read as one
 */
export function trieWith(trie: HashTrie, changes: readonly (readonly [table: string, name: string, value: JsonObject | undefined])[]): HashTrie {
  return changed(trie, runOf(changes), 0, changes.length, 0);
}

function hexOf(words: Int32Array, at: number): string {
  return toHex(bytesOfWords(words, at));
}

/** A kept hash as hexadecimal. */
function hexOfText(text: string): string {
  wordsOfText(text, pair, 0);
  return hexOf(pair, 0);
}

/** The root as 64 hexadecimal digits. O(1). */
export function trieRoot(trie: HashTrie): string {
  return hexOfText(trie?.hash ?? emptyHash);
}

/** A proof that a key has a value, or has none: the hashes beside the path, from the root down, and the leaf where the path ends. */
export interface StateProof {
  readonly siblings: readonly string[];
  /** The entry's hashes where the path ends at a leaf; absent where it ends in nothing. */
  readonly leaf?: { readonly keyHash: string; readonly valueHash: string };
}

/** Proves the presence or absence of a key. O(log n) after the root was computed. */
export function proveIn(trie: HashTrie, key: string): StateProof {
  const sought = hashOfKey(key, '');
  const siblings: string[] = [];
  let node = trie;
  for (let depth = 0; node?.kind === 'branch'; depth += 1) {
    const isLeft = bitAt(sought, 0, depth) === 0;
    siblings.push(hexOfText((isLeft ? node.right : node.left)?.hash ?? emptyHash));
    node = isLeft ? node.left : node.right;
  }
  return node === undefined ? { siblings } : { siblings, leaf: { keyHash: hexOfText(node.key), valueHash: valueHashOf(node.value) } };
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
  const sought = hashOfKey(claim.key, '');
  const { siblings, leaf: end } = claim.proof;
  if (siblings.length > 256) return false;
  const here = end !== undefined && end.keyHash === hexOf(sought, 0);
  if (here !== (value !== undefined)) return false;
  if (value !== undefined && end?.valueHash !== valueHashOf(value)) return false;
  const hash = new Int32Array(hashWords);
  if (end !== undefined) {
    if (!hexInto(end.keyHash, pair, 0) || !hexInto(end.valueHash, pair, hashWords)) return false;
    // A leaf of another key proves absence only on this key's own path.
    for (let depth = 0; depth < siblings.length; depth += 1) if (bitAt(pair, 0, depth) !== bitAt(sought, 0, depth)) return false;
    sha256OfPair(0x00, pair, hash, 0);
  }
  for (let depth = siblings.length - 1; depth >= 0; depth -= 1) {
    const isLeft = bitAt(sought, 0, depth) === 0;
    if (!hexInto(siblings[depth] ?? '', pair, isLeft ? hashWords : 0)) return false;
    pair.set(hash, isLeft ? 0 : hashWords);
    sha256OfPair(0x01, pair, hash, 0);
  }
  return hexOf(hash, 0) === claim.root;
}
