// What the engine says about one event, and what an epoch did. A verdict always has a code or `ok`; nothing here computes.

/** A stable code of GDO1xxx or GDO2xxx, as a literal: the list with sentences is language/codes.ts, which the engine does not import. */
export type RefusalCode = `GDO${string}`;

/**
 * The verdict about one event. `refused`: the rules say no. `void`: it was taken back by a concurrent removal or an equivocation.
 * `pending`: no quorum of receipts yet. `flagged`: a fact that is kept but read by no rule. `reason` is one plain sentence for people.
 */
export type Verdict =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly reason: string }
  | { readonly kind: 'void'; readonly code: RefusalCode; readonly reason: string }
  | { readonly kind: 'pending'; readonly code: RefusalCode; readonly reason: string }
  | { readonly kind: 'flagged'; readonly code: RefusalCode; readonly reason: string };

/** A power that an event takes from a person at once: everything (membership or key ended), or one role. */
export interface Removal {
  readonly member: string;
  readonly device?: string;
  readonly power: 'everything' | { readonly role: string };
}

/**
 * One merge that an epoch decided, in order. `contentRoot` is the trie over `content/*` after it. `head` is the proposal's commit. `undo`: the case's
 * change is taken back, so each of its paths gets the content it had before.
 */
export interface Merge {
  readonly case: string;
  readonly number: number;
  readonly title: string;
  readonly change: string;
  readonly head: string;
  readonly bylaws: string;
  readonly contentRoot: string;
  readonly undo?: true;
}

/** Something an epoch's end did to a case, for people, logs and notifications; follows from the state, never judged. */
export interface CaseNotice {
  readonly case: string;
  readonly number: number;
  readonly process: string;
  readonly kind: 'opened-stage' | 'decided' | 'merged' | 'stale' | 'waiting';
  /** Stage or outcome name. */
  readonly stage: string;
  readonly result?: string;
  readonly code?: RefusalCode;
  readonly reason: string;
}
