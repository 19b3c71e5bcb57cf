// Drops what old batches say, as far as the bylaws let records go (S106, ledger.md section 13), and brings it back from another copy. Commits, roots, ids of
// events, statements, snapshots and main stay, so that signatures, order and inclusion can be checked as before.
import { addDuration, decodeChangeSet, entriesUnder, eventId, idsRoot, readBatchCommit, splitLines, type State } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { fetchArrival } from '../git/arrival.ts';
import { bytesOnDisk, dropObjects, keepWhole, objectsHere, reachable } from '../git/dropped.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import type { Remote } from '../git/transport.ts';
import { batchFiles, type BatchFiles } from './batch-files.ts';
import { readCharter } from './charter.ts';
import { fileOfEach, snapshotInterval } from './checkpoint-chain.ts';
import { buildPruned, prunedRef, readPruned } from './pruned.ts';
import { replayLedger } from './replay.ts';
import { settledBatches } from './settled.ts';
import { readSnapshot } from './snapshot.ts';
import type { EarlierCheckpoint, LedgerView, PlacedBatch } from './view.ts';

/** Files looked at in one go. */
const chunkSize = 256;

/** What would be dropped. */
export interface PrunePlan {
  readonly checkpoint: EarlierCheckpoint;
  /** All batches up to it whose events are, or then will be, dropped. */
  readonly batches: ReadonlyMap<string, PlacedBatch>;
  readonly files: readonly BatchFiles[];
  readonly drop: ReadonlySet<string>;
  readonly bytesOnDisk: number;
  /** Change sets and bylaws of cases: they stay, since a change may still be merged, shown or taken back. */
  readonly keptCount: number;
}

/** A plan, or why nothing may be dropped. */
export type Pruning =
  | { readonly kind: 'plan'; readonly plan: PrunePlan }
  | { readonly kind: 'refused'; readonly code: `GDO${string}`; readonly reason: string };

function refused(code: `GDO${string}`, reason: string): Pruning {
  return { kind: 'refused', code, reason };
}

/**
 * Says what may be dropped: the events of every batch that the newest final checkpoint with a snapshot holds which is older than the bylaws want records kept.
 * Age is measured between checkpoints; no clock is asked.
 * @param height - an earlier checkpoint with a snapshot, where not all that may be dropped shall be
 * @returns GDO1040 where the bylaws keep everything, or not so long; GDO5003 where there is no such checkpoint; or the code of a snapshot that cannot be used
 */
export async function planPrune(view: LedgerView, height?: number): Promise<Pruning> {
  const { repository, tip } = view;
  const { retention } = view.charter.organization;
  if (retention === undefined) return refused('GDO1040', 'the bylaws keep records for ever: they have no `retention`');
  const all = [...view.earlier, ...view.checkpoints];
  const withSnapshot = all.filter((one) => one.height > 0 && one.height % snapshotInterval === 0);
  const old = withSnapshot.filter((one) => addDuration(one.timeMs, retention) <= tip.timeMs);
  const checkpoint = height === undefined ? old.at(-1) : withSnapshot.find((one) => one.height === height);
  if (checkpoint === undefined && height !== undefined) return refused('GDO5003', `checkpoint ${height} has no snapshot: every ${snapshotInterval}th has one`);
  if (checkpoint === undefined) return refused('GDO1040', 'no checkpoint with a snapshot is as old as the bylaws want records kept');
  if (!old.includes(checkpoint)) return refused('GDO1040', `checkpoint ${checkpoint.height} is younger than the bylaws want records kept`);
  if (view.pruned !== undefined && view.pruned.height > checkpoint.height)
    return refused('GDO5003', `what came before checkpoint ${view.pruned.height} is dropped already`);
  const [bytes] = await fileOfEach(repository, [checkpoint.commit], 'state.ndjson');
  const snapshot = readSnapshot(bytes ?? new Uint8Array(), checkpoint.statement.state);
  if (snapshot.kind === 'refused') return refused(snapshot.code, `the snapshot of checkpoint ${checkpoint.height} cannot be used: ${snapshot.reason}`);
  // Whoever drops the past must be able to go on without it.
  const short = await replayLedger(repository, undefined, 'snapshot');
  if (short.kind === 'fault') return refused(short.fault.code, short.fault.what);
  if (short.view.unusedSnapshot !== undefined) return refused(short.view.unusedSnapshot.code, short.view.unusedSnapshot.reason);
  const refs = await repository.list('refs');
  const past = await settledBatches(repository, refs, snapshot.state);
  if (past.kind === 'lacking') return refused('GDO1022', past.reason);
  return { kind: 'plan', plan: await planOf(view, refs, { checkpoint, batches: past.settled }) };
}

async function planOf(view: LedgerView, refs: readonly RefEntry[], what: Pick<PrunePlan, 'checkpoint' | 'batches'>): Promise<PrunePlan> {
  const { repository } = view;
  const { gitDirectory } = repository;
  const isLog = ({ ref }: RefEntry): boolean => /^refs\/gdo\/(log|fork)\//.test(ref);
  const commits = await repository.walk(
    refs.filter(isLog).map(({ id }) => id),
    [],
  );
  const old = new Set([...what.batches.values()].map(({ commit }) => commit));
  const files = await batchFiles(repository, [...old]);
  const younger = await batchFiles(
    repository,
    commits.filter((commit) => !old.has(commit)),
  );
  const here = await objectsHere(gitDirectory);
  const named = await reachable(
    gitDirectory,
    refs.filter((entry) => !isLog(entry)).map(({ ref }) => ref),
  );
  const stays = new Set([...named, ...younger.flatMap(filesOf)]);
  const candidates = [...new Set(files.flatMap(filesOf))].filter((id) => here.has(id) && !stays.has(id));
  const kept = await filesOfCases(repository, candidates, view.state);
  const drop = candidates.filter((id) => !kept.has(id));
  return { ...what, files, drop: new Set(drop), bytesOnDisk: await bytesOnDisk(gitDirectory, drop), keptCount: kept.size };
}

function filesOf({ events, attachments }: BatchFiles): readonly string[] {
  return events === undefined ? attachments : [events, ...attachments];
}

/** Change sets of cases that the state knows, and bylaws that one of them wants adopted. */
async function filesOfCases(repository: Repository, ids: readonly string[], state: State): Promise<ReadonlySet<string>> {
  const named = new Set(entriesUnder(state, 'case/').flatMap(([, { adopts, change }]) => [adopts, change].filter((one) => typeof one === 'string')));
  const kept = new Set<string>();
  for (let from = 0; from < ids.length; from += chunkSize) {
    const chunk = ids.slice(from, from + chunkSize);
    for (const [index, object] of (await repository.readMany(chunk)).entries()) {
      if (object?.kind !== 'blob') continue;
      const name = decodeChangeSet(object.bytes)?.id ?? readCharter(object.bytes)?.hash;
      if (name !== undefined && named.has(name)) kept.add(chunk[index] ?? '');
    }
  }
  return kept;
}

/**
 * Carries a plan out. First the copy says what it no longer holds, then it drops it: a kill in between leaves everything, and the next call does the rest.
 * @returns files that are still here, because another object store has them
 * @throws WorldError GDO1020 where a batch is not what its root names, GDO1043 where the ledger moved meanwhile
 */
export async function prune(view: LedgerView, plan: PrunePlan): Promise<readonly string[]> {
  const { repository, org } = view;
  const before = await readPruned(repository);
  if (before?.kind === 'fault') throw new WorldError(before.fault.code, `What was dropped before cannot be read: ${before.fault.what}`, 'run `gdo audit`');
  const events = await eventsOf(repository, plan, before?.record.events ?? new Map());
  const { height, id, timeMs } = plan.checkpoint;
  const built = buildPruned({ org, height, checkpoint: id }, events, timeMs);
  await repository.writeObjects(built.objects);
  const moved = await repository.updateRefs([{ ref: prunedRef, old: before?.record.commit, next: built.commit }]);
  if (moved.kind === 'conflict')
    throw new WorldError('GDO1043', 'Another process drops events of this copy', 'wait for it and try again', new Error(moved.reason));
  return dropObjects(
    repository.gitDirectory,
    plan.drop,
    plan.files.flatMap(({ trees }) => trees),
  );
}

/** The event ids of every batch of the plan, from the events where they are here, else from what was listed before. */
async function eventsOf(
  repository: Repository,
  plan: PrunePlan,
  known: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const here = await objectsHere(repository.gitDirectory);
  const found = new Map<string, readonly string[]>();
  const rows = [...plan.batches].map(([id, { commit }], index) => ({ id, commit, events: plan.files[index]?.events }));
  for (let from = 0; from < rows.length; from += chunkSize) {
    const chunk = rows.slice(from, from + chunkSize);
    const [commits, texts] = await Promise.all([
      repository.readMany(chunk.map(({ commit }) => commit)),
      Promise.all(chunk.map(async ({ events }) => (events !== undefined && here.has(events) ? repository.readObject(events) : undefined))),
    ]);
    for (const [index, { id, commit }] of chunk.entries()) {
      const [object, text] = [commits[index], texts[index]];
      const read = object?.kind === 'commit' ? readBatchCommit(object.bytes) : undefined;
      const ids = text?.kind === 'blob' ? (splitLines(text.bytes) ?? []).map((line) => eventId(line)) : (known.get(id) ?? []);
      if (read?.kind !== 'ok' || ids.length !== read.commit.count || idsRoot(ids) !== read.commit.root)
        throw new WorldError('GDO1020', `The events of the batch ${commit} are not the ones that its root names`, 'run `gdo audit`; nothing was dropped');
      found.set(id, ids);
    }
  }
  return found;
}

/** What came back from another copy. */
export interface BroughtBack {
  readonly filesCount: number;
  readonly view: LedgerView;
}

/**
 * Fetches what was dropped here from a copy that holds it, and makes this one whole: the ledger must replay from its founding.
 * @returns undefined where nothing is dropped here
 * @throws WorldError GDO4002 unreachable, GDO4011 over the budgets, GDO4014 where the other copy lacks some of it too, or the code of the replay's fault
 */
export async function bringBack(view: LedgerView, remote: Remote): Promise<BroughtBack | undefined> {
  const { repository } = view;
  const commit = await repository.resolve(prunedRef);
  if (commit === undefined) return undefined;
  const commits = [...view.settled.values()].map((placed) => placed.commit);
  const named = [...new Set((await batchFiles(repository, commits)).flatMap(filesOf))];
  const here = await objectsHere(repository.gitDirectory);
  const missing = named.filter((id) => !here.has(id));
  if (missing.length > 0) {
    const arrival = await fetchArrival(repository, remote, missing);
    try {
      if (arrival.over.length > 0) throw new WorldError('GDO4011', `The repository at ${remote.address} sends more than gdo takes`, 'ask another copy');
      arrival.promote();
    } finally {
      arrival.discard();
    }
  }
  const whole = await objectsHere(repository.gitDirectory);
  const left = missing.filter((id) => !whole.has(id));
  if (left.length > 0)
    throw new WorldError(
      'GDO4014',
      `The repository at ${remote.address} does not hold ${left.length} of the ${missing.length} files that are missing here`,
      'ask another copy',
    );
  await repository.updateRefs([{ ref: prunedRef, old: commit, next: undefined }]);
  const replay = await replayLedger(repository);
  if (replay.kind === 'fault') {
    await repository.updateRefs([{ ref: prunedRef, old: undefined, next: commit }]);
    throw new WorldError(replay.fault.code, `What came back does not replay: ${replay.fault.what}`, 'run `gdo audit` on the other copy');
  }
  await keepWhole(repository.gitDirectory);
  return { filesCount: missing.length, view: replay.view };
}
