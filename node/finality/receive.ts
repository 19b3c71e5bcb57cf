// Batches that arrive at a node of an F1 organization: checked, stored, kept apart where a key has signed two branches, or parked until what they build on
// is here (ledger.md sections 2 and 8). Authority is the fold's to judge.
import type { GitObject } from '../git/object.ts';
import type { RefChange, Repository } from '../git/repository.ts';
import { logRef } from '../ledger/append.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import { checkBatches } from '../ledger/replay.ts';
import { withBatches, type LedgerView, type RejectedBatch } from '../ledger/view.ts';

/** Branches of one device that are kept without need; one that a quorum has received and a candidate names is always kept, or this node could never follow. */
const forksMax = 4;
/** Commits of one delivery. */
const commitsMax = 4_096;

/** What one delivery came to. */
export interface Received {
  readonly view: LedgerView;
  readonly taken: readonly StoredBatch[];
  /** `parked` ones may be delivered again. */
  readonly rejected: readonly RejectedBatch[];
}

/**
 * Takes the commits of a delivery, parents first. Depends on bytes and on what has arrived, never on time or order.
 * @param delivered - a repository that also sees the delivered objects, such as the quarantine of a push
 * @param input - `isNamed` says which batches a candidate names, by their ids
 */
export async function receiveBatches(
  view: LedgerView,
  delivered: Repository,
  input: { readonly commits: readonly string[]; readonly objects: readonly GitObject[]; readonly isNamed: (batch: string) => boolean },
): Promise<Received> {
  const known = new Set(view.checkpoints.map((checkpoint) => checkpoint.id));
  const fresh = input.commits.slice(0, commitsMax).filter((commit) => view.seen.get(commit) === undefined);
  const { added, rejected } = await checkBatches({ ...view, repository: delivered }, fresh, (id) => known.has(id));
  const taken: StoredBatch[] = [];
  const refs: RefChange[] = [];
  let next = view;
  for (const stored of added) {
    const place = await placeOf(next, refs, stored, input.isNamed(stored.batch.id));
    if (place === undefined) continue;
    refs.push(place);
    taken.push(stored);
    next = withBatches(next, [stored], []);
  }
  if (taken.length === 0) return { view, taken, rejected };
  await view.repository.writeObjects(input.objects);
  const moved = await view.repository.updateRefs(merged(refs));
  return moved.kind === 'conflict' ? { view, taken: [], rejected } : { view: next, taken, rejected };
}

/** The move that keeps a batch: on its device's log where it goes on from there, else as a branch of its own; undefined beyond the bound. */
async function placeOf(view: LedgerView, planned: readonly RefChange[], stored: StoredBatch, isNamed: boolean): Promise<RefChange | undefined> {
  const { batch, commit } = stored;
  const ref = logRef(batch.device);
  const current = planned.findLast((change) => change.ref === ref)?.next ?? (await view.repository.resolve(ref));
  const previous = view.batches.get(batch.prev)?.commit;
  if (current === previous) return { ref, old: current, next: commit };
  const prefix = `refs/gdo/fork/${batch.device}`;
  const stands = new Map((await view.repository.list(prefix)).map(({ ref: name, id }) => [name, id]));
  for (const { ref: name, next } of planned) if (name.startsWith(`${prefix}/`) && next !== undefined) stands.set(name, next);
  // A batch that goes on from the tip of a branch moves that branch.
  const branch = previous === undefined ? undefined : [...stands].find(([, id]) => id === previous)?.[0];
  if (branch !== undefined) return { ref: branch, old: previous, next: commit };
  return stands.size >= forksMax && !isNamed ? undefined : { ref: `${prefix}/${batch.id}`, old: undefined, next: commit };
}

/** Several moves of one ref as one. */
function merged(changes: readonly RefChange[]): readonly RefChange[] {
  const moves = new Map<string, RefChange>();
  for (const change of changes) moves.set(change.ref, { ...change, old: moves.has(change.ref) ? moves.get(change.ref)?.old : change.old });
  return [...moves.values()];
}
