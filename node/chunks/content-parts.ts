// Opens a content that lies in the repository and finds its chunks: manifest, parts, and the git id of each chunk. What it reads was made by anybody: every size is
// bounded, and each chunk is held against its name. It writes nothing.
import { hash } from 'node:crypto';
import { WorldError } from '../cli/command.ts';
import { readCommitLinks, readTree, type GitObject } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import { decodeManifest, hashAt, linesByName, placeOfName, type ChunkList, type ContentManifest } from './content-manifest.ts';
import { takeHex } from './hex-digits.ts';
import { passingBytes } from './passing-bytes.ts';
import { blobRefs } from './put-content.ts';

/** A content whose manifest is here. */
export interface OpenContent {
  readonly sha256: string;
  readonly commit: string;
  readonly size: number;
  readonly chunks: number;
  readonly manifest: ContentManifest;
  readonly tree: ReadonlyMap<string, string>;
}

/** A content, that there is none of this name here, or why it cannot be read at all. */
export type Opened = { readonly kind: 'ok'; readonly content: OpenContent } | { readonly kind: 'absent' } | { readonly kind: 'bad'; readonly reason: string };

/** Some chunks of a content, in order. `idOf`: git's id of a chunk, or undefined where no tree here names it. */
export interface ContentPart {
  readonly list: ChunkList;
  readonly idOf: (index: number) => string | undefined;
}

/** A chunk that was asked for: its bytes, or what is wrong with it. */
export type ReadChunk = { readonly kind: 'ok'; readonly bytes: Uint8Array } | { readonly kind: 'missing' | 'damaged' };

/** Chunks asked for at once: 2 MiB at most. */
const breadth = 32;
const [idBytes, nameBytes] = [20, 32];

/** Opens a content by the SHA-256 of its bytes. */
export async function openContent(repository: Repository, sha256: string): Promise<Opened> {
  const commit = await repository.resolve(`${blobRefs}/${sha256}`);
  return commit === undefined ? { kind: 'absent' } : openContentAt(repository, { sha256, commit });
}

/** Opens a content that no ref here need name. */
export async function openContentAt(
  repository: Repository,
  { sha256, commit }: Pick<OpenContent, 'sha256' | 'commit'>,
): Promise<Exclude<Opened, { readonly kind: 'absent' }>> {
  const bad = (reason: string): { readonly kind: 'bad'; readonly reason: string } => ({ kind: 'bad', reason });
  const links = readCommitLinks((await objectOf(repository, commit, 'commit'))?.bytes ?? new Uint8Array(0));
  const tree = links === undefined ? undefined : await folderOf(repository, links.tree);
  if (tree === undefined) return bad('its tree is not here');
  const manifest = await manifestOf(repository, tree);
  if (typeof manifest === 'string') return bad(manifest);
  if (manifest.kind === 'part' || manifest.sha256 !== sha256) return bad('its manifest is that of another content');
  return { kind: 'ok', content: { sha256, commit, size: manifest.size, chunks: manifest.chunks, manifest, tree } };
}

/** The trees of the parts of a content in order; none where its own manifest names its chunks. One that is not here is an empty text. */
export async function partTrees(repository: Repository, { manifest, tree }: OpenContent): Promise<readonly string[]> {
  if (manifest.kind === 'content') return [];
  const parts = await folderOf(repository, tree.get('p') ?? '');
  return Array.from({ length: manifest.list.count }, (_, index) => parts?.get(partName(index)) ?? '');
}

const partName = (index: number): string => String(index).padStart(4, '0');

/** Gives the parts of a content in order: what is missing of one has no ids. */
export async function* partsOf(repository: Repository, content: OpenContent): AsyncGenerator<ContentPart> {
  if (content.manifest.kind === 'content') {
    yield await partOf(repository, content.manifest.list, content.tree);
    return;
  }
  const { list } = content.manifest;
  for (const [index, id] of (await partTrees(repository, content)).entries()) {
    const tree = await folderOf(repository, id);
    const manifest = tree === undefined ? 'it is not here' : await manifestOf(repository, tree, hashAt(list, index));
    if (tree === undefined || typeof manifest === 'string' || manifest.kind !== 'part' || manifest.size !== list.sizes[index])
      throw new WorldError(
        'GDO4030',
        `Part ${index + 1} of ${list.count} of content ${content.sha256.slice(0, 12)} cannot be read`,
        'bring it from another copy:  gdo store verify --repair PEER',
      );
    yield await partOf(repository, manifest.list, tree);
  }
}

/** Reads chunks of a part in order, from one on. Each is held against its name. */
export async function* chunksOf(repository: Repository, part: ContentPart, from = 0): AsyncGenerator<ReadChunk> {
  const pass = passingBytes('buffers');
  for (let at = from; at < part.list.count; at += breadth) {
    const indexes = Array.from({ length: Math.min(breadth, part.list.count - at) }, (_, index) => at + index);
    const read = await Promise.all(indexes.map(async (index) => objectOrFault(repository, part.idOf(index))));
    for (const [place, index] of indexes.entries()) {
      const first = read[place];
      // One that cannot be read takes those with it that were asked for in the same breath.
      const object = first === 'fault' ? await objectOrFault(repository, part.idOf(index)) : first;
      pass(part.list.sizes[index] ?? 0);
      yield judged(object, part.list, index);
    }
  }
}

function judged(object: GitObject | 'fault' | undefined, list: ChunkList, index: number): ReadChunk {
  if (object === undefined) return { kind: 'missing' };
  if (object === 'fault' || object.bytes.length !== list.sizes[index]) return { kind: 'damaged' };
  return hash('sha256', object.bytes, 'buffer').equals(hashAt(list, index)) ? { kind: 'ok', bytes: object.bytes } : { kind: 'damaged' };
}

async function objectOrFault(repository: Repository, id: string | undefined): Promise<GitObject | 'fault' | undefined> {
  if (id === undefined) return undefined;
  try {
    return await repository.readChunk(id);
  } catch (error) {
    if (error instanceof WorldError) return 'fault';
    throw error;
  }
}

/** An object of one kind, or undefined where it is absent, damaged or another one. */
export async function objectOf(repository: Repository, id: string, kind: GitObject['kind']): Promise<GitObject | undefined> {
  const object = await objectOrFault(repository, /^[0-9a-f]{40}$/.test(id) ? id : undefined);
  return object !== undefined && object !== 'fault' && object.kind === kind ? object : undefined;
}

async function folderOf(repository: Repository, id: string): Promise<ReadonlyMap<string, string> | undefined> {
  const entries = readTree((await objectOf(repository, id, 'tree'))?.bytes ?? Buffer.from('-'));
  return entries && new Map(entries.map((entry) => [Buffer.from(entry.name).toString('latin1'), entry.id]));
}

async function manifestOf(repository: Repository, tree: ReadonlyMap<string, string>, name?: Buffer): Promise<ContentManifest | string> {
  const object = await objectOf(repository, tree.get('manifest') ?? '', 'blob');
  if (object === undefined) return 'its manifest is not here';
  if (name !== undefined && !hash('sha256', object.bytes, 'buffer').equals(name)) return 'its manifest is another one';
  return decodeManifest(object.bytes);
}

async function partOf(repository: Repository, list: ChunkList, tree: ReadonlyMap<string, string>): Promise<ContentPart> {
  const order = linesByName(list);
  const ids = Buffer.alloc(order.length * idBytes);
  const isHere = new Uint8Array(order.length);
  const name = Buffer.alloc(nameBytes);
  for (const [first, folder] of (await folderOf(repository, tree.get('c') ?? '')) ?? []) {
    if (first.length !== 2 || !takeHex(Buffer.from(first, 'latin1'), 0, { bytes: name, from: 0, count: 1 })) continue;
    const entries = readTree((await objectOf(repository, folder, 'tree'))?.bytes ?? Buffer.from('-'));
    for (const entry of entries ?? []) {
      const isName = entry.name.length === 2 * (name.length - 1) && takeHex(entry.name, 0, { bytes: name, from: 1, count: name.length - 1 });
      const place = isName ? placeOfName(list, order, name) : undefined;
      if (place === undefined) continue;
      ids.write(entry.id, place * idBytes, 'hex');
      isHere[place] = 1;
    }
  }
  return {
    list,
    idOf: (index) => {
      const place = placeOfName(list, order, hashAt(list, index)) ?? 0;
      return isHere[place] === 1 ? ids.toString('hex', place * idBytes, (place + 1) * idBytes) : undefined;
    },
  };
}
