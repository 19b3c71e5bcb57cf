// The budgets of what arrives from strangers (node.md section 3.3): sizes are listed before any content is read.
import { gitOutput } from './child.ts';

/** Most objects, bytes of one, bytes of all when unpacked, and how many times smaller a large object may be packed. */
const packBudgets = {
  objectsCount: 200_000,
  objectBytes: 16 * 1024 * 1024,
  bytes: 1024 * 1024 * 1024,
  ratio: 200,
  ratioFromBytes: 64 * 1024,
} as const;

/** What arrived: within the budgets with its number of objects and their bytes when unpacked, or over one. */
export type PackMeasure =
  | { readonly kind: 'within'; readonly objectsCount: number; readonly bytesCount: number }
  | { readonly kind: 'over'; readonly reason: string };

/** Lists the sizes of everything in an object folder. */
export async function measurePacks(gitDirectory: string, objectDirectory: string): Promise<PackMeasure> {
  const output = await gitOutput({
    gitDirectory,
    environment: { GIT_OBJECT_DIRECTORY: objectDirectory },
    arguments: ['cat-file', '--batch-all-objects', '--batch-check=%(objectsize) %(objectsize:disk) %(deltabase)', '--unordered'],
  });
  return judgeSizes(sizesOf(output.toString('latin1')));
}

function* sizesOf(text: string): Generator<ObjectSize> {
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [size = '', onDisk = '', base = ''] = line.split(' ');
    yield { bytes: Number(size), onDisk: Number(onDisk), isWhole: /^0+$/.test(base) };
  }
}

/** One object: bytes when unpacked, bytes on the disk, and whether these are all of it rather than what differs from another one. */
export interface ObjectSize {
  readonly bytes: number;
  readonly onDisk: number;
  readonly isWhole: boolean;
}

/** Compares objects with the budgets. */
export function judgeSizes(sizes: Iterable<ObjectSize>): PackMeasure {
  const over = (reason: string): PackMeasure => ({ kind: 'over', reason });
  let [objectsCount, bytesCount] = [0, 0];
  for (const { bytes, onDisk, isWhole } of sizes) {
    objectsCount += 1;
    bytesCount += bytes;
    if (objectsCount > packBudgets.objectsCount) return over(`a push holds at most ${packBudgets.objectsCount} objects`);
    if (bytes > packBudgets.objectBytes) return over(`an object has at most ${packBudgets.objectBytes} bytes`);
    if (isWhole && bytes > packBudgets.ratioFromBytes && bytes > packBudgets.ratio * onDisk)
      return over(`an object of ${bytes} bytes was packed into ${onDisk}, which is more than ${packBudgets.ratio} times smaller`);
  }
  if (bytesCount > packBudgets.bytes) return over(`a push holds at most ${packBudgets.bytes} bytes when unpacked`);
  return { kind: 'within', objectsCount, bytesCount };
}
