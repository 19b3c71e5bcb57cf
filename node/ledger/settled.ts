// What a snapshot of the state does not hold and the next epoch needs: which batches are final, which receipts still wait for theirs, and the merges on main.
// All of it is read from commits and statements whose ids the state and the checkpoint name; nothing is folded and no signature is checked again.
import { batchId, decodeReceipt, entriesUnder, finalHeads, readBatchCommit, receiptId, zeros64, type Receipt, type State } from '../../engine/index.ts';
import { contentHash, readCommitLinks } from '../git/object.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import { statementOfEach, type ChainStep } from './checkpoint-chain.ts';
import { noPast, type Past, type PastBatch } from './kept-past.ts';
import type { StoredReceipt } from './statement-log.ts';
import { isNewer, type EarlierMerge, type PlacedBatch } from './view.ts';

/** Commits read in one go. */
const chunkSize = 512;

/** Something of the past that is not here, as a sentence part. */
export interface Lacking {
  readonly kind: 'lacking';
  readonly reason: string;
}

/** The final batches by id, oldest first, and the commits that hold them. */
export interface Settled {
  readonly kind: 'ok';
  readonly settled: ReadonlyMap<string, PlacedBatch>;
  readonly seen: ReadonlyMap<string, string>;
}

/**
 * Every batch that a log here leads to, by id, as far as its commit has the form of one, and the id of the batch of each commit. Checks no signature.
 * @param known - what was read of commits before; gets what is read now
 */
export async function placesOf(
  repository: Repository,
  refs: readonly RefEntry[],
  known: Past['batches'] = new Map(),
): Promise<{ readonly places: ReadonlyMap<string, PastBatch>; readonly idOf: ReadonlyMap<string, string> }> {
  const tips = refs.filter(({ ref }) => /^refs\/gdo\/(log|fork)\//.test(ref)).map(({ id }) => id);
  const commits = await repository.walk(tips, []);
  const unread = commits.filter((commit) => !known.has(commit));
  for (let from = 0; from < unread.length; from += chunkSize) {
    const chunk = unread.slice(from, from + chunkSize);
    for (const [index, object] of (await repository.readMany(chunk)).entries()) {
      const read = object?.kind === 'commit' ? readBatchCommit(object.bytes) : undefined;
      if (read?.kind !== 'ok') continue;
      const { device, seq, count, prev, deps } = read.commit;
      const id = batchId(Buffer.from(read.payload, 'latin1'), contentHash);
      const commit = chunk[index] ?? '';
      known.set(commit, { batch: { id, device, seq, count, prev }, commit, parents: prev === zeros64 ? deps : [prev, ...deps] });
    }
  }
  const places = new Map<string, PastBatch>();
  const idOf = new Map<string, string>();
  for (const commit of commits) {
    const row = known.get(commit);
    if (row === undefined) continue;
    idOf.set(commit, row.batch.id);
    if (!places.has(row.batch.id)) places.set(row.batch.id, row);
  }
  return { places, idOf };
}

/** Every batch behind the final heads of a state. The ids form the chain: each is the SHA-256 of a commit that names the ids before it. */
export async function settledBatches(repository: Repository, refs: readonly RefEntry[], state: State, past: Past = noPast()): Promise<Settled | Lacking> {
  const { places, idOf } = await placesOf(repository, refs, past.batches);
  const final = new Set<string>();
  const open = entriesUnder(state, 'head/').flatMap(([key]) => finalHeads(state, key.slice('head/'.length)).map(([, , batch]) => batch));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (final.has(id)) continue;
    const row = places.get(id);
    if (row === undefined) return { kind: 'lacking', reason: `the batch ${id.slice(0, 16)}, which the state names, is not in this copy` };
    final.add(id);
    open.push(...row.parents);
  }
  const settled = [...places].flatMap(([id, { batch, commit }]) => (final.has(id) ? [[id, { batch, commit }] as const] : []));
  return { kind: 'ok', settled: new Map(settled), seen: new Map([...idOf].filter(([, id]) => final.has(id))) };
}

/** The newest batch of each device among final ones. */
export function headsOf(settled: ReadonlyMap<string, PlacedBatch>): ReadonlyMap<string, PlacedBatch> {
  const heads = new Map<string, PlacedBatch>();
  for (const placed of settled.values()) {
    if (isNewer(placed, heads.get(placed.batch.device))) heads.set(placed.batch.device, placed);
  }
  return heads;
}

/** The receipts up to a checkpoint: the newest of each witness, and those that hold a batch which is not final. */
export interface PastReceipts {
  readonly kind: 'ok';
  readonly newest: ReadonlyMap<string, StoredReceipt>;
  readonly open: readonly Receipt[];
}

/** Reads the receipts that checkpoints name. The id that a checkpoint names is the hash of the newest, and each names the one before it. */
export async function pastReceipts(
  repository: Repository,
  refs: readonly RefEntry[],
  past: { readonly steps: readonly ChainStep[]; readonly settled: ReadonlyMap<string, PlacedBatch>; readonly known: Past['statements'] },
): Promise<PastReceipts | Lacking> {
  const named = new Map<string, readonly [seq: number, id: string]>();
  for (const { statement } of past.steps) for (const [witness, seq, id] of statement.receipts) named.set(witness, [seq, id]);
  const newest = new Map<string, StoredReceipt>();
  const open: Receipt[] = [];
  for (const [witness, [count, id]] of named) {
    const tip = refs.find(({ ref }) => ref === `refs/gdo/receipt/${witness}`)?.id;
    // The first receipt has the number 1, and each the next one.
    const commits = tip === undefined ? [] : (await repository.walk([tip], [])).slice(0, count);
    let previous = zeros64;
    for (let from = 0; from < commits.length; from += chunkSize) {
      const chunk = commits.slice(from, from + chunkSize);
      for (const [index, bytes] of (await statementOfEach(repository, chunk, { name: 'statement.json', known: past.known })).entries()) {
        const read = bytes === undefined ? undefined : decodeReceipt(bytes);
        if (bytes === undefined || read?.kind !== 'ok' || read.statement.prev !== previous || read.statement.witness !== witness)
          return { kind: 'lacking', reason: `a receipt of ${witness.slice(0, 16)} is missing or does not follow` };
        previous = receiptId(bytes);
        newest.set(witness, { receipt: read.statement, id: previous, commit: chunk[index] ?? '' });
        if (read.statement.entries.some(([batch]) => !past.settled.has(batch))) open.push(read.statement);
      }
    }
    if (previous !== id) return { kind: 'lacking', reason: `the receipts of ${witness.slice(0, 16)} are not the ones that the checkpoint names` };
  }
  return { kind: 'ok', newest, open };
}

/**
 * The merges on main between the founding and a commit, oldest first; undefined where the line does not lead back to the founding.
 * @param line.known - what was read of commits before; gets what is read now
 */
export async function pastMerges(
  repository: Repository,
  line: { readonly from: string; readonly to: string; readonly known: Past['merges'] },
): Promise<readonly EarlierMerge[] | undefined> {
  const merges: EarlierMerge[] = [];
  for (let commit = line.to; commit !== line.from;) {
    const merge = line.known.get(commit) ?? (await mergeOf(repository, commit));
    if (merge === undefined) return undefined;
    line.known.set(commit, merge);
    merges.push(merge);
    commit = merge.parent;
  }
  return merges.toReversed();
}

async function mergeOf(repository: Repository, commit: string): Promise<EarlierMerge | undefined> {
  const object = await repository.readObject(commit);
  const links = object?.kind === 'commit' ? readCommitLinks(object.bytes) : undefined;
  const id = /^Gdo-Case: ([0-9a-f]{64})$/m.exec(Buffer.from(object?.bytes ?? []).toString('utf8'))?.[1];
  const parent = links?.parents[0];
  if (id === undefined || parent === undefined) return undefined;
  return { case: id, commit, parent, ...(links?.parents.length === 1 ? { undo: true } : {}) };
}
