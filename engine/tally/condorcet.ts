// Condorcet, strictly: the option preferred to each other one by more ballots, or nobody. It completes no cycle.
import type { Contest, Standing } from './contest.ts';
import { condorcetWinner, loggedMatrix } from './pairwise.ts';
import type { UnrankedInPairs } from './rules.ts';

/** Finds who beats everybody; fails where nobody does. Source: language.md S133 */
export function condorcet(contest: Contest, unranked: UnrankedInPairs): Standing {
  const matrix = loggedMatrix(contest, unranked);
  const winner = condorcetWinner(matrix, contest.among);
  if (winner === undefined) return { kind: 'failed', reason: 'no option beats each other one' };
  return { kind: 'order', groups: [[winner]] };
}
