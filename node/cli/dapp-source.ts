// The files that an entry may name, as they lie in a folder of this machine: for whoever writes an entry before it is governed. Links are not followed.
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CandidateFile } from '../dapps/input.ts';
import { comparePaths } from '../git/content.ts';
import { UsageError } from './command.ts';

/** A source is a few files; whoever names a whole disk by mistake shall hear of it. */
const [filesMax, bytesMax] = [10_000, 64 * 1_048_576];

/** Every file below the folders that patterns begin with, ascending by path. @throws UsageError GDO5003 where there are too many */
export function filesHere(root: string, patterns: readonly string[]): readonly CandidateFile[] {
  const found = new Map<string, CandidateFile>();
  let total = 0;
  const walk = (path: string): void => {
    const seen = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (seen?.isDirectory() === true && path.split('/').at(-1) !== '.git') {
      for (const name of readdirSync(join(root, path))) walk(path === '' ? name : `${path}/${name}`);
      return;
    }
    if (seen?.isFile() !== true || found.has(path)) return;
    total += seen.size;
    if (found.size >= filesMax || total > bytesMax)
      throw new UsageError('GDO5003', `A source has at most ${filesMax} files and ${bytesMax / 1_048_576} MiB`, 'name fewer of them in `files` of the entry');
    const bytes = readFileSync(join(root, path));
    const mode = (seen.mode & 0o100) === 0 ? '100644' : '100755';
    found.set(path, { path, entry: `${mode}:${createHash('sha256').update(bytes).digest('hex')}`, bytes });
  };
  // A path that climbs is no path of a governed tree, and matches nothing there.
  for (const start of patterns.map(beginning)) if (!start.split('/').some((part) => part === '..' || part === '.')) walk(start);
  return [...found.values()].toSorted((left, right) => comparePaths(left.path, right.path));
}

/** The folder or file that lies above all a pattern can match. */
function beginning(pattern: string): string {
  const parts = pattern.split('/');
  const star = parts.findIndex((part) => part.includes('*'));
  return (star < 0 ? parts : parts.slice(0, star)).join('/');
}
