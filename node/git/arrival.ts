// Fetching into a quarantine: what another repository sends lies in folders of its own, under the limits and budgets of a push, until somebody has judged it
// and takes it in. Nothing but the checks reads it, and no ref names it.
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { gitOutput } from './child.ts';
import { arrivalFolder, sweepArrivals } from './leftovers.ts';
import { makeFolders } from './make-folders.ts';
import { measurePacks } from './pack-budgets.ts';
import { openRepository, type Repository } from './repository.ts';
import { syncFolder } from './sync-folder.ts';
import { listOverHttp, packOverHttp } from './portable-transport.ts';
import { fetchObjects, httpAddress, type Remote } from './transport.ts';
import { beginUnfinished } from './unfinished.ts';

/** A fetch that is over a budget is tried again in halves; more parts than this are no ledger. */
const partsMax = 64;

/** What arrived and waits for a judgement. */
export interface Arrival {
  /** Sees what arrived and what was here before; writes to neither. */
  readonly repository: Repository;
  readonly objectsCount: number;
  /** Refs whose objects alone are over a budget: they did not arrive. */
  readonly over: readonly { readonly ref: string; readonly reason: string }[];
  /** Moves the objects into the repository. They are on disk before it returns; refs are moved afterwards. */
  readonly promote: () => void;
  /** Removes whatever was not promoted. To be called in any case. */
  readonly discard: () => void;
}

/**
 * Fetches what refs of another repository lead to.
 * @param refs - names there, in the order of importance: where all of them are too much at once, the first ones are fetched first
 * @throws WorldError GDO4002 unreachable, GDO4011 where it takes more parts than any ledger does
 */
export async function fetchArrival(repository: Repository, remote: Remote, refs: readonly string[]): Promise<Arrival> {
  if (repository.openPack !== undefined) return arrivalOverHttp(repository, httpAddress(remote), { refs, open: repository.openPack });
  const { gitDirectory } = repository;
  const named = (await gitOutput({ gitDirectory, arguments: ['rev-parse', '--path-format=absolute', '--git-path', 'objects'] })).toString('utf8');
  const objects = named.replace(/\n$/, '');
  sweepArrivals(objects);
  const folders: string[] = [];
  const finished: (() => void)[] = [];
  const discard = (): void => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    for (const end of finished) end();
  };
  let objectsCount = 0;
  const over: { readonly ref: string; readonly reason: string }[] = [];
  try {
    const open: (readonly string[])[] = [refs];
    for (let part = open.shift(); part !== undefined; part = open.shift()) {
      const folder = arrivalFolder(objects);
      finished.push(beginUnfinished(folder));
      folders.push(folder);
      const fetched = await fetchObjects(repository, remote, { refs: part, folder, alternates: [objects, ...folders.slice(0, -1)] });
      const measure = fetched.kind === 'over' ? fetched : await measurePacks(gitDirectory, folder);
      if (measure.kind === 'within') {
        objectsCount += measure.objectsCount;
        continue;
      }
      rmSync(folder, { recursive: true, force: true });
      folders.pop();
      const [only] = part;
      if (part.length === 1 && only !== undefined) over.push({ ref: only, reason: measure.reason });
      else open.unshift(part.slice(0, part.length / 2), part.slice(part.length / 2));
      if (folders.length + open.length + over.length > partsMax)
        throw new WorldError(
          'GDO4011',
          `The repository at ${remote.address} sends more than gdo takes: ${measure.reason}`,
          'ask another copy; a large main is taken with `git clone` first',
        );
    }
  } catch (error) {
    discard();
    throw error;
  }
  const [last = objects, ...before] = folders.toReversed();
  const seen = openRepository(gitDirectory, { objectDirectory: last, alternates: [objects, ...before].join(':') });
  return {
    repository: seen,
    objectsCount,
    over,
    promote: () => {
      moveObjects(
        folders.map((folder) => ({ folder })),
        objects,
      );
    },
    discard: () => {
      seen.close();
      discard();
    },
  };
}

/** Without an installed git all comes in one pack, which waits in memory. */
async function arrivalOverHttp(
  repository: Repository,
  address: string,
  { refs, open }: { readonly refs: readonly string[]; readonly open: NonNullable<Repository['openPack']> },
): Promise<Arrival> {
  const theirs = (await listOverHttp(address)).filter((entry) => refs.includes(entry.ref)).map((entry) => entry.id);
  const sizes = await repository.sizes(theirs);
  const heads = [...new Set(theirs.filter((_, index) => sizes[index] === undefined))];
  if (heads.length === 0) return { repository, objectsCount: 0, over: [], promote: () => undefined, discard: () => undefined };
  const fetched = await open(await packOverHttp(repository, address, heads), heads);
  return { ...fetched, over: [], discard: () => undefined };
}

/** Objects in a folder of their own. `ids`: only these, which are loose. */
export interface FolderOfObjects {
  readonly folder: string;
  readonly ids?: readonly string[];
}

/** Moves what quarantines hold to the objects of the repository; it is on the disk when it returns. */
function moveObjects(quarantines: readonly FolderOfObjects[], to: string): void {
  for (const folder of moveNames(quarantines, to)) syncFolder(folder);
}

/**
 * Moves what quarantines hold to the objects of the repository. Packs are moved before the index that makes git see them; an object that is there already is the
 * same one. @returns the folders that changed: until they are synced, a power cut may undo it
 */
export function moveNames(quarantines: readonly FolderOfObjects[], to: string): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { folder: from, ids } of quarantines) {
    const names = ids?.map((id) => `${id.slice(0, 2)}/${id.slice(2)}`) ?? namesIn(from);
    for (const name of names.toSorted((left, right) => Number(left.endsWith('.idx')) - Number(right.endsWith('.idx')))) {
      const folder = join(to, name, '..');
      // A folder that was made here has to be found after a power cut too.
      if (makeFolders(folder) !== undefined) touched.add(to);
      if (!existsSync(join(to, name))) renameSync(join(from, name), join(to, name));
      touched.add(folder);
    }
  }
  return touched;
}

function namesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /^(pack\/pack-[0-9a-f]+\.(pack|rev|idx)|[0-9a-f]{2}\/[0-9a-f]{38})$/.test(name));
}
