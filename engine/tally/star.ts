// STAR: score, then automatic runoff: of the two with most points the one preferred on more ballots wins. Bloc STAR repeats it for each seat.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { loggedMatrix, votesFor } from './pairwise.ts';
import { scoreSums } from './score.ts';

type Finalists = { readonly kind: 'two'; readonly finalists: readonly number[] } | Exclude<Standing, { kind: 'order' }>;

function chooseFinalists(contest: Contest, remaining: readonly number[], points: readonly bigint[], certain: readonly number[]): Finalists {
  const at = `choosing the two finalists for seat ${certain.length + 1}`;
  const finalists: number[] = [];
  const byPoints = (a: number, b: number): number => {
    const difference = entryAt(points, b) - entryAt(points, a);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  };
  for (const group of groupBy(remaining, byPoints)) {
    const take = Math.min(2 - finalists.length, group.length);
    if (take <= 0) break;
    const result = contest.ties.settle({ at, tied: group, take });
    if (result.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
    if (result.kind === 'tied') return { kind: 'tied', certain, tied: result.tied, seats: contest.seats - certain.length, at };
    finalists.push(...result.favoured);
  }
  return { kind: 'two', finalists };
}

/**
 * Counts STAR for one seat, bloc STAR for several.
 * @returns winners in the order of their seats, then whoever lost the last runoff, then the rest by points
 * Source: the STAR voting rules; language.md S43
 */
export function star(contest: Contest, range: { readonly from: bigint; readonly to: bigint }): Standing {
  const points = scoreSums(contest.table, range);
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), entryAt(points, option).toString()]);
  const matrix = loggedMatrix(contest, 'tied-last');
  const winners: number[] = [];
  let remaining = [...contest.among];
  while (winners.length < contest.seats && remaining.length > 0) {
    const chosen = chooseFinalists(contest, remaining, points, winners);
    if (chosen.kind !== 'two') return chosen;
    const first = entryAt(chosen.finalists, 0);
    const [, second] = chosen.finalists;
    const runoff =
      second === undefined
        ? [[first]]
        : groupBy([first, second], (a, b) => Number(votesFor(matrix, b, a) > votesFor(matrix, a, b)) - Number(votesFor(matrix, a, b) > votesFor(matrix, b, a)));
    const at = `the runoff for seat ${winners.length + 1}`;
    const result = contest.ties.settle({ at, tied: entryAt(runoff, 0), take: 1 });
    if (result.kind === 'failed') return { kind: 'failed', reason: `a tie in ${at}` };
    if (result.kind === 'tied') return { kind: 'tied', certain: winners, tied: result.tied, seats: contest.seats - winners.length, at };
    const winner = entryAt(result.favoured, 0);
    contest.log.stages.push({
      title: at,
      votes: chosen.finalists.map((option) => [idOf(contest.ids, option), votesFor(matrix, option, option === first ? (second ?? option) : first).toString()]),
      idle: [],
      actions: [{ kind: 'elected', option: idOf(contest.ids, winner) }],
      transfers: [],
    });
    winners.push(winner);
    remaining = remaining.filter((option) => option !== winner);
  }
  const rest = groupBy(remaining, (a, b) => (entryAt(points, b) > entryAt(points, a) ? 1 : entryAt(points, b) < entryAt(points, a) ? -1 : 0));
  return { kind: 'order', groups: [...winners.map((winner) => [winner]), ...rest] };
}
