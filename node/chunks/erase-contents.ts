// Takes contents away that nobody is to have any more: their names, and at once whatever of them nothing else names, however young it is; and what is on its way here of them.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { gitOutput } from '../git/child.ts';
import type { Repository } from '../git/repository.ts';
import { commonDirectory } from '../git/git-place.ts';
import { arrivingOf } from './arriving.ts';
import { forgetTrails } from './content-trail.ts';
import { pruningAlone, turnAlone } from './content-turn.ts';
import type { ContentTrace } from './content-traces.ts';
import { noteErased } from './erased-contents.ts';
import { beginErasing, endErasing, erasingHere } from './erasing.ts';
import { markGone } from './gone-mark.ts';
import { blobRefs } from './put-content.ts';
import { namedObjects, pruneThese, renewGraph, type Unnamed } from './prune-contents.ts';

/**
 * What came of erasing. `left`: objects that are here in spite of it: in a pack that is kept, or in a store that this one borrows from. `missing`: what was missing before, and
 * with a folder the names of what lies in it; that is named by nothing and leaves as such.
 */
export interface Erased extends Unnamed {
  readonly left: number;
  readonly missing: number;
}

/**
 * Erases contents, and what an erasing that was stopped has left. A kill at any point leaves a whole repository, in which the same call does the rest.
 * @throws WorldError GDO5024 where a content is put or brought, or a name moved meanwhile
 */
export function eraseContents(repository: Repository, contents: readonly ContentTrace[]): Promise<Erased> {
  const { gitDirectory } = repository;
  return pruningAlone(repository, async () => {
    const listed = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--stdin'];
    const input = Buffer.from(contents.map(({ commit }) => `${commit}\n`).join(''), 'latin1');
    const lines = (await gitOutput({ gitDirectory, arguments: listed, input })).toString('latin1').split('\n').filter(Boolean);
    const found = lines.filter((line) => !line.startsWith('?'));
    // Where git cannot follow what else is named nothing could be taken away, and the names would be gone.
    await namedObjects(gitDirectory, contents);
    const names = contents.map(({ sha256 }) => sha256);
    noteErased(repository, names);
    forgetTrails(commonDirectory(gitDirectory), names);
    beginErasing(repository, found);
    // A node's next turn finishes what is killed from here on.
    markGone(repository);
    const moves = contents.flatMap(({ ref, commit }) => (ref === undefined ? [] : [{ ref, old: commit, next: undefined }]));
    const moved = moves.length === 0 ? undefined : await repository.updateRefs(moves);
    if (moved?.kind === 'conflict') throw new WorldError('GDO5024', `Nothing was erased: ${moved.reason}`, 'run the same command again');
    const erased = erasingHere(repository);
    const gone = await pruneThese(repository, erased);
    if (gone.objects > 0) await renewGraph(gitDirectory);
    const named = await namedObjects(gitDirectory);
    const ids = Buffer.from([...erased].flatMap((id) => (named.has(id) || id.startsWith('pack-') ? [] : [`${id}\n`])).join(''), 'latin1');
    const here = await gitOutput({ gitDirectory, arguments: ['cat-file', '--batch-check=%(objecttype)', '--buffer'], input: ids });
    const left = here
      .toString('latin1')
      .split('\n')
      .filter((line) => /^[a-z]+$/.test(line)).length;
    endErasing(repository);
    return { ...gone, left, missing: lines.length - found.length };
  });
}

/** Folders in which some contents, or pieces of them, are on their way here, or were when a command was killed. */
export function onTheWay(repository: Repository, wanted: ReadonlySet<string>): readonly string[] {
  const has = (folder: string): boolean => [...wanted].some((sha256) => existsSync(join(folder, 'arrival.git', blobRefs, sha256)));
  return [...arrivingOf(repository, wanted), ...arrivals(repository).filter(has)];
}

/**
 * Takes them away, with everything else that a kill left on its way here, which cannot say what it is.
 * @throws WorldError GDO5024 where somebody brings contents now
 */
export function stopOnTheWay(repository: Repository, wanted: ReadonlySet<string>): Promise<void> {
  return turnAlone(repository, () =>
    pruningAlone(repository, async () => {
      // While both locks are held nobody brings anything.
      for (const folder of [...arrivingOf(repository, wanted), ...arrivals(repository)]) rmSync(folder, { recursive: true, force: true });
    }),
  );
}

function arrivals({ gitDirectory }: Repository): readonly string[] {
  return readdirSync(gitDirectory).flatMap((name) => (name.startsWith('gdo-arrival-') ? [join(gitDirectory, name)] : []));
}
