// What a ledger decided, in order, for programs that act on it: only what is final, each with a key that no other decision has.
import { sha256Hex, utf8Encode } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';

/** One final decision. `key` is the same on every machine and for ever: the idempotency key of acts that follow from it. */
export interface Decision {
  readonly key: string;
  readonly case: string;
  readonly number: number;
  readonly process: string;
  /** `decided`: the case reached its outcome; `merged`: its change is on main; `stale`: it is not and will not be. */
  readonly kind: 'decided' | 'merged' | 'stale';
  readonly outcome: string;
  readonly checkpoint: string;
  readonly height: number;
  readonly timeMs: number;
}

/** The decisions that a view holds, in the order in which they became final. */
export function finalDecisions(view: LedgerView): readonly Decision[] {
  return view.checkpoints.flatMap((checkpoint) =>
    checkpoint.notices.flatMap((notice) => {
      const { kind, number, process, stage: outcome } = notice;
      if (kind === 'opened-stage' || kind === 'waiting') return [];
      const key = sha256Hex(utf8Encode(`gdo-decision-v1 ${view.org} ${notice.case} ${kind} ${outcome} ${checkpoint.id}`));
      return [{ key, case: notice.case, number, process, kind, outcome, checkpoint: checkpoint.id, height: checkpoint.height, timeMs: checkpoint.timeMs }];
    }),
  );
}
