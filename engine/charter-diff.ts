// What an amendment changes: a semantic comparison of two Charters, down to single clauses. It names paths as the bylaws do and judges nothing:
// whether a change may be made is protection.ts's, what it means to people is for those who show it.
import type { Charter } from './bylaws.ts';
import type { Json, JsonObject } from './canonical.ts';
import { byCodeUnit, canonicalText, isList, isObject } from './canonical.ts';
import { jsonOf } from './case.ts';
import { textOf, textsOf } from './field.ts';

/**
 * One difference. `path` begins with the name of a declaration, then stages by name, then the word of the clause: `amendment.ballot.passes`.
 * `wordingOnly`: a title, which decides nothing (S88). `before` is absent for what is new, `after` for what is gone.
 */
export interface CharterChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly path: readonly string[];
  readonly wordingOnly: boolean;
  readonly before?: Json;
  readonly after?: Json;
}

/** Where a clause is kept in a Charter under another word than the one the bylaws use. */
const words: ReadonlyMap<string, string> = new Map([['quorums', 'quorum']]);

/** Lists whose members are named by themselves, so that the list needs no word of its own in a path. */
const unwritten: readonly string[] = ['stages', 'votes'];

/** Lists whose order has meaning: the first stage is the start (S16), the first right that allows, allows (S94). */
const ordered: readonly string[] = ['stages', 'rights'];

/** The words in a path for declarations that have no name of their own: how their lines begin, which no declaration is called. */
const nameless: ReadonlyMap<string, readonly string[]> = new Map([
  ['protections', ['protect']],
  ['properties', ['forbid', 'always', 'possible']],
]);

function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return canonicalText([left]) === canonicalText([right]);
}

/** Names of a list whose members all have one, each once; undefined for other lists. */
function namesOf(list: readonly Json[]): readonly string[] | undefined {
  const names = list.map((one) => (isObject(one) && typeof one['name'] === 'string' ? one['name'] : undefined));
  const known = names.filter((name) => name !== undefined);
  return known.length === list.length && new Set(known).size === list.length ? known : undefined;
}

function member(list: readonly Json[], name: string): Json | undefined {
  return list.find((one) => isObject(one) && one['name'] === name);
}

function whole(path: readonly string[], before: Json | undefined, after: Json | undefined, wordingOnly: boolean): CharterChange {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { kind, path, wordingOnly, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function inLists(path: readonly string[], key: string, before: readonly Json[], after: readonly Json[]): readonly CharterChange[] {
  const [old, fresh] = [namesOf(before), namesOf(after)];
  if (old === undefined || fresh === undefined) return same([...before], [...after]) ? [] : [whole(path, [...before], [...after], false)];
  const kept = old.filter((name) => fresh.includes(name));
  const changes = [...new Set([...old, ...fresh])].flatMap((name) => between([...path, name], member(before, name), member(after, name)));
  const isMoved = ordered.includes(key) && fresh.filter((name) => kept.includes(name)).some((name, place) => name !== kept[place]);
  // At the top an order is of the list of rights, not of a declaration: one may be called `order`, and one `rights`, but none `right`.
  const place = path.length === 0 ? ['right', 'order'] : [...path, 'order'];
  return isMoved ? [...changes, whole(place, [...old], [...fresh], false)] : changes;
}

function inObjects(path: readonly string[], before: JsonObject, after: JsonObject): readonly CharterChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  return keys.flatMap((key) => {
    const [old, fresh] = [before[key], after[key]];
    const inner = unwritten.includes(key) ? path : [...path, words.get(key) ?? key];
    if (isList(old) && isList(fresh)) return inLists(inner, key, old, fresh);
    if (key === 'title') return same(old, fresh) ? [] : [whole(inner, old, fresh, true)];
    return between(inner, old, fresh);
  });
}

function between(path: readonly string[], before: Json | undefined, after: Json | undefined): readonly CharterChange[] {
  if (same(before, after)) return [];
  const isSplit = isObject(before) && isObject(after) && before['kind'] === after['kind'];
  return isSplit ? inObjects(path, before, after) : [whole(path, before, after, false)];
}

/** The declarations that begin with a word, by what identifies them: protections by their paths, properties of a mode by their title. */
function labelled(word: string, list: readonly Json[]): readonly Json[] {
  const own = list.filter(isObject).filter(({ mode = word }) => mode === word);
  return own.map((one, place) => {
    const label = isList(one['paths']) ? one['paths'].map((path) => textsOf(path).join('.')).join(' ') : textOf(one['title']);
    const earlier = own.slice(0, place).filter((other) => same(other['paths'], one['paths']) && same(other['title'], one['title']));
    return { ...one, name: earlier.length === 0 ? label : `${label} ${earlier.length + 1}` };
  });
}

function unlabelled(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  const { name: _name, ...rest } = value;
  return rest;
}

/** A Charter as plain data, section by section. */
function sectionsOf(charter: Charter): ReadonlyMap<string, Json> {
  return new Map(Object.entries(charter).map(([name, section]) => [name, jsonOf(section)]));
}

/**
 * The differences between two Charters: sections of the Charter, in each the order of the old text. Empty for Charters that mean the same and have the
 * same titles; the order of declarations counts only where it has meaning. Pure. Source: language.md S59
 */
export function charterDiff(before: Charter, after: Charter): readonly CharterChange[] {
  const [old, fresh] = [sectionsOf(before), sectionsOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((section) => {
    const [left, right] = [old.get(section), fresh.get(section)];
    if (!isList(left) || !isList(right)) return between([section], left, right);
    const words = nameless.get(section);
    if (words === undefined) return inLists([], section, left, right);
    // Nothing inside such a declaration has a name of its own that could be taken for the label.
    return words
      .flatMap((word) => inLists([word], section, labelled(word, left), labelled(word, right)))
      .map((change) => whole(change.path, unlabelled(change.before), unlabelled(change.after), change.wordingOnly));
  });
}

function untitled(value: Json): Json {
  if (isList(value)) return value.map(untitled);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === 'title' ? [] : [[key, untitled(inner)]])));
}

/** True iff two Charters are the same bytes once their titles are blanked (S88). Pure. */
export function isWordingOnly(before: Charter, after: Charter): boolean {
  return same(untitled(jsonOf(before)), untitled(jsonOf(after)));
}

/** A path with the joint a vote stands in written out, as changes have it. Pure. */
export function fullPath(charter: Charter, path: readonly string[]): readonly string[] {
  const [head = '', second = '', ...rest] = path;
  const stages = charter.processes.find((process) => process.name === head)?.stages ?? [];
  const joint = stages.find((stage) => stage.kind === 'joint' && stage.votes.some((vote) => vote.name === second));
  return joint === undefined ? path : [head, joint.name, second, ...rest];
}

/** True iff a change touches what a path names: the thing itself, a part of it, or something it is a part of. Wording touches nothing. Pure. */
export function touches(change: CharterChange, path: readonly string[]): boolean {
  if (change.wordingOnly) return false;
  return path.every((part, place) => place >= change.path.length || change.path[place] === part);
}
