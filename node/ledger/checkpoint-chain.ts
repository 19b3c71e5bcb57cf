// The commits of `refs/gdo/checkpoint` as a chain: what each one states, and that it lies on the one before. Whether a statement follows is the fold's to say.
import { checkpointId, decodeCheckpoint, type Checkpoint } from '../../engine/index.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import { nameOf, treesOf } from './batch-files.ts';
import type { Past } from './kept-past.ts';
import type { LedgerFault } from './statement-log.ts';
import { commitLinks } from './statements.ts';
import type { LedgerView } from './view.ts';

/** Where every chain lies. */
export const checkpointRef = 'refs/gdo/checkpoint' as const;

/** ledger.md section 7: a snapshot of the state lies in every 256th checkpoint. */
export const snapshotInterval: number = 256;

/** Checkpoints read in one go. */
const chunkSize = 256;

/** One checkpoint of the chain. */
export interface ChainStep {
  readonly commit: string;
  readonly id: string;
  readonly statement: Checkpoint;
}

/**
 * Reads the checkpoints behind the tip of a view, oldest first. Whether they follow is checked with their fold; here, that they lie on top of the tip.
 * @param known - statements that were read before, by commit; gets what is read now
 */
export async function readChain(
  view: LedgerView,
  refs: readonly RefEntry[],
  known: Past['statements'] = new Map(),
): Promise<{ readonly kind: 'ok'; readonly steps: readonly ChainStep[] } | { readonly kind: 'fault'; readonly fault: LedgerFault }> {
  const fault = (code: LedgerFault['code'], object: string, what: string) => ({ kind: 'fault', fault: { code, object, ref: checkpointRef, what } }) as const;
  const { repository, tip } = view;
  const end = refs.find((entry) => entry.ref === checkpointRef)?.id;
  const commits = end === undefined || end === tip.commit ? [] : await repository.walk([end], [tip.commit]);
  const first = commits[0] === undefined ? undefined : await commitLinks(repository, commits[0]);
  if (end !== tip.commit && first?.parents[0] !== tip.commit) {
    const what = tip.height === 0 ? 'checkpoint 0 is not the one that follows from the genesis' : `the checkpoints do not go on from checkpoint ${tip.height}`;
    return fault('GDO1070', commits[0] ?? end ?? '', what);
  }
  const steps: ChainStep[] = [];
  for (let from = 0; from < commits.length; from += chunkSize) {
    const chunk = commits.slice(from, from + chunkSize);
    const files = await statementOfEach(repository, chunk, { name: 'checkpoint.json', known });
    for (const [index, commit] of chunk.entries()) {
      const height = tip.height + 1 + steps.length;
      const bytes = files[index];
      if (bytes === undefined) return fault('GDO1010', commit, 'checkpoint.json is missing');
      const read = decodeCheckpoint(bytes);
      if (read.kind === 'refused') return fault(read.code, commit, read.reason);
      if (read.statement.height !== height) return fault('GDO1070', commit, `checkpoint ${height} says that it is ${read.statement.height}`);
      steps.push({ commit, id: checkpointId(bytes), statement: read.statement });
    }
  }
  return { kind: 'ok', steps };
}

/** The statement in each commit's tree. @param from.known - what was read before; gets what is read now */
export async function statementOfEach(
  repository: Repository,
  commits: readonly string[],
  { name, known }: { readonly name: 'checkpoint.json' | 'statement.json'; readonly known: Past['statements'] },
): Promise<readonly (Uint8Array | undefined)[]> {
  const unread = commits.filter((commit) => !known.has(commit));
  const files = unread.length === 0 ? [] : await fileOfEach(repository, unread, name);
  for (const [index, commit] of unread.entries()) {
    const bytes = files[index];
    if (bytes !== undefined) known.set(commit, bytes);
  }
  return commits.map((commit) => known.get(commit));
}

/** One file of each commit's tree, and nothing else of it: a snapshot beside it may be large. */
export async function fileOfEach(repository: Repository, commits: readonly string[], name: string): Promise<readonly (Uint8Array | undefined)[]> {
  const ids = (await treesOf(repository, commits)).map(({ entries }) => entries.find((entry) => nameOf(entry) === name)?.id);
  const wanted = ids.filter((id) => id !== undefined);
  const objects = await repository.readMany(wanted);
  const byId = new Map(wanted.map((id, index) => [id, objects[index]]));
  return ids.map((id) => {
    const object = id === undefined ? undefined : byId.get(id);
    return object?.kind === 'blob' ? object.bytes : undefined;
  });
}
