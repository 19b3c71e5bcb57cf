// Where new objects of contents go: packs of bounded size, none of which is held in memory; what is little becomes loose objects, so that small contents leave no packs.
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import type { GitObject } from '../git/object.ts';
import { PackedIds } from '../git/packed-ids.ts';
import { packWriter } from '../git/pack-writer.ts';
import type { PackWriter } from '../git/pack-writer.ts';
import type { Repository } from '../git/repository.ts';
import type { SumPlace } from './content-manifest.ts';

/** A pack is closed when it is this large: one that is fetched alone is then within the budgets of a push (node.md section 3). */
const packBytesMost = 60 * 1024 * 1024;
/** One object is at most a manifest. Up to this much is written as loose objects, and more begins a pack. */
const looseBytesMost = 1024 * 1024;
const looseObjectsMost = 200;

/** Takes objects that may be new. Nothing refers to them until a ref does. */
export class ObjectSink {
  private readonly repository: Repository;
  private readonly folder: string;
  private readonly known: PackedIds;
  private readonly little = new Map<string, GitObject>();
  private littleBytes = 0;
  private pack: PackWriter | undefined;
  /** What was not here before. */
  written: { objects: number; bytes: number } = { objects: 0, bytes: 0 };

  /** @param expected - how many objects may come */
  constructor(repository: Repository, expected = 0) {
    this.repository = repository;
    this.folder = join(commonDirectory(repository.gitDirectory), 'objects', 'pack');
    this.known = new PackedIds(this.folder, expected);
  }

  /** Whether an object is packed here, or waits for it. */
  has({ bytes, at }: SumPlace): boolean {
    return this.known.has(bytes, at);
  }

  /** Adds an object. @param bytes - may be used again by the caller afterwards @returns whether it was neither packed here nor added before */
  add(kind: GitObject['kind'], bytes: Uint8Array, id: Buffer): boolean {
    if (this.known.has(id)) return false;
    if (this.pack === undefined) {
      const hex = id.toString('hex');
      if (this.little.has(hex)) return false;
      this.count(bytes);
      this.little.set(hex, { kind, bytes: Buffer.from(bytes) });
      this.littleBytes += bytes.length;
      if (this.littleBytes > looseBytesMost || this.little.size > looseObjectsMost) this.pour();
      return true;
    }
    this.count(bytes);
    this.toPack(this.pack, { kind, bytes }, id);
    return true;
  }

  /** Everything that was added is on the disk when this returns. */
  async close(): Promise<void> {
    if (this.pack === undefined) await this.writeLoose();
    else this.seal(this.pack);
    this.pack = undefined;
  }

  /** Ends it, whole or not: what is packed stays, and the next attempt finds it. */
  end(): void {
    this.pack?.discard();
    this.pack = undefined;
    this.known.close();
  }

  /** Where everything lies that was added or asked for and found, once it is closed: the indexes of its packs, and the ids of what is in none. */
  places(): { readonly indexes: readonly string[]; readonly loose: readonly string[] } {
    return { indexes: this.known.usedIndexes(), loose: [...this.little.keys()] };
  }

  /** Whether a pack that was looked into is gone, because somebody cleaned the repository up. */
  hasLostPacks(): boolean {
    return this.known.lostPacks();
  }

  private async writeLoose(): Promise<void> {
    const sizes = await this.repository.sizes([...this.little.keys()]);
    const fresh = [...this.little.values()].filter((_, index) => sizes[index] === undefined);
    this.written = { objects: fresh.length, bytes: fresh.reduce((sum, { bytes }) => sum + bytes.length, 0) };
    await this.repository.writeObjects(fresh);
  }

  private count(bytes: Uint8Array): void {
    this.written.objects += 1;
    this.written.bytes += bytes.length;
  }

  private pour(): void {
    const pack = packWriter(this.folder, 'cut');
    this.pack = pack;
    for (const [hex, object] of this.little) this.toPack(pack, object, Buffer.from(hex, 'hex'));
    this.little.clear();
  }

  private toPack(pack: PackWriter, object: GitObject, id: Buffer): void {
    pack.add(object, id);
    this.known.add(id);
    if (pack.bytesCount() < packBytesMost) return;
    this.seal(pack);
    this.pack = packWriter(this.folder, 'cut');
  }

  private seal(pack: PackWriter): void {
    if (pack.objectsCount() === 0) return pack.discard();
    const { indexPath, rank } = pack.close();
    this.known.sealed(indexPath, rank);
  }
}
