// Candidate checkpoints: what an ordered stream shows of one, before any fold (ledger.md section 12). The fold and the comparison with it are node's.
import { zeros64 } from './chain.ts';
import { checkSuccessor } from './checkpoint.ts';
import type { FinalCheckpoint } from './checkpoint.ts';
import type { WitnessSet } from './finality.ts';
import { weightIn } from './finality.ts';
import type { GrowingRoot } from './merkle.ts';
import { checkReceiptFollows } from './receipt.ts';
import type { Checkpoint, LedgerParams, Receipt } from './statement.ts';

/** Candidates of one witness at one height that are looked at: a liar cannot keep the others busy for ever. */
export const candidatesMax = 8;

/** Receipts of one witness that one checkpoint may add: a day of one a second. */
const addedReceiptsMax = 86_400;

/** A candidate as the stream shows it. `place` is its number in the stream, `stampMs` the stream's time. */
export interface OfferedCandidate {
  readonly witness: string;
  readonly place: number;
  readonly stampMs: number;
  readonly statement: Checkpoint;
}

/** A receipt as the stream shows it. */
export interface PublishedReceipt {
  readonly id: string;
  readonly place: number;
  readonly receipt: Receipt;
}

/** What a candidate is judged by. `named` is the last receipt of each witness that a final checkpoint names. */
export interface CandidateBasis {
  readonly previous: FinalCheckpoint;
  /** All checkpoints from height 0, the previous one last. */
  readonly log: GrowingRoot;
  readonly set: WitnessSet;
  readonly params: LedgerParams;
  readonly named: ReadonlyMap<string, { readonly id: string; readonly receipt: Receipt }>;
  /** A published receipt by id. */
  readonly published: (id: string) => PublishedReceipt | undefined;
  /** How many candidates of this witness at this height stand before it in the stream. */
  readonly before: number;
}

/** The receipts that a candidate adds to those named before, oldest first for each witness, or why it counts for nobody. */
export type JudgedCandidate =
  | { readonly kind: 'sound'; readonly added: readonly PublishedReceipt[] }
  | { readonly kind: 'invalid'; readonly code: `GDO${string}`; readonly reason: string };

/** Judges a candidate by the stream up to it: the same for everybody, whatever else they know. Pure. */
export function judgeCandidate(offered: OfferedCandidate, basis: CandidateBasis): JudgedCandidate {
  const { statement } = offered;
  const invalid = (reason: string, code: `GDO${string}` = 'GDO1070'): JudgedCandidate => ({ kind: 'invalid', code, reason });
  if (weightIn(basis.set, offered.witness) === 0) return invalid('it is offered by no witness');
  if (basis.before >= candidatesMax) return invalid(`its witness has offered ${candidatesMax} before it`, 'GDO1003');
  const follows = checkSuccessor(basis.previous, statement, basis.log);
  if (follows.kind === 'refused') return invalid(follows.reason, follows.code);
  if (Math.abs(statement.timeMs - offered.stampMs) > basis.params.timePrecisionMs) return invalid('its time is not that of the stream');
  const lines: (readonly PublishedReceipt[])[] = [];
  for (const [witness, seq, id] of statement.receipts) {
    if (weightIn(basis.set, witness) === 0) return invalid('it names receipts of no witness');
    const line = addedReceipts(offered.place, basis, { witness, seq, id });
    if (line === undefined) return invalid('it names receipts that the stream does not show before it');
    lines.push(line);
  }
  return { kind: 'sound', added: lines.flat() };
}

/** The receipts from the last one named to this one, each published before the candidate; undefined where they are not a line. */
function addedReceipts(
  place: number,
  basis: CandidateBasis,
  end: { readonly witness: string; readonly seq: number; readonly id: string },
): readonly PublishedReceipt[] | undefined {
  const known = basis.named.get(end.witness);
  const added: PublishedReceipt[] = [];
  // The first receipt of a witness names 64 zeros as the one before it.
  const lastId = known?.id ?? zeros64;
  for (let id = end.id; id !== lastId;) {
    const published = basis.published(id);
    if (published === undefined || published.place >= place || added.length >= addedReceiptsMax) return undefined;
    if (published.receipt.witness !== end.witness || published.receipt.seq !== end.seq - added.length) return undefined;
    added.push(published);
    id = published.receipt.prev;
  }
  if (added.length === 0) return known?.receipt.seq === end.seq ? [] : undefined;
  added.reverse();
  let previous = known;
  for (const one of added) {
    if (checkReceiptFollows(previous, one.receipt).kind === 'refused') return undefined;
    previous = one;
  }
  return added;
}
