// Whether a ref of a repository has moved since one last looked, without starting git: nodes ask this every half minute, and mostly nothing has. It reads no ref's meaning.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Above so many files starting git costs less than reading them one by one. */
const filesMax = 1_024;

/** Replaced as a whole where they change: their stamps tell. */
const replaced: readonly string[] = ['packed-refs', 'config'];

/**
 * A mark of all refs, and of what else a list of them depends on. Two that are equal, taken one after the other, mean that no ref moved in between. The files of refs are read,
 * since two moves may share a time stamp.
 * @returns undefined where only git can tell: refs in another format, too many files, or one that went away while it was read
 */
export function refsMark(gitDirectory: string): string | undefined {
  if (existsSync(join(gitDirectory, 'reftable'))) return undefined;
  const hash = createHash('sha256');
  for (const file of replaced) {
    const found = statSync(join(gitDirectory, file), { bigint: true, throwIfNoEntry: false });
    hash.update(found === undefined ? 'none\n' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}\n`);
  }
  try {
    const files = filesBelow(gitDirectory);
    if (files === undefined) return undefined;
    for (const file of ['HEAD', ...files]) hash.update(`\n${file} `).update(readFileSync(join(gitDirectory, file)));
    return hash.digest('hex');
  } catch (error) {
    // Packed or deleted in this moment: the next look will tell.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function filesBelow(gitDirectory: string): readonly string[] | undefined {
  const files: string[] = [];
  const folders = ['refs'];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(gitDirectory, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else files.push(path);
      if (files.length + folders.length > filesMax) return undefined;
    }
  }
  return files.toSorted();
}
