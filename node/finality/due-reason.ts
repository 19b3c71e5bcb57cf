// Whether an instant that the organization waits for has come, as far as a witness's clock says. It closes nothing.
import { nextDueMs } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';

/** The instant that receipts must reach so that what is due may close; undefined where nothing is due at this clock. */
export function dueReason(view: LedgerView, clockMs: number): { readonly reachMs: number } | undefined {
  const dueMs = nextDueMs(view.state);
  if (dueMs === undefined) return undefined;
  const reachMs = dueMs + view.genesis.params.settleMs;
  return reachMs <= clockMs ? { reachMs } : undefined;
}
