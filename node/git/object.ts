// Git objects as bytes: ids and trees. No process is started and no rule of the ledger is known here.
import { createHash, hash } from 'node:crypto';

/** The kinds of git objects that gdo reads. */
export type ObjectKind = 'blob' | 'tree' | 'commit' | 'tag';

/** One object, whole. */
export interface GitObject {
  readonly kind: ObjectKind;
  readonly bytes: Uint8Array;
}

/** One line of a tree. `mode` without leading zero, such as `100644` or `40000`; `name` is raw bytes because git allows any. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: Uint8Array;
  readonly id: string;
}

const copiedBytesMax = 16_384;
/** The kind and the size in front of an object: `commit 16384` and a zero byte. */
const headBytesMax = 16;
/** Written before it is read. */
const room = Buffer.allocUnsafe(headBytesMax + copiedBytesMax);

/** Git's SHA-1 address of an object: an address, never an identity (ledger.md section 1). Pure. */
export function objectId(object: GitObject): string {
  const { kind, bytes } = object;
  // Small ones cost less in one call, where they are copied behind their head.
  if (bytes.length <= copiedBytesMax) {
    const from = room.write(`${kind} ${bytes.length}\0`, 'latin1');
    room.set(bytes, from);
    return hash('sha1', room.subarray(0, from + bytes.length));
  }
  return createHash('sha1').update(`${object.kind} ${object.bytes.length}\0`, 'latin1').update(object.bytes).digest('hex');
}

/** SHA-256 of file content as 64 hex digits: what change sets bind. */
export function contentHash(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}

/** Reads a tree. @returns entries in stored order, or undefined where the bytes are no tree */
export function readTree(bytes: Uint8Array): readonly TreeEntry[] | undefined {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    const zero = space < 0 ? -1 : bytes.indexOf(0, space + 1);
    if (zero < 0 || zero + 21 > bytes.length) return undefined;
    entries.push({
      mode: Buffer.from(bytes.subarray(at, space)).toString('latin1'),
      name: bytes.subarray(space + 1, zero),
      id: Buffer.from(bytes.subarray(zero + 1, zero + 21)).toString('hex'),
    });
    at = zero + 21;
  }
  return entries;
}

/** Compares tree entries as git sorts them: bytes of the name, a folder as if it ended in `/`. */
export function compareTreeEntries(left: TreeEntry, right: TreeEntry): number {
  return Buffer.compare(sortName(left), sortName(right));
}

function sortName(entry: TreeEntry): Uint8Array {
  return entry.mode === '40000' ? Buffer.concat([entry.name, Buffer.from('/')]) : entry.name;
}

/** Writes a tree, sorted as git wants it. */
export function treeObject(entries: readonly TreeEntry[]): GitObject {
  const parts = entries
    .toSorted(compareTreeEntries)
    .flatMap((entry) => [Buffer.from(`${entry.mode} `, 'latin1'), entry.name, Buffer.from([0]), Buffer.from(entry.id, 'hex')]);
  return { kind: 'tree', bytes: Buffer.concat(parts) };
}

/** A file as an object. */
export function blobObject(bytes: Uint8Array): GitObject {
  return { kind: 'blob', bytes };
}

/** An unsigned commit as the ledger writes them: one person line for author and committer, message as given. */
export function plainCommit(input: {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly person: string;
  readonly seconds: number;
  readonly message: string;
}): GitObject {
  const who = `${input.person} ${input.seconds} +0000`;
  const lines = [`tree ${input.tree}`, ...input.parents.map((parent) => `parent ${parent}`), `author ${who}`, `committer ${who}`];
  return { kind: 'commit', bytes: Buffer.from(`${lines.join('\n')}\n\n${input.message}`, 'utf8') };
}

/** The tree and the parents that a commit's header names; lenient, for content commits that other tools wrote. */
export function readCommitLinks(bytes: Uint8Array): { readonly tree: string; readonly parents: readonly string[] } | undefined {
  const header = Buffer.from(bytes).toString('latin1').split('\n\n', 1)[0] ?? '';
  const lines = header.split('\n');
  const tree = /^tree ([0-9a-f]{40})$/.exec(lines[0] ?? '')?.[1];
  if (tree === undefined) return undefined;
  const parents: string[] = [];
  for (const line of lines.slice(1)) {
    const parent = /^parent ([0-9a-f]{40})$/.exec(line)?.[1];
    if (parent === undefined) break;
    parents.push(parent);
  }
  return { tree, parents };
}

/** Ids of the objects that an object names and that its own repository holds. A tag is not followed: no ledger has one. */
export function linksOf(object: GitObject): readonly string[] {
  switch (object.kind) {
    case 'commit': {
      const links = readCommitLinks(object.bytes);
      return links === undefined ? [] : [links.tree, ...links.parents];
    }
    case 'tree':
      // A submodule's commit (mode 160000) lies in another repository.
      return (readTree(object.bytes) ?? []).flatMap((entry) => (entry.mode === '160000' ? [] : [entry.id]));
    case 'blob':
    case 'tag':
      return [];
  }
}
