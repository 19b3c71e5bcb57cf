// Replays a ledger from its genesis, or onward from an earlier view: every statement, signature, root and merge is computed again. Reads no clock.
import { checkpointId as idOf, checkReceiptFollows, checkSuccessor, voteStanding } from '../../engine/index.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import { WorldError } from '../cli/command.ts';
import { checkBatch, type StoredBatch } from './batch.ts';
import { readAhead } from './batch-objects.ts';
import { checkpointRef, readChain, snapshotInterval, type ChainStep } from './checkpoint-chain.ts';
import { checkpointZero, computeEpoch, unknownEngine, type ComputedEpoch } from './epoch.ts';
import { freshCommits } from './fresh-commits.ts';
import { snapshotBytes } from './snapshot.ts';
import { readGenesis, zeroCommit } from './genesis.ts';
import { prunedRef, readPrunedStatement } from './pruned.ts';
import { readReceipts, readVotes, type LedgerFault, type StoredReceipt, type StoredVote } from './statement-log.ts';
import { epochRequest, seatOf } from './received.ts';
import { startAtSnapshot } from './snapshot-start.ts';
import { checkpointCommit } from './statements.ts';
import { basisOf, foundedView, placedBatch, withBatches, withCheckpoint, type LedgerView, type RejectedBatch } from './view.ts';

/** Commits of logs that one replay looks at: far above what a window can hold, far below what fills the memory. */
const logCommitsMax = 1_000_000;

/** The outcome of a replay. With a fault, `view` is what was sound before it. */
export type Replay =
  | { readonly kind: 'ok'; readonly view: LedgerView }
  | { readonly kind: 'fault'; readonly fault: LedgerFault; readonly view: LedgerView | undefined };

/**
 * Where a replay begins: at the founding, or at the newest snapshot, from which the same state follows (ledger.md section 13). With a height it begins at the
 * snapshot of that checkpoint and nowhere else.
 */
export type ReplayFrom = 'genesis' | 'snapshot' | { readonly height: number };

/**
 * Opens the ledger of a repository. @param previous - an earlier view of it: only what is new is read
 * @throws WorldError GDO5020 where there is none, or the code of the first fault
 */
export async function openLedger(repository: Repository, previous?: LedgerView, from: ReplayFrom = 'genesis'): Promise<LedgerView> {
  const replay = await replayLedger(repository, previous, from);
  if (replay.kind === 'ok') return replay.view;
  const { fault } = replay;
  throw new WorldError(
    fault.code,
    `The ledger is not as its rules say: ${fault.what} (object ${fault.object}, ${fault.ref})`,
    'run `gdo audit` and compare with another copy',
  );
}

/** True iff the repository holds a ledger. */
export async function hasLedger(repository: Repository): Promise<boolean> {
  return (await repository.resolve('refs/gdo/genesis')) !== undefined;
}

/** Replays and answers with the first fault instead of throwing. */
export async function replayLedger(repository: Repository, previous?: LedgerView, from: ReplayFrom = 'genesis'): Promise<Replay> {
  const refs = await repository.list('refs/gdo');
  const genesis = refs.find((entry) => entry.ref === 'refs/gdo/genesis');
  if (genesis === undefined)
    throw new WorldError('GDO5020', 'There is no ledger in this repository', 'found one with `gdo found`, or fetch it with `gdo sync`');
  const start =
    previous?.genesisCommit === genesis.id
      ? { kind: 'ok' as const, view: previous }
      : await firstView(repository, genesis, { refs, by: from === 'snapshot' ? 'note' : 'signatures' });
  if (start.kind === 'fault') return start;
  if (start.view === previous) {
    const read = await readOn(previous, refs);
    // A previous view of a rewritten ledger is of no use: begin anew.
    return read.kind === 'ok' && continues(previous, read.view, refs) ? foldOn(read, refs) : replayLedger(repository, undefined, from);
  }
  if (typeof from === 'object') return replayFromHeight(start.view, refs, from.height);
  const isPruned = start.view.pruned !== undefined;
  const begun =
    from === 'snapshot' || isPruned ? await startAtSnapshot(start.view, refs, { by: from === 'snapshot' ? 'note' : 'objects' }) : ({ kind: 'none' } as const);
  if (begun.kind === 'none' && !isPruned) return replayOnward(start.view, refs);
  if (begun.kind === 'none') return fault(prunedFault(refs, 'there is no snapshot to begin at'), start.view);
  const short = begun.kind === 'ok' ? await replayOnward(begun.view, refs) : begun;
  if (short.kind === 'ok') return short;
  const unused = short.kind === 'unused' ? short.unused : { code: short.fault.code, height: short.view?.tip.height ?? 0, reason: short.fault.what };
  if (isPruned) return fault(prunedFault(refs, unused.reason), start.view);
  const whole = await replayOnward(start.view, refs);
  return whole.kind === 'ok' ? { ...whole, view: { ...whole.view, unusedSnapshot: unused } } : whole;
}

async function replayFromHeight(founded: LedgerView, refs: readonly RefEntry[], height: number): Promise<Replay> {
  const begun = await startAtSnapshot(founded, refs, { height });
  if (begun.kind === 'ok') return replayOnward(begun.view, refs);
  const object = refs.find(({ ref }) => ref === checkpointRef)?.id ?? '';
  const { code, reason } = begun.kind === 'unused' ? begun.unused : { code: 'GDO5003' as const, reason: 'there is no such checkpoint' };
  return fault({ code, object, ref: checkpointRef, what: `the snapshot of checkpoint ${height} cannot be used: ${reason}` }, founded);
}

/** A pruned copy can begin at a snapshot only. */
function prunedFault(refs: readonly RefEntry[], reason: string): LedgerFault {
  const object = refs.find(({ ref }) => ref === prunedRef)?.id ?? '';
  return { code: 'GDO4014', object, ref: prunedRef, what: `events were dropped from this copy, and its newest snapshot cannot be used: ${reason}` };
}

interface ReadOn {
  readonly kind: 'ok';
  readonly view: LedgerView;
  readonly steps: readonly ChainStep[];
}

/** What lies behind the tip of a view: its checkpoints, not yet judged, and every new batch. */
async function readOn(start: LedgerView, refs: readonly RefEntry[]): Promise<ReadOn | Extract<Replay, { kind: 'fault' }>> {
  const chain = await readChain(start, refs);
  if (chain.kind === 'fault') return { ...chain, view: start };
  const ahead = new Set(chain.steps.map((step) => step.id));
  const isCheckpoint = (id: string): boolean => ahead.has(id) || start.checkpointById.has(id);
  return { kind: 'ok', view: await loadBatches(start, refs, isCheckpoint), steps: chain.steps };
}

async function foldOn({ view, steps }: ReadOn, refs: readonly RefEntry[]): Promise<Replay> {
  const statements = await loadStatements(view, refs);
  return statements.kind === 'fault' ? { ...statements, view } : replaySteps(view, steps, statements);
}

/** Replays what lies behind the tip of a view. */
export async function replayOnward(start: LedgerView, refs: readonly RefEntry[]): Promise<Replay> {
  const read = await readOn(start, refs);
  return read.kind === 'fault' ? read : foldOn(read, refs);
}

/** True iff the logs still lead to what the earlier view knew of them: in F0 one may have been replaced by the branch that the steward accepted. */
function continues(previous: LedgerView, next: LedgerView, refs: readonly RefEntry[]): boolean {
  const logs = new Map<string, string[]>();
  for (const { ref, id } of refs) {
    const device = /^refs\/gdo\/(?:log\/([0-9a-f]{64})$|fork\/([0-9a-f]{64})\/)/.exec(ref);
    const name = device?.[1] ?? device?.[2] ?? '';
    logs.set(name, [...(logs.get(name) ?? []), id]);
  }
  const isInOwnLog = (device: string, batch: string): boolean =>
    (logs.get(device) ?? []).some((id) => {
      for (let at = placedBatch(next, next.seen.get(id) ?? ''); at !== undefined; at = placedBatch(next, at.batch.prev)) if (at.batch.id === batch) return true;
      return false;
    });
  const elsewhere = [...previous.heads].filter(([device, head]) => !isInOwnLog(device, head.batch.id));
  if (elsewhere.length === 0) return true;
  // A batch may have come as what another one builds on, before its own log did.
  const reached = new Set<string>();
  const open = refs.flatMap(({ id }) => next.seen.get(id) ?? []);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const placed = placedBatch(next, id);
    if (placed === undefined || reached.has(id)) continue;
    reached.add(id);
    open.push(placed.batch.prev, ...(next.batches.get(id)?.batch.deps ?? []));
  }
  return elsewhere.every(([, head]) => reached.has(head.batch.id));
}

function fault(what: LedgerFault, view: LedgerView | undefined): Extract<Replay, { kind: 'fault' }> {
  return { kind: 'fault', fault: what, view };
}

async function firstView(
  repository: Repository,
  ref: RefEntry,
  { refs, by }: { readonly refs: readonly RefEntry[]; readonly by: 'signatures' | 'note' },
): Promise<Replay> {
  const read = await readGenesis(repository, ref.id, by);
  if (read.kind === 'refused') return fault({ code: read.code, object: ref.id, ref: ref.ref, what: read.reason }, undefined);
  const zero = checkpointZero(read.ledger);
  const commit = zeroCommit(read.ledger).commit;
  const decoded = { id: idOf(zero.bytes), commit, statement: zero.statement };
  const view = foundedView(repository, read.ledger, decoded);
  const pruned = refs.find((entry) => entry.ref === prunedRef)?.id;
  if (pruned === undefined) return { kind: 'ok', view };
  const statement = await readPrunedStatement(repository, pruned);
  if (statement?.org === view.org) return { kind: 'ok', view: { ...view, pruned: statement } };
  return fault({ code: 'GDO1010', object: pruned, ref: prunedRef, what: 'it does not say what was dropped from this copy' }, view);
}

/** Checks the batches of all logs that the view has not seen, dependencies first. */
async function loadBatches(view: LedgerView, refs: readonly RefEntry[], isCheckpoint: (id: string) => boolean): Promise<LedgerView> {
  const logs = refs.filter((entry) => /^refs\/gdo\/(log\/[0-9a-f]{64}|fork\/[0-9a-f]{64}\/[0-9a-f]{64})$/.test(entry.ref));
  const heads = logs.filter((entry) => view.seen.get(entry.id) === undefined);
  if (heads.length === 0) return view;
  const tips = heads.map((entry) => entry.id);
  const commits = await freshCommits(view.repository, view, tips);
  const looked = new Set(commits);
  const { added, rejected } = await checkBatches(view, commits.slice(0, logCommitsMax), isCheckpoint);
  const refOf = (commit: string): string => heads.find((entry) => entry.id === commit)?.ref ?? 'refs/gdo/log';
  return withBatches(
    { ...view, rejected: view.rejected.filter((one) => !looked.has(one.commit)) },
    added,
    rejected.map((one) => ({ ...one, ref: refOf(one.commit) })),
  );
}

/** Checks commits as batches, parents first. @returns what is valid and what is not, in the order given */
export async function checkBatches(
  view: LedgerView,
  commits: readonly string[],
  isCheckpoint: (id: string) => boolean,
): Promise<{ readonly added: readonly StoredBatch[]; readonly rejected: readonly RejectedBatch[] }> {
  const added = new Map<string, StoredBatch>();
  const at = new Map<string, string>();
  const rejected: RejectedBatch[] = [];
  const context = {
    org: view.org,
    batchAt: (commit: string) => at.get(commit) ?? view.seen.get(commit),
    batch: (id: string) => added.get(id) ?? placedBatch(view, id),
    isCheckpoint,
    equation: view.equation,
  };
  const fresh = commits.filter((commit) => view.seen.get(commit) === undefined);
  for await (const [commit, ready] of readAhead(view.repository, fresh)) {
    const checked = await checkBatch(ready, commit, context);
    if (checked.kind === 'ok') {
      at.set(commit, checked.stored.batch.id);
      added.set(checked.stored.batch.id, checked.stored);
    } else {
      rejected.push({ ref: '', commit, kind: checked.kind, code: checked.code, reason: checked.reason });
    }
  }
  return { added: [...added.values()], rejected };
}

interface Statements {
  readonly kind: 'ok';
  readonly receipts: ReadonlyMap<string, readonly StoredReceipt[]>;
  readonly votes: ReadonlyMap<number, readonly StoredVote[]>;
}

async function loadStatements(view: LedgerView, refs: readonly RefEntry[]): Promise<Statements | { readonly kind: 'fault'; readonly fault: LedgerFault }> {
  const receipts = new Map<string, readonly StoredReceipt[]>();
  const votes = new Map<number, StoredVote[]>();
  for (const { ref, id } of refs) {
    const [, kind, device] = /^refs\/gdo\/(receipt|cosign)\/([0-9a-f]{64})$/.exec(ref) ?? [];
    if (kind === undefined || device === undefined) continue;
    const source = { ref, device, org: view.org, tip: id, equation: view.equation };
    if (kind === 'receipt') {
      const read = await readReceipts(view.repository, { ...source, after: view.receipts.get(device)?.commit });
      if (read.kind === 'fault') return read;
      receipts.set(device, read.values);
    } else {
      const read = await readVotes(view.repository, { ...source, after: view.votes.get(device)?.commit });
      if (read.kind === 'fault') return read;
      for (const vote of read.values) votes.set(vote.vote.height, [...(votes.get(vote.vote.height) ?? []), vote]);
    }
  }
  return { kind: 'ok', receipts, votes };
}

async function replaySteps(start: LedgerView, steps: readonly ChainStep[], statements: Statements): Promise<Replay> {
  let view = start;
  for (const step of steps) {
    const ref = checkpointRef;
    const votes = finalVotes(view, step, statements.votes.get(step.statement.height) ?? []);
    if (votes.kind === 'fault') return { ...votes, view };
    // Its witnesses know rules that this version does not: said before what they came to is compared with anything.
    const unknown = unknownEngine(step.statement.engine);
    if (unknown !== undefined) return fault({ code: 'GDO4010', object: step.commit, ref, what: `checkpoint ${step.statement.height}: ${unknown}` }, view);
    const received = takeReceipts(view, step, statements);
    if (received.kind === 'fault') return { ...received, view };
    const request = epochRequest(view, {
      timeMs: step.statement.timeMs,
      named: step.statement.receipts,
      added: received.receipts.map((stored) => stored.receipt),
    });
    const missing = [...request.times.keys()].find((batch) => placedBatch(view, batch) === undefined);
    if (missing !== undefined)
      return fault(
        { code: 'GDO1022', object: step.commit, ref, what: `the batch ${missing} that a receipt names is missing or was refused${rejectionNote(view)}` },
        view,
      );
    const computed = await computeEpoch(view.repository, basisOf(view), request);
    if (computed.kind === 'refused') return fault({ code: computed.code, object: step.commit, ref, what: computed.reason }, view);
    const differs = difference(view, step, computed.epoch);
    if (differs !== undefined) return fault({ code: 'GDO1070', object: step.commit, ref, what: differs }, view);
    view = withCheckpoint(view, computed.epoch, {
      commit: step.commit,
      receipts: received.receipts,
      votes: votes.votes,
      times: request.times,
    });
  }
  return { kind: 'ok', view };
}

/** The votes that make a checkpoint final. In F0 a second value at its height is a fault of the steward; in F1 only a second quorum is. */
function finalVotes(
  view: LedgerView,
  step: ChainStep,
  voted: readonly StoredVote[],
): { readonly kind: 'ok'; readonly votes: readonly StoredVote[] } | { readonly kind: 'fault'; readonly fault: LedgerFault } {
  const { height } = step.statement;
  const seated = voted.flatMap((vote) => {
    const witness = seatOf(view, vote.device);
    return witness === undefined ? [] : [{ vote, witness }];
  });
  const other = seated.find(({ vote }) => vote.vote.value !== step.id)?.vote;
  const standing = voteStanding(
    seated.map(({ vote, witness }) => ({ device: witness, value: vote.vote.value })),
    view.witnesses,
  );
  const ref = checkpointRef;
  if (other !== undefined && (view.genesis.finality === 'F0' || standing.kind === 'conflicting')) {
    const what = `${view.genesis.finality === 'F0' ? 'a witness voted for two values' : 'two values have a quorum of votes'} at height ${height}`;
    return { kind: 'fault', fault: { code: 'GDO1071', object: other.commit, ref: `refs/gdo/cosign/${other.device}`, what } };
  }
  if (standing.kind === 'final' && standing.value === step.id)
    return { kind: 'ok', votes: seated.flatMap(({ vote }) => (vote.vote.value === step.id ? [vote] : [])) };
  const what = view.genesis.finality === 'F0' ? `no witness has voted for checkpoint ${height}` : `checkpoint ${height} has no quorum of votes`;
  return { kind: 'fault', fault: { code: 'GDO1070', object: step.commit, ref, what } };
}

function rejectionNote(view: LedgerView): string {
  const [first] = view.rejected;
  return first === undefined ? '' : `; the first one refused is ${first.commit}: ${first.code} ${first.reason}`;
}

/** The receipts that a checkpoint adds to those before it: each witness's prefix as the checkpoint names it. */
function takeReceipts(
  view: LedgerView,
  step: ChainStep,
  statements: Statements,
): { readonly kind: 'ok'; readonly receipts: readonly StoredReceipt[] } | { readonly kind: 'fault'; readonly fault: LedgerFault } {
  const receipts: StoredReceipt[] = [];
  for (const [witness, seq, id] of step.statement.receipts) {
    const known = view.receipts.get(witness);
    const added = (statements.receipts.get(witness) ?? []).filter(({ receipt }) => receipt.seq > (known?.receipt.seq ?? 0) && receipt.seq <= seq);
    let previous = known;
    for (const one of added) {
      const follows = checkReceiptFollows(previous, one.receipt);
      if (follows.kind === 'refused')
        return { kind: 'fault', fault: { code: follows.code, object: one.commit, ref: `refs/gdo/receipt/${witness}`, what: follows.reason } };
      previous = one;
    }
    if (seatOf(view, witness) === undefined || previous?.id !== id) {
      return {
        kind: 'fault',
        fault: {
          code: 'GDO1070',
          object: step.commit,
          ref: 'refs/gdo/checkpoint',
          what: `the receipts of ${witness.slice(0, 16)} are not the ones that the checkpoint names`,
        },
      };
    }
    receipts.push(...added);
  }
  return { kind: 'ok', receipts };
}

/** Compares a checkpoint with the own fold, statement and commit. @returns what differs, as a sentence part */
function difference(view: LedgerView, step: ChainStep, epoch: ComputedEpoch): string | undefined {
  const { statement } = step;
  const follows = checkSuccessor(view.tip, statement, view.log);
  if (follows.kind === 'refused') return `checkpoint ${statement.height}: ${follows.reason}`;
  for (const [field, value] of Object.entries(epoch.statement)) {
    const stored = Object.entries(statement).find(([name]) => name === field)?.[1];
    if (JSON.stringify(stored) !== JSON.stringify(value)) return `the ${field} of checkpoint ${statement.height} differs from the own fold`;
  }
  const built = checkpointCommit({
    bytes: epoch.bytes,
    id: epoch.id,
    height: statement.height,
    timeMs: statement.timeMs,
    parent: view.tip.commit,
    snapshot: statement.height % snapshotInterval === 0 ? snapshotBytes(epoch.result.state) : undefined,
  });
  return built.commit === step.commit ? undefined : `the commit of checkpoint ${statement.height} has other bytes than its statement gives`;
}
