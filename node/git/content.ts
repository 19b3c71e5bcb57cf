// Governed content: the files of a commit, held against the tree policy of node.md section 3.5, and the trees of a merge. No rule of the bylaws.
import { decodeName, foldedName, nameFault, treeLimits } from './path-policy.ts';
import { blobObject, compareTreeEntries, contentHash, objectId, readCommitLinks, readTree, treeObject, type GitObject, type TreeEntry } from './object.ts';
import { mustRead, type Repository } from './repository.ts';

/** One governed file. `mode` is `100644` or `100755`; `id` is git's address of its bytes. */
export interface ContentFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

/** Files ascending by path bytes, or the first fault. */
export type ContentTree =
  | { readonly kind: 'ok'; readonly files: readonly ContentFile[] }
  | { readonly kind: 'refused'; readonly code: 'GDO2014'; readonly path: string; readonly reason: string };

const tooManyNames = `the tree names more than ${treeLimits.entriesCount} files`;

/** The id of the tree with nothing in it. */
export const emptyTree: string = objectId({ kind: 'tree', bytes: new Uint8Array(0) });

/** Walks the tree of a commit under the tree policy. @throws WorldError GDO5024 where an object is missing */
export async function contentTree(repository: Repository, commit: string): Promise<ContentTree> {
  const links = readCommitLinks(await mustRead(repository, commit, 'commit'));
  if (links === undefined) return { kind: 'refused', code: 'GDO2014', path: '', reason: `the commit ${commit} names no tree` };
  return walkTree(repository, links.tree);
}

/** Walks one tree under the tree policy. */
export async function walkTree(repository: Repository, tree: string): Promise<ContentTree> {
  const files: ContentFile[] = [];
  let entriesCount = 0;
  const refused = (path: string, reason: string): ContentTree => ({ kind: 'refused', code: 'GDO2014', path, reason });
  // A hostile tree names one folder many times: it is read and its names are judged once.
  const known = new Map<string, KnownFolder>();
  const open: { readonly id: string; readonly path: string; readonly depth: number }[] = [{ id: tree, path: '', depth: 1 }];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (folder.depth > treeLimits.depth) return refused(folder.path, `is nested deeper than ${treeLimits.depth}`);
    const inside = known.get(folder.id) ?? (await readFolder(repository, folder.id));
    known.set(folder.id, inside);
    if (inside.kind === 'refused') return refused(folder.path + inside.name, inside.reason);
    entriesCount += inside.entries.length;
    if (entriesCount > treeLimits.entriesCount) return refused(folder.path, tooManyNames);
    for (const entry of inside.entries) {
      const path = folder.path + entry.name;
      if (Buffer.byteLength(path, 'utf8') > treeLimits.pathBytes) return refused(path, `has a path longer than ${treeLimits.pathBytes} bytes`);
      if (entry.mode === '40000') open.push({ id: entry.id, path: `${path}/`, depth: folder.depth + 1 });
      else files.push({ path, mode: entry.mode, id: entry.id });
    }
  }
  return { kind: 'ok', files: files.toSorted((left, right) => comparePaths(left.path, right.path)) };
}

/** Compares paths by their UTF-8 bytes, as change sets are sorted. */
export function comparePaths(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
}

type KnownFolder =
  | { readonly kind: 'ok'; readonly entries: readonly { readonly mode: string; readonly name: string; readonly id: string }[] }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

async function readFolder(repository: Repository, id: string): Promise<KnownFolder> {
  const raw = id === emptyTree ? [] : readTree(await mustRead(repository, id, 'tree'));
  if (raw === undefined) return { kind: 'refused', name: '', reason: 'is no readable tree' };
  if (raw.length > treeLimits.entriesCount) return { kind: 'refused', name: '', reason: tooManyNames };
  const seen = new Set<string>();
  const entries: { readonly mode: string; readonly name: string; readonly id: string }[] = [];
  for (const [index, entry] of raw.entries()) {
    const name = decodeName(entry.name);
    if (name === undefined) return { kind: 'refused', name: '', reason: 'has a name that is not UTF-8' };
    const before = raw[index - 1];
    const isOutOfOrder = before !== undefined && compareTreeEntries(before, entry) >= 0;
    const fault = modeFault(entry.mode) ?? nameFault(name, entry.name.length) ?? (isOutOfOrder ? 'is out of order or twice in its folder' : undefined);
    if (fault !== undefined) return { kind: 'refused', name, reason: fault };
    if (seen.has(foldedName(name))) return { kind: 'refused', name, reason: 'has a neighbour of the same name in other case or form' };
    seen.add(foldedName(name));
    entries.push({ mode: entry.mode, name, id: entry.id });
  }
  return { kind: 'ok', entries };
}

function modeFault(mode: string): string | undefined {
  if (mode === '120000') return 'is a symbolic link';
  if (mode === '160000') return 'is a submodule';
  return mode === '40000' || mode === '100644' || mode === '100755' ? undefined : `has mode ${mode}`;
}

const hashes = new WeakMap<Repository, Map<string, string>>();

/** SHA-256 of files by git id, each read once per repository. */
export async function contentHashes(repository: Repository, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = hashes.get(repository) ?? new Map<string, string>();
  hashes.set(repository, known);
  await Promise.all([...new Set(ids)].filter((id) => !known.has(id)).map(async (id) => known.set(id, contentHash(await mustRead(repository, id, 'blob')))));
  return known;
}

/** A file's identity: `<mode>:<sha256>`, as change sets and the state write it. */
export function contentIdentity(file: ContentFile, known: ReadonlyMap<string, string>): string {
  return `${file.mode}:${known.get(file.id) ?? ''}`;
}

/** Pairs of path and `<mode>:<sha256>`, ascending by path bytes. */
export async function contentPairs(repository: Repository, files: readonly ContentFile[]): Promise<readonly (readonly [path: string, identity: string])[]> {
  const known = await contentHashes(
    repository,
    files.map((file) => file.id),
  );
  return files.map((file) => [file.path, contentIdentity(file, known)]);
}

/** Builds the trees of a list of files. @returns the root's id and every tree object, leaves first */
export function buildTrees(files: readonly ContentFile[]): { readonly root: string; readonly objects: readonly GitObject[] } {
  const objects: GitObject[] = [];
  const build = (inside: readonly ContentFile[], prefix: number): string => {
    const entries: TreeEntry[] = [];
    const folders = new Map<string, ContentFile[]>();
    for (const file of inside) {
      const rest = file.path.slice(prefix);
      const slash = rest.indexOf('/');
      if (slash < 0) entries.push({ mode: file.mode, name: Buffer.from(rest, 'utf8'), id: file.id });
      else {
        const members = folders.get(rest.slice(0, slash));
        if (members === undefined) folders.set(rest.slice(0, slash), [file]);
        else members.push(file);
      }
    }
    for (const [name, members] of folders) entries.push({ mode: '40000', name: Buffer.from(name, 'utf8'), id: build(members, prefix + name.length + 1) });
    const tree = treeObject(entries);
    objects.push(tree);
    return objectId(tree);
  };
  return { root: build(files, 0), objects };
}

/** A flat tree of named files with their objects: batches, statements, genesis. Paths may have one folder. */
export function filesAsTree(files: readonly (readonly [path: string, bytes: Uint8Array])[]): { readonly root: string; readonly objects: readonly GitObject[] } {
  const blobs = files.map(([, bytes]) => blobObject(bytes));
  const trees = buildTrees(files.map(([path], index) => ({ path, mode: '100644', id: objectId(blobs[index] ?? blobObject(new Uint8Array(0))) })));
  return { root: trees.root, objects: [...blobs, ...trees.objects] };
}
