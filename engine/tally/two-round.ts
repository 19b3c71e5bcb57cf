// Two rounds on the same ballots: whoever has more than half wins, otherwise the two with most support meet. It is no second election.
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { logRound, majorityOf } from './irv.ts';
import { type RoundRule, byVotes, countRound } from './rounds.ts';

/**
 * Counts two rounds.
 * @returns the winner, the other finalist, then the rest by support in the first round
 * Source: language.md S43
 */
export function twoRound(contest: Contest, rule: RoundRule): Standing {
  const first = countRound(contest.table, contest.among, rule);
  const standing = groupBy(contest.among, byVotes(first));
  const majority = contest.among.length === 1 ? contest.among[0] : majorityOf(first, contest.among);
  if (majority !== undefined) {
    logRound(contest, first, contest.among, [{ kind: 'elected', option: idOf(contest.ids, majority) }], []);
    return { kind: 'order', groups: standing };
  }
  const finalists: number[] = [];
  for (const group of standing) {
    const seats = 2 - finalists.length;
    if (seats <= 0) break;
    const result = contest.ties.settle({ at: 'choosing the two finalists', tied: group, take: Math.min(seats, group.length) });
    if (result.kind === 'failed') return { kind: 'failed', reason: 'a tie choosing the two finalists' };
    if (result.kind === 'tied') {
      logRound(contest, first, contest.among, [], []);
      return { kind: 'tied', certain: [], tied: result.tied, seats: 1, at: 'choosing the two finalists' };
    }
    finalists.push(...result.favoured);
  }
  const out = contest.among.filter((option) => !finalists.includes(option));
  logRound(
    contest,
    first,
    contest.among,
    out.map((option) => ({ kind: 'excluded', option: idOf(contest.ids, option) })),
    [],
  );
  finalists.sort((a, b) => a - b);
  const second = countRound(contest.table, finalists, rule);
  const final = groupBy(finalists, byVotes(second));
  const winner = final[0]?.length === 1 ? final[0][0] : undefined;
  logRound(contest, second, finalists, winner === undefined ? [] : [{ kind: 'elected', option: idOf(contest.ids, winner) }], []);
  return { kind: 'order', groups: [...final, ...groupBy(out, byVotes(first))] };
}
