// Where a command works that was typed in a subfolder of an organization's repository: the folder above that holds `bylaws/`.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFolder } from '../git/make-folders.ts';

/**
 * The nearest folder above that holds `bylaws/`, not above the repository's own; undefined where bylaws stand here, or in no such folder.
 * Outside of a repository nothing above is looked at: in a shared folder it may be anybody's.
 */
export function folderAbove(folder: string): string | undefined {
  if (isFolder(join(folder, 'bylaws')) || holdsBylaws(folder) || existsSync(join(folder, '.git'))) return undefined;
  let found: string | undefined;
  for (let above = dirname(folder), below = folder; above !== below; below = above, above = dirname(above)) {
    if (found === undefined && isFolder(join(above, 'bylaws'))) found = above;
    if (existsSync(join(above, '.git'))) return found;
  }
  return undefined;
}

function holdsBylaws(folder: string): boolean {
  return isFolder(folder) && readdirSync(folder).some((name) => name.endsWith('.gdo') || name.endsWith('.gdo.md'));
}
