// Keeps the repository of a node small in files: every push leaves loose objects and refs, a year of them a hundred thousand. Loose objects are put into packs and refs into
// one file. Nothing is ever dropped that was not packed before, whether anything names it or not, so that a push that arrives meanwhile loses nothing.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { gitOutput, runGit } from './child.ts';
import { awaitLock, blockingLock } from './leftovers.ts';
import { syncFolder } from './sync-folder.ts';

/** Files that a repository has beside its packs. */
export interface Clutter {
  readonly looseObjects: number;
  readonly looseRefs: number;
  readonly packs: number;
}

/** Above these a repository is tidied. A folder of objects then holds some twenty files, and git looks into fifty packs without being felt. */
const most: Clutter = { looseObjects: 5_000, looseRefs: 2_000, packs: 50 };

/** Packed in one go: seconds of work, and far within the time that one child of git has. What is left is packed the next time. */
const objectsAtOnce = 20_000;

/** One thread and little memory: a node has better things to do. */
const sparing: readonly string[] = ['-c', 'pack.threads=1', '-c', 'pack.windowMemory=32m', '-c', 'core.bigFileThreshold=1m'];

/** Counts what lies in the folders of a repository. Reads names only. */
export function clutterOf(gitDirectory: string): Clutter {
  const refs = join(gitDirectory, 'refs');
  return {
    looseObjects: looseIds(gitDirectory, Number.POSITIVE_INFINITY).length,
    looseRefs: readdirSync(refs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.lock')).length,
    packs: packNames(gitDirectory).filter((name) => name.endsWith('.pack')).length,
  };
}

/** Whether it is worth the work. */
export function isCluttered(clutter: Clutter): boolean {
  return clutter.looseObjects > most.looseObjects || clutter.looseRefs > most.looseRefs || clutter.packs > most.packs;
}

/** Puts loose objects into one more pack, and removes none: it may run beside anything. @param signal - ends it @returns how many @throws WorldError GDO5024 where one of them is broken */
export async function packLooseObjects(gitDirectory: string, signal?: AbortSignal): Promise<number> {
  const ids = looseIds(gitDirectory, objectsAtOnce);
  if (ids.length === 0) return 0;
  const packs = join(gitDirectory, 'objects', 'pack');
  const input = Buffer.from(`${ids.join('\n')}\n`, 'latin1');
  await gitOutput({
    gitDirectory,
    arguments: [...sparing, 'pack-objects', '-q', '--local', '--delta-base-offset', join(packs, 'pack')],
    input,
    ...(signal && { signal }),
  });
  syncFolder(packs);
  return ids.length;
}

/**
 * Removes what is there twice: loose objects that lie in packs, loose refs that lie in the file of all, small packs that were put together. No other ref may be moved by
 * this process meanwhile. A kill at any point leaves a whole repository.
 * @throws WorldError GDO5024
 */
export async function removeDuplicates(gitDirectory: string): Promise<void> {
  await gitOutput({ gitDirectory, arguments: ['prune-packed', '-q'] });
  await packRefs(gitDirectory);
  const names = packNames(gitDirectory);
  // A copy that has dropped what batches say holds packs that are not whole: git would not put them together.
  if (names.filter((name) => name.endsWith('.pack')).length <= most.packs || names.some((name) => name.endsWith('.promisor'))) return;
  await gitOutput({ gitDirectory, arguments: [...sparing, 'repack', '-q', '-d', '-l', '--geometric=2'] });
  syncFolder(join(gitDirectory, 'objects', 'pack'));
}

async function packRefs(gitDirectory: string): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const end = await runGit({ gitDirectory, arguments: ['pack-refs', '--all', '--prune'] });
    if (end.code === 0) return;
    const lock = blockingLock(end.errors, gitDirectory);
    // Whoever was killed in the middle left its lock; a second one is somebody's who works here.
    if (lock === undefined || turn > 0)
      throw new WorldError(
        'GDO5024',
        `Git could not pack the refs: ${end.errors.trim()}`,
        'nothing is lost; it is tried again later, and `git fsck` says what is wrong',
      );
    await awaitLock(gitDirectory, lock);
  }
}

function packNames(gitDirectory: string): readonly string[] {
  const folder = join(gitDirectory, 'objects', 'pack');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('pack-')) : [];
}

/** Ids of loose objects, ascending, at most so many. */
export function looseIds(gitDirectory: string, count: number): readonly string[] {
  const objects = join(gitDirectory, 'objects');
  const found: string[] = [];
  for (const start of readdirSync(objects)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .toSorted()) {
    if (found.length >= count) break;
    for (const end of readdirSync(join(objects, start))) if (/^[0-9a-f]{38}$/.test(end)) found.push(start + end);
  }
  return found.slice(0, count);
}
