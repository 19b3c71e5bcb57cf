// A machine's disk in memory: a repository and the file of votes on it. Of objects that are being written some may be lost, lines may be torn, and the power
// fails at any write that is named. The story cuts its outage at every place with it, and the simulator runs on it.
import { createHash } from 'node:crypto';
import { objectId, readCommitLinks, type GitObject } from '../git/object.ts';
import type { RefChange, RefEntry, Repository } from '../git/repository.ts';
import type { GrowingFile } from '../ledger/votes.ts';

/** The power failed. Whatever was in memory is gone. */
export class PowerLoss extends Error {}

const links = new Map<string, readonly string[]>();

/** The parents of a commit; the bytes of an id never change, so they are read once for all machines. */
function parentsOf(id: string, object: GitObject | undefined): readonly string[] {
  const known = links.get(id);
  if (known !== undefined || object === undefined) return known ?? [];
  const parents = readCommitLinks(object.bytes)?.parents ?? [];
  links.set(id, parents);
  return parents;
}

const ids = new WeakMap<GitObject, string>();

/** The id of an object, worked out once: the same objects go from disk to disk. */
function idOf(object: GitObject): string {
  const known = ids.get(object);
  if (known !== undefined) return known;
  const id = objectId(object);
  ids.set(object, id);
  return id;
}

/** Forgets what was read of commits; a run calls it at its end. */
export function forgetLinks(): void {
  links.clear();
}

/** Commits from heads, parents first, without those that `not` reaches. */
function walk(read: (id: string) => GitObject | undefined, heads: readonly string[], not: readonly string[]): readonly string[] {
  const done = new Set<string>();
  const skip = [...not];
  for (let id = skip.pop(); id !== undefined; id = skip.pop()) {
    if (done.has(id)) continue;
    done.add(id);
    skip.push(...parentsOf(id, read(id)));
  }
  const order: string[] = [];
  const open = heads.map((id) => ({ id, isLeft: false }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.isLeft) order.push(next.id);
    if (next.isLeft || done.has(next.id)) continue;
    done.add(next.id);
    open.push({ id: next.id, isLeft: true }, ...parentsOf(next.id, read(next.id)).map((id) => ({ id, isLeft: false })));
  }
  return order;
}

/** One disk. */
export class Disk {
  private objects = new Map<string, GitObject>();
  private refs = new Map<string, string>();
  private votes = '';
  private unsynced = new Map<string, GitObject>();
  /** Writes until the power fails; undefined while it holds. */
  private writesLeft: number | undefined;
  /** How many writes there were. */
  writes = 0;
  readonly repository: Repository;
  readonly voteFile: GrowingFile;

  constructor() {
    this.repository = this.repositoryReading((id) => this.object(id));
    this.voteFile = {
      read: () => this.votes,
      append: (text) => {
        this.write();
        if (this.writesLeft === 0) {
          this.votes += text.slice(0, text.length >> 1);
          this.write();
        }
        this.votes += text;
        this.write();
      },
    };
  }

  /** A disk with these objects, refs and votes on it. */
  static holding(objects: readonly GitObject[], refs: readonly RefEntry[], votes: string): Disk {
    const disk = new Disk();
    disk.objects = new Map(objects.map((object) => [idOf(object), object]));
    disk.refs = new Map(refs.map(({ ref, id }) => [ref, id]));
    disk.votes = votes;
    return disk;
  }

  /** Two disks with the same content have the same one. */
  fingerprint(): string {
    const content = [[...this.objects.keys()].toSorted(), [...this.unsynced.keys()].toSorted(), [...this.refs].map((pair) => pair.join(' ')).toSorted()];
    return createHash('sha256')
      .update(JSON.stringify([content, this.votes]))
      .digest('hex');
  }

  /** The power fails after so many more writes. */
  failAfter(writes: number): void {
    this.writesLeft = writes;
  }

  /** The power holds. */
  hold(): void {
    this.writesLeft = undefined;
  }

  /** Where a ref stands. */
  refTip(ref: string): string | undefined {
    return this.refs.get(ref);
  }

  /** The refs whose names begin so. */
  refsUnder(prefix: string): readonly (readonly [ref: string, id: string])[] {
    return [...this.refs].filter(([ref]) => ref.startsWith(prefix));
  }

  /** What a crash leaves: everything synced, and of the rest every other object. */
  crash(): void {
    let index = 0;
    for (const [id, object] of this.unsynced) if (index++ % 2 === 0) this.objects.set(id, object);
    this.unsynced.clear();
    this.writesLeft = undefined;
  }

  /** A copy of what is synced. */
  backup(): Disk {
    const copy = new Disk();
    copy.objects = new Map(this.objects);
    copy.refs = new Map(this.refs);
    copy.votes = this.votes;
    return copy;
  }

  /** The whole content, for reading only. */
  object(id: string): GitObject | undefined {
    return this.unsynced.get(id) ?? this.objects.get(id);
  }

  /** What is here and not on another disk, by id. */
  lackedBy(other: Disk): ReadonlyMap<string, GitObject> {
    return new Map([...this.objects, ...this.unsynced].filter(([id]) => other.object(id) === undefined));
  }

  /** Takes objects in, as a quarantine that was judged. */
  keep(objects: ReadonlyMap<string, GitObject>): void {
    this.write();
    for (const [id, object] of objects) this.unsynced.set(id, object);
    this.write();
    this.sync();
  }

  /** The repository as it also sees what a delivery brought, as git's quarantine does. */
  withDelivery(delivered: ReadonlyMap<string, GitObject>): Repository {
    return this.repositoryReading((id) => delivered.get(id) ?? this.object(id));
  }

  private write(): void {
    this.writes += 1;
    if (this.writesLeft === undefined) return;
    if (this.writesLeft === 0) throw new PowerLoss('the power failed');
    this.writesLeft -= 1;
  }

  /** What was written is there for good: git syncs objects before it says that it has them. */
  private sync(): void {
    for (const [id, object] of this.unsynced) this.objects.set(id, object);
    this.unsynced.clear();
  }

  private move(changes: readonly RefChange[]): { readonly kind: 'ok' } | { readonly kind: 'conflict'; readonly reason: string } {
    const wrong = changes.find(({ ref, old }) => this.refs.get(ref) !== old);
    if (wrong !== undefined) return { kind: 'conflict', reason: `${wrong.ref} is elsewhere` };
    const lost = changes.find(({ next }) => next !== undefined && this.object(next) === undefined);
    if (lost !== undefined) return { kind: 'conflict', reason: `${lost.ref} would name an object that is not here` };
    for (const { ref, next } of changes) {
      if (next === undefined) this.refs.delete(ref);
      else this.refs.set(ref, next);
    }
    return { kind: 'ok' };
  }

  private repositoryReading(read: (id: string) => GitObject | undefined): Repository {
    return {
      adapter: 'portable',
      gitDirectory: '/simulated',
      workTree: undefined,
      environment: {},
      readObject: (id) => Promise.resolve(read(id)),
      readMany: (ids) => Promise.resolve(ids.map(read)),
      readChunk: (id) => Promise.resolve(read(id)),
      sizes: (ids) => Promise.resolve(ids.map((id) => read(id)?.bytes.length)),
      writeObjects: (objects) => {
        this.write();
        const written = objects.map(idOf);
        for (const [index, object] of objects.entries()) this.unsynced.set(written[index] ?? '', object);
        this.write();
        this.sync();
        return Promise.resolve(written);
      },
      resolve: (ref) => Promise.resolve(this.refs.get(ref)),
      list: (prefix) => {
        const found: RefEntry[] = [];
        for (const [ref, id] of this.refs) if (ref === prefix || ref.startsWith(`${prefix}/`)) found.push({ ref, id });
        return Promise.resolve(found.toSorted((left, right) => (left.ref < right.ref ? -1 : 1)));
      },
      updateRefs: (changes) => {
        this.write();
        const moved = this.move(changes);
        this.write();
        return Promise.resolve(moved);
      },
      walk: (heads, not) => Promise.resolve(walk(read, heads, not)),
      isAncestor: (old, next) => Promise.resolve(walk(read, [next], []).includes(old)),
      currentBranch: () => Promise.resolve(undefined),
      setting: () => Promise.resolve(undefined),
      showFiles: () => Promise.resolve({ kind: 'blocked', reason: 'a simulated disk has no working tree' }),
      openPack: undefined,
      close: () => undefined,
    };
  }
}
