// A persistent map from text to JSON in the order of code units: a B+ tree whose versions share what they have in common. It knows no hashes.
import type { JsonObject } from './canonical.ts';

/** One run of writes. Nodes that it made itself it changes in place; all others it copies first, so older versions stay as they are. */
export interface WriteRun {
  readonly kind: 'write-run';
}

/** A leaf holds values; an inner node holds children, and for each child its least key. */
type TreeNode =
  | { readonly kind: 'leaf'; readonly run: WriteRun; readonly keys: string[]; readonly values: JsonObject[] }
  | { readonly kind: 'inner'; readonly run: WriteRun; readonly keys: string[]; readonly children: TreeNode[] };

/** A version of the map; undefined is the empty one. */
export type SortedTree = TreeNode | undefined;

/** Most keys of a node: a wide node makes the tree flat, a narrow one makes copies cheap. */
const widthMax = 32;

/** The place of the last key that is not after `key`; -1 where there is none. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Reads a value. O(log n). Pure. */
export function findIn(tree: SortedTree, key: string): JsonObject | undefined {
  let node = tree;
  while (node?.kind === 'inner') node = node.children[Math.max(0, placeOf(node.keys, key))];
  if (node === undefined) return undefined;
  const place = placeOf(node.keys, key);
  return place >= 0 && node.keys[place] === key ? node.values[place] : undefined;
}

function ownedBy(node: TreeNode, run: WriteRun): TreeNode {
  if (node.run === run) return node;
  return node.kind === 'leaf'
    ? { kind: 'leaf', run, keys: node.keys.slice(), values: node.values.slice() }
    : { kind: 'inner', run, keys: node.keys.slice(), children: node.children.slice() };
}

/** The upper half of a node that has grown too wide, cut off; undefined where it has not. */
function cutOff(node: TreeNode, run: WriteRun): TreeNode | undefined {
  if (node.keys.length <= widthMax) return undefined;
  const half = node.keys.length >> 1;
  const keys = node.keys.splice(half);
  return node.kind === 'leaf'
    ? { kind: 'leaf', run, keys, values: node.values.splice(half) }
    : { kind: 'inner', run, keys, children: node.children.splice(half) };
}

function put(node: TreeNode, key: string, value: JsonObject, run: WriteRun): TreeNode {
  const own = ownedBy(node, run);
  const place = placeOf(own.keys, key);
  if (own.kind === 'leaf') {
    if (place >= 0 && own.keys[place] === key) {
      own.values[place] = value;
    } else {
      own.keys.splice(place + 1, 0, key);
      own.values.splice(place + 1, 0, value);
    }
    return own;
  }
  const at = Math.max(0, place);
  const child = own.children[at];
  if (child === undefined) return own;
  const changed = put(child, key, value, run);
  own.children[at] = changed;
  if (place < 0) own.keys[0] = key;
  const upper = cutOff(changed, run);
  if (upper !== undefined) {
    own.keys.splice(at + 1, 0, upper.keys[0] ?? '');
    own.children.splice(at + 1, 0, upper);
  }
  return own;
}

/** Writes a value. O(log n); `run` must have been made for this line of writes alone. */
export function putInto(tree: SortedTree, key: string, value: JsonObject, run: WriteRun): SortedTree {
  if (tree === undefined) return { kind: 'leaf', run, keys: [key], values: [value] };
  const root = put(tree, key, value, run);
  const upper = cutOff(root, run);
  return upper === undefined ? root : { kind: 'inner', run, keys: [root.keys[0] ?? '', upper.keys[0] ?? ''], children: [root, upper] };
}

/** Removes a key; a node that loses its last key goes with it, others may stay narrow: depth never grows by removing. O(log n). */
export function removeFrom(tree: SortedTree, key: string, run: WriteRun): SortedTree {
  if (tree === undefined || findIn(tree, key) === undefined) return tree;
  const root = remove(tree, key, run);
  return root?.kind === 'inner' && root.children.length === 1 ? root.children[0] : root;
}

function remove(node: TreeNode, key: string, run: WriteRun): SortedTree {
  const own = ownedBy(node, run);
  const place = Math.max(0, placeOf(own.keys, key));
  if (own.kind === 'leaf') {
    own.keys.splice(place, 1);
    own.values.splice(place, 1);
  } else {
    const child = own.children[place];
    const left = child === undefined ? undefined : remove(child, key, run);
    if (left === undefined) {
      own.keys.splice(place, 1);
      own.children.splice(place, 1);
    } else {
      own.keys[place] = left.keys[0] ?? '';
      own.children[place] = left;
    }
  }
  return own.keys.length === 0 ? undefined : own;
}

/** Calls `take` for each entry from `from` on, ascending, until it answers false. O(log n + entries taken). */
export function walkFrom(tree: SortedTree, from: string, take: (key: string, value: JsonObject) => boolean): void {
  if (tree !== undefined) walk(tree, from, take);
}

function walk(node: TreeNode, from: string, take: (key: string, value: JsonObject) => boolean): boolean {
  const first = Math.max(0, placeOf(node.keys, from));
  for (let place = first; place < node.keys.length; place += 1) {
    const key = node.keys[place] ?? '';
    if (node.kind === 'inner') {
      const child = node.children[place];
      if (child !== undefined && !walk(child, place === first ? from : '', take)) return false;
      continue;
    }
    const value = node.values[place];
    if (key >= from && value !== undefined && !take(key, value)) return false;
  }
  return true;
}
