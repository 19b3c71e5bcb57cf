// Evidence: two statements of one witness that exclude each other (ledger.md section 10). What it does to the witness set is here; signatures were
// checked when the event was received.
import { fromBase64, utf8Decode } from './bytes.ts';
import type { Draft } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import type { Receipt, Vote } from './statement.ts';
import { decodeReceipt, decodeVote } from './statement.ts';
import { deviceOf, readArmour } from './sshsig.ts';
import { readEntry, writeEntry } from './state.ts';

/** One signed statement as `a` and `b` carry it: the canonical statement, a line feed, the armour, all in base64. */
export interface SignedText {
  readonly bytes: Uint8Array;
  readonly armour: string;
}

/** What a piece of evidence shows. `device` signed both. */
export interface Evidence {
  readonly kind: 'vote' | 'receipt';
  readonly device: string;
  readonly statements: readonly [SignedText, SignedText];
}

const lineFeed = 0x0a;

function signedText(field: unknown): SignedText | undefined {
  const bytes = typeof field === 'string' ? fromBase64(field) : undefined;
  if (bytes === undefined) return undefined;
  // Without a line feed all of it would have to be an armour, which has several.
  const end = bytes.indexOf(lineFeed);
  const armour = utf8Decode(bytes.subarray(end + 1));
  return armour === undefined ? undefined : { bytes: bytes.subarray(0, end), armour };
}

function signerOf(text: SignedText): string | undefined {
  const read = readArmour(text.armour);
  return read.kind === 'refused' ? undefined : deviceOf(read.signature.key);
}

function votesConflict(left: Vote, right: Vote): boolean {
  return left.height === right.height && left.value !== right.value;
}

/** Two receipts of one number, or a later one whose times go back behind an earlier one's end. */
function receiptsConflict(left: Receipt, right: Receipt): boolean {
  if (left.seq === right.seq) return JSON.stringify(left) !== JSON.stringify(right);
  const [first, second] = left.seq < right.seq ? [left, right] : [right, left];
  return second.upToMs < first.upToMs || second.entries.some(([, timeMs]) => timeMs < first.upToMs);
}

/** Reads the evidence that an event brings; undefined where its two statements are no statements of one device of this organization that exclude each other. */
export function readEvidence(event: LedgerEvent): Evidence | undefined {
  const { kind } = event.body;
  const [a, b] = [signedText(event.body['a']), signedText(event.body['b'])];
  if (a === undefined || b === undefined || (kind !== 'vote' && kind !== 'receipt')) return undefined;
  const device = signerOf(a);
  if (device === undefined || device !== signerOf(b)) return undefined;
  const found: Evidence = { kind, device, statements: [a, b] };
  if (kind === 'vote') {
    const [left, right] = [decodeVote(a.bytes), decodeVote(b.bytes)];
    if (left.kind === 'refused' || right.kind === 'refused' || left.statement.org !== event.org || right.statement.org !== event.org) return undefined;
    return votesConflict(left.statement, right.statement) ? found : undefined;
  }
  const [left, right] = [decodeReceipt(a.bytes), decodeReceipt(b.bytes)];
  if (left.kind === 'refused' || right.kind === 'refused') return undefined;
  if ([left, right].some(({ statement }) => statement.org !== event.org || statement.witness !== device)) return undefined;
  return receiptsConflict(left.statement, right.statement) ? found : undefined;
}

/** Silences the witness that the evidence is about, from the next checkpoint on. @returns false where it shows nothing about a witness */
export function applyEvidence(draft: Draft, event: LedgerEvent): boolean {
  const evidence = readEvidence(event);
  if (evidence === undefined) return false;
  const key = `witness/${evidence.device}`;
  const entry = readEntry(draft.state, key);
  if (entry === undefined) return false;
  if (entry['evidence'] === undefined) draft.state = writeEntry(draft.state, key, { ...entry, evidence: event.id });
  return true;
}
