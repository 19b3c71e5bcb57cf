// The objects of small pushes that git has unpacked into a quarantine as loose ones: few enough to be held in memory, so that no program has to be started to read them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeSizes, type ObjectSize, type PackMeasure } from './pack-budgets.ts';
import { linksOf, type GitObject } from './object.ts';
import { looseObject } from './portable-objects.ts';
import type { Repository } from './repository.ts';

/** What waits, by id, with the sizes of each, and whether it is within the budgets of a push. */
export interface WaitingObjects {
  readonly objects: ReadonlyMap<string, GitObject>;
  readonly sizes: ReadonlyMap<string, ObjectSize>;
  readonly measure: PackMeasure;
}

/** More than a ballot or a proposal of a few files has; what is larger is measured by git before it is read. */
const bytesMax = 4 * 1024 * 1024;

/** Reads a quarantine of loose objects; undefined where they are more than is held in memory. */
export function readWaitingObjects(folder: string): WaitingObjects | undefined {
  const objects = new Map<string, GitObject>();
  const sizes = new Map<string, ObjectSize>();
  let left = bytesMax;
  for (const start of readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const end of readdirSync(join(folder, start))) {
      const file = readFileSync(join(folder, start, end));
      const object = looseObject(`${start}${end}`, file, left);
      if (object === undefined) return undefined;
      left -= object.bytes.length;
      objects.set(`${start}${end}`, object);
      sizes.set(`${start}${end}`, { bytes: object.bytes.length, onDisk: file.length, isWhole: true });
    }
  }
  return { objects, sizes, measure: judgeSizes(sizes.values()) };
}

/** Those of the waiting objects that some of them lead to, by any number of links. What they link to besides is not waiting. */
export function reachedFrom(all: WaitingObjects, heads: readonly string[]): WaitingObjects {
  const objects = new Map<string, GitObject>();
  const sizes = new Map<string, ObjectSize>();
  const open = [...heads];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const [object, size] = [all.objects.get(id), all.sizes.get(id)];
    if (object === undefined || size === undefined || objects.has(id)) continue;
    objects.set(id, object);
    sizes.set(id, size);
    open.push(...linksOf(object));
  }
  return { objects, sizes, measure: judgeSizes(sizes.values()) };
}

/** The repository of a quarantine, which answers for what waits in it from memory. */
export function withWaiting(repository: Repository, { objects }: WaitingObjects): Repository {
  const first =
    (read: Repository['readObject']): Repository['readObject'] =>
    (id) => {
      const object = objects.get(id);
      return object === undefined ? read(id) : Promise.resolve(object);
    };
  const readObject = first(repository.readObject);
  return { ...repository, readObject, readMany: (ids) => Promise.all(ids.map(readObject)), readChunk: first(repository.readChunk) };
}
