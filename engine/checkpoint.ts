// The roots and successor rules of checkpoints (ledger.md section 7). The statement's form is statement.ts; the state root is state.ts. It folds nothing.
import { fromHex } from './bytes.ts';
import { encodeCanonical } from './canonical.ts';
import type { HexDigest } from './chain.ts';
import type { EventVerdict } from './fold.ts';
import type { GrowingRoot } from './merkle.ts';
import { growingRoot, joined, merkleRoot, rootOfGrowing } from './merkle.ts';
import type { Checkpoint } from './statement.ts';
import { invariant } from './invariant.ts';

/** The root over the verdicts of an epoch in fold order: RFC 6962 over `{"code":...,"event":...}`, code `ok` for an event that stands. */
export function verdictsRoot(verdicts: readonly EventVerdict[]): string {
  return merkleRoot(verdicts.map(({ event, verdict }) => encodeCanonical({ code: verdict.kind === 'ok' ? 'ok' : verdict.code, event })));
}

function bytesOfId(id: string): Uint8Array {
  const bytes = fromHex(id);
  invariant(bytes?.length === 32, 'an id has 64 hexadecimal digits');
  return bytes;
}

/**
 * The root over ids as 32 bytes each: event ids of a batch, or all earlier checkpoint ids from height 0.
 * @param hash - for the root of one id, which is the hash of its leaf
 */
export function idsRoot(ids: readonly string[], hash?: HexDigest): string {
  const [only, second] = ids;
  if (hash === undefined || only === undefined || second !== undefined) return merkleRoot(ids.map(bytesOfId));
  return hash(joined([leafHead, bytesOfId(only)]));
}

const leafHead: Uint8Array = Uint8Array.of(0x00);

/** The log of checkpoint ids with more of them: a checkpoint names its root, and what came before is not hashed again for each. */
export function checkpointLog(ids: readonly string[], before?: GrowingRoot): GrowingRoot {
  return growingRoot(ids.map(bytesOfId), before);
}

/** Where a checkpoint stands that another one follows. */
export interface FinalCheckpoint {
  readonly id: string;
  readonly statement: Checkpoint;
}

/**
 * Checks what a checkpoint says about its predecessor, before any fold. Pure.
 * @param log - all checkpoints before it, from height 0; the last is `previous`
 * @returns ok, or GDO1014 (another organization), GDO1070 (height, prev, time, event count, receipts or log do not follow)
 */
export function checkSuccessor(
  previous: FinalCheckpoint,
  next: Checkpoint,
  log: GrowingRoot,
): { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly code: 'GDO1014' | 'GDO1070'; readonly reason: string } {
  const refused = (reason: string) => ({ kind: 'refused', code: 'GDO1070', reason }) as const;
  const { statement } = previous;
  if (next.org !== statement.org) return { kind: 'refused', code: 'GDO1014', reason: 'the checkpoint belongs to another organization' };
  if (next.height !== statement.height + 1) return refused('the height is not the next one');
  if (next.prev !== previous.id) return refused('it does not name the last checkpoint as the one before it');
  if (next.timeMs <= statement.timeMs) return refused('its time is not later than that of the last checkpoint');
  if (next.events < statement.events) return refused('it counts fewer events than the last checkpoint');
  if (next.log !== rootOfGrowing(log)) return refused('the root over all earlier checkpoints differs');
  return { kind: 'ok' };
}
