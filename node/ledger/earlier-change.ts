// Change sets in batches that were judged before a view begins. Most are never asked for again, so they are looked for when somebody does.
import { decodeChangeSet, type ChangeSet } from '../../engine/index.ts';
import { objectsHere } from '../git/dropped.ts';
import { batchFiles } from './batch-files.ts';
import type { LedgerView } from './view.ts';

/** Batches looked at in one go. */
const chunkSize = 128;

/** Finds a change set by its id, newest batch first; undefined where no batch that is here carries it. */
export async function earlierChange(view: Pick<LedgerView, 'repository' | 'settled' | 'pruned'>, id: string): Promise<ChangeSet | undefined> {
  const { repository, pruned } = view;
  const here = pruned === undefined ? undefined : await objectsHere(repository.gitDirectory);
  const commits = [...view.settled.values()].map(({ commit }) => commit).toReversed();
  for (let from = 0; from < commits.length; from += chunkSize) {
    const files = (await batchFiles(repository, commits.slice(from, from + chunkSize))).flatMap(({ attachments }) => attachments);
    // Git ends its reader at a file that was dropped, so that none is asked for.
    const objects = await repository.readMany([...new Set(files)].filter((file) => here?.has(file) !== false));
    for (const object of objects) {
      const change = object?.kind === 'blob' ? decodeChangeSet(object.bytes) : undefined;
      if (change?.id === id) return change;
    }
  }
  return undefined;
}
