// Borda: one point for each option ranked below, half a point for each ranked equal, so sums are halves and exact. Others give other points: see the rule's name.
import { entryAt } from '../invariant.ts';
import { totalWeight } from './ballot.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { loggedMatrix, votesFor } from './pairwise.ts';
import { rational, showRational } from './rational.ts';
import type { UnrankedInPairs } from './rules.ts';
import { sumBySlot } from './sums.ts';

/** Weight of the ballots that rank both options, equal ones included. */
function comparedWeight(contest: Contest, a: number, b: number): bigint {
  const { table } = contest;
  const size = table.candidatesCount;
  return entryAt(
    sumBySlot(table, 1, (ballot) => (table.ranks[ballot * size + a] !== 0 && table.ranks[ballot * size + b] !== 0 ? 0 : -1)),
    0,
  );
}

/**
 * Orders options by Borda points. Where unranked options are equal last they share the half points; where they are not compared they give and take none.
 * Source: language.md S43 `borda`
 */
export function borda(contest: Contest, unranked: UnrankedInPairs): Standing {
  const matrix = loggedMatrix(contest, unranked);
  const doubled = contest.ids.map(() => 0n);
  // Tied last, every ballot compares every pair, so one sum does for all of them.
  const everyBallot = unranked === 'tied-last' ? totalWeight(contest.table) : undefined;
  for (const a of contest.among) {
    for (const b of contest.among) {
      if (a === b) continue;
      const preferred = votesFor(matrix, a, b);
      const equal = (everyBallot ?? comparedWeight(contest, a, b)) - preferred - votesFor(matrix, b, a);
      doubled[a] = entryAt(doubled, a) + 2n * preferred + equal;
    }
  }
  const pointsOf = (option: number): bigint => entryAt(doubled, option);
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), showRational(rational(pointsOf(option), 2n))]);
  const groups = groupBy(contest.among, (a, b) => (pointsOf(a) > pointsOf(b) ? -1 : pointsOf(a) < pointsOf(b) ? 1 : 0));
  return { kind: 'order', groups };
}
