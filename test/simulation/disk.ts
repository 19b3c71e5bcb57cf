// A machine's disk in memory: a repository and the file of votes on it. Objects that no ref transaction has followed may be lost, lines may be torn, and the
// power fails at any write that the simulation names.
import { objectId, readCommitLinks, type GitObject } from '../../node/git/object.ts';
import type { RefChange, RefEntry, Repository } from '../../node/git/repository.ts';
import type { GrowingFile } from '../../node/ledger/votes.ts';

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

/** Forgets what was read of commits; a run calls it at its end. */
export function forgetLinks(): void {
  links.clear();
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
    this.repository = this.makeRepository();
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

  private write(): void {
    this.writes += 1;
    if (this.writesLeft === undefined) return;
    if (this.writesLeft === 0) throw new PowerLoss('the power failed');
    this.writesLeft -= 1;
  }

  private move(changes: readonly RefChange[]): { readonly kind: 'ok' } | { readonly kind: 'conflict'; readonly reason: string } {
    const wrong = changes.find(({ ref, old }) => this.refs.get(ref) !== old);
    if (wrong !== undefined) return { kind: 'conflict', reason: `${wrong.ref} is elsewhere` };
    const lost = changes.find(({ next }) => next !== undefined && this.object(next) === undefined);
    if (lost !== undefined) return { kind: 'conflict', reason: `${lost.ref} would name an object that is not here` };
    for (const [id, object] of this.unsynced) this.objects.set(id, object);
    this.unsynced.clear();
    for (const { ref, next } of changes) {
      if (next === undefined) this.refs.delete(ref);
      else this.refs.set(ref, next);
    }
    return { kind: 'ok' };
  }

  private walk(heads: readonly string[], not: readonly string[]): readonly string[] {
    const done = new Set<string>();
    const skip = [...not];
    for (let id = skip.pop(); id !== undefined; id = skip.pop()) {
      if (done.has(id)) continue;
      done.add(id);
      skip.push(...parentsOf(id, this.object(id)));
    }
    const order: string[] = [];
    const open = heads.map((id) => ({ id, isLeft: false }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next.isLeft) order.push(next.id);
      if (next.isLeft || done.has(next.id)) continue;
      done.add(next.id);
      open.push({ id: next.id, isLeft: true }, ...parentsOf(next.id, this.object(next.id)).map((id) => ({ id, isLeft: false })));
    }
    return order;
  }

  private makeRepository(): Repository {
    return {
      adapter: 'portable',
      gitDirectory: '/simulated',
      workTree: undefined,
      environment: {},
      readObject: (id) => Promise.resolve(this.object(id)),
      readMany: (ids) => Promise.resolve(ids.map((id) => this.object(id))),
      sizes: (ids) => Promise.resolve(ids.map((id) => this.object(id)?.bytes.length)),
      writeObjects: (objects) => {
        this.write();
        const ids = objects.map(objectId);
        for (const [index, object] of objects.entries()) this.unsynced.set(ids[index] ?? '', object);
        return Promise.resolve(ids);
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
      walk: (heads, not) => Promise.resolve(this.walk(heads, not)),
      isAncestor: (old, next) => Promise.resolve(this.walk([next], []).includes(old)),
      currentBranch: () => Promise.resolve(undefined),
      setting: () => Promise.resolve(undefined),
      showFiles: () => Promise.resolve({ kind: 'blocked', reason: 'a simulated disk has no working tree' }),
      openPack: undefined,
      close: () => undefined,
    };
  }
}

/** A repository that also sees what a delivery brought, as git's quarantine does. */
export function withDelivery(repository: Repository, delivered: ReadonlyMap<string, GitObject>): Repository {
  const read = async (id: string): Promise<GitObject | undefined> => delivered.get(id) ?? repository.readObject(id);
  return { ...repository, readObject: read, readMany: (ids) => Promise.all(ids.map(read)) };
}
