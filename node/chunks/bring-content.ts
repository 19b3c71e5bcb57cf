// Brings contents from another repository: they arrive in one of their own, where every chunk is held against its name; only then is what is missing or damaged here
// written, and the ref set. A content that is not whole there brings nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { gitOutput } from '../git/child.ts';
import { packNames } from '../git/dropped.ts';
import { commonDirectory } from '../git/git-place.ts';
import { initRepository, type Repository } from '../git/repository.ts';
import { fetchRefs, type Remote } from '../git/transport.ts';
import { beginUnfinished } from '../git/unfinished.ts';
import { besidePruning } from './content-turn.ts';
import { openContent } from './content-parts.ts';
import { readContent } from './get-content.ts';
import { forgetDamaged } from './mend-content.ts';
import { pieceSink } from './piece-sink.ts';
import { blobRefs } from './put-content.ts';

/** What came. `objects`: written here because they were missing or damaged. */
export type BroughtContent = { readonly kind: 'ok'; readonly objects: number } | { readonly kind: 'bad'; readonly reason: string };

/** Brings one content. @throws WorldError GDO4002 where the other repository does not answer or does not have it */
export function bringContent(repository: Repository, remote: Remote, sha256: string): Promise<BroughtContent> {
  return besidePruning(repository, () => bringWhole(repository, remote, sha256));
}

async function bringWhole(repository: Repository, remote: Remote, sha256: string): Promise<BroughtContent> {
  const ref = `${blobRefs}/${sha256}`;
  // The name is one that is easily told from what git makes; whoever is killed leaves a folder that nothing refers to.
  const folder = mkdtempSync(join(repository.gitDirectory, 'gdo-arrival-'));
  const finished = beginUnfinished(folder);
  const arrived = await initRepository(join(folder, 'arrival.git'), 'bare');
  try {
    await fetchRefs(arrived, remote, [`${ref}:${ref}`]);
    const opened = await openContent(arrived, sha256);
    if (opened.kind !== 'ok') return { kind: 'bad', reason: opened.kind === 'bad' ? opened.reason : 'it is not there' };
    const faults = await readContent(arrived, opened.content, () => undefined);
    if (faults.missing + faults.damaged > 0)
      return { kind: 'bad', reason: `${faults.missing} of ${opened.content.chunks} chunks are missing there, ${faults.damaged} damaged` };
    const objects = await writeLacking(repository, arrived, opened.content.commit);
    const old = await repository.resolve(ref);
    const moved = old === opened.content.commit ? undefined : await repository.updateRefs([{ ref, old, next: opened.content.commit }]);
    if (moved?.kind === 'conflict') throw new WorldError('GDO5024', `The content could not be named: ${moved.reason}`, 'run the same command again');
    return { kind: 'ok', objects };
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4030') return { kind: 'bad', reason: error.message };
    throw error;
  } finally {
    arrived.close();
    rmSync(folder, { recursive: true, force: true });
    finished();
  }
}

/** Writes every object of a commit that cannot be read here, leaves first. @returns how many there were */
async function writeLacking(repository: Repository, arrived: Repository, commit: string): Promise<number> {
  const listed = await gitOutput({ gitDirectory: arrived.gitDirectory, arguments: ['rev-list', '--objects', commit] });
  const ids = listed
    .toString('latin1')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(0, 40));
  const packs = join(commonDirectory(repository.gitDirectory), 'objects', 'pack');
  const before = packNames(packs);
  const sink = pieceSink(packs);
  try {
    for (const id of ids.toReversed()) {
      if (await isReadable(repository, id)) continue;
      const object = await arrived.readObject(id);
      if (object === undefined) throw new WorldError('GDO5024', `Object ${id} did not arrive`, 'run the same command again');
      sink.add(object, id);
    }
    sink.close();
  } finally {
    sink.discard();
  }
  await forgetDamaged(repository, sink.ids(), before);
  return sink.ids().length;
}

async function isReadable(repository: Repository, id: string): Promise<boolean> {
  try {
    return (await repository.readObject(id)) !== undefined;
  } catch (error) {
    if (error instanceof WorldError) return false;
    throw error;
  }
}
