// Stores objects as they are made, so that a program which signs ten thousand events holds none of them: few become loose objects, many become packs of ours.
import { join } from 'node:path';
import { expecting } from './file-store.ts';
import { commonDirectory } from './git-place.ts';
import { objectId, type GitObject } from './object.ts';
import { packWriter, type PackWriter } from './pack-writer.ts';
import type { Repository } from './repository.ts';

/** More objects than this become one pack; fewer become loose objects, so that a ledger of small batches has no thousand packs. */
export const looseObjectsMax = 256;

/** A pack is closed when it is this large, long before offsets would need eight bytes. */
const packBytesMax = 1024 * 1024 * 1024;

/** Takes objects of which nothing can be seen before a ref names them. Every link of an object must be stored before or with it. */
export interface ObjectWriter {
  /** @param id - the id of the object, where it is known already */
  readonly add: (object: GitObject, id?: string) => void;
  /** Everything that was added is on the disk when this returns. */
  readonly close: () => Promise<void>;
  /** Forgets what is not on the disk yet; nothing after `close`. */
  readonly discard: () => void;
}

/** Where a repository has its packs; `quarantine` is the folder of objects of a push that is being judged. */
export function packFolder(gitDirectory: string, quarantine?: string): string {
  return join(quarantine ?? join(commonDirectory(gitDirectory), 'objects'), 'pack');
}

/**
 * Writes objects into packs of a folder, each object once. Git is not asked: that it finds nothing wrong with them is held by tests.
 * @throws WorldError GDO5024 from every call where the disk is full or may not be written
 */
export function objectPacks(folder: string): ObjectWriter {
  const known = new Set<string>();
  let pack: PackWriter | undefined;
  const seal = (): void => {
    // A pack that could not be closed has taken itself away.
    const closing = pack;
    pack = undefined;
    expecting([], () => closing?.close());
  };
  return {
    add: (object, id = objectId(object)) => {
      if (known.has(id)) return;
      known.add(id);
      expecting([], () => (pack ??= packWriter(folder, 'ledger')).add(object, Buffer.from(id, 'hex')));
      if ((pack?.bytesCount() ?? 0) >= packBytesMax) seal();
    },
    close: () => {
      if (pack !== undefined) seal();
      return Promise.resolve();
    },
    discard: () => {
      pack?.discard();
      pack = undefined;
    },
  };
}

/** Begins to store objects in a repository. Without an installed git, and in a quarantine, they are written in one go at the end. */
export function objectWriter(repository: Repository): ObjectWriter {
  const folder = repository.adapter === 'system' && Object.keys(repository.environment).length === 0 ? packFolder(repository.gitDirectory) : undefined;
  const held: GitObject[] = [];
  let packs: ObjectWriter | undefined;
  return {
    add: (object, id) => {
      if (packs !== undefined) return packs.add(object, id);
      held.push(object);
      if (folder === undefined || held.length <= looseObjectsMax) return;
      packs = objectPacks(folder);
      for (const early of held.splice(0)) packs.add(early);
    },
    close: async () => {
      await (packs === undefined ? repository.writeObjects(held) : packs.close());
    },
    discard: () => packs?.discard(),
  };
}
