// Where objects go that came from another copy: packs of bounded size in one folder, each on the disk when it is closed. It does not ask whether an object is there already:
// what is written may be the good copy of a damaged one.
import { packWriter, type PackWriter } from '../git/pack-writer.ts';
import type { GitObject } from '../git/object.ts';

/** A pack is closed when it is this large. */
const packBytesMost = 60 * 1024 * 1024;

/** Takes objects. Nothing refers to them until a ref does. */
export interface PieceSink {
  /** Adds an object; the same one twice is one. */
  readonly add: (object: GitObject, id: string) => void;
  /** What was added. */
  readonly ids: () => readonly string[];
  /** Everything that was added is on the disk when this returns. More may be added afterwards. */
  readonly close: () => void;
  /** Forgets what is in no closed pack. */
  readonly discard: () => void;
}

/** Begins packs in a folder `objects/pack`. */
export function pieceSink(folder: string): PieceSink {
  let pack: PackWriter | undefined;
  const ids = new Set<string>();
  const close = (): void => {
    const open = pack;
    pack = undefined;
    open?.close();
  };
  return {
    add: (object, id) => {
      if (ids.has(id)) return;
      ids.add(id);
      pack ??= packWriter(folder, 'cut');
      pack.add(object, Buffer.from(id, 'hex'));
      if (pack.bytesCount() >= packBytesMost) close();
    },
    ids: () => [...ids],
    close,
    discard: () => {
      pack?.discard();
      pack = undefined;
    },
  };
}
