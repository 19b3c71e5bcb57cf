// One epoch as every node computes it: the fold, the merge commits, the checkpoint statement. Writes nothing and asks no clock.
import {
  encodeCheckpoint,
  checkpointId,
  engines,
  engineZero,
  foldNumbered,
  readEntry,
  rootOfGrowing,
  rootUnder,
  stateRoot,
  verdictsRoot,
  witnessesHash,
  witnessSetOf,
  zeros64,
  type ChangeSet,
  type Checkpoint,
  type EpochResult,
  type Genesis,
  type GrowingRoot,
  type Merge,
  type ReceiptRows,
  type Settled,
  type State,
} from '../../engine/index.ts';
import type { ContentFile } from '../git/content.ts';
import type { GitObject } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import type { StoredBatch } from './batch.ts';
import { candidateFiles, mergeCommit } from './merge.ts';

/** Where an epoch starts: the last checkpoint and what it left. */
export interface EpochBasis {
  readonly org: string;
  readonly genesis: Genesis;
  readonly height: number;
  readonly id: string;
  readonly timeMs: number;
  readonly state: State;
  readonly events: number;
  readonly mainCommit: string;
  readonly mainFiles: readonly ContentFile[];
  /** All checkpoints so far, from height 0. */
  readonly log: GrowingRoot;
}

/** What goes into an epoch. `receivedMs` and `rows` of a batch id; `receipts` as the checkpoint names them. */
export interface EpochRequest {
  /** Every valid batch that is not final: what has no quorum of receipts waits, and so does what builds on it. */
  readonly batches: readonly StoredBatch[];
  readonly receivedMs: (batch: string) => number | undefined;
  readonly rows: (batch: string) => ReceiptRows;
  readonly settle: (included: ReadonlySet<string>) => Settled;
  /** The time of a final checkpoint by its id. */
  readonly baseMs: (checkpoint: string) => number | undefined;
  readonly timeMs: number;
  readonly receipts: Checkpoint['receipts'];
  /** A change set by id, from the batches known so far. */
  readonly change: (id: string) => ChangeSet | undefined | Promise<ChangeSet | undefined>;
  /** Main as it was before the merge of a case, by case id. */
  readonly mainBefore: (id: string) => string | undefined;
}

/** A merge with its commit on main. */
export interface MergeRecord {
  readonly merge: Merge;
  readonly height: number;
  readonly timeMs: number;
  readonly commit: string;
  /** Main before it. */
  readonly parent: string;
}

/** An epoch that was computed. */
export interface ComputedEpoch {
  readonly statement: Checkpoint;
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly result: EpochResult;
  readonly merges: readonly MergeRecord[];
  readonly mainFiles: readonly ContentFile[];
  /** Objects of the merge commits. */
  readonly objects: readonly GitObject[];
}

/** Why an epoch cannot be computed here: GDO4010 the engine is unknown, or a merge's content is missing or differs (GDO2010, GDO2011, GDO2014). */
export interface EpochRefusal {
  readonly kind: 'refused';
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** Why an engine number cannot be worked with here (GDO4010), or undefined where it can. */
export function unknownEngine(number: number): string | undefined {
  return number === engineZero.number || engines(number) !== undefined ? undefined : `this version of gdo does not know engine ${number}`;
}

/** Computes the checkpoint that follows from a basis and an input: the same on every node, whatever the order of arrival. */
export async function computeEpoch(
  repository: Repository,
  basis: EpochBasis,
  request: EpochRequest,
): Promise<{ readonly kind: 'ok'; readonly epoch: ComputedEpoch } | EpochRefusal> {
  const number = engineNumber(basis.state);
  const height = basis.height + 1;
  const { timeMs } = request;
  const batches = request.batches.map((stored) => stored.batch);
  const result = foldNumbered(number, {
    state: basis.state,
    batches,
    receivedMs: request.receivedMs,
    receipts: request.rows,
    settle: request.settle,
    baseMs: request.baseMs,
    timeMs,
    height,
    previousCheckpoint: basis.id,
    windowBatches: basis.genesis.params.windowBatches,
  });
  if (result === undefined) return { kind: 'refused', code: 'GDO4010', reason: unknownEngine(number) ?? 'the engine gave no result' };
  const merged = await buildMerges(repository, basis, { merges: result.merges, height, timeMs, change: request.change, mainBefore: request.mainBefore });
  if (merged.kind === 'refused') return merged;
  const statement: Checkpoint = {
    org: basis.org,
    height,
    prev: basis.id,
    timeMs,
    engine: engineNumber(result.state),
    bylaws: bylawsInForce(result.state),
    heads: result.heads,
    receipts: request.receipts,
    state: stateRoot(result.state),
    verdicts: verdictsRoot(result.verdicts),
    events: basis.events + result.verdicts.length,
    mainCommit: merged.mainCommit,
    mainContent: rootUnder(result.state, 'content/'),
    witnesses: witnessesHash(witnessSetOf(result.state, basis.genesis.witnesses).rows),
    log: rootOfGrowing(basis.log),
  };
  const bytes = encodeCheckpoint(statement);
  return {
    kind: 'ok',
    epoch: { statement, bytes, id: checkpointId(bytes), result, merges: merged.records, mainFiles: merged.files, objects: merged.objects },
  };
}

/** Checkpoint 0: it follows from the genesis alone and has no heads, receipts or votes. */
export function checkpointZero(founded: { readonly org: string; readonly genesis: Genesis; readonly state: State }): {
  readonly statement: Checkpoint;
  readonly bytes: Uint8Array;
} {
  const { genesis, state } = founded;
  const statement: Checkpoint = {
    org: founded.org,
    height: 0,
    prev: zeros64,
    timeMs: genesis.timeMs,
    engine: genesis.engine,
    bylaws: genesis.bylaws,
    heads: [],
    receipts: [],
    state: stateRoot(state),
    verdicts: verdictsRoot([]),
    events: 0,
    mainCommit: genesis.mainCommit,
    mainContent: genesis.mainContent,
    witnesses: witnessesHash(genesis.witnesses),
    log: rootOfGrowing([]),
  };
  return { statement, bytes: encodeCheckpoint(statement) };
}

/** The hash of the bylaws in force. */
export function bylawsInForce(state: State): string {
  const hash = readEntry(state, 'current')?.['bylaws'];
  return typeof hash === 'string' ? hash : zeros64;
}

function engineNumber(state: State): number {
  const number = readEntry(state, 'current')?.['engine'];
  return typeof number === 'number' ? number : 0;
}

async function buildMerges(
  repository: Repository,
  basis: EpochBasis,
  input: { readonly merges: readonly Merge[]; readonly height: number; readonly timeMs: number } & Pick<EpochRequest, 'change' | 'mainBefore'>,
): Promise<
  | {
      readonly kind: 'ok';
      readonly records: readonly MergeRecord[];
      readonly files: readonly ContentFile[];
      readonly mainCommit: string;
      readonly objects: readonly GitObject[];
    }
  | EpochRefusal
> {
  const records: MergeRecord[] = [];
  const objects: GitObject[] = [];
  let files = basis.mainFiles;
  let parent = basis.mainCommit;
  for (const merge of input.merges) {
    const change = await input.change(merge.change);
    if (change === undefined) return { kind: 'refused', code: 'GDO2011', reason: `the change set of case ${merge.number} is not in the ledger` };
    // What is taken back gets its content from main as it was before the merge.
    const before = merge.undo === undefined ? undefined : (input.mainBefore(merge.case) ?? records.find((record) => record.merge.case === merge.case)?.parent);
    const entries = merge.undo === undefined ? change.entries : change.entries.map((entry) => ({ path: entry.path, old: entry.new, new: entry.old }));
    const candidate = await candidateFiles(repository, { main: files, entries, head: before ?? merge.head });
    if (candidate.kind === 'refused') return candidate;
    const built = mergeCommit({ main: parent, files: candidate.files, merge, timeMs: input.timeMs });
    records.push({ merge, height: input.height, timeMs: input.timeMs, commit: built.commit, parent });
    objects.push(...built.objects);
    files = candidate.files;
    parent = built.commit;
  }
  return { kind: 'ok', records, files, mainCommit: parent, objects };
}
