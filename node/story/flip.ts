// One bit on a disk is another: what a fault or an intruder does to a copy, for the chapters about it.
import { chmodSync, closeSync, openSync, readSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Flips one bit in the middle of the largest object file of a repository. */
export function flipOneByte(repository: string): void {
  const objects = join(repository, 'objects');
  const files = readdirSync(objects, { recursive: true, encoding: 'utf8' })
    .map((name) => join(objects, name))
    .filter((path) => statSync(path).isFile() && (path.endsWith('.pack') || !path.includes('pack')))
    .toSorted((left, right) => statSync(right).size - statSync(left).size || (left < right ? -1 : 1));
  const [largest] = files;
  if (largest === undefined) throw new Error(`${repository} holds no objects`);
  chmodSync(largest, 0o644);
  const file = openSync(largest, 'r+');
  try {
    const at = Math.floor(statSync(largest).size / 2);
    const byte = Buffer.alloc(1);
    readSync(file, byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ 1;
    writeSync(file, byte, 0, 1, at);
  } finally {
    closeSync(file);
  }
}
