// The state of an organization: a map from ASCII keys to canonical JSON, ordered for reading and hashed for its root (ledger.md section 13). Every
// version stays valid. It knows no meaning of keys.
//
// The newest version of a line is a table of what was read and written lately, before a tree that holds the rest; older ones remember what the
// next newer one changed. A write therefore costs a table's write. Tree and trie catch up when an order or a root is asked for (decision 0070).
import type { JsonObject } from './canonical.ts';
import type { HashTrie, StateProof } from './hash-trie.ts';
import { proveIn, trieRoot, trieWith } from './hash-trie.ts';
import { invariant } from './invariant.ts';
import type { SortedTree, WriteRun } from './sorted-tree.ts';
import { findIn, putInto, removeFrom, walkFrom } from './sorted-tree.ts';

/** What was written, in this order: a key is a table and a name in it. The trie has none of it, and `before` comes first where it is there. */
interface Log {
  readonly before: { readonly log: Log; readonly end: number } | undefined;
  readonly tables: string[];
  readonly names: string[];
}

/** One table by name; undefined is a key that is gone, which the tree may still have. */
interface Rows {
  readonly byName: Map<string, JsonObject | undefined>;
  /** The tree has nothing of this table that is not here: nothing needs to be looked for there. */
  readonly isWhole: boolean;
}

/** What the newest version of a line works on. Tables hold every key of the log, and may hold others as the tree has them. */
interface Live {
  readonly tables: Map<string, Rows>;
  tree: SortedTree;
  /** How much of the log the tree has. */
  mark: number;
  log: Log;
  /** Without anything of the log. */
  trie: HashTrie;
}

/** A version as tree and trie; the trie lacks the first `end` writes of the log. */
interface Settled {
  readonly tree: SortedTree;
  log: Log | undefined;
  readonly end: number;
  trie: HashTrie;
}

/**
 * An immutable version of the state in one of three forms: live, the newest of its line; settled, with a tree of its own; or older, which is the
 * version `newer` but for one key. Which one it is is nobody's business but this file's, and changes nothing that is read.
 */
export interface State {
  readonly count: number;
  live: Live | undefined;
  settled: Settled | undefined;
  newer: State | undefined;
  /** The key in which this version and the newer one differ, and its value here. */
  table: string;
  name: string;
  value: JsonObject | undefined;
}

/** The state without entries; its root is 32 zero bytes. */
export const emptyState: State = {
  count: 0,
  live: undefined,
  settled: { tree: undefined, log: undefined, end: 0, trie: undefined },
  newer: undefined,
  table: '',
  name: '',
  value: undefined,
};

/** Steps back that are taken in place. A version that is further behind becomes a tree of its own, so that two lines never rewind each other for long. */
const stepsBackMax = 64;

function tableOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

/** Gives a version a table of its own to work on: the newest one's, rewound, or a new one before its tree. */
function enliven(state: State): Live {
  if (state.live !== undefined) return state.live;
  const passed: State[] = [];
  let at = state;
  while (at.live === undefined && at.settled === undefined) {
    invariant(at.newer !== undefined, 'a version is live, settled, or remembers the next newer one');
    passed.push(at);
    at = at.newer;
  }
  // A settled version keeps its table: it is most likely the one that goes on.
  const live = at.settled === undefined && at.live !== undefined ? at.live : liveFrom(at.settled);
  for (const older of passed.toReversed()) rewind(live, older);
  state.live = live;
  if (passed.length > stepsBackMax) settle(state);
  return live;
}

function liveFrom(settled: Settled | undefined): Live {
  const before = settled?.log === undefined ? undefined : { log: settled.log, end: settled.end };
  return { tables: new Map(), tree: settled?.tree, mark: 0, log: emptyLog(before), trie: settled?.trie };
}

function emptyLog(before: Log['before']): Log {
  return { before, tables: [], names: [] };
}

/** One step back: the table takes the older version's value, and the newer one remembers its own. */
function rewind(live: Live, older: State): void {
  const { newer, table, name, value } = older;
  invariant(newer !== undefined, 'an older version names the next newer one');
  if (newer.settled === undefined) {
    newer.newer = older;
    newer.table = table;
    newer.name = name;
    newer.value = lookup(live, table, name);
    newer.live = undefined;
  }
  rowsOf(live, table).byName.set(name, value);
  note(live, table, name);
  older.newer = undefined;
  older.value = undefined;
}

function lookup(live: Live, table: string, name: string): JsonObject | undefined {
  const rows = live.tables.get(table);
  return rows === undefined ? fromTree(live, table, name, undefined) : lookupIn(live, rows, table, name);
}

function lookupIn(live: Live, rows: Rows, table: string, name: string): JsonObject | undefined {
  const known = rows.byName.get(name);
  return known !== undefined || rows.isWhole || live.tree === undefined || rows.byName.has(name) ? known : fromTree(live, table, name, rows);
}

/** What the tree has is kept in its table; what is nowhere is not, so that made-up keys leave nothing behind. */
function fromTree(live: Live, table: string, name: string, rows: Rows | undefined): JsonObject | undefined {
  const found = findIn(live.tree, table + name);
  if (found !== undefined) (rows ?? rowsOf(live, table)).byName.set(name, found);
  return found;
}

function rowsOf(live: Live, table: string): Rows {
  const known = live.tables.get(table);
  if (known !== undefined) return known;
  const made: Rows = { byName: new Map(), isWhole: !hasUnder(live.tree, table) };
  live.tables.set(table, made);
  return made;
}

function hasUnder(tree: SortedTree, prefix: string): boolean {
  let found = false;
  walkFrom(tree, prefix, (key) => {
    found = key.startsWith(prefix);
    return false;
  });
  return found;
}

function note(live: Live, table: string, name: string): void {
  live.log.tables.push(table);
  live.log.names.push(name);
}

function changed(state: State, table: string, name: string, value: JsonObject | undefined): State {
  const live = enliven(state);
  const rows = rowsOf(live, table);
  const old = lookupIn(live, rows, table, name);
  if (old === undefined && value === undefined) return state;
  rows.byName.set(name, value);
  note(live, table, name);
  const count = state.count + (value === undefined ? 0 : 1) - (old === undefined ? 0 : 1);
  const next: State = { count, live, settled: undefined, newer: undefined, table, name, value: undefined };
  state.live = undefined;
  if (state.settled === undefined) {
    state.newer = next;
    state.table = table;
    state.name = name;
    state.value = old;
  }
  return next;
}

/** Brings the tree up to a version. O(writes since the tree was last up to date, times log n). */
function settle(state: State): Settled {
  if (state.settled !== undefined) return state.settled;
  const live = enliven(state);
  if (state.settled !== undefined) return state.settled;
  const run: WriteRun = { kind: 'write-run' };
  const { log } = live;
  for (; live.mark < log.names.length; live.mark += 1) {
    const [table = '', name = ''] = [log.tables[live.mark], log.names[live.mark]];
    const value = lookup(live, table, name);
    live.tree = value === undefined ? removeFrom(live.tree, table + name, run) : putInto(live.tree, table + name, value, run);
  }
  state.settled = { tree: live.tree, log, end: live.mark, trie: live.trie };
  return state.settled;
}

/** Brings the trie up to a version. O(writes since the last root, times log n). */
function hashed(state: State): HashTrie {
  const settled = settle(state);
  if (settled.log === undefined) return settled.trie;
  const { live } = state;
  const done = new Map<string, Set<string>>();
  const changes: [string, string, JsonObject | undefined][] = [];
  let part: Log['before'] = { log: settled.log, end: settled.end };
  for (; part !== undefined; part = part.log.before) {
    for (let index = 0; index < part.end; index += 1) {
      const [table, name] = [part.log.tables[index] ?? '', part.log.names[index] ?? ''];
      const names = done.get(table) ?? new Set<string>();
      if (names.size === 0) done.set(table, names);
      if (names.has(name)) continue;
      names.add(name);
      changes.push([table, name, live === undefined ? findIn(settled.tree, table + name) : lookup(live, table, name)]);
    }
  }
  settled.trie = trieWith(settled.trie, changes);
  if (live !== undefined && live.log === settled.log && live.log.names.length === settled.end) {
    live.trie = settled.trie;
    live.log = emptyLog(undefined);
    live.mark = 0;
  }
  settled.log = undefined;
  return settled.trie;
}

/** Reads the value of a key that is a table's, such as `member/`, and a name in it, which has no slash. As `readEntry` of both together. */
export function readRow(state: State, table: string, name: string): JsonObject | undefined {
  if (state.live === undefined && state.settled !== undefined) return findIn(state.settled.tree, table + name);
  return lookup(enliven(state), table, name);
}

/** Writes a value under a table and a name. As `writeEntry` of both together. */
export function writeRow(state: State, table: string, name: string, value: JsonObject): State {
  return changed(state, table, name, value);
}

/** Reads the value of a key. O(log n), and O(1) for what was read or written lately. */
export function readEntry(state: State, key: string): JsonObject | undefined {
  const table = tableOf(key);
  return readRow(state, table, key.slice(table.length));
}

/** Writes a value; the old version stays as it was. O(log n). @param key - printable ASCII */
export function writeEntry(state: State, key: string, value: JsonObject): State {
  const table = tableOf(key);
  return changed(state, table, key.slice(table.length), value);
}

/** Removes a key; a key that is not there changes nothing. O(log n). */
export function eraseEntry(state: State, key: string): State {
  const table = tableOf(key);
  return changed(state, table, key.slice(table.length), undefined);
}

/** Entries whose key starts with a prefix, ascending by key. O(log n + result), and once what was written since the last such question. */
export function entriesUnder(state: State, prefix: string): readonly (readonly [key: string, value: JsonObject])[] {
  const found: (readonly [string, JsonObject])[] = [];
  walkFrom(settle(state).tree, prefix, (key, value) => {
    if (!key.startsWith(prefix)) return false;
    found.push([key, value]);
    return true;
  });
  return found;
}

/** Keys with a prefix up to a key and with it, ascending. O(log n + result). */
export function keysUntil(state: State, prefix: string, last: string): readonly string[] {
  const found: string[] = [];
  walkFrom(settle(state).tree, prefix, (key) => {
    if (!key.startsWith(prefix) || key > last) return false;
    found.push(key);
    return true;
  });
  return found;
}

/** The first key with a prefix, at `from` or after it. O(log n). */
export function firstKeyUnder(state: State, prefix: string, from: string = prefix): string | undefined {
  let first: string | undefined;
  walkFrom(settle(state).tree, from, (key) => {
    first = key.startsWith(prefix) ? key : undefined;
    return false;
  });
  return first;
}

/** How many entries the state has. O(1). */
export function entryCount(state: State): number {
  return state.count;
}

/** The root over all entries, 64 hexadecimal digits. O(changes since the last root). Source: ledger.md section 13 */
export function stateRoot(state: State): string {
  return trieRoot(hashed(state));
}

/** The root over the entries under one prefix, such as `content/`. O(entries under it). */
export function rootUnder(state: State, prefix: string): string {
  const entries = entriesUnder(state, prefix).map(([key, value]) => ['', key, value] as const);
  return trieRoot(trieWith(undefined, entries));
}

/** Proves the presence or absence of a key against the root. O(log n) after the root was computed. */
export function proveEntry(state: State, key: string): StateProof {
  return proveIn(hashed(state), key);
}
