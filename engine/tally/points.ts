// Orders options by sums that somebody else made: approvals, scores, published totals. It adds nothing up.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';

/** Orders options by whole points, most first, and writes the points down. Source: language.md S43 `approval`, `score` */
export function standingByPoints(contest: Pick<Contest, 'ids' | 'among' | 'log'>, points: readonly bigint[]): Standing {
  const pointsOf = (option: number): bigint => entryAt(points, option);
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), pointsOf(option).toString()]);
  const groups = groupBy(contest.among, (a, b) => (pointsOf(a) > pointsOf(b) ? -1 : pointsOf(a) < pointsOf(b) ? 1 : 0));
  return { kind: 'order', groups };
}
