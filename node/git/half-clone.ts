// A clone that a command makes. From its first folder to its last file a mark says that it is not whole: it goes where the command fails or is stopped, and what a kill
// leaves is taken away by whoever makes a clone there next. Nothing else that lies in a folder is ever touched.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../cli/command.ts';
import { visible } from '../cli/terminal.ts';
import { runGit } from './child.ts';
import { isOwnerGone, ownMark } from './owner-mark.ts';
import { initRepository, type Repository } from './repository.ts';
import { beginUnfinished, whileStoppable } from './unfinished.ts';
import { writeText } from './write-whole.ts';

const markName = 'gdo-half';

/** What makes a clone whole gets this. `shows`: to be called before the files of a commit are written into its working tree. */
export interface HalfClone {
  readonly repository: Repository;
  readonly shows: (commit: string) => void;
}

/**
 * Makes a clone in a folder that is new or empty.
 * @param fill - what makes it whole; where it throws, nothing stays
 * @throws UsageError GDO5013 where something lies there
 */
export async function makeClone<Value>(folder: string, fill: (clone: HalfClone) => Promise<Value>): Promise<Value> {
  await mustTakeClone(folder);
  const made = existsSync(folder) ? join(folder, '.git') : folder;
  const finished = beginUnfinished(made);
  return whileStoppable(async () => {
    let repository: Repository | undefined;
    try {
      const mark = markOf(folder);
      mkdirSync(dirname(mark), { recursive: true });
      writeText(mark, ownMark());
      repository = await initRepository(folder, 'clone');
      const value = await fill({ repository, shows: (commit) => writeText(mark, `${ownMark()} ${commit}`) });
      rmSync(mark);
      return value;
    } catch (error) {
      rmSync(made, { recursive: true, force: true });
      throw error;
    } finally {
      repository?.close();
      finished();
    }
  });
}

/** Takes away what a killed process left of a clone in a folder. @throws UsageError GDO5013 where anything else lies there */
export async function mustTakeClone(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await clearHalf(folder);
  if (readdirSync(folder).length > 0) throw new UsageError('GDO5013', `The folder ${visible(folder)} is not empty`, 'name a new one');
}

const markOf = (folder: string): string => join(folder, '.git', markName);

/** Takes away what a killed process left of a clone: its files by the names that the commit has for them, then the rest. */
async function clearHalf(folder: string): Promise<void> {
  const [place, mark] = [join(folder, '.git'), markOf(folder)];
  if (!existsSync(mark)) {
    // Killed before it could say so: an empty folder is nobody's repository.
    if (readdirSync(folder).join('/') === '.git' && isEmptyFolder(place)) rmSync(place, { recursive: true });
    return;
  }
  const [owner = '', commit] = readFileSync(mark, 'utf8').split(' ');
  if (owner !== '' && !isOwnerGone(owner)) return;
  if (commit !== undefined && /^[0-9a-f]{40}$/.test(commit)) {
    const tree = await runGit({ gitDirectory: place, arguments: ['ls-tree', '-r', '-z', '--name-only', commit] });
    for (const name of tree.output.toString('utf8').split('\0')) if (isInside(name)) removeFile(folder, name);
  }
  rmSync(place, { recursive: true });
}

function isEmptyFolder(path: string): boolean {
  const [first] = readdirSync(dirname(path), { withFileTypes: true });
  return first?.isDirectory() === true && readdirSync(path).length === 0;
}

/** Trees of others were judged when they came; what is removed by their names is looked at once more. */
function isInside(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !name.split('/').includes('..');
}

/** Removes a file and the folders that are empty without it. */
function removeFile(folder: string, name: string): void {
  rmSync(join(folder, name), { force: true });
  for (let at = dirname(name); at !== '.'; at = dirname(at)) {
    const path = join(folder, at);
    if (existsSync(path) && readdirSync(path).length === 0) rmSync(path, { recursive: true });
  }
}
