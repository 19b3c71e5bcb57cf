// Packs as files: what lies in one, and one written anew from some of its objects, as they are packed now.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gitOutput } from '../git/child.ts';
import { syncFolder } from '../git/sync-folder.ts';

/** An object of a pack, and how many bytes it takes there. */
export interface PackedObject {
  readonly id: string;
  readonly bytes: number;
}

const checksumBytes = 20;

/** What lies in a pack, in its order. @param path - without an ending */
export async function packedObjects(gitDirectory: string, path: string): Promise<readonly PackedObject[]> {
  const output = await gitOutput({ gitDirectory, arguments: ['show-index'], input: readFileSync(`${path}.idx`) });
  const rows = output
    .toString('latin1')
    .split('\n')
    .filter(Boolean)
    .map((line): readonly [offset: number, id: string] => [Number(line.slice(0, line.indexOf(' '))), line.split(' ')[1] ?? ''])
    .toSorted(([left], [right]) => left - right);
  const end = statSync(`${path}.pack`).size - checksumBytes;
  return rows.map(([offset, id], index) => ({ id, bytes: (rows[index + 1]?.[0] ?? end) - offset }));
}

/** Writes a pack of objects that lie here, as they are packed now: nothing is compressed again. @throws WorldError GDO5024 where one of them cannot be read */
export async function writeAnew(gitDirectory: string, packs: string, ids: readonly string[]): Promise<void> {
  const input = Buffer.from(`${ids.join('\n')}\n`, 'latin1');
  await gitOutput({ gitDirectory, arguments: ['pack-objects', '-q', '--window=0', '--delta-base-offset', join(packs, 'pack')], input });
  syncFolder(packs);
}
