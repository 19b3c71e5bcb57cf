// Spending what a case paid (ledger.md section 10, docs/decisions/0108): the escrow is the case, and nobody spends more of it than they were paid. It pays
// nothing itself: an account is emptied by cases alone.
import { paidBy } from './account.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';

/** What the recipient of a case's payment has spent of it so far, in smallest units. */
export function spentOf(state: State, account: string, id: string): bigint {
  const spent = readEntry(state, `spent/${account}/${id}`)?.['amount'];
  return typeof spent === 'string' ? BigInt(spent) : 0n;
}

/** Judges a `spend`: whole or not at all. Refuses with GDO1040, GDO1052, GDO1054. */
export function applySpend(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const account = textOf(event.body['account']);
  const escrow = textOf(event.body['escrow']);
  const amount = BigInt(textOf(event.body['amount']));
  const paid = paidBy(draft.state, account, escrow);
  if (paid === undefined) return refused('GDO1052', `no case \`${escrow}\` paid anything from \`${account}\``);
  if (paid.recipient !== event.actor) return refused('GDO1040', `what that case paid is spent by \`${paid.recipient}\``);
  if (amount <= 0n) return refused('GDO1052', 'an amount is more than nothing');
  const before = spentOf(draft.state, account, escrow);
  if (before + amount > paid.amount)
    return refused('GDO1054', `more than is left, in the smallest unit: paid ${paid.amount}, spent so far ${before}, asked for ${amount}`);
  const rows = writeEntry(draft.state, `spending/${account}/${escrow}/${event.id}`, {
    amount: String(amount),
    to: textOf(event.body['to']),
    at: context.receivedMs,
  });
  draft.state = writeEntry(rows, `spent/${account}/${escrow}`, { amount: String(before + amount) });
  return ok();
}
