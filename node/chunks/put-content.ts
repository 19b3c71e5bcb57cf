// Puts a content into a repository: cut, hashed, written where it is new, and visible as a whole when its ref moves (node.md section 6). Nothing is held whole.
import { hash } from 'node:crypto';
import { cutterName } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { commonDirectory } from '../git/git-place.ts';
import { objectId, plainCommit, treeObject, type GitObject, type TreeEntry } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import { beginFollowing, liesHere, type FileStretch, type Following } from './follow-content.ts';
import { ChunkLines, contentBytesMax, copySum, encodeManifest, linesByName, linesMax, type SumPlace } from './content-manifest.ts';
import { beginCut, type BegunCut, type ByteSource, type CutChunk } from './cut-source.ts';
import { besidePruning } from './content-turn.ts';
import type { ReadAs } from './content-trail.ts';
import { putHex } from './hex-digits.ts';
import { NotedIds } from './noted-ids.ts';
import { ObjectSink } from './object-sink.ts';
import { passingBytes } from './passing-bytes.ts';
import { sideThread } from './side-thread.ts';
import { TrailWriter } from './trail-writer.ts';

/** The folder of refs under which contents lie, each named by the SHA-256 of its bytes. */
export const blobRefs = 'refs/gdo/blob' as const;
/** Of the chunks that the cutter makes (`gear-1`), some less. */
const meanChunkBytes = 8_000;

/** What came of it. `new*`: what was not packed here before. */
export interface PutContent {
  readonly sha256: string;
  readonly size: number;
  readonly chunks: number;
  readonly commit: string;
  readonly isNew: boolean;
  readonly newObjects: number;
  readonly newBytes: number;
}

/**
 * What a content is cut from. `bytesCount`: how much will come, where that is known before; `stretch`: where the same bytes can be read without the source, which is then not
 * read if they are a content that lies here. `linesMost`: chunks per manifest, less than usual in tests. `readAs`: what the source is held against while it is read.
 */
export interface PutRequest {
  readonly source: ByteSource;
  readonly bytesCount?: number | undefined;
  readonly stretch?: FileStretch | undefined;
  readonly readAs?: ReadAs;
  readonly linesMost?: number;
  /** Who names the content: a caller does who holds the lock of `besidePruning` until then. The put itself where nothing is said. */
  readonly naming?: 'by caller';
  /** Hears the SHA-256 before anything names the content, and whether the source was read, and may throw. */
  readonly accept?: (sha256: string, isRead: boolean) => void;
  /** Hears how many bytes are done. */
  readonly progress?: (bytesCount: number) => void;
}

/**
 * Puts a content. A process that is killed leaves nothing visible; what it had packed is found by the next attempt.
 * @throws WorldError GDO4011 over 64 GiB, GDO5024 where the repository was cleaned up meanwhile
 */
export async function putContent(repository: Repository, request: PutRequest): Promise<PutContent> {
  const { stretch, readAs = 'bytes', bytesCount = 0, progress } = request;
  const thread = sideThread();
  const following = stretch === undefined ? undefined : beginFollowing(commonDirectory(repository.gitDirectory), { stretch, readAs, thread, progress });
  // The thread starts before the lock is asked for.
  const cut = following === undefined ? beginCut(bytesCount, thread) : undefined;
  let isEnded: Promise<void> | undefined;
  try {
    return await besidePruning(repository, async () => {
      const followed = following === undefined ? undefined : await putFollowed(repository, following, request);
      await following?.end();
      const put = followed ?? (await putWhole(repository, cut ?? beginCut(bytesCount, thread), request));
      // While the lock is given back.
      isEnded = thread.end();
      return put;
    });
  } finally {
    await following?.end();
    await (isEnded ?? thread.end());
  }
}

/** Names a content that lies here already. @returns undefined where it has to be cut */
async function putFollowed(repository: Repository, following: Following, { accept, progress }: PutRequest): Promise<PutContent | undefined> {
  const trail = await following.chosen;
  if (trail === undefined) return undefined;
  const { sha256, size, chunks, commit } = trail;
  const ref = `${blobRefs}/${sha256}`;
  // Git answers while others compare; what fails is heard below.
  const named = repository.resolve(ref);
  named.catch(() => undefined);
  if (!(await liesHere(repository, commonDirectory(repository.gitDirectory), trail)) || !(await following.isSame)) return undefined;
  progress?.(size);
  accept?.(sha256, false);
  const isNew = await pointAt(repository, { ref, old: await named, next: commit });
  trail.used();
  return { sha256, size, chunks, commit, isNew, newObjects: 0, newBytes: 0 };
}

async function putWhole(
  repository: Repository,
  cut: BegunCut,
  { source, bytesCount = 0, progress, accept, readAs = 'bytes', linesMost = linesMax, naming }: PutRequest,
): Promise<PutContent> {
  const common = commonDirectory(repository.gitDirectory);
  const noted = new NotedIds(common);
  const trail = new TrailWriter(common);
  const sink = new ObjectSink(repository, Math.floor(bytesCount / meanChunkBytes));
  const parts = new PartsOf({ sink, notes: [noted, trail], linesMost });
  const pass = passingBytes('seen');
  let total = 0;
  try {
    const sha256 = await cut.run(source, {
      read: (bytesCount) => {
        total += bytesCount;
        if (total > contentBytesMax) throw new WorldError('GDO4011', 'A content has at most 64 GiB', 'put it in several files');
        pass(bytesCount);
        progress?.(total);
      },
      wantsIds: () => parts.wantsIds(),
      chunk: (chunk, cutter) => parts.take(chunk, cutter),
    });
    accept?.(sha256, true);
    const ref = `${blobRefs}/${sha256}`;
    // Git answers while the trees are made; what fails is heard below.
    const found = repository.resolve(ref);
    found.catch(() => undefined);
    const tree = parts.finish(sha256, total);
    const commit = contentCommit({ tree, sha256 });
    const id = write(sink, commit);
    trail.other(id);
    await sink.close();
    noted.keep();
    if (sink.hasLostPacks())
      throw new WorldError('GDO5024', 'The repository was packed anew while a content was put', 'run the same command again: it goes on where it was');
    const old = await found;
    const isNew = naming === 'by caller' ? old === undefined : await pointAt(repository, { ref, old, next: id });
    // A trail leads to what a put with the usual manifests makes.
    if (linesMost === linesMax) trail.keep({ sha256, readAs, places: sink.places() });
    return { sha256, size: total, chunks: parts.chunks, commit: id, isNew, newObjects: sink.written.objects, newBytes: sink.written.bytes };
  } finally {
    trail.discard();
    noted.discard();
    sink.end();
  }
}

/** The commit of a content: the same bytes on every node (node.md section 6). */
export function contentCommit({ tree, sha256 }: { readonly tree: string; readonly sha256: string }): GitObject {
  return plainCommit({ tree, parents: [], person: 'gdo <gdo@invalid>', seconds: 0, message: `Content ${sha256}\n` });
}

/** @returns whether the ref was not there before */
async function pointAt(repository: Repository, move: { readonly ref: string; readonly old: string | undefined; readonly next: string }): Promise<boolean> {
  if (move.old === move.next) return false;
  const moved = await repository.updateRefs([move]);
  if (moved.kind === 'ok') return true;
  // Another process put the same bytes at the same time.
  if ((await repository.resolve(move.ref)) === move.next) return false;
  throw new WorldError('GDO5024', `The content could not be named: ${moved.reason}`, 'run the same command again');
}

function write(sink: ObjectSink, object: GitObject): string {
  const id = objectId(object);
  sink.add(object.kind, object.bytes, Buffer.from(id, 'hex'));
  return id;
}

/** The chunks of a content as they come, in parts of as many as one manifest names. */
class PartsOf {
  chunks = 0;
  private cutter: string = cutterName;
  private readonly sink: ObjectSink;
  private readonly noted: NotedIds;
  private readonly trail: TrailWriter;
  private readonly linesMost: number;
  private readonly pass = passingBytes('buffers');
  /** Of the chunks since ids were last asked about: how many there were, and how many were not here. */
  private heard = 0;
  private fresh = 0;
  private areFresh: boolean;
  private readonly lines = new ChunkLines();
  private readonly ids: Buffer = Buffer.alloc(linesMax * 20);
  /** The parts before this one. Most contents have none. */
  private large: ChunkLines | undefined;
  private readonly folders: TreeEntry[] = [];

  constructor({ sink, notes, linesMost }: { readonly sink: ObjectSink; readonly notes: readonly [NotedIds, TrailWriter]; readonly linesMost: number }) {
    const [noted, trail] = notes;
    this.sink = sink;
    this.noted = noted;
    this.trail = trail;
    this.linesMost = linesMost;
    this.areFresh = noted.isEmpty();
  }

  /** Whether most chunks that come are new, so that the note of ids has few of them: other threads have the time to hash them then. */
  wantsIds(): boolean {
    if (this.heard > 0) this.areFresh = 2 * this.fresh > this.heard;
    this.heard = 0;
    this.fresh = 0;
    return this.areFresh;
  }

  take({ memory, from, end, name: at, id: made }: CutChunk, cutter: string): void {
    this.cutter = cutter;
    if (this.lines.count === this.linesMost) this.closePart();
    const [name, id] = [
      { bytes: memory, at },
      { bytes: this.ids, at: this.lines.count * idBytes },
    ];
    this.lines.add(name, end - from);
    this.chunks += 1;
    this.heard += 1;
    const isKnown = made === undefined && this.noted.find(name, id) && this.sink.has(id);
    if (!isKnown) this.store({ memory, from, end, id: made }, name, id);
    this.trail.chunk(name, id, end - from);
  }

  private store({ memory, from, end, id: made }: Omit<CutChunk, 'name'>, name: SumPlace, id: SumPlace): void {
    const bytes = memory.subarray(from, end);
    if (made === undefined) this.ids.write(objectId({ kind: 'blob', bytes }), id.at, 'hex');
    else copySum({ bytes: memory, at: made }, id, idBytes);
    this.noted.note(name, id);
    if (!this.sink.add('blob', bytes, this.ids.subarray(id.at, id.at + idBytes))) return;
    this.fresh += 1;
    this.pass(end - from);
  }

  /** @returns the tree of the whole content */
  finish(sha256: string, size: number): string {
    const { chunks, cutter, lines, large } = this;
    const head = { cutter, chunks, sha256, size };
    if (large === undefined) return this.tree(encodeManifest({ ...head, kind: 'content', list: lines }), this.chunkTree());
    this.closePart();
    const parts = this.write(treeObject(this.folders));
    return this.tree(encodeManifest({ ...head, kind: 'large', list: large }), [entryOf('p', '40000', parts)]);
  }

  private write(object: GitObject): string {
    const id = write(this.sink, object);
    this.trail.other(id);
    // Once as it is, and once compressed.
    this.pass(2 * object.bytes.length);
    return id;
  }

  private closePart(): void {
    const { cutter, lines } = this;
    const large = (this.large ??= new ChunkLines());
    const chunks = this.chunkTree();
    const manifest = encodeManifest({ kind: 'part', cutter, chunks: lines.count, sha256: '', size: lines.bytesCount, list: lines });
    const name = String(large.count).padStart(4, '0');
    this.folders.push(entryOf(name, '40000', this.tree(manifest, chunks)));
    large.add({ bytes: hash('sha256', manifest, 'buffer'), at: 0 }, lines.bytesCount);
    lines.clear();
  }

  private tree(manifest: Uint8Array, beside: readonly TreeEntry[]): string {
    const id = this.write({ kind: 'blob', bytes: manifest });
    return this.write(treeObject([...beside, entryOf('manifest', '100644', id)]));
  }

  /** The folder `c` of the part: chunks by the first byte of their names. Written as bytes at once, for a large content has hundreds of thousands. */
  private chunkTree(): readonly TreeEntry[] {
    const { hashes } = this.lines;
    const order = linesByName(this.lines);
    const firstAt = (place: number): number => hashes[(order[place] ?? 0) * hashBytes] ?? 0;
    const folders: TreeEntry[] = [];
    for (let at = 0; at < order.length;) {
      const first = firstAt(at);
      let end = at;
      while (end < order.length && firstAt(end) === first) end += 1;
      folders.push(entryOf(first.toString(16).padStart(2, '0'), '40000', this.write({ kind: 'tree', bytes: this.treeOf(order.subarray(at, end)) })));
      at = end;
    }
    return folders.length === 0 ? [] : [entryOf('c', '40000', this.write(treeObject(folders)))];
  }

  /** @param order - the chunks whose names begin with the same byte, by name */
  private treeOf(order: Uint32Array): Buffer {
    const tree = Buffer.alloc(order.length * treeLineBytes);
    let length = 0;
    for (const index of order) {
      tree.set(treeLine, length);
      length += treeLine.length;
      length = putHex(tree, length, { bytes: this.lines.hashes, from: index * hashBytes + 1, count: hashBytes - 1 });
      tree[length++] = 0;
      copySum({ bytes: this.ids, at: index * idBytes }, { bytes: tree, at: length }, idBytes);
      length += idBytes;
    }
    return tree;
  }
}

const [hashBytes, idBytes] = [32, 20];
const treeLine = Buffer.from('100644 ', 'latin1');
/** That, 31 bytes of the name in hexadecimal digits, NUL, and the id. */
const treeLineBytes: number = treeLine.length + 62 + 1 + idBytes;

function entryOf(name: string, mode: string, id: string): TreeEntry {
  return { mode, name: Buffer.from(name, 'latin1'), id };
}
