// Facts that programs and people sign about what they saw: each has an id of its author in its data, so that nobody says the same twice.
import { isObject } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';

/** True iff a fact with this id lies in a key's own log, whether a checkpoint holds it or not. */
export function hasSigned(view: LedgerView, device: string, id: string): boolean {
  return [...view.batches.values()].some(
    ({ batch }) =>
      batch.device === device &&
      batch.events.some((event) => {
        const data = event.body['data'];
        return event.kind === 'fact' && isObject(data) && data['id'] === id;
      }),
  );
}
