// The steward closes an epoch (F0): receipt, fold, merges, checkpoint and vote, published in one ref transaction after the vote is on disk.
import { encodeReceipt, encodeVote, nextDueMs, receiptId, zeros64, type Receipt } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import type { RefChange } from '../git/repository.ts';
import { basisOf, withCheckpoint, type CheckpointRecord, type LedgerView } from '../ledger/view.ts';
import { computeEpoch, type ComputedEpoch, type MergeRecord } from '../ledger/epoch.ts';
import { snapshotBytes } from '../ledger/snapshot.ts';
import type { Signer } from '../ledger/keys.ts';
import { epochRequest, seatOf } from '../ledger/received.ts';
import { snapshotInterval } from '../ledger/checkpoint-chain.ts';
import { openLedger } from '../ledger/replay.ts';
import { checkpointCommit, statementCommit, type NewCommit } from '../ledger/statements.ts';
import type { VoteStore } from '../ledger/votes.ts';
import { admitBatches, type Admission } from './admission.ts';
import { mainMove } from './main-line.ts';

/** Who closes an epoch, and when. */
export interface CloseRequest {
  readonly view: LedgerView;
  readonly signer: Signer;
  readonly votes: VoteStore;
  readonly clockMs: number;
}

/** A closed epoch. */
export interface ClosedEpoch {
  readonly view: LedgerView;
  readonly checkpoint: CheckpointRecord;
  readonly merges: readonly MergeRecord[];
  /** Pending batches that were not taken, with the reason. */
  readonly left: Admission['left'];
}

/** Why an epoch should be closed now, or undefined: batches that can be taken wait, an instant is due, or the heartbeat. */
export async function epochReason(view: LedgerView, clockMs: number): Promise<'batches' | 'due' | 'heartbeat' | undefined> {
  if ((await admitBatches(view)).admitted.length > 0) return 'batches';
  const due = nextDueMs(view.state);
  if (due !== undefined && due <= clockMs) return 'due';
  return clockMs - view.tip.timeMs >= view.genesis.params.heartbeatMs ? 'heartbeat' : undefined;
}

/**
 * Closes one epoch at the caller's clock, or one millisecond after the last checkpoint if the clock is behind it.
 * @throws WorldError GDO5021 where the signer is no witness, GDO2003 where main was moved past the gate, GDO4013 where this height was voted
 */
export async function closeEpoch(request: CloseRequest): Promise<ClosedEpoch> {
  const view = await finishVote(request);
  const { signer } = request;
  if (view.genesis.finality === 'F1')
    throw new WorldError(
      'GDO4004',
      'Here a quorum of witnesses makes checkpoints final, over a stream, and this node has none',
      'let a node with a stream do it',
    );
  if (seatOf(view, signer.device) === undefined) {
    throw new WorldError(
      'GDO5021',
      'This key is no witness of the organization, so it cannot close an epoch',
      'use the key of the steward, or run `gdo sync` and wait for it',
    );
  }
  const timeMs = Math.max(request.clockMs, view.tip.timeMs + 1);
  const admission = await admitBatches(view);
  const arrived = admission.admitted.flatMap(({ batch }) => (view.receivedMs.has(batch.id) ? [] : [batch.id]));
  const receipt = await signReceipt(view, signer, { timeMs, batches: arrived });
  const epoch = epochRequest(view, { timeMs, named: [[signer.device, receipt.receipt.seq, receipt.id]], added: [receipt.receipt] });
  const computed = await computeEpoch(view.repository, basisOf(view), epoch);
  if (computed.kind === 'refused') throw new WorldError(computed.code, `The epoch cannot be closed: ${computed.reason}`, 'run `gdo audit`');
  const published = await publish(request, view, { receipt, epoch: computed.epoch, times: epoch.times });
  return { view: published, checkpoint: published.tip, merges: computed.epoch.merges, left: admission.left };
}

interface SignedReceipt {
  readonly receipt: Receipt;
  readonly id: string;
  readonly built: NewCommit;
}

async function signReceipt(view: LedgerView, signer: Signer, input: { readonly timeMs: number; readonly batches: readonly string[] }): Promise<SignedReceipt> {
  const known = view.receipts.get(signer.device);
  const receipt: Receipt = {
    org: view.org,
    witness: signer.device,
    seq: (known?.receipt.seq ?? 0) + 1,
    prev: known?.id ?? zeros64,
    upToMs: input.timeMs,
    entries: input.batches.toSorted((left, right) => (left < right ? -1 : 1)).map((batch) => [batch, input.timeMs]),
  };
  const bytes = encodeReceipt(receipt);
  const armour = await signer.sign('gdo-receipt-v1', bytes);
  return { receipt, id: receiptId(bytes), built: statementCommit('receipt', { bytes, armour }, known?.commit) };
}

async function publish(
  request: CloseRequest,
  view: LedgerView,
  input: { readonly receipt: SignedReceipt; readonly epoch: ComputedEpoch; readonly times: ReadonlyMap<string, number> },
): Promise<LedgerView> {
  const { signer, votes } = request;
  const { epoch, receipt } = input;
  const { height, timeMs } = epoch.statement;
  const checkpoint = checkpointCommit({
    bytes: epoch.bytes,
    id: epoch.id,
    height,
    timeMs,
    parent: view.tip.commit,
    snapshot: height % snapshotInterval === 0 ? snapshotBytes(epoch.result.state) : undefined,
  });
  const voteBytes = encodeVote({ org: view.org, height, value: epoch.id });
  const previousVote = view.votes.get(signer.device)?.commit;
  const vote = statementCommit('vote', { bytes: voteBytes, armour: await signer.sign('gdo-cosign-v1', voteBytes) }, previousVote);
  const refs: RefChange[] = [
    { ref: `refs/gdo/receipt/${signer.device}`, old: view.receipts.get(signer.device)?.commit, next: receipt.built.commit },
    { ref: `refs/gdo/cosign/${signer.device}`, old: previousVote, next: vote.commit },
    { ref: 'refs/gdo/checkpoint', old: view.tip.commit, next: checkpoint.commit },
    ...(await mainMove(view, epoch)),
  ];
  await view.repository.writeObjects([...epoch.objects, ...receipt.built.objects, ...checkpoint.objects, ...vote.objects]);
  votes.append({ org: view.org, height, value: epoch.id, refs });
  const moved = await view.repository.updateRefs(refs);
  if (moved.kind === 'conflict')
    throw new WorldError(
      'GDO1071',
      'Another process moved the ledger while this epoch was closed',
      'look which node signs as this steward: only one may',
      new Error(moved.reason),
    );
  return withCheckpoint(view, epoch, {
    commit: checkpoint.commit,
    receipts: [{ receipt: receipt.receipt, id: receipt.id, commit: receipt.built.commit }],
    votes: [{ vote: { org: view.org, height, value: epoch.id }, device: signer.device, commit: vote.commit }],
    times: input.times,
  });
}

function restored(reason: string): WorldError {
  return new WorldError('GDO4013', reason, 'fetch the newest ledger from the other copies, then run `gdo node resume-witness`');
}

/** Whether a witness still knows what it has signed, as after a start. @throws WorldError GDO4013 where its record of votes ends before the ledger's */
export function mustRecallVotes({ view, signer, votes }: Pick<CloseRequest, 'view' | 'signer' | 'votes'>): void {
  const own = view.votes.get(signer.device);
  if (own !== undefined && (votes.newest(view.org)?.height ?? 0) < own.vote.height)
    throw restored('This witness has voted in the ledger, but its own record of votes is older');
}

/** Publishes a vote that was written before a crash: the same one again, never another. @throws WorldError GDO4013 where the record of votes and this copy do not fit */
export async function finishVote(request: Pick<CloseRequest, 'view' | 'signer' | 'votes'>): Promise<LedgerView> {
  const { view, votes } = request;
  mustRecallVotes(request);
  const newest = votes.newest(view.org);
  if (newest === undefined || newest.height <= view.tip.height) return view;
  if (newest.height > view.tip.height + 1) throw restored('This witness has voted for checkpoints that are not in this copy');
  // Git moves the refs of one transaction one after another: a kill in between leaves some of them where the vote wanted them.
  const standing = new Map((await view.repository.list('refs')).map(({ ref, id }) => [ref, id]));
  const moved = await view.repository.updateRefs(newest.refs.filter(({ ref, next }) => standing.get(ref) !== next));
  if (moved.kind === 'conflict') throw restored('This witness has voted for a checkpoint that does not fit this copy');
  return openLedger(view.repository, view);
}
