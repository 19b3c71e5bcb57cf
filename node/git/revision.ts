// Reads the names of objects that people and commands write, gitrevisions(7) as far as gdo needs it: `HEAD`, `main`, an id or its beginning, with `^{commit}`, `~2`, `^1`
// or `:path` behind it.
import { readCommitLinks, readTree } from './object.ts';
import type { GitObject } from './object.ts';

/** What names are looked up in. */
export interface RevisionSource {
  readonly ref: (name: string) => string | undefined;
  readonly expand: (digits: string) => Promise<string | undefined>;
  readonly read: (id: string) => Promise<GitObject | undefined>;
}

/** A tag may point at a tag; nobody nests them deeper. */
const tagDepthMax = 10;

/** The places where git looks for a short name, in its order. */
const places: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `refs/${name}`,
  (name) => `refs/tags/${name}`,
  (name) => `refs/heads/${name}`,
  (name) => `refs/remotes/${name}`,
  (name) => `refs/remotes/${name}/HEAD`,
];

/** Finds the id that a name means. @returns undefined where it means nothing here, or something that gdo does not read */
export async function findRevision(source: RevisionSource, name: string): Promise<string | undefined> {
  const colon = name.indexOf(':');
  const front = colon < 0 ? name : name.slice(0, colon);
  const match = /^([^~^]+)((?:\^\{[a-z]*\}|\^[0-9]*|~[0-9]*)*)$/.exec(front);
  if (match === null) return undefined;
  let id = await start(source, match[1] ?? '');
  for (const [step = ''] of (match[2] ?? '').matchAll(/\^\{[a-z]*\}|\^[0-9]*|~[0-9]*/g)) if (id !== undefined) id = await follow(source, id, step);
  return id === undefined || colon < 0 ? id : entryOf(source, id, name.slice(colon + 1));
}

async function start(source: RevisionSource, word: string): Promise<string | undefined> {
  if (/^[0-9a-f]{40}$/.test(word)) return word;
  for (const place of places) {
    const full = place(word);
    const found = full.startsWith('refs/') || /^[A-Z_]+$/.test(full) ? source.ref(full) : undefined;
    if (found !== undefined) return found;
  }
  return /^[0-9a-f]{4,39}$/.test(word) ? source.expand(word) : undefined;
}

async function follow(source: RevisionSource, id: string, step: string): Promise<string | undefined> {
  const kind = /^\^\{([a-z]*)\}$/.exec(step)?.[1];
  if (kind !== undefined) return peel(source, id, kind);
  const commit = await peel(source, id, 'commit');
  const number = step.length === 1 ? 1 : Number(step.slice(1));
  if (step.startsWith('^')) return number === 0 ? commit : parentOf(source, commit, number);
  let at = commit;
  for (let back = 0; back < number && at !== undefined; back += 1) at = await parentOf(source, at, 1);
  return at;
}

async function parentOf(source: RevisionSource, commit: string | undefined, number: number): Promise<string | undefined> {
  const object = commit === undefined ? undefined : await source.read(commit);
  return object === undefined ? undefined : readCommitLinks(object.bytes)?.parents[number - 1];
}

/** Follows tags, and from a commit to its tree where a tree is wanted. An empty kind means: whatever the tag is on. */
async function peel(source: RevisionSource, id: string, kind: string): Promise<string | undefined> {
  let at = id;
  for (let depth = 0; depth < tagDepthMax; depth += 1) {
    const object = await source.read(at);
    if (object === undefined) return undefined;
    if (object.kind === kind || (kind === '' && object.kind !== 'tag')) return at;
    const next =
      object.kind === 'tag'
        ? /^object ([0-9a-f]{40})\n/.exec(Buffer.from(object.bytes).toString('latin1'))?.[1]
        : object.kind === 'commit' && kind === 'tree'
          ? readCommitLinks(object.bytes)?.tree
          : undefined;
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

async function entryOf(source: RevisionSource, id: string, path: string): Promise<string | undefined> {
  let at = await peel(source, id, 'tree');
  for (const part of path.split('/').filter((one) => one !== '')) {
    const object = at === undefined ? undefined : await source.read(at);
    if (object?.kind !== 'tree') return undefined;
    at = readTree(object.bytes)?.find((entry) => Buffer.from(entry.name).toString('utf8') === part)?.id;
  }
  return at;
}
