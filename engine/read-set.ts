// What a dapp was given of a state: the entries that its patterns name, and the root over them, by which an attestation holds for more than one candidate
// (node.md section 4, decision 0150). It knows no manifests: the patterns are what endorsers say.
import { contentKey, matchesPattern, percentEncoded } from './area.ts';
import type { Json, JsonObject } from './canonical.ts';
import { byCodeUnit, isList } from './canonical.ts';
import { trieRoot, trieWith } from './hash-trie.ts';
import type { State } from './state.ts';
import { entriesUnder } from './state.ts';

/** Patterns one manifest may name; each costs a walk over what it may match. */
export const readPatternsMax = 64;

/** Letters of all patterns together: an event has to stay within its size. */
const patternsLengthMax = 8_192;

/** Where the manifest of a dapp lies in the governed tree (node.md section 5.1). */
export function manifestPath(dapp: string): string {
  return `dapps/${dapp}.json`;
}

/**
 * True for patterns as events and manifests hold them: one to 64, ascending by code unit, each once, so that equal sets have equal bytes. A pattern that
 * begins with a slash is of state keys (`/role/member/*`), any other is of paths.
 */
export function areReadPatterns(value: Json | undefined): value is readonly string[] {
  if (!isList(value) || value.length === 0 || value.length > readPatternsMax) return false;
  let length = 0;
  return value.every((pattern, index) => {
    const before = value[index - 1];
    if (typeof pattern !== 'string' || pattern === '' || pattern === '/') return false;
    length += pattern.length;
    return length <= patternsLengthMax && (index === 0 || (typeof before === 'string' && byCodeUnit(before, pattern) < 0));
  });
}

/** True for a path that a dapp is given: one that its patterns match, and its manifest always. */
export function readsPath(dapp: string, patterns: readonly string[], path: string): boolean {
  return path === manifestPath(dapp) || patterns.some((pattern) => !pattern.startsWith('/') && matchesPattern(pattern, path));
}

/** The entries under keys that one pattern matches. Keys hold paths percent-encoded, so a pattern of paths is compared in the same form. */
function matching(state: State, pattern: string): readonly (readonly [key: string, value: JsonObject])[] {
  const inKeys = pattern.startsWith('/') ? pattern.slice(1) : `content/${percentEncoded(pattern).replaceAll('%2A', '*')}`;
  const literal = inKeys.includes('*') ? inKeys.slice(0, inKeys.indexOf('*')) : inKeys;
  // `a/**` matches `a` too (S51): the walk begins before the last slash.
  return entriesUnder(state, literal.endsWith('/') ? literal.slice(0, -1) : literal).filter(([key]) => matchesPattern(inKeys, key));
}

/** The entries of a state, beside governed files, that the patterns name. Ascending by key. Pure. */
export function stateRead(state: State, patterns: readonly string[]): readonly (readonly [key: string, value: JsonObject])[] {
  const found = new Map<string, JsonObject>();
  for (const pattern of patterns) if (pattern.startsWith('/')) for (const [key, value] of matching(state, pattern)) found.set(key, value);
  return [...found].sort(([left], [right]) => byCodeUnit(left, right));
}

/** The root over everything that a dapp with these patterns is given of a state, its manifest with it. O(entries matched). Pure. */
export function readsRoot(state: State, dapp: string, patterns: readonly string[]): string {
  const found = new Map<string, JsonObject>(entriesUnder(state, contentKey(manifestPath(dapp))).filter(([key]) => key === contentKey(manifestPath(dapp))));
  for (const pattern of patterns) for (const [key, value] of matching(state, pattern)) found.set(key, value);
  return trieRoot(
    trieWith(
      undefined,
      [...found].map(([key, value]) => ['', key, value] as const),
    ),
  );
}
