// Plurality: each ballot supports its one first choice, most support wins. Ballots that name two firsts are set aside or split, as the rule says.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { showRational } from './rational.ts';
import { byVotes, countRound } from './rounds.ts';

/** Orders options by first choices. A first choice for an option that was struck moves on to the next, as if it had not been on the ballot. Source: language.md S43 `plurality` */
export function plurality(contest: Contest, equalRanks: 'refused' | 'split'): Standing {
  const round = countRound(contest.table, contest.among, { unranked: 'exhausted', equalRanks });
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), showRational(entryAt(round.votes, option))]);
  return { kind: 'order', groups: groupBy(contest.among, byVotes(round)) };
}
