// What a ledger says after replay: the shape that commands and the gate read, and how one epoch or batch extends it. Checks nothing.
import type {
  Batch,
  CaseNotice,
  ChangeSet,
  Charter,
  Checkpoint,
  Genesis,
  GrowingRoot,
  LedgerEvent,
  NativeEquation,
  Receipt,
  State,
  Verdict,
  WitnessSet,
} from '../../engine/index.ts';
import { charterInForce, checkpointLog, readEntry, witnessSetOf } from '../../engine/index.ts';
import type { ContentFile } from '../git/content.ts';
import type { Repository } from '../git/repository.ts';
import type { StoredBatch } from './batch.ts';
import { bylawsInForce, type ComputedEpoch, type EpochBasis, type MergeRecord } from './epoch.ts';
import type { FoundedLedger } from './genesis.ts';
import { nativeEquation } from './keys.ts';
import { grownMap } from './layered-map.ts';
import type { StoredReceipt, StoredVote } from './statement-log.ts';

/** One final checkpoint. `commit` is its place on `refs/gdo/checkpoint`. */
export interface CheckpointRecord {
  readonly height: number;
  readonly id: string;
  readonly commit: string;
  readonly timeMs: number;
  readonly statement: Checkpoint;
  /** The state after it; shared structure, so that keeping all of them is cheap. */
  readonly state: State;
  /** The batches of its epoch in the order in which they were judged. */
  readonly included: readonly string[];
  /** What its end did to cases. */
  readonly notices: readonly CaseNotice[];
}

/** A final checkpoint before the place where a view begins: what it said, without the state that it left. */
export type EarlierCheckpoint = Pick<CheckpointRecord, 'height' | 'id' | 'commit' | 'timeMs' | 'statement'>;

/** A batch as far as its commit tells: enough to build on it. The events of one that was judged before a view begins are not read. */
export interface PlacedBatch {
  readonly batch: Pick<Batch, 'id' | 'device' | 'seq' | 'count' | 'prev'>;
  readonly commit: string;
}

/** A merge before the place where a view begins, as far as its commit on main tells. */
export interface EarlierMerge {
  readonly case: string;
  readonly commit: string;
  /** Main before it. */
  readonly parent: string;
  readonly undo?: true;
}

/** One event with what a checkpoint said about it. */
export interface JudgedEvent {
  readonly event: LedgerEvent;
  readonly verdict: Verdict;
  readonly height: number;
  readonly batch: string;
  /** When the witness received it. */
  readonly receivedMs: number;
}

/** A batch that lies in a log here and does not count: `parked` may count later. */
export interface RejectedBatch {
  readonly ref: string;
  readonly commit: string;
  readonly kind: 'refused' | 'parked';
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** A checkpoint with a snapshot: the events of batches that it or an earlier one holds may be missing here. */
export interface PrunedAt {
  readonly height: number;
  /** The checkpoint's id. */
  readonly checkpoint: string;
}

/** A snapshot that could not be taken as a start, and why, as a sentence part. */
export interface UnusedSnapshot {
  readonly code: `GDO${string}`;
  readonly height: number;
  readonly reason: string;
}

/** A ledger after replay. Immutable; newer views share structure with older ones. */
export interface LedgerView {
  readonly repository: Repository;
  readonly org: string;
  readonly name: string;
  readonly genesis: Genesis;
  readonly genesisCommit: string;
  /** In force for cases that start now, without what has lapsed (S60). */
  readonly charter: Charter;
  readonly bylawsHash: string;
  /** At the newest final checkpoint. */
  readonly state: State;
  readonly tip: CheckpointRecord;
  /** The final checkpoints from the one at which this view begins: the founding, or one with a snapshot. */
  readonly checkpoints: readonly CheckpointRecord[];
  /** Those before it, from height 0; empty where the view begins at the founding. */
  readonly earlier: readonly EarlierCheckpoint[];
  /** All of them by id, with no more than every view has. */
  readonly checkpointById: ReadonlyMap<string, EarlierCheckpoint>;
  /** The ids of all of them, as the next checkpoint names them. */
  readonly log: GrowingRoot;
  /** Batches that the checkpoints in `earlier` and the first of `checkpoints` hold, by batch id. */
  readonly settled: ReadonlyMap<string, PlacedBatch>;
  /** The merges of that time, oldest first. */
  readonly earlierMerges: readonly EarlierMerge[];
  /** Before which checkpoint this copy has dropped what batches say (SPEC.md section 18). */
  readonly pruned: PrunedAt | undefined;
  /** Why the newest snapshot is not where this view begins. */
  readonly unusedSnapshot: UnusedSnapshot | undefined;
  /** Main as the ledger accepted it. */
  readonly mainCommit: string;
  readonly mainFiles: readonly ContentFile[];
  readonly merges: readonly MergeRecord[];
  /** By event id; an event without entry is not in a checkpoint yet. */
  readonly verdicts: ReadonlyMap<string, JudgedEvent>;
  /** Every valid batch here that is not settled, by batch id. */
  readonly batches: ReadonlyMap<string, StoredBatch>;
  /** Valid batches that no checkpoint holds yet, dependencies first. */
  readonly pending: readonly StoredBatch[];
  readonly rejected: readonly RejectedBatch[];
  /** The newest valid batch of each device here. */
  readonly heads: ReadonlyMap<string, PlacedBatch>;
  /** Change sets by id. */
  readonly changes: ReadonlyMap<string, ChangeSet>;
  /** Who witnesses the next height. */
  readonly witnesses: WitnessSet;
  /** Receipts that final checkpoints name and that hold a batch which no checkpoint does. */
  readonly openReceipts: readonly Receipt[];
  /** How signatures are judged. */
  readonly equation: NativeEquation;
  /** The newest receipt of each witness device, and when each batch was received. */
  readonly receipts: ReadonlyMap<string, StoredReceipt>;
  readonly receivedMs: ReadonlyMap<string, number>;
  /** Newest vote of each witness device that made a checkpoint final. */
  readonly votes: ReadonlyMap<string, StoredVote>;
  /** Every commit of a log that was looked at, by git id: the batch id, or undefined where it was rejected. */
  readonly seen: ReadonlyMap<string, string | undefined>;
}

/** The member that a device speaks for at the tip, or undefined where it is not enrolled or revoked. */
export function memberOf(state: State, device: string): string | undefined {
  const entry = readEntry(state, `key/${device}`);
  const member = entry?.['member'];
  return typeof member === 'string' && entry?.['revoked'] === undefined ? member : undefined;
}

/** A batch that is known here, judged long ago or not. */
export function placedBatch(view: Pick<LedgerView, 'batches' | 'settled'>, id: string): PlacedBatch | undefined {
  return view.batches.get(id) ?? view.settled.get(id);
}

/** Where the next epoch starts. */
export function basisOf(view: LedgerView): EpochBasis {
  const { org, genesis, tip, state, mainCommit, mainFiles } = view;
  return {
    org,
    genesis,
    height: tip.height,
    id: tip.id,
    timeMs: tip.timeMs,
    state,
    events: tip.statement.events,
    mainCommit,
    mainFiles,
    log: view.log,
  };
}

/** The bylaws in force without what has lapsed; those it was founded with where an engine keeps none in its state. */
export function rulesOf(state: State, founding: Charter): Charter {
  return readEntry(state, 'current') === undefined ? founding : charterInForce(state);
}

/** The view of a ledger that holds only its genesis. @param equation - how signatures are judged: natively, but where a simulation has its own */
export function foundedView(
  repository: Repository,
  founded: FoundedLedger,
  zero: { readonly id: string; readonly commit: string; readonly statement: Checkpoint },
  equation: NativeEquation = nativeEquation,
): LedgerView {
  const { org, genesis, charter, state } = founded;
  const tip: CheckpointRecord = {
    height: 0,
    id: zero.id,
    commit: zero.commit,
    timeMs: genesis.timeMs,
    statement: zero.statement,
    state,
    included: [],
    notices: [],
  };
  return {
    repository,
    org,
    name: genesis.name,
    genesis,
    genesisCommit: founded.commit,
    charter: rulesOf(state, charter),
    bylawsHash: genesis.bylaws,
    state,
    tip,
    checkpoints: [tip],
    earlier: [],
    checkpointById: new Map([[tip.id, tip]]),
    log: checkpointLog([tip.id]),
    settled: new Map(),
    earlierMerges: [],
    pruned: undefined,
    unusedSnapshot: undefined,
    mainCommit: genesis.mainCommit,
    mainFiles: founded.mainFiles,
    merges: [],
    verdicts: new Map(),
    batches: new Map(),
    pending: [],
    rejected: [],
    heads: new Map(),
    changes: new Map(),
    witnesses: witnessSetOf(state, genesis.witnesses),
    openReceipts: [],
    equation,
    receipts: new Map(),
    receivedMs: new Map(),
    votes: new Map(),
    seen: new Map(),
  };
}

/** True iff a batch is the head of its device rather than another. Of two branches of one key neither is newer: the ids decide, as copies met them in any order. */
export function isNewer({ batch }: PlacedBatch, known: PlacedBatch | undefined): boolean {
  return known === undefined || known.batch.seq < batch.seq || (known.batch.seq === batch.seq && batch.id < known.batch.id);
}

/** The view with more batches of the logs, dependencies first. */
export function withBatches(view: LedgerView, added: readonly StoredBatch[], rejected: readonly RejectedBatch[]): LedgerView {
  if (added.length + rejected.length === 0) return view;
  const fresh = new Map<string, StoredBatch>();
  const heads = new Map<string, PlacedBatch>();
  const changes = new Map<string, ChangeSet>();
  const seen = new Map<string, string | undefined>();
  for (const stored of added) {
    const { batch } = stored;
    seen.set(stored.commit, batch.id);
    if (placedBatch(view, batch.id) !== undefined || fresh.has(batch.id)) continue;
    fresh.set(batch.id, stored);
    for (const change of batch.changes) changes.set(change.id, change);
    if (isNewer(stored, heads.get(batch.device) ?? view.heads.get(batch.device))) heads.set(batch.device, stored);
  }
  for (const one of rejected) seen.set(one.commit, undefined);
  return {
    ...view,
    batches: grownMap(view.batches, fresh),
    heads: grownMap(view.heads, heads),
    changes: grownMap(view.changes, changes),
    seen: grownMap(view.seen, seen),
    pending: [...view.pending, ...fresh.values()],
    rejected: [...view.rejected, ...rejected],
  };
}

/** What a new checkpoint adds besides the epoch: its commit, and the receipt and vote that made it final. */
export interface FinalParts {
  readonly commit: string;
  readonly receipts: readonly StoredReceipt[];
  readonly votes: readonly StoredVote[];
  /** Receipt times of its batches. */
  readonly times: ReadonlyMap<string, number>;
}

/** The view after one more final checkpoint. */
export function withCheckpoint(view: LedgerView, epoch: ComputedEpoch, parts: FinalParts): LedgerView {
  const { statement, result } = epoch;
  const tip: CheckpointRecord = {
    height: statement.height,
    id: epoch.id,
    commit: parts.commit,
    timeMs: statement.timeMs,
    statement,
    state: result.state,
    included: result.included,
    notices: result.notices,
  };
  const received = new Map<string, number>();
  const receipts = new Map(view.receipts);
  for (const stored of parts.receipts) {
    receipts.set(stored.receipt.witness, stored);
    for (const [batch, timeMs] of stored.receipt.entries)
      received.set(batch, Math.min(timeMs, received.get(batch) ?? timeMs, view.receivedMs.get(batch) ?? timeMs));
  }
  for (const id of result.included) received.set(id, parts.times.get(id) ?? statement.timeMs);
  const receivedMs = grownMap(view.receivedMs, received);
  const verdicts = new Map<string, JudgedEvent>();
  const judged = new Map(result.verdicts.map((row) => [row.event, row.verdict]));
  const included = new Set(result.included);
  for (const id of result.included) {
    for (const event of view.batches.get(id)?.batch.events ?? []) {
      const verdict = judged.get(event.id);
      // A key that signs one line in two branches does not change what was said of it first.
      if (verdict !== undefined && !verdicts.has(event.id) && !view.verdicts.has(event.id))
        verdicts.set(event.id, { event, verdict, height: statement.height, batch: id, receivedMs: receivedMs.get(id) ?? statement.timeMs });
    }
  }
  const bylawsHash = bylawsInForce(result.state);
  const pending = view.pending.filter((stored) => !included.has(stored.batch.id));
  const waiting = new Set(pending.map((stored) => stored.batch.id));
  const isOpen = (batch: string): boolean => placedBatch(view, batch) === undefined || waiting.has(batch);
  const openReceipts = [...view.openReceipts, ...parts.receipts.map((stored) => stored.receipt)];
  return {
    ...view,
    charter: rulesOf(result.state, view.charter),
    bylawsHash,
    state: result.state,
    tip,
    checkpoints: [...view.checkpoints, tip],
    checkpointById: grownMap(view.checkpointById, [[tip.id, tip]]),
    log: checkpointLog([tip.id], view.log),
    mainCommit: statement.mainCommit,
    mainFiles: epoch.mainFiles,
    merges: [...view.merges, ...epoch.merges],
    verdicts: grownMap(view.verdicts, verdicts),
    pending,
    witnesses: witnessSetOf(result.state, view.genesis.witnesses),
    openReceipts: openReceipts.filter((receipt) => receipt.entries.some(([batch]) => isOpen(batch))),
    receipts,
    receivedMs,
    votes: new Map([...view.votes, ...parts.votes.map((vote) => [vote.device, vote] as const)]),
  };
}
