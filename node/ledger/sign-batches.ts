// Signs batches one on top of the other and hands their objects on: each by itself, or many with the chain of their signatures on a thread (batch-chain.ts).
import { availableParallelism } from 'node:os';
import { batchPayload, invariant, zeros64 } from '../../engine/index.ts';
import type { ObjectWriter } from '../git/object-writer.ts';
import type { Append } from './append.ts';
import { batchChain, unsignedBlock, type BatchChain } from './batch-chain.ts';
import { composeBatch, signBatch, signedBatch, type BatchDraft, type ComposedBatch, type SignedBatch, type StoredBatch } from './batch.ts';
import { heldKey, type Signer } from './keys.ts';
import type { PlacedBatch } from './view.ts';

/** What all batches of one go have in common. */
export interface Author {
  readonly signer: Signer;
  readonly org: string;
  readonly actor: string;
  /** The checkpoint that they are written in knowledge of. */
  readonly base: string;
  /** The batch that the first one is put on. */
  readonly head: PlacedBatch | undefined;
  /** Batches of other devices that the first one knows; so those on top of it know them too. */
  readonly deps: BatchDraft['deps'];
}

/** Until a thread has started and is quick, this many are signed without it. */
const chainedMin = 512;

/** Signs batches in their order. @returns them as stored; their objects have been added to `objects` */
export async function signBatches(author: Author, appends: readonly Append[], objects: ObjectWriter): Promise<readonly StoredBatch[]> {
  const stored: StoredBatch[] = [];
  const keep = ({ objects: own, batch, commit, publicKey, attachments }: SignedBatch): void => {
    stored.push({ batch, commit, publicKey, attachments });
    for (const object of own) objects.add(object, object.id);
  };
  const key = appends.length < chainedMin || availableParallelism() === 1 ? undefined : heldKey(author.signer);
  const single = key === undefined ? appends : appends.slice(0, 1);
  for (const append of single) keep(await signBatch(author.signer, draftOf(author, append, stored.at(-1))));
  const last = stored.at(-1);
  if (key === undefined || last === undefined) return stored;
  const chain = batchChain({ commit: last.commit, id: last.batch.id, key, publicKey: author.signer.publicKey });
  try {
    await signChained({ author, chain, last }, appends.slice(1), keep);
  } finally {
    await chain.end();
  }
  return stored;
}

function draftOf({ org, actor, base, head, deps }: Author, append: Append, last: StoredBatch | undefined): BatchDraft {
  const prev = last ?? head;
  return {
    org,
    actor,
    seq: prev === undefined ? 1 : prev.batch.seq + prev.batch.count,
    prev: prev === undefined ? undefined : { id: prev.batch.id, commit: prev.commit },
    deps: last === undefined ? deps : [],
    base,
    events: append.events.map((event) => ({ ...event, tsMs: append.clockMs })),
    attachments: append.attachments ?? [],
  };
}

/** A block is large enough that a message for it costs nothing, and so small that neither side waits long for the other. */
const blockBatchesMax = 64;
/** Attachments may be large: what is composed and not stored yet is bounded by these and by one batch for each. */
const blockBytesMax = 256 * 1024;
const blocksAhead = 4;

/** What stands in a payload where the batch before it will be named. */
const unknown = { id: zeros64, commit: '0'.repeat(40) };

/** Composes batches in blocks while the chain of those before them is signed, and stores what was. */
async function signChained(
  { author, chain, last }: { readonly author: Author; readonly chain: BatchChain; readonly last: StoredBatch },
  appends: readonly Append[],
  keep: (batch: SignedBatch) => void,
): Promise<void> {
  const { device, publicKey } = author.signer;
  let [prev, seq] = [last.batch.id, last.batch.seq + last.batch.count];
  const open: (readonly ComposedBatch[])[] = [];
  const storeNext = async (): Promise<void> => {
    const { bytes, places, commits, ids } = await chain.take();
    for (const [index, composed] of (open.shift() ?? []).entries()) {
      const [commit, id] = [commits[index], ids[index]];
      invariant(commit !== undefined && id !== undefined, 'each batch of a block is signed');
      keep(signedBatch(composed, publicKey, { bytes: bytes.subarray(places[2 * index], places[2 * index + 1]), commit, id, prev }));
      prev = id;
    }
  };
  let block: ComposedBatch[] = [];
  let bytesCount = 0;
  for (const [index, append] of appends.entries()) {
    const composed = composeBatch(device, { ...draftOf(author, append, last), seq, prev: unknown });
    seq += composed.events.length;
    block.push(composed);
    for (const { bytes } of composed.objects) bytesCount += bytes.length;
    if (block.length < blockBatchesMax && bytesCount < blockBytesMax && index < appends.length - 1) continue;
    chain.give(unsignedBlock(block.map(({ commit }) => batchPayload(commit))));
    open.push(block);
    [block, bytesCount] = [[], 0];
    if (open.length > blocksAhead) await storeNext();
  }
  while (open.length > 0) await storeNext();
}
