// Takes single objects out of a repository for good, so that git itself goes on calling it whole: the trees that name them lie in a pack that git knows as one
// whose content may be elsewhere (a promisor's). What else is missing is still an error to `git fsck`.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { changeSetting } from './change-settings.ts';
import { gitOutput } from './child.ts';
import { syncFolder } from './sync-folder.ts';
import { writeText } from './write-whole.ts';

/** The name of a remote without an address: git asks nobody for what is dropped. */
const promisor = 'remote.gdo-pruned.promisor';

/** The ids of all objects here, whether anything names them or not. */
export async function objectsHere(gitDirectory: string): Promise<ReadonlySet<string>> {
  const output = await gitOutput({ gitDirectory, arguments: ['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objectname)'] });
  return new Set(output.toString('latin1').split('\n').filter(Boolean));
}

/** Bytes that objects take on disk, packed as they are now. @param ids - objects that are here */
export async function bytesOnDisk(gitDirectory: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const input = Buffer.from(`${ids.join('\n')}\n`, 'latin1');
  const output = await gitOutput({ gitDirectory, arguments: ['cat-file', '--batch-check=%(objectsize:disk)'], input });
  return output
    .toString('latin1')
    .split('\n')
    .reduce((sum, line) => sum + (/^\d+$/.test(line) ? Number(line) : 0), 0);
}

/** Everything that refs, their history and the index lead to, but for the refs named; with the files of trees. */
export async function reachable(gitDirectory: string, refs: readonly string[]): Promise<ReadonlySet<string>> {
  const input = Buffer.from(`${refs.join('\n')}\n`, 'utf8');
  const output = await gitOutput({ gitDirectory, arguments: ['rev-list', '--objects', '--reflog', '--indexed-objects', '--stdin'], input });
  return new Set(
    output
      .toString('latin1')
      .split('\n')
      .map((line) => line.slice(0, 40)),
  );
}

/**
 * Drops objects. A kill at any point leaves a whole repository, in which the same call does the rest.
 * @param holders - the trees that name them, and those of earlier calls
 * @returns those that are still here, because a kept pack or another object store has them
 */
export async function dropObjects(gitDirectory: string, drop: ReadonlySet<string>, holders: readonly string[]): Promise<readonly string[]> {
  const here = await objectsHere(gitDirectory);
  const packs = join(
    (await gitOutput({ gitDirectory, arguments: ['rev-parse', '--path-format=absolute', '--git-path', 'objects/pack'] })).toString('utf8').trim(),
  );
  const objects = join(packs, '..');
  const before = packNames(packs);
  await changeSetting(gitDirectory, [promisor, 'true']);
  // Git refuses to write a map of reachable objects over packs that are not whole, and with it the whole `git gc`.
  await changeSetting(gitDirectory, ['repack.writeBitmaps', 'false']);
  const apart = new Set(holders);
  const promised = await writePack(gitDirectory, packs, holders);
  if (promised !== undefined) writeText(join(packs, `${promised}.promisor`), '');
  syncFolder(packs);
  const rest = await writePack(
    gitDirectory,
    packs,
    [...here].filter((id) => !drop.has(id) && !apart.has(id)),
  );
  syncFolder(packs);
  for (const name of before) if (name !== promised && name !== rest && !existsSync(join(packs, `${name}.keep`))) removePack(packs, name);
  rmSync(join(packs, 'multi-pack-index'), { force: true });
  await gitOutput({ gitDirectory, arguments: ['prune-packed', '-q'] });
  for (const id of drop) rmSync(join(objects, id.slice(0, 2), id.slice(2)), { force: true });
  const left = await objectsHere(gitDirectory);
  return [...drop].filter((id) => left.has(id));
}

/** Makes a repository whole again whose dropped objects have come back: nothing in it may be elsewhere any more. */
export async function keepWhole(gitDirectory: string): Promise<void> {
  const packs = (await gitOutput({ gitDirectory, arguments: ['rev-parse', '--path-format=absolute', '--git-path', 'objects/pack'] })).toString('utf8').trim();
  for (const name of readdirSync(packs)) if (name.endsWith('.promisor')) rmSync(join(packs, name), { force: true });
  await changeSetting(gitDirectory, ['--unset-all', promisor]);
  await changeSetting(gitDirectory, ['--unset-all', 'repack.writeBitmaps']);
  syncFolder(packs);
}

/** Names of the packs in a folder `objects/pack`, without their endings. */
export function packNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (/^pack-[0-9a-f]+\.pack$/.test(name) ? [name.slice(0, -'.pack'.length)] : []));
}

/** Removes a pack. The index goes first: without it git does not look for the pack. */
export function removePack(folder: string, name: string): void {
  for (const ending of ['idx', 'bitmap', 'rev', 'promisor', 'mtimes', 'pack']) rmSync(join(folder, `${name}.${ending}`), { force: true });
}

async function writePack(gitDirectory: string, folder: string, ids: readonly string[]): Promise<string | undefined> {
  if (ids.length === 0) return undefined;
  const input = Buffer.from(`${ids.join('\n')}\n`, 'latin1');
  const output = await gitOutput({
    gitDirectory,
    arguments: ['pack-objects', '-q', '--local', '--honor-pack-keep', '--delta-base-offset', join(folder, 'pack')],
    input,
  });
  const name = output.toString('latin1').trim();
  return name === '' ? undefined : `pack-${name}`;
}
