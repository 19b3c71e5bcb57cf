// Batches that arrive at a node of an F1 organization: checked, stored, kept apart where a key has signed two branches, or parked until what they build on
// is here (ledger.md sections 2 and 8). Authority is the fold's to judge.
import type { GitObject } from '../git/object.ts';
import type { RefChange, Repository } from '../git/repository.ts';
import { logRef } from '../ledger/append.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import { checkBatches } from '../ledger/replay.ts';
import { placedBatch, withBatches, type LedgerView, type RejectedBatch } from '../ledger/view.ts';

/** Branches of one device that are kept without need. Kept always: what another device builds on (ledger.md section 2), and what a candidate names. */
export const forksMax = 4;
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
  const fresh = input.commits.slice(0, commitsMax).filter((commit) => view.seen.get(commit) === undefined);
  const { added, rejected } = await checkBatches({ ...view, repository: delivered }, fresh, (id) => view.checkpointById.has(id));
  const needed = neededBranches(added, input.isNamed);
  const taken: StoredBatch[] = [];
  const left: RejectedBatch[] = [];
  const dropped = new Set<string>();
  const refs: RefChange[] = [];
  let next = view;
  for (const stored of added) {
    const { batch, commit } = stored;
    const isOrphan = [batch.prev, ...batch.deps].some((parent) => dropped.has(parent));
    const place = isOrphan ? undefined : await placeOf(next, refs, stored, needed.has(batch.id));
    if (place === undefined) {
      dropped.add(batch.id);
      const reason = isOrphan ? 'a batch before it was not kept' : `${forksMax} other branches of its key are kept, and nobody builds on this one`;
      left.push({ ref: '', commit, kind: 'parked', code: isOrphan ? 'GDO1022' : 'GDO1043', reason });
      continue;
    }
    refs.push(place);
    taken.push(stored);
    next = withBatches(next, [stored], []);
  }
  const unkept = [...rejected, ...left];
  if (taken.length === 0) return { view, taken, rejected: unkept };
  await view.repository.writeObjects(input.objects);
  const moved = await view.repository.updateRefs(merged(refs));
  return moved.kind === 'conflict' ? { view, taken: [], rejected: unkept } : { view: next, taken, rejected: unkept };
}

/** Batches of a delivery, parents first, that are kept whatever the bound: named ones, those that another device's batch builds on, and what is before these. */
function neededBranches(added: readonly StoredBatch[], isNamed: (batch: string) => boolean): ReadonlySet<string> {
  const devices = new Map(added.map(({ batch }) => [batch.id, batch.device]));
  const needed = new Set(added.flatMap(({ batch }) => (isNamed(batch.id) ? [batch.id] : [])));
  for (const { batch } of added.toReversed()) {
    for (const parent of [batch.prev, ...batch.deps]) {
      const device = devices.get(parent);
      if (device !== undefined && (device !== batch.device || needed.has(batch.id))) needed.add(parent);
    }
  }
  return needed;
}

/** The move that keeps a batch: on its device's log where it goes on from there, else as a branch of its own; undefined beyond the bound. */
async function placeOf(view: LedgerView, planned: readonly RefChange[], stored: StoredBatch, isNeeded: boolean): Promise<RefChange | undefined> {
  const { batch, commit } = stored;
  const ref = logRef(batch.device);
  const current = planned.findLast((change) => change.ref === ref)?.next ?? (await view.repository.resolve(ref));
  const previous = placedBatch(view, batch.prev)?.commit;
  if (current === previous) return { ref, old: current, next: commit };
  const prefix = `refs/gdo/fork/${batch.device}`;
  const stands = new Map((await view.repository.list(prefix)).map(({ ref: name, id }) => [name, id]));
  for (const { ref: name, next } of planned) if (name.startsWith(`${prefix}/`) && next !== undefined) stands.set(name, next);
  // A batch that goes on from the tip of a branch moves that branch.
  const branch = previous === undefined ? undefined : [...stands].find(([, id]) => id === previous)?.[0];
  if (branch !== undefined) return { ref: branch, old: previous, next: commit };
  return stands.size >= forksMax && !isNeeded ? undefined : { ref: `${prefix}/${batch.id}`, old: undefined, next: commit };
}

/** Several moves of one ref as one. */
function merged(changes: readonly RefChange[]): readonly RefChange[] {
  const moves = new Map<string, RefChange>();
  for (const change of changes) moves.set(change.ref, { ...change, old: moves.has(change.ref) ? moves.get(change.ref)?.old : change.old });
  return [...moves.values()];
}
