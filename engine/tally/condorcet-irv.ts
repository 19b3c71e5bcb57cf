// Condorcet completed by instant runoff: who beats everybody stands first; where nobody does, rounds decide among the Smith set or all. Then the same for the next place.
import { entryAt } from '../invariant.ts';
import type { Contest, Standing } from './contest.ts';
import { instantRunoff } from './irv.ts';
import { condorcetWinner, loggedMatrix, smithSet } from './pairwise.ts';
import type { EqualRanksInRounds, UnrankedInPairs } from './rules.ts';

interface CondorcetIrvRule {
  readonly unranked: UnrankedInPairs;
  readonly equalRanks: EqualRanksInRounds;
  readonly roundsAmong: 'smith' | 'all';
}

/**
 * Orders options place by place until all seats are taken; the rest stand below, equal, unless each has a place because it beats all the others left.
 * An option that takes part in no comparison of a ballot ends the ballot in the rounds.
 * Source: electowiki "Condorcet IRV" and "Smith//IRV"
 */
export function condorcetIrv(contest: Contest, rule: CondorcetIrvRule): Standing {
  const matrix = loggedMatrix(contest, rule.unranked);
  const unranked = rule.unranked === 'tied-last' ? 'tied-last' : 'exhausted';
  const placed: number[] = [];
  let remaining = [...contest.among];
  while (remaining.length > 0) {
    let next = condorcetWinner(matrix, remaining);
    if (next === undefined) {
      // Seats are full: no rounds are run for places that nobody takes.
      if (placed.length >= contest.seats) break;
      const among = rule.roundsAmong === 'smith' ? smithSet(matrix, remaining) : remaining;
      const standing = instantRunoff({ ...contest, among, seats: contest.seats - placed.length }, { unranked, equalRanks: rule.equalRanks });
      if (standing.kind === 'failed') return standing;
      if (standing.kind === 'tied') return { ...standing, certain: placed };
      next = entryAt(entryAt(standing.groups, 0), 0);
    }
    const winner = next;
    placed.push(winner);
    remaining = remaining.filter((option) => option !== winner);
  }
  return { kind: 'order', groups: [...placed.map((option) => [option]), ...(remaining.length > 0 ? [remaining] : [])] };
}
