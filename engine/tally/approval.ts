// Approval: the sum of the ballots that mark an option. Ballots with too many marks were set aside by intake.ts.
import { entryAt } from '../invariant.ts';
import type { CountedTable } from './ballot.ts';
import { sumBySlot } from './sums.ts';

/** Adds up marks by candidate index; any place in the table is a mark. Exact. Pure. */
export function approvals(table: CountedTable): bigint[] {
  return Array.from({ length: table.candidatesCount }, (_, option) =>
    entryAt(
      sumBySlot(table, 1, (ballot) => (table.ranks[ballot * table.candidatesCount + option] === 0 ? -1 : 0)),
      0,
    ),
  );
}
