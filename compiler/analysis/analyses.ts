// What several rules ask of the analyses: worked out when it is first asked for, and once for a check. It asks nothing itself.
import type { Charter, CharterProcess, CharterVote } from '../../engine/index.ts';
import { lockOuts } from './lock-out.ts';
import type { LockOut } from './lock-out.ts';
import { tallyTable } from './tally-table.ts';
import type { TallyTable } from './tally-table.ts';

/** The analyses of one Charter that more than one reader needs. */
export interface Analyses {
  /** How many times as far bounds go: 1, or 10 with `--deep`. */
  readonly reach: number;
  readonly lockOuts: () => readonly LockOut[];
  /** The table of a vote of the Charter; undefined where counts of ballots alone do not decide it. */
  readonly tableOf: (process: CharterProcess, vote: CharterVote) => TallyTable | undefined;
}

/** The analyses of a Charter, none of them made yet. Pure. @param deep - whether tables go as far as `--deep` takes them */
export function analysesOf(charter: Charter, deep: boolean = false): Analyses {
  const tables = new Map<CharterVote, TallyTable | undefined>();
  let rows: readonly LockOut[] | undefined;
  const reach = deep ? 10 : 1;
  return {
    reach,
    lockOuts: () => (rows ??= lockOuts(charter, reach)),
    tableOf: (process, vote) => {
      if (!tables.has(vote)) tables.set(vote, tallyTable(charter, process, vote, deep));
      return tables.get(vote);
    },
  };
}
