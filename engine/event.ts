// Events and batches after decoding: what the fold and the engine judge. How they look as bytes and commits is node/ledger's.
import type { Charter } from './bylaws.ts';
import type { JsonObject } from './canonical.ts';

/** The closed list of ledger.md section 6, with the acts of office of docs/decisions/0055. */
export type EventKind =
  | 'fact'
  | 'propose'
  | 'act'
  | 'ballot'
  | 'attest'
  | 'key.enrol'
  | 'key.revoke'
  | 'resign'
  | 'certify'
  | 'delegate'
  | 'issue'
  | 'revoke'
  | 'perform'
  | 'suspend'
  | 'lock'
  | 'release'
  | 'evidence'
  | 'spend'
  | 'reserve'
  | 'complaint';

/** One event line, decoded and field-checked. `id` = H("gdo-event-v1", line); `tsMs` is the author's claim and is never judged. */
export interface LedgerEvent {
  readonly id: string;
  readonly org: string;
  readonly actor: string;
  readonly device: string;
  readonly seq: number;
  readonly kind: EventKind;
  readonly case?: string;
  readonly body: JsonObject;
  readonly tsMs: number;
}

/** The id of the case an event is about; empty where it names none. Pure. */
export function caseNamed(event: LedgerEvent): string {
  return event.case ?? '';
}

/** One entry of a change set: `absent` or `<mode>:<sha256>` on either side (ledger.md section 6). */
export interface ChangeEntry {
  readonly path: string;
  readonly old: string;
  readonly new: string;
}

/** What a proposal wants merged; `id` = H("gdo-change-v1", canonical bytes). Entries ascend by path bytes, unique. */
export interface ChangeSet {
  readonly id: string;
  readonly entries: readonly ChangeEntry[];
}

/** A batch that passed every check of ledger.md section 8. `deps` ascend; `count` >= 1; events are seq, seq+1, ... */
export interface Batch {
  readonly id: string;
  readonly device: string;
  readonly actor: string;
  readonly seq: number;
  readonly count: number;
  /** Batch id of this device's previous batch, or 64 zeros. */
  readonly prev: string;
  readonly deps: readonly string[];
  /** Checkpoint id the author had. */
  readonly base: string;
  readonly events: readonly LedgerEvent[];
  /** Change sets attached to this batch, by change id; a `propose` names one. */
  readonly changes: readonly ChangeSet[];
  /** Compiled bylaws attached to this batch, by bylaws hash; a `propose` that amends the bylaws names one in `adopts`. */
  readonly charters: readonly { readonly hash: string; readonly charter: Charter }[];
}
