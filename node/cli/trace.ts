// The trace of a whole ledger: every checkpoint as it was computed again, with the events that it judged, in fold order. Two copies are compared by it line by line.
import type { JsonObject } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';
import { allEvents, eventCells, eventJson } from './event-lines.ts';
import type { EventRow } from './event-lines.ts';
import { showUtc } from './instants.ts';
import { shortHash } from './status-text.ts';
import { alignRows } from './table.ts';

function eventsOf(view: LedgerView): ReadonlyMap<number | undefined, readonly EventRow[]> {
  const rows = new Map<number | undefined, EventRow[]>();
  for (const row of allEvents(view)) {
    const known = rows.get(row.judged?.height);
    if (known === undefined) rows.set(row.judged?.height, [row]);
    else known.push(row);
  }
  return rows;
}

/** As lines for people. */
export function traceLines(view: LedgerView): readonly string[] {
  const rows = eventsOf(view);
  const under = (height: number | undefined): readonly string[] =>
    alignRows(
      (rows.get(height) ?? []).map((row) => eventCells(view, row)),
      4,
    );
  const waiting = under(undefined);
  return [
    ...view.checkpoints.flatMap(({ height, id, timeMs, statement }) => [
      `  checkpoint ${height}  ${showUtc(timeMs)}  ${shortHash(id)}  state ${shortHash(statement.state)}`,
      ...under(height),
    ]),
    ...(waiting.length === 0 ? [] : ['  in no checkpoint yet', ...waiting]),
  ];
}

/** For programs. */
export function traceJson(view: LedgerView): readonly JsonObject[] {
  const rows = eventsOf(view);
  return view.checkpoints.map(({ height, id, timeMs, statement }) => ({
    checkpoint: height,
    id,
    timeMs,
    state: statement.state,
    verdicts: statement.verdicts,
    events: (rows.get(height) ?? []).map(eventJson),
  }));
}
