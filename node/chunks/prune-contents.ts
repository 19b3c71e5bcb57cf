// Takes away what nothing names any more: chunks of dropped contents, and what killed puts had packed. It goes pack by pack: one in which nothing is named goes, one in which
// some is named is written anew without the rest. Git is asked what is named, so that everything counts that git itself would keep.
import { existsSync, readdirSync, rmSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { gitOutput } from '../git/child.ts';
import { packNames, removePack } from '../git/dropped.ts';
import { commonDirectory } from '../git/git-place.ts';
import { clockOfDisk, leftoverAgeMs, sweepObjects } from '../git/leftovers.ts';
import { looseIds } from '../git/maintenance.ts';
import type { Repository } from '../git/repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { pruningAlone } from './content-turn.ts';
import type { ContentTrace } from './content-traces.ts';
import { beginErasing, endErasing, erasingHere } from './erasing.ts';
import { packedObjects, writeAnew, type PackedObject } from './rewrite-pack.ts';

/** What nothing names. `young*`: what stays for now, since it came so lately that somebody may be about to name it. */
export interface Unnamed {
  readonly objects: number;
  readonly bytes: number;
  readonly youngObjects: number;
  readonly youngBytes: number;
}

const anyNumber = Number.POSITIVE_INFINITY;

/** Looks for it. */
export function lookForUnnamed(repository: Repository): Promise<Unnamed> {
  return prune(repository, 'look', (_, isYoung) => !isYoung);
}

/**
 * Takes it away. A kill at any point leaves a whole repository, in which the same call does the rest.
 * @throws WorldError GDO5024 where a content is put or brought, or git cannot follow what is named because something of it is missing
 */
export function pruneUnnamed(repository: Repository): Promise<Unnamed> {
  return pruningAlone(repository, async () => {
    sweepObjects(repository.gitDirectory);
    // What an erasing that was stopped has left goes too, however young it is.
    const erasing = erasingHere(repository);
    const unnamed = await prune(repository, 'take away', (id, isYoung) => !isYoung || erasing.has(id));
    if (unnamed.objects > 0) await renewGraph(repository.gitDirectory);
    endErasing(repository);
    return unnamed;
  });
}

/** Takes away what nothing names of some objects, however young it is. For callers who hold the lock of pruning. */
export function pruneThese(repository: Repository, ids: ReadonlySet<string>): Promise<Unnamed> {
  return prune(repository, 'take away', (id) => ids.has(id));
}

/** @param goes - which of what nothing names */
async function prune(repository: Repository, purpose: 'look' | 'take away', goes: (id: string, isYoung: boolean) => boolean): Promise<Unnamed> {
  const objects = join(commonDirectory(repository.gitDirectory), 'objects');
  const nowMs = clockOfDisk(repository.gitDirectory);
  const isYoung = (stat: Stats): boolean => nowMs - stat.mtimeMs <= leftoverAgeMs;
  const packs = join(objects, 'pack');
  // What came after this look at the folders is not touched, whatever it is.
  const names = packNames(packs).filter((name) => !['keep', 'promisor'].some((ending) => existsSync(join(packs, `${name}.${ending}`))));
  const loose = looseIds(commonDirectory(repository.gitDirectory), anyNumber);
  const named = await namedObjects(repository.gitDirectory);
  const erasing = erasingHere(repository);
  const count = { old: new Set<string>(), young: new Set<string>(), oldBytes: 0, youngBytes: 0 };
  const note = ({ id, bytes }: PackedObject, isGoing: boolean): void => {
    (isGoing ? count.old : count.young).add(id);
    if (isGoing) count.oldBytes += bytes;
    else count.youngBytes += bytes;
  };
  for (const name of names) {
    const young = isYoung(statSync(join(packs, `${name}.pack`)));
    // Without its index a pack is nobody's: whoever wrote it, or took it away, was killed there.
    const entries = existsSync(join(packs, `${name}.idx`)) ? await packedObjects(repository.gitDirectory, join(packs, name)) : [];
    const dead = entries.filter(({ id }) => !named.has(id));
    for (const entry of dead) note(entry, goes(entry.id, young));
    const kept = entries.flatMap(({ id }) => (named.has(id) || !goes(id, young) ? [id] : []));
    if (purpose === 'look' || (entries.length === 0 ? young && !erasing.has(name) : kept.length === entries.length)) continue;
    // Its index goes first, and a kill then would leave bytes of which nobody can say any more what they are.
    if (erasing.size > 0) beginErasing(repository, [name]);
    if (kept.length > 0) await writeAnew(repository.gitDirectory, packs, kept);
    // A map over several packs names this one, and is made anew by git when it wants one.
    rmSync(join(packs, 'multi-pack-index'), { force: true });
    removePack(packs, name);
    syncFolder(packs);
  }
  for (const id of loose) {
    const path = join(objects, id.slice(0, 2), id.slice(2));
    const stat = named.has(id) ? undefined : statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    const isGoing = goes(id, isYoung(stat));
    note({ id, bytes: stat.size }, isGoing);
    if (purpose === 'take away' && isGoing) rmSync(path, { force: true });
  }
  return { objects: count.old.size, bytes: count.oldBytes, youngObjects: count.young.size, youngBytes: count.youngBytes };
}

/** Everything that refs, what they were, and the index lead to, but for what only the refs of some contents do. What a pruned ledger says is elsewhere may be missing, and nothing else. */
export async function namedObjects(gitDirectory: string, without: readonly ContentTrace[] = []): Promise<ReadonlySet<string>> {
  const excluded = without.flatMap(({ ref }) => (ref === undefined ? [] : [`--exclude=${ref}`]));
  const words = ['rev-list', '--objects', '--no-object-names', ...excluded, '--all', '--reflog', '--indexed-objects', '--missing=allow-promisor'];
  const output = await gitOutput({ gitDirectory, arguments: words });
  return new Set(output.toString('latin1').split('\n'));
}

/** Git's list of commits may name some that went, and would be called broken. */
export async function renewGraph(gitDirectory: string): Promise<void> {
  const information = join(commonDirectory(gitDirectory), 'objects', 'info');
  if (!existsSync(information) || !readdirSync(information).some((name) => name.startsWith('commit-graph'))) return;
  for (const name of ['commit-graph', 'commit-graphs']) rmSync(join(information, name), { recursive: true, force: true });
  await gitOutput({ gitDirectory, arguments: ['commit-graph', 'write', '--reachable'] });
}
