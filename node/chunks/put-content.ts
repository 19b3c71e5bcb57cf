// Puts a content into a repository: cut, hashed, written where it is new, and visible as a whole when its ref moves (node.md section 6). Nothing is held whole.
import { hash } from 'node:crypto';
import { cutterName } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { objectId, plainCommit, treeObject, type GitObject, type TreeEntry } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import { ChunkLines, contentBytesMax, encodeManifest, linesByName, linesMax } from './content-manifest.ts';
import { cutSource, type ByteSource, type CutChunk } from './cut-source.ts';
import { besidePruning } from './content-turn.ts';
import { putHex } from './hex-digits.ts';
import { ObjectSink } from './object-sink.ts';
import { passingBytes } from './passing-bytes.ts';

/** The folder of refs under which contents lie, each named by the SHA-256 of its bytes. */
export const blobRefs = 'refs/gdo/blob' as const;

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

/** What a content is cut from. `progress` hears how many bytes are done; `linesMost`: chunks per manifest, less than usual in tests. */
export interface PutRequest {
  readonly source: ByteSource;
  readonly linesMost?: number;
  /** Hears the SHA-256 before anything names the content, and may throw. */
  readonly accept?: (sha256: string) => void;
  readonly progress?: (bytesCount: number) => void;
}

/**
 * Puts a content. A process that is killed leaves nothing visible; what it had packed is found by the next attempt.
 * @throws WorldError GDO4011 over 64 GiB, GDO5024 where the repository was cleaned up meanwhile
 */
export function putContent(repository: Repository, request: PutRequest): Promise<PutContent> {
  return besidePruning(repository, () => putWhole(repository, request));
}

async function putWhole(repository: Repository, { source, progress, accept, linesMost = linesMax }: PutRequest): Promise<PutContent> {
  const sink = new ObjectSink(repository);
  const parts = new PartsOf(sink, linesMost);
  const pass = passingBytes();
  let total = 0;
  try {
    const sha256 = await cutSource(source, {
      read: (bytesCount) => {
        total += bytesCount;
        if (total > contentBytesMax) throw new WorldError('GDO4011', 'A content has at most 64 GiB', 'put it in several files');
        pass(bytesCount);
        progress?.(total);
      },
      chunk: (chunk, cutter) => parts.take(chunk, cutter),
    });
    accept?.(sha256);
    const tree = parts.finish(sha256, total);
    const commit = plainCommit({ tree, parents: [], person: 'gdo <gdo@invalid>', seconds: 0, message: `Content ${sha256}\n` });
    const id = write(sink, commit);
    await sink.close();
    if (sink.hasLostPacks())
      throw new WorldError('GDO5024', 'The repository was packed anew while a content was put', 'run the same command again: it goes on where it was');
    const isNew = await pointAt(repository, `${blobRefs}/${sha256}`, id);
    return { sha256, size: total, chunks: parts.chunks, commit: id, isNew, newObjects: sink.written.objects, newBytes: sink.written.bytes };
  } finally {
    sink.end();
  }
}

/** @returns whether the ref was not there before */
async function pointAt(repository: Repository, ref: string, commit: string): Promise<boolean> {
  const old = await repository.resolve(ref);
  if (old === commit) return false;
  const moved = await repository.updateRefs([{ ref, old, next: commit }]);
  if (moved.kind === 'ok') return true;
  // Another process put the same bytes at the same time.
  if ((await repository.resolve(ref)) === commit) return false;
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
  private readonly linesMost: number;
  private readonly lines = new ChunkLines();
  private readonly ids: Buffer = Buffer.alloc(linesMax * 20);
  private readonly large = new ChunkLines();
  private readonly folders: TreeEntry[] = [];

  constructor(sink: ObjectSink, linesMost: number) {
    this.sink = sink;
    this.linesMost = linesMost;
  }

  take({ bytes, id, name }: CutChunk, cutter: string): void {
    this.cutter = cutter;
    if (this.lines.count === this.linesMost) this.closePart();
    id.copy(this.ids, this.lines.count * idBytes);
    this.lines.add(name, bytes.length);
    this.chunks += 1;
    this.sink.add('blob', bytes, id);
  }

  /** @returns the tree of the whole content */
  finish(sha256: string, size: number): string {
    const { chunks, cutter, lines, large } = this;
    const head = { cutter, chunks, sha256, size };
    if (large.count === 0) return this.tree(encodeManifest({ ...head, kind: 'content', list: lines }), this.chunkTree());
    this.closePart();
    const parts = write(this.sink, treeObject(this.folders));
    return this.tree(encodeManifest({ ...head, kind: 'large', list: large }), [entryOf('p', '40000', parts)]);
  }

  private closePart(): void {
    const { cutter, lines } = this;
    const chunks = this.chunkTree();
    const manifest = encodeManifest({ kind: 'part', cutter, chunks: lines.count, sha256: '', size: lines.bytesCount, list: lines });
    const name = String(this.large.count).padStart(4, '0');
    this.folders.push(entryOf(name, '40000', this.tree(manifest, chunks)));
    this.large.add(hash('sha256', manifest, 'buffer'), lines.bytesCount);
    lines.clear();
  }

  private tree(manifest: Uint8Array, beside: readonly TreeEntry[]): string {
    const id = write(this.sink, { kind: 'blob', bytes: manifest });
    return write(this.sink, treeObject([...beside, entryOf('manifest', '100644', id)]));
  }

  /** The folder `c` of the part: chunks by the first byte of their names. Written as bytes at once, for a large content has hundreds of thousands. */
  private chunkTree(): readonly TreeEntry[] {
    const { hashes } = this.lines;
    const order = linesByName(this.lines);
    const folders: TreeEntry[] = [];
    const tree = Buffer.alloc(order.length * treeLineBytes);
    for (let at = 0; at < order.length;) {
      const first = hashes[(order[at] ?? 0) * hashBytes] ?? 0;
      let length = 0;
      for (; at < order.length && hashes[(order[at] ?? 0) * hashBytes] === first; at += 1) {
        const index = order[at] ?? 0;
        length += treeLine.copy(tree, length);
        length = putHex(tree, length, { bytes: hashes, from: index * hashBytes + 1, count: hashBytes - 1 });
        tree[length++] = 0;
        length += this.ids.copy(tree, length, index * idBytes, (index + 1) * idBytes);
      }
      folders.push(entryOf(first.toString(16).padStart(2, '0'), '40000', write(this.sink, { kind: 'tree', bytes: tree.subarray(0, length) })));
    }
    return folders.length === 0 ? [] : [entryOf('c', '40000', write(this.sink, treeObject(folders)))];
  }
}

const [hashBytes, idBytes] = [32, 20];
const treeLine = Buffer.from('100644 ', 'latin1');
/** That, 31 bytes of the name in hexadecimal digits, NUL, and the id. */
const treeLineBytes: number = treeLine.length + 62 + 1 + idBytes;

function entryOf(name: string, mode: string, id: string): TreeEntry {
  return { mode, name: Buffer.from(name, 'latin1'), id };
}
