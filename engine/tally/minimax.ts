// Minimax: whoever's worst defeat is least. With winning votes a defeat counts the ballots for the victor; with margins its lead.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { loggedMatrix, strengthOf } from './pairwise.ts';
import type { Strength, UnrankedInPairs } from './rules.ts';

/** Orders options by their worst defeat, least first; nobody's defeat is 0. Source: Simpson and Kramer; language.md S43 */
export function minimax(contest: Contest, rule: { readonly unranked: UnrankedInPairs; readonly strength: Strength }): Standing {
  const matrix = loggedMatrix(contest, rule.unranked);
  const worst = contest.ids.map((_, option) =>
    contest.among.reduce((most, other) => {
      const defeat = strengthOf(matrix, other, option, rule.strength);
      return defeat > most ? defeat : most;
    }, 0n),
  );
  const worstOf = (option: number): bigint => entryAt(worst, option);
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), worstOf(option).toString()]);
  return { kind: 'order', groups: groupBy(contest.among, (a, b) => (worstOf(a) < worstOf(b) ? -1 : worstOf(a) > worstOf(b) ? 1 : 0)) };
}
