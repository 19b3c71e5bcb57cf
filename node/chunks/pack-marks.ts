// Marks of packs: what tells that a pack is the very one that was looked into before, so that its objects need not be looked for one by one. It reads no object.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';

const nameBytes = 20;
/** An index ends with the sum of its pack and its own. */
const sumsBytes = 40;
/** One mark: the name of the pack, and how its index ends. */
export const packMarkBytes: number = nameBytes + sumsBytes;

/** The mark of a pack by the path of its index, or undefined where it is gone, or its name is none of git's. */
export function markOfPack(indexPath: string): Buffer | undefined {
  const name = /^pack-([0-9a-f]{40})\.idx$/.exec(basename(indexPath))?.[1];
  if (name === undefined || !existsSync(indexPath.replace(/idx$/, 'pack'))) return undefined;
  const mark = Buffer.alloc(packMarkBytes);
  mark.write(name, 'hex');
  return readEnd(indexPath, mark.subarray(nameBytes)) ? mark : undefined;
}

/** Whether the packs of some marks lie in a folder `objects/pack` as they did. */
export function packsStand(folder: string, marks: Buffer): boolean {
  for (let at = 0; at < marks.length; at += packMarkBytes) {
    const mark = markOfPack(join(folder, `pack-${marks.toString('hex', at, at + nameBytes)}.idx`));
    if (mark === undefined || !mark.equals(marks.subarray(at, at + packMarkBytes))) return false;
  }
  return true;
}

function readEnd(path: string, into: Buffer): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, 'r');
  try {
    const from = fstatSync(file).size - into.length;
    return from >= 0 && readSync(file, into, 0, into.length, from) === into.length;
  } finally {
    closeSync(file);
  }
}
