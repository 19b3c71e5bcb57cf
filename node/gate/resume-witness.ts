// A witness whose machine was restored from a backup: its record of votes takes over what it has signed meanwhile, as the ledger shows it (node.md section 8).
import type { LedgerView } from '../ledger/view.ts';
import type { VoteStore } from '../ledger/votes.ts';

/** What became of the record. `beyond`: it holds a vote that this copy of the ledger does not have yet. */
export type ResumedVotes =
  | { readonly kind: 'adopted'; readonly height: number; readonly value: string; readonly before: number | undefined }
  | { readonly kind: 'level'; readonly height: number | undefined }
  | { readonly kind: 'beyond'; readonly height: number; readonly tip: number };

/** What the record of votes would take over from the ledger. It writes nothing. */
export function resumable(view: LedgerView, device: string, votes: VoteStore): ResumedVotes {
  const newest = votes.newest(view.org);
  if (newest !== undefined && newest.height > view.tip.height) return { kind: 'beyond', height: newest.height, tip: view.tip.height };
  const own = view.votes.get(device)?.vote;
  if (own === undefined || (newest !== undefined && newest.height >= own.height)) return { kind: 'level', height: newest?.height };
  return { kind: 'adopted', height: own.height, value: own.value, before: newest?.height };
}

/** Takes what was found over into the record. No ref moves: the vote is published already. */
export function resumeVotes(view: LedgerView, found: Extract<ResumedVotes, { readonly kind: 'adopted' }>, votes: VoteStore): void {
  votes.append({ org: view.org, height: found.height, value: found.value, refs: [] });
}
