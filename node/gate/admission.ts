// Which pending batches a steward takes into the next epoch: enrolled device, own actor, proposals that are whole (ledger.md section 8, steps 4 and 8).
// Authority is not judged here: the fold does that and its verdict stays.
import { emptyState, openCases, receiptEntriesMax, readEntry, type ChangeSet, type LedgerEvent, type State } from '../../engine/index.ts';
import { contentPairs, contentTree } from '../git/content.ts';
import { pathCollision } from '../git/path-policy.ts';
import type { Repository } from '../git/repository.ts';
import type { BatchRefusal, StoredBatch } from '../ledger/batch.ts';
import { commitLinks } from '../ledger/statements.ts';
import type { LedgerView } from '../ledger/view.ts';

/** The batches for the next receipt, dependencies first, and those that are left out with the reason. */
export interface Admission {
  readonly admitted: readonly StoredBatch[];
  readonly left: readonly (BatchRefusal & { readonly stored: StoredBatch })[];
}

/** Chooses from the pending batches of a view; at most 700, which is one receipt. */
export async function admitBatches(view: LedgerView): Promise<Admission> {
  const admitted: StoredBatch[] = [];
  const left: (BatchRefusal & { readonly stored: StoredBatch })[] = [];
  const out = new Set<string>();
  for (const stored of view.pending) {
    const { batch } = stored;
    const blocked = [batch.prev, ...batch.deps].some((id) => out.has(id));
    const refusal: BatchRefusal | undefined =
      admitted.length >= receiptEntriesMax
        ? { kind: 'parked', code: 'GDO1061', reason: 'it waits for the next epoch' }
        : blocked
          ? { kind: 'parked', code: 'GDO1022', reason: 'a batch before it is not accepted' }
          : ((await batchRefusal(view.repository, view, { stored, before: admitted })) ?? undefined);
    if (refusal === undefined) {
      admitted.push(stored);
    } else {
      out.add(batch.id);
      left.push({ ...refusal, stored });
    }
  }
  return { admitted, left };
}

/**
 * Judges one valid batch against the tip.
 * @param view - knows the batches it depends on
 * @param input.before - batches of this round that were taken before it
 * @returns why it is not taken, or undefined
 */
export async function batchRefusal(
  repository: Repository,
  view: LedgerView,
  input: { readonly stored: StoredBatch; readonly before: readonly StoredBatch[] },
): Promise<BatchRefusal | undefined> {
  const { stored } = input;
  const { batch } = stored;
  const key = `key/${batch.device}`;
  // A key that is gone by now was its author's at the checkpoint that the batch names: others may build on it, and the fold judges it.
  const base = (): State | undefined => view.checkpoints.find((checkpoint) => checkpoint.id === batch.base)?.state;
  const owner = readEntry(view.state, key)?.['member'] ?? readEntry(base() ?? emptyState, key)?.['member'] ?? enrolledBefore(view, stored);
  if (owner === undefined) return { kind: 'parked', code: 'GDO1015', reason: 'the key is not enrolled' };
  if (owner !== batch.actor) return { kind: 'refused', code: 'GDO1015', reason: `the key belongs to another member than ${batch.actor}` };
  for (const event of batch.events) {
    // An edit brings content like a proposal (S50).
    if ((event.kind !== 'propose' && event.kind !== 'act') || event.body['change'] === undefined) continue;
    const refusal = await proposalRefusal(repository, view, { ...input, event });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The member for whom a batch in this one's past enrols its key. */
function enrolledBefore(view: LedgerView, stored: StoredBatch): string | undefined {
  const open = [...stored.batch.deps];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const one = view.batches.get(id)?.batch;
    if (one === undefined || seen.has(id)) continue;
    seen.add(id);
    for (const event of one.events) {
      const member = event.body['member'];
      if (event.kind === 'key.enrol' && typeof member === 'string' && member === stored.batch.actor) return member;
    }
    open.push(one.prev, ...one.deps);
  }
  return undefined;
}

/** A proposal is whole iff its head is here, keeps the tree policy, and is main at its base with exactly the entries of its change set (GDO2011). */
async function proposalRefusal(
  repository: Repository,
  view: LedgerView,
  proposal: { readonly stored: StoredBatch; readonly before: readonly StoredBatch[]; readonly event: LedgerEvent },
): Promise<BatchRefusal | undefined> {
  const { batch } = proposal.stored;
  const { change, head } = proposal.event.body;
  const changeSet = batch.changes.find((one) => one.id === change);
  if (changeSet === undefined || typeof head !== 'string')
    return { kind: 'refused', code: 'GDO2011', reason: 'the proposal names a change without its change set or its commit' };
  if ((await commitLinks(repository, head)) === undefined) return { kind: 'parked', code: 'GDO1022', reason: `the proposed commit ${head} has not arrived` };
  const tree = await contentTree(repository, head);
  if (tree.kind === 'refused') return { kind: 'refused', code: tree.code, reason: `${tree.path} ${tree.reason}` };
  const base = view.checkpointById.get(batch.base);
  const main = base === undefined ? undefined : await contentTree(repository, base.statement.mainCommit);
  if (main?.kind !== 'ok') return { kind: 'parked', code: 'GDO1023', reason: 'the checkpoint it was written on is not here' };
  const expected = new Map(await contentPairs(repository, main.files));
  for (const entry of changeSet.entries) {
    if ((expected.get(entry.path) ?? 'absent') !== entry.old) return { kind: 'refused', code: 'GDO2011', reason: `${entry.path} was not ${entry.old} on main` };
    if (entry.new === 'absent') expected.delete(entry.path);
    else expected.set(entry.path, entry.new);
  }
  const actual = await contentPairs(repository, tree.files);
  const differs = actual.find(([path, identity]) => expected.get(path) !== identity)?.[0];
  if (differs !== undefined) return { kind: 'refused', code: 'GDO2011', reason: `${differs} in the proposed commit is not what the change set names` };
  if (actual.length !== expected.size) return { kind: 'refused', code: 'GDO2011', reason: 'the proposed commit lacks files that the change set keeps' };
  return neighbourRefusal(view, changeSet, proposal.before);
}

/**
 * Two changes that each pass could leave `README.md` beside `readme.md`, and a main that no proposal can build on: a change waits while its new names
 * collide with main as it is now or with a change that is still being decided (node.md section 4 lane A 1).
 */
function neighbourRefusal(view: LedgerView, change: ChangeSet, before: readonly StoredBatch[]): BatchRefusal | undefined {
  const added = (one: ChangeSet | undefined): readonly string[] => one?.entries.flatMap((entry) => (entry.new === 'absent' ? [] : [entry.path])) ?? [];
  const removed = new Set(change.entries.flatMap((entry) => (entry.new === 'absent' ? [entry.path] : [])));
  const decided = openCases(view.state).flatMap((one) => (one.change === undefined || one.change === change.id ? [] : added(view.changes.get(one.change))));
  const taken = before.flatMap((stored) => stored.batch.changes.flatMap(added));
  const paths = [...view.mainFiles.map((file) => file.path), ...decided, ...taken].filter((path) => !removed.has(path));
  const collision = pathCollision([...paths, ...added(change)]);
  if (collision === undefined) return undefined;
  return {
    kind: 'parked',
    code: 'GDO2014',
    reason: `${collision.path} cannot stand beside ${collision.meets}, which is on main or in a case that is still open`,
  };
}
